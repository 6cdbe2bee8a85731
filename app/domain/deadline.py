"""When an answer is due: the legal time limits laid out over a calendar.

Stands apart from ``working_time`` (counting) and ``ledger`` (explaining): here are the rules. Receipt: outside hours
counts from the next working start; the day after receipt is the first whole day, so the time of day is kept (NĐ
118/2025/NĐ-CP; BLDS 2015 Điều 147, 148). After a financial obligation or a stop the remaining minutes are laid out
again from the resume; after a supplement the full time, if the setting says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from app.domain.calendar import Calendar
from app.domain.ledger import Pause, Segment, calendar_ledger, in_order, ledger, restarts
from app.domain.words import LimitUnit
from app.domain.working_time import add_minutes, to_minute, working_minutes, working_start
from app.errors import BadInput

__all__ = [
    "SAME_DAY_CUT_OFF", "Pause", "Segment", "add_minutes", "due", "due_after", "explain_due", "ledger",
    "limit_minutes", "same_day_start", "shift", "to_minute", "working_minutes", "working_start",
]  # fmt: skip

SAME_DAY_CUT_OFF = time(15, 0)  # received later than this: the next working day
_LONGEST_DAYS = 3650
_HALF_WEEK_DAYS = Decimal(5) / Decimal(7)


def limit_minutes(amount: Decimal | float, unit: LimitUnit, cal: Calendar) -> int:
    """Return the length of a limit in working minutes, half a minute rounded up.

    Exact for working days (fractions allowed: 12.5) and hours; *same-day* is one day. Calendar days are only a
    proportion (5 of 7): for a given dossier use ``working_minutes(cal, received_at, due_at)``.
    Raises BadInput: limit-not-valid (negative, not a number, over ten years).
    """
    value = _checked(amount)
    per_unit = {
        LimitUnit.WORKING_DAY: Decimal(cal.day_minutes),
        LimitUnit.HOUR: Decimal(60),
        LimitUnit.CALENDAR_DAY: cal.day_minutes * _HALF_WEEK_DAYS,
    }
    if unit is LimitUnit.SAME_DAY:
        return cal.day_minutes
    return int((value * per_unit[unit]).quantize(Decimal(1), ROUND_HALF_UP))


def due(cal: Calendar, received_at: datetime, amount: Decimal | float, unit: LimitUnit) -> datetime:
    """Return when the result of a dossier received at ``received_at`` is due, without pauses.

    working-day: whole working days with the time of day kept, then the fraction in working minutes.
    hour: working minutes laid out from the working start; a count that fills a session ends at its end.
    calendar-day: that many days on, same time of day, pushed off weekends and holidays; a fraction counts as a day.
    same-day: the close of the day, or of the next working day when received after 15:00; ``amount`` is not looked at.
    Raises BadInput: limit-not-valid.
    """
    if unit is LimitUnit.SAME_DAY:
        return _close(cal, same_day_start(cal, received_at))
    if unit is LimitUnit.CALENDAR_DAY:
        moment = _calendar_end(cal, received_at, amount)
        while not cal.is_working(moment.date()):
            moment += timedelta(days=1)
        return moment
    if unit is LimitUnit.WORKING_DAY:
        return _whole_days_then_minutes(cal, working_start(cal, received_at), _checked(amount))
    return add_minutes(cal, received_at, limit_minutes(amount, unit, cal))


def _whole_days_then_minutes(cal: Calendar, start: datetime, days: Decimal) -> datetime:
    """Keep the time of day over whole working days: 07:00 plus one day is 07:00 of the next, not 17:00 of the same."""
    moment, whole = start, int(days)
    while whole:
        moment += timedelta(days=1)
        whole -= cal.is_working(moment.date())
    rest = limit_minutes(days % 1, LimitUnit.WORKING_DAY, cal)
    return add_minutes(cal, moment, rest) if rest else moment


def same_day_start(cal: Calendar, received_at: datetime) -> datetime:
    """Return the working start that a same-day limit counts from: the next day's when received after 15:00."""
    start = working_start(cal, received_at)
    if start.time() <= SAME_DAY_CUT_OFF:
        return start
    return working_start(cal, _close(cal, start))


def shift(cal: Calendar, resume_at: datetime, remaining_minutes: int) -> datetime:
    """Return the due date of a dossier that resumes with ``remaining_minutes`` (``working_minutes(paused_at, due)``).

    Outside hours counts from the next working start. Negative: it was late already and stays late by as much.
    """
    return add_minutes(cal, working_start(cal, resume_at), remaining_minutes)


def due_after(
    cal: Calendar,
    received_at: datetime,
    amount: Decimal | float,
    unit: LimitUnit,
    pauses: Iterable[Pause] = (),
    *,
    supplement_restarts: bool = True,
) -> datetime:
    """Return the due date of a dossier with its pauses; time in two pauses at once counts as paused once.

    ``supplement_restarts`` is the office's setting: after a supplement the full time again, else the remaining.
    Raises BadInput: limit-not-valid.
    """
    due_at = due(cal, received_at, amount, unit)
    for pause in in_order(pauses, received_at):
        if restarts(pause, supplement_restarts=supplement_restarts):
            due_at = due(cal, pause.to, amount, unit)
        else:
            due_at = shift(cal, pause.to, working_minutes(cal, pause.from_, due_at))
    return due_at


def explain_due(
    cal: Calendar,
    received_at: datetime,
    amount: Decimal | float,
    unit: LimitUnit,
    pauses: Iterable[Pause] = (),
    *,
    supplement_restarts: bool = True,
) -> tuple[Segment, ...]:
    """Return the ledger of ``due_after``: every stretch counted or skipped, with its rule. Made on demand.

    The last segment ends at the due date, unless no time was left when a pause began: such a pause is not listed, for
    it came after the appointment that the ledger explains.
    """
    start = received_at
    before: list[Segment] = []
    rest: list[Pause] = []
    for pause in in_order(pauses, received_at):
        if restarts(pause, supplement_restarts=supplement_restarts):
            before = [Segment(to_minute(received_at), to_minute(pause.to), 0, False, "restart", pause.kind.value)]
            start, rest = pause.to, []
        else:
            rest.append(pause)
    return (*before, *_explained(cal, start, amount, unit, rest))


def _explained(
    cal: Calendar, start: datetime, amount: Decimal | float, unit: LimitUnit, pauses: list[Pause]
) -> tuple[Segment, ...]:
    due_at = due(cal, start, amount, unit)
    if unit is LimitUnit.CALENDAR_DAY:
        return calendar_ledger(cal, start, _calendar_end(cal, start, amount), due_at, pauses)
    if unit is LimitUnit.SAME_DAY:
        counted_from = same_day_start(cal, start)
        paused_before = any(pause.from_ < counted_from for pause in pauses)
        if counted_from > working_start(cal, start) and not paused_before:
            missed = Segment(to_minute(start), counted_from, 0, False, "after-cut-off")
            return (missed, *ledger(cal, counted_from, working_minutes(cal, counted_from, due_at), pauses))
        return ledger(cal, start, working_minutes(cal, start, due_at), pauses)
    segments = ledger(cal, start, limit_minutes(amount, unit, cal), pauses)
    if pauses or not segments or segments[-1].to >= due_at:
        return segments
    return (*segments, Segment(segments[-1].to, due_at, 0, False, "outside-hours"))


def _calendar_end(cal: Calendar, received_at: datetime, amount: Decimal | float) -> datetime:
    return working_start(cal, received_at) + timedelta(days=math.ceil(_checked(amount)))


def _close(cal: Calendar, moment: datetime) -> datetime:
    return moment.replace(hour=cal.afternoon[1] // 60, minute=cal.afternoon[1] % 60)


def _checked(amount: Decimal | float) -> Decimal:
    try:
        value = Decimal(str(amount))
    except InvalidOperation:
        raise BadInput("limit-not-valid", given=str(amount)) from None
    if not value.is_finite() or not 0 <= value <= _LONGEST_DAYS:
        raise BadInput("limit-not-valid", given=str(amount))
    return value
