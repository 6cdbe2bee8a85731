"""The working clock written a second time: slow, minute by minute, and importing nothing of the program.

Stands apart so that a mistake in the fast engine cannot be copied into what it is compared with. Days off and hours
are typed in here by hand from the same decrees.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

ZONE = timezone(timedelta(hours=7))
MINUTE = timedelta(minutes=1)

HOLIDAYS = {
    *(date(2024, month, day) for month, day in (
        (1, 1), (2, 8), (2, 9), (2, 10), (2, 11), (2, 12), (2, 13), (2, 14), (4, 18), (4, 29), (4, 30), (5, 1),
        (9, 2), (9, 3),
    )),
    *(date(2025, month, day) for month, day in (
        (1, 1), (1, 27), (1, 28), (1, 29), (1, 30), (1, 31), (4, 7), (4, 30), (5, 1), (5, 2), (9, 1), (9, 2),
    )),
    *(date(2026, month, day) for month, day in (
        (1, 1), (1, 2), (2, 16), (2, 17), (2, 18), (2, 19), (2, 20), (4, 27), (4, 30), (5, 1), (8, 31), (9, 1),
        (9, 2), (11, 24),
    )),
}  # fmt: skip
SATURDAYS_WORKED = {date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)}


def day_is_worked(day: date) -> bool:
    if day in SATURDAYS_WORKED:
        return True
    return day.isoweekday() <= 5 and day not in HOLIDAYS


def minute_is_worked(moment: datetime) -> bool:
    """Tell whether the minute that begins at ``moment`` is working time."""
    clock = (moment.hour, moment.minute)
    in_hours = (7, 0) <= clock < (11, 30) or (13, 30) <= clock < (17, 0)
    return in_hours and day_is_worked(moment.date())


def next_worked(moment: datetime) -> datetime:
    while not minute_is_worked(moment):
        moment += MINUTE
    return moment


def after(moment: datetime, minutes: int) -> datetime:
    """Return the end of the last of ``minutes`` worked minutes from ``moment``."""
    if minutes == 0:
        return next_worked(moment)
    while minutes:
        if minute_is_worked(moment):
            minutes -= 1
        moment += MINUTE
    return moment


def before(moment: datetime, minutes: int) -> datetime:
    """Return the start of the first of ``minutes`` worked minutes that end at ``moment``."""
    while minutes:
        moment -= MINUTE
        if minute_is_worked(moment):
            minutes -= 1
    return moment


def between(start: datetime, end: datetime) -> int:
    """Return the worked minutes from ``start`` to ``end``, not before it."""
    count = 0
    while start < end:
        count += minute_is_worked(start)
        start += MINUTE
    return count
