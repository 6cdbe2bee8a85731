"""What a pane says when it has nothing: one icon, one sentence, one action; and the grey bars while it waits."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.widgets import painting
from ui.widgets.buttons import Button
from ui.widgets.icon import Icon
from ui.widgets.plain_label import PlainLabel

LOADING_SHOWN_MS = 150


class EmptyState(QWidget):
    """Signals: ``acted()`` when the action is pressed."""

    acted = Signal()

    def __init__(self, icon: str, sentence: str, action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = Icon(icon, "text_3", 32)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = PlainLabel(sentence, tone="text_2", wrap=True, figures=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = Button(action)
        self.button.clicked.connect(self.acted)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(28), theme.px(28), theme.px(28), theme.px(28))
        column.setSpacing(theme.px(12))
        column.addStretch(2)
        column.addWidget(self._icon)
        column.addWidget(self._words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.set_state(icon, sentence, action)

    def set_state(self, icon: str, sentence: str, action: str = "") -> None:
        """Say something else."""
        self._icon.set_icon(icon, "text_3")
        self._words.setText(sentence)
        self.button.set_text(action)
        self.button.setVisible(bool(action))


def draw_bars(painter: QPainter, cell: QRect) -> None:
    """Draw the two bars that stand for a cell's lines."""
    height = theme.px(9)
    left, width = cell.left() + theme.px(16), cell.width() - theme.px(32)
    top = cell.top() + (cell.height() - 2 * height - theme.px(7)) // 2
    painting.draw_box(painter, QRect(left, top, width * 7 // 10, height), "sunken", "", 3)
    painting.draw_box(painter, QRect(left, top + height + theme.px(7), width * 4 // 10, height), "sunken", "", 3)
