"""Chips, filter chips and key caps as widgets; drawn by ``ui.widgets.painting`` like those inside rows."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import theme
from ui.theme import Role, Size
from ui.widgets import painting


class Chip(QWidget):
    """A state in one word with icon and colour; ``kind`` is a key of ``painting.CHIPS``.

    ``icon`` None takes the kind's own icon, "" none.
    """

    def __init__(
        self, text: str, kind: str = "neutral", icon: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text, self._kind, self._icon = text, kind, icon
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def text(self) -> str:
        """Return the words shown."""
        return self._text

    def sizeHint(self) -> QSize:
        mark = painting.CHIPS[self._kind].icon if self._icon is None else self._icon
        return QSize(painting.chip_width(self._text, icon=bool(mark)), theme.px(Size.CHIP))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(40), theme.px(Size.CHIP))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painting.draw_chip(QPainter(self), self.rect(), self._text, self._kind, self._icon)


class KeyCap(QWidget):
    """The name of a key, as printed on it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return QSize(painting.key_cap_width(self._text), theme.px(Size.KEY_CAP))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painting.draw_key_cap(QPainter(self), self.rect(), self._text)


class FilterChip(QAbstractButton):
    """A round-ended choice above the table (*Chờ đóng 8*) or above a preview (*Cổng · Thư · SMS*); checkable.

    Signals: those of ``QAbstractButton`` (``toggled``, ``clicked``).
    """

    def __init__(self, text: str, *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setChecked(checked)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(Role.SMALL, 600, figures=True))
        return QSize(metrics.horizontalAdvance(self.text()) + 2 * theme.px(11), theme.px(Size.FILTER_CHIP))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        on = self.isChecked()
        edge = "primary" if on or self.hasFocus() else ("line_strong" if self.underMouse() else "line")
        radius = Size.FILTER_CHIP // 2
        width = 2 if self.hasFocus() else 1
        painting.draw_box(painter, self.rect(), "primary_soft" if on else "surface", edge, radius, width=width)
        tone = "primary" if on else ("text_2" if self.isEnabled() else "text_3")
        font = theme.font(Role.SMALL, 600 if on else 400, figures=True)
        painting.draw_text(painter, QRect(self.rect()), self.text(), font, tone, Qt.AlignmentFlag.AlignHCenter)
