"""Which official papers left this desk on paper: one row for each printing, never changed.

Stands apart because a reprint must say that it is one, and how many there were, also after a restart and offline.
``paper`` names one paper of a dossier: ``reception``, ``supplement:2``; a register has no dossier ("").
"""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select

from app.store.schema import printed


def count(connection: Connection, dossier_id: str, paper: str) -> int:
    """Return how often this paper was printed here."""
    query = select(func.count()).where(printed.c.dossier_id == dossier_id, printed.c.paper == paper)
    return int(connection.execute(query).scalar_one())


def add(connection: Connection, dossier_id: str, paper: str, actor_id: str, now_ms: int) -> None:
    """Remember one printing in the caller's transaction."""
    row = {"dossier_id": dossier_id, "paper": paper, "actor_id": actor_id, "printed_ms": now_ms}
    connection.execute(insert(printed).values(row))
