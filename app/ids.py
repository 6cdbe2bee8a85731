"""Identities made on the spot: UUIDv7 (RFC 9562), so that keys sort by birth for index locality only.

Order of events never comes from these; it comes from sequence and commit order.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable


class IdSource:
    """Makes UUIDv7 texts from an injected clock and random source."""

    def __init__(self, now_ms: Callable[[], int] | None = None, randbytes: Callable[[int], bytes] = os.urandom) -> None:
        self._now_ms = now_ms or (lambda: time.time_ns() // 1_000_000)
        self._randbytes = randbytes

    def new(self) -> str:
        """Return a fresh UUIDv7 as lower-case text of 36 characters."""
        value = (self._now_ms() & (1 << 48) - 1) << 80 | int.from_bytes(self._randbytes(10), "big")
        value = value & ~(0xF << 76) | 7 << 76
        value = value & ~(0x3 << 62) | 2 << 62
        return str(uuid.UUID(int=value))


def is_uuid(text: str) -> bool:
    """Say whether ``text`` is a canonical UUID.

    >>> is_uuid("01934f3e-0000-7000-8000-000000000000"), is_uuid("H32.8-261120-0007")
    (True, False)
    """
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
