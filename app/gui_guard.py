"""Which threads may not wait: the guard that turns a frozen window into a failing test.

Stands apart because store and portal both ask it while only the window knows its own thread. Nothing is forbidden
until ``ui`` says so, hence the command line and the sandbox never notice it.
"""

from __future__ import annotations

from threading import get_ident

from app.errors import BugError

_forbidden: set[int] = set()


def forbid_current_thread() -> None:
    """Mark the calling thread as one that must never wait for disk or network; the window calls this once."""
    _forbidden.add(get_ident())


def release_current_thread() -> None:
    """Take the mark off the calling thread: at the end of the window and of tests."""
    _forbidden.discard(get_ident())


def check(where: str) -> None:
    """Raise ``BugError`` if the calling thread is marked; ``where`` names what was entered."""
    if get_ident() in _forbidden:
        raise BugError(f"{where} was entered on the GUI thread")
