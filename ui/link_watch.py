"""How the link to the portal stands, on screen: status row, banner with its countdown, the details behind both.

Stands apart from the other news because it changes by itself every second, and says so to nobody who did not ask.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.services import session
from app.services.desk import Desk
from app.services.views import Connection
from ui import timers
from ui.bridge import Bridge
from ui.frame import StatusRow
from ui.keys import DEFAULT
from ui.present import connection
from ui.sync_details import SyncDetails
from ui.tasks import Tasks
from ui.widgets.banner import Banner

READ_MS = 10_000


class LinkWatch(QObject):
    """Owns ``banner``. ``monotonic_s`` is replaced in tests.

    Signals: ``action_asked(str)`` a command of the window.
    """

    action_asked = Signal(str)

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        status: StatusRow,
        bridge: Bridge,
        window: QWidget,
        *,
        monotonic_s: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(window)
        self._desk, self._tasks, self._status, self._window = desk, tasks, status, window
        self._monotonic_s = monotonic_s
        self._link = Connection("online")
        self._retry_at_s: float | None = None
        self._action = "refresh"
        self._details: SyncDetails | None = None
        self.banner = Banner("offline", "", flat=True)
        self.banner.acted.connect(lambda: self.action_asked.emit(self._action))
        status.asked.connect(self.open_details)
        bridge.connection_changed.connect(lambda _state, _code: self.read())
        bridge.retry_planned.connect(self._planned)
        self._clock = timers.every(self, READ_MS, self.read)
        self._clock.start()
        self._second = timers.every(self, 1000, self._count_down)

    def close(self) -> None:
        """Ask no more."""
        self._clock.stop()
        self._second.stop()

    def read(self) -> None:
        """Read how the link stands."""
        desk = self._desk
        self._tasks.query(lambda: session.connection(desk), self._came, owner=self)

    def retry(self) -> str:
        """Return the countdown in words, "" when none runs."""
        if self._retry_at_s is None or self._link.state != "offline":
            return ""
        return connection.retry_words(self._retry_at_s - self._monotonic_s())

    def open_details(self) -> None:
        """Show when the desk last spoke with the portal, what waits and what comes next."""
        if self._details is not None:
            return
        self._details = SyncDetails(self._window, self._pairs())
        self._details.confirmed.connect(lambda: self.action_asked.emit("refresh"))
        self._details.finished.connect(self._details_closed)
        self._details.open()

    def details(self) -> SyncDetails | None:
        """Return the details that are open, if any."""
        return self._details

    def _details_closed(self, _result: int) -> None:
        self._details = None

    def _pairs(self) -> tuple[tuple[str, str], ...]:
        return connection.details(self._link, self._desk.clock.now(), self.retry())

    def _came(self, link: Connection) -> None:
        self._link = link
        now = self._desk.clock.now()
        self._status.set_status(connection.status(link, now))
        banner = connection.banner(link, now)
        if banner is not None:
            self._action = banner.action
            key = DEFAULT.cap("refresh") if banner.action == "refresh" else ""
            aside = self.retry()
            self.banner.set_state(banner.kind, *banner.parts, action=banner.action_words, key=key, aside=aside)
        else:
            self._retry_at_s = None
        self.banner.setVisible(banner is not None)
        self._count_down()

    def _planned(self, in_s: float) -> None:
        self._retry_at_s = self._monotonic_s() + in_s
        self._count_down()

    def _count_down(self) -> None:
        """Say the seconds that are left, to eyes only: no announcement, no focus."""
        words = self.retry()
        self.banner.set_aside(words)
        if self._details is not None:
            self._details.show_pairs(self._pairs())
        if words and not self._second.isActive():
            self._second.start()
        elif not words:
            self._second.stop()
