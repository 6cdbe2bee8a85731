"""The explanation of a due date says what the engine counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import deadline
from app.domain.deadline import Pause, Segment
from app.domain.ledger import unbroken
from app.domain.words import LimitUnit, PauseKind
from tests.unit.moments import CALENDAR, at, moments

DAYS, CALENDAR_DAYS, HOURS, SAME_DAY = (
    LimitUnit.WORKING_DAY,
    LimitUnit.CALENDAR_DAY,
    LimitUnit.HOUR,
    LimitUnit.SAME_DAY,
)

Row = tuple[str, str, int, bool, str, str]
CULTURE = "Ngày Văn hóa Việt Nam"


def rows(segments: tuple[Segment, ...]) -> list[Row]:
    return [(f"{s.from_:%d/%m %H:%M}", f"{s.to:%d/%m %H:%M}", s.minutes, s.counted, s.rule, s.name) for s in segments]


def test_three_days_over_a_weekend_and_a_holiday_read_as_on_the_card() -> None:
    assert rows(deadline.ledger(CALENDAR, at("20/11 10:00"), 1440)) == [
        ("20/11 10:00", "20/11 11:30", 90, True, "morning", ""),
        ("20/11 13:30", "20/11 17:00", 210, True, "afternoon", ""),
        ("21/11 00:00", "23/11 00:00", 0, False, "weekend", ""),
        ("23/11 07:00", "23/11 17:00", 480, True, "full-day", ""),
        ("24/11 00:00", "25/11 00:00", 0, False, "holiday", CULTURE),
        ("25/11 07:00", "25/11 17:00", 480, True, "full-day", ""),
        ("26/11 07:00", "26/11 10:00", 180, True, "morning", ""),
    ]


def test_receipt_after_hours_and_a_pause_are_told() -> None:
    pause = Pause(at("23/11 09:00"), at("24/11 20:00"))
    assert rows(deadline.ledger(CALENDAR, at("20/11 20:10"), 600, [pause])) == [
        ("20/11 20:10", "21/11 00:00", 0, False, "outside-hours", ""),
        ("21/11 00:00", "23/11 00:00", 0, False, "weekend", ""),
        ("23/11 07:00", "23/11 09:00", 120, True, "morning", ""),
        ("23/11 09:00", "24/11 20:00", 0, False, "paused", "financial_obligation"),
        ("24/11 20:00", "25/11 00:00", 0, False, "holiday", CULTURE),
        ("25/11 07:00", "25/11 17:00", 480, True, "full-day", ""),
    ]


def test_a_swapped_saturday_is_named_and_a_lunch_receipt_told() -> None:
    assert rows(deadline.ledger(CALENDAR, at("21/08 12:00"), 690)) == [
        ("21/08 12:00", "21/08 13:30", 0, False, "outside-hours", ""),
        ("21/08 13:30", "21/08 17:00", 210, True, "afternoon", ""),
        ("22/08 07:00", "22/08 17:00", 480, True, "make-up-day", ""),
    ]


@pytest.mark.parametrize(
    ("received", "amount", "unit", "pauses", "expected"),
    [
        (
            "20/11 10:00", 4, CALENDAR_DAYS, [],
            [
                ("20/11 10:00", "24/11 10:00", 5760, True, "calendar-days", ""),
                ("24/11 10:00", "25/11 10:00", 0, False, "holiday", CULTURE),
            ],
        ),
        (
            "20/11 10:00", 10, CALENDAR_DAYS, [],
            [("20/11 10:00", "30/11 10:00", 14400, True, "calendar-days", "")],
        ),
        (
            "20/11 10:00", 10, CALENDAR_DAYS, [Pause(at("27/11 15:00"), at("01/12 08:00"))],
            [
                ("20/11 10:00", "27/11 15:00", 10380, True, "calendar-days", ""),
                ("27/11 15:00", "01/12 08:00", 0, False, "paused", "financial_obligation"),
                ("01/12 08:00", "01/12 11:30", 210, True, "morning", ""),
                ("01/12 13:30", "01/12 15:00", 90, True, "afternoon", ""),
            ],
        ),
        (
            "20/11 15:30", 1, SAME_DAY, [],
            [
                ("20/11 15:30", "21/11 00:00", 0, False, "after-cut-off", "15:00"),
                ("21/11 00:00", "23/11 00:00", 0, False, "weekend", ""),
                ("23/11 00:00", "23/11 07:00", 0, False, "outside-hours", ""),
                ("23/11 07:00", "23/11 17:00", 480, True, "full-day", ""),
            ],
        ),
        (
            "20/11 14:00", 1, SAME_DAY, [],
            [("20/11 14:00", "20/11 17:00", 180, True, "afternoon", "")],
        ),
        (
            "20/11 10:00", 1, DAYS, [Pause(at("20/11 11:00"), at("23/11 10:00"), PauseKind.SUPPLEMENT)],
            [
                ("20/11 10:00", "23/11 10:00", 0, False, "restart", "supplement"),
                ("23/11 10:00", "23/11 11:30", 90, True, "morning", ""),
                ("23/11 13:30", "23/11 17:00", 210, True, "afternoon", ""),
                ("24/11 00:00", "25/11 00:00", 0, False, "holiday", CULTURE),
                ("25/11 07:00", "25/11 10:00", 180, True, "morning", ""),
            ],
        ),
    ],
)  # fmt: skip
def test_every_unit_of_limit_is_explained(
    received: str, amount: int, unit: LimitUnit, pauses: list[Pause], expected: list[Row]
) -> None:
    assert rows(deadline.explain_due(CALENDAR, at(received), amount, unit, pauses)) == expected


def test_a_cut_off_is_told_for_every_unit() -> None:
    told = deadline.explain_due(CALENDAR, at("20/11 16:00"), 1, DAYS, cutoff="15:00")
    assert rows(told) == [
        ("20/11 16:00", "21/11 00:00", 0, False, "after-cut-off", "15:00"),
        ("21/11 00:00", "23/11 00:00", 0, False, "weekend", ""),
        ("23/11 00:00", "23/11 07:00", 0, False, "outside-hours", ""),
        ("23/11 07:00", "23/11 17:00", 480, True, "full-day", ""),
        ("23/11 17:00", "24/11 00:00", 0, False, "outside-hours", ""),
        ("24/11 00:00", "25/11 00:00", 0, False, "holiday", CULTURE),
        ("25/11 00:00", "25/11 07:00", 0, False, "outside-hours", ""),
    ]


def test_an_appointment_at_the_next_opening_is_told_in_one_line_when_only_a_night_lies_between() -> None:
    assert rows(deadline.explain_due(CALENDAR, at("25/11 18:00"), 1, DAYS)) == [
        ("25/11 18:00", "26/11 00:00", 0, False, "outside-hours", ""),
        ("26/11 07:00", "26/11 17:00", 480, True, "full-day", ""),
        ("26/11 17:00", "27/11 07:00", 0, False, "outside-hours", ""),
    ]


def test_with_nights_and_lunch_breaks_no_minute_is_left_untold() -> None:
    told = unbroken(deadline.explain_due(CALENDAR, at("20/11 10:00"), 1, DAYS))
    assert rows(told) == [
        ("20/11 10:00", "20/11 11:30", 90, True, "morning", ""),
        ("20/11 11:30", "20/11 13:30", 0, False, "outside-hours", ""),
        ("20/11 13:30", "20/11 17:00", 210, True, "afternoon", ""),
        ("20/11 17:00", "21/11 00:00", 0, False, "outside-hours", ""),
        ("21/11 00:00", "23/11 00:00", 0, False, "weekend", ""),
        ("23/11 00:00", "23/11 07:00", 0, False, "outside-hours", ""),
        ("23/11 07:00", "23/11 10:00", 180, True, "morning", ""),
    ]


def test_nothing_to_lay_out_is_an_empty_ledger() -> None:
    assert deadline.ledger(CALENDAR, at("20/11 10:00"), 0) == ()


@settings(max_examples=200, deadline=None)
@given(start=moments, minutes=st.integers(1, 12_000))
def test_the_ledger_ends_where_the_engine_ends(start: datetime, minutes: int) -> None:
    segments = deadline.ledger(CALENDAR, start, minutes)
    assert segments[-1].to == deadline.add_minutes(CALENDAR, start, minutes)
    assert sum(segment.minutes for segment in segments) == minutes
    for segment in segments:
        worked = deadline.working_minutes(CALENDAR, segment.from_, segment.to)
        assert segment.minutes == worked
        assert segment.counted is (worked > 0)
        assert segment.from_ < segment.to
    assert all(one.to <= other.from_ for one, other in pairwise(segments))


@settings(max_examples=200, deadline=None)
@given(
    start=moments,
    amount=st.integers(1, 20),
    unit=st.sampled_from([DAYS, HOURS, CALENDAR_DAYS, SAME_DAY]),
    gaps=st.lists(st.tuples(st.integers(0, 9_000), st.integers(1, 9_000), st.sampled_from(PauseKind)), max_size=3),
)
def test_the_explanation_ends_at_the_due_date_whatever_the_pauses(
    start: datetime, amount: int, unit: LimitUnit, gaps: list[tuple[int, int, PauseKind]]
) -> None:
    pauses: list[Pause] = []
    moment = start
    for wait, length, kind in gaps:
        begin = moment + timedelta(minutes=wait)
        moment = begin + timedelta(minutes=length)
        due_at = deadline.due_after(CALENDAR, start, amount, unit, pauses)
        if deadline.working_minutes(CALENDAR, begin, due_at) <= 0:
            break
        pauses.append(Pause(begin, moment, kind))
    segments = deadline.explain_due(CALENDAR, start, amount, unit, pauses)
    assert segments[-1].to == deadline.due_after(CALENDAR, start, amount, unit, pauses)
