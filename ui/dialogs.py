"""Which dialog asks what a command needs to know, as data; each is imported when it is first opened.

Stands apart from ``ui.deeds`` so that a new deed is one line here and one in ``ui.commands``. Every dialog is made with
the same five things: window, desk, tasks, card, and the id of what the deed is about ("" none).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Literal, cast

from PySide6.QtWidgets import QWidget

from app.domain.dossier import Dossier
from app.domain.notices import find, open_notices
from app.services.desk import Desk
from app.services.views import Card
from ui.tasks import Tasks
from ui.widgets.dialog_frame import DialogFrame

Maker = Callable[[QWidget, Desk, Tasks, Card, str], DialogFrame]


@dataclass(frozen=True, slots=True)
class Way:
    """Where the dialog stands (``module:class``), and what its subject is.

    ``open_notice``: the notice that was pressed, else the newest open one; without any there is no dialog. ``given``:
    whatever was pressed, "" when the deed was begun by key or palette.
    """

    place: str
    subject: Literal["given", "open_notice"] = "given"


WAYS: dict[str, Way] = {
    "notify": Way("ui.notice.dialog:NoticeDialog"),
    "replace_notice": Way("ui.notice.dialog:NoticeDialog", "open_notice"),
    "cancel_notice": Way("ui.notice.cancel_dialog:CancelNoticeDialog", "open_notice"),
    "tick_paid": Way("ui.payment.tick_dialog:TickDialog"),
    "suspend": Way("ui.dossier.suspend_dialog:SuspendDialog"),
    "due": Way("ui.dossier.ledger_popover:LedgerPopover"),
    "refuse": Way("ui.dossier.act_dialogs:RefuseDialog"),
    "forward": Way("ui.dossier.act_dialogs:ForwardDialog"),
    "complete": Way("ui.dossier.act_dialogs:CompleteDialog"),
    "return": Way("ui.dossier.act_dialogs:ReturnDialog"),
}


def make(command: str, window: QWidget, desk: Desk, tasks: Tasks, card: Card, subject_id: str) -> DialogFrame | None:
    """Return the dialog of a command, None when it has none or nothing to be about."""
    way = WAYS.get(command)
    if way is None:
        return None
    if way.subject == "open_notice":
        subject_id = meant_notice(card.dossier, subject_id)
        if not subject_id:
            return None
    module, _, name = way.place.partition(":")
    maker = cast(Maker, getattr(import_module(module), name))
    return maker(window, desk, tasks, card, subject_id)


def meant_notice(dossier: Dossier, notice_id: str) -> str:
    """Return the notice that was pressed, else the newest open one, else ""."""
    meant = find(dossier, notice_id) or next(reversed(open_notices(dossier)), None)
    return meant.id if meant is not None else ""
