"""Waits on a condition, never on seconds: the sandbox's worker delivers in its own thread."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

_TRIES, _BETWEEN_S = 100, 0.1


def until(holds: Callable[[], bool]) -> None:
    """Ask until it holds; fail after ten seconds."""
    for _ in range(_TRIES):
        if holds():
            return
        Event().wait(_BETWEEN_S)
    raise AssertionError("it never came to that")
