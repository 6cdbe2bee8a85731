"""A year of the calendar under change: what may be added and taken out, and how the change is told."""

from __future__ import annotations

import json
from datetime import date

import pytest

from app.domain import calendar_edit
from app.domain.calendar_edit import (
    DayOff,
    Swap,
    changes,
    draft_of,
    text_of,
    with_day_off,
    with_hours,
    with_swap,
    without,
)
from app.errors import BadInput

YEAR = draft_of(json.dumps({
    "version": "2026.4", "years": [2026], "provisional": True,
    "off": [{"day": "2026-08-31", "name": "Nghỉ hoán đổi"}, {"day": "2026-01-01", "name": "Tết Dương lịch"}],
    "worked": [{"day": "2026-08-22", "for": "2026-08-31"}], "rules": {"supplement_restarts": False},
}))  # fmt: skip


def test_a_year_is_written_as_it_was_read():
    assert [one.day for one in YEAR.off] == [date(2026, 1, 1), date(2026, 8, 31)]
    assert draft_of(text_of(YEAR)) == YEAR
    assert json.loads(text_of(YEAR))["rules"] == {"supplement_restarts": False}


def test_a_day_off_and_an_exchange_are_added_and_told():
    after = with_day_off(YEAR, date(2026, 11, 25), "Nghỉ theo công điện")
    after = with_swap(after, date(2026, 12, 5), date(2026, 12, 7))
    after = with_hours(after, ("07:30", "11:30"), ("13:00", "17:00"))
    assert after.off[-2:] == (
        DayOff(date(2026, 11, 25), "Nghỉ theo công điện"),
        DayOff(date(2026, 12, 7), "Nghỉ hoán đổi (làm bù 05/12)"),
    )
    assert after.worked[-1] == Swap(date(2026, 12, 5), date(2026, 12, 7))
    assert changes(YEAR, after) == (
        "thêm ngày nghỉ 25/11/2026 (Nghỉ theo công điện)",
        "thêm ngày nghỉ 07/12/2026 (Nghỉ hoán đổi (làm bù 05/12))",
        "thêm ngày làm bù 05/12/2026",
        "giờ làm việc 07:30–11:30, 13:00–17:00",
    )
    assert changes(YEAR, YEAR) == ()


@pytest.mark.parametrize("day", [date(2026, 8, 31), date(2026, 8, 22)])
def test_both_days_of_an_exchange_leave_together(day):
    after = without(YEAR, day)
    assert (after.off, after.worked) == ((DayOff(date(2026, 1, 1), "Tết Dương lịch"),), ())
    assert changes(YEAR, after) == ("bỏ ngày nghỉ 31/08/2026 (Nghỉ hoán đổi)", "bỏ ngày làm bù 22/08/2026")


@pytest.mark.parametrize(("change", "code"), [
    (lambda: with_day_off(YEAR, date(2026, 1, 1), "Lại Tết"), "calendar-day-twice"),
    (lambda: with_day_off(YEAR, date(2026, 8, 22), "Nghỉ"), "calendar-day-twice"),
    (lambda: with_day_off(YEAR, date(2027, 1, 2), "Nghỉ"), "calendar-day-elsewhere"),
    (lambda: with_day_off(YEAR, date(2026, 5, 5), " "), "calendar-malformed"),
    (lambda: with_swap(YEAR, date(2026, 12, 4), date(2026, 12, 7)), "calendar-worked-weekday"),
    (lambda: with_swap(YEAR, date(2026, 12, 5), date(2026, 8, 31)), "calendar-swap"),
    (lambda: with_hours(YEAR, ("11:30", "07:00"), ("13:00", "17:00")), "calendar-hours"),
    (lambda: with_hours(YEAR, ("7 giờ", "11:30"), ("13:00", "17:00")), "calendar-hours"),
    (lambda: with_hours(YEAR, ("07:00", "13:30"), ("13:00", "17:00")), "calendar-hours"),
])  # fmt: skip
def test_what_contradicts_itself_is_refused(change, code):
    with pytest.raises(BadInput) as refused:
        change()
    assert refused.value.code == code


def test_hours_are_told_in_words():
    assert calendar_edit.hours_words(YEAR) == "07:00–11:30, 13:30–17:00"
