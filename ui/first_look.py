"""The day's list before the desk is open: the window's own title row, side bar, table and status row, without a desk.

Stands apart from the window, whose pages load everything an officer can do. Made of the same parts in the same places,
so that nothing moves when the window takes over.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import KnownError
from app.services.views import FirstLook
from ui.desk.dossier_model import DossierModel
from ui.desk.list_pane import ListPane
from ui.desk.row_view import RowView
from ui.frame import SideBar, StatusRow, TitleRow
from ui.present import queues, rows
from ui.widgets.parts import rule


class _AtOnce:
    """Answers where it is asked: the rows are already here."""

    def query(
        self,
        operation: Callable[[], Any],
        on_done: Callable[[Any], object],
        on_error: Callable[[KnownError], object] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Hand over what ``operation`` returns."""
        on_done(operation())


class FirstLookView(QWidget):
    """Shows a ``FirstLook`` in a window of ``width``; ``preview_width`` is left free for the dossier."""

    def __init__(self, look: FirstLook, width: int, preview_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._facts = dict(look.rows)
        self._seen = look
        self._role = queues.role_of(look.officer)
        titles = rows.titles(self._role, queues.order_of(self._role))
        self.model = DossierModel(_AtOnce(), self._views, titles, self)
        title, side, status = TitleRow(look.officer, look.unit_name), SideBar(look.officer), StatusRow(look.unit_name)
        self.list = ListPane(self.model)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(side)
        middle.addWidget(side.edge)
        middle.addWidget(self.list, 1)
        middle.addWidget(rule(vertical=True))
        middle.addSpacing(preview_width)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(title)
        column.addWidget(rule())
        column.addLayout(middle, 1)
        column.addWidget(rule())
        column.addWidget(status)
        title.set_room(width)
        side.set_room(width)
        self._fill(side)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for part in self.findChildren(QWidget):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _fill(self, side: SideBar) -> None:
        first = queues.first_of(self._seen.officer)
        items = queues.items(self._seen.officer, self._seen.counts)
        side.queues.set_items(items)
        side.queues.set_current(first)
        item = next((item for item in items if item.key == first), None)
        if item is not None:
            self.list.set_heading(item.title, item.count if isinstance(item.count, int) else len(self._facts))
        self.model.reset_ids(list(self._facts))
        self.model.view_at(0)

    def _views(self, pks: Sequence[Hashable]) -> list[RowView]:
        seen = self._seen
        return [
            rows.row_view(self._facts[pk], seen.now, self._role, seen.calendar, pk) for pk in pks if isinstance(pk, int)
        ]
