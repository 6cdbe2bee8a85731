"""What the tour needs from outside, and how it waits.

Stands apart so that the walk knows neither the portal's stand-in nor a citizen: both come in through ``Stage``. All of
its functions may wait for a network and are called on worker threads only.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any, Protocol

from PySide6.QtCore import QEventLoop, QTimer

from ui.tasks import Tasks

PATIENCE_S = 20.0
_LOOK_MS = 15


class Stage(Protocol):
    """The citizen, the line between desk and portal, and time."""

    def file(self, procedure: str, name: str, phone: str, email: str, account: str) -> str: ...
    def pay(self, notice_id: str) -> None: ...
    def advance(self, minutes: float) -> None: ...
    def cut_line(self) -> None: ...
    def mend_line(self) -> None: ...


class NotReached(Exception):
    """A step did not come to what it waits for; the text says what."""


def until(holds: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> None:
    """Let the program run until ``holds``; raises NotReached(``what``) after ``patience_s``."""
    ends = monotonic() + patience_s
    loop, late = QEventLoop(), False

    def look() -> None:
        nonlocal late
        late = monotonic() > ends
        if late or holds():
            loop.quit()

    timer = QTimer()
    timer.setInterval(_LOOK_MS)
    timer.timeout.connect(look)
    timer.start()
    loop.exec()
    timer.stop()
    if late:
        raise NotReached(what)


def elsewhere(tasks: Tasks, operation: Callable[[], Any], what: str) -> Any:
    """Run ``operation`` off the GUI thread and return its result; raises what it raises, or NotReached."""
    found: list[Any] = []
    failed: list[Exception] = []

    def work() -> None:
        try:
            found.append(operation())
        except Exception as error:  # handed on to the one who asked
            failed.append(error)

    tasks.query(work, lambda _none: None)
    until(lambda: found or failed, what, 60.0)
    if failed:
        raise failed[0]
    return found[0]
