"""One person of a reception: who, which number, how to be reached.

Stands apart because applicant and submitter are asked alike, a scanned card fills either, and every field says what is
wrong with it as soon as it is left.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import texts
from app.domain import citizen_id
from app.domain.people import Person
from app.domain.registration import ORGANISATION
from app.errors import BadInput
from ui import theme
from ui.widgets.checks import Segmented
from ui.widgets.form_row import FormRow, beside
from ui.widgets.text_field import TextField

_PERSON = "person"
_READ = "check-circle-fill"
State = dict[str, str]


class PersonBox(QWidget):
    """``brief`` asks name, number and telephone only, as of who hands in for another.

    Signals: ``changed()`` at every change; ``known()`` when a field was left and the person may be looked for;
    ``kind_changed(str)``.
    """

    changed = Signal()
    known = Signal()
    kind_changed = Signal(str)

    def __init__(self, *, brief: bool = False) -> None:
        super().__init__()
        self._brief = brief
        self.kind = Segmented(((_PERSON, self.tr("Cá nhân"), ""), (ORGANISATION, self.tr("Tổ chức"), "")), _PERSON)
        self.number, self.name, self.address = TextField(figures=True), TextField(), TextField()
        self.phone, self.email = TextField(figures=True), TextField()
        whose = self.tr("Họ tên người nộp") if brief else self.tr("Họ và tên")
        self.number_row = FormRow(self.tr("Số định danh"), self.number)
        self.name_row = FormRow(whose, self.name, required=True)
        self.address_row = FormRow(self.tr("Nơi thường trú"), self.address)
        self.phone_row = FormRow(self.tr("Điện thoại"), self.phone)
        self.email_row = FormRow(self.tr("Thư điện tử"), self.email)
        self._rows = {
            "number": self.number_row, "name": self.name_row, "phone": self.phone_row,
            **({} if brief else {"address": self.address_row, "email": self.email_row}),
        }  # fmt: skip
        self._lay_out()
        for key, row in self._rows.items():
            field = self._field(key)
            field.textEdited.connect(lambda _text, row=row: row.set_error(""))
            field.textChanged.connect(lambda _text: self.changed.emit())
            field.cleaned.connect(lambda _text, key=key: self._left(key))
        self.kind.chosen.connect(self._turned)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        if self._brief:
            column.addWidget(self.name_row)
            column.addLayout(beside(self.number_row, self.phone_row))
            for widget in (self.kind, self.address_row, self.email_row):
                widget.setParent(self)
                widget.hide()
            return
        column.addWidget(self.kind)
        numbers = beside(self.number_row, self.phone_row)
        numbers.setSpacing(theme.px(8))
        numbers.setStretch(0, 6)
        numbers.setStretch(1, 5)
        column.addLayout(numbers)
        column.addWidget(self.name_row)
        column.addWidget(self.address_row)
        column.addWidget(self.email_row)

    def _field(self, key: str) -> TextField:
        field = getattr(self, key)
        assert isinstance(field, TextField)
        return field

    def person(self) -> Person:
        """Return the person as typed."""
        return Person(
            name=self.name.text(), kind=self.kind.key(), identity_no=self.number.text(), phone=self.phone.text(),
            email=self.email.text(), address=self.address.text(),
        )  # fmt: skip

    def fill(self, person: Person, *, read: bool = False) -> None:
        """Show a person; ``read`` from a card: what the card does not say stays, the fields read bear a mark."""
        self.kind.choose(person.kind)
        given = {"number": person.identity_no, "name": person.name, "address": person.address}
        given |= {} if read else {"phone": person.phone, "email": person.email}
        for key, text in given.items():
            self._field(key).setText(text)
            self._field(key).set_mark(_READ if read else "")
            if key in self._rows:
                self._rows[key].set_error("")
        self.known.emit()

    def is_organisation(self) -> bool:
        """Say whether an organisation is meant."""
        return self.kind.key() == ORGANISATION

    def check(self, *, address_needed: bool = False) -> QWidget | None:
        """Show what is wrong at its field; return the first field to go to, None when all is well."""
        errors = {key: self._wrong(key) for key in self._rows}
        if not self.name.text().strip():
            errors["name"] = texts.sentence("name-empty")
        if address_needed and not self.address.text().strip():
            errors["address"] = self.tr("Ghi địa chỉ để gửi kết quả qua bưu chính.")
        if self.is_organisation() and not self.number.text().strip():
            errors["number"] = texts.sentence("tax-code-invalid")
        for key, row in self._rows.items():
            row.set_error(errors[key])
        return next((self._field(key) for key in self._rows if errors[key]), None)

    def state(self) -> State:
        """Return what was typed, for a draft."""
        return {"kind": self.kind.key(), **{key: self._field(key).text() for key in self._rows}}

    def restore(self, state: object) -> None:
        """Fill the fields from a draft."""
        if not isinstance(state, dict):
            return
        self.kind.choose(str(state.get("kind", _PERSON)))
        for key in self._rows:
            self._field(key).setText(str(state.get(key, "")))
            self._field(key).set_mark("")
            self._rows[key].set_error("")

    def _turned(self, kind: str) -> None:
        organised = kind == ORGANISATION
        self.number_row.set_label(self.tr("Mã số thuế") if organised else self.tr("Số định danh"))
        self.name_row.set_label(self.tr("Tên tổ chức") if organised else self.tr("Họ và tên"))
        self.address_row.set_label(self.tr("Địa chỉ trụ sở") if organised else self.tr("Nơi thường trú"))
        self.number_row.set_error("")
        self.kind_changed.emit(kind)
        self.changed.emit()

    def _left(self, key: str) -> None:
        """A field was left: say what is wrong with it, and write numbers as they are kept."""
        self._rows[key].set_error(self._wrong(key))
        if key == "phone" and citizen_id.is_phone(self.phone.text()):
            self._set(self.phone, citizen_id.normalise_phone(self.phone.text()))
        if key in ("number", "name", "phone"):
            self.known.emit()

    def _set(self, field: TextField, text: str) -> None:
        if field.text() != text:
            field.setText(text)

    def _wrong(self, key: str) -> str:
        text = self._field(key).text().strip()
        if not text:
            return ""
        if key == "phone":
            return "" if citizen_id.is_phone(text) else texts.sentence("phone-invalid")
        if key == "email":
            return "" if citizen_id.is_email(text) else texts.sentence("email-malformed")
        if key != "number":
            return ""
        if self.is_organisation():
            return "" if citizen_id.is_tax_code(text) else texts.sentence("tax-code-invalid")
        try:
            citizen_id.check_identity(text)
        except BadInput as error:
            return texts.of(error)
        return ""
