"""Choosing a PIN: typed twice, and the old one first where there is one.

Stands apart from the lock screen, which never changes a PIN.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import texts
from app.errors import KnownError
from app.services import lock
from app.services.desk import Desk
from ui.lock_screen import PinField
from ui.tasks import Tasks
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.form_row import FormRow
from ui.widgets.plain_label import PlainLabel


class PinDialog(DialogFrame):
    """Closes itself when the PIN is kept. Signals: ``spent()`` the old PIN was wrong once too often."""

    spent = Signal()

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, *, asks_old: bool) -> None:
        super().__init__(window, self.tr("Đặt mã PIN"), primary=self.tr("Đặt mã PIN"), width=460)
        self._desk, self._tasks = desk, tasks
        why = self.tr(
            "Mã PIN mở khóa màn hình trên máy này, cả khi mất mạng. Chưa có mã PIN thì khi khóa phải đăng nhập lại "
            "qua trình duyệt."
        )
        self.body.addWidget(PlainLabel(why, tone="text_2", wrap=True))
        self.old, self.pin, self.again = PinField(), PinField(), PinField()
        self._old_row = FormRow(self.tr("Mã PIN đang dùng"), self.old, required=asks_old)
        digits = self.tr("{0} đến {1} chữ số").format(lock.LEAST, lock.MOST)
        self._row = FormRow(self.tr("Mã PIN mới"), self.pin, why=digits, required=True)
        self._again_row = FormRow(self.tr("Gõ lại mã PIN mới"), self.again, required=True)
        for row in (self._old_row, self._row, self._again_row):
            self.body.addWidget(row)
        self._old_row.setVisible(asks_old)
        self._asks_old = asks_old
        self.focus_first(self.old if asks_old else self.pin)
        self.confirmed.connect(self._keep)

    def _keep(self) -> None:
        for row in (self._old_row, self._row, self._again_row):
            row.set_error("")
        if self.pin.text() != self.again.text():
            self._refuse(self._again_row, self.tr("Hai lần gõ chưa giống nhau."))
            return
        desk, old, new = self._desk, self.old.text() if self._asks_old else None, self.pin.text()

        def deed() -> None:
            if old is not None:
                lock.unlock(desk, old)
            lock.set_pin(desk, new)

        self.writing = self._tasks.command(deed, lambda _none: self.accept(), self._refused, owner=self)

    def _refused(self, error: KnownError) -> None:
        if error.code == "pin-spent":
            self.reject()
            self.spent.emit()
        else:
            self._refuse(self._old_row if error.code == "pin-wrong" else self._row, texts.of(error))

    def _refuse(self, row: FormRow, sentence: str) -> None:
        row.set_error(sentence)
        row.field.setFocus()
        self.refit()
