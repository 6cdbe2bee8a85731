"""Paints the four columns of the dossier table from a ``RowView``: no data access, no state of its own.

Only money paid fills a row; every other state is the 4 px stripe and a chip in its own column.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.desk.dossier_model import ROW_ROLE, DossierModel
from ui.desk.row_view import RowView
from ui.theme import Role, Size
from ui.widgets import painting
from ui.widgets.empty_state import draw_bars

Index = QModelIndex | QPersistentModelIndex

STRIPES = {
    "paid": "paid_badge",
    "pause": "pause_text",
    "soon": "soon_line",
    "late": "late_text",
    "conflict": "conflict_text",
}
_LEFT = 16
_PAD = 0
_MONEY = 2
_BADGES = {"paid": "paid", "paid_unsent": "paid_unsent"}
_DUE_CHIPS = {"soon": "soon", "late": "late", "paused": "pause"}
_STRONG_FEES = ("due", "partial")


class DossierDelegate(QStyledItemDelegate):
    """One delegate for all columns."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme.px(100), theme.px(Size.TABLE_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = index.data(ROW_ROLE)
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        column = index.column()
        painter.save()
        if isinstance(view, RowView):
            filled = view.fee_kind == "paid"
            ground = ("paid_sel" if selected else "paid_row") if filled else ("sel" if selected else "surface")
            painter.fillRect(rect, theme.colour(ground))
            if column == 0 and view.stripe in STRIPES:
                stripe = QRect(rect.left(), rect.top(), theme.px(Size.STRIPE), rect.height() - 1)
                painter.fillRect(stripe, theme.colour(STRIPES[view.stripe]))
            second = "text_2" if selected or filled else "text_3"
            left = theme.px(_LEFT if column == 0 else _PAD)
            cell = rect.adjusted(left, 0, -theme.px(0 if column >= _MONEY else 12), -1)
            (self._person, self._procedure, self._fee, self._due)[column](painter, cell, view, second)
        else:
            painter.fillRect(rect, theme.colour("surface"))
            model = index.model()
            if isinstance(model, DossierModel) and model.loading:
                draw_bars(painter, rect)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        if selected:
            self._ring(painter, rect, first=column == 0, last=column == index.model().columnCount() - 1)
        painter.restore()

    def is_cut(self, view: RowView, column: int, width: int) -> bool:
        """Say whether words of a cell of this width end in dots."""
        strong, body, small = theme.font(Role.BODY, 600), theme.font(Role.BODY), theme.font(Role.SMALL, figures=True)
        chip = theme.px(32)  # icon and padding of a chip
        lines = (
            ((view.name, strong, _LEFT + 12), (view.code, small, _LEFT + 12)),
            ((view.procedure, body, 12), (view.status_line, small, 12 + 16 * view.queued)),
            (
                (view.fee_line1, strong, chip if view.fee_kind in _BADGES else 0),
                (view.fee_line2, small, 16 * view.fee_alarm),
            ),
            ((view.due_line1, strong, chip if view.due_kind in _DUE_CHIPS else 0), (view.due_line2, small, 0)),
        )[column]
        return any(
            QFontMetrics(font).horizontalAdvance(words) > width - theme.px(taken) for words, font, taken in lines
        )

    def _ring(self, painter: QPainter, rect: QRect, *, first: bool, last: bool) -> None:
        """Draw this cell's part of the 2 px ring around the selected row."""
        ink = theme.colour("focus")
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), Size.RING), ink)
        painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), Size.RING), ink)
        if first:
            painter.fillRect(QRect(rect.left(), rect.top(), Size.RING, rect.height()), ink)
        if last:
            painter.fillRect(QRect(rect.right() - 1, rect.top(), Size.RING, rect.height()), ink)

    def _lines(self, cell: QRect) -> tuple[QRect, QRect]:
        """Return the places of the first and the second line, centred together."""
        first, second = theme.line(Role.BODY), theme.line(Role.SMALL)
        top = cell.top() + (cell.height() - first - second) // 2
        return QRect(cell.left(), top, cell.width(), first), QRect(cell.left(), top + first, cell.width(), second)

    def _person(self, painter: QPainter, cell: QRect, view: RowView, second: str) -> None:
        above, below = self._lines(cell)
        painting.draw_text(painter, above, view.name, theme.font(Role.BODY, 600), "text")
        painting.draw_text(painter, below, view.code, theme.font(Role.SMALL, figures=True), second)

    def _procedure(self, painter: QPainter, cell: QRect, view: RowView, second: str) -> None:
        above, below = self._lines(cell)
        painting.draw_text(painter, above, view.procedure, theme.font(Role.BODY), "text")
        if view.queued:
            icon = QRect(below.left(), below.top(), theme.px(13), below.height())
            painting.draw_icon(painter, icon, "cloud-arrow-up", second, 13)
            below = below.adjusted(theme.px(16), 0, 0, 0)
        painting.draw_text(painter, below, view.status_line, theme.font(Role.SMALL, figures=True), second)

    def _fee(self, painter: QPainter, cell: QRect, view: RowView, second: str) -> None:
        above, below = self._lines(cell)
        small = theme.font(Role.SMALL, figures=True)
        if view.fee_kind in _BADGES:
            painting.draw_chip(painter, above, view.fee_line1, _BADGES[view.fee_kind])
        else:
            strong = view.fee_kind in _STRONG_FEES
            if not view.fee_line2:
                above = cell
            tone = "text" if strong else "text_2"
            font = theme.font(Role.BODY, 600 if strong else 400, figures=True)
            if not strong:
                font = theme.font(Role.BODY, figures=True)
            painting.draw_text(painter, above, view.fee_line1, font, tone)
        if view.fee_alarm:
            icon = QRect(below.left(), below.top(), theme.px(13), below.height())
            painting.draw_icon(painter, icon, "warning-fill", "soon_text", 13)
            below, second = below.adjusted(theme.px(16), 0, 0, 0), "soon_text"
        if view.fee_line2:
            painting.draw_text(painter, below, view.fee_line2, small, second)

    def _due(self, painter: QPainter, cell: QRect, view: RowView, second: str) -> None:
        above, below = self._lines(cell)
        if view.due_kind in _DUE_CHIPS:
            painting.draw_chip(painter, above, view.due_line1, _DUE_CHIPS[view.due_kind])
        elif view.due_kind != "none" or view.due_line1:
            painting.draw_text(painter, above, view.due_line1, theme.font(Role.BODY, figures=True), "text")
        if view.due_line2:
            painting.draw_text(painter, below, view.due_line2, theme.font(Role.SMALL, figures=True), second)
