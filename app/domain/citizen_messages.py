"""Which messages a change of a dossier is worth: the kind (a template's file), about which notice, to which addresses.

Stands apart because the portal queues exactly these messages and the desk previews them: an officer reads beforehand
what the citizen will read afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.commands import Command, Extend, PayRefund, Remind, Suspend
from app.domain.dossier import Delivery, Dossier, Notice
from app.domain.notice_making import copies, deliveries
from app.domain.notice_values import kind_of
from app.domain.notices import waived_of
from app.domain.words import NoticeState, SubState
from app.domain.work_commands import AskCitizen, RequestSupplement, StopHandling

_TOLD_BY: dict[type[object], str] = {Suspend: "suspension", StopHandling: "stop", Extend: "extension"}


@dataclass(frozen=True, slots=True)
class Message:
    """One message; ``notice_id`` is empty where no notice is meant.

    ``copies`` go to the applicant. ``own``: it brings the notice itself, so what of that notice is still on its way
    gives way, and each delivery's fate is kept in the notice.
    """

    kind: str
    notice_id: str
    deliveries: tuple[Delivery, ...]
    copies: tuple[Delivery, ...] = ()
    own: bool = False


def messages(before: Dossier, after: Dossier, command: Command | None, now: datetime) -> tuple[Message, ...]:
    """Return what the citizen must be told of a change; ``command`` is None for an act of the citizen."""
    known = {notice.id: notice for notice in before.notices}
    found = []
    for notice in after.notices:
        old = known.get(notice.id)
        fresh = tuple(d for d in notice.deliveries if old is None or d not in old.deliveries)
        if fresh:
            kind = "reminder" if isinstance(command, Remind) else kind_of(notice)
            copied = tuple(d for d in notice.copies if old is None or d not in old.copies)
            found.append(Message(kind, notice.id, fresh, copied, own=True))
        elif old is not None and (kind := _told_of(notice, old, before, after)):
            found.append(Message(kind, notice.id, deliveries(after, now)))
    if isinstance(command, PayRefund):
        case = next(c for c in after.cases if c.id == command.case_id)
        found.append(Message("refund", case.notice_id, deliveries(after, now)))
    asked = isinstance(command, RequestSupplement) and after.sub_state is SubState.CITIZEN_ASKED
    if asked or isinstance(command, AskCitizen):
        found.append(Message("supplement", "", deliveries(after, now)))
    if told := _TOLD_BY.get(type(command)):
        found.append(Message(told, "", deliveries(after, now)))
    return tuple(m if m.own else replace(m, copies=copies(after, now)) for m in found)


def _told_of(notice: Notice, old: Notice, before: Dossier, after: Dossier) -> str:
    """Return the kind of message that a change of a known notice is worth: cancel, waiver, reversal, or none."""
    if notice.state is NoticeState.CANCELLED and old.state not in (NoticeState.CANCELLED, NoticeState.PAID):
        return "cancel"
    if waived_of(after, notice.id) > waived_of(before, notice.id):
        return "waiver"
    reversed_before = {p.id for p in before.payments if p.reversed}
    taken_back = any(p.reversed and p.pays == notice.id and p.id not in reversed_before for p in after.payments)
    return "reversal" if taken_back else ""
