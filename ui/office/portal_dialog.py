"""The frame of a dialog whose deed is the portal's to keep: nothing is queued, what was typed stays for the next try.

Stands apart from the dialogs of dossiers, whose deeds are saved here first and sent later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import texts
from app.domain.rights import covers as under
from app.errors import KnownError
from app.services.desk import Desk
from app.services.processing import Target
from ui.tasks import Tasks
from ui.widgets.banner import Banner
from ui.widgets.dialog_frame import DialogFrame


class PortalDialog(DialogFrame):
    """Base of the dialogs; answer ``deed``. Signals: ``kept()`` the portal has it, the dialog closes."""

    kept = Signal()

    def __init__(
        self, window: QWidget, desk: Desk, tasks: Tasks, title: str, about: str, *, primary: str, width: int
    ) -> None:
        super().__init__(window, title, about, primary=primary, width=width)
        self._desk, self._tasks = desk, tasks
        self.problem = Banner("refused", "")
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.confirmed.connect(self.confirm)

    def deed(self) -> Callable[[], object] | None:
        """Return what asks the portal, or None when something is missing: it is shown then."""
        return None

    def confirm(self) -> None:
        """Ask the portal to keep it; Ctrl+Enter comes here."""
        operation = self.deed()
        if operation is None:
            self.refit()
            return
        self.problem.hide()
        self.primary.set_reason(self.tr("Đang lưu lên Cổng…"))
        self.writing = self._tasks.command(operation, self._done, self._failed, owner=self)

    def _done(self, _kept: object) -> None:
        self.kept.emit()
        self.accept()

    def _failed(self, error: KnownError) -> None:
        self.primary.set_reason("")
        self.problem.set_state("refused", texts.of(error))
        self.problem.show()
        self.refit()


def officers_of(desk: Desk, targets: Iterable[Target]) -> list[tuple[str, str]]:
    """Return username and name of the officers of one's own unit and those below it."""
    return [(o.username, o.name) for t in targets if under(desk.officer, t.unit_id) for o in t.officers]
