"""The engine beside a clock that goes minute by minute, over offices, receipts, limits and pauses drawn at random.

``make test`` draws 500, ``make campaign`` 10,000.
"""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.calendar import Calendar
from app.domain.calendar_files import read_calendar
from app.domain.deadline import Pause, due, due_after, explain_due
from app.domain.ledger import unbroken
from app.domain.words import LimitUnit, PauseKind
from tests.unit import clock_reference as slow

CASES = int(os.environ.get("MOTCUA_CLOCKS", "500"))
YEAR = 2026
FIRST, DAYS = date(YEAR, 1, 1), 365
# Twelfths, eighths and halves of a day come out in whole minutes or just beside them.
AMOUNTS = {
    LimitUnit.WORKING_DAY: [Fraction(n, 8) for n in range(1, 40)] + [Fraction(1), Fraction(2), Fraction(5)],
    LimitUnit.HOUR: [Fraction(n, 4) for n in range(1, 80)],
    LimitUnit.CALENDAR_DAY: [Fraction(n, 2) for n in range(1, 20)],
    LimitUnit.SAME_DAY: [Fraction(0), Fraction(1)],
}
CUTOFFS = (None, None, None, (9, 30), (15, 0), (16, 30))


def clock(minute: int) -> tuple[int, int]:
    return divmod(minute, 60)


def text(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


@st.composite
def offices(draw: Any) -> tuple[Calendar, slow.Office]:
    """The same office for both: written as a file for the engine, as plain sets for the reference."""
    opens = draw(st.sampled_from([360, 420, 435, 450]))
    lunch = opens + draw(st.integers(60, 300))
    returns = lunch + draw(st.integers(0, 150))
    closes = min(returns + draw(st.integers(60, 300)), 1439)
    numbers = draw(st.sets(st.integers(0, DAYS - 1), max_size=40))
    days = [FIRST + timedelta(days=number) for number in sorted(numbers)]
    worked = [day for day in days if day.isoweekday() > 5 and draw(st.booleans())]
    off = [day for day in days if day not in worked]
    restarts = draw(st.booleans())
    file = {
        "version": "1", "years": [YEAR], "rules": {"supplement_restarts": restarts},
        "hours": {"morning": [text(opens), text(lunch)], "afternoon": [text(returns), text(closes)]},
        "off": [{"day": day.isoformat(), "name": f"Nghỉ {day:%d/%m}"} for day in off],
        "worked": [{"day": day.isoformat()} for day in worked],
    }  # fmt: skip
    office = slow.Office(
        (clock(opens), clock(lunch)), (clock(returns), clock(closes)), frozenset(off), frozenset(worked), restarts
    )
    return read_calendar(file), office


@st.composite
def limits(draw: Any) -> tuple[Fraction, LimitUnit, tuple[int, int] | None]:
    unit = draw(st.sampled_from(LimitUnit))
    return draw(st.sampled_from(AMOUNTS[unit])), unit, draw(st.sampled_from(CUTOFFS))


minutes_of_the_year = st.integers(0, (DAYS - 70) * 1440)
lengths = st.integers(0, 4000)
pauses_drawn = st.lists(st.tuples(st.integers(-500, 9000), lengths, st.sampled_from(PauseKind)), max_size=3)


@settings(max_examples=CASES, deadline=None)
@given(office=offices(), minute=minutes_of_the_year, limit=limits(), drawn=pauses_drawn)
def test_the_engine_agrees_with_a_clock_that_goes_minute_by_minute(
    office: tuple[Calendar, slow.Office],
    minute: int,
    limit: tuple[Fraction, LimitUnit, tuple[int, int] | None],
    drawn: list[tuple[int, int, PauseKind]],
) -> None:
    calendar, reference = office
    received = datetime(YEAR, 1, 1, tzinfo=slow.ZONE) + timedelta(minutes=minute)
    amount, unit, cut = limit
    cutoff = f"{cut[0]:02d}:{cut[1]:02d}" if cut else ""
    stretches = [
        (received + timedelta(minutes=begin), received + timedelta(minutes=begin + length), kind)
        for begin, length, kind in drawn
    ]
    pauses = [Pause(begin, end, kind) for begin, end, kind in stretches]
    told = [(begin, end, kind.value) for begin, end, kind in stretches]

    plain = due(calendar, received, float(amount), unit, cutoff=cutoff)
    assert plain == slow.due(received, amount, unit.value, cut, reference)
    moved = due_after(calendar, received, float(amount), unit, pauses, cutoff=cutoff)
    assert moved == slow.due_with_pauses(received, amount, unit.value, cut, told, reference)

    ledger = unbroken(explain_due(calendar, received, float(amount), unit, cutoff=cutoff))
    assert (ledger[0].from_, ledger[-1].to) == (received, plain)
    assert all(one.to == other.from_ for one, other in pairwise(ledger))
    for segment in ledger:
        worked = slow.between(segment.from_, segment.to, reference)
        if segment.rule == "calendar-days":
            worked = (segment.to - segment.from_) // timedelta(minutes=1)
        if segment.counted or unit is not LimitUnit.CALENDAR_DAY:  # those are pushed to the same time of the next day
            assert segment.minutes == (0 if segment.rule == "after-cut-off" else worked)
        assert segment.counted is (segment.minutes > 0)
        if segment.rule == "holiday":
            assert segment.name == f"Nghỉ {segment.from_:%d/%m}"
    if unit is not LimitUnit.CALENDAR_DAY:
        named = {segment.from_.date() for segment in ledger if segment.rule == "holiday"}
        assert named == {day for day in reference.holidays if received.date() <= day < plain.date()}
