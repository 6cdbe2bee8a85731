"""Instants and the calendar that the tests of the clock share."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st

from app.clock import VN
from app.domain.calendar_files import read_calendar

FOLDER = Path(__file__).parents[2] / "resources" / "calendars"
CALENDAR = read_calendar(*(tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("vn-*.toml"))))

FIRST = datetime(2024, 1, 2, tzinfo=VN)
LAST = datetime(2026, 12, 20, tzinfo=VN)

# Every minute of the years whose days off are decided, the slow reference's margin left out.
moments = st.integers(0, (LAST - FIRST) // timedelta(minutes=1)).map(lambda minutes: FIRST + timedelta(minutes=minutes))


def at(text: str) -> datetime:
    """Return the instant of ``20/11 10:00`` (of 2026), or with a year of its own."""
    day, clock = text.split()
    if day.count("/") == 1:
        day += "/2026"
    return datetime.strptime(f"{day} {clock}", "%d/%m/%Y %H:%M").replace(tzinfo=VN)
