"""Test doubles with behaviour, shared by all tests."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.clock import VN


class FakeClock:
    """A clock that moves only when told; satisfies ``app.clock.Clock``.

    ``set`` moves the wall clock alone, as an administrator or a wrong battery does; ``advance`` moves wall and
    monotonic time together, as waiting does.
    """

    def __init__(self, now: datetime = datetime(2026, 11, 20, 8, 0, tzinfo=VN)) -> None:
        self.set(now)
        self._monotonic_s = 1000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic_s

    def set(self, now: datetime) -> None:
        """Put the wall clock at ``now`` (aware)."""
        if now.tzinfo is None:
            raise ValueError("an aware instant is needed")
        self._now = now.astimezone(VN)

    def advance(self, delta: timedelta | None = None, **parts: float) -> datetime:
        """Let time pass, by a ``timedelta`` or its parts (``minutes=5``); return the new now."""
        step = (delta or timedelta()) + timedelta(**parts)
        self._now += step
        self._monotonic_s += step.total_seconds()
        return self._now
