"""Which dossier the pane shows: loads it after the officer has come to rest, and again when it changed.

Stands apart from the page so that hurrying through rows reads nothing, and the old words stay until the new are there.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.domain.transitions import Failed
from app.services import inbox
from app.services.desk import Desk
from app.services.views import Card
from ui.dossier.preview import Preview
from ui.keys import ActGuard
from ui.present.dossier import DossierView, dossier_view
from ui.tasks import Job, Tasks

SHOW_AFTER_MS = 60


class Shown(QObject):
    """Feeds ``preview``; ``guard`` learns when another dossier appears. ``wanted`` is its row number."""

    def __init__(self, desk: Desk, tasks: Tasks, preview: Preview, guard: ActGuard, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._preview, self._guard = desk, tasks, preview, guard
        self.wanted: int | None = None
        self._loading: Job[DossierView | None] | None = None
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(SHOW_AFTER_MS)
        self._late.timeout.connect(self.reload)

    def want(self, pk: int | None) -> None:
        """Show another dossier once the officer rests on it; None shows nothing."""
        self._guard.dossier_changed()
        self.wanted = pk
        self._late.start()

    def reload(self) -> None:
        """Read the wanted dossier again."""
        if self._loading is not None:
            self._loading.cancel()
        pk, desk = self.wanted, self._desk
        if pk is None:
            self._show(None)
        else:
            self._loading = self._tasks.query(lambda: load(desk, pk), self._show, owner=self)

    def settled(self) -> bool:
        """Say whether the pane shows what is wanted."""
        return not self._late.isActive() and (self._loading is None or self._loading.finished)

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
