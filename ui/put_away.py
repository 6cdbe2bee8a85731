"""Puts away whatever stands over the window, with the window's keys, and brings it back as it was.

Stands apart because the lock and the curtain both do it, and neither may depend on which dialog is open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget


class Keys(Protocol):
    """The shortcuts of the window."""

    shortcuts: Sequence[QShortcut]


class PutAway(QObject):
    """``keys`` is asked late: the window makes its shortcuts last."""

    def __init__(self, window: QWidget, keys: Callable[[], Keys], parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._keys = window, keys
        self._hidden: list[QDialog] = []
        self._focus: QWidget | None = None
        self._is_away = False

    def away(self) -> None:
        """Hide dialogs and popups, also those that come meanwhile, and let no key of the window act."""
        self._is_away = True
        QApplication.instance().installEventFilter(self)
        self._focus = self._window.focusWidget()
        for shortcut in self._keys().shortcuts:
            shortcut.setEnabled(False)
        popup = QApplication.activePopupWidget()
        while popup is not None:
            popup.close()
            after = QApplication.activePopupWidget()
            popup = after if after is not popup else None
        for other in QApplication.topLevelWidgets():
            if other is not self._window and other.isVisible():
                self._hide(other)
        self._window.activateWindow()

    def back(self) -> None:
        """Open again what was open, and give the keyboard back to where it was."""
        self.end()
        for shortcut in self._keys().shortcuts:
            shortcut.setEnabled(True)
        hidden, self._hidden = [dialog for dialog in self._hidden if shiboken6.isValid(dialog)], []
        for dialog in hidden:
            dialog.open()
        there = self._focus is not None and shiboken6.isValid(self._focus)  # lists are filled anew meanwhile
        if there and not hidden:
            self._focus.setFocus()

    def end(self) -> None:
        """Listen no more."""
        self._is_away = False
        QApplication.instance().removeEventFilter(self)

    def _hide(self, other: QWidget) -> None:
        if isinstance(other, QDialog):
            self._hidden.append(other)
        other.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Hears the whole application, and only while things are away: work begun before may still open a dialog.
        if event.type() == QEvent.Type.Show and isinstance(watched, QDialog):
            QTimer.singleShot(0, watched, lambda: self._hide(watched) if self._is_away else None)
        return False
