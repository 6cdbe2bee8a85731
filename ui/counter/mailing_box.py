"""Where a result goes by post: the applicant's own address, or somebody else's door.

Stands apart because it is asked only of posted results, and means nothing about who the applicant is.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import texts
from app.domain import citizen_id
from app.domain.people import Mailing
from ui import theme
from ui.widgets.checks import CheckBox
from ui.widgets.form_row import FormRow, beside
from ui.widgets.text_field import TextField

_FIELDS = ("name", "phone", "address")


class MailingBox(QWidget):
    """Signals: ``changed()``."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.own = CheckBox(self.tr("Gửi tới địa chỉ của chủ hồ sơ"), checked=True)
        self.name, self.phone, self.address = TextField(), TextField(figures=True), TextField()
        self.name_row = FormRow(self.tr("Người nhận bưu phẩm"), self.name, required=True)
        self.phone_row = FormRow(self.tr("Điện thoại nhận"), self.phone, required=True)
        self.address_row = FormRow(self.tr("Địa chỉ nhận"), self.address, required=True)
        self._other = QWidget()
        other = QVBoxLayout(self._other)
        column = QVBoxLayout(self)
        for layout in (other, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(theme.px(6))
        other.addLayout(beside(self.name_row, self.phone_row))
        other.addWidget(self.address_row)
        column.addWidget(self.own)
        column.addWidget(self._other)
        self._other.hide()
        self.own.toggled.connect(self._turned)
        for key in _FIELDS:
            self._field(key).textChanged.connect(lambda _text: self.changed.emit())
            self._field(key).cleaned.connect(lambda _text, key=key: self._row(key).set_error(self._wrong(key)))

    def mail_to(self) -> Mailing | None:
        """Return the other address as typed, None for the applicant's own."""
        if self.own.isChecked():
            return None
        return Mailing(self.name.text(), self.phone.text(), self.address.text())

    def check(self) -> QWidget | None:
        """Show what is missing; return where to go, None when all is well."""
        if self.own.isChecked():
            return None
        wrong = [key for key in _FIELDS if self._wrong(key, whole=True)]
        for key in _FIELDS:
            self._row(key).set_error(self._wrong(key, whole=True))
        return self._field(wrong[0]) if wrong else None

    def fill(self, to: Mailing | None) -> None:
        """Show an address; None is the applicant's own."""
        self.own.setChecked(to is None)
        for key in _FIELDS:
            self._field(key).setText(getattr(to, key) if to else "")
            self._row(key).set_error("")

    def state(self) -> dict[str, Any]:
        """Return what was typed, for a draft."""
        return {"own": self.own.isChecked(), **{key: self._field(key).text() for key in _FIELDS}}

    def restore(self, state: object) -> None:
        """Fill the fields from a draft."""
        saved: dict[str, Any] = state if isinstance(state, dict) else {}
        self.fill(Mailing(*(str(saved.get(key, "")) for key in _FIELDS)))
        self.own.setChecked(bool(saved.get("own", True)))

    def _field(self, key: str) -> TextField:
        field = getattr(self, key)
        assert isinstance(field, TextField)
        return field

    def _row(self, key: str) -> FormRow:
        row = getattr(self, f"{key}_row")
        assert isinstance(row, FormRow)
        return row

    def _turned(self, own: bool) -> None:
        self._other.setVisible(not own)
        self.changed.emit()

    def _wrong(self, key: str, *, whole: bool = False) -> str:
        text = self._field(key).text().strip()
        if not text:
            empty = {"name": "name-empty", "phone": "phone-invalid", "address": "mailing-unsound"}
            return texts.sentence(empty[key]) if whole else ""
        return texts.sentence("phone-invalid") if key == "phone" and not citizen_id.is_phone(text) else ""
