"""Form 04: apology and new appointment, proposed by who holds the dossier and signed by the head.

Stands apart from the other guards and effects because its rules are one small law: one new appointment only, never
while the clock stands, better before the date than after it, and lateness stays what it was.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.domain.asking import Ask
from app.domain.calendar import Calendar
from app.domain.commands import DeclineExtension, Extend, ProposeExtension
from app.domain.dossier import Dossier, HistoryItem, Outcome
from app.domain.extension import Extension
from app.domain.guards import Finding
from app.domain.people import Officer
from app.domain.time_words import long_moment


def not_extended_before(ask: Ask) -> Finding:
    """A dossier is given a new appointment once."""
    extension = ask.dossier.extension
    if extension is None or extension.signed_at is None:
        return None
    return "already-extended", {"since": extension.signed_at}


def has_appointment(ask: Ask) -> Finding:
    """There is an appointment to apologise for."""
    return None if ask.dossier.due_at is not None else ("no-appointment", {})


def new_date_is_later(ask: Ask) -> Finding:
    """The new appointment is later than the old one, and not past already."""
    latest = max(ask.dossier.due_at or ask.now, ask.now)
    return None if ask.command.due_at > latest else ("new-date-not-later", {"since": latest})


def new_date_is_worked(ask: Ask) -> Finding:
    """The office works on the new date: nobody is asked to come to a closed door."""
    calendar, new = ask.calendar, ask.command.due_at
    if calendar is None or calendar.is_working(new.date()):
        return None
    return "new-date-off", {"day": new.date()}


def propose(dossier: Dossier, command: ProposeExtension, actor: Officer, now: datetime, _calendar: Calendar) -> Outcome:
    """The draft of form 04 lies with the head; a newer one replaces it."""
    extension = Extension(command.reason, command.due_at, now, actor.name)
    note = f"{long_moment(command.due_at)}: {command.reason}"
    return replace(dossier, extension=extension), (HistoryItem("extension_proposed", now, actor.name, note=note),)


def proposal_waits(ask: Ask) -> Finding:
    """A proposal lies with the head."""
    extension = ask.dossier.extension
    return None if extension is not None and extension.waiting else ("nothing-proposed", {})


def decline(dossier: Dossier, command: DeclineExtension, actor: Officer, now: datetime, _calendar: Calendar) -> Outcome:
    """The head does not sign: appointment and state stay, the proposer reads why and may propose again."""
    assert dossier.extension is not None
    declined = replace(dossier.extension, declined_at=now, declined_by=actor.name, declined_why=command.reason)
    return replace(dossier, extension=declined), (
        HistoryItem("extension_declined", now, actor.name, note=command.reason),
    )


def extend(dossier: Dossier, command: Extend, actor: Officer, now: datetime, _calendar: Calendar) -> Outcome:
    """The head signs form 04, as proposed or otherwise: the appointment moves, the first one goes on judging."""
    before = dossier.extension if dossier.extension is not None and dossier.extension.waiting else None
    was = dossier.due_at or now
    late = now > was
    signed = Extension(
        reason=command.reason,
        due_at=command.due_at,
        proposed_at=before.proposed_at if before else now,
        proposed_by=before.proposed_by if before else actor.name,
        first_due_at=was,
        signed_at=now,
        signed_by=actor.name,
        late=late,
    )
    flagged = " (ký khi đã quá hẹn)" if late else ""
    note = f"{long_moment(was)} → {long_moment(command.due_at)}{flagged}: {command.reason}"
    return replace(dossier, extension=signed, due_at=command.due_at), (
        HistoryItem("extended", now, actor.name, note=note),
    )
