"""What an officer feels in the real window: a keystroke until its result is painted, and the longest stall of a sync.

Stands apart from ``search``, which stops at the rows: here Qt, the table and the threads behind the window take part.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import bootstrap, catalogues, gui_guard
from app.contract.wire import Page
from app.contract.wire_codec import decode_page
from app.services.desk import Desk
from tests.bench.figure import Figure
from tests.bench.population import Pages
from tests.bench.search import TYPED
from ui import theme
from ui.start import share_the_interpreter
from ui.window import Engine, Window

KEY_BOUND_MS = STALL_BOUND_MS = 100.0
PATIENCE_S = 900.0
TICK_MS = 5
DEEP = 0.9


class _Painted(QObject):
    """Notes when the list last stood painted with the answer to what is typed."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._page = window.desk_page
        self._shown = ""
        self.typed = ""
        self.at = 0.0
        dress = self._page._dress

        def dressed(found: Any) -> None:
            self._shown = found.query.typed
            dress(found)
            for widget in (self._page.table.viewport(), self._page.list.empty):
                widget.update()  # an answer that changes nothing would not be painted at all

        self._page._dress = dressed  # type: ignore[method-assign]
        for widget in (self._page.table.viewport(), self._page.list.empty):
            widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.at and self._shown == self.typed and self._has_rows():
            QTimer.singleShot(0, self._stamp)
        return False

    def _has_rows(self) -> bool:
        return self._page.list.is_empty() or self._page.model.view_at(self._page.table.rowAt(0)) is not None

    def _stamp(self) -> None:
        self.at = self.at or time.perf_counter()


def keystrokes(desk: Desk) -> Figure:
    """Type every word letter by letter into the window's field, each time from deep in the whole list."""
    with _window(desk) as window:
        painted = _Painted(window)
        took: list[float] = []
        for word in TYPED:
            _from_deep(window, painted)
            for end in range(1, len(word) + 1):
                painted.typed, painted.at = word[:end].strip(), 0.0
                began = time.perf_counter()
                QTest.keyClicks(window.title.search, word[end - 1])
                _until(lambda: painted.at)
                took.append(1000 * (painted.at - began))
    p95 = statistics.quantiles(took, n=20)[-1]
    return Figure("keystroke to painted result, p95", 0.0, p95, "ms", f"≤ {KEY_BOUND_MS:.0f} ms", p95 <= KEY_BOUND_MS)


def _from_deep(window: Window, painted: _Painted) -> None:
    window.title.search.clear()
    page = window.desk_page
    _until(lambda: not page._query.typed and not page._typing.isActive() and not window.tasks.open_count())
    rows = page.model.rowCount()
    page.table.scrollTo(page.model.index(int(rows * DEEP), 0))
    _until(lambda: painted._has_rows() and not window.tasks.open_count())
    window.title.search.setFocus(Qt.FocusReason.OtherFocusReason)


class _Feed:
    """A portal's feed from a file: pages are decoded on the puller's thread, as the real client does."""

    def __init__(self, pages: Pages, over: Event) -> None:
        self._pages, self._over = iter(pages), over

    def sync(self, cursor: str | None, *, limit: int, wait_s: int) -> Page:
        """Return the next page; after the last, wait like an idle portal."""
        found = next(self._pages, None)
        if found is None:
            self._over.set()
            time.sleep(wait_s)
            return Page((), (), cursor or "", False, "bench", self.now())
        return decode_page(found)

    now: Callable[[], Any]


def stall(desk: Desk, pages: Pages) -> Figure:
    """Let the puller's own thread take a whole feed while the window is shown; the longest silence of its clock."""
    over = Event()
    feed = _Feed(pages, over)
    feed.now = desk.clock.now
    desk.engine.puller.client = feed  # type: ignore[assignment]
    with _window(desk, threads=True) as window:
        gaps: list[float] = []
        last = time.perf_counter()

        def tick() -> None:
            nonlocal last
            now = time.perf_counter()
            gaps.append(1000 * (now - last))
            last = now

        timer = QTimer(window)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(tick)
        timer.start(TICK_MS)
        last = time.perf_counter()
        _until(over.is_set)
        _until(lambda: not window.tasks.open_count())
        timer.stop()
    longest = max(gaps)
    return Figure(
        "longest stall of the window in a full sync", float(TICK_MS), longest, "ms", f"≤ {STALL_BOUND_MS:.0f} ms",
        longest <= STALL_BOUND_MS,
    )  # fmt: skip


@contextmanager
def _window(desk: Desk, *, threads: bool = False) -> Iterator[Window]:
    _application()
    runner = bootstrap.runner(desk) if threads else None
    gui_guard.forbid_current_thread()
    window = Window(desk, Engine(lambda: None, lambda: None))
    window.resize(1366, 698)
    window.show()
    window.activateWindow()
    try:
        _until(lambda: not window.tasks.open_count())
        if runner:
            runner.start()
        yield window
    finally:
        if runner:
            runner.stop(desk.hang_up)
        window.news.close()
        window.tasks.close()
        window.closing.over = True
        window.close()
        gui_guard.release_current_thread()


def _application() -> QApplication:
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    theme.prepare()
    made = QApplication(["bench"])
    theme.install(made, catalogues.resource_path())
    share_the_interpreter()
    return made


def _until(holds: Callable[[], object]) -> None:
    ends = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > ends:
            raise AssertionError("the window never came to rest")
        QApplication.processEvents()
        time.sleep(0.0005)
