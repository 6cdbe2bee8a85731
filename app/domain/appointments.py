"""The clock of one dossier: its appointment, its pauses, its steps, its apology.

Stands apart from ``deadline``, which knows limits and calendars but no dossier. Pauses belong to the dossier, never to
the rule, so a changed calendar or limit keeps every one of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain import deadline
from app.domain.calendar import Calendar
from app.domain.deadline import add_minutes, due, due_after, shift, working_minutes
from app.domain.dossier import Dossier, HistoryItem, Pause
from app.domain.extension import Extension
from app.domain.ledger import restarts
from app.domain.time_words import long_moment
from app.domain.words import PAUSED, WITHOUT_RESULT, LimitUnit, State

_COUNTED = PAUSED | {State.RECEIVED, State.PROCESSING}
RUNNING = frozenset({State.RECEIVED, State.PROCESSING})
"""States in which the legal time runs: only then an apology is written."""


def promised(dossier: Dossier, received_at: datetime, calendar: Calendar) -> datetime:
    """Return the appointment given at ``received_at``, or again in full after a supplement of that moment."""
    limit = dossier.procedure
    return due(calendar, received_at, limit.limit_amount, limit.limit_unit, cutoff=limit.limit_cutoff)


def left_minutes(dossier: Dossier, now: datetime, calendar: Calendar) -> int | None:
    """Return the working minutes to the appointment, negative past it; constant while paused, None without a clock."""
    if dossier.state in PAUSED and dossier.pauses:
        return dossier.pauses[-1].remaining_minutes
    if dossier.state not in RUNNING or dossier.due_at is None:
        return None
    return working_minutes(calendar, now, dossier.due_at)


def after_pause(dossier: Dossier, moment: datetime, calendar: Calendar, *, ended_by: str = "") -> Dossier:
    """Return the dossier with its last pause ended at ``moment`` and the appointment laid out from there.

    After a supplement the full time again (setting of the calendar), otherwise what remained. A pause never ends
    before it began, whenever the money that ends it was paid.
    """
    pause = dossier.pauses[-1]
    moment = max(moment, pause.started_at)
    ended = replace(dossier, pauses=(*dossier.pauses[:-1], replace(pause, ended_at=moment, ended_by=ended_by)))
    if restarts(calendar, pause.kind):
        again = promised(dossier, moment, calendar)
        return replace(ended, due_at=again, extension=_judged_by(dossier.extension, again))
    due_at = shift(calendar, moment, pause.remaining_minutes)
    return replace(ended, due_at=due_at, extension=_moved(dossier.extension, pause.started_at, moment, calendar))


def paused_again(dossier: Dossier, calendar: Calendar) -> Dossier:
    """Return the dossier with its last pause continuous again: what had ended it never was."""
    pause = dossier.pauses[-1]
    since = pause.ended_at or pause.started_at
    return replace(
        dossier,
        due_at=shift(calendar, pause.started_at, pause.remaining_minutes),
        extension=_moved(dossier.extension, since, pause.started_at, calendar),
        pauses=(*dossier.pauses[:-1], replace(pause, ended_at=None, ended_by="")),
    )


def _judged_by(extension: Extension | None, first_due_at: datetime) -> Extension | None:
    return replace(extension, first_due_at=first_due_at) if extension and extension.signed else extension


def _moved(extension: Extension | None, was: datetime, moment: datetime, calendar: Calendar) -> Extension | None:
    """What was left of the first appointment at ``was`` is laid out from ``moment``, like the due date itself."""
    if extension is None or extension.first_due_at is None:
        return extension
    left = working_minutes(calendar, was, extension.first_due_at)
    return replace(extension, first_due_at=shift(calendar, moment, left))


def judged_at(dossier: Dossier, calendar: Calendar) -> datetime | None:
    """Return the appointment that early, on time and late are judged by: the first, or by setting the newest."""
    extension = dossier.extension
    if calendar.late_by_first_date and extension is not None and extension.first_due_at is not None:
        return extension.first_due_at
    return dossier.due_at


def verdict(dossier: Dossier, now: datetime, calendar: Calendar) -> str:
    """Return ``early``, ``on_time`` or ``late``, by dates; empty without an appointment or result.

    Judged at completion, else at the start of the pause that lasts, else now: an open dossier before its date is
    ``on_time`` (QĐ 766/QĐ-TTg).
    """
    promised_at = judged_at(dossier, calendar)
    if promised_at is None or dossier.state in WITHOUT_RESULT:
        return ""
    standing = dossier.state in PAUSED and dossier.pauses
    moment = dossier.completed_at or (dossier.pauses[-1].started_at if standing else now)
    if dossier.completed_at is not None and moment.date() < promised_at.date():
        return "early"
    return "late" if moment.date() > promised_at.date() else "on_time"


def apology_due(dossier: Dossier, now: datetime, calendar: Calendar) -> str:
    """Return whether form 04 is to be written: ``soon`` from one working day before the appointment, ``late`` after.

    Empty while there is time, while paused, once the one new appointment was given, and after the end.
    """
    signed = dossier.extension is not None and dossier.extension.signed
    if dossier.state not in RUNNING or dossier.due_at is None or signed:
        return ""
    if now > dossier.due_at:
        return "late"
    return "soon" if now >= add_minutes(calendar, dossier.due_at, -calendar.day_minutes) else ""


def step_due_at(dossier: Dossier, calendar: Calendar) -> datetime | None:
    """Return when the present step is due (*Hạn bước*): its own working minutes from its start, pauses left out.

    None while the clock does not run, and for a step without a limit of its own: zero is no limit.
    """
    step, since = dossier.step, dossier.step_at
    if dossier.state not in RUNNING or step is None or since is None or not step.limit_working_minutes:
        return None
    hours = step.limit_working_minutes / 60
    return due_after(calendar, since, hours, LimitUnit.HOUR, pauses_of(dossier.pauses))


def pauses_of(pauses: Iterable[Pause]) -> list[deadline.Pause]:
    """Return the ended pauses as the engine counts them."""
    return [deadline.Pause(p.started_at, p.ended_at, p.kind) for p in pauses if p.ended_at is not None]


@dataclass(frozen=True, slots=True)
class _Laid:
    """What a reckoning from receipt on comes to."""

    due_at: datetime
    first_due_at: datetime
    pauses: tuple[Pause, ...]


def relaid(dossier: Dossier, calendar: Calendar) -> Dossier:
    """Return the dossier with its appointment reckoned again from receipt on; pauses keep their place.

    The date of a signed apology was promised in a letter: it stays, unless the office no longer works on it.
    """
    if dossier.received_at is None or dossier.state not in _COUNTED:
        return dossier
    laid = _laid(dossier, dossier.received_at, calendar)
    extension = dossier.extension
    if extension is not None and extension.signed:
        extension = replace(extension, first_due_at=laid.first_due_at)
    return replace(dossier, due_at=laid.due_at, pauses=laid.pauses, extension=extension)


def _laid(dossier: Dossier, received_at: datetime, calendar: Calendar) -> _Laid:
    first = due_at = promised(dossier, received_at, calendar)
    letter = dossier.extension if dossier.extension is not None and dossier.extension.signed else None
    pauses = []
    for pause in dossier.pauses:
        if letter is not None and letter.signed_at is not None and letter.signed_at <= pause.started_at:
            due_at, letter = _works_on(letter.due_at, calendar), None
        left = working_minutes(calendar, pause.started_at, due_at)
        pauses.append(replace(pause, remaining_minutes=left))
        if pause.ended_at is None:
            break
        if restarts(calendar, pause.kind):
            first = due_at = promised(dossier, pause.ended_at, calendar)
        else:
            first = shift(calendar, pause.ended_at, working_minutes(calendar, pause.started_at, first))
            due_at = shift(calendar, pause.ended_at, left)
    if letter is not None:
        due_at = _works_on(letter.due_at, calendar)
    return _Laid(due_at, first, tuple(pauses))


def _works_on(moment: datetime, calendar: Calendar) -> datetime:
    while not calendar.is_working(moment.date()):
        moment += timedelta(days=1)
    return moment


def calendar_told(now: datetime, by: str, version: str) -> HistoryItem:
    """Return what histories say of a replaced calendar: when, by whom, which version."""
    return HistoryItem("calendar_changed", now, by, note=f"lịch làm việc {version}")


def recounted(dossier: Dossier, before: Calendar, after: Calendar, told: HistoryItem) -> Dossier:
    """Return the dossier as a changed calendar leaves it, with what changed in its history; else the same dossier.

    In state 1 what is left of the acceptance time is laid out from now. A date that the change does not touch stays as
    it is, however it came about. ``told`` is ``calendar_told``; the dates are added to it.
    """
    if dossier.state is State.SUBMITTED and dossier.accept_by is not None and dossier.accept_by > told.at:
        left = working_minutes(before, told.at, dossier.accept_by)
        until = shift(after, told.at, left)
        if left == 0 or left == working_minutes(after, told.at, dossier.accept_by):
            return dossier
        return _told(replace(dossier, accept_by=until), dossier.accept_by, until, told)
    new = relaid(dossier, after)
    if new == relaid(dossier, before):
        return dossier
    return _told(new, dossier.due_at, new.due_at, told)


def _told(changed: Dossier, was: datetime | None, is_: datetime | None, told: HistoryItem) -> Dossier:
    if was is None or is_ is None or was == is_:
        return changed
    item = replace(told, note=f"{long_moment(was)} → {long_moment(is_)}: {told.note}")
    return replace(changed, history=(*changed.history, item))
