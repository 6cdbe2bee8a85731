"""The longest silence of the window's clock while a whole feed comes in; beside it that of an empty Qt window.

Stands apart from ``painting``, which measures an answer: here nobody asks for anything, and the threads behind the
window do all they can to keep it from ticking. The floor says what this machine, with all else it does just now, costs
any Qt window beside the same work.
"""

from __future__ import annotations

import time
from datetime import datetime
from threading import Event

from PySide6.QtCore import QObject, Qt, QTimer

from app.contract.wire import Page
from app.contract.wire_codec import decode_page
from app.services.desk import Desk
from tests.bench import windows
from tests.bench.figure import Figure
from tests.bench.population import Pages

BOUND_MS = 100.0
TICK_MS = 5


class _Feed:
    """A portal's feed from a file: pages are decoded on the puller's thread, as the real client does."""

    def __init__(self, pages: Pages, desk: Desk) -> None:
        self._pages, self._desk, self.over = iter(pages), desk, Event()

    def sync(self, cursor: str | None, *, limit: int, wait_s: int) -> Page:
        """Return the next page; after the last, wait like an idle portal."""
        found = next(self._pages, None)
        if found is None:
            self.over.set()
            time.sleep(wait_s)
            return Page((), (), cursor or "", False, "bench", self.now())
        return decode_page(found)

    def now(self) -> datetime:
        """Return the portal's time."""
        return self._desk.clock.now()


class _Clock(QObject):
    """Ticks on the window's thread and keeps the longest silence between two ticks, in ms."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, 1000 * (now - self._last))
        self._last = now


def floor_ms(desk: Desk, pages: Pages) -> float:
    """Return the longest silence of an empty window while the puller takes the whole feed."""
    feed = _feed(desk, pages)
    with windows.bare() as shown, windows.engine(desk):
        clock = _Clock(shown)
        windows.until(feed.over.is_set)
        return clock.longest


def measure(desk: Desk, pages: Pages, floor: float) -> Figure:
    """Let the puller take the whole feed while our window shows the desk; ``floor`` is that of ``floor_ms``."""
    feed = _feed(desk, pages)
    with windows.ours(desk) as shown, windows.engine(desk):
        clock = _Clock(shown)
        windows.until(lambda: feed.over.is_set() and not shown.tasks.open_count())
        longest = clock.longest
    return Figure(
        "longest stall of the window in a full sync", floor, longest, "ms", f"≤ {BOUND_MS:.0f} ms", longest <= BOUND_MS
    )


def _feed(desk: Desk, pages: Pages) -> _Feed:
    feed = _Feed(pages, desk)
    desk.engine.puller.client = feed  # type: ignore[assignment]
    return feed
