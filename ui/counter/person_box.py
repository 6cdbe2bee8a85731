"""One person of a reception: who, which number, how to be reached.

Stands apart because applicant and submitter are asked alike, a scanned card fills either, and every field says what is
wrong with it as soon as it is left.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import texts
from app.domain import citizen_id
from app.domain.people import Person
from app.domain.registration import ORGANISATION
from app.errors import BadInput
from ui import theme
from ui.widgets.checks import Segmented
from ui.widgets.date_edit import DateEdit
from ui.widgets.form_row import FormRow, beside
from ui.widgets.text_field import TextField

_PERSON = "person"
_READ = "check-circle-fill"
_FIELDS = ("number", "birth", "name", "address", "phone", "email")  # as Tab walks
_BRIEF = ("name", "number", "phone")
State = dict[str, str]


class PersonBox(QWidget):
    """``brief`` asks name, number and telephone only, as of who hands in for another; ``today``: the desk's day.

    Signals: ``changed()`` at every change; ``known()`` when a field was left and the person may be looked for;
    ``kind_changed(str)``.
    """

    changed = Signal()
    known = Signal()
    kind_changed = Signal(str)

    def __init__(self, today: Callable[[], date], *, brief: bool = False) -> None:
        super().__init__()
        self._today, self._brief = today, brief
        self.kind = Segmented(((_PERSON, self.tr("Cá nhân"), ""), (ORGANISATION, self.tr("Tổ chức"), "")), _PERSON)
        self.number, self.name, self.address = TextField(figures=True), TextField(), TextField()
        self.birth = DateEdit(today, calendar=False)
        self.birth.setPlaceholderText(self.tr("nn/tt/nnnn"))  # the usual hint is cut where the screen is small
        self.phone, self.email = TextField(figures=True), TextField()
        whose = self.tr("Họ tên người nộp") if brief else self.tr("Họ và tên")
        self.number_row = FormRow(self.tr("Số định danh"), self.number)
        self.birth_row = FormRow(self.tr("Ngày sinh"), self.birth)
        self.name_row = FormRow(whose, self.name, required=True)
        self.address_row = FormRow(self.tr("Nơi thường trú"), self.address)
        self.phone_row = FormRow(self.tr("Điện thoại"), self.phone)
        self.email_row = FormRow(self.tr("Thư điện tử"), self.email)
        self._rows = {key: self._row(key) for key in (_BRIEF if brief else _FIELDS)}
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
        column.setSpacing(theme.px(5))
        if self._brief:
            column.addWidget(self.name_row)
            column.addLayout(beside(self.number_row, self.phone_row))
            for widget in (self.kind, self.birth_row, self.address_row, self.email_row):
                widget.setParent(self)
                widget.hide()
            return
        column.addWidget(self.kind)
        column.addLayout(_pair(self.number_row, self.birth_row))
        column.addWidget(self.name_row)
        column.addWidget(self.address_row)
        column.addLayout(_pair(self.phone_row, self.email_row))

    def _field(self, key: str) -> TextField:
        field = getattr(self, key)
        assert isinstance(field, TextField)
        return field

    def _row(self, key: str) -> FormRow:
        row = getattr(self, f"{key}_row")
        assert isinstance(row, FormRow)
        return row

    def person(self) -> Person:
        """Return the person as typed."""
        return Person(
            name=self.name.text(), kind=self.kind.key(), identity_no=self.number.text(), phone=self.phone.text(),
            email=self.email.text(), address=self.address.text(),
            birth_date=None if self.is_organisation() else self.birth.value(),
        )  # fmt: skip

    def fill(self, person: Person, *, read: bool = False) -> None:
        """Show a person; ``read`` from a card: what the card does not say stays, the fields read bear a mark."""
        self.kind.choose(person.kind)
        given = {"number": person.identity_no, "name": person.name, "address": person.address}
        given["birth"] = f"{person.birth_date:%d/%m/%Y}" if person.birth_date else ""
        given |= {} if read else {"phone": person.phone, "email": person.email}
        for key, text in given.items():
            self._field(key).setText(text)
            self._field(key).set_mark(_READ if read else "")
            if key in self._rows:
                self._rows[key].set_error("")
        self._compare()
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
        self._compare()
        return next((self._field(key) for key in self._rows if errors[key]), None)

    def state(self) -> State:
        """Return what was typed, for a draft."""
        return {"kind": self.kind.key(), **{key: self._field(key).text() for key in _FIELDS}}

    def restore(self, state: object) -> None:
        """Fill the fields from a draft."""
        if not isinstance(state, dict):
            return
        self.kind.choose(str(state.get("kind", _PERSON)))
        for key in _FIELDS:
            self._field(key).setText(str(state.get(key, "")))
            self._field(key).set_mark("")
            self._row(key).set_error("")
        self._compare()

    def _turned(self, kind: str) -> None:
        organised = kind == ORGANISATION
        self.number_row.set_label(self.tr("Mã số thuế") if organised else self.tr("Số định danh"))
        self.name_row.set_label(self.tr("Tên tổ chức") if organised else self.tr("Họ và tên"))
        self.address_row.set_label(self.tr("Địa chỉ trụ sở") if organised else self.tr("Nơi thường trú"))
        self.birth_row.setHidden(organised or self._brief)
        self.number_row.set_error("")
        self.kind_changed.emit(kind)
        self.changed.emit()

    def _left(self, key: str) -> None:
        """A field was left: say what is wrong with it, and write numbers as they are kept."""
        self._rows[key].set_error(self._wrong(key))
        if key in ("number", "birth"):
            self._compare()
        if key == "phone" and citizen_id.is_phone(self.phone.text()):
            self._set(self.phone, citizen_id.normalise_phone(self.phone.text()))
        if key in ("number", "name", "phone"):
            self.known.emit()
        if not self._field(key).hasFocus():
            self._field(key).home(False)  # of an address longer than its field, the beginning says most

    def _compare(self) -> None:
        """Say at the birth date that the number speaks of another year: to be looked at, never a block."""
        day = self.person().birth_date
        agrees = day is None or citizen_id.agrees_with_birth(self.number.text(), day)
        self.birth_row.set_warning("" if agrees else texts.sentence("number-birth-mismatch"))

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
        if key == "birth":
            return self._wrong_birth()
        if key != "number":
            return ""
        if self.is_organisation():
            return "" if citizen_id.is_tax_code(text) else texts.sentence("tax-code-invalid")
        try:
            citizen_id.check_identity(text)
        except BadInput as error:
            return texts.of(error)
        return ""

    def _wrong_birth(self) -> str:
        day = self.birth.value()
        if self.is_organisation():
            return ""
        if day is None:
            return self.tr("Ngày không đọc được. Nhập ngày/tháng/năm.")
        return "" if citizen_id.is_birth_date(day, self._today()) else texts.sentence("birth-date-off")


def _pair(left: FormRow, right: FormRow) -> QHBoxLayout:
    """Return two rows of numbers; the longer number stands at the left."""
    pair = beside(left, right)
    pair.setSpacing(theme.px(6))
    pair.setStretch(0, 6)
    pair.setStretch(1, 5)
    return pair
