"""When an office works: its hours, its days off, its swapped days. Data with a version, never rules in code.

Stands apart from ``deadline`` so that a decision of the Prime Minister is a new file and not a release. Days off: Bộ
luật Lao động 2019 Điều 112, the yearly notices on Tết and Quốc khánh, and 24/11 (NQ 28/2026/QH16, from 1 July 2026).
How a file is written and checked stands in ``calendar_files``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

WEEKEND = "weekend"

Session = tuple[int, int]  # minutes of the day: start, end (excluded)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working hours and days of one office. Years without data have weekends only and count as provisional.

    Settings of the office travel along: ``supplement_restarts`` gives the full time again after a supplement (else
    what was left), ``late_by_first_date`` judges lateness by the date promised before an apology (else by the new one).
    """

    version: str
    morning: Session = (7 * 60, 11 * 60 + 30)
    afternoon: Session = (13 * 60 + 30, 17 * 60)
    off: Mapping[date, str] = field(default_factory=dict)  # day → name of the holiday
    worked: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()
    provisional_years: frozenset[int] = frozenset()
    supplement_restarts: bool = True
    late_by_first_date: bool = True

    @property
    def day_minutes(self) -> int:
        """Working minutes of one full day: 480 by default."""
        return self.morning[1] - self.morning[0] + self.afternoon[1] - self.afternoon[0]

    def is_working(self, day: date) -> bool:
        """Tell whether the office works on ``day``."""
        return (day.weekday() < 5 and day not in self.off) or day in self.worked

    def why_off(self, day: date) -> str | None:
        """Return the holiday's name, ``"weekend"``, or None on a working day. A holiday on a Sunday is a holiday."""
        if self.is_working(day):
            return None
        return self.off.get(day, WEEKEND)

    def sessions(self, day: date) -> tuple[Session, ...]:
        """Return the sessions worked on ``day`` as minutes of the day; none on a day off."""
        return (self.morning, self.afternoon) if self.is_working(day) else ()

    def is_provisional(self, day: date) -> bool:
        """Tell whether the days off of that year are not decided or not known here."""
        return day.year in self.provisional_years or day.year not in self.years
