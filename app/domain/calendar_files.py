"""A year of the working calendar as it is written down: read, checked, and put together with the other years.

Stands apart from ``Calendar`` because files are typed by people. Whatever contradicts itself is refused with the day
that is wrong, never guessed: every due date of the office hangs on it. One year (a file of ``resources/calendars``, an
item of ``GET /v1/calendars``, or what an administrator hands in) has this shape::

    version = "2026.4"
    years = [2026]              # the year whose days off are listed here
    provisional = false         # true until the yearly notice is out: dates are shown as *dự kiến*
    [hours]                     # HH:MM, ends excluded; the office has the same hours in every year
    morning = ["07:00", "11:30"]
    afternoon = ["13:30", "17:00"]
    [rules]                     # optional, the same in every year; both true when left out
    supplement_restarts = true
    late_by_first_date = true
    [[off]]
    day = 2026-11-24            # a date, or its ISO text
    name = "Ngày Văn hóa Việt Nam"
    [[worked]]                  # a weekend day worked in exchange
    day = 2026-08-22
    for = 2026-08-31
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from app.domain.calendar import Calendar, Session
from app.errors import BadInput

USUAL_HOURS = {"morning": ["07:00", "11:30"], "afternoon": ["13:30", "17:00"]}
_RULES = ("supplement_restarts", "late_by_first_date")


def read_calendar(*files: Mapping[str, Any]) -> Calendar:
    """Return one calendar of one or more years.

    Raises BadInput: calendar-malformed, calendar-hours, calendar-hours-differ, calendar-day-twice,
    calendar-day-elsewhere, calendar-year-twice, calendar-worked-weekday, calendar-swap.
    """
    try:
        return _put_together(files)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput("calendar-malformed", why=str(error)) from error


def read_kept(text: str | None) -> Calendar | None:
    """Return the calendar of a JSON list of years that was kept; None for none, or for one not understood here."""
    try:
        return read_calendar(*json.loads(text)) if text else None
    except (BadInput, ValueError):
        return None


def year_of(file: Mapping[str, Any]) -> int:
    """Return the one year of a file; raises BadInput ``calendar-malformed``."""
    years = file.get("years")
    if not isinstance(years, list) or len(years) != 1 or not isinstance(years[0], int):
        raise BadInput("calendar-malformed", why="years")
    return years[0]


def _put_together(files: tuple[Mapping[str, Any], ...]) -> Calendar:
    if not files:
        raise ValueError("no year")
    years = [year for file in files for year in _years(file)]
    if repeated := _twice(years):
        raise BadInput("calendar-year-twice", year=repeated)
    off: dict[date, str] = {}
    worked: dict[date, date | None] = {}
    for file in files:
        off |= _days_off(file)
        worked |= _days_worked(file)
    _check_swaps(off, worked, frozenset(years))
    morning, afternoon = _hours(files)
    rules = _rules(files)
    return Calendar(
        version="+".join(str(file["version"]) for file in files),
        morning=morning,
        afternoon=afternoon,
        off=off,
        worked=frozenset(worked),
        years=frozenset(years),
        provisional_years=frozenset(year for file in files if file.get("provisional") for year in _years(file)),
        supplement_restarts=rules.get("supplement_restarts", True),
        late_by_first_date=rules.get("late_by_first_date", True),
    )


def _years(file: Mapping[str, Any]) -> list[int]:
    years = file["years"]
    if not isinstance(years, list):
        raise ValueError("years")
    return [int(year) for year in years]


def _days_off(file: Mapping[str, Any]) -> dict[date, str]:
    rows = [(_day(row["day"]), str(row["name"])) for row in file.get("off", ())]
    _check_days(file, [day for day, _ in rows] + [_day(row["day"]) for row in file.get("worked", ())])
    if any(not name.strip() for _, name in rows):
        raise ValueError("a day off without a name")
    return dict(rows)


def _days_worked(file: Mapping[str, Any]) -> dict[date, date | None]:
    rows = {_day(row["day"]): _day(row["for"]) if "for" in row else None for row in file.get("worked", ())}
    if weekday := next((day for day in rows if day.weekday() < 5), None):
        raise BadInput("calendar-worked-weekday", day=weekday)
    return rows


def _check_days(file: Mapping[str, Any], days: list[date]) -> None:
    """No day stands twice, off or worked, and each belongs to the file's year."""
    if repeated := _twice(days):
        raise BadInput("calendar-day-twice", day=repeated)
    years = _years(file)
    if stranger := next((day for day in days if day.year not in years), None):
        raise BadInput("calendar-day-elsewhere", day=stranger, year=", ".join(map(str, years)))


def _check_swaps(off: Mapping[date, str], worked: Mapping[date, date | None], years: frozenset[int]) -> None:
    """A weekend day is worked for one day off that is listed, and for no other's."""
    given = [day for day in worked.values() if day is not None]
    if wrong := _twice(given) or next((day for day in given if day.year in years and day not in off), None):
        raise BadInput("calendar-swap", day=wrong)


def _hours(files: tuple[Mapping[str, Any], ...]) -> tuple[Session, Session]:
    said = [file["hours"] for file in files if "hours" in file] or [USUAL_HOURS]
    if any(hours != said[0] for hours in said):
        raise BadInput("calendar-hours-differ")
    morning, afternoon = _session(said[0]["morning"]), _session(said[0]["afternoon"])
    if morning[1] > afternoon[0]:
        raise BadInput("calendar-hours", text=f"{said[0]['morning'][1]} > {said[0]['afternoon'][0]}")
    return morning, afternoon


def _rules(files: tuple[Mapping[str, Any], ...]) -> dict[str, bool]:
    said = [file["rules"] for file in files if "rules" in file]
    if any(rules != said[0] for rules in said):
        raise BadInput("calendar-hours-differ")
    rules = said[0] if said else {}
    if any(name not in _RULES or not isinstance(value, bool) for name, value in rules.items()):
        raise ValueError(f"rules {sorted(rules)}")
    return dict(rules)


def _session(texts: Any) -> Session:
    shown = "–".join(map(str, texts))
    try:
        start, end = (_minute(text) for text in texts)
    except (ValueError, AttributeError):
        raise BadInput("calendar-hours", text=shown) from None
    if start >= end:
        raise BadInput("calendar-hours", text=shown)
    return start, end


def _minute(text: str) -> int:
    hour, minute = (int(part) for part in text.split(":"))
    if not (0 <= hour < 24 and 0 <= minute < 60):
        raise ValueError(text)
    return hour * 60 + minute


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _twice(values: list[Any]) -> Any:
    return next((value for value, count in Counter(values).items() if count > 1), None)
