"""Days off, swapped days, and the shape of the calendar files."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.calendar import Calendar
from app.errors import BadInput
from tests.unit import clock_reference
from tests.unit.moments import CALENDAR


def test_every_day_of_the_decided_years_is_worked_or_off_as_typed_by_hand() -> None:
    day = date(2024, 1, 1)
    while day < date(2027, 1, 1):
        assert CALENDAR.is_working(day) is clock_reference.day_is_worked(day), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 11, 24), "Ngày Văn hóa Việt Nam"),
        (date(2026, 11, 21), "weekend"),
        (date(2026, 4, 26), "Giỗ Tổ Hùng Vương"),
        (date(2026, 4, 27), "Nghỉ bù Giỗ Tổ Hùng Vương"),
        (date(2026, 2, 17), "Tết Nguyên đán"),
        (date(2026, 8, 22), None),
        (date(2026, 11, 23), None),
        (date(2030, 1, 5), "weekend"),
    ],
)
def test_a_day_off_has_its_name(day: date, why: str | None) -> None:
    assert CALENDAR.why_off(day) == why


def test_sessions_are_those_of_the_office_and_none_on_a_day_off() -> None:
    assert CALENDAR.sessions(date(2026, 11, 23)) == ((420, 690), (810, 1020))
    assert CALENDAR.sessions(date(2026, 11, 24)) == ()
    assert CALENDAR.day_minutes == 480


def test_only_decided_years_are_certain() -> None:
    assert not CALENDAR.is_provisional(date(2026, 12, 31))
    assert CALENDAR.is_provisional(date(2027, 2, 5))
    assert CALENDAR.is_provisional(date(2031, 1, 1))
    assert not CALENDAR.is_working(date(2027, 2, 5))


def test_a_calendar_survives_the_wire() -> None:
    assert Calendar.from_mapping(CALENDAR.to_mapping()) == CALENDAR


def test_hours_of_one_unit_may_differ() -> None:
    own = Calendar.from_mapping(
        {"version": "x", "hours": {"morning": ["07:30", "11:30"], "afternoon": ["13:00", "17:00"]}}
    )
    assert own.day_minutes == 480
    assert own.morning == (450, 690)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"version": "1", "off": [{"day": "2026-13-01", "name": "x"}]},
        {"version": "1", "off": [{"day": "2026-01-01"}]},
        {"version": "1", "off": 5},
        {"version": "1", "hours": {"morning": ["11:30", "07:00"]}},
        {"version": "1", "hours": {"morning": ["07:00", "14:00"]}},
        {"version": "1", "hours": {"morning": ["07:00", "25:00"]}},
        {"version": "1", "off": [{"day": "2026-08-22", "name": "x"}], "worked": [{"day": "2026-08-22"}]},
    ],
)
def test_a_damaged_calendar_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match="calendar-malformed"):
        Calendar.from_mapping(data)


def test_no_mapping_is_no_calendar() -> None:
    with pytest.raises(BadInput, match="calendar-malformed"):
        Calendar.from_mapping()
