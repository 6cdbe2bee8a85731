"""Days off, swapped days, and the shape of the calendar files."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app import texts
from app.domain.calendar_files import read_calendar
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


def test_hours_of_one_unit_may_differ() -> None:
    own = read_calendar(
        {"version": "x", "years": [2026], "hours": {"morning": ["07:30", "11:30"], "afternoon": ["13:00", "17:00"]}}
    )
    assert own.day_minutes == 480
    assert own.morning == (450, 690)


YEAR = {"version": "1", "years": [2026]}
DAY_OFF = {"day": "2026-08-31", "name": "Nghỉ hoán đổi"}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"version": None, "years": "2026"}, "calendar-malformed"),
        ({"off": [{"day": "2026-13-01", "name": "x"}]}, "calendar-malformed"),
        ({"off": [{"day": "2026-01-01"}]}, "calendar-malformed"),
        ({"off": [{"day": "2026-01-01", "name": " "}]}, "calendar-malformed"),
        ({"off": 5}, "calendar-malformed"),
        ({"rules": {"late_by_first_date": "yes"}}, "calendar-malformed"),
        ({"rules": {"free_beer": True}}, "calendar-malformed"),
        ({"hours": {"morning": ["07:00", "11:30"]}}, "calendar-malformed"),
        ({"hours": {"morning": ["11:30", "07:00"], "afternoon": ["13:30", "17:00"]}}, "calendar-hours"),
        ({"hours": {"morning": ["07:00", "14:00"], "afternoon": ["13:30", "17:00"]}}, "calendar-hours"),
        ({"hours": {"morning": ["07:00", "25:00"], "afternoon": ["13:30", "17:00"]}}, "calendar-hours"),
        ({"hours": {"morning": ["7h", "11h"], "afternoon": ["13:30", "17:00"]}}, "calendar-hours"),
        ({"off": [DAY_OFF, DAY_OFF | {"name": "Quốc khánh"}]}, "calendar-day-twice"),
        ({"worked": [{"day": "2026-08-22"}, {"day": "2026-08-22"}]}, "calendar-day-twice"),
        ({"off": [{"day": "2026-08-22", "name": "x"}], "worked": [{"day": "2026-08-22"}]}, "calendar-day-twice"),
        ({"off": [{"day": "2027-01-01", "name": "x"}]}, "calendar-day-elsewhere"),
        ({"worked": [{"day": "2026-08-21"}]}, "calendar-worked-weekday"),
        ({"worked": [{"day": "2026-08-22", "for": "2026-08-31"}]}, "calendar-swap"),
        (
            {"off": [DAY_OFF], "worked": [{"day": d, "for": "2026-08-31"} for d in ("2026-08-22", "2026-08-23")]},
            "calendar-swap",
        ),
    ],
)
def test_a_year_that_contradicts_itself_is_refused_with_a_sentence(wrong: dict[str, Any], code: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_calendar(YEAR | wrong)
    assert refused.value.code == code
    assert "…" not in texts.of(refused.value)


def test_years_that_contradict_one_another_are_refused() -> None:
    hours = {"morning": ["07:30", "11:30"], "afternoon": ["13:00", "17:00"]}
    for files, code in (
        ((), "calendar-malformed"),
        ((YEAR, YEAR), "calendar-year-twice"),
        ((YEAR | {"hours": hours}, {"version": "1", "years": [2027], "hours": hours | {"morning": ["07:00", "11:30"]}}),
         "calendar-hours-differ"),
        ((YEAR | {"rules": {"late_by_first_date": True}},
          {"version": "1", "years": [2027], "rules": {"late_by_first_date": False}}), "calendar-hours-differ"),
    ):  # fmt: skip
        with pytest.raises(BadInput, match=code):
            read_calendar(*files)


def test_a_swap_may_cross_the_new_year_and_settings_travel_with_the_calendar() -> None:
    read = read_calendar(
        {"version": "3", "years": [2027], "worked": [{"day": "2027-01-02", "for": "2026-12-31"}],
         "rules": {"supplement_restarts": False}}
    )  # fmt: skip
    assert read.is_working(date(2027, 1, 2))
    assert (read.supplement_restarts, read.late_by_first_date) == (False, True)
