"""Turns callers away before the portal drowns: 503 with a Retry-After of their own, never a time-out.

Stands apart from the application because it decides before a thread or a connection is taken. After an outage whole
provinces call at once, so nobody is told the same moment: each one turned away gets the next free slot at the rate at
which answers have lately been given, and a caller who comes back finds room.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from time import monotonic

import orjson
from starlette.types import ASGIApp, Receive, Scope, Send

from app.contract import problems

AT_ONCE, ALWAYS = 40, 8
"""Requests in work, long waits of the feed not counted: more would only wait for one another; so few never do."""
PATIENCE_S = 1.0
"""Nobody is let in who would wait longer than this at the rate of late: callers give up after ten seconds."""
LONGEST_S = 3600
_WINDOW = 100
_SLOWEST_RATE = 1.0


class Slots:
    """How many are in work, how fast they leave, and the next moment that nobody was promised; one thread."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._left: deque[float] = deque(maxlen=_WINDOW)
        self._promised = 0.0
        self.running = 0

    def enter(self) -> int:
        """Take a slot and return 0, or return the seconds after which to come again."""
        rate, now = self.rate(), self._clock()
        if self.running < max(ALWAYS, min(AT_ONCE, PATIENCE_S * rate)):
            self.running += 1
            return 0
        self._promised = max(self._promised, now + self.running / rate) + 1 / rate
        return min(LONGEST_S, max(1, math.ceil(self._promised - now)))

    def leave(self) -> None:
        """Give the slot back."""
        self.running -= 1
        self._left.append(self._clock())

    def rate(self) -> float:
        """Return the answers per second of late."""
        if len(self._left) < 2 or self._left[-1] <= self._left[0]:
            return _SLOWEST_RATE
        return max(_SLOWEST_RATE, (len(self._left) - 1) / (self._left[-1] - self._left[0]))


class Shedding:
    """Wraps the application; only the officers' API is shed, waiting for the feed costs nothing."""

    def __init__(self, app: ASGIApp, slots: Slots) -> None:
        self._app, self._slots = app, slots

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or say when to come again."""
        if scope["type"] != "http" or not scope["path"].startswith("/v1/") or _waits(scope["query_string"]):
            await self._app(scope, receive, send)
            return
        later_s = self._slots.enter()
        if later_s:
            await _turn_away(send, later_s)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            self._slots.leave()


def _waits(query: bytes) -> bool:
    return any(part.startswith(b"wait=") and part[5:] not in (b"", b"0") for part in query.split(b"&"))


async def _turn_away(send: Send, later_s: int) -> None:
    body = orjson.dumps(problems.to_object(problems.problem("unavailable")))
    headers = [
        (b"content-type", problems.MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode()),
        (b"retry-after", str(later_s).encode()),
    ]  # fmt: skip
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": body})
