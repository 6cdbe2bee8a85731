"""A window on the screen for as long as a measure takes: ours around a desk, or a bare one for the floor.

Stands apart because keystrokes and stalls are both felt in a window that runs as the program runs it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app import bootstrap, catalogues, gui_guard
from app.services.desk import Desk
from ui import theme
from ui.start import share_the_interpreter
from ui.window import Engine, Window

PATIENCE_S = 900.0
_LOOK_MS = 10
_WIDE, _HIGH = 1366, 698


@contextmanager
def ours(desk: Desk) -> Iterator[Window]:
    """Show the program's window, read and at rest."""
    application()
    gui_guard.forbid_current_thread()
    window = Window(desk, Engine(lambda: None, lambda: None))
    window.curtain.stay()
    window.resize(_WIDE, _HIGH)
    window.show()
    window.activateWindow()
    try:
        until(lambda: not window.tasks.open_count())
        yield window
    finally:
        window.news.close()
        window.tasks.close()
        window.closing.over = True
        window.close()
        gui_guard.release_current_thread()


@contextmanager
def bare() -> Iterator[QWidget]:
    """Show an empty Qt window."""
    application()
    window = QWidget()
    window.resize(_WIDE, _HIGH)
    window.show()
    yield window
    window.close()


@contextmanager
def engine(desk: Desk) -> Iterator[None]:
    """Let the desk's own threads send and pull."""
    runner = bootstrap.runner(desk)
    runner.start()
    try:
        yield
    finally:
        runner.stop(desk.hang_up)


def application() -> QApplication:
    """Return the one application, dressed and sharing the interpreter as the program does."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    theme.prepare()
    made = QApplication(["bench"])
    theme.install(made, catalogues.resource_path())
    share_the_interpreter(made)
    return made


def until(holds: Callable[[], object]) -> None:
    """Run Qt's own loop until ``holds()``; AssertionError when it never does."""
    ends = time.monotonic() + PATIENCE_S
    loop, clock = QEventLoop(), QTimer()

    def look() -> None:
        if holds():
            loop.exit(0)
        elif time.monotonic() > ends:
            loop.exit(1)

    clock.timeout.connect(look)
    clock.start(_LOOK_MS)
    if not holds():
        assert loop.exec() == 0, "the window never came to rest"
