"""Leave cover: who does an absent officer's work, and from when to when.

Stands apart because the head sets it and the portal alone uses it, when a paused dossier finds its way back to a
processor who is not there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from app.domain.dossier import Dossier, HistoryItem, OfficerRef
from app.domain.words import State

_PAUSED = frozenset({State.AWAITING_SUPPLEMENT, State.AWAITING_OBLIGATION, State.STOPPED})


@dataclass(frozen=True, slots=True)
class Cover:
    """``officer`` is away on these legal days, both included; ``substitute`` None: the unit's queue."""

    officer: OfficerRef
    substitute: OfficerRef | None
    from_day: date
    to_day: date

    def holds(self, officer_id: str, day: date) -> bool:
        """Say whether that officer is away on ``day``."""
        return self.officer.id == officer_id and self.from_day <= day <= self.to_day


def taken_over(before: Dossier, after: Dossier, covers: tuple[Cover, ...], now: datetime) -> Dossier:
    """Return a dossier that has just come back to its processor with whoever is there, and the reason in its history.

    A substitute who is away too passes it to the unit's queue.
    """
    holder = after.assigned_to
    if holder is None or before.state not in _PAUSED or after.state is not State.PROCESSING:
        return after
    away = next((c for c in covers if c.holds(holder.id, now.date())), None)
    if away is None:
        return after
    other = away.substitute
    if other is not None and any(c.holds(other.id, now.date()) for c in covers):
        other = None
    until = f"{away.to_day:%d/%m/%Y}"
    note = f"{holder.name} vắng đến {until}, " + (f"{other.name} xử lý thay" if other else "chờ đơn vị phân công")
    item = HistoryItem("covered", now, "", note=note)
    return replace(
        after, assigned_to=other, stands_in_for=holder.name if other else "", history=(*after.history, item)
    )
