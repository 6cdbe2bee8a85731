"""Người xử lý thay: every leave of the unit, to be added and ended by the head. Needs the portal.

Stands apart from the desk because it is about officers; a leave that only this machine knew would mislead everyone.
"""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.domain.cover import Cover
from app.errors import KnownError
from app.services import covers, processing
from app.services.desk import Desk
from app.services.processing import Target
from ui import keys
from ui.list_page import ListPage
from ui.office.leave_dialog import LeaveDialog
from ui.present import covers as words
from ui.tasks import Tasks
from ui.widgets.buttons import Button

_Found = tuple[tuple[Cover, ...], tuple[Target, ...]]


class CoversPage(ListPage):
    """The unit's leaves; what was seen last stays while the portal is not reached, greyed deeds say why."""

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        said = self.tr("Phân công nằm ở Cổng: mọi máy thấy như nhau, nên cần có mạng để xem và sửa.")
        super().__init__(desk, tasks, self.tr("Người xử lý thay"), words.COLUMNS, said)
        self._leaves: dict[str, Cover] = {}
        self._targets: tuple[Target, ...] = ()
        self._reached = False
        self.dialog: LeaveDialog | None = None
        self.end = Button(self.tr("Đi làm lại từ hôm nay"))
        self.end.clicked.connect(self._end)
        self.primary = Button(self.tr("Thêm đợt nghỉ…"), kind="primary", key=keys.cap("next"))
        self.primary.clicked.connect(self.confirm)
        self.foot.addWidget(self.end)
        self.foot.addWidget(self.primary)
        self.dress()

    def refresh(self) -> None:
        """Ask the portal again."""
        desk = self._desk
        self._tasks.query(lambda: (covers.leaves(desk), processing.targets(desk)), self._came, self._failed, owner=self)

    def _came(self, found: _Found) -> None:
        leaves, self._targets = found
        self._reached = True
        self.told.hide()
        now = self._desk.clock.now()
        self._leaves = {words.key_of(leave): leave for leave in leaves}
        present = words.lines(leaves, now, past=False)
        self.count.setText(str(len(present)))
        self.list.fill(present, words.NOTHING, (self.tr("Đã hết"), words.lines(leaves, now, past=True)))
        self.dress()

    def _failed(self, error: KnownError) -> None:
        self._reached = False
        self.say_failed(error, self.tr("Xem và sửa phân công cần có mạng. Thử lại khi trực tuyến."))
        self.dress()

    def dress(self) -> None:
        offline = "" if self._reached else self.tr("Cần có mạng. Thử lại khi trực tuyến.")
        label, reason = words.end_words(self._picked(), self._desk.clock.now().date())
        self.end.set_text(label)
        self.end.set_reason(offline or reason)
        self.primary.set_reason(offline)

    def _picked(self) -> Cover | None:
        line = self.list.current()
        return self._leaves.get(line.key) if line is not None else None

    def confirm(self) -> None:
        """Open the dialog of a new leave; Ctrl+Enter comes here."""
        if not self.primary.isEnabled() or self.dialog is not None:
            return
        self.dialog = LeaveDialog(self.window(), self._desk, self._tasks, self._targets)
        self.dialog.kept.connect(self.refresh)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _closed(self, _result: int) -> None:
        self.dialog = None
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end(self) -> None:
        leave = self._picked()
        if leave is None:
            return
        desk, who, begins = self._desk, leave.officer.username, leave.from_day
        self.end.set_reason(self.tr("Đang lưu lên Cổng…"))
        self._tasks.command(lambda: covers.end_leave(desk, who, begins), lambda _left: self.refresh(), self._failed,
                            owner=self)  # fmt: skip
