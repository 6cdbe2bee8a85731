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
    "counter": "ui.counter.page:CounterPage",
    queues.COVERS: "ui.office.covers_page:CoversPage",
    queues.UNSENT: "ui.office.unsent_page:UnsentPage",
    queues.LOOKS: "ui.office.looks_page:LooksPage",
    queues.CALENDAR: "ui.office.calendar_page:CalendarPage",
}


WIDE = frozenset({"counter"})
"""Pages that want the room of the side bar: it becomes a rail meanwhile."""
ONE_CITIZEN = frozenset({"counter", queues.DECISIONS})
"""Pages that show one citizen in full: covered whole while nobody sits here."""


class Page(QWidget):
    """What the window asks of a page that takes the place of list and dossier.

    Signals: ``open_asked(str)`` a dossier to be shown; ``go_asked(str)`` a command or ``queue:<key>``;
    ``acted(object)`` all ``Acted`` of one press; ``paper_asked(object)`` a ``Paper`` to be looked at and printed;
    ``view_asked(object)`` a ``FileRef`` to look at; ``dialog_asked(object)`` a ``DialogFrame`` to open.
    """

    open_asked = Signal(str)
    go_asked = Signal(str)
    acted = Signal(object)
    paper_asked = Signal(object)
    view_asked = Signal(object)
    dialog_asked = Signal(object)

    def refresh(self) -> None:
        """Read anew what is shown."""

    def confirm(self) -> None:
        """Ctrl+Enter: the page's blue button, if it has one."""

    def confirm_stay(self) -> None:
        """Ctrl+Shift+Enter: the same, and stay for the next; most pages know no difference."""
        self.confirm()

    def key(self, command: str) -> None:
        """Another key of the table, while this page is shown."""

    def next_pane(self) -> None:
        """Ctrl+Tab inside the page, where it has panes."""

    def take_card(self, text: str) -> None:
        """A citizen's card was scanned while this page is shown."""


def make(key: str, desk: Desk, tasks: Tasks) -> Page:
    """Return the page of ``key``."""
    module, _, name = PLACES[key].partition(":")
    return cast(Page, getattr(import_module(module), name)(desk, tasks))
