"""The list's pane: heading with count and filter chips, the table or what stands in its place, undo bar and toast.

Stands apart from the page that feeds it: it holds no query and no service, only places and small signals.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from ui import keys, theme
from ui.desk.dossier_model import DossierModel
from ui.desk.dossier_table import DossierTable, TablePane
from ui.theme import Role, Size
from ui.widgets.banner import Banner
from ui.widgets.buttons import IconButton
from ui.widgets.chip import FilterChip
from ui.widgets.empty_state import EmptyState
from ui.widgets.plain_label import PlainLabel
from ui.widgets.undo_bar import Toast, UndoBar


class ListPane(QWidget):
    """Shows a list of dossiers.

    Signals: ``filter_chosen(str)`` a filter's key, "" for none; ``empty_acted()`` the empty state's action.
    """

    filter_chosen = Signal(str)
    empty_acted = Signal()

    def __init__(self, model: DossierModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.table = DossierTable(model)
        self._chips: dict[str, FilterChip] = {}
        self._counts: tuple[tuple[str, str, int], ...] = ()
        self._chosen = ""
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
        self._more.clicked.connect(self.open_filters)
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

    def set_filters(self, counts: Sequence[tuple[str, str, int]], chosen: str) -> None:
        """Show filters as (key, name, count); the chosen one is lit."""
        counts = [item for item in counts if item[2] or item[0] == chosen]
        self._counts, self._chosen = tuple(counts), chosen
        wanted = [key for key, _, _ in counts]
        if wanted != list(self._chips):
            while (item := self._chip_row.takeAt(0)) is not None:
                old = item.widget()
                if old is not None:
                    old.hide()
                    old.deleteLater()
            self._chips = {}
            for key, name, _ in counts:
                chip = FilterChip(name)
                chip.clicked.connect(lambda on, key=key: self.filter_chosen.emit(key if on else ""))
                self._chips[key] = chip
                self._chip_row.addWidget(chip)
        for key, name, count in counts:
            chip = self._chips[key]
            chip.setText(f"{name} {count}")
            chip.setAccessibleName(f"{name}, {count} hồ sơ")
            chip.setChecked(key == chosen)
            chip.updateGeometry()
        self._more.setVisible(bool(counts))
        self._fit()

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

    def open_filters(self) -> None:
        """Show every filter of this list as a menu; ``/`` does this too."""
        if not self._counts:
            return
        menu = QMenu(self)
        for key, name, count in self._counts:
            line = menu.addAction(f"{name} ({count})")
            line.setCheckable(True)
            line.setChecked(key == self._chosen)
            line.triggered.connect(lambda on, key=key: self.filter_chosen.emit(key if on else ""))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

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
