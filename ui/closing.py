"""The end of the day: what waits is sent at once, ten seconds at most; what stays on this machine is named.

Stands apart from the window because closing is a small story of its own, and never loses anything: whatever was not
sent is in the outbox and leaves at the next start.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.services import outbox, session
from app.services.desk import Desk
from app.services.views import Connection, OutboxItem
from ui import timers
from ui.tasks import Tasks
from ui.widgets.banner import Banner
from ui.widgets.card import Card
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from ui.present.leaving import Leaving

PATIENCE_MS = 10_000
LOOK_MS = 200


class Closing(QObject):
    """Begun by the window's close; ``over`` once the window may go. Signals: ``finished()``, ``stayed()``."""

    finished = Signal()
    stayed = Signal()

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, wake: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._desk, self._tasks, self._wake = window, desk, tasks, wake
        self.over = False
        self.last_screen: DialogFrame | None = None
        self._waited_ms = 0
        self._look = timers.once(self, LOOK_MS, self._read)
        self._busy = False

    def begin(self) -> None:
        """Send at once what waits; ends by itself when nothing is left or the portal is not reached."""
        if self._busy:
            return
        self._busy, self._waited_ms = True, 0
        desk = self._desk
        self._tasks.command(lambda: outbox.send_now(desk), lambda _none: self._sent(), lambda _error: self._sent(),
                            owner=self)  # fmt: skip

    def _sent(self) -> None:
        self._wake()
        self._read()

    def _read(self) -> None:
        """Look how far it came; a disk that cannot be read holds nobody here: what was not sent stays on it."""
        desk = self._desk
        self._tasks.query(lambda: (outbox.unfinished(desk), session.connection(desk)), self._found,
                          lambda _error: self.finish(), owner=self)  # fmt: skip

    def _found(self, found: tuple[tuple[OutboxItem, ...], Connection]) -> None:
        from ui.present.leaving import MOVING, leaving

        items, link = found
        self._waited_ms += LOOK_MS
        if not items:
            self.finish()
        elif link.state == "online" and self._waited_ms < PATIENCE_MS and any(item.state in MOVING for item in items):
            self._look.start()
        else:
            self._name_what_stays(leaving(items, link.state, link.others))

    def _name_what_stays(self, said: Leaving) -> None:
        screen = DialogFrame(
            self._window, said.title, primary=self.tr("Đóng chương trình"), later=self.tr("Ở lại"), width=560
        )
        screen.body.addWidget(Banner("offline", said.why, icon="floppy-disk"))
        for group in said.groups:
            card = Card(group.name, self.tr("{0} việc").format(group.count))
            for line in group.lines:
                card.add(PlainLabel(line, elide=True, figures=True), padded=True)
            screen.body.addWidget(card)
        screen.focus_first(screen.primary)
        screen.confirmed.connect(self._leave)
        screen.put_off.connect(self._stay)
        self.last_screen = screen
        screen.open()

    def _leave(self) -> None:
        if self.last_screen is not None:
            self.last_screen.accept()
        self.finish()

    def _stay(self) -> None:
        self._busy = False
        self.last_screen = None
        self.stayed.emit()

    def finish(self) -> None:
        """Let the window go."""
        self.over = True
        self.finished.emit()
