"""Ctrl+K: every deed and every dossier, typed without diacritics.

Stands apart from the menus because it is the one place where nothing is hidden: what cannot be done now is listed with
its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.listing import ListRow
from app.services import inbox
from app.services.desk import Desk
from ui import theme, timers
from ui.desk.queue_list import QueueItem
from ui.present import palette
from ui.present.dossier import DossierView
from ui.present.palette import Line
from ui.tasks import Tasks
from ui.theme import Role, Size
from ui.widgets import painting
from ui.widgets.chip import Chip, KeyCap
from ui.widgets.dialog_frame import Scrim
from ui.widgets.plain_label import PlainLabel
from ui.widgets.text_field import TextField

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_WIDTH, _HEIGHT, _TOP = 640, 460, 70
_LINE = 38
_GROUP = 26
_TYPED_AFTER_MS = 30


class _Model(QAbstractListModel):
    """Lines with their group headings between them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Line | str] = []

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.rows = []
        group = ""
        for line in lines:
            if line.group != group:
                group = line.group
                self.rows.append(group)
            self.rows.append(line)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.rows[index.row()] if index.isValid() else ""
        if isinstance(row, Line):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.rows[index.row()]
        return row if isinstance(row, str) else f"{row.label}. {row.detail}".strip(". ")


class _Delegate(QStyledItemDelegate):
    """Icon, words, grey detail, key cap."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme.px(_LINE if isinstance(_row(index), Line) else _GROUP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, rect = _row(index), QRect(option.rect)
        painter.save()
        if isinstance(row, str):
            words = rect.adjusted(theme.px(14), theme.px(4), 0, 0)
            painting.draw_text(painter, words, row, theme.font(Role.CAPTION), "text_2")
        else:
            now = bool(option.state & QStyle.StateFlag.State_Selected)
            if now:
                painter.fillRect(rect, theme.colour("sel"))
            self._line(painter, rect, row, now)
        painter.restore()

    def _line(self, painter: QPainter, rect: QRect, row: Line, now: bool) -> None:
        box = QRect(rect.left() + theme.px(14), rect.top(), theme.px(Size.ICON), rect.height())
        painting.draw_icon(painter, box, row.icon, "primary" if now else "text_2", Size.ICON)
        font = theme.font(Role.BODY, 600 if now and row.enabled else 400, figures=True)
        words = QRect(box.right() + theme.px(11), rect.top(), 0, rect.height())
        right = rect.right() - theme.px(14)
        if row.cap:
            width = painting.key_cap_width(row.cap)
            cap = QRect(right - width, 0, width, theme.px(Size.KEY_CAP))
            cap.moveTop(rect.top() + (rect.height() - cap.height()) // 2)
            painting.draw_key_cap(painter, cap, row.cap)
            right = cap.left() - theme.px(8)
        words.setRight(min(right, words.left() + QFontMetrics(font).horizontalAdvance(row.label) + 2))
        painting.draw_text(painter, words, row.label, font, "text" if row.enabled else "text_3")
        detail = QRect(words.right() + theme.px(10), rect.top(), right - words.right() - theme.px(10), rect.height())
        painting.draw_text(painter, detail, row.detail, theme.font(Role.SMALL, figures=True), "text_2")


def _row(index: Index) -> Line | str:
    model = index.model()
    assert isinstance(model, _Model)
    return model.rows[index.row()]


class Palette(QDialog):
    """Signals: ``chosen(str)`` a command, ``opened(str)`` a dossier's id; the palette is gone then."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(
        self, window: QWidget, desk: Desk, tasks: Tasks, view: DossierView | None, queues: Sequence[QueueItem]
    ) -> None:
        super().__init__(window)
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(self.tr("Mọi thao tác"))
        self._window, self._desk, self._tasks = window, desk, tasks
        self._view, self._queues = view, queues
        self._scrim: Scrim | None = None
        self.field = TextField(icon="magnifying-glass", placeholder=self.tr("Gõ tên thao tác, hàng việc, hồ sơ…"))
        self.field.setAccessibleName(self.tr("Mọi thao tác"))
        self.field.textChanged.connect(self._typed)
        self.list = QListView()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = _Model(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Delegate(self))
        self.list.clicked.connect(lambda _index: self._take())
        self._lay_out()
        self._late = timers.once(self, _TYPED_AFTER_MS, self._search)
        self._show(())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(8), theme.px(8), theme.px(14), theme.px(8))
        head.addWidget(self.field, 1)
        if self._view is not None:
            head.addWidget(Chip(self.tr("Hồ sơ …{0} {1}").format(self._view.code[-5:], self._view.name)))
        column.addLayout(head)
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(14), theme.px(6), theme.px(14), theme.px(8))
        foot.setSpacing(theme.px(6))
        for cap, words in (("↑ ↓", self.tr("chọn")), ("Enter", self.tr("làm")), ("Esc", self.tr("đóng"))):
            foot.addWidget(KeyCap(cap))
            foot.addWidget(PlainLabel(words, role=Role.SMALL, tone="text_2"))
        foot.addStretch(1)
        foot.addWidget(PlainLabel(self.tr("gõ không dấu cũng tìm được"), role=Role.SMALL, tone="text_3"))
        column.addLayout(foot)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._scrim is None:
            self._scrim = Scrim(self._window, self)
        width = min(theme.px(_WIDTH), self._window.width() - 32)
        height = min(theme.px(_HEIGHT), self._window.height() - 110)
        self.resize(width, height)
        corner = self._window.mapToGlobal(self._window.rect().topLeft())
        self.move(corner.x() + (self._window.width() - width) // 2, corner.y() + theme.px(_TOP))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, _text: str) -> None:
        self._show(())
        self._late.start()

    def _search(self) -> None:
        desk, typed = self._desk, self.field.text().strip()
        if len(typed) < 2:
            return

        def read() -> tuple[str, list[ListRow]]:
            found = inbox.rows(desk, inbox.find(desk, typed, limit=4))
            return typed, [row for row in found if row is not None]

        def came(answer: tuple[str, list[ListRow]]) -> None:
            if answer[0] == self.field.text().strip():
                self._show(answer[1])

        self._tasks.query(read, came, owner=self)

    def _show(self, found: Sequence[ListRow]) -> None:
        self._model.set_lines(palette.lines(self.field.text(), self._view, self._queues, found))
        self._go(0, 1)

    def _go(self, start: int, step: int) -> None:
        at = start
        while 0 <= at < len(self._model.rows):
            if isinstance(self._model.rows[at], Line):
                self.list.setCurrentIndex(self._model.index(at))
                return
            at += step

    def lines(self) -> list[Line]:
        """Return the lines shown."""
        return [row for row in self._model.rows if isinstance(row, Line)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.list.currentIndex().row()
        if event.key() == Qt.Key.Key_Down:
            self._go(at + 1, 1)
        elif event.key() == Qt.Key.Key_Up:
            self._go(at - 1, -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        index = self.list.currentIndex()
        row = self._model.rows[index.row()] if index.isValid() else ""
        if not isinstance(row, Line) or not row.enabled:
            return
        self.accept()
        if row.dossier_id:
            self.opened.emit(row.dossier_id)
        else:
            self.chosen.emit(row.command)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.colour("line_strong"), 1))
        painter.setBrush(theme.colour("surface"))
        radius = theme.px(Size.RADIUS_DIALOG)
        painter.drawRoundedRect(shape, radius, radius)
