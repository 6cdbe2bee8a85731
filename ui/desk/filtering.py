"""What of each queue is shown: the chips above the table, the menu behind the dots, and how each queue was left.

Stands apart from the page, which only reads the query that comes of it; the narrowing itself is done by the store.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.services.desk import Desk
from ui import keys
from ui.announce import announce
from ui.desk.list_pane import ListPane
from ui.desk.ordering import Ordering
from ui.present import queues
from ui.present.queues import Listing, ListQuery
from ui.tasks import Tasks

_STATES, _HOLDERS = "states", "holders"
_PARTS = {_STATES: "trạng thái", _HOLDERS: "người giữ"}


class Filtering(QObject):
    """Remembers what narrows a queue for as long as the window is open, like its order.

    Signals: ``changed(object)`` the ``ListQuery`` to be shown now.
    """

    changed = Signal(object)

    def __init__(
        self, desk: Desk, tasks: Tasks, window: QWidget, pane: ListPane, ordering: Ordering, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._window, self._pane, self._ordering = desk, tasks, window, pane, ordering
        self._left: dict[str, ListQuery] = {}
        self._shown = ListQuery()
        pane.filter_chosen.connect(self.choose)
        pane.part_dropped.connect(lambda part: self._show(replace(self._shown, **{part: ()})))
        pane.filters_asked.connect(self.open_menu)

    def recall(self, queue: str) -> ListQuery:
        """Return the query of a queue as it was left."""
        return self._ordering.apply(self._left.get(queue, ListQuery(queue)))

    def dress(self, found: Listing) -> None:
        """Show what narrows ``found``, and what else could."""
        query = self._shown = found.query
        if not query.typed and not query.alone:
            self._left[query.queue] = query
        names = {item.key: item.name for item in queues.FILTERS}
        chips = [(key, names[key], count) for key, count in found.filters]
        some = bool(len(found.pks)) or queues.is_narrowed(query)
        self._pane.set_filters(chips, query.filter, _parts(query), offered=some and bool(found.filters))

    def choose(self, key: str) -> None:
        """Narrow the queue to one of the chips, "" to none of them."""
        self._show(replace(self._shown, filter=key))

    def narrow(self, states: tuple[int, ...], holders: tuple[str, ...]) -> None:
        """Narrow the queue to states and holders; empty ones narrow nothing."""
        self._show(replace(self._shown, states=states, holders=holders))

    def clear(self) -> None:
        """Show the whole queue again."""
        self._show(replace(self._shown, filter="", states=(), holders=()))

    def _show(self, query: ListQuery) -> None:
        said = " · ".join(queues.narrowing_words(query))
        announce(self._pane.table, self.tr("Lọc: {0}").format(said) if said else self.tr("Bỏ lọc"))
        self.changed.emit(replace(query, alone=0))

    def open_menu(self) -> None:
        """Offer every way to narrow this queue; ``/`` and the dots do this."""
        if not self._pane.can_filter():
            return
        menu = QMenu(self._pane)
        menu.setAccessibleName(self.tr("Lọc trong hàng này"))
        for key, name, count in self._pane.filters():
            chosen = key == self._shown.filter
            line = menu.addAction(f"{name} ({count})", _then(self.choose, "" if chosen else key))
            line.setCheckable(True)
            line.setChecked(chosen)
        menu.addSeparator()
        menu.addAction(self.tr("Trạng thái, người giữ…"), self.open_dialog)
        if queues.is_narrowed(self._shown):
            menu.addAction(f"{self.tr('Bỏ lọc')}\t{keys.cap('back')}", self.clear)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._pane.menu_corner())

    def open_dialog(self) -> None:
        """Ask for states and holders."""
        from ui.desk.filter_dialog import FilterDialog

        dialog = FilterDialog(self._window, self._desk, self._tasks, self._shown)
        dialog.chosen.connect(self.narrow)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _then(act: Callable[[str], None], key: str) -> Callable[[], None]:
    return lambda: act(key)


def _parts(query: ListQuery) -> list[tuple[str, str, str]]:
    """Return for states and holders what narrows: key, short words for a chip, the same in full."""
    found = []
    for part, chosen in ((_STATES, query.states), (_HOLDERS, query.holders)):
        if chosen:
            [full] = queues.narrowing_words(ListQuery(query.queue, **{part: chosen}))
            found.append((part, full if len(chosen) == 1 else f"{len(chosen)} {_PARTS[part]}", full))
    return found
