"""A list of lines in columns, each line 52 px: the pages that look at the machine's or the office's own work.

Stands apart from the dossier table, which is virtual and knows only dossiers: here lines are few and of any shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.theme import Role, Size
from ui.widgets import painting
from ui.widgets.chip import Chip
from ui.widgets.empty_state import EmptyState
from ui.widgets.icon import Icon
from ui.widgets.parts import Scroller
from ui.widgets.plain_label import PlainLabel

_ICON = 24


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a column: one line or two; ``chip`` is a kind of ``painting.CHIPS`` for the first.

    ``wraps``: small words over several lines. ``right``: a sum, its end under the heading's end.
    """

    first: str
    second: str = ""
    strong: bool = False
    chip: str = ""
    chip_icon: str | None = None
    wraps: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``key`` names it, ``opens`` is the dossier behind it ("" none)."""

    key: str
    icon: str
    cells: tuple[Cell, ...]
    opens: str = ""

    @property
    def spoken(self) -> str:
        """Return what a screen reader says."""
        return ", ".join(words for cell in self.cells for words in (cell.first, cell.second) if words)


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and its share of the width."""

    name: str
    share: int
    right: bool = False


class LineRow(QWidget):
    """Shows one ``Line``.

    Signals: ``picked(str)`` with its key, ``opened(str)`` Enter or double click, ``stepped(int)`` an arrow key.
    """

    picked = Signal(str)
    opened = Signal(str)
    stepped = Signal(int)

    def __init__(self, line: Line, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self._chosen = False
        self.setMinimumHeight(theme.px(Size.OUTBOX_ROW))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(line.spoken)
        row = _lay_out(self, Icon(line.icon), [_cell(cell) for cell in line.cells], columns)
        row.setContentsMargins(theme.px(16), theme.px(5), theme.px(12), theme.px(5))

    def set_chosen(self, chosen: bool) -> None:
        """Show that the foot's buttons are about this line; Tab comes to it alone, arrows to the others."""
        self._chosen = chosen
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.opened.emit(self.line.key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.picked.emit(self.line.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit(self.line.key)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not event.modifiers():
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("sel" if self._chosen else "surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))
        if self._chosen:
            painting.draw_box(painter, self.rect(), "", "focus", 0, width=Size.RING)


class LineList(Scroller):
    """Lines under headings of columns, in groups; one of them is picked, whatever is read anew.

    Signals: ``picked(str)`` another line is picked (its key, "" none), ``opened(str)`` a line was opened, ``filled()``
    the lines are other widgets now.
    """

    picked = Signal(str)
    opened = Signal(str)
    filled = Signal()

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._shown: object = None
        self._picked = ""
        self.rows: dict[str, LineRow] = {}
        self._head = _heading(self._columns, self)
        self.setViewportMargins(0, self._head.height(), 0, 0)  # the lines scroll under it

    def current(self) -> Line | None:
        """Return the picked line."""
        row = self.rows.get(self._picked)
        return row.line if row is not None else None

    def fill(self, lines: Sequence[Line], empty: tuple[str, str], *groups: tuple[str, Sequence[Line]]) -> None:
        """Show ``lines``, or the icon and sentence of ``empty``, then each further group under its name."""
        shown = (tuple(lines), empty, *((name, tuple(more)) for name, more in groups))
        if shown == self._shown:
            return
        self._shown = shown
        had_focus = self.isAncestorOf(self.window().focusWidget())
        body = QWidget()
        body.setObjectName("surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.rows = {}
        self._add(column, lines)
        if not lines:
            column.addSpacing(theme.px(28))
            column.addWidget(EmptyState(*empty))
        for name, more in groups:
            if more:
                title = PlainLabel(name, weight=600)
                title.setContentsMargins(theme.px(16), theme.px(16), 0, theme.px(10))
                column.addWidget(title)
                self._add(column, more)
        column.addStretch(1)
        self.setWidget(body)
        keep = self._picked if self._picked in self.rows else (lines[0].key if lines else "")
        self._picked = ""
        self.pick(keep)
        self.filled.emit()
        if had_focus:
            self.take_focus(Qt.FocusReason.OtherFocusReason)

    def _add(self, column: QVBoxLayout, lines: Sequence[Line]) -> None:
        for line in lines:
            row = LineRow(line, self._columns)
            row.picked.connect(self.pick)
            row.opened.connect(self.opened)
            row.stepped.connect(self._step)
            self.rows[line.key] = row
            column.addWidget(row)

    def pick(self, key: str) -> None:
        """Make a line the picked one."""
        self._picked = key
        for own, row in self.rows.items():
            row.set_chosen(own == key)
        if key in self.rows:
            self.ensureWidgetVisible(self.rows[key], 0, 0)
        self.picked.emit(key)

    def _step(self, by: int) -> None:
        keys = list(self.rows)
        to = keys.index(self._picked) + by
        if 0 <= to < len(keys):
            self.rows[keys[to]].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._head.setGeometry(0, 0, self.width(), self._head.height())
        beside = self.width() - self.viewport().geometry().right() - 1  # the scroll bar: columns end where lines do
        self._head.layout().setContentsMargins(theme.px(16), 0, theme.px(12) + beside, 0)

    def take_focus(self, reason: Qt.FocusReason) -> None:
        """Give the picked line the focus, if there is one."""
        if self._picked in self.rows:
            self.rows[self._picked].setFocus(reason)


def _cell(cell: Cell) -> QWidget:
    if cell.wraps:
        return PlainLabel(cell.first, role=Role.SMALL, tone="text_2", wrap=True, figures=True)
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addStretch(1)
    weight = 600 if cell.strong else None
    first: QWidget = (
        Chip(cell.first, cell.chip, cell.chip_icon)
        if cell.chip and cell.first
        else PlainLabel(cell.first, weight=weight, elide=True, figures=True)
    )
    second = PlainLabel(cell.second, role=Role.SMALL, tone="text_2", elide=True, figures=True)
    if not cell.second:
        second.hide()
    for label in (first, second):
        if cell.right and isinstance(label, PlainLabel):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column.addWidget(label)
    column.addStretch(1)
    return holder


def _lay_out(owner: QWidget, icon: QWidget, cells: Sequence[QWidget], columns: Sequence[Column]) -> QHBoxLayout:
    """Lay the cells of a line, or the words of the heading, out in the same columns."""
    row = QHBoxLayout(owner)
    row.setSpacing(theme.px(14))
    icon.setFixedWidth(theme.px(_ICON))
    row.addWidget(icon)
    for cell, column in zip(cells, columns, strict=True):
        cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(cell, column.share)
    return row


def _heading(columns: Sequence[Column], parent: QWidget) -> QWidget:
    head = QWidget(parent)
    head.setObjectName("sunken")
    head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    head.setFixedHeight(theme.px(Size.TABLE_HEADER))
    cells = []
    for column in columns:
        name = PlainLabel(column.name, role=Role.SMALL, tone="text_2", weight=500)
        if column.right:
            name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        cells.append(name)
    _lay_out(head, QWidget(), cells, columns)
    return head
