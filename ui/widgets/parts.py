"""The plain parts that pages and dialogs are put together from: lines, what scrolls, layouts made empty.

Stands apart so that everywhere a line has one pixel, a column scrolls downwards only, and what is taken out of a layout
leaves no ghost: it hides at once and goes when the event under way is over.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget


def rule(*, vertical: bool = False) -> QFrame:
    """Return a line of one pixel."""
    line = QFrame()
    line.setObjectName("rule")
    (line.setFixedWidth if vertical else line.setFixedHeight)(1)
    return line


class Scroller(QScrollArea):
    """Scrolls its widget downwards only; no frame, no focus of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def empty(layout: QLayout | None) -> None:
    """Take everything out of a layout, and out of those inside it."""
    while layout is not None and (item := layout.takeAt(0)) is not None:
        empty(item.layout())
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
