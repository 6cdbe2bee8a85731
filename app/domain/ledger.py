"""The explanation of a due date: every stretch of time, counted or skipped, with its rule.

Stands apart from ``working_time`` because it is slow, made on demand, and written to be read by an officer and a
citizen. Nights and lunch breaks between two worked sessions are left out; a full day is one line; days off that
follow one another for the same reason are one line.

Rules of a segment. Counted: ``full-day morning afternoon make-up-day`` (a swapped weekend day), ``calendar-days``.
Skipped: ``weekend holiday outside-hours after-cut-off paused restart``. ``name`` is the holiday's name, the kind of
the pause, or the cut-off that was missed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from app.clock import VN
from app.domain.calendar import WEEKEND, Calendar
from app.domain.words import PauseKind
from app.domain.working_time import add_minutes, to_minute, working_minutes, working_start

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the clock stood; for "what if", ``to`` is the assumed resume."""

    from_: datetime
    to: datetime
    kind: PauseKind = PauseKind.FINANCIAL_OBLIGATION


@dataclass(frozen=True, slots=True)
class Segment:
    """One line. ``minutes`` are working minutes (for ``calendar-days``: all minutes), 0 when not counted."""

    from_: datetime
    to: datetime
    minutes: int
    counted: bool
    rule: str
    name: str = ""


def restarts(cal: Calendar, kind: PauseKind) -> bool:
    """Tell whether the full time starts anew after a pause of ``kind``: a setting of the office."""
    return cal.supplement_restarts and kind is PauseKind.SUPPLEMENT


def in_order(pauses: Iterable[Pause], since: datetime) -> list[Pause]:
    """Return ``pauses`` by their start, without what lies before ``since``, is empty, or is in an earlier pause."""
    ordered: list[Pause] = []
    for pause in sorted(pauses, key=lambda pause: (pause.from_, pause.to, pause.kind)):
        if pause.to > max(pause.from_, since):
            ordered.append(replace(pause, from_=max(pause.from_, since)))
            since = pause.to
    return ordered


def ledger(cal: Calendar, start: datetime, minutes: int, pauses: Iterable[Pause] = ()) -> tuple[Segment, ...]:
    """Return how ``minutes`` working minutes are laid out from ``start``, pauses skipped.

    Without pauses the last segment ends at ``add_minutes(cal, start, minutes)``; with them, where ``shift`` ends up.
    A pause that begins when no minute is left is not listed.
    """
    segments: list[Segment] = []
    start, left = to_minute(start), minutes
    for pause in in_order(pauses, start):
        begin, resume = to_minute(pause.from_), to_minute(pause.to)
        done = working_minutes(cal, start, begin)
        if done >= left:
            break
        segments += _laid_out(cal, start, done)
        if begin < resume:
            segments.append(Segment(begin, resume, 0, False, "paused", pause.kind.value))
        start, left = resume, left - done
    return (*segments, *_laid_out(cal, start, left))


def unbroken(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Return the same ledger with the nights and lunch breaks that officers' eyes are spared: no minute untold."""
    told = list(segments[:1])
    for segment in segments[1:]:
        if told[-1].to < segment.from_:
            told.append(Segment(told[-1].to, segment.from_, 0, False, "outside-hours"))
        told.append(segment)
    return tuple(told)


def calendar_ledger(
    cal: Calendar, received_at: datetime, runs_out_at: datetime, due_at: datetime, pauses: Iterable[Pause] = ()
) -> tuple[Segment, ...]:
    """Return the ledger of a limit in calendar days: it runs out, and is pushed over days off to ``due_at``.

    From the first pause on, what remains is working minutes, as after every pause.
    """
    received_at, start = to_minute(received_at), working_start(cal, received_at)
    pauses = in_order(pauses, received_at)
    paused = next((to_minute(pause.from_) for pause in pauses if pause.from_ < due_at), due_at)
    if paused <= start:
        return ledger(cal, received_at, working_minutes(cal, start, due_at), pauses)
    segments = _skipped(cal, received_at, start)
    if paused < due_at:
        return (*segments, _elapsed(start, paused), *ledger(cal, paused, working_minutes(cal, paused, due_at), pauses))
    pushed = _days_off(cal, runs_out_at.date(), due_at.date())
    if pushed:
        pushed = [replace(pushed[0], from_=runs_out_at), *pushed[1:]]
        pushed[-1] = replace(pushed[-1], to=due_at)
    return (*segments, _elapsed(start, runs_out_at), *pushed)


def _elapsed(start: datetime, end: datetime) -> Segment:
    return Segment(start, end, (end - start) // timedelta(minutes=1), True, "calendar-days")


def _laid_out(cal: Calendar, start: datetime, minutes: int) -> list[Segment]:
    """Segments of ``minutes`` from ``start``, no pauses; nothing when there is nothing to lay out."""
    if minutes <= 0:
        return []
    end = add_minutes(cal, start, minutes)
    begin = working_start(cal, start)
    segments = _skipped(cal, start, begin)
    day = begin.date()
    while day <= end.date():
        if cal.is_working(day):
            segments += _worked(cal, day, begin, end)
            day += _DAY
        else:
            until = day
            while not cal.is_working(until):
                until += _DAY
            segments += _days_off(cal, day, until)
            day = until
    return segments


def _worked(cal: Calendar, day: date, begin: datetime, end: datetime) -> list[Segment]:
    """The counted part of a working day between ``begin`` and ``end``."""
    parts = []
    midnight = _midnight(day)
    for rule, (opens, closes) in (("morning", cal.morning), ("afternoon", cal.afternoon)):
        from_ = max(begin, midnight + timedelta(minutes=opens))
        to = min(end, midnight + timedelta(minutes=closes))
        if from_ < to:
            parts.append(Segment(from_, to, (to - from_) // timedelta(minutes=1), True, rule))
    if sum(part.minutes for part in parts) == cal.day_minutes:
        rule = "make-up-day" if day in cal.worked else "full-day"
        return [Segment(parts[0].from_, parts[-1].to, cal.day_minutes, True, rule)]
    return parts


def _skipped(cal: Calendar, start: datetime, end: datetime) -> list[Segment]:
    """What stands between an instant outside hours and the working start after it."""
    if start >= end:
        return []
    tomorrow = _midnight(start.date() + _DAY)
    if not cal.is_working(start.date()):
        segments = _days_off(cal, start.date(), end.date())
        segments[0] = replace(segments[0], from_=start)
        return segments
    rest_of_day = Segment(start, min(end, tomorrow), 0, False, "outside-hours")
    return [rest_of_day, *_days_off(cal, start.date() + _DAY, end.date())]


def until_opening(cal: Calendar, closed_at: datetime, opens_at: datetime) -> tuple[Segment, ...]:
    """Return what stands between a close and the opening that an appointment is given for, holidays by name."""
    if all(segment.rule == "outside-hours" for segment in _skipped(cal, closed_at, opens_at)):
        return (Segment(closed_at, opens_at, 0, False, "outside-hours"),)
    morning = Segment(_midnight(opens_at.date()), opens_at, 0, False, "outside-hours")
    return (*_skipped(cal, closed_at, opens_at), morning)


def after_cut_off(cal: Calendar, start: datetime, counted: datetime, cutoff: str) -> tuple[Segment, ...]:
    """Return what stands between a receipt after the ``cutoff`` and the next working day, from which is counted."""
    opened = working_start(cal, start)
    missed, *rest = until_opening(cal, opened, counted)
    return (*_skipped(cal, to_minute(start), opened), replace(missed, rule="after-cut-off", name=cutoff), *rest)


def _days_off(cal: Calendar, first: date, until: date) -> list[Segment]:
    """Days from ``first`` to before ``until``, all off, joined where the reason is the same."""
    segments: list[Segment] = []
    day = first
    while day < until:
        name = cal.why_off(day) or WEEKEND
        rule, shown = (WEEKEND, "") if name == WEEKEND else ("holiday", name)
        if segments and segments[-1].name == shown:
            segments[-1] = replace(segments[-1], to=_midnight(day + _DAY))
        else:
            segments.append(Segment(_midnight(day), _midnight(day + _DAY), 0, False, rule, shown))
        day += _DAY
    return segments


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VN)
