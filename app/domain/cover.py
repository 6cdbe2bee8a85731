"""Leave cover: who does an absent officer's work, and from when to when.

Stands apart because the head sets it and the portal alone uses it, when a paused dossier finds its way back to a
processor who is not there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app.domain.dossier import Dossier, HistoryItem
from app.domain.people import Officer, OfficerRef
from app.domain.words import PAUSED, State


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

    def overlaps(self, other: Cover) -> bool:
        """Say whether both leaves have a day in common."""
        return self.from_day <= other.to_day and other.from_day <= self.to_day


def refusal(leave: Cover, known: tuple[Cover, ...], today: date) -> tuple[str, dict[str, Any]] | None:
    """Return why the head cannot set this leave, as code and parameters of a sentence; None: it can be.

    The same officer and first day replaces the earlier word, which may then end in the past. Nobody stands in twice
    over: a substitute who is away on one of these days could only pass the work on.
    """
    same = [c for c in known if c.officer.id == leave.officer.id]
    if leave.to_day < leave.from_day or leave.substitute == leave.officer:
        return "leave-ends-first", {}
    if leave.to_day < today and not any(c.from_day == leave.from_day for c in same):
        return "leave-over", {}
    other = next((c for c in same if c.from_day != leave.from_day and c.overlaps(leave)), None)
    if other is not None:
        return "leaves-overlap", {"name": other.officer.name, "since": other.from_day, "until": other.to_day}
    away = [c for c in known if leave.substitute and c.officer.id == leave.substitute.id and c.overlaps(leave)]
    if away:
        return "substitute-away", {"name": away[0].officer.name, "since": away[0].from_day, "until": away[0].to_day}
    return None


def comes_back(before: Dossier, after: Dossier) -> bool:
    """Say whether a dossier has just come back to a processor."""
    return after.assigned_to is not None and before.state in PAUSED and after.state is State.PROCESSING


def taken_over(before: Dossier, after: Dossier, covers: tuple[Cover, ...], now: datetime) -> Dossier:
    """Return a dossier that has just come back to its processor with whoever is there, and the reason in its history.

    A substitute who is away too passes it to the unit's queue.
    """
    holder = after.assigned_to
    if holder is None or not comes_back(before, after):
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


def sent_for(dossier: Dossier, events: tuple[HistoryItem, ...], actor: Officer, sender: Officer) -> Dossier:
    """Return a dossier whose last ``events`` an absent officer did and another sent: both names, the fact is his."""
    told = tuple(
        replace(item, by=f"{item.by} ({sender.name} gửi thay)") if item.by.startswith(actor.name) else item
        for item in events
    )
    return replace(dossier, history=(*dossier.history[: len(dossier.history) - len(events)], *told))
