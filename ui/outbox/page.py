"""Chờ gửi: every deed that has not reached the portal, in the order of sending, and the last that have.

Stands apart from the desk because here an officer looks at the machine's own work, not at dossiers.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.services import outbox
from app.services.desk import Desk
from app.services.views import OutboxItem
from ui import theme
from ui.dossier.tabs import Icon
from ui.pages import Page
from ui.present import outbox as words
from ui.present.outbox import OutboxView
from ui.tasks import Tasks
from ui.theme import Role, Size
from ui.widgets import painting
from ui.widgets.buttons import Button
from ui.widgets.chip import Chip, FilterChip
from ui.widgets.empty_state import EmptyState
from ui.widgets.plain_label import PlainLabel

_SHARES = (36, 26, 23, 18)


class OutboxRow(QWidget):
    """One deed, 52 px. Signals: ``picked(str)`` with its key, ``opened(str)`` Enter or double click."""

    picked = Signal(str)
    opened = Signal(str)

    def __init__(self, view: OutboxView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self._chosen = False
        self.setMinimumHeight(theme.px(Size.OUTBOX_ROW))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        spoken = (view.title, view.name, view.code, view.chip, view.since)
        self.setAccessibleName(", ".join(part for part in spoken if part))
        row = _columns(
            self,
            Icon(view.icon),
            _stack(PlainLabel(view.title, weight=600, elide=True, figures=True), _small(view.detail)),
            _stack(PlainLabel(view.name, elide=True), _small(view.code)),
            _stack(Chip(view.chip, view.chip_kind, view.chip_icon), _small(view.since)),
            PlainLabel(view.next_step, role=Role.SMALL, tone="text_2", wrap=True, figures=True),
        )
        row.setContentsMargins(theme.px(16), theme.px(5), theme.px(12), theme.px(5))

    def set_chosen(self, chosen: bool) -> None:
        """Show that the foot's buttons are about this row."""
        self._chosen = chosen
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.opened.emit(self.view.dossier_id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.picked.emit(self.view.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit(self.view.dossier_id)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not event.modifiers():
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("sel" if self._chosen else "surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))
        if self._chosen:
            painting.draw_box(painter, self.rect(), "", "focus", 0, width=Size.RING)


def _small(text: str) -> PlainLabel:
    return PlainLabel(text, role=Role.SMALL, tone="text_2", elide=True, figures=True)


def _stack(*lines: QWidget) -> QWidget:
    """Return a cell of one or two lines."""
    cell = QWidget()
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addStretch(1)
    for one in lines:
        column.addWidget(one)
    column.addStretch(1)
    return cell


def _columns(owner: QWidget, icon: QWidget, *cells: QWidget) -> QHBoxLayout:
    """Lay the cells of a row, or the words of the heading, out in the same columns."""
    row = QHBoxLayout(owner)
    row.setSpacing(theme.px(10))
    icon.setFixedWidth(theme.px(24))
    row.addWidget(icon)
    for cell, share in zip(cells, _SHARES, strict=True):
        cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(cell, share)
    return row


class OutboxPage(Page):
    """The outbox, row by row, with what may be done about one of them."""

    def __init__(self, desk: Desk, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk, self._tasks = desk, tasks
        self._picked = ""
        self._rows: dict[str, OutboxRow] = {}
        self._shown: tuple[OutboxView, ...] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head())
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._build_foot())

    def _build_head(self) -> QWidget:
        head = QWidget()
        head.setFixedHeight(theme.px(Size.TITLE_ROW))
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        row.setSpacing(theme.px(8))
        row.addWidget(PlainLabel(self.tr("Chờ gửi"), role=Role.TITLE))
        self._count = PlainLabel(tone="text_2", figures=True)
        row.addWidget(self._count)
        row.addStretch(1)
        self._decide = FilterChip("")
        self._decide.clicked.connect(lambda: self.go_asked.emit("decisions"))
        row.addWidget(self._decide)
        return head

    def _build_foot(self) -> QWidget:
        foot = QWidget()
        foot.setObjectName("pane")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme.px(16), theme.px(9), theme.px(16), theme.px(9))
        row.setSpacing(theme.px(8))
        said = self.tr("Tắt máy không mất. Việc chưa gửi nằm trong máy này, không nằm ở máy khác.")
        row.addWidget(PlainLabel(said, role=Role.SMALL, tone="text_3", elide=True), 1)
        self.open_button = Button(self.tr("Mở hồ sơ"), key="Enter")
        self.open_button.clicked.connect(self._open)
        self.take_back = Button(self.tr("Rút lại việc đang chọn"))
        self.take_back.clicked.connect(self._take_back)
        row.addWidget(self.open_button)
        row.addWidget(self.take_back)
        return foot

    def refresh(self) -> None:
        """Read the outbox again."""
        desk = self._desk

        def read() -> tuple[tuple[OutboxItem, ...], tuple[OutboxItem, ...], bool]:
            return outbox.unfinished(desk), outbox.just_sent(desk), desk.engine.link.state.state == "online"

        self._tasks.query(read, self._came, owner=self)

    def _came(self, found: tuple[tuple[OutboxItem, ...], tuple[OutboxItem, ...], bool]) -> None:
        waiting, sent, online = found
        now = self._desk.clock.now()
        views = tuple(
            words.outbox_view(item, now, first=at == 0, online=online) for at, item in enumerate((*waiting, *sent))
        )
        stuck = sum(1 for view in views if view.to_decide)
        self._count.setText(self.tr("{0} chờ gửi").format(len(waiting) - stuck))
        self._decide.setText(self.tr("Cần xem lại {0}").format(stuck))
        self._decide.setVisible(stuck > 0)
        if views != self._shown:
            self._shown = views
            self._fill(views[: len(waiting)], views[len(waiting) :])
        self._dress_foot()

    def _fill(self, waiting: tuple[OutboxView, ...], sent: tuple[OutboxView, ...]) -> None:
        had_focus = self.isAncestorOf(self.window().focusWidget())
        body = QWidget()
        body.setObjectName("surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._rows = {}
        column.addWidget(_heading())
        for view in waiting:
            column.addWidget(self._row(view))
        if not waiting:
            column.addSpacing(theme.px(28))
            column.addWidget(EmptyState("cloud-check", self.tr("Không còn việc nào chờ gửi.")))
        if sent:
            title = PlainLabel(self.tr("Vừa gửi xong"), weight=600)
            title.setContentsMargins(theme.px(16), theme.px(16), 0, theme.px(10))
            column.addWidget(title)
            for view in sent:
                column.addWidget(self._row(view))
        column.addStretch(1)
        self._scroll.setWidget(body)
        if self._picked not in self._rows:
            self._picked = waiting[0].key if waiting else ""
        if self._picked:
            self._rows[self._picked].set_chosen(True)
            if had_focus:
                self._rows[self._picked].setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, view: OutboxView) -> OutboxRow:
        row = OutboxRow(view)
        row.picked.connect(self._pick)
        row.opened.connect(self.open_asked)
        self._rows[view.key] = row
        return row

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._picked in self._rows:
            self._rows[self._picked].setFocus(event.reason())

    def _pick(self, key: str) -> None:
        for own, row in self._rows.items():
            row.set_chosen(own == key)
        self._picked = key
        self._dress_foot()

    def _dress_foot(self) -> None:
        row = self._rows.get(self._picked)
        self.open_button.setEnabled(row is not None)
        why = self.tr("Chỉ rút lại được việc chưa gửi lần nào; tiền đã thu thì không.")
        self.take_back.set_reason("" if row and row.view.can_undo else why)

    def _open(self) -> None:
        row = self._rows.get(self._picked)
        if row is not None:
            self.open_asked.emit(row.view.dossier_id)

    def _take_back(self) -> None:
        desk, key = self._desk, self._picked
        self._tasks.command(lambda: outbox.undo(desk, key), lambda _taken: self.refresh(), owner=self)


def _heading() -> QWidget:
    head = QWidget()
    head.setObjectName("sunken")
    head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    head.setFixedHeight(theme.px(Size.TABLE_HEADER))
    names = ("Việc", "Hồ sơ", "Trạng thái", "Sắp tới")
    cells = [PlainLabel(name, role=Role.SMALL, tone="text_2", weight=500) for name in names]
    _columns(head, QWidget(), *cells).setContentsMargins(theme.px(16), 0, theme.px(12), 0)
    return head
