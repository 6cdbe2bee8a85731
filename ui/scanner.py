"""Hears a barcode scanner among the keys: fast characters that end in Enter, Tab or silence.

Stands apart because it works from anywhere: no field must be in focus, and what a scanner types must never land in
one. Typing by hand, by an input method or by Unikey (which sends quick backspaces and letters) passes untouched: only
from the third character at scanner speed on are keys held back, and given back in order when it was no scan.
"""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ui import timers

GAP_S = 0.035
SILENCE_S = 0.080
LEAST = 6
_FREE = 2
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock)
_QUIET = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class Scanner(QObject):
    """An event filter on whatever has the keyboard; ``listen`` makes it follow the focus.

    Not on the application: there every event of every widget would wait for Python. ``monotonic`` returns seconds.
    Signals: ``scanned(str)`` a whole line; ``garbled(str)`` a line that an input method has changed on the way (*Máy
    quét bị bộ gõ tiếng Việt đổi chữ…*).
    """

    scanned = Signal(str)
    garbled = Signal(str)

    def __init__(self, monotonic: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._monotonic = monotonic
        self._timer = timers.once(self, round(SILENCE_S * 1000), self.silence)
        self._replaying = False
        self._last = float("-inf")
        self._passing_until = float("-inf")
        self._reset()

    def listen(self, app: QApplication) -> None:
        """Hear every key of ``app`` from now on."""
        app.focusChanged.connect(self._follow)
        app.focusWindowChanged.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        hears = QApplication.focusWidget() or QApplication.activeWindow()
        if hears is not None:
            hears.installEventFilter(self)

    def _reset(self) -> None:
        self._text = ""
        self._held: list[QKeyEvent] = []
        self._target: QWidget | None = None
        self._before: tuple[str, int] | None = None
        self._bent = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if self._replaying or kind not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        if watched is not (QApplication.focusWidget() or QApplication.activeWindow() or watched):
            return False
        if kind == QEvent.Type.ShortcutOverride:
            return self._override(event)
        return self._press(watched, event)

    def silence(self) -> None:
        """End the burst because nothing more came; the timer calls it, and so may tests."""
        self._finish()

    def _override(self, event: QKeyEvent) -> bool:
        """Keep "/" or Space of a running scan from pressing a shortcut."""
        running = len(self._text) >= _FREE and self._monotonic() - self._last <= GAP_S
        if running and _is_character(event):
            event.accept()
            return True
        return False

    def _press(self, target: QWidget, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIERS:
            return False
        now = self._monotonic()
        gap, self._last = now - self._last, now
        if target.property("takes_scan"):
            self._finish()
            return False
        if event.key() in _ENDS and self._text and gap <= SILENCE_S:
            return self._finish()
        if event.key() == Qt.Key.Key_Backspace:
            return self._backspace(event, gap)
        if not _is_character(event) or event.isAutoRepeat():
            self._finish()
            return False
        if gap > GAP_S or target is not self._target:
            self._finish()
            if now < self._passing_until:
                self._passing_until = now + GAP_S
                return False
            self._begin(target)
        elif now < self._passing_until:
            self._passing_until = now + GAP_S
            return False
        self._text += event.text()
        self._timer.start()
        if len(self._text) <= _FREE:
            return False
        self._held.append(_copy(event))
        return True

    def _begin(self, target: QWidget) -> None:
        self._target = target
        if isinstance(target, QLineEdit):
            self._before = (target.text(), target.cursorPosition())

    def _backspace(self, event: QKeyEvent, gap: float) -> bool:
        """Inside a scan a backspace is an input method at work; otherwise it begins one of Unikey's corrections."""
        if self._held and gap <= GAP_S:
            self._bent = True
            self._held.append(_copy(event))
            self._text = self._text[:-1]
            self._timer.start()
            return True
        self._finish()
        self._passing_until = self._last + GAP_S
        return False

    def _finish(self) -> bool:
        """End the burst; return whether it was a scan (and the key that ended it is to be swallowed)."""
        self._timer.stop()
        text, held, before, bent = self._text, self._held, self._before, self._bent
        target = self._target if shiboken6.isValid(self._target) else None  # its first keys may have closed a dialog
        self._reset()
        enough = len(text) + (1 if bent else 0) >= LEAST and held
        if enough:
            if isinstance(target, QLineEdit) and before is not None and target.text() != before[0]:
                target.setText(before[0])
                target.setCursorPosition(before[1])
            foreign = any(ord(letter) > 126 for letter in text) and "|" not in text
            (self.garbled if bent or foreign else self.scanned).emit(text)
            return True
        self._replay(held, target)
        return False

    def _replay(self, held: list[QKeyEvent], target: QWidget | None) -> None:
        if target is None:
            return
        self._replaying = True
        try:
            for event in held:
                QApplication.sendEvent(target, event)
        finally:
            self._replaying = False


def _is_character(event: QKeyEvent) -> bool:
    text = event.text()
    return bool(text) and text.isprintable() and not event.modifiers() & ~_QUIET


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, event.key(), event.modifiers(), event.text())
