"""Who may be given a dossier, and how much each already has: for *Phân công* and *Trình lãnh đạo*.

Stands apart from ``processing.targets``, which is every unit: here are the officers that a rule would accept, with
counts from this desk's own mirror. Never touches the network.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from app.clock import to_ms
from app.domain import rights
from app.domain.dossier import Dossier
from app.domain.people import OfficerRef
from app.domain.words import Role
from app.services.desk import Desk
from app.store import lists, state
from app.store.state import Name


@dataclass(frozen=True, slots=True)
class Load:
    """An officer and how many dossiers he works on, of them late; as far as this desk sees."""

    officer: OfficerRef
    held: int
    late: int


def loads(desk: Desk, dossier: Dossier) -> tuple[Load, ...]:
    """Return the processors of the present step's unit, who has least first. Thread: any but the GUI's."""
    unit_id = dossier.step.unit_id if dossier.step else ""
    found = [officer for officer, roles in _officers(desk) if officer.unit_id == unit_id and Role.PROCESSOR in roles]
    with desk.store.read() as connection:
        held = lists.held(connection, to_ms(desk.clock.now()))
    counted = [Load(officer, *held.get(officer.id, (0, 0))) for officer in found]
    return tuple(sorted(counted, key=lambda load: (load.held, load.officer.name)))


def heads(desk: Desk, dossier: Dossier) -> tuple[OfficerRef, ...]:
    """Return to whom the dossier may be submitted: heads above its step's unit, not oneself."""
    unit_id = dossier.step.unit_id if dossier.step else ""
    return tuple(
        officer
        for officer, roles in _officers(desk)
        if Role.HEAD in roles and rights.above(officer.unit_id, unit_id) and officer.id != desk.officer.id
    )


def _officers(desk: Desk) -> list[tuple[OfficerRef, frozenset[str]]]:
    with desk.store.read() as connection:
        text = state.get(connection, Name.UNITS)
    return [
        (OfficerRef(str(o["id"]), str(o["username"]), str(o["name"]), str(unit["id"])), frozenset(o.get("roles", ())))
        for unit in (json.loads(text) if text else [])
        for o in unit.get("officers", ())
    ]
