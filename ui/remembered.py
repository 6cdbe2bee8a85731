"""What the window remembers of an officer's liking: read once, at hand for every pane, kept as it changes.

Stands apart from ``app.services.preferences`` because widgets ask on the GUI thread, before the store has answered too.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.services import preferences
from app.services.desk import Desk
from app.services.preferences import Preferences
from ui.tasks import Tasks


class Remembered(QObject):
    """Whole numbers by name. Signals: ``loaded()`` when what was kept is known."""

    loaded = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._values: dict[str, int] = {}
        tasks.query(lambda: preferences.load(desk), self._came, owner=self)

    def get(self, name: str, default: int = 0) -> int:
        """Return what was kept, ``default`` as long as nothing is known."""
        return self._values.get(name, default)

    def put(self, name: str, value: int) -> None:
        """Keep a number from now on."""
        if self._values.get(name) != value:
            desk, self._values[name] = self._desk, value
            self._tasks.command(lambda: preferences.keep(desk, Preferences(((name, value),))))

    def _came(self, found: Preferences) -> None:
        self._values = dict(found.values) | self._values
        self.loaded.emit()
