"""Người xử lý thay: leave cover set by the head, at the portal.

Stands apart from processing because it needs the network: a leave that only one desk knew would mislead everyone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.contract.wire import CoverSetting
from app.domain.dossier import OfficerRef
from app.domain.words import Role
from app.errors import BadInput
from app.services.desk import Desk
from app.services.processing import targets


@dataclass(frozen=True, slots=True)
class Leave:
    """``officer`` is away, both days included; ``substitute`` None: his work goes to the unit's queue."""

    officer: OfficerRef
    substitute: OfficerRef | None
    from_day: date
    to_day: date


def leaves(desk: Desk) -> tuple[Leave, ...]:
    """Return every leave the portal knows; raises KnownError when it is not reached. Thread: any but the GUI's."""
    return tuple(leave for s in desk.engine.ask.covers().covers if (leave := _leave(desk, s)))


def set_leave(desk: Desk, username: str, substitute: str, from_day: date, to_day: date) -> Leave:
    """Set who stands in for an officer; ``substitute`` empty: the unit's queue.

    Raises BadInput ``no-such-target``, ``leave-ends-first``, ``cover-not-yours``, and KnownError without a network.
    """
    officer, other = _named(desk, username), _named(desk, substitute) if substitute else None
    if Role.HEAD not in desk.officer.roles:
        raise BadInput("cover-not-yours")
    if to_day < from_day or other == officer:
        raise BadInput("leave-ends-first")
    desk.engine.ask.set_cover(CoverSetting(officer.id, other.id if other else None, from_day, to_day))
    return Leave(officer, other, from_day, to_day)


def _named(desk: Desk, username: str) -> OfficerRef:
    found = next((o for t in targets(desk) for o in t.officers if o.username == username), None)
    if found is None:
        raise BadInput("no-such-target", to=username)
    return found


def _leave(desk: Desk, setting: CoverSetting) -> Leave | None:
    people = {o.id: o for t in targets(desk) for o in t.officers}
    officer = people.get(setting.officer_id)
    other = people.get(setting.substitute_id) if setting.substitute_id else None
    return Leave(officer, other, setting.from_day, setting.to_day) if officer else None
