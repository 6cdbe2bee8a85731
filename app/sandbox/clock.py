"""The portal's own clock: the machine's, shifted by what the control API said.

Stands apart because every part of the sandbox (deadlines, sessions, retries, tokens) must move together when a test
says that a day has passed. Waiting parts are told by ``on_change``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from app.clock import VN, Clock, SystemClock


class PortalClock:
    """A running clock with a movable difference; satisfies ``app.clock.Clock``; any thread."""

    def __init__(self, base: Clock | None = None, shift: timedelta = timedelta(0)) -> None:
        self._base = base or SystemClock()
        self._shift = shift
        self._lock = Lock()
        self.on_change: Callable[[timedelta], None] = lambda shift: None

    def now(self) -> datetime:
        """Return the portal's present instant."""
        return self._base.now() + self._shift

    def monotonic(self) -> float:
        """Return real seconds: waiting is real even when the base clock stands still."""
        return SystemClock().monotonic()

    def set(self, moment: datetime) -> datetime:
        """Let the clock show ``moment`` (without a zone: Vietnam's) and run on; return the new now."""
        aware = moment if moment.tzinfo else moment.replace(tzinfo=VN)
        return self._move(aware - self._base.now())

    def advance(self, seconds: float) -> datetime:
        """Let ``seconds`` pass at once; return the new now."""
        with self._lock:
            shift = self._shift + timedelta(seconds=seconds)
        return self._move(shift)

    def _move(self, shift: timedelta) -> datetime:
        with self._lock:
            self._shift = shift
        self.on_change(shift)
        return self.now()
