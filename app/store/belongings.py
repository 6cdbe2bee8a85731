"""Notices, payments and cases by id: whose they are, and which wait for somebody.

Stands apart because one thing may stand in two dossiers for a while: merged into another, or of a past that a restored
portal does not know; then it is told once, and of the dossier that the portal still shows.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from app.store.mirror import LEFT_BEHIND
from app.store.schema import belonging, mirror

_LEFT_BEHIND_LAST = func.coalesce(mirror.c.mark, LEFT_BEHIND + 1) == LEFT_BEHIND
_THINGS = (
    select(belonging.c.id, belonging.c.dossier_id)
    .join(mirror, mirror.c.id == belonging.c.dossier_id, isouter=True)
    .order_by(belonging.c.id, _LEFT_BEHIND_LAST, belonging.c.dossier_id)
)
_OPEN_CASES = _THINGS.where(belonging.c.kind == "case", belonging.c.open == 1)
_OPEN_PAYMENTS = select(belonging.c.dossier_id).where(belonging.c.kind == "payment", belonging.c.open == 1).distinct()


def owner_of(connection: Connection, thing_id: str) -> str | None:
    """Return the dossier that a notice, payment or case belongs to."""
    found = connection.execute(_THINGS.where(belonging.c.id == thing_id.strip())).first()
    return found.dossier_id if found else None


def open_cases(connection: Connection) -> list[tuple[str, str]]:
    """Return (case id, dossier id) of every refund case that waits for a choice."""
    found: dict[str, str] = {}
    for identity, dossier_id in connection.execute(_OPEN_CASES):
        found.setdefault(identity, dossier_id)
    return list(found.items())


def open_payments(connection: Connection) -> list[str]:
    """Return the ids of dossiers with a payment that waits for a second officer."""
    return list(connection.execute(_OPEN_PAYMENTS).scalars())
