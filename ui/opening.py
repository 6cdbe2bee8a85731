"""The frame an officer sees at once, and in it the day's list as it lay on this machine, until the window is there.

Stands apart because it must be painted before anything heavy is imported: Qt and the look, no service, no rule. What
it shows cannot be acted on; the window takes its place as soon as it has its own rows.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.desk.room import LEAST_HEIGHT, LEAST_WIDTH
from ui.theme import Role

_GAP = 12


class Opening(QWidget):
    """Signals: ``painted()`` after the first paint, once; ``left()`` the officer closed it."""

    painted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self._was_painted = False
        self._look: QWidget | None = None
        self.setWindowTitle(self.tr("Một Cửa"))
        self._words = self.tr("Đang mở dữ liệu trên máy này…")
        self.setAccessibleName(self._words)

    def show_look(self, look: QWidget) -> None:
        """Show the day's list in the frame."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(look)
        look.show()
        self._look = look

    def tell_broken(self) -> None:
        """Say, in place of the day's list, that the program cannot go on; the officer may close the frame."""
        if self._look is not None:
            self._look.hide()
            self._look = None
        self._words = self.tr(
            "Chương trình gặp lỗi khi mở. Dữ liệu trên máy này còn nguyên.\n"
            "Đóng cửa sổ này rồi mở lại; nếu vẫn vậy, báo bộ phận hỗ trợ."
        )
        self.setAccessibleName(self._words)
        self.update()

    def look(self) -> QWidget | None:
        """Return what stands in the frame, if anything."""
        return self._look

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("bg"))
        if self._look is None:
            self._paint_words(painter)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def _paint_words(self, painter: QPainter) -> None:
        middle = self.rect().center()
        name = QRect(0, middle.y() - theme.line(Role.TITLE) - _GAP, self.width(), theme.line(Role.TITLE))
        below = theme.line(Role.BODY) * (1 + self._words.count("\n"))
        words = QRect(0, middle.y(), self.width(), below)
        lines = ((name, Role.TITLE, "text", self.windowTitle()), (words, Role.BODY, "text_2", self._words))
        for place, role, tone, text in lines:
            painter.setFont(theme.font(role))
            painter.setPen(theme.colour(tone))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.left.emit()
