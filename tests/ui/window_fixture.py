"""A real window over a real desk in the small office, its engine worked by hand; helpers that wait on conditions."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app import bootstrap
from app.services.desk import Desk
from tests.ui.desk_fixture import Office
from tests.ui.left_open import end_window
from ui.window import Engine, Window

PATIENCE_S = 20.0


def until(holds: Callable[[], object], why: str = "") -> None:
    """Let the program run until ``holds``; fail when it never does."""
    ends = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > ends:
            raise AssertionError(f"never came: {why}; {_who_has_the_keys()}")
        QTest.qWait(5)


def _who_has_the_keys() -> str:
    """Say where keys would go, for whoever reads why a story stopped."""
    app = QApplication
    windows = [f"{type(each).__name__}({each.windowTitle()})" for each in app.topLevelWidgets() if each.isVisible()]
    return (
        f"active {app.activeWindow()}, focus {app.focusWidget()}, focus window {QGuiApplication.focusWindow()}, "
        f"modal {app.activeModalWidget()}, windows {windows}, {_what_is_shown()}"
    )


def _what_is_shown() -> str:
    """Say what stands in the active window: what is sought, how many were found, whose dossier is open."""
    window = QApplication.activeWindow()
    if not isinstance(window, Window):
        return "no desk"
    page, view = window.desk_page, window.desk_page.preview.view()
    return (
        f"sought {window.title.search.text()!r}, {page.table.model().rowCount()} rows, at {page.table.current_id()}, "
        f"open {view.name if view else None}, page {type(window.pages.currentWidget()).__name__}"
    )


def settle(window: Window) -> None:
    """Wait until nothing is under way and the dossier shown is the one wanted."""
    until(lambda: window.tasks.open_count() == 0 and window.desk_page.shown.settled(), "settled")


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is: in the dialog that is open, else in the window."""
    target = QApplication.activeModalWidget() or QApplication.activeWindow()
    if target is None:  # without a window manager nobody gives the window back its activity after a dialog
        shown = (widget for widget in QApplication.topLevelWidgets() if widget.isVisible())
        target = next(widget for widget in shown if isinstance(widget, Window))
        target.activateWindow()
        until(lambda: QApplication.activeWindow() is target, "the window is active")
    QTest.keyClick(target.focusWidget() or target, key, held)


def awake(window: Window) -> None:
    """Let the officer look long enough for act keys to be awake."""
    until(window.desk_page.may_act, "acts awake")


def dialog(window: Window) -> QWidget:
    """Return the dialog that is open."""
    until(lambda: window.desk_page.deeds.dialog() is not None, "a dialog")
    found = window.desk_page.deeds.dialog()
    assert found is not None
    return found


def names(window: Window) -> list[str]:
    """Return the names of the rows shown."""
    model = window.desk_page.model
    until(lambda: all(model.view_at(at) is not None for at in range(model.rowCount())), "rows")
    return [view.name for at in range(model.rowCount()) if (view := model.view_at(at)) is not None]


@contextmanager
def window_of(
    office: Office,
    username: str = "tiepnhan1",
    *,
    undo_s: float = 8.0,
    threads: bool = False,
    size: tuple[int, int] = (1366, 698),
) -> Iterator[Window]:
    """Open the window of an officer. ``threads`` runs sender and puller; else ``sent`` moves the work."""
    desk: Desk = office.desk(username)
    desk.undo_s = undo_s
    runner = bootstrap.runner(desk) if threads else None
    engine = Engine(runner.wake, runner.sync_now) if runner else Engine(lambda: None, lambda: desk.engine.step())
    with ExitStack() as end:  # whatever fails at the end, the rest is done all the same
        window = Window(desk, engine)
        end.callback(end_window, window)
        window.curtain.stay()
        window.resize(*size)
        window.show()
        window.activateWindow()
        if runner:
            end.callback(runner.stop, desk.hang_up)
            runner.start()
        settle(window)
        yield window
