"""The working clock written a second time: slow, minute by minute, and importing nothing of the program.

Stands apart so that a mistake in the fast engine cannot be copied into what it is compared with. Days off and hours
are typed in here by hand from the same decrees; another office is another ``Office``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

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


@dataclass(frozen=True)
class Office:
    """When people work: two sessions as (hour, minute) pairs, days off, weekend days worked in exchange."""

    morning: tuple[tuple[int, int], tuple[int, int]] = ((7, 0), (11, 30))
    afternoon: tuple[tuple[int, int], tuple[int, int]] = ((13, 30), (17, 0))
    holidays: frozenset[date] = frozenset(HOLIDAYS)
    weekends_worked: frozenset[date] = frozenset(SATURDAYS_WORKED)
    supplement_restarts: bool = True

    def works_on(self, day: date) -> bool:
        if day in self.weekends_worked:
            return True
        return day.isoweekday() <= 5 and day not in self.holidays

    def works_at(self, moment: datetime) -> bool:
        """Tell whether the minute that begins at ``moment`` is working time."""
        clock = (moment.hour, moment.minute)
        in_hours = self.morning[0] <= clock < self.morning[1] or self.afternoon[0] <= clock < self.afternoon[1]
        return in_hours and self.works_on(moment.date())

    def minutes_a_day(self) -> int:
        return sum((h2 * 60 + m2) - (h1 * 60 + m1) for (h1, m1), (h2, m2) in (self.morning, self.afternoon))


VIETNAM = Office()


def day_is_worked(day: date) -> bool:
    return VIETNAM.works_on(day)


def next_worked(moment: datetime, office: Office = VIETNAM) -> datetime:
    while not office.works_at(moment):
        moment += MINUTE
    return moment


def after(moment: datetime, minutes: int, office: Office = VIETNAM) -> datetime:
    """Return the end of the last of ``minutes`` worked minutes from ``moment``."""
    if minutes == 0:
        return next_worked(moment, office)
    while minutes:
        if office.works_at(moment):
            minutes -= 1
        moment += MINUTE
    return moment


def before(moment: datetime, minutes: int, office: Office = VIETNAM) -> datetime:
    """Return the start of the first of ``minutes`` worked minutes that end at ``moment``."""
    while minutes:
        moment -= MINUTE
        if office.works_at(moment):
            minutes -= 1
    return moment


def between(start: datetime, end: datetime, office: Office = VIETNAM) -> int:
    """Return the worked minutes from ``start`` to ``end``, not before it."""
    count = 0
    while start < end:
        count += office.works_at(start)
        start += MINUTE
    return count


def counted_from(received: datetime, cutoff: tuple[int, int] | None, office: Office) -> datetime:
    """Return the first minute that counts: the next working day's when received after the cut-off."""
    start = next_worked(received, office)
    if cutoff is None or (start.hour, start.minute) <= cutoff:
        return start
    today = start.date()
    while start.date() == today or not office.works_at(start):
        start += MINUTE
    return start


def due(
    received: datetime, amount: Fraction, unit: str, cutoff: tuple[int, int] | None, office: Office = VIETNAM
) -> datetime:
    """Return the due date without pauses; ``unit`` and its rules as people say them (domain facts, clock)."""
    start = counted_from(received, (15, 0) if unit == "same-day" and cutoff is None else cutoff, office)
    if unit == "same-day":
        moment = start
        while (moment.hour, moment.minute) != office.afternoon[1]:
            moment += MINUTE
        return moment
    if unit == "calendar-day":
        moment = start + timedelta(days=-(-amount.numerator // amount.denominator))
        while not office.works_on(moment.date()):
            moment += timedelta(days=1)
        return moment
    if unit == "hour":
        return after(start, rounded(amount * 60), office)
    whole, rest = amount.numerator // amount.denominator, amount % 1
    moment = next_worked(after(start, whole * office.minutes_a_day(), office), office) if whole else start
    minutes = rounded(rest * office.minutes_a_day())
    return after(moment, minutes, office) if minutes else moment


def rounded(minutes: Fraction) -> int:
    """Return whole minutes, half a minute up."""
    return int(minutes + Fraction(1, 2))


def due_with_pauses(
    received: datetime, amount: Fraction, unit: str, cutoff: tuple[int, int] | None,
    pauses: list[tuple[datetime, datetime, str]], office: Office = VIETNAM,
) -> datetime:  # fmt: skip
    """Return the due date after every pause, told one after the other; a minute in two pauses is paused once."""
    promised = due(received, amount, unit, cutoff, office)
    told = received
    for begins, ends, kind in sorted(pauses):
        begins = max(begins, told)
        if ends <= begins:
            continue
        told = ends
        if kind == "supplement" and office.supplement_restarts:
            promised = due(ends, amount, unit, cutoff, office)
        elif begins <= promised:
            promised = after(ends, between(begins, promised, office), office)
        else:
            late = between(promised, begins, office)
            promised = before(ends, late, office) if late else next_worked(ends, office)
    return promised
