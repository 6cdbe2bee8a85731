"""Counting in working minutes: forward, backward, and between two instants.

Stands apart from ``deadline`` because limits, pauses, ledgers and "còn 2 ngày 7h" all count with the same three
functions. Instants are taken to the whole minute (the minute on the slip is the minute that counts) and come back in
``clock.VN``. A day's sessions are half-open: 17:00 is no longer working time, but a count may end there.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.clock import VN
from app.domain.calendar import Calendar
from app.errors import BugError

_DAY = timedelta(days=1)


def to_minute(moment: datetime) -> datetime:
    """Return ``moment`` in ``clock.VN`` without seconds. Raises BugError for a naive instant."""
    if moment.tzinfo is None:
        raise BugError("an instant without time zone")
    return moment.astimezone(VN).replace(second=0, microsecond=0)


def working_start(cal: Calendar, moment: datetime) -> datetime:
    """Return the first working minute at or after ``moment``."""
    return add_minutes(cal, moment, 0)


def add_minutes(cal: Calendar, start: datetime, minutes: int) -> datetime:
    """Return the instant that is ``minutes`` working minutes after ``start``, or before it if negative.

    Forward, a count that fills a session ends at its end (11:30, 17:00), not at the next start; backward, at its start.
    Zero gives the next working minute. ``working_minutes(cal, start, result) == minutes`` always holds.
    """
    day, minute = _split(start)
    done = _elapsed(cal, minute) if cal.is_working(day) else 0
    if minutes < 0:
        return _back(cal, day, done, -minutes)
    day_minutes, off, worked = cal.day_minutes, cal.off, cal.worked
    left = done + (minutes or 1)  # zero asks for the minute that would be counted first
    if not cal.is_working(day):
        day = _next_working(cal, day)
    while left > day_minutes:
        left -= day_minutes
        day += _DAY
        while (day.weekday() > 4 or day in off) and day not in worked:
            day += _DAY
    return _instant(day, _end_of(cal, left) if minutes else _start_of(cal, left - 1))


def whole_days_on(cal: Calendar, moment: datetime, days: int) -> datetime:
    """Return the same time of day, ``days`` working days after the day of ``moment``."""
    day, off, worked = moment.date(), cal.off, cal.worked
    while days:
        day += _DAY
        if (day.weekday() < 5 and day not in off) or day in worked:
            days -= 1
    return _instant(day, moment.hour * 60 + moment.minute)


def working_minutes(cal: Calendar, start: datetime, end: datetime) -> int:
    """Return the working minutes from ``start`` to ``end``; negative when ``end`` is earlier."""
    (first, first_minute), (last, last_minute) = _split(start), _split(end)
    if (first, first_minute) > (last, last_minute):
        return -working_minutes(cal, end, start)
    off, worked = cal.off, cal.worked
    days, day = 0, first
    while day < last:
        if (day.weekday() < 5 and day not in off) or day in worked:
            days += 1
        day += _DAY
    total = days * cal.day_minutes
    if cal.is_working(first):
        total -= _elapsed(cal, first_minute)
    if cal.is_working(last):
        total += _elapsed(cal, last_minute)
    return total


def _back(cal: Calendar, day: date, done: int, minutes: int) -> datetime:
    left, available = minutes, done
    while left > available:
        left -= available
        day -= _DAY
        while not cal.is_working(day):
            day -= _DAY
        available = cal.day_minutes
    return _instant(day, _start_of(cal, available - left))


def _split(moment: datetime) -> tuple[date, int]:
    if moment.tzinfo is not VN:
        moment = to_minute(moment)
    return moment.date(), moment.hour * 60 + moment.minute


def _instant(day: date, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=VN)


def _next_working(cal: Calendar, day: date) -> date:
    while not cal.is_working(day):
        day += _DAY
    return day


def _elapsed(cal: Calendar, minute: int) -> int:
    """Working minutes of a working day before ``minute`` of the day."""
    (opens, lunch), (returns, closes) = cal.morning, cal.afternoon
    return max(0, min(minute, lunch) - opens) + max(0, min(minute, closes) - returns)


def _end_of(cal: Calendar, done: int) -> int:
    """Minute of the day at which ``done`` (1 … a full day) working minutes are over."""
    opens, lunch = cal.morning
    return opens + done if done <= lunch - opens else cal.afternoon[0] + done - (lunch - opens)


def _start_of(cal: Calendar, done: int) -> int:
    """Minute of the day at which the working minute after ``done`` (0 … a full day less one) starts."""
    opens, lunch = cal.morning
    return opens + done if done < lunch - opens else cal.afternoon[0] + done - (lunch - opens)
