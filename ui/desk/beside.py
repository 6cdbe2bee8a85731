"""How the dossier stands beside the list: how wide, whether at all, on which tab.

Stands apart from the page so that everything an officer may arrange, and what of it is remembered, is in one place.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.words import Queue
from ui import theme
from ui.desk.room import LEAST_LIST, LEAST_PREVIEW, NARROW_BELOW, OVERLAY_BELOW, preview_width, screen_name
from ui.dossier.preview import Preview
from ui.dossier.tabs import DOSSIER, FEES
from ui.remembered import Remembered
from ui.widgets.pane_grip import PaneGrip

_FIRST_TABS = {Queue.REFUNDS.value: FEES}


class Beside(QObject):
    """Arranges ``preview`` in ``page``, with ``edge`` between it and the list.

    Signals: ``enlarged(bool)`` the table takes the whole window, or gives it back.
    """

    enlarged = Signal(bool)

    def __init__(self, page: QWidget, preview: Preview, edge: QWidget, remembered: Remembered) -> None:
        super().__init__(page)
        self._page, self._preview, self._edge, self._remembered = page, preview, edge, remembered
        self._queue = ""
        self._window_width = 0
        self._hidden = self._alone = self._overlaid = False
        grip = PaneGrip(preview, self._limits, at_left=True)
        grip.dragged.connect(lambda width: remembered.put(self._name(), width))
        grip.reset.connect(lambda: remembered.put(self._name(), 0))
        grip.reset.connect(self._size)
        preview.tabs.currentChanged.connect(self._turned)
        remembered.loaded.connect(self._size)
        remembered.loaded.connect(lambda: self.turn(self._queue))

    def set_room(self, window_width: int) -> None:
        """Collapse in the order of the specification for a window of this width."""
        scaled = window_width * 100 // theme.px(100)
        if scaled < OVERLAY_BELOW or self._overlaid:
            self._hidden = self._overlaid = scaled < OVERLAY_BELOW
        self._window_width = window_width
        self._preview.set_narrow(scaled < NARROW_BELOW)
        self._size()
        self._place()

    def toggle(self) -> None:
        """Space: hide the dossier, or show it again."""
        self._hidden = not self._hidden
        self._place()

    def enlarge(self) -> None:
        """F11: the table alone, or everything again."""
        self._alone = not self._alone
        self._place()
        self.enlarged.emit(self._alone)

    def leave(self) -> bool:
        """Esc: give the window back; False when the table was not alone."""
        if self._alone:
            self.enlarge()
            return True
        return False

    def turn(self, queue: str) -> None:
        """Show the tab that was last looked at in this queue."""
        self._queue = ""  # so that nothing is kept that nobody chose
        self._preview.set_tab(self._remembered.get(f"tab/{queue}", _FIRST_TABS.get(queue, DOSSIER)))
        self._queue = queue

    def _turned(self, tab: int) -> None:
        if self._queue:
            self._remembered.put(f"tab/{self._queue}", tab)

    def _place(self) -> None:
        shown = not (self._hidden or self._alone)
        self._preview.setVisible(shown)
        self._edge.setVisible(shown)

    def _size(self) -> None:
        if self._window_width:
            own = theme.px(preview_width(self._window_width * 100 // theme.px(100)))
            least, most = self._limits()
            wanted = self._remembered.get(self._name()) or own
            self._preview.setFixedWidth(wanted if wanted == own else max(least, min(wanted, max(least, most))))

    def _limits(self) -> tuple[int, int]:
        return theme.px(LEAST_PREVIEW), self._page.width() - theme.px(LEAST_LIST)

    def _name(self) -> str:
        return f"preview/{screen_name(self._page)}"
