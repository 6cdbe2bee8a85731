"""The rows of the dossier table: ids at hand, what they show fetched page by page off the GUI thread.

A million ids are fine; at most ``PAGES`` pages of rows are kept. A row that changed goes on showing its old words until
the new ones are there, so the table never flickers and never reads a database itself.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.errors import KnownError
from ui import timers
from ui.desk.row_view import RowView
from ui.widgets.empty_state import LOADING_SHOWN_MS
from ui.widgets.plain_label import plain_tip

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[Sequence[Any]], Sequence[RowView]]

PAGE_ROWS = 128
PAGES = 64
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_ROLES = Qt.ItemDataRole
_ANSWERED = frozenset((ROW_ROLE, _ROLES.DisplayRole, _ROLES.AccessibleTextRole, _ROLES.ToolTipRole))
_ROOT = QModelIndex()
_FEW = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """What a new answer changes in a list: rows that left, how many ids are new, whether anything else moved."""

    gone: tuple[int, ...]
    new: int
    same: bool


def difference(shown: Sequence[Hashable], ids: Sequence[Hashable]) -> Difference:
    """Compare two lists. Any thread: at half a million rows this is no work for the GUI's."""
    if shown == ids:
        return Difference((), 0, True)
    wanted, had = set(ids), set(shown)
    gone = tuple(at for at, key in enumerate(shown) if key not in wanted)
    kept = [key for key in shown if key in wanted] if gone else shown
    return Difference(gone, len(wanted - had), len(kept) == len(ids) and list(kept) == list(ids))


class Runner(Protocol):
    """The reading door of ``ui.tasks.Tasks``."""

    def query(
        self,
        operation: Callable[[], Any],
        on_done: Callable[[Any], object],
        on_error: Callable[[KnownError], object] | None = None,
        owner: QObject | None = None,
    ) -> Any:
        """Run ``operation`` elsewhere and hand its result to ``on_done`` on the GUI thread."""
        ...


class DossierModel(QAbstractTableModel):
    """Four columns over a sequence of ids.

    ``fetch(ids)`` runs off the GUI thread and returns the ``RowView`` of each id in the same order; an id that is gone
    may be left out only by returning a shorter list *with* ``RowView.id`` telling which.
    Signals: ``waiting_changed(int)`` new rows that wait to be shown; ``loading_changed(bool)`` whether visible rows
    have been missing for 150 ms.
    """

    waiting_changed = Signal(int)
    loading_changed = Signal(bool)

    def __init__(self, tasks: Runner, fetch: Fetch, titles: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._fetch = tasks, fetch
        self._titles = tuple(titles)
        self._ids: Sequence[Hashable] = ()
        self._proposed: Sequence[Hashable] | None = None
        self._new = 0
        self._pages: OrderedDict[int, tuple[RowView | None, ...]] = OrderedDict()
        self._stale: set[int] = set()
        self._asked: dict[int, int] = {}  # page → the last asking, whose answer alone counts
        self._askings = 0
        self._generation = 0
        self.loading = False
        self._patience = timers.once(self, LOADING_SHOWN_MS, self._waited)

    # -- what is shown -----------------------------------------------------------------------------------------------

    def ids(self) -> Sequence[Hashable]:
        """Return the ids shown, in order."""
        return self._ids

    def row_of(self, key: Hashable) -> int:
        """Return the row of an id, -1 if it is not shown."""
        try:
            return self._ids.index(key)
        except ValueError:
            return -1

    def view_at(self, row: int) -> RowView | None:
        """Return what a row shows if it is at hand; asks for its page otherwise."""
        if not 0 <= row < len(self._ids):
            return None
        page, at = divmod(row, PAGE_ROWS)
        held = self._pages.get(page)
        if held is None or page in self._stale:
            self._ask(page)
        else:
            self._pages.move_to_end(page)
        return held[at] if held is not None and at < len(held) else None

    def set_titles(self, titles: Sequence[str]) -> None:
        """Name the columns; the arrow of the order stands in the words."""
        self._titles = tuple(titles)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._titles) - 1)

    def reset_ids(self, ids: Sequence[Hashable]) -> None:
        """Show other rows. The view must be scrolled to the top first (``DossierTable.show_ids`` does both)."""
        self.beginResetModel()
        self._ids = ids
        self._forget()
        self.endResetModel()
        self._propose(None)

    def invalidate(self, ids: Sequence[Hashable]) -> None:
        """Fetch these rows again (all when empty) and keep showing the old ones until then."""
        if not ids:
            self._stale.update(self._pages)
            touched = set(self._pages)
        else:
            touched = {row // PAGE_ROWS for row in (self.row_of(key) for key in ids) if row >= 0}
            self._stale.update(touched & set(self._pages))
        for page in touched:
            self._asked.pop(page, None)
            self._tell(page)

    def propose(self, ids: Sequence[Hashable], found: Difference | None = None) -> None:
        """Take a new answer of the store without moving rows under the cursor.

        Rows that left go at once; new rows and a new order wait for ``show_waiting``. ``found`` is the difference to
        the ids shown now, if somebody has looked already.
        """
        found = found or difference(self._ids, ids)
        gone = found.gone
        if len(gone) > _FEW or not len(self._ids):
            self.reset_ids(ids)
            return
        for at in reversed(gone):
            self.beginRemoveRows(QModelIndex(), at, at)
            kept = list(self._ids)
            del kept[at]
            self._ids = kept
            self._forget(from_page=at // PAGE_ROWS)
            self.endRemoveRows()
        self.invalidate(())
        self._propose(None if found.same else ids, found.new)

    def waiting(self) -> int:
        """Return how many new rows wait."""
        return self._new

    def take_proposed(self) -> Sequence[Hashable] | None:
        """Return the waiting answer of the store, if any."""
        return self._proposed

    def _propose(self, ids: Sequence[Hashable] | None, new: int = 0) -> None:
        self._proposed, self._new = ids, new
        self.waiting_changed.emit(self.waiting())

    # -- fetching ----------------------------------------------------------------------------------------------------

    def _forget(self, from_page: int = 0) -> None:
        self._generation += 1
        self._asked.clear()
        for page in [page for page in self._pages if page >= from_page]:
            del self._pages[page]
        self._stale.intersection_update(self._pages)

    def _ask(self, page: int) -> None:
        if page in self._asked:
            return
        self._askings += 1
        asking = self._asked[page] = self._askings
        keys = tuple(self._ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS])
        generation = self._generation
        if not self._patience.isActive() and page not in self._pages:
            self._patience.start()
        self._tasks.query(
            lambda: self._fetch(keys),
            lambda views: self._came(generation, page, asking, keys, views),
            lambda _error: self._failed(generation, page, asking),
            self,
        )

    def _came(
        self, generation: int, page: int, asking: int, keys: Sequence[Hashable], views: Sequence[RowView]
    ) -> None:
        if generation != self._generation or self._asked.get(page) != asking:
            return
        by_key: dict[Hashable, RowView] = {}
        if len(views) == len(keys):
            by_key = dict(zip(keys, views, strict=True))
        else:
            by_key = {view.id: view for view in views}
        before, self._pages[page] = self._pages.get(page), tuple(by_key.get(key) for key in keys)
        self._pages.move_to_end(page)
        self._stale.discard(page)
        del self._asked[page]
        while len(self._pages) > PAGES:
            self._pages.popitem(last=False)
        self._set_loading(False)
        if before != self._pages[page]:
            self._tell(page)

    def _failed(self, generation: int, page: int, asking: int) -> None:
        """Leave the page unasked so that the next repaint tries again."""
        if generation == self._generation and self._asked.get(page) == asking:
            del self._asked[page]

    def _waited(self) -> None:
        self._set_loading(any(page not in self._pages for page in self._asked))

    def _set_loading(self, loading: bool) -> None:
        if not loading:
            self._patience.stop()
        if loading != self.loading:
            self.loading = loading
            self.loading_changed.emit(loading)

    def _tell(self, page: int) -> None:
        last = min((page + 1) * PAGE_ROWS, len(self._ids)) - 1
        if last >= page * PAGE_ROWS:
            self.dataChanged.emit(self.index(page * PAGE_ROWS, 0), self.index(last, len(self._titles) - 1))

    # -- Qt ----------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ANSWERED or not index.isValid():
            return None
        view = self.view_at(index.row())
        if view is None or role == ROW_ROLE:
            return view
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return view.accessible
        if role == Qt.ItemDataRole.ToolTipRole:
            every = (line for column in range(len(self._titles)) for line in _lines(view, column))
            return plain_tip("\n".join(line for line in every if line))
        return "\n".join(line for line in _lines(view, index.column()) if line)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._titles):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def _lines(view: RowView, column: int) -> tuple[str, str]:
    if column == 0:
        return view.name, view.code
    if column == 1:
        return view.procedure, view.status_line
    if column == 2:
        return view.fee_line1, view.fee_line2
    return view.due_line1, view.due_line2
