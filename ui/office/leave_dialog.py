"""Thêm người xử lý thay: who is away, who does the work, from when to when. Needs the portal, and says so.

Stands apart from the dialogs of deeds: it is about people, not about a dossier, and keeps no draft.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.services import covers
from app.services.desk import Desk
from app.services.processing import Target
from ui.office.portal_dialog import PortalDialog, officers_of
from ui.present.covers import QUEUE
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.date_edit import DateEdit
from ui.widgets.form_row import FormRow, beside
from ui.widgets.plain_label import PlainLabel
from ui.widgets.text_field import ComboBox


class LeaveDialog(PortalDialog):
    """Sets one leave."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, targets: Sequence[Target]) -> None:
        about = self.tr("Hồ sơ trở lại trong những ngày này sẽ đến người xử lý thay")
        title = self.tr("Người xử lý thay")
        super().__init__(window, desk, tasks, title, about, primary=self.tr("Lưu phân công"), width=600)
        people = officers_of(desk, targets)
        self.officer = ComboBox(tuple(people))
        self.officer.setCurrentIndex(-1)
        self.substitute = ComboBox((("", QUEUE), *people))
        self._officer_row = FormRow(self.tr("Người nghỉ"), self.officer, required=True)
        why = self.tr("hoặc hàng chờ của đơn vị")
        self.body.addLayout(beside(self._officer_row, FormRow(self.tr("Người xử lý thay"), self.substitute, why=why)))
        today = self._today()
        self.from_day, self.to_day = DateEdit(self._today, today), DateEdit(self._today)
        self._from_row = FormRow(self.tr("Từ ngày"), self.from_day, required=True)
        self._to_row = FormRow(self.tr("Đến hết ngày"), self.to_day, required=True)
        self.body.addLayout(beside(self._from_row, self._to_row))
        self.body.addWidget(PlainLabel(
            self.tr("Việc người xử lý thay làm sẽ ghi cả hai tên. Hồ sơ đang mở vẫn ở chỗ cũ cho đến khi trở lại."),
            role=Role.SMALL, tone="text_3", wrap=True,
        ))  # fmt: skip

    def _today(self) -> date:
        return self._desk.clock.now().date()

    def deed(self) -> Callable[[], object] | None:
        begins, ends = self.from_day.value(), self.to_day.value()
        unread = self.tr("Ngày không đọc được. Nhập ngày/tháng/năm.")
        errors = (
            (self._officer_row, "" if self.officer.key() else self.tr("Chưa chọn người nghỉ.")),
            (self._from_row, "" if begins else unread),
            (self._to_row, "" if ends else unread),
        )
        for row, sentence in errors:
            row.set_error(sentence)
        wrong = next((row for row, sentence in errors if sentence), None)
        if wrong is not None:
            wrong.field.setFocus()
        if wrong is not None or begins is None or ends is None:
            return None
        desk, who, other = self._desk, self.officer.key(), self.substitute.key()
        return lambda: covers.set_leave(desk, who, other, begins, ends)
