"""In which order each queue is listed: the header's menu, its keys, and what was chosen last for each queue.

Stands apart from the page, which only asks for the order and reads again; the sorting itself is done by the store.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from app.domain.words import Role
from ui.announce import announce
from ui.desk.dossier_table import DossierTable
from ui.present import queues, rows
from ui.present.queues import ListQuery, Order


class Ordering(QObject):
    """Remembers an order per queue for as long as the window is open. Signals: ``changed()`` the list must be read."""

    changed = Signal()

    def __init__(self, table: DossierTable, role: Role, parent: QObject) -> None:
        super().__init__(parent)
        self._table, self._role = table, role
        self._orders = queues.orders(role)
        self._chosen: dict[str, tuple[str, bool]] = {}
        self._shown = ListQuery()
        table.sort_asked.connect(self._pressed)
        table.order_asked.connect(self.open_menu)

    def apply(self, query: ListQuery) -> ListQuery:
        """Return the query in the order of its queue."""
        order, descending = self._chosen.get(query.queue, (self._orders[0].key, False))
        return replace(query, order=order, descending=descending)

    def dress(self, query: ListQuery) -> None:
        """Put the arrow where ``query`` is ordered by; what was found is not ordered by a column."""
        self._shown = query
        order = "" if query.typed or query.alone else query.order
        self._table.set_titles(rows.titles(self._role, order, descending=query.descending))

    def choose(self, order: Order, *, descending: bool = False) -> None:
        """List the present queue by ``order`` from now on."""
        self._chosen[self._shown.queue] = (order.key, descending)
        way = self.tr("giảm dần") if descending else self.tr("tăng dần")
        announce(self._table, self.tr("Xếp theo {0}, {1}").format(order.name, way))
        self.changed.emit()

    def open_menu(self) -> None:
        """Offer every order; the present one again turns it round. Opened by the header and the menu key."""
        menu = QMenu(self._table)
        menu.setAccessibleName(self.tr("Xếp danh sách theo"))
        group = QActionGroup(menu)
        for order in self._orders:
            now = order.key == self._shown.order
            line = self._line(menu, order.name, checked=now)
            group.addAction(line)
            line.triggered.connect(lambda _on=False, chosen=order: self.choose(chosen))
        menu.addSeparator()
        current = next(order for order in self._orders if order.key == self._shown.order)
        turned = self._line(menu, self.tr("Đảo thứ tự"), checked=self._shown.descending)
        turned.triggered.connect(lambda on: self.choose(current, descending=on))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._table.mapToGlobal(QPoint(0, self._table.horizontalHeader().height())))

    def _line(self, menu: QMenu, words: str, *, checked: bool) -> QAction:
        line = menu.addAction(words)
        line.setCheckable(True)
        line.setChecked(checked)
        return line

    def _pressed(self, column: int) -> None:
        """Order by a pressed column; pressed again, turn it round."""
        own = [order for order in self._orders if order.column == column]
        now = next((order for order in own if order.key == self._shown.order), None)
        self.choose(now or own[0], descending=now is not None and not self._shown.descending)
