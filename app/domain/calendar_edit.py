"""One year of the working calendar while it is being changed: days off, days worked in exchange, hours.

Stands apart from ``calendar_files``, which reads and judges what is written down: this is the same year as a value that
a form can change, and the words for what was changed. Nothing here is in force.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date

from app.domain.calendar_files import USUAL_HOURS, read_calendar, year_of

Hours = tuple[str, str]  # HH:MM, the end excluded


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day off and why."""

    day: date
    name: str


@dataclass(frozen=True, slots=True)
class Swap:
    """A weekend day that is worked, for a day off of some year (None: for none)."""

    day: date
    given: date | None


@dataclass(frozen=True, slots=True)
class CalendarDraft:
    """A year as a form shows it; ``version`` is the one it was made from, ``rules`` travel along unchanged."""

    year: int
    version: str
    provisional: bool
    morning: Hours
    afternoon: Hours
    off: tuple[DayOff, ...]
    worked: tuple[Swap, ...]
    rules: tuple[tuple[str, bool], ...] = ()


def draft_of(text: str) -> CalendarDraft:
    """Return a year from its JSON; raises BadInput as ``read_calendar`` does."""
    file = json.loads(text)
    read_calendar(file)
    hours = file.get("hours") or USUAL_HOURS
    days = (DayOff(date.fromisoformat(row["day"]), row["name"]) for row in file.get("off", ()))
    swaps = (Swap(date.fromisoformat(row["day"]), _given(row.get("for"))) for row in file.get("worked", ()))
    return CalendarDraft(
        year=year_of(file),
        version=str(file["version"]),
        provisional=bool(file.get("provisional")),
        morning=tuple(hours["morning"]),
        afternoon=tuple(hours["afternoon"]),
        off=tuple(sorted(days, key=lambda one: one.day)),
        worked=tuple(sorted(swaps, key=lambda one: one.day)),
        rules=tuple(sorted(file.get("rules", {}).items())),
    )


def _given(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def text_of(draft: CalendarDraft) -> str:
    """Return the year as JSON, checked; raises BadInput as ``read_calendar`` does."""
    file = {
        "version": draft.version,
        "years": [draft.year],
        "provisional": draft.provisional,
        "hours": {"morning": list(draft.morning), "afternoon": list(draft.afternoon)},
        "off": [{"day": one.day.isoformat(), "name": one.name} for one in draft.off],
        "worked": [
            {"day": one.day.isoformat()} | ({"for": one.given.isoformat()} if one.given else {}) for one in draft.worked
        ],
    } | ({"rules": dict(draft.rules)} if draft.rules else {})
    read_calendar(file)
    return json.dumps(file, ensure_ascii=False)


def with_day_off(draft: CalendarDraft, day: date, name: str) -> CalendarDraft:
    """Return the year with one more day off; raises BadInput when it contradicts the others."""
    return _sound(replace(draft, off=tuple(sorted((*draft.off, DayOff(day, name)), key=lambda one: one.day))))


def with_swap(draft: CalendarDraft, worked: date, given: date) -> CalendarDraft:
    """Return the year with ``worked`` exchanged for ``given``, which becomes a day off unless it is one already."""
    named = DayOff(given, f"Nghỉ hoán đổi (làm bù {worked:%d/%m})")
    known = given.year != draft.year or any(one.day == given for one in draft.off)
    off = draft.off if known else tuple(sorted((*draft.off, named), key=lambda one: one.day))
    return _sound(
        replace(draft, off=off, worked=tuple(sorted((*draft.worked, Swap(worked, given)), key=lambda one: one.day)))
    )


def with_hours(draft: CalendarDraft, morning: Hours, afternoon: Hours) -> CalendarDraft:
    """Return the year with other hours, which hold in every year once they are in force."""
    return _sound(replace(draft, morning=morning, afternoon=afternoon))


def without(draft: CalendarDraft, day: date) -> CalendarDraft:
    """Return the year without a day; both days of an exchange leave together."""
    gone = {day} | {one.day for one in draft.worked if one.given == day}
    gone |= {one.given for one in draft.worked if one.day == day and one.given is not None}
    return replace(
        draft,
        off=tuple(one for one in draft.off if one.day not in gone),
        worked=tuple(one for one in draft.worked if one.day not in gone),
    )


def _sound(draft: CalendarDraft) -> CalendarDraft:
    text_of(draft)
    return draft


def changes(before: CalendarDraft, after: CalendarDraft) -> tuple[str, ...]:
    """Return what differs, one short sentence part each: added, taken out, renamed, exchanged, hours, certain now."""
    was, now = {one.day: one.name for one in before.off}, {one.day: one.name for one in after.off}
    swapped, swaps = {one.day: one for one in before.worked}, {one.day: one for one in after.worked}
    told = [f"thêm ngày nghỉ {day:%d/%m/%Y} ({now[day]})" for day in now if day not in was]
    told += [f"bỏ ngày nghỉ {day:%d/%m/%Y} ({was[day]})" for day in was if day not in now]
    told += [f"đổi tên ngày nghỉ {day:%d/%m/%Y} ({now[day]})" for day in now if was.get(day, now[day]) != now[day]]
    told += [f"thêm ngày làm bù {day:%d/%m/%Y}" for day in swaps if day not in swapped]
    told += [f"bỏ ngày làm bù {day:%d/%m/%Y}" for day in swapped if day not in swaps]
    if (before.morning, before.afternoon) != (after.morning, after.afternoon):
        told.append(f"giờ làm việc {hours_words(after)}")
    if before.provisional != after.provisional:
        told.append("ghi là tạm tính" if after.provisional else "không còn tạm tính")
    return tuple(told)


def hours_words(draft: CalendarDraft) -> str:
    """Return ``07:00–11:30, 13:30–17:00``."""
    return f"{'–'.join(draft.morning)}, {'–'.join(draft.afternoon)}"
