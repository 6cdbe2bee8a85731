"""Which dossier the pane shows: loads it after the officer has come to rest, and again when it changed.

Stands apart from the page so that hurrying through rows reads nothing, and the old words stay until the new are there.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.domain.transitions import Failed
from app.services import inbox
from app.services.desk import Desk
from app.services.views import Card
from ui import timers
from ui.desk.refresher import Refresher
from ui.dossier.preview import Preview
from ui.keys import ActGuard
from ui.present.dossier import DossierView, dossier_view
from ui.tasks import Job, Tasks

SHOW_AFTER_MS = 60
Found = tuple[int | None, DossierView | None]


class Shown(QObject):
    """Feeds ``preview``; ``guard`` learns when another dossier appears. ``wanted`` is its row number."""

    def __init__(self, desk: Desk, tasks: Tasks, preview: Preview, guard: ActGuard, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._preview, self._guard = desk, tasks, preview, guard
        self.wanted: int | None = None
        self._loading: Job[Found] | None = None
        self._late = timers.once(self, SHOW_AFTER_MS, self._read)
        self._refresher = Refresher(tasks, self._reading, self._came, self)

    def want(self, pk: int | None) -> None:
        """Show another dossier once the officer rests on it; None shows nothing."""
        self._guard.dossier_changed()
        self.wanted = pk
        self._late.start()

    def reload(self) -> None:
        """The wanted dossier may have changed: read it again."""
        self._refresher.ask()

    def _read(self) -> None:
        if self._loading is not None:
            self._loading.cancel()
        self._loading = self._tasks.query(self._reading(), self._came, owner=self)

    def _reading(self) -> Callable[[], Found]:
        pk, desk = self.wanted, self._desk
        return lambda: (pk, None if pk is None else load(desk, pk))

    def _came(self, found: Found) -> None:
        pk, view = found
        if pk == self.wanted:
            self._show(view)

    def settled(self) -> bool:
        """Say whether the pane shows what is wanted."""
        read = self._loading is None or self._loading.finished
        return not self._late.isActive() and read and self._refresher.at_rest() and self._preview.filled()

    def _show(self, view: DossierView | None) -> None:
        before = self._preview.view()
        if (before.id if before else "") != (view.id if view else ""):
            self._guard.dossier_changed()
        self._preview.show_view(view)


def load(desk: Desk, pk: int) -> DossierView | None:
    """Read one dossier into words. Thread: any but the GUI's."""
    found = inbox.cards(desk, [pk])[0]
    if not isinstance(found, Card):
        return None
    dossier = found.dossier

    def why_not(rule: str, subject_id: str) -> tuple[Failed, ...]:
        return inbox.why_not(desk, dossier, rule, subject_id)

    return dossier_view(found, desk.officer, why_not, desk.clock.now(), inbox.earlier(desk, dossier))
