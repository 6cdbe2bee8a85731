"""Giao cho người khác gửi: whose work, on which desk, and who may deliver it. Needs the portal.

Stands apart from leave cover: here nothing is decided about future work, only that what was done leaves at last.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import texts
from app.domain.money import format_dong
from app.domain.rights import covers as under
from app.errors import KnownError
from app.services import absent
from app.services.absent import Waiting
from app.services.desk import Desk
from app.services.processing import Target
from ui.tasks import Tasks
from ui.widgets.banner import Banner
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.form_row import FormRow
from ui.widgets.plain_label import Bold
from ui.widgets.text_field import ComboBox


class HandOverDialog(DialogFrame):
    """Lets an officer deliver another's work. Signals: ``kept()`` the portal has it, the dialog closes."""

    kept = Signal()

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, work: Waiting, targets: Sequence[Target]) -> None:
        about = self.tr("{0} · {1} việc trên {2}").format(work.officer, work.count, work.desk_name)
        super().__init__(window, self.tr("Giao cho người khác gửi"), about, primary=self.tr("Giao gửi"), width=560)
        self._desk, self._tasks, self._work = desk, tasks, work
        self.problem = Banner("refused", "")
        self.problem.hide()
        self.body.addWidget(self.problem)
        money = self.tr(", trong đó {0} đã thu").format(format_dong(work.amount)) if work.amount else ""
        lead = self.tr("Việc vẫn mang tên {0}").format(work.officer)
        tail = self.tr("{0}. Người được giao đăng nhập ở {1} để gửi; hồ sơ ghi cả hai tên.").format(
            money, work.desk_name
        )
        self.body.addWidget(Banner("info", Bold(lead), tail))
        people = [
            (o.username, o.name)
            for t in targets if under(desk.officer, t.unit_id)
            for o in t.officers if o.username != work.username
        ]  # fmt: skip
        self.officer = ComboBox(tuple(people))
        self.officer.setCurrentIndex(-1)
        self._row = FormRow(self.tr("Người gửi thay"), self.officer, required=True)
        self.body.addWidget(self._row)
        self.confirmed.connect(self.confirm)

    def confirm(self) -> None:
        """Ask the portal to keep it; Ctrl+Enter comes here."""
        to = self.officer.key()
        self._row.set_error("" if to else self.tr("Chưa chọn người gửi thay."))
        if not to:
            self.refit()
            self.officer.setFocus()
            return
        self.problem.hide()
        self.primary.set_reason(self.tr("Đang lưu lên Cổng…"))
        desk, work = self._desk, self._work
        self._tasks.command(
            lambda: absent.hand_over(desk, work.username, to, work.desk_id), self._done, self._failed, owner=self
        )

    def _done(self, _works: object) -> None:
        self.kept.emit()
        self.accept()

    def _failed(self, error: KnownError) -> None:
        self.primary.set_reason("")
        self.problem.set_state("refused", texts.of(error))
        self.problem.show()
        self.refit()
