"""Thêm người xử lý thay: who is away, who does the work, from when to when. Needs the portal, and says so.

Stands apart from the dialogs of deeds: it is about people, not about a dossier, and keeps no draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import texts
from app.domain.rights import covers as under
from app.errors import KnownError
from app.services import covers
from app.services.desk import Desk
from app.services.processing import Target
from ui.present.covers import QUEUE
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.banner import Banner
from ui.widgets.date_edit import DateEdit
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.form_row import FormRow, beside
from ui.widgets.plain_label import PlainLabel
from ui.widgets.text_field import ComboBox


class LeaveDialog(DialogFrame):
    """Sets one leave. Signals: ``kept()`` the portal has it, the dialog closes."""

    kept = Signal()

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, targets: Sequence[Target]) -> None:
        about = self.tr("Hồ sơ trở lại trong những ngày này sẽ đến người xử lý thay")
        super().__init__(window, self.tr("Người xử lý thay"), about, primary=self.tr("Lưu phân công"), width=600)
        self._desk, self._tasks = desk, tasks
        self.problem = Banner("refused", "")
        self.problem.hide()
        self.body.addWidget(self.problem)
        people = [(o.username, o.name) for t in targets if under(desk.officer, t.unit_id) for o in t.officers]
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
        self.confirmed.connect(self.confirm)

    def _today(self) -> date:
        return self._desk.clock.now().date()

    def confirm(self) -> None:
        """Ask the portal to keep it; Ctrl+Enter comes here."""
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
        if wrong is not None or begins is None or ends is None:
            self.refit()
            if wrong is not None:
                wrong.field.setFocus()
            return
        self.problem.hide()
        self.primary.set_reason(self.tr("Đang lưu lên Cổng…"))
        desk, who, other = self._desk, self.officer.key(), self.substitute.key()
        self._tasks.command(
            lambda: covers.set_leave(desk, who, other, begins, ends), self._done, self._failed, owner=self
        )

    def _done(self, _leave: object) -> None:
        self.kept.emit()
        self.accept()

    def _failed(self, error: KnownError) -> None:
        self.primary.set_reason("")
        self.problem.set_state("refused", texts.of(error))
        self.problem.show()
        self.refit()
