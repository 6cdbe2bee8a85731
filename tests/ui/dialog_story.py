"""Opening a dialog in a test and working it by keyboard, with the GUI thread forbidden to wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from tests.ui.desk_fixture import no_waiting_here
from ui.tasks import Tasks

D = TypeVar("D", bound=QDialog)
CTRL = Qt.KeyboardModifier.ControlModifier


class Story:
    """One window, its background doors, and what the dialog told."""

    def __init__(self, qtbot: Any) -> None:
        self.qtbot = qtbot
        self.tasks = Tasks()
        self.told: list[Any] = []
        self.bugs: list[Any] = []
        self.tasks.bug.connect(self.bugs.append)
        self.tasks.known.connect(self.bugs.append)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(1366, 698)
        self.window.show()

    def open(self, build: Callable[[QWidget, Tasks], D]) -> D:
        """Open a dialog and wait until it has read what it needs."""
        dialog = build(self.window, self.tasks)
        if hasattr(dialog, "acted"):
            dialog.acted.connect(self.told.append)
        dialog.open()
        dialog.activateWindow()
        self.qtbot.waitUntil(dialog.isActiveWindow)
        self.settled()
        self.turned()
        return dialog

    def turned(self) -> None:
        """Wait until the event loop went round twice: what was put off to its next turn (focus, size) is done."""
        turns: list[int] = []
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: turns.append(1)))
        self.qtbot.waitUntil(lambda: bool(turns))

    def settled(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: self.tasks.open_count() == 0)
        assert self.bugs == []

    def type(self, text: str) -> None:
        """Type into the field that has the focus, letter by letter; accented ones come from the input method."""
        field = QApplication.focusWidget()
        assert field is not None
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(field, letter)
            else:
                composed = QInputMethodEvent()
                composed.setCommitString(letter)
                QApplication.sendEvent(field, composed)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        field = QApplication.focusWidget()
        assert field is not None
        QTest.keyClick(field, key, modifiers)

    def tab_to(self, widget: QWidget, most: int = 40) -> None:
        """Press Tab until ``widget`` has the focus."""
        for _ in range(most):
            if QApplication.focusWidget() is widget:
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {widget.accessibleName()}")

    def send(self) -> None:
        """Press Ctrl+Enter and wait for what it starts."""
        self.key(Qt.Key.Key_Return, CTRL)
        self.settled()

    def gone(self, dialog: QDialog) -> None:
        """Wait until a dialog is closed and its memory free."""
        self.qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))


@contextmanager
def story(qtbot: Any) -> Iterator[Story]:
    """Tell a story; the thread of the window may not touch store or portal meanwhile."""
    made = Story(qtbot)
    try:
        with no_waiting_here():
            yield made
    finally:
        closed = made.tasks.close()
    assert closed
