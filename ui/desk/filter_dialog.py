"""Which states and whose dossiers of a queue are shown: several of each, by arrows and space.

Stands apart from the chips above the table because there may be thirty officers, and no chip tells how many each has.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.folding import fold
from app.domain.listing import Parts
from app.services.desk import Desk
from ui import theme
from ui.present import listing
from ui.present.queues import NOBODY, ListQuery
from ui.present.wording import STATE_WORDS
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.checks import CheckBox
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.plain_label import PlainLabel
from ui.widgets.text_field import TextField

_WIDTH = 620
_MANY = 10
Key = TypeVar("Key", int, str)


class FilterDialog(DialogFrame):
    """Signals: ``chosen(object, object)`` the states and the holders to be shown, empty for all of them."""

    chosen = Signal(object, object)

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, query: ListQuery) -> None:
        about = "Chọn được nhiều ô. Cột để trống thì không lọc theo cột đó."
        super().__init__(window, "Lọc hàng này", about, primary="Lọc", width=_WIDTH)
        self._query = query
        self.focus_first(self.primary)
        self._states: dict[int, CheckBox] = {}
        self._holders: dict[str, CheckBox] = {}
        row = QHBoxLayout()
        row.setSpacing(theme.px(20))
        self._state_column = _column(row, self.tr("Trạng thái"))
        self._holder_column = _column(row, self.tr("Người giữ"))
        self.search = TextField(icon="magnifying-glass", placeholder=self.tr("Tìm tên – gõ không dấu cũng được"))
        self.search.setAccessibleName(self.tr("Tìm người giữ"))
        self.search.textChanged.connect(self._typed)
        self._holder_column.addWidget(self.search)
        self.search.hide()
        self.body.addLayout(row)
        self.body.addStretch(1)
        self.clear_button = Button(self.tr("Bỏ chọn hết"))
        self.clear_button.clicked.connect(self._clear)
        self.foot.addWidget(self.clear_button)
        self.confirmed.connect(self._confirm)
        tasks.query(lambda: listing.parts(desk, query), self._known, owner=self)

    def _known(self, parts: Parts) -> None:
        """Offer what there is, and what was chosen though it is there no more."""
        found = dict.fromkeys((*self._query.states, *(state for state, _ in parts.states)))
        counts: dict[object, int] = {**dict(parts.states)}
        for state in sorted(found):
            words = f"{STATE_WORDS.get(state, '')} ({counts.get(state, 0)})"
            box = CheckBox(words, checked=state in self._query.states)
            self._states[state] = box
            self._state_column.addWidget(box)
        held = dict(parts.holders)
        names = sorted(dict.fromkeys((*self._query.holders, *held)), key=lambda name: (not name, fold(name)))
        for name in names:
            box = CheckBox(f"{name or NOBODY.capitalize()} ({held.get(name, 0)})", checked=name in self._query.holders)
            self._holders[name] = box
            self._holder_column.addWidget(box)
        self._state_column.addStretch(1)
        self._holder_column.addStretch(1)
        self.search.setVisible(len(names) > _MANY)
        self._line_up((*self._states.values(), self.search, *self._holders.values(), self.clear_button))
        self.focus_first(next(iter(self._states.values()), self.later))
        QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        """Take size and focus once the boxes are shown."""
        self.refit()
        self._take_focus()

    def _line_up(self, fields: tuple[QWidget, ...]) -> None:
        for before, after in pairwise(fields):
            QWidget.setTabOrder(before, after)

    def _typed(self, text: str) -> None:
        """Show the holders whose names hold every typed word; what is chosen stays in sight."""
        words = fold(text).split()
        for name, box in self._holders.items():
            box.setVisible(box.isChecked() or all(word in fold(name) for word in words))

    def _clear(self) -> None:
        for box in (*self._states.values(), *self._holders.values()):
            box.setChecked(False)

    def _confirm(self) -> None:
        self.chosen.emit(_checked(self._states), _checked(self._holders))
        self.accept()


def _column(row: QHBoxLayout, name: str) -> QVBoxLayout:
    """Begin a column of choices under its name."""
    column = QVBoxLayout()
    column.setSpacing(theme.px(4))
    column.addWidget(PlainLabel(name, weight=600))
    row.addLayout(column, 1)
    return column


def _checked(boxes: Mapping[Key, CheckBox]) -> tuple[Key, ...]:
    return tuple(key for key, box in boxes.items() if box.isChecked())
