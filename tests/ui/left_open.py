"""Takes away what a story left open when it failed half way, so that the next one finds the screen empty.

Stands apart from the fixtures because stories in windows and stories of dialogs end alike: menus and dialogs first,
then windows, and no thread goes on behind them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import shiboken6
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui.window import Window


def end_window(window: Window) -> None:
    """End a window as it stands, whatever is open over it, without asking and without a thread going on behind it."""
    if not shiboken6.isValid(window):
        return
    with ExitStack() as ways:
        ways.callback(QTest.qWait, 0)
        ways.callback(window.deleteLater)
        ways.callback(window.hide)
        ways.callback(window.tasks.close)
        ways.callback(window.news.close)
        ways.callback(window.curtain.close)


@contextmanager
def putting_away() -> Iterator[None]:
    """Close every window, dialog and menu that came meanwhile; what stood there before stays."""
    before = set(QApplication.topLevelWidgets())
    try:
        yield
    finally:
        for top in QApplication.topLevelWidgets():
            if shiboken6.isValid(top) and top not in before:
                _put_away(top)
        QTest.qWait(0)


def _put_away(top: QWidget) -> None:
    if isinstance(top, Window):
        end_window(top)
    elif top.isVisible():
        top.hide()
        if isinstance(top, QDialog) or top.parent() is None:  # what else has a parent goes with it
            top.deleteLater()
