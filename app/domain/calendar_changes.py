"""What replacing a year of the working calendar does, has done, or would do: years, versions, moved appointments.

Stands apart from ``calendar_edit``, the year while it is being changed: these the portal answers and the screens show.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CalendarChanged:
    """The year is in force; ``recounted`` dossiers were given another appointment."""

    year: int
    version: str
    recounted: int


@dataclass(frozen=True, slots=True)
class MovedDate:
    """One dossier whose appointment a replaced calendar moves; in state 1 the limit of its acceptance."""

    code: str
    was: datetime
    will: datetime


@dataclass(frozen=True, slots=True)
class CalendarForeseen:
    """What replacing the year would do; ``shown`` are the first of ``recounted`` dossiers."""

    year: int
    recounted: int
    shown: tuple[MovedDate, ...]


@dataclass(frozen=True, slots=True)
class CalendarVersion:
    """One replacement of a year: who, when, what was changed in words, and how many appointments moved."""

    year: int
    version: str
    at: datetime
    by: str
    said: str
    recounted: int
