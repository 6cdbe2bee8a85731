"""The list's pane: heading with count and filter chips, the table or what stands in its place, undo bar and toast.

Stands apart from the page that feeds it: it holds no query and no service, only places and small signals.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui import keys, theme
from ui.desk.dossier_model import DossierModel
from ui.desk.dossier_table import DossierTable, TablePane
from ui.theme import Role, Size
from ui.widgets.banner import Banner
from ui.widgets.buttons import IconButton
from ui.widgets.chip import FilterChip
from ui.widgets.empty_state import EmptyState
from ui.widgets.plain_label import PlainLabel, plain_tip
from ui.widgets.undo_bar import Toast, UndoBar


class ListPane(QWidget):
    """Shows a list of dossiers.

    Signals: ``filter_chosen(str)`` a filter's key, "" for none; ``part_dropped(str)`` what narrows the list no more;
    ``filters_asked()`` the dots; ``empty_acted()`` the empty state's action.
    """

    filter_chosen = Signal(str)
    part_dropped = Signal(str)
    filters_asked = Signal()
    empty_acted = Signal()

    def __init__(self, model: DossierModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.table = DossierTable(model)
        self._chips: dict[str, FilterChip] = {}
        self._counts: tuple[tuple[str, str, int], ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head())
        self.note = Banner("info", "", flat=True)
        self.note.hide()
        column.addWidget(self.note)
        self._places = QStackedWidget()
        self._places.addWidget(TablePane(self.table, model))
        self.empty = EmptyState("tray", "")
        self.empty.acted.connect(self.empty_acted)
        self._places.addWidget(self.empty)
        column.addWidget(self._places, 1)
        self._bars = QVBoxLayout()
        column.addLayout(self._bars)
        self.undo_bar = UndoBar(keys.cap("undo"))
        self.toast = Toast()
        column.addWidget(self.toast)
        column.addWidget(self.undo_bar)

    def _build_head(self) -> QWidget:
        head = QWidget()
        head.setFixedHeight(theme.px(Size.TITLE_ROW))
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        row.setSpacing(theme.px(8))
        self._title = PlainLabel(role=Role.TITLE)
        self._count = PlainLabel(tone="text_2", figures=True)
        row.addWidget(self._title)
        row.addWidget(self._count)
        row.addStretch(1)
        self._chip_row = QHBoxLayout()
        self._chip_row.setSpacing(theme.px(8))
        row.addLayout(self._chip_row)
        self._more = IconButton("dots-three", self.tr("Lọc thêm"), size=30)
        self._more.clicked.connect(self.filters_asked)
        row.addWidget(self._more)
        self._head = head
        return head

    def add_bar(self, bar: QWidget) -> None:
        """Put a bar below the list, above toast and undo bar."""
        self._bars.addWidget(bar)

    def set_heading(self, title: str, count: int) -> None:
        """Name the list."""
        self._title.setText(title)
        self._count.setText(f"{count:,}".replace(",", "."))

    def set_filters(
        self,
        counts: Sequence[tuple[str, str, int]],
        chosen: str,
        parts: Sequence[tuple[str, str, str]] = (),
        *,
        offered: bool = True,
    ) -> None:
        """Show filters as (key, name, count), the chosen one lit, and lit too what else narrows the list.

        ``parts``: (key, words, words in full). ``offered`` False: this list cannot be narrowed.
        """
        self._counts = tuple(item for item in counts if item[2] or item[0] == chosen)
        wanted = [*(key for key, _, _ in self._counts), *(key for key, _, _ in parts)]
        if wanted != list(self._chips):
            self._make_chips(parts)
        for key, name, count in self._counts:
            self._say(self._chips[key], f"{name} {count}", f"{name}, {count} hồ sơ", on=key == chosen)
        for key, words, full in parts:
            self._say(self._chips[key], f"{words} ×", self.tr("Bỏ lọc {0}").format(full), on=True)
            self._chips[key].setToolTip(plain_tip(full))
        self._more.setVisible(offered)
        self._fit()

    def _make_chips(self, parts: Sequence[tuple[str, str, str]]) -> None:
        while (item := self._chip_row.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._chips = {}
        for key, _, _ in self._counts:
            chip = self._chip(key)
            chip.clicked.connect(lambda on, key=key: self.filter_chosen.emit(key if on else ""))
        for key, _, _ in parts:
            self._chip(key).clicked.connect(lambda _on, key=key: self.part_dropped.emit(key))

    def _chip(self, key: str) -> FilterChip:
        chip = self._chips[key] = FilterChip("")
        self._chip_row.addWidget(chip)
        return chip

    def _say(self, chip: FilterChip, words: str, spoken: str, *, on: bool) -> None:
        chip.setText(words)
        chip.setAccessibleName(spoken)
        chip.setChecked(on)
        chip.updateGeometry()

    def filters(self) -> tuple[tuple[str, str, int], ...]:
        """Return the filters offered now as (key, name, count)."""
        return self._counts

    def can_filter(self) -> bool:
        """Say whether this list can be narrowed."""
        return not self._more.isHidden()

    def menu_corner(self) -> QPoint:
        """Return where the menu of the dots opens."""
        return self._more.mapToGlobal(self._more.rect().bottomLeft())

    def _fit(self) -> None:
        """Hide chips from the first on until heading and chips have room; hidden ones stay behind the dots."""
        room = self._head.width() - self._title.sizeHint().width() - self._count.sizeHint().width() - theme.px(92)
        shown = 0
        for key in reversed(self._chips):
            chip = self._chips[key]
            shown += chip.sizeHint().width() + theme.px(8)
            chip.setVisible(shown <= room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def show_table(self) -> None:
        """Show rows."""
        self.table.setFocusProxy(None)  # type: ignore[arg-type]
        self._places.setCurrentIndex(0)

    def show_empty(self, icon: str, sentence: str, action: str) -> None:
        """Show why there are no rows and where to go."""
        self.empty.set_state(icon, sentence, action)
        self.table.setFocusProxy(self.empty.button if action else None)  # type: ignore[arg-type]
        self._places.setCurrentIndex(1)

    def is_empty(self) -> bool:
        """Say whether the empty state stands in the table's place."""
        return self._places.currentIndex() == 1
