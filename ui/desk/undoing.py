"""Eight seconds to take a deed back: between what was saved, the bar that offers it, and the outbox.

Stands apart because notifying, receiving and all other deeds share it, wherever they were begun. The delay itself is
written in the outbox; this only shows it and wakes the sender when it is over.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.domain.dossier import Dossier
from app.services import inbox, outbox
from app.services.desk import Desk
from app.services.views import Card
from ui import deeds
from ui.deeds import Done
from ui.desk.list_pane import ListPane
from ui.tasks import Tasks


class Undoing(QObject):
    """Works the undo bar of ``pane``.

    Signals: ``wake_asked()`` something may leave now; ``taken_back()`` the deed is undone, or could not be.
    """

    wake_asked = Signal()
    taken_back = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, pane: ListPane, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._pane = desk, tasks, pane
        self._done: dict[str, Done] = {}
        self._told: tuple[Done, Dossier] | None = None
        bar = pane.undo_bar
        bar.undo_asked.connect(self._undo)
        bar.send_asked.connect(self._send)
        bar.expired.connect(self._expired)

    def offer(self, done: Done) -> None:
        """Offer to take a deed back; one that cannot be is only told."""
        desk, acted = self._desk, done.acted
        if acted.undo_until is not None:
            self._done[acted.key] = done

        def told(card: Card) -> None:
            title, detail = deeds.said(done, card.dossier)
            if acted.undo_until is None or done.kept:
                self.wake_asked.emit()
            if acted.undo_until is None:
                self._pane.toast.tell(title, detail)
            else:
                self._told = done, card.dossier
                self._pane.toast.hide()
                self._pane.undo_bar.offer(acted.key, title, detail)

        self._tasks.query(lambda: inbox.card(desk, acted.dossier_id), told, owner=self)

    def tell_again(self) -> None:
        """Say anew what is offered: names may be masked by now."""
        if self._told is not None and self._pane.undo_bar.pending():
            self._pane.undo_bar.say(*deeds.said(*self._told))

    def undo(self) -> None:
        """Ctrl+Z: take the offered deed back."""
        self._pane.undo_bar.undo()

    def send_now(self) -> None:
        """Let the offered deed leave at once: printing, handing over and closing do this too."""
        self._pane.undo_bar.send_now()

    def look_again(self) -> None:
        """The outbox changed: what has left meanwhile is offered no longer."""
        desk, key = self._desk, self._pane.undo_bar.pending()
        what = self._done.get(key)
        if what is not None:
            keys = what.keys
            self._tasks.query(lambda: outbox.may_undo(desk, keys), lambda may: self._looked(key, may), owner=self)

    def _looked(self, key: str, may: bool) -> None:
        if not may:
            self._done.pop(key, None)
            self._pane.undo_bar.withdraw(key)

    def _undo(self, key: str) -> None:
        desk, what = self._desk, self._done.pop(key, None)
        keys = what.keys if what is not None else (key,)

        def done(taken: bool) -> None:
            yes, no = self.tr("Đã hoàn tác. Chưa có gì gửi đi."), self.tr("Việc đã gửi đi, không hoàn tác được.")
            if what is not None and what.kept:
                yes = self.tr("Đã hoàn tác tiếp nhận. Khoản thu giữ nguyên.")
            self._pane.toast.tell(yes if taken else no, icon="arrow-counter-clockwise")
            self.taken_back.emit()

        self._tasks.command(lambda: outbox.undo(desk, *keys), done, owner=self)

    def _send(self, key: str) -> None:
        desk = self._desk
        self._done.pop(key, None)
        self._tasks.command(lambda: outbox.send_now(desk), lambda _none: self.wake_asked.emit(), owner=self)

    def _expired(self, key: str) -> None:
        self._done.pop(key, None)
        self.wake_asked.emit()
