"""An icon as a widget: beside words in cards, rows and lists.

Stands apart from ``painting``, which draws icons inside widgets that paint themselves.
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel

from ui import theme


class Icon(QLabel):
    """An icon, redrawn for the screen it is shown on; without a name only its place."""

    def __init__(self, name: str = "", tone: str = "text_2", size: int = 17) -> None:
        super().__init__()
        self._what = (name, tone, size)

    def set_icon(self, name: str, tone: str) -> None:
        """Show another icon."""
        self._what = (name, tone, self._what[2])
        if self.isVisible():
            self._draw()

    def sizeHint(self) -> QSize:
        side = theme.px(self._what[2])
        return QSize(side, side)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    def _draw(self) -> None:
        if self._what[0]:
            self.setPixmap(theme.pixmap(*self._what, self.devicePixelRatioF()))
