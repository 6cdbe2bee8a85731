"""Nhật ký tra cứu: who of the unit looked at which dossier, from which desk, by the portal's word.

Stands apart from ``privacy``, which writes looks down on this desk: this shows those of every desk, and keeps nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.rights import may_see_looks
from app.errors import BadInput
from app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Looked:
    """One look: ``field`` is "" for a code asked online, else the fact or ``paper:<digest>`` that was seen in full."""

    at: datetime
    officer: str
    code: str
    field: str
    desk: str
    found: bool


def on(desk: Desk, day: date) -> tuple[Looked, ...]:
    """Return the looks of a day, newest first. Thread: any but the GUI's.

    Raises BadInput ``looks-not-yours``, and KnownError without a network.
    """
    if not may_see_looks(desk.officer):
        raise BadInput("looks-not-yours")
    found = desk.engine.ask.looks(day).looks
    return tuple(Looked(one.at, one.officer, one.code, one.field, one.desk, one.found) for one in found)
