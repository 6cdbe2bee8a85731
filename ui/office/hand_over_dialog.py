"""Giao cho người khác gửi: whose work, on which desk, and who may deliver it. Needs the portal.

Stands apart from leave cover: here nothing is decided about future work, only that what was done leaves at last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app.domain.money import format_dong
from app.services import absent
from app.services.absent import Waiting
from app.services.desk import Desk
from app.services.processing import Target
from ui.office.portal_dialog import PortalDialog, officers_of
from ui.tasks import Tasks
from ui.widgets.banner import Banner
from ui.widgets.form_row import FormRow
from ui.widgets.plain_label import Bold
from ui.widgets.text_field import ComboBox


class HandOverDialog(PortalDialog):
    """Lets an officer deliver another's work."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, work: Waiting, targets: Sequence[Target]) -> None:
        about = self.tr("{0} · {1} việc trên {2}").format(work.officer, work.count, work.desk_name)
        title = self.tr("Giao cho người khác gửi")
        super().__init__(window, desk, tasks, title, about, primary=self.tr("Giao gửi"), width=560)
        self._work = work
        money = self.tr(", trong đó {0} đã thu").format(format_dong(work.amount)) if work.amount else ""
        lead = self.tr("Việc vẫn mang tên {0}").format(work.officer)
        tail = self.tr("{0}. Người được giao đăng nhập ở {1} để gửi; hồ sơ ghi cả hai tên.").format(
            money, work.desk_name
        )
        self.body.addWidget(Banner("info", Bold(lead), tail))
        self.officer = ComboBox(tuple(who for who in officers_of(desk, targets) if who[0] != work.username))
        self.officer.setCurrentIndex(-1)
        self._row = FormRow(self.tr("Người gửi thay"), self.officer, required=True)
        self.body.addWidget(self._row)

    def deed(self) -> Callable[[], object] | None:
        to = self.officer.key()
        self._row.set_error("" if to else self.tr("Chưa chọn người gửi thay."))
        if not to:
            self.officer.setFocus()
            return None
        desk, work = self._desk, self._work
        return lambda: absent.hand_over(desk, work.username, to, work.desk_id)
