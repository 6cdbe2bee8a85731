"""Who looked at a masked fact: officer, dossier, field, instant. Insert-only; triggers refuse update and delete.

Stands apart from the money journal, which is evidence about money only, and from the outbox: the portal is told of a
look, never asked whether it may be.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select

from app.store.schema import access_log

_AFTER = (
    select(*(access_log.c[name] for name in ("seq", "actor_id", "dossier_id", "field", "at_ms")))
    .where(access_log.c.seq > bindparam("seq"))
    .order_by(access_log.c.seq)
    .limit(bindparam("limit"))
)  # made once: asked after every page


@dataclass(frozen=True, slots=True)
class Look:
    """One look; ``at_ms`` UTC milliseconds by the portal's clock."""

    actor_id: str
    dossier_id: str
    field: str
    at_ms: int


def append(connection: Connection, look: Look) -> None:
    """Write one look in the caller's transaction."""
    values = {name: getattr(look, name) for name in Look.__slots__}
    connection.execute(insert(access_log).values(**values))


def of_dossier(connection: Connection, dossier_id: str) -> tuple[Look, ...]:
    """Return every look at a dossier's masked facts, oldest first."""
    column = access_log.c
    query = select(column.actor_id, column.dossier_id, column.field, column.at_ms).where(
        column.dossier_id == dossier_id
    )
    return tuple(Look(*row) for row in connection.execute(query.order_by(column.seq)))


def after(connection: Connection, seq: int, limit: int) -> tuple[tuple[int, Look], ...]:
    """Return looks with their numbers, the oldest above ``seq`` first."""
    return tuple((row[0], Look(*row[1:])) for row in connection.execute(_AFTER, {"seq": seq, "limit": limit}))
