"""The queues at the left: names with live counts, or a 56 px rail of icons over counts on small screens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.theme import Role, Size
from ui.widgets import painting

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One queue: ``title`` in full for the list's heading, ``short`` for the sidebar.

    ``count`` is a number, a sum in words or None. ``pill`` draws the count as a pill: "" (none), ``soon_late`` (count
    amber, ``second_count`` red), ``conflict``, ``plain``. ``group`` is the heading it stands under.
    """

    key: str
    title: str
    short: str
    icon: str
    count: int | str | None
    second_count: int | None = None
    group: str = ""
    pill: Literal["", "soon_late", "conflict", "plain"] = ""

    def spoken(self, unit: str) -> str:
        """Return what a screen reader says: *Mới nộp, 12 hồ sơ*."""
        if self.count is None:
            return self.short
        words = f"{self.short}, {self.count}" + ("" if isinstance(self.count, str) else f" {unit}")
        return words if self.second_count is None else f"{words}, {self.second_count}"


class QueueModel(QAbstractListModel):
    """Items with their headings between them; headings are texts, never selectable."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[QueueItem | str] = []
        self._rail = False
        self._items: tuple[QueueItem, ...] = ()

    def set_items(self, items: Sequence[QueueItem]) -> None:
        """Show ``items``; when only counts changed, nothing is reset."""
        same = [item.key for item in items] == [item.key for item in self._items]
        self._items = tuple(items)
        if same:
            self._rows = self._lined_up()
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
            return
        self.beginResetModel()
        self._rows = self._lined_up()
        self.endResetModel()

    def set_rail(self, rail: bool) -> None:
        """Leave the headings out, or put them back."""
        self.beginResetModel()
        self._rail = rail
        self._rows = self._lined_up()
        self.endResetModel()

    def _lined_up(self) -> list[QueueItem | str]:
        rows: list[QueueItem | str] = []
        group = ""
        for item in self._items:
            if item.group != group:
                group = item.group
                if group and not self._rail:
                    rows.append(group)
            rows.append(item)
        return rows

    def row_at(self, index: Index) -> QueueItem | str:
        """Return the item or the heading of a row."""
        return self._rows[index.row()]

    def index_of(self, key: str) -> QModelIndex:
        """Return the row of a queue, invalid if it is not there."""
        for at, row in enumerate(self._rows):
            if isinstance(row, QueueItem) and row.key == key:
                return self.index(at)
        return QModelIndex()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.row_at(index), QueueItem):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.row_at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.short if isinstance(row, QueueItem) else row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken(self.tr("hồ sơ")) if isinstance(row, QueueItem) else row
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, QueueItem):
            return row.title if self._rail or row.title != row.short else None
        return None


class QueueDelegate(QStyledItemDelegate):
    """Paints a queue or a heading; 32 px in the list, icon over count in the rail."""

    rail = False

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row = _row(index)
        if self.rail:
            return QSize(theme.px(Size.RAIL), theme.px(Size.RAIL_ITEM))
        if isinstance(row, QueueItem):
            return QSize(theme.px(200), theme.px(Size.QUEUE_ITEM))
        return QSize(theme.px(200), theme.px(Size.QUEUE_GROUP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = _row(index)
        rect: QRect = option.rect
        now = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = now and bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        if isinstance(row, str):
            words = rect.adjusted(theme.px(8), theme.px(8), 0, 0)
            painting.draw_text(painter, words, row, theme.font(Role.CAPTION), "text_2")
        elif self.rail:
            self._paint_rail(painter, rect, row, now, focused)
        else:
            self._paint_item(painter, rect, row, now, focused)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, now: bool, focused: bool) -> None:
        if now:
            painting.draw_box(painter, rect, "sel", "", Size.RADIUS_FIELD)
        if focused:
            painting.draw_box(painter, rect, "", "focus", Size.RADIUS_FIELD, width=Size.RING)

    def _paint_item(self, painter: QPainter, rect: QRect, item: QueueItem, now: bool, focused: bool) -> None:
        self._ground(painter, rect, now, focused)
        if now:
            bar = QRect(rect.left(), rect.top() + theme.px(6), 3, rect.height() - theme.px(12))
            painter.fillRect(bar, theme.colour("primary"))
        icon = QRect(rect.left() + theme.px(8), rect.top(), theme.px(Size.ICON), rect.height())
        painting.draw_icon(painter, icon, item.icon, "primary" if now else "text_2", Size.ICON)
        words = QRect(icon.right() + 1 + theme.px(8), rect.top(), 0, rect.height())
        words.setRight(self._paint_count(painter, rect, item) - theme.px(2))
        painting.draw_text(painter, words, item.short, theme.font(Role.BODY, 600 if now else 400), "text")

    def _paint_count(self, painter: QPainter, rect: QRect, item: QueueItem) -> int:
        """Draw the count at the right; return where it begins."""
        right = rect.right() - theme.px(8)
        if item.count is None:
            return right
        font = theme.font(Role.SMALL, 600, figures=True)
        pairs: list[tuple[str, str]] = []
        if item.pill == "soon_late":
            pairs = [("late", str(item.second_count or 0)), ("soon", str(item.count))]
            pairs = [pair for pair in pairs if pair[1] != "0"]
        elif item.pill and item.count:
            pairs = [("conflict" if item.pill == "conflict" else "neutral", str(item.count))]
        if pairs:
            right = rect.right() - theme.px(2)
            for kind, text in pairs:
                width = max(theme.px(20), QFontMetrics(font).horizontalAdvance(text) + theme.px(12))
                pill = QRect(right - width, 0, width, theme.px(20))
                pill.moveTop(rect.top() + (rect.height() - pill.height()) // 2)
                style = painting.CHIPS[kind]
                painting.draw_box(painter, pill, style.ground, "", 10)
                painting.draw_text(painter, pill, text, font, style.words, Qt.AlignmentFlag.AlignHCenter)
                right = pill.left() - theme.px(3)
            return right
        text = str(item.count)
        width = QFontMetrics(font).horizontalAdvance(text) + 2
        box = QRect(right - width, rect.top(), width, rect.height())
        if item.count == 0:
            font = theme.font(Role.SMALL, 400, figures=True)
        tone = "text_3" if item.count == 0 else "text_2"
        painting.draw_text(painter, box, text, font, tone, Qt.AlignmentFlag.AlignRight)
        return box.left()

    def _paint_rail(self, painter: QPainter, rect: QRect, item: QueueItem, now: bool, focused: bool) -> None:
        box = rect.adjusted(theme.px(6), 1, -theme.px(6), -1)
        self._ground(painter, box, now, focused)
        icon = QRect(rect.left(), rect.top() + theme.px(4), rect.width(), theme.px(17))
        painting.draw_icon(painter, icon, item.icon, "primary" if now else "text_2", Size.ICON)
        if isinstance(item.count, int):
            total = item.count + (item.second_count or 0)
            tone = "late_text" if item.second_count else "conflict_text" if item.pill == "conflict" else "text"
            tone = tone if total else "text_3"
            below = QRect(rect.left(), icon.bottom() + 1, rect.width(), theme.line(Role.SMALL))
            font = theme.font(Role.CAPTION, figures=True)
            painting.draw_text(painter, below, str(total), font, tone, Qt.AlignmentFlag.AlignHCenter)


def _row(index: Index) -> QueueItem | str:
    model = index.model()
    assert isinstance(model, QueueModel)
    return model.row_at(index)


class QueueList(QListView):
    """The sidebar's list. Signals: ``chosen(str)`` with the queue's key when the officer moves to it."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queues")
        self.setAccessibleName(self.tr("Hàng việc"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._model = QueueModel(self)
        self._delegate = QueueDelegate(self)
        self._quiet = False
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.selectionModel().currentChanged.connect(self._moved)

    def set_items(self, items: Sequence[QueueItem]) -> None:
        """Show queues and counts; the current queue stays current."""
        key = self.current_key()
        self._model.set_items(items)
        if key and key != self.current_key():
            self.set_current(key)

    def current_key(self) -> str:
        """Return the current queue's key, "" if none."""
        index = self.currentIndex()
        row = self._model.row_at(index) if index.isValid() else ""
        return row.key if isinstance(row, QueueItem) else ""

    def set_current(self, key: str) -> None:
        """Make a queue current without telling anyone."""
        self._quiet = True
        self.setCurrentIndex(self._model.index_of(key))
        self._quiet = False

    def set_rail(self, rail: bool) -> None:
        """Collapse to the rail, or open again."""
        if rail == self._delegate.rail:
            return
        key = self.current_key()
        self._delegate.rail = rail
        self._model.set_rail(rail)
        self.set_current(key)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        row = self._model.row_at(now) if now.isValid() else ""
        if isinstance(row, QueueItem) and not self._quiet:
            self.chosen.emit(row.key)
