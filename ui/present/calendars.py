"""The working calendar in words: days off, days worked in exchange, and who replaced which year.

Stands apart so that the page, its dialogs and the unsaved changes name a day the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.domain.calendar_changes import CalendarVersion, MovedDate
from app.domain.calendar_edit import CalendarDraft, DayOff, Swap
from app.domain.time_words import due_moment, long_moment, weekday_day
from ui.widgets.line_list import Cell, Column, Line

COLUMNS = (Column("Ngày", 18), Column("Nội dung", 54), Column("Loại", 26))
NOTHING = ("calendar-dots", "Năm này chưa ghi ngày nghỉ nào ngoài cuối tuần.")
_UNSAVED = ("Chưa áp dụng", "queued")


def year_words(draft: CalendarDraft) -> str:
    """Return what the tab of a year says."""
    return f"{draft.year} (tạm tính)" if draft.provisional else str(draft.year)


def day_lines(base: CalendarDraft, draft: CalendarDraft, now: datetime) -> tuple[Line, ...]:
    """Return the days off, the first first; those not in force yet say so."""
    known = {one.day for one in base.off if one in draft.off}
    return tuple(_day_off(one, now, saved=one.day in known) for one in draft.off)


def swap_lines(base: CalendarDraft, draft: CalendarDraft, now: datetime) -> tuple[Line, ...]:
    """Return the weekend days that are worked."""
    return tuple(_swap(one, now, saved=one in base.worked) for one in draft.worked)


def _day_off(one: DayOff, now: datetime, *, saved: bool) -> Line:
    words, chip = ("Nghỉ", "neutral") if saved else _UNSAVED
    cells = (Cell(weekday_day(one.day, now), strong=True), Cell(one.name), Cell(words, chip=chip))
    return Line(f"day {one.day.isoformat()}", "calendar-dots", cells)


def _swap(one: Swap, now: datetime, *, saved: bool) -> Line:
    words, chip = ("Làm việc", "info") if saved else _UNSAVED
    content = f"Làm bù cho {weekday_day(one.given, now)}" if one.given else "Làm việc"
    cells = (Cell(weekday_day(one.day, now), strong=True), Cell(content), Cell(words, chip=chip))
    return Line(f"day {one.day.isoformat()}", "swap", cells)


def day_of(line: Line | None) -> date | None:
    """Return the day a line is about, None for none and for a line of what was changed."""
    kind, _, text = (line.key if line is not None else "").partition(" ")
    return date.fromisoformat(text) if kind == "day" else None


def version_lines(versions: Sequence[CalendarVersion], year: int, now: datetime) -> tuple[Line, ...]:
    """Return who replaced the year, the newest first."""
    return tuple(_version(one, now) for one in versions if one.year == year)


def _version(one: CalendarVersion, now: datetime) -> Line:
    moved = f"{one.recounted} hồ sơ đổi ngày hẹn" if one.recounted else "không hồ sơ nào đổi hẹn"
    said = f"{one.said[:1].upper()}{one.said[1:]}"
    cells = (Cell(due_moment(one.at, now)), Cell(said, f"Bản {one.version} · {one.by}"), Cell(moved))
    return Line(f"version {one.version}", "clock", cells)


def moved_words(moved: MovedDate, now: datetime) -> str:
    """Return one dossier's old and new appointment."""
    return f"{moved.code}: {long_moment(moved.was, now)} → {long_moment(moved.will, now)}"
