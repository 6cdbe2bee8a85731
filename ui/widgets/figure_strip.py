"""The strip after sign-in: how much waits, each figure a link to exactly those rows.

Stands apart from the banner, which has one sentence and at most one action.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.announce import announce
from ui.theme import Role, Size
from ui.widgets import painting
from ui.widgets.buttons import Button
from ui.widgets.plain_label import PlainLabel

_GAP = 16


class FigureStrip(QWidget):
    """Lead, links, one button at the right; links go on to a second line where there is no room.

    Signals: ``chosen(int)`` the place of the link that was pressed; ``closed()`` the button.
    """

    chosen = Signal(int)
    closed = Signal()

    def __init__(self, close: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lead = PlainLabel(figures=True, parent=self)
        self._links: list[Button] = []
        self._close = Button(close, parent=self)
        self._close.clicked.connect(self.closed)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_figures(self, lead: str, words: Sequence[str]) -> None:
        """Show other figures; announced when they are the first."""
        first = not self._links
        self._lead.setText(lead)
        for old in self._links:
            old.hide()
            old.deleteLater()
        self._links = []
        before: QWidget = self
        for at, text in enumerate(words):
            link = Button(text, kind="link", parent=self)
            link.clicked.connect(lambda _on=False, place=at: self.chosen.emit(place))
            link.show()
            QWidget.setTabOrder(before, link)
            self._links.append(link)
            before = link
        QWidget.setTabOrder(before, self._close)
        self.setAccessibleName(f"{lead} {', '.join(words)}")
        self._place(self.width())
        self.updateGeometry()
        if first:
            announce(self, self.accessibleName())

    def links(self) -> tuple[Button, ...]:
        """Return the figures' links, in their order."""
        return tuple(self._links)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(400), self.heightForWidth(max(self.width(), theme.px(400))))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme.px(Size.FIELD + 14))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width())

    def _place(self, width: int, *, move: bool = True) -> int:
        """Lay lead and links out in lines; return the height they need."""
        edge, gap, line = theme.px(16), theme.px(_GAP), theme.px(Size.FIELD)
        room = width - edge - self._close.sizeHint().width() - gap
        first = edge + theme.px(16 + 9)
        at = QPoint(first, theme.px(7))
        for part in (self._lead, *self._links):
            size = part.sizeHint()
            if at.x() > first and at.x() + size.width() > room:
                at = QPoint(first, at.y() + line)
            if move:
                part.setGeometry(QRect(at, QSize(size.width(), line)))
            at.setX(at.x() + size.width() + gap)
        height = at.y() + line + theme.px(7)
        if move:
            own = self._close.sizeHint()
            self._close.setGeometry(width - edge - own.width(), (height - own.height()) // 2, own.width(), own.height())
        return height

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("primary_soft"))
        mark = QRect(theme.px(16), theme.px(7), theme.px(16), theme.px(Size.FIELD))
        painting.draw_icon(painter, mark, "info", "primary", theme.line(Role.BODY) - theme.px(2))
