"""When an office works: its hours, its days off, its swapped days. Data with a version, never rules in code.

Stands apart from ``deadline`` so that a decision of the Prime Minister is a new file and not a release. Days off: Bộ
luật Lao động 2019 Điều 112, the yearly notices on Tết and Quốc khánh, and 24/11 (NQ 28/2026/QH16, from 1 July 2026).

One mapping (a file ``resources/calendars/vn-<year>.toml``, or the portal's answer) has this shape::

    version = "2026.4"
    years = [2026]              # years whose days off are listed here
    provisional = false         # true until the yearly notice is out: dates are shown as *dự kiến*
    [hours]                     # optional; HH:MM, ends excluded
    morning = ["07:00", "11:30"]
    afternoon = ["13:30", "17:00"]
    [[off]]
    day = 2026-11-24            # a date, or its ISO text
    name = "Ngày Văn hóa Việt Nam"
    [[worked]]                  # a weekend day worked in exchange
    day = 2026-08-22
    for = 2026-08-31
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.errors import BadInput

WEEKEND = "weekend"

Session = tuple[int, int]  # minutes of the day: start, end (excluded)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working hours and days of one office. Years without data have weekends only and count as provisional."""

    version: str
    morning: Session = (7 * 60, 11 * 60 + 30)
    afternoon: Session = (13 * 60 + 30, 17 * 60)
    off: Mapping[date, str] = field(default_factory=dict)  # day → name of the holiday
    worked: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()
    provisional_years: frozenset[int] = frozenset()

    @classmethod
    def from_mapping(cls, *mappings: Mapping[str, Any]) -> Calendar:
        """Return one calendar of one or more mappings (shape: see the module), years put together.

        Hours are those of the last mapping that gives some. Raises BadInput: calendar-malformed.
        """
        try:
            return cls._merged(mappings)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadInput("calendar-malformed", why=str(error)) from error

    @classmethod
    def _merged(cls, mappings: Iterable[Mapping[str, Any]]) -> Calendar:
        versions: list[str] = []
        hours: dict[str, Session] = {}
        off: dict[date, str] = {}
        worked: set[date] = set()
        years: set[int] = set()
        provisional: set[int] = set()
        for data in mappings:
            versions.append(str(data["version"]))
            covered = {int(year) for year in data.get("years", ())}
            years |= covered
            provisional |= covered if data.get("provisional", False) else set()
            provisional |= {int(year) for year in data.get("provisional_years", ())}
            for name in ("morning", "afternoon"):
                if name in data.get("hours", {}):
                    hours[name] = _session(data["hours"][name])
            off |= {_day(row["day"]): str(row["name"]) for row in data.get("off", ())}
            worked |= {_day(row["day"]) for row in data.get("worked", ())}
        calendar = cls(
            version="+".join(versions),
            off=off,
            worked=frozenset(worked),
            years=frozenset(years),
            provisional_years=frozenset(provisional),
            **hours,
        )
        if not versions or calendar.morning[1] > calendar.afternoon[0] or not worked.isdisjoint(off):
            raise ValueError("no version, sessions that overlap, or a day both off and worked")
        return calendar

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

    def to_mapping(self) -> dict[str, Any]:
        """Return the calendar in the shape of the module with ISO texts, for the wire; ``from_mapping`` reads it."""
        return {
            "version": self.version,
            "years": sorted(self.years),
            "provisional_years": sorted(self.provisional_years),
            "hours": {"morning": _clock_texts(self.morning), "afternoon": _clock_texts(self.afternoon)},
            "off": [{"day": day.isoformat(), "name": name} for day, name in sorted(self.off.items())],
            "worked": [{"day": day.isoformat()} for day in sorted(self.worked)],
        }


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _minute(text: str) -> int:
    hour, minute = text.split(":")
    if not (0 <= int(hour) < 24 and 0 <= int(minute) < 60):
        raise ValueError(f"no time of day: {text}")
    return int(hour) * 60 + int(minute)


def _session(texts: Any) -> Session:
    start, end = (_minute(text) for text in texts)
    if start >= end:
        raise ValueError(f"session ends before it starts: {texts}")
    return start, end


def _clock_texts(session: Session) -> list[str]:
    return [f"{minute // 60:02d}:{minute % 60:02d}" for minute in session]
