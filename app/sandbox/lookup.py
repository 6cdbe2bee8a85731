"""Tra cứu: any code, for any desk's reception, each look written down with who and when.

Stands apart from the feed's scope, which decides what a desk keeps; nothing that is looked up here is kept there.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, or_, select

from app.contract.codec import Foreign, read_dossier
from app.domain.lookup import LookedUp, looked_up
from app.domain.people import Officer
from app.domain.words import Role
from app.sandbox import looks, tables
from app.sandbox.offices import offices


def may_look_up(officer: Officer) -> bool:
    """Say whether the officer is reception, of whatever unit."""
    return Role.RECEPTION in officer.roles


def look_up(connection: Connection, officer: Officer, code: str, desk: str, now: datetime) -> LookedUp | None:
    """Return what may be told of a dossier, None when no dossier has this code; the look is written down either way."""
    columns, wanted = tables.dossiers.c, code.strip().upper()
    query = select(columns.id, columns.body).where(or_(columns.code == wanted, columns.receipt_code == wanted))
    row = connection.execute(query).first()
    looks.asked(connection, officer, wanted, row.id if row else "", desk, now)
    dossier = read_dossier(row.body.encode()) if row is not None else None
    if dossier is None or isinstance(dossier, Foreign):
        return None
    office = offices().get(dossier.step.unit_id if dossier.step else dossier.desk_unit_id)
    return looked_up(dossier, office.name if office else "")
