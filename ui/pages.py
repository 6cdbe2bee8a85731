"""The pages beside the desk, as data; each is imported when it is first gone to.

Stands apart from the window so that a new page is one line here, one in ``ui.present.queues`` or ``ui.commands``.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.desk import Desk
from ui.present import queues
from ui.tasks import Tasks

PLACES: dict[str, str] = {
    queues.OUTBOX: "ui.outbox.page:OutboxPage",
    queues.DECISIONS: "ui.decisions.page:DecisionsPage",
    queues.COLLECTED: "ui.collected.page:CollectedPage",
    queues.COVERS: "ui.office.covers_page:CoversPage",
    queues.UNSENT: "ui.office.unsent_page:UnsentPage",
}


class Page(QWidget):
    """What the window asks of a page that takes the place of list and dossier.

    Signals: ``open_asked(str)`` a dossier to be shown; ``go_asked(str)`` a command or ``queue:<key>``.
    """

    open_asked = Signal(str)
    go_asked = Signal(str)

    def refresh(self) -> None:
        """Read anew what is shown."""

    def confirm(self) -> None:
        """Ctrl+Enter: the page's blue button, if it has one."""


def make(key: str, desk: Desk, tasks: Tasks) -> Page:
    """Return the page of ``key``."""
    module, _, name = PLACES[key].partition(":")
    return cast(Page, getattr(import_module(module), name)(desk, tasks))
