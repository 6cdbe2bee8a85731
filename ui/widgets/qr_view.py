"""A QR code from its modules, in whole device pixels with its quiet zone, so that phones read it off the screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

QUIET_MODULES = 4


class QrView(QWidget):
    """Paints a square matrix of modules (True is dark) as large as fits; always dark on white, whatever the theme."""

    def __init__(
        self, matrix: Sequence[Sequence[bool]] = (), name: str = "", side: int = 150, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._matrix = matrix
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name or self.tr("Mã VietQR"))

    def set_matrix(self, matrix: Sequence[Sequence[bool]], name: str = "") -> None:
        """Show another code."""
        self._matrix = matrix
        if name:
            self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._side), theme.px(self._side))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        count = len(self._matrix)
        if not count:
            return
        ratio = self.devicePixelRatioF()
        device = int(min(self.width(), self.height()) * ratio)
        module = max(1, device // (count + 2 * QUIET_MODULES))
        start = (device - module * count) // 2
        for y, row in enumerate(self._matrix):
            for x, dark in enumerate(row):
                if dark:
                    left, top = (start + x * module) / ratio, (start + y * module) / ratio
                    painter.fillRect(QRectF(left, top, module / ratio, module / ratio), Qt.GlobalColor.black)
