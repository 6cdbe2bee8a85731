"""The 2 px ring outside a button that has the keyboard's focus.

Stands apart because a button cannot paint outside itself: the ring is a sibling that follows it. Layouts leave three
pixels around buttons for it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.theme import Size

KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
_GAP = 3


class FocusRing(QWidget):
    """Follows ``target``, is shown only while it has focus by keyboard, and goes with it."""

    def __init__(self, target: QWidget) -> None:
        super().__init__(target.parentWidget())
        self._target = target
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        target.installEventFilter(self)
        target.destroyed.connect(self.deleteLater)
        self._follow()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.ParentChange):
            self._follow()
        elif event.type() == QEvent.Type.Hide:
            self.hide()
        return super().eventFilter(watched, event)

    def appear(self) -> None:
        """Show the ring around the target."""
        self._follow()
        self.raise_()
        self.show()

    def _follow(self) -> None:
        parent = self._target.parentWidget()
        if parent is not None and parent is not self.parentWidget():
            self.setParent(parent)
        self.setGeometry(self._target.geometry().adjusted(-_GAP, -_GAP, _GAP, _GAP))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("focus"), Size.RING))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.px(8), theme.px(8))
