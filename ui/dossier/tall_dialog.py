"""A dialog as tall as the window allows, whose one widget scrolls by itself: papers and printed slips."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Size
from ui.widgets.dialog_frame import DialogFrame

_EDGE = 22


class TallDialog(DialogFrame):
    """Closes with Esc; put the content in with ``fill``."""

    def __init__(self, window: QWidget, title: str, about: str = "", *, primary: str = "") -> None:
        super().__init__(window, title, about, primary=primary, later="Đóng", width=Size.DIALOG_MAX_WIDTH)
        if isinstance(window, DialogFrame):
            self._window = window._window  # over a dialog, but as large as the desk's window allows
        self.body.setContentsMargins(1, 0, 1, 0)
        self.body.setSpacing(0)

    def fill(self, content: QWidget) -> None:
        """Give the whole body to ``content``."""
        content.setMinimumHeight(100)
        # Only then does a sentence above it take from its height; else the body would scroll beside it.
        content.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.body.addWidget(content, 1)

    def fitted_size(self) -> QSize:
        height = min(Size.DIALOG_MAX_HEIGHT, self._window.height() - 2 * _EDGE)
        return QSize(super().fitted_size().width(), height)
