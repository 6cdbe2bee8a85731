"""Closes the window to eyes and hands: by Ctrl+L, after five minutes without a touch, at the start of a locked desk.

Stands apart from the window because a lock must not depend on which page or dialog is open: all of them are hidden,
every key and scanner leads to the lock screen only, and the threads behind go on sending.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.domain.time_words import clock_time
from app.errors import KnownError
from app.services import lock
from app.services.desk import Desk
from app.services.lock import Standing
from ui import timers
from ui.lock_screen import LockScreen
from ui.tasks import Tasks

IDLE_MS = 5 * 60 * 1000
_TOUCHES = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.InputMethod,
})  # fmt: skip


class Keys(Protocol):
    """The shortcuts of the window."""

    shortcuts: Sequence[QShortcut]


class Locking(QObject):
    """``content`` is everything the window shows but the lock screen. Signals: ``sign_in_asked()``."""

    sign_in_asked = Signal()

    def __init__(
        self, window: QWidget, content: QWidget, screen: LockScreen, desk: Desk, tasks: Tasks, keys: Callable[[], Keys]
    ) -> None:
        super().__init__(window)
        self._window, self._content, self._screen = window, content, screen
        self._desk, self._tasks, self._keys = desk, tasks, keys
        self._hidden: list[QDialog] = []
        self._focus: QWidget | None = None
        self.locked = False
        screen.hide()
        screen.tried.connect(self._judge)
        screen.sign_in_asked.connect(self.sign_in_asked)
        self.idle = timers.once(self, IDLE_MS, self.lock)
        self.idle.start()
        self._touches = _Touches(self)
        self._touches.touched.connect(self._touched)

    def close(self) -> None:
        """Watch no more."""
        self.idle.stop()
        self._touches.close()
        QApplication.instance().removeEventFilter(self)

    def _touched(self) -> None:
        if not self.locked:
            self.idle.start()

    def lock(self) -> None:
        """Hide everything and ask for the PIN."""
        if self.locked:
            return
        self.locked = True
        QApplication.instance().installEventFilter(self)
        self._focus = self._window.focusWidget()
        for shortcut in self._keys().shortcuts:
            shortcut.setEnabled(False)
        self._content.hide()
        self._hide_the_rest()
        moment = clock_time(self._desk.clock.now())
        self._window.activateWindow()
        self._screen.appear(self.tr("Màn hình đã khóa lúc {0}").format(moment))
        desk = self._desk
        self._tasks.command(lambda: lock.lock(desk), owner=self)
        self._look()

    def _hide_the_rest(self) -> None:
        popup = QApplication.activePopupWidget()
        while popup is not None:
            popup.close()
            after = QApplication.activePopupWidget()
            popup = after if after is not popup else None
        for other in QApplication.topLevelWidgets():
            if other is not self._window and other.isVisible():
                self._hide(other)

    def _hide(self, other: QWidget) -> None:
        if isinstance(other, QDialog):
            self._hidden.append(other)
        other.hide()

    def _look(self) -> None:
        desk = self._desk
        self._tasks.query(lambda: lock.standing(desk), self._screen.set_standing, owner=self)

    def _judge(self, digits: str) -> None:
        desk = self._desk
        self._tasks.command(lambda: lock.unlock(desk, digits), lambda _none: self._unlock(), self._refused, owner=self)

    def _refused(self, error: KnownError) -> None:
        self._screen.refuse(error)
        self._look()

    def _unlock(self) -> None:
        self.locked = False
        QApplication.instance().removeEventFilter(self)
        self._screen.set_busy(False)
        self._screen.hide()
        self._content.show()
        for shortcut in self._keys().shortcuts:
            shortcut.setEnabled(True)
        hidden, self._hidden = [dialog for dialog in self._hidden if shiboken6.isValid(dialog)], []
        for dialog in hidden:
            dialog.open()
        there = self._focus is not None and shiboken6.isValid(self._focus)  # lists are filled anew meanwhile
        if there and not hidden:
            self._focus.setFocus()
        self.idle.start()

    def offer_pin(self) -> None:
        """Ask for a PIN where there is none yet."""
        desk = self._desk

        def told(found: Standing) -> None:
            if not found.has_pin:
                self.set_pin()

        self._tasks.query(lambda: lock.standing(desk), told, owner=self)

    def set_pin(self) -> None:
        """Let the officer choose a PIN, or another one."""
        from ui.pin_dialog import PinDialog

        desk = self._desk

        def told(found: Standing) -> None:
            dialog = PinDialog(self._window, self._desk, self._tasks, asks_old=found.has_pin)
            dialog.spent.connect(self.lock)
            dialog.open()

        self._tasks.query(lambda: lock.standing(desk), told, owner=self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Hears the whole application, and only while it is locked: work begun before may still open a dialog.
        if event.type() == QEvent.Type.Show and isinstance(watched, QDialog):
            QTimer.singleShot(0, watched, lambda: self._hide(watched) if self.locked else None)
        return False


class _Touches(QObject):
    """Hears hands where the platform brings them in, at the window in front. Signals: ``touched()``.

    Not at the application: there every event of every widget would wait for Python, also the thousands of a repaint.
    """

    touched = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        self._app = app
        app.focusWindowChanged.connect(self._hear)
        self._hear(app.focusWindow())

    def close(self) -> None:
        """Follow no more windows."""
        self._app.focusWindowChanged.disconnect(self._hear)

    def _hear(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self.touched.emit()
        return False
