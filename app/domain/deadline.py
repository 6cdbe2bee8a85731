"""When an answer is due: the legal time limits laid out over a calendar.

Stands apart from ``working_time`` (counting) and ``ledger`` (explaining): here are the rules. Receipt: outside hours
counts from the next working start; the day after receipt is the first whole day, so the time of day is kept (NĐ
118/2025/NĐ-CP; BLDS 2015 Điều 147, 148). After a financial obligation or a stop the remaining minutes are laid out
again from the resume; after a supplement the full time, if the office's calendar says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from app.domain.calendar import Calendar
from app.domain.ledger import Pause, Segment, after_cut_off, calendar_ledger, in_order, ledger, restarts, until_opening
from app.domain.words import LimitUnit
from app.domain.working_time import add_minutes, to_minute, whole_days_on, working_minutes, working_start
from app.errors import BadInput

__all__ = [
    "SAME_DAY_CUT_OFF", "Pause", "Segment", "add_minutes", "check_limit", "counted_from", "due", "due_after",
    "explain_due", "ledger", "limit_minutes", "shift", "to_minute", "working_minutes", "working_start",
]  # fmt: skip

SAME_DAY_CUT_OFF = "15:00"  # received later than this: the next working day
_LONGEST_DAYS = 3650
_HALF_WEEK_DAYS = Decimal(5) / Decimal(7)


def check_limit(amount: Decimal | float, unit: LimitUnit, cutoff: str = "") -> None:
    """Raise BadInput for a limit that gives no due date: limit-zero, limit-not-valid, cutoff-not-valid.

    Zero stands only for *same-day*, as the national catalogue writes it (``qty: 0``).
    """
    if _checked(amount) == 0 and unit is not LimitUnit.SAME_DAY:
        raise BadInput("limit-zero")
    _minute_of(cutoff)


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


def due(
    cal: Calendar, received_at: datetime, amount: Decimal | float, unit: LimitUnit, *, cutoff: str = ""
) -> datetime:
    """Return when the result of a dossier received at ``received_at`` is due, without pauses.

    working-day: whole working days with the time of day kept, then the fraction in working minutes.
    hour: working minutes laid out from the working start; a count that fills a session ends at its end.
    calendar-day: that many days on, same time of day, pushed off weekends and holidays; a fraction counts as a day.
    same-day: the close of the day, or of the next working day when received after 15:00; ``amount`` is not looked at.
    ``cutoff`` (``HH:MM``): received later than this counts from the next working day, whatever the unit.
    Raises what ``check_limit`` raises.
    """
    check_limit(amount, unit, cutoff)
    start = counted_from(cal, received_at, unit, cutoff)
    if unit is LimitUnit.SAME_DAY:
        return _close(cal, start)
    if unit is LimitUnit.CALENDAR_DAY:
        moment = _calendar_end(start, amount)
        while not cal.is_working(moment.date()):
            moment += timedelta(days=1)
        return moment
    if unit is LimitUnit.WORKING_DAY:
        # The time of day is kept over whole days: 07:00 plus one day is 07:00 of the next, not 17:00 of the same.
        days = _checked(amount)
        moment = whole_days_on(cal, start, int(days))
        rest = limit_minutes(days % 1, unit, cal)
        return add_minutes(cal, moment, rest) if rest else moment
    return add_minutes(cal, start, limit_minutes(amount, unit, cal))


def counted_from(cal: Calendar, received_at: datetime, unit: LimitUnit, cutoff: str = "") -> datetime:
    """Return the working start that a limit counts from: the next day's when received after the cut-off."""
    start = working_start(cal, received_at)
    cutoff = cutoff or (SAME_DAY_CUT_OFF if unit is LimitUnit.SAME_DAY else "")
    if not cutoff or start.hour * 60 + start.minute <= _minute_of(cutoff):
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
    cutoff: str = "",
) -> datetime:
    """Return the due date of a dossier with its pauses; time in two pauses at once counts as paused once.

    After a supplement the full time again, or what remained: the calendar says which. Raises like ``due``.
    """
    due_at = due(cal, received_at, amount, unit, cutoff=cutoff)
    for pause in in_order(pauses, received_at):
        if restarts(cal, pause.kind):
            due_at = due(cal, pause.to, amount, unit, cutoff=cutoff)
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
    cutoff: str = "",
) -> tuple[Segment, ...]:
    """Return the ledger of ``due_after``: every stretch counted or skipped, with its rule. Made on demand.

    The last segment ends at the due date, unless no time was left when a pause began: such a pause is not listed, for
    it came after the appointment that the ledger explains.
    """
    start = received_at
    before: list[Segment] = []
    rest: list[Pause] = []
    for pause in in_order(pauses, received_at):
        if restarts(cal, pause.kind):
            before = [Segment(to_minute(received_at), to_minute(pause.to), 0, False, "restart", pause.kind.value)]
            start, rest = pause.to, []
        else:
            rest.append(pause)
    return (*before, *_explained(cal, start, amount, unit, rest, cutoff))


def _explained(
    cal: Calendar, start: datetime, amount: Decimal | float, unit: LimitUnit, pauses: list[Pause], cutoff: str
) -> tuple[Segment, ...]:
    due_at = due(cal, start, amount, unit, cutoff=cutoff)
    counted = counted_from(cal, start, unit, cutoff)
    if counted == working_start(cal, start):
        return _counted(cal, start, amount, unit, pauses, due_at)
    if any(pause.from_ < counted for pause in pauses):
        return ledger(cal, start, working_minutes(cal, start, due_at), pauses)
    missed = after_cut_off(cal, start, counted, cutoff or SAME_DAY_CUT_OFF)
    return (*missed, *_counted(cal, counted, amount, unit, pauses, due_at))


def _counted(
    cal: Calendar, start: datetime, amount: Decimal | float, unit: LimitUnit, pauses: list[Pause], due_at: datetime
) -> tuple[Segment, ...]:
    if unit is LimitUnit.CALENDAR_DAY:
        return calendar_ledger(cal, start, _calendar_end(working_start(cal, start), amount), due_at, pauses)
    if unit is LimitUnit.SAME_DAY:
        return ledger(cal, start, working_minutes(cal, start, due_at), pauses)
    segments = ledger(cal, start, limit_minutes(amount, unit, cal), pauses)
    if pauses or not segments or segments[-1].to >= due_at:
        return segments
    return (*segments, *until_opening(cal, segments[-1].to, due_at))


def _calendar_end(start: datetime, amount: Decimal | float) -> datetime:
    return start + timedelta(days=math.ceil(_checked(amount)))


def _close(cal: Calendar, moment: datetime) -> datetime:
    return moment.replace(hour=cal.afternoon[1] // 60, minute=cal.afternoon[1] % 60)


@lru_cache(maxsize=64)
def _minute_of(cutoff: str) -> int:
    """Minute of the day of ``HH:MM``; the end of the day for none."""
    if not cutoff:
        return 24 * 60
    hour, _, minute = cutoff.partition(":")
    if not (hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60):
        raise BadInput("cutoff-not-valid", text=cutoff)
    return int(hour) * 60 + int(minute)


@lru_cache(maxsize=256)  # limits come from a small catalogue, and reading a float exactly is slow
def _checked(amount: Decimal | float) -> Decimal:
    try:
        value = amount if isinstance(amount, Decimal) else Decimal(str(amount))
    except InvalidOperation:
        raise BadInput("limit-not-valid", given=str(amount)) from None
    if not value.is_finite() or not 0 <= value <= _LONGEST_DAYS:
        raise BadInput("limit-not-valid", given=str(amount))
    return value
