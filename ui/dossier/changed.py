"""Says in an open dialog that somebody else changed its dossier meanwhile, and shows what differs.

Stands apart from the dialogs' frame because it only reads: what was typed stays, and whether it still fits is the
officer's to judge.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.dossier import Dossier
from app.services import inbox
from app.services.desk import Desk
from app.services.views import Card
from ui import theme
from ui.bridge import Bridge
from ui.present import changes
from ui.present.changes import Difference
from ui.tasks import Tasks
from ui.widgets.banner import Banner
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.plain_label import PlainLabel


class ChangeWatch(QObject):
    """Compares ``opened`` with every newer version of it; ``banner`` stands where the dialog puts it.

    Signals: ``appeared()`` the banner came: the dialog needs more room.
    """

    appeared = Signal()

    def __init__(self, dialog: DialogFrame, desk: Desk, tasks: Tasks, opened: Dossier) -> None:
        super().__init__(dialog)
        self._dialog, self._desk, self._tasks, self._opened = dialog, desk, tasks, opened
        self._latest = opened
        self.banner = Banner("warn", "")
        self.banner.hide()
        self.banner.acted.connect(self.show_differences)
        self._bridge = Bridge(desk.bus, self)
        self._bridge.dossiers_changed.connect(self._changed)
        dialog.finished.connect(self._bridge.close)

    def show_differences(self) -> None:
        """Open what differs over the dialog."""
        now = self._desk.clock.now()
        found = changes.differences(self._opened, self._latest, self._desk.officer, now)
        DifferencesDialog(self._dialog, found).open()

    def _changed(self, ids: tuple[str, ...]) -> None:
        desk, own = self._desk, self._opened.id
        if not ids or own in ids:
            self._tasks.query(lambda: inbox.card(desk, own), self._came, lambda _error: None, owner=self)

    def _came(self, card: Card) -> None:
        item = changes.last_by_others(self._opened, card.dossier, self._desk.officer)
        if item is None:
            return
        self._latest = card.dossier
        words = changes.changed_words(item, self._desk.clock.now())
        self.banner.set_state("warn", *words, action=self.tr("Xem khác nhau"))
        self.banner.show()
        self.appeared.emit()


class DifferencesDialog(DialogFrame):
    """Field by field: when the dialog opened, and now."""

    def __init__(self, window: QWidget, found: Sequence[Difference]) -> None:
        super().__init__(window, self.tr("Hồ sơ đã đổi những gì"), later=self.tr("Đóng"), width=640)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(6))
        for column, share in enumerate((3, 4, 4)):
            grid.setColumnStretch(column, share)
        for column, words in enumerate((self.tr("Mục"), self.tr("Lúc bạn mở"), self.tr("Bây giờ"))):
            grid.addWidget(PlainLabel(words, tone="text_3"), 0, column)
        for row, one in enumerate(found, 1):
            cells = (
                PlainLabel(one.name, tone="text_2", wrap=True, figures=True),
                PlainLabel(one.before, tone="text_2", wrap=True, figures=True),
                PlainLabel(one.after, weight=600, wrap=True, figures=True),
            )
            for column, cell in enumerate(cells):
                grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)
        if not found:
            said = self.tr("Chỉ có ghi chú trong tiến trình; các mục ở đây không đổi.")
            grid.addWidget(PlainLabel(said, wrap=True), 1, 0, 1, 3)
        self.body.addLayout(grid)
