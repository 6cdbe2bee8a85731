"""Several rows at once: how many are picked, and what may be done to all of them.

Stands apart from the table, which only selects, and from the page, which is about one dossier.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.domain.people import Officer
from app.domain.words import Role
from app.services import inbox
from app.services.desk import Desk
from app.services.views import Acted, Card
from ui import keys, theme
from ui.deeds import Deeds
from ui.desk.list_pane import ListPane
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.plain_label import PlainLabel

MOST = 200


class PickBar(QFrame):
    """Below the list while more than one row is picked. Signals: ``asked(str)`` forward or assign, ``cleared()``."""

    asked = Signal(str)
    cleared = Signal()

    def __init__(self, officer: Officer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), theme.px(6))
        row.setSpacing(theme.px(8))
        self.words = PlainLabel("", weight=600, figures=True)
        row.addWidget(self.words)
        row.addStretch(1)
        self.buttons: dict[str, Button] = {}
        names = {"assign": self.tr("Phân công…")} if Role.HEAD in officer.roles else {}
        for command, words in (names | {"forward": self.tr("Chuyển xử lý…")}).items():
            button = Button(words, key=keys.cap(command))
            button.clicked.connect(lambda _on=False, name=command: self.asked.emit(name))
            self.buttons[command] = button
            row.addWidget(button)
        clear = Button(self.tr("Bỏ chọn"), kind="link")
        clear.clicked.connect(self.cleared)
        row.addWidget(clear)
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how many are picked; one or none hides the bar."""
        too_many = self.tr("Chọn nhiều nhất {0} hồ sơ một lần.").format(MOST) if count > MOST else ""
        self.words.setText(self.tr("{0} hồ sơ đang chọn").format(count))
        for button in self.buttons.values():
            button.set_reason(too_many)
        self.setVisible(count > 1)


class Picking(QObject):
    """Opens a deed over the rows that are picked. Signals: ``done(tuple)`` ids of the dossiers that changed."""

    done = Signal(tuple)

    def __init__(self, desk: Desk, tasks: Tasks, window: QWidget, list_pane: ListPane, deeds: Deeds) -> None:
        super().__init__(list_pane)
        self._desk, self._tasks, self._window = desk, tasks, window
        self._list, self._deeds = list_pane, deeds
        self.bar = PickBar(desk.officer)
        list_pane.add_bar(self.bar)
        list_pane.table.picked_changed.connect(self.bar.show_count)
        self.bar.asked.connect(self.ask)
        self.bar.cleared.connect(list_pane.table.unpick)

    def ask(self, command: str) -> bool:
        """Open the dialog for the picked rows; False when at most one is picked or the deed is about one only."""
        picked = self._list.table.picked()
        if len(picked) < 2 or len(picked) > MOST or command not in self.bar.buttons:
            return False
        desk, wanted = self._desk, [int(str(pk)) for pk in picked]
        self._tasks.query(lambda: inbox.cards(desk, wanted), lambda found: self._open(command, found), owner=self)
        return True

    def _open(self, command: str, found: list[object]) -> None:
        from ui.desk.many_dialog import ManyDialog

        cards = [card for card in found if isinstance(card, Card)]
        if cards and self._deeds.dialog() is None:
            dialog = ManyDialog(self._window, self._desk, self._tasks, command, cards)
            dialog.acted.connect(self._acted)
            self._deeds.open(dialog)

    def _acted(self, saved: tuple[Acted, ...]) -> None:
        self._list.table.unpick()
        self._list.toast.tell(self.tr("Đã lưu {0} hồ sơ. Việc tự gửi khi có mạng.").format(len(saved)), icon="check")
        self.done.emit(tuple(acted.dossier_id for acted in saved))
