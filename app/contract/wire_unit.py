"""What goes over HTTP between the administrator, the head and the portal: the calendar's years, and who looked at what.

Stands apart from ``wire``, which daily work needs: these shapes are of those who keep the office.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.contract.wire import JsonObject
from app.domain.calendar_changes import CalendarVersion


@dataclass(frozen=True, slots=True)
class CalendarEdit:
    """``PUT /v1/calendars``: one year as the administrator wants it, in the shape of the catalogue's items.

    ``seen``: the version it was made from, empty for a year that is not there yet; the portal gives the next one.
    """

    year: int
    seen: str
    body: JsonObject


@dataclass(frozen=True, slots=True)
class CalendarVersions:
    """``GET /v1/calendars/versions``: every replacement, newest first."""

    versions: tuple[CalendarVersion, ...]


@dataclass(frozen=True, slots=True)
class SeenFact:
    """One look at a masked fact or a file on a desk; ``n`` is its number in the officer's store there.

    ``field``: ``phone``, ``identity_no``, ``paper:<digest>``.
    """

    n: int
    dossier_id: str
    field: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SeenFacts:
    """``POST /v1/looks``: what the signed-in officer looked at since he last told; told twice, kept once."""

    store_id: str
    desk_name: str
    seen: tuple[SeenFact, ...]


@dataclass(frozen=True, slots=True)
class LooksTold:
    """The answer: the highest number of this store that the portal has."""

    up_to: int


@dataclass(frozen=True, slots=True)
class LookItem:
    """One look: ``kind`` is ``code`` (asked online by code) or ``fact``; ``desk`` is empty where it was not told.

    ``found``: whether such a dossier exists; ``code`` is what was asked, or the dossier's own.
    """

    at: datetime
    officer_id: str
    officer: str
    kind: str
    code: str
    field: str
    desk: str
    found: bool


@dataclass(frozen=True, slots=True)
class Looks:
    """``GET /v1/looks``: every look of one day by officers of the asker's unit, newest first."""

    looks: tuple[LookItem, ...]
