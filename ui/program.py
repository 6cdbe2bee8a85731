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
from app.services.desk import Desk
from ui import theme
from ui.scanner import Scanner
from ui.sign_in.page import SignInDoor, SignInPage
from ui.tasks import Tasks
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

    def __init__(self, doors: Doors, size: QSize, scanner: Scanner | None = None) -> None:
        super().__init__()
        self._doors, self._size = doors, size
        self._scanner = scanner
        self._tasks = Tasks(self)
        self._threads: Threads | None = None
        self._leaving = False
        self.window: Window | None = None
        self.gate = Gate()
        self.gate.left.connect(self._give_up)
        self.gate.setObjectName("window")
        self.gate.setWindowTitle(self.tr("Một Cửa"))
        self.gate.setWindowIcon(theme.icon("tray", "primary"))
        self.page = SignInPage(
            self._tasks, doors.sign_in, doors.portals, unsent=doors.unsent, hotline=doors.hotline,
            version=doors.version,
        )  # fmt: skip
        self.page.signed_in.connect(self._open)
        column = QVBoxLayout(self.gate)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)

    def start(self) -> None:
        """Open the desk of who sat here last, or let someone sign in."""
        self.gate.resize(self._size)
        self.gate.show()
        self.page.show_busy(self.tr("Đang mở dữ liệu trên máy này…"))
        self._tasks.query(self._doors.open_desk, self._open, self._closed_door, owner=self)

    def _give_up(self) -> None:
        self.page.cancel()
        self._tasks.close()
        self.ended.emit()

    def _closed_door(self, error: Exception) -> None:
        known = error if isinstance(error, KnownError) else None
        self.page.show_ready(None if isinstance(error, SignedOut) else known)
        self.page.appear()

    def _open(self, desk: Desk) -> None:
        threads = self._doors.threads(desk)
        window = Window(desk, Engine(threads.wake, threads.sync_now))
        window.closed.connect(self._shut)
        window.sign_in_asked.connect(self._sign_in_again)
        if self._scanner is not None:
            self._scanner.scanned.connect(window.scanned)
            self._scanner.garbled.connect(window.garbled)
        window.resize(self._size)
        self.window, self._threads, self._leaving = window, threads, False
        window.show()
        self.gate.hide()
        threads.start()
        self.opened.emit(window)

    def _sign_in_again(self) -> None:
        self._leaving = True
        if self.window is not None:
            self.window.close()

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
            if leaving:
                desk.sign_out()
            threads.stop(desk.hang_up)
            desk.close()

        self._tasks.query(close, lambda _none: self._after(leaving), lambda _error: self._after(leaving), self)
        window.deleteLater()

    def _after(self, leaving: bool) -> None:
        if not leaving:
            self._tasks.close()
            self.ended.emit()
            return
        self.gate.resize(self._size)
        self.gate.show()
        self.page.show_ready()
        self.page.appear()


