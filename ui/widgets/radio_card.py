"""A choice with its consequence spelled out: the decision screens' radio button.

A choice that is not possible stays visible, with its reason instead of the consequence.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from ui import theme
from ui.theme import Role, Size
from ui.widgets import painting
from ui.widgets.checks import draw_mark

_PAD = 12
_INDENT = 37


class RadioCard(QRadioButton):
    """Title, consequence, and a quiet *Nên chọn* at the recommended one; wraps to its width.

    ``reason`` greys the card and takes the place of the consequence. Signals: those of ``QRadioButton``.
    """

    def __init__(
        self, title: str, consequence: str, *, tag: str = "", reason: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        self._second, self._tag = reason or consequence, tag
        self.setEnabled(not reason)
        self.setAccessibleName(title)
        self.setAccessibleDescription(self._second)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return 2 * theme.px(9) + theme.line(Role.BODY) + theme.px(2) + self._second_rect(width).height()

    def sizeHint(self) -> QSize:
        width = theme.px(420)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), self.heightForWidth(max(self.width(), theme.px(200))))

    def _second_rect(self, width: int) -> QRect:
        left = theme.px(_INDENT)
        space = QRect(left, 0, max(1, width - left - theme.px(_PAD)), 10_000)
        metrics = QFontMetrics(theme.font(Role.SMALL, figures=True))
        return metrics.boundingRect(space, int(Qt.TextFlag.TextWordWrap), self._second)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        on, awake = self.isChecked(), self.isEnabled()
        ground = "primary_soft" if on else "surface" if awake else "bg"
        ring = on or self.hasFocus()
        edge = "primary" if ring else "line"
        painting.draw_box(painter, self.rect(), ground, edge, Size.RADIUS_CARD, width=2 if ring else 1)
        side = theme.px(16)
        top = theme.px(9)
        line = theme.line(Role.BODY)
        mark = QRect(theme.px(13), top + (line - side) // 2, side, side)
        draw_mark(painter, mark, self, round_mark=True)
        words = QRect(theme.px(_INDENT), top, self.width() - theme.px(_INDENT + _PAD), line)
        if self._tag and awake:
            font = theme.font(Role.SMALL, 600)
            painting.draw_text(painter, words, self._tag, font, "primary", Qt.AlignmentFlag.AlignRight)
            words.setRight(words.right() - QFontMetrics(font).horizontalAdvance(self._tag) - theme.px(8))
        tone = "text" if awake else "text_3"
        painting.draw_text(painter, words, self.text(), theme.font(Role.BODY, 600, figures=True), tone)
        painter.setFont(theme.font(Role.SMALL, figures=True))
        painter.setPen(theme.colour("text_2"))
        second = self._second_rect(self.width())
        second.moveTop(top + line + theme.px(2))
        painter.drawText(second, int(Qt.TextFlag.TextWordWrap), self._second)
