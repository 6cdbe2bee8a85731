"""From start to end of the program: opening what is there, signing in, the window, and again.

Stands apart from ``__main__`` so that tests run the whole life with doors of their own. Opening and closing a desk
touch disk and network, so both happen elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import KnownError, SignedOut
from app.services import lock
from app.services.desk import Desk
from ui import theme
from ui.scanner import Scanner
from ui.sign_in.page import SignInDoor, SignInPage
from ui.tasks import BUG, Tasks
from ui.window import Engine, Window


class Threads(Protocol):
    """What sends and listens behind an open desk (``app.sync.runner.Runner``)."""

    def start(self) -> None: ...
    def wake(self) -> None: ...
    def sync_now(self) -> None: ...
    def stop(self, hang_up: Callable[[], None], deadline_s: float = 5.0) -> bool: ...


@dataclass(frozen=True, slots=True)
class Doors:
    """What the start-up code hands in; all but ``threads`` run on worker threads."""

    open_desk: Callable[[], Desk]
    sign_in: SignInDoor
    threads: Callable[[Desk], Threads]
    portals: Callable[[], tuple[tuple[str, str], ...]]
    unsent: Callable[[], tuple[tuple[str, int], ...]] = tuple
    hotline: str = ""
    version: str = ""
    pin_holder: Callable[[], str] = str


class Gate(QWidget):
    """The window of the sign-in page. Signals: ``left()`` the officer closed it."""

    left = Signal()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.left.emit()


class Program(QObject):
    """Shows the sign-in page or the window, one at a time. Signals: ``ended()``, ``opened(object)`` a ``Window``."""

    ended = Signal()
    opened = Signal(object)

    def __init__(
        self, doors: Doors, size: QSize, scanner: Scanner | None = None, opening: QWidget | None = None
    ) -> None:
        """``opening`` is a frame that stands already; it goes when the window or the sign-in page takes its place."""
        super().__init__()
        self._doors, self._size = doors, size
        self._opening = opening
        self._scanner = scanner
        self._tasks = Tasks(self)
        self._threads: Threads | None = None
        self._leaving = False
        self.window: Window | None = None
        self.gate = Gate()
        self.gate.left.connect(self.give_up)
        self.gate.setObjectName("window")
        self.gate.setWindowTitle(self.tr("Một Cửa"))
        self.gate.setWindowIcon(theme.icon("tray", "primary"))
        self.page = SignInPage(
            self._tasks, doors.sign_in, doors.portals, unsent=doors.unsent, pin_holder=doors.pin_holder,
            hotline=doors.hotline, version=doors.version,
        )  # fmt: skip
        self.page.pin_asked.connect(self.start)
        self.page.signed_in.connect(self._signed_in)
        column = QVBoxLayout(self.gate)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)

    def start(self) -> None:
        """Open the desk of who sat here last, or let someone sign in."""
        self.page.show_busy(self.tr("Đang mở dữ liệu trên máy này…"))
        if self._opening is None and not self.gate.isVisible():
            self._show_gate()
        self._tasks.query(self._found, lambda found: self._open(*found), self._closed_door, owner=self)

    def _found(self) -> tuple[Desk, bool]:
        """Open the desk and ask whether it may be shown. Thread: any but the GUI's."""
        desk = self._doors.open_desk()
        return desk, lock.standing(desk).begins_locked

    def _signed_in(self, desk: Desk) -> None:
        self._open(desk, locked=False)
        if self.window is not None:
            self.window.locking.offer_pin()

    def _show_gate(self) -> None:
        self.gate.resize(self._size)
        self.gate.show()
        self._end_opening()

    def _end_opening(self) -> None:
        opening, self._opening = self._opening, None
        if opening is not None:
            opening.hide()
            opening.deleteLater()

    def give_up(self) -> None:
        """End before anybody has signed in."""
        self.page.cancel()
        self._tasks.close()
        self.ended.emit()

    def _closed_door(self, error: KnownError) -> None:
        self.page.show_ready(None if isinstance(error, SignedOut) else error)
        if not self.gate.isVisible():
            self._show_gate()
        self.page.appear()

    def _open(self, desk: Desk, locked: bool) -> None:
        """Show the desk's window; if it cannot be made the desk is closed again, and that is said on the page."""
        try:
            self._make_window(desk, locked)
        except Exception:
            self._tasks.query(desk.close, lambda _none: self._closed_door(KnownError(BUG)), self._closed_door, self)
            raise

    def _make_window(self, desk: Desk, locked: bool) -> None:
        threads = self._doors.threads(desk)
        window = Window(desk, Engine(threads.wake, threads.sync_now), locked=locked)
        window.closed.connect(self._shut)
        window.sign_in_asked.connect(self._sign_in_again)
        window.closing.stayed.connect(self._stays)
        if self._scanner is not None:
            self._scanner.scanned.connect(window.scanned)
            self._scanner.garbled.connect(window.garbled)
        window.resize(self._size)
        self.window, self._threads, self._leaving = window, threads, False
        if self._opening is None:
            self._reveal(window)
        else:
            self._reveal_with_rows(window, self._opening)

    def _reveal(self, window: Window) -> None:
        window.show()
        self.gate.hide()
        if self._threads is not None:
            self._threads.start()
        self.opened.emit(window)

    def _reveal_with_rows(self, window: Window, opening: QWidget) -> None:
        """Let the window take the opening's place once it can paint the same rows, so that nothing blinks."""
        window.setGeometry(opening.geometry())
        model = window.desk_page.model

        def look_again() -> None:
            if model.rowCount() and model.view_at(0) is None:
                return  # asked for just now: there will be another end of work
            window.tasks.idle.disconnect(look_again)
            window.setWindowState(opening.windowState())
            self._reveal(window)
            self._end_opening()

        window.tasks.idle.connect(look_again)

    def _sign_in_again(self) -> None:
        self._leaving = True

    def _stays(self) -> None:
        self._leaving = False

    def _shut(self) -> None:
        window, threads = self.window, self._threads
        self.window = self._threads = None
        if window is None or threads is None:
            return
        if self._scanner is not None:
            self._scanner.scanned.disconnect(window.scanned)
            self._scanner.garbled.disconnect(window.garbled)
        desk, leaving = window.desk, self._leaving

        def close() -> None:
            try:
                if leaving:
                    lock.lock(desk)
                    desk.sign_out()
            finally:
                threads.stop(desk.hang_up)
                desk.close()

        self._tasks.query(close, lambda _none: self._after(leaving), lambda _error: self._after(leaving), self)
        window.deleteLater()

    def _after(self, leaving: bool) -> None:
        if not leaving:
            self._tasks.close()
            self.ended.emit()
            return
        self._show_gate()
        self.page.show_ready()
        self.page.appear()
