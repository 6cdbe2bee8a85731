"""What the status bar opens: how the link stands, when it last worked, what waits and what comes next.

Stands apart from the news, which keeps it up to date while it is open.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui import keys
from ui.widgets.card import Facts
from ui.widgets.dialog_frame import DialogFrame


class SyncDetails(DialogFrame):
    """A small dialog of facts; its primary syncs now (``confirmed()``) and stays open to show what comes of it."""

    def __init__(self, window: QWidget, pairs: Sequence[tuple[str, str]]) -> None:
        super().__init__(
            window, self.tr("Đồng bộ với Cổng"), primary=self.tr("Đồng bộ ngay"), later=self.tr("Đóng"), width=460
        )
        self.primary.set_key(keys.cap("refresh"))
        QShortcut(QKeySequence(keys.sequence("refresh")), self).activated.connect(self.primary.click)
        self._pairs: tuple[tuple[str, str], ...] = ()
        self._facts = Facts(140)
        self.body.addWidget(self._facts)
        self.show_pairs(pairs)

    def show_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show how things stand now."""
        if tuple(pairs) == self._pairs:
            return
        self._pairs = tuple(pairs)
        old, self._facts = self._facts, Facts(140)
        for name, value in self._pairs:
            self._facts.add(name, value, figures=True)
        self.body.replaceWidget(old, self._facts)
        old.hide()
        old.deleteLater()

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return what is shown."""
        return self._pairs
