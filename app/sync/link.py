"""How the link to the portal stands, and since when.

Stands apart because sender, puller and single questions all learn it and every screen shows it. Thread: any.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from app.clock import Clock
from app.errors import KnownError, NotTrusted, Offline, PortalProblem, SignedOut
from app.events import Bus, ConnectionChanged

NOT_ASKED = "not-asked"
"""Code of a link that is tried for the first time: nobody knows yet, and everything may be tried."""


@dataclass(frozen=True, slots=True)
class LinkState:
    """online, offline, signed_out, not_trusted or barred (no role any more); ``since`` when it became so.

    ``code`` names a sentence.
    """

    state: str
    code: str
    since: datetime


_STATES: tuple[tuple[type[KnownError], str], ...] = (
    (NotTrusted, "not_trusted"),
    (SignedOut, "signed_out"),
    (Offline, "offline"),
)


class Link:
    """Remembers the state and publishes its changes."""

    def __init__(self, bus: Bus, clock: Clock) -> None:
        self._bus = bus
        self._clock = clock
        self._lock = Lock()
        self._now = LinkState("online", NOT_ASKED, clock.now())

    @property
    def state(self) -> LinkState:
        """The present state."""
        with self._lock:
            return self._now

    def reached(self) -> None:
        """The portal answered in its own voice."""
        self._set("online", "")

    def failed(self, error: KnownError) -> None:
        """The portal was not reached, or will not talk to us; a problem is still its own voice."""
        if isinstance(error, PortalProblem):
            self._set("online", "")
            return
        self._set(next((state for kind, state in _STATES if isinstance(error, kind)), "offline"), error.code)

    def lost(self, state: str, code: str) -> None:
        """Take over what a command's outcome says."""
        self._set(state, code)

    def _set(self, state: str, code: str) -> None:
        with self._lock:
            if (self._now.state, self._now.code) == (state, code):
                return
            since = self._now.since if self._now.state == state else self._clock.now()
            self._now = LinkState(state, code, since)
        self._bus.publish(ConnectionChanged(state, code))
