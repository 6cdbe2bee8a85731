"""The dossier table as the officer sees it: fixed rows, four columns that fit the width, keys that only navigate."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from ui import theme
from ui.desk.dossier_delegate import DossierDelegate
from ui.desk.dossier_model import DossierModel
from ui.theme import Size
from ui.widgets.buttons import Button

_COLUMNS = (188, 0, 140, 122)  # the second takes what is left
DUE_COLUMN = 3


class DossierTable(QTableView):
    """Shows a ``DossierModel``.

    Signals: ``current_changed(object)`` id of the row the officer is on, None when none; ``opened(object)`` Enter or
    double click; ``due_asked(object)`` click on a deadline; ``sort_asked(int)`` click on a header; ``order_asked()``
    its menu, or the menu key; ``copy_asked(object)`` Ctrl+C; ``preview_asked()`` Space; ``filter_asked()`` "/";
    ``keys_asked()`` "?"; ``picked_changed(int)`` how many rows are selected: Shift+↑ ↓, Shift+Space, Ctrl+click.
    """

    current_changed = Signal(object)
    opened = Signal(object)
    due_asked = Signal(object)
    sort_asked = Signal(int)
    order_asked = Signal()
    copy_asked = Signal(object)
    preview_asked = Signal()
    filter_asked = Signal()
    keys_asked = Signal()
    picked_changed = Signal(int)

    def __init__(self, model: DossierModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dossiers = model
        self._rows_delegate = DossierDelegate(self)
        self._last: Hashable | None = None
        self.setAccessibleName(self.tr("Danh sách hồ sơ"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(self._rows_delegate)
        self.verticalHeader().hide()
        self._fix_heights()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.sectionClicked.connect(self.sort_asked)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda _at: self.order_asked.emit())
        self.setModel(model)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.selectionModel().selectionChanged.connect(self._tell_picked)
        model.modelReset.connect(self._tell_picked)
        model.modelReset.connect(self._tell_current)
        model.loading_changed.connect(self._paint_again)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._id(index)))

    def _paint_again(self, _loading: bool) -> None:
        self.viewport().update()

    def _fix_heights(self) -> None:
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        height = theme.px(Size.TABLE_ROW)
        rows.setMinimumSectionSize(height)
        rows.setDefaultSectionSize(height)
        self.horizontalHeader().setFixedHeight(theme.px(Size.TABLE_HEADER))

    def set_titles(self, titles: Sequence[str]) -> None:
        """Name the columns."""
        self._dossiers.set_titles(titles)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.order_asked.emit()

    def show_ids(self, ids: Sequence[Hashable], keep: Hashable | None = None) -> None:
        """Show other rows from the top; stays on ``keep`` if it is among them, otherwise on the first.

        Scrolling comes before the reset: Qt stalls for seconds when the old offset lies beyond the new end.
        """
        self.scrollToTop()
        self._dossiers.reset_ids(ids)
        self.go_to(keep) if keep is not None and self._dossiers.row_of(keep) >= 0 else self._go_row(0)

    def show_waiting(self) -> None:
        """Show the rows that waited, staying on the same dossier."""
        ids = self._dossiers.take_proposed()
        if ids is not None:
            self.show_ids(ids, self.current_id())

    def picked(self) -> tuple[Hashable, ...]:
        """Return the ids of the selected rows in the list's order."""
        ids = self._dossiers.ids()
        return tuple(ids[index.row()] for index in sorted(self.selectionModel().selectedRows()))

    def unpick(self) -> None:
        """Select the current row alone."""
        self._go_row(self.currentIndex().row())

    def _tell_picked(self) -> None:
        self.picked_changed.emit(sum(part.height() for part in self.selectionModel().selection()))

    def current_id(self) -> Hashable | None:
        """Return the id of the current row."""
        return self._id(self.currentIndex())

    def go_to(self, key: Hashable) -> bool:
        """Make a dossier current if it is shown; say whether it is."""
        row = self._dossiers.row_of(key)
        if row < 0:
            return False
        self._go_row(row)
        return True

    def go_by(self, steps: int) -> bool:
        """Move to the next (1) or the one before (-1); say whether there was one."""
        row = self.currentIndex().row() + steps
        if not 0 <= row < self._dossiers.rowCount():
            return False
        self._go_row(row)
        return True

    def _go_row(self, row: int) -> None:
        if 0 <= row < self._dossiers.rowCount():
            flags = QItemSelectionModel.SelectionFlag
            index = self._dossiers.index(row, 0)
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _id(self, index: QModelIndex) -> Hashable | None:
        ids = self._dossiers.ids()
        return ids[index.row()] if index.isValid() and index.row() < len(ids) else None

    def _moved(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._tell_current()

    def _tell_current(self) -> None:
        key = self.current_id()
        if key != self._last:
            self._last = key
            self.current_changed.emit(key)

    def rowsAboutToBeRemoved(self, parent: QModelIndex, start: int, end: int) -> None:
        """Go on to the next row when the current one leaves; Qt does so by itself for single selection only."""
        if start <= self.currentIndex().row() <= end:
            self._go_row(end + 1 if end + 1 < self._dossiers.rowCount() else start - 1)
        super().rowsAboutToBeRemoved(parent, start, end)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        room = self.viewport().width()
        widths = [theme.px(width) for width in _COLUMNS]
        widths[1] = max(theme.px(100), room - sum(widths))
        for column in range(min(len(widths), self._dossiers.columnCount())):
            self.setColumnWidth(column, widths[column])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_C:
            self.copy_asked.emit(self.current_id())
            return
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.current_id())
        elif event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(self.currentIndex(), flags.Toggle | flags.Rows)
        elif event.key() == Qt.Key.Key_Space:
            self.preview_asked.emit()
        elif event.text() == "/":
            self.filter_asked.emit()
        elif event.text() == "?":
            self.keys_asked.emit()
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.column() == DUE_COLUMN:
            self.due_asked.emit(self._id(index))

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and not self._has_cut_words(self.indexAt(event.pos()).row()):
            return True
        return super().viewportEvent(event)

    def _has_cut_words(self, row: int) -> bool:
        """Say whether any words of a row end in dots: only then its tooltip, which says the row in full, helps."""
        view = self._dossiers.view_at(row)
        columns = range(self._dossiers.columnCount())
        return view is not None and any(
            self._rows_delegate.is_cut(view, column, self.columnWidth(column)) for column in columns
        )


class TablePane(QWidget):
    """The table under the strip *3 hồ sơ mới – hiện*, which appears while rows wait."""

    def __init__(self, table: DossierTable, model: DossierModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self.strip = Button("", kind="link")
        self.strip.setMinimumHeight(theme.px(Size.FIELD))
        self.strip.hide()
        self.strip.clicked.connect(table.show_waiting)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(table, 1)
        model.waiting_changed.connect(self._waiting)

    def _waiting(self, count: int) -> None:
        self.strip.set_text(self.tr("{0} hồ sơ mới – hiện").format(count) if count else "")
        self.strip.setVisible(count > 0)
