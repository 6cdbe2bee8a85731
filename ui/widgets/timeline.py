"""What happened to a dossier, one mark under the other on a thin rail; bold only for now."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.theme import Role, Size
from ui.widgets import painting
from ui.widgets.parts import empty

_INDENT = 27


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One step: icon and its colour token, first line, second line (who, from → to, on time or not)."""

    icon: str
    title: str
    second: str = ""
    tone: str = "text_2"
    now: bool = False


class TimelineItem(QWidget):
    """Draws one entry; ``last`` ends the rail."""

    def __init__(self, entry: TimelineEntry, *, last: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry, self._last = entry, last
        self.setAccessibleName(". ".join(part for part in (entry.title, entry.second) if part))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        title, second = self._rects(width)
        return title.height() + second.height() + theme.px(8)

    def sizeHint(self) -> QSize:
        width = theme.px(300)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.line(Role.BODY))

    def _rects(self, width: int) -> tuple[QRect, QRect]:
        left = theme.px(_INDENT)
        space = QRect(left, 0, max(1, width - left), 10_000)
        wrap = int(Qt.TextFlag.TextWordWrap)
        weight = 600 if self._entry.now else 400
        first = QFontMetrics(theme.font(Role.BODY, weight, figures=True)).boundingRect(space, wrap, self._entry.title)
        title = QRect(left, 0, space.width(), max(theme.line(Role.BODY), first.height()))
        small = QFontMetrics(theme.font(Role.SMALL, figures=True)).boundingRect(space, wrap, self._entry.second)
        height = max(theme.line(Role.SMALL), small.height()) if self._entry.second else 0
        return title, QRect(left, title.bottom() + 1, space.width(), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        entry = self._entry
        title, second = self._rects(self.width())
        mark = QRect(0, 0, theme.px(Size.ICON), theme.line(Role.BODY))
        painting.draw_icon(painter, mark, entry.icon, entry.tone, Size.ICON)
        if not self._last:
            rail = QRect(mark.center().x(), mark.bottom() + 2, 1, self.height() - mark.bottom() - 2)
            painter.fillRect(rail, theme.colour("line_strong"))
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
        painter.setFont(theme.font(Role.BODY, 600 if entry.now else 400, figures=True))
        painter.setPen(theme.colour("text"))
        painter.drawText(title, wrap, entry.title)
        if entry.second:
            painter.setFont(theme.font(Role.SMALL, figures=True))
            painter.setPen(theme.colour("text_2"))
            painter.drawText(second, wrap, entry.second)


class Timeline(QWidget):
    """A column of entries, newest first or last as given."""

    def __init__(self, entries: tuple[TimelineEntry, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.set_entries(entries)

    def set_entries(self, entries: tuple[TimelineEntry, ...]) -> None:
        """Show other entries."""
        empty(self._column)
        for at, entry in enumerate(entries):
            self._column.addWidget(TimelineItem(entry, last=at == len(entries) - 1))
