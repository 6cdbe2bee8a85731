"""A transport that loads its library at the first exchange.

Stands apart so that a desk opens and paints its first list before ``requests`` is imported: that costs as much as the
whole window.
"""

from __future__ import annotations

from threading import Lock
from typing import Unpack

from app.clock import Clock
from app.portal.exchange import Asked, Response, Transport
from app.portal.origin import normal_origin


class LazyTransport:
    """Becomes a ``RequestsTransport`` when first used; raises ``BadInput`` at once for an address not allowed."""

    def __init__(self, origin: str, *, clock: Clock) -> None:
        self._origin = normal_origin(origin)
        self._clock = clock
        self._lock = Lock()
        self._real: Transport | None = None

    @property
    def origin(self) -> str:
        """``scheme://host[:port]`` of the portal."""
        return self._origin

    def request(self, method: str, path: str, **asked: Unpack[Asked]) -> Response:
        """Exchange through the real transport."""
        return self._loaded().request(method, path, **asked)

    def close(self) -> None:
        """End running exchanges, if there ever were any."""
        with self._lock:
            if self._real is not None:
                self._real.close()

    def _loaded(self) -> Transport:
        with self._lock:
            if self._real is None:
                from app.portal.transport import RequestsTransport

                self._real = RequestsTransport(self._origin, clock=self._clock)
            return self._real
