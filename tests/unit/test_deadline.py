"""When an answer is due: anchors worked out by hand, and the engine beside its slow reference."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import deadline
from app.domain.deadline import Pause
from app.domain.words import LimitUnit, PauseKind
from app.errors import BadInput, BugError
from tests.unit import clock_reference
from tests.unit.moments import CALENDAR, at, moments

DAYS, CALENDAR_DAYS, HOURS, SAME_DAY = (
    LimitUnit.WORKING_DAY,
    LimitUnit.CALENDAR_DAY,
    LimitUnit.HOUR,
    LimitUnit.SAME_DAY,
)


@pytest.mark.parametrize(
    ("received", "amount", "unit", "due"),
    [
        ("20/11 10:00", 3, DAYS, "26/11 10:00"),
        ("23/11 10:00", 1, DAYS, "25/11 10:00"),
        ("23/11 10:00", 5, DAYS, "01/12 10:00"),
        ("23/11 15:20", 1, DAYS, "25/11 15:20"),
        # outside hours: from the next working start; a count that fills a day ends at its close
        ("20/11 17:00", 1, DAYS, "25/11 07:00"),
        ("20/11 20:10", 1, DAYS, "25/11 07:00"),
        ("20/11 06:00", 1, DAYS, "23/11 07:00"),
        ("20/11 12:15", 1, DAYS, "23/11 13:30"),
        ("21/11 09:00", 1, DAYS, "25/11 07:00"),
        ("24/11 09:00", 2, DAYS, "27/11 07:00"),
        # fractions, and a week with Tết, swapped Saturdays
        ("02/11 08:00", 12.5, DAYS, "18/11 14:00"),
        ("02/11 07:00", Decimal("6.25"), DAYS, "10/11 09:00"),
        ("13/02 10:00", 1, DAYS, "23/02 10:00"),
        ("21/08 10:00", 1, DAYS, "22/08 10:00"),
        ("28/08 10:00", 1, DAYS, "03/09 10:00"),
        ("31/12/2025 10:00", 1, DAYS, "05/01 10:00"),
        ("25/04/2025 10:00", 1, DAYS, "26/04/2025 10:00"),
        # hours
        ("20/11 09:32", 8, HOURS, "23/11 09:32"),
        ("20/11 16:00", 2, HOURS, "23/11 08:00"),
        ("20/11 16:00", 1, HOURS, "20/11 17:00"),
        ("20/11 18:00", 0.5, HOURS, "23/11 07:30"),
        # calendar days: pushed off weekend and holiday
        ("10/11 10:00", 10, CALENDAR_DAYS, "20/11 10:00"),
        ("11/11 10:00", 10, CALENDAR_DAYS, "23/11 10:00"),
        ("20/11 10:00", 4, CALENDAR_DAYS, "25/11 10:00"),
        ("20/11 18:00", 1, CALENDAR_DAYS, "25/11 07:00"),
        ("14/08 10:00", 8, CALENDAR_DAYS, "22/08 10:00"),
        ("10/11 10:00", 9.5, CALENDAR_DAYS, "20/11 10:00"),
        # same day, cut-off at 15:00
        ("20/11 09:00", 0, SAME_DAY, "20/11 17:00"),
        ("20/11 15:00", 1, SAME_DAY, "20/11 17:00"),
        ("20/11 15:01", 1, SAME_DAY, "23/11 17:00"),
        ("20/11 18:00", 1, SAME_DAY, "23/11 17:00"),
        ("23/11 15:30", 1, SAME_DAY, "25/11 17:00"),
        ("22/11 09:00", 1, SAME_DAY, "23/11 17:00"),
    ],
)
def test_a_limit_is_laid_out_as_the_law_counts(received: str, amount: float, unit: LimitUnit, due: str) -> None:
    assert deadline.due(CALENDAR, at(received), amount, unit) == at(due)


@pytest.mark.parametrize("amount", [-1, float("nan"), float("inf"), 1e9, Decimal("-0.5")])
def test_a_limit_that_is_none_is_refused(amount: float) -> None:
    for unit in (DAYS, CALENDAR_DAYS, HOURS):
        with pytest.raises(BadInput, match="limit-not-valid"):
            deadline.due(CALENDAR, at("20/11 10:00"), amount, unit)


def test_a_limit_of_nothing_is_refused_except_in_the_catalogues_way_of_saying_today() -> None:
    for unit in (DAYS, CALENDAR_DAYS, HOURS):
        with pytest.raises(BadInput, match="limit-zero"):
            deadline.due(CALENDAR, at("20/11 10:00"), 0, unit)
    assert deadline.due(CALENDAR, at("20/11 10:00"), 0, SAME_DAY) == at("20/11 17:00")


@pytest.mark.parametrize(
    ("received", "amount", "unit", "cutoff", "due"),
    [
        # one working day, received by 15:00 or after it
        ("20/11 15:00", 1, DAYS, "15:00", "23/11 15:00"),
        ("20/11 15:01", 1, DAYS, "15:00", "25/11 07:00"),
        ("23/11 15:20", 1, DAYS, "15:00", "26/11 07:00"),
        ("20/11 16:00", 2, HOURS, "15:00", "23/11 09:00"),
        ("20/11 16:00", 1, CALENDAR_DAYS, "15:00", "25/11 07:00"),
        ("20/11 16:00", 0, SAME_DAY, "16:30", "20/11 17:00"),
        ("20/11 16:00", 0, SAME_DAY, "11:00", "23/11 17:00"),
        # what comes outside hours is late for nothing: it counts from the next working start anyway
        ("20/11 18:00", 1, DAYS, "15:00", "25/11 07:00"),
        ("21/11 18:00", 1, DAYS, "15:00", "25/11 07:00"),
        ("20/11 12:00", 1, DAYS, "15:00", "23/11 13:30"),
    ],
)
def test_after_the_cut_off_the_next_working_day_counts(
    received: str, amount: float, unit: LimitUnit, cutoff: str, due: str
) -> None:
    assert deadline.due(CALENDAR, at(received), amount, unit, cutoff=cutoff) == at(due)


@pytest.mark.parametrize("cutoff", ["15", "15:60", "24:00", "chiều", "15:0x", "-1:00"])
def test_a_cut_off_that_is_no_time_is_refused(cutoff: str) -> None:
    with pytest.raises(BadInput, match="cutoff-not-valid"):
        deadline.due(CALENDAR, at("20/11 10:00"), 1, DAYS, cutoff=cutoff)


def test_a_limit_has_a_length() -> None:
    assert deadline.limit_minutes(12.5, DAYS, CALENDAR) == 6_000
    assert deadline.limit_minutes(Decimal("6.25"), DAYS, CALENDAR) == 3_000
    assert deadline.limit_minutes(8, HOURS, CALENDAR) == 480
    assert deadline.limit_minutes(0, SAME_DAY, CALENDAR) == 480
    assert deadline.limit_minutes(7, CALENDAR_DAYS, CALENDAR) == 2_400


@pytest.mark.parametrize(
    ("resumed", "left", "due"),
    [
        ("20/11 20:10", 390, "23/11 15:30"),
        ("23/11 16:30", 390, "25/11 15:00"),
        ("20/11 09:32", 480, "23/11 09:32"),
        ("20/11 20:10", 0, "23/11 07:00"),
        ("25/11 09:00", -60, "25/11 08:00"),
        ("25/11 09:00", -180, "23/11 16:00"),
        ("24/11 09:00", -210, "23/11 13:30"),
        ("23/11 07:00", -480, "20/11 07:00"),
    ],
)
def test_what_was_left_is_laid_out_again_and_lateness_stays(resumed: str, left: int, due: str) -> None:
    assert deadline.shift(CALENDAR, at(resumed), left) == at(due)


def test_seconds_do_not_count_and_other_zones_are_understood() -> None:
    received = at("20/11 10:00") + timedelta(seconds=37, microseconds=5)
    assert deadline.due(CALENDAR, received, 3, DAYS) == at("26/11 10:00")
    assert deadline.due(CALENDAR, received.astimezone(UTC), 3, DAYS) == at("26/11 10:00")
    assert deadline.working_start(CALENDAR, received) == at("20/11 10:00")
    assert deadline.working_minutes(CALENDAR, received, received + timedelta(seconds=40)) == 1


def test_an_instant_without_zone_is_our_mistake() -> None:
    with pytest.raises(BugError):
        deadline.due(CALENDAR, at("20/11 10:00").replace(tzinfo=None), 3, DAYS)


OBLIGATION = Pause(at("23/11 09:00"), at("25/11 14:00"), PauseKind.FINANCIAL_OBLIGATION)
SUPPLEMENT = Pause(at("23/11 09:00"), at("25/11 14:00"), PauseKind.SUPPLEMENT)


@pytest.mark.parametrize(
    ("pauses", "restarts", "due"),
    [
        # Fri 10:00 + 3 days: 300 + 120 minutes are used, 1020 left: Wed 180, Thu 480, Fri 360
        ([OBLIGATION], True, "27/11 15:00"),
        ([SUPPLEMENT], False, "27/11 15:00"),
        ([SUPPLEMENT], True, "30/11 14:00"),
        ([Pause(at("26/11 08:00"), at("26/11 09:00")), OBLIGATION], True, "27/11 16:00"),
        # a pause inside another, before receipt, or empty changes nothing
        ([OBLIGATION, Pause(at("23/11 10:00"), at("25/11 09:00"))], True, "27/11 15:00"),
        ([OBLIGATION, Pause(at("23/11 09:00"), at("23/11 11:00"))], True, "27/11 15:00"),
        ([OBLIGATION, Pause(at("19/11 09:00"), at("20/11 10:00"))], True, "27/11 15:00"),
        ([OBLIGATION, Pause(at("27/11 10:00"), at("27/11 10:00"))], True, "27/11 15:00"),
        # late by an hour when paused: still late by an hour
        ([Pause(at("26/11 11:00"), at("01/12 15:00"))], True, "01/12 14:00"),
    ],
)
def test_pauses_move_the_due_date(pauses: list[Pause], restarts: bool, due: str) -> None:
    office = replace(CALENDAR, supplement_restarts=restarts)
    moved = deadline.due_after(office, at("20/11 10:00"), 3, DAYS, pauses)
    assert moved == at(due)


@settings(max_examples=200, deadline=None)
@given(start=moments, minutes=st.integers(0, 6 * 480))
def test_the_engine_counts_as_the_slow_reference(start: datetime, minutes: int) -> None:
    end = clock_reference.after(start, minutes)
    assert deadline.add_minutes(CALENDAR, start, minutes) == end
    assert deadline.add_minutes(CALENDAR, start, -minutes) == (
        clock_reference.before(start, minutes) if minutes else end
    )
    assert deadline.working_start(CALENDAR, start) == clock_reference.next_worked(start)


@settings(max_examples=200, deadline=None)
@given(start=moments, length=st.integers(0, 12 * 1440))
def test_the_time_between_is_that_of_the_slow_reference(start: datetime, length: int) -> None:
    end = start + timedelta(minutes=length)
    expected = clock_reference.between(start, end)
    assert deadline.working_minutes(CALENDAR, start, end) == expected
    assert deadline.working_minutes(CALENDAR, end, start) == -expected


@settings(max_examples=200, deadline=None)
@given(start=moments, minutes=st.integers(-20_000, 20_000))
def test_counting_out_and_counting_back_agree(start: datetime, minutes: int) -> None:
    end = deadline.add_minutes(CALENDAR, start, minutes)
    assert deadline.working_minutes(CALENDAR, start, end) == minutes


@settings(max_examples=200, deadline=None)
@given(start=moments, minutes=st.integers(1, 10_000), paused=moments, length=st.integers(1, 20_000))
def test_a_pause_never_changes_what_is_left(start: datetime, minutes: int, paused: datetime, length: int) -> None:
    due_at = deadline.add_minutes(CALENDAR, start, minutes)
    left = deadline.working_minutes(CALENDAR, paused, due_at)
    resumed = paused + timedelta(minutes=length)
    assert deadline.working_minutes(CALENDAR, resumed, deadline.shift(CALENDAR, resumed, left)) == left
