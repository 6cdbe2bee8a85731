"""Tabs of the dossier pane: 31 px, a count in a grey pill, a 2 px line under the current one."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QTabBar, QWidget

from ui import theme
from ui.theme import Role, Size
from ui.widgets import painting


class TabStrip(QTabBar):
    """A row of tabs by name; arrows move. Signals: those of ``QTabBar`` (``currentChanged(int)``)."""

    def __init__(self, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self._counts: dict[int, int] = {}
        for name in names:
            self.addTab(name)
            self.setAccessibleTabName(self.count() - 1, name)

    def set_count(self, index: int, count: int | None) -> None:
        """Show ``count`` beside a tab; None or 0 shows none."""
        self._counts[index] = count or 0
        name = self.tabText(index)
        self.setAccessibleTabName(index, f"{name}, {count}" if count else name)
        self.updateGeometry()
        self.resize(self.sizeHint())
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def tabSizeHint(self, index: int) -> QSize:
        width = QFontMetrics(theme.font(Role.BODY, 600)).horizontalAdvance(self.tabText(index)) + 2 * theme.px(5)
        if self._counts.get(index):
            width += self._pill_width(index) + theme.px(5)
        return QSize(width, theme.px(Size.TAB))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def _pill_width(self, index: int) -> int:
        text = str(self._counts[index])
        return max(theme.px(17), QFontMetrics(theme.font(Role.CAPTION)).horizontalAdvance(text) + theme.px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for index in range(self.count()):
            self._paint_tab(painter, index, self.tabRect(index))

    def _paint_tab(self, painter: QPainter, index: int, box: QRect) -> None:
        now = index == self.currentIndex()
        ink = "primary" if now else "text_2"
        font = theme.font(Role.BODY, 600 if now else 400)
        words = box.adjusted(theme.px(5), 0, 0, -theme.px(2))
        painting.draw_text(painter, words, self.tabText(index), font, ink)
        if self._counts.get(index):
            width = self._pill_width(index)
            pill = QRect(0, 0, width, theme.px(16))
            pill.moveTop(box.top() + (box.height() - pill.height()) // 2 - 1)
            pill.moveLeft(words.left() + QFontMetrics(font).horizontalAdvance(self.tabText(index)) + theme.px(5))
            painting.draw_box(painter, pill, "sunken", "", 8)
            caption = theme.font(Role.CAPTION, figures=True)
            middle = Qt.AlignmentFlag.AlignHCenter
            painting.draw_text(painter, pill, str(self._counts[index]), caption, "text_2", middle)
        if now:
            painter.fillRect(QRect(box.left(), box.bottom() - 1, box.width(), 2), theme.colour("primary"))
            if self.hasFocus():
                painting.draw_box(painter, box.adjusted(0, 1, 0, -3), "", "focus", 4, width=Size.RING)
