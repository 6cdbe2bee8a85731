"""The edge by which a pane is made wider or narrower.

Stands apart from ``QSplitter`` because panes here collapse by rule: a grip lies over its pane's edge, takes no room in
any layout, and is simply hidden where nothing can be dragged.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

WIDTH = 6


class PaneGrip(QWidget):
    """Lies over one edge of ``pane``; ``limits()`` are the least and the most width now.

    Signals: ``dragged(int)`` the new width when the mouse lets go; ``reset()`` a double click.
    """

    dragged = Signal(int)
    reset = Signal()

    def __init__(self, pane: QWidget, limits: Callable[[], tuple[int, int]], *, at_left: bool) -> None:
        super().__init__(pane)
        self._pane, self._limits, self._at_left = pane, limits, at_left
        self._from: tuple[float, int] | None = None
        self.setCursor(Qt.CursorShape.SplitHCursor)
        pane.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._pane and event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.setGeometry(0 if self._at_left else self._pane.width() - WIDTH, 0, WIDTH, self._pane.height())
            self.raise_()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = (event.globalPosition().x(), self._pane.width())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            began, width = self._from
            moved = round(event.globalPosition().x() - began)
            self.take_width(width - moved if self._at_left else width + moved)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._from is not None:
            moved = self._pane.width() != self._from[1]
            self._from = None
            if moved:
                self.dragged.emit(self._pane.width())

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.reset.emit()

    def take_width(self, width: int) -> None:
        """Give the pane this width, as far as its limits allow."""
        least, most = self._limits()
        self._pane.setFixedWidth(max(least, min(width, max(least, most))))
