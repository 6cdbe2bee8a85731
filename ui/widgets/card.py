"""Cards and lists of facts: the dossier pane's and the dialogs' plain furniture."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.theme import Role
from ui.widgets.buttons import IconButton
from ui.widgets.parts import rule
from ui.widgets.plain_label import PlainLabel


class Card(QFrame):
    """White, 1 px line, round corners; an optional head and rows parted by lines."""

    def __init__(self, title: str = "", aside: str | QWidget = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        if title:
            head = QWidget()
            row = QHBoxLayout(head)
            row.setContentsMargins(theme.px(10), theme.px(5), theme.px(10), theme.px(5))
            row.addWidget(PlainLabel(title, weight=600, elide=True), 1)
            if isinstance(aside, QWidget):
                row.addWidget(aside)
            elif aside:
                row.addWidget(PlainLabel(aside, role=Role.SMALL, tone="text_3", figures=True))
            self._column.addWidget(head)

    def add(self, row: QWidget, *, padded: bool = False) -> None:
        """Add a row below a line; ``padded`` gives it the card's own margins."""
        if self._column.count():
            self._column.addWidget(rule())
        if padded:
            holder = QWidget()
            inner = QVBoxLayout(holder)
            inner.setContentsMargins(theme.px(10), theme.px(7), theme.px(10), theme.px(7))
            inner.addWidget(row)
            row = holder
        self._column.addWidget(row)


class Facts(QWidget):
    """Pairs of name and value; names in grey, ``name_width`` wide, values wrap.

    Signals: ``revealed(str)`` with the key of a masked value whose eye was pressed.
    """

    revealed = Signal(str)

    def __init__(self, name_width: int = 112, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(5))
        self._grid.setColumnMinimumWidth(0, theme.px(name_width))
        self._grid.setColumnStretch(1, 1)

    def add(
        self, name: str, value: str, *, figures: bool = False, weight: int | None = None, mask_key: str = ""
    ) -> None:
        """Add a pair; ``mask_key`` puts an eye beside a masked value, and is what ``revealed`` says."""
        row = self._grid.rowCount()
        side = Qt.AlignmentFlag.AlignVCenter if mask_key else Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(PlainLabel(name, tone="text_3"), row, 0, side)
        words = PlainLabel(value, wrap=not mask_key, figures=figures, weight=weight)
        words.setAccessibleName(f"{name}: {value}")
        if not mask_key:
            self._grid.addWidget(words, row, 1)
            return
        eye = IconButton("eye", self.tr("Hiện {0}").format(name.lower()))
        eye.clicked.connect(lambda: self.revealed.emit(mask_key))
        line = QHBoxLayout()
        line.setSpacing(theme.px(2))
        line.addWidget(words)
        line.addWidget(eye)
        line.addStretch(1)
        self._grid.addLayout(line, row, 1)
