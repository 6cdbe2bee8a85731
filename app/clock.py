"""The injected *now*, and the one time zone.

Stands apart so that no other module asks the machine for the time: tests, the simulator and a portal whose clock is
moved all pass their own. Viet Nam has had one offset and no summer time since 1975, hence no zoneinfo.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Protocol

VN = timezone(timedelta(hours=7))
YEARS = range(1800, 2200)
"""Of every date that is read: what lies outside is a slip of the hand or of the portal, and beyond any calendar."""


class Clock(Protocol):
    """Where the present comes from."""

    def now(self) -> datetime:
        """Return the present instant, aware, in ``VN``."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never go back; for timers only."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(VN)

    def monotonic(self) -> float:
        return time.monotonic()


@dataclass
class ShiftedClock:
    """Another clock plus a measured difference: the desk's estimate of the portal's time."""

    base: Clock
    skew: timedelta = timedelta(0)

    def now(self) -> datetime:
        return self.base.now() + self.skew

    def monotonic(self) -> float:
        return self.base.monotonic()


def start_skew_ms(now_ms: int, measured_ms: int, told_ms: int) -> int:
    """Return the difference to begin with: the one measured last, or more where this machine was put back since.

    The desk's time never stands before ``told_ms``, what the portal's clock said last; the next page measures anew.

    >>> start_skew_ms(now_ms=1_000, measured_ms=5, told_ms=900)
    5
    >>> start_skew_ms(now_ms=100, measured_ms=5, told_ms=900)
    800
    """
    return max(measured_ms, told_ms - now_ms)


def to_ms(moment: datetime) -> int:
    """Return the instant as integer UTC milliseconds, the store's form.

    >>> to_ms(datetime(2026, 11, 20, 7, 0, tzinfo=VN))
    1795132800000
    """
    return round(moment.timestamp() * 1000)


def from_ms(ms: int) -> datetime:
    """Return the instant of ``ms`` in ``VN``.

    >>> from_ms(1795132800000).isoformat()
    '2026-11-20T07:00:00+07:00'
    """
    return datetime.fromtimestamp(ms / 1000, VN)
