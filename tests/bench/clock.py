"""Due dates a second, on one core, for limits up to 30 working days.

The floor knows no rule: it looks the day up in a table of working days made beforehand, and adds.
"""

from __future__ import annotations

import random
import time
from bisect import bisect_right
from datetime import datetime, timedelta

from app import catalogues
from app.clock import VN
from app.domain.deadline import due
from app.domain.words import LimitUnit
from tests.bench.figure import Figure

BOUND = 20_000
_COUNT = 20_000
_FIRST = datetime(2024, 1, 2, tzinfo=VN)


def measure() -> Figure:
    """Reckon the same dates both ways; on these, with whole days and receipts in hours, both agree."""
    rng, calendar = random.Random(4), catalogues.calendar()
    days = [_FIRST + timedelta(days=number) for number in range(3 * 365)]
    working = [day for day in days if calendar.is_working(day.date())]
    asked = [
        (rng.choice(working[:-60]) + timedelta(minutes=rng.randrange(7 * 60, 11 * 60)), rng.randint(1, 30))
        for _ in range(_COUNT)
    ]
    began = time.perf_counter()
    ours = [due(calendar, received, amount, LimitUnit.WORKING_DAY) for received, amount in asked]
    ours_s = time.perf_counter() - began
    began = time.perf_counter()
    floor = [_looked_up(working, received, amount) for received, amount in asked]
    floor_s = time.perf_counter() - began
    if ours != floor:
        raise AssertionError("the two clocks disagree")
    rate = _COUNT / ours_s
    return Figure("due dates", _COUNT / floor_s, rate, "/s", f"≥ {BOUND:,}/s", rate >= BOUND)


def _looked_up(working: list[datetime], received: datetime, amount: int) -> datetime:
    at = bisect_right(working, received) - 1
    return working[at + amount] + (received - working[at])
