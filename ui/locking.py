"""Closes the window to eyes and hands: by Ctrl+L, after five minutes without a touch, at the start of a locked desk.

Stands apart from the window because a lock must not depend on which page or dialog is open: all of them are hidden,
every key and scanner leads to the lock screen only, and the threads behind go on sending.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QWidget

from app.domain.time_words import clock_time
from app.errors import KnownError
from app.services import lock
from app.services.desk import Desk
from app.services.lock import Standing
from ui import timers
from ui.lock_screen import LockScreen
from ui.put_away import PutAway
from ui.tasks import Tasks

IDLE_MS = 5 * 60 * 1000
# A shortcut's press never arrives at the window, its release does.
_TOUCHES = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove,
    QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.InputMethod,
})  # fmt: skip


class Locking(QObject):
    """``content`` is everything the window shows but the lock screen; ``rest`` whatever stands over it.

    Signals: ``sign_in_asked()``; ``begun()`` before anything is hidden.
    """

    sign_in_asked = Signal()
    begun = Signal()

    def __init__(
        self, window: QWidget, content: QWidget, screen: LockScreen, desk: Desk, tasks: Tasks, rest: PutAway
    ) -> None:
        super().__init__(window)
        self._window, self._content, self._screen = window, content, screen
        self._desk, self._tasks, self._rest = desk, tasks, rest
        self.locked = False
        screen.hide()
        screen.tried.connect(self._judge)
        screen.sign_in_asked.connect(self.sign_in_asked)
        self.idle = timers.once(self, IDLE_MS, self.lock)
        self.idle.start()
        self.touches = Touches(self)
        self.touches.touched.connect(self._touched)

    def close(self) -> None:
        """Watch no more."""
        self.idle.stop()
        self.touches.close()
        self._rest.end()

    def _touched(self) -> None:
        if not self.locked:
            self.idle.start()

    def lock(self) -> None:
        """Hide everything and ask for the PIN."""
        if self.locked:
            return
        self.begun.emit()
        self.locked = True
        self._rest.away()
        self._content.hide()
        moment = clock_time(self._desk.clock.now())
        self._screen.appear(self.tr("Màn hình đã khóa lúc {0}").format(moment))
        desk = self._desk
        self._tasks.command(lambda: lock.lock(desk), owner=self)
        self._look()

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
        self._screen.set_busy(False)
        self._screen.hide()
        self._content.show()
        self._rest.back()
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


class Touches(QObject):
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
