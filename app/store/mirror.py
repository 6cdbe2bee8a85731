"""The portal's truth, byte for byte, with its version. Written only by ``sync.apply_page``.

Stands apart from the projection, which is derived from it and may be rebuilt at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, select

from app.store.cipher import whole
from app.store.schema import mirror
from app.store.sets import listed, named

Change = tuple[str, int, bytes]
_CHUNK = 500
LEFT_BEHIND = -1
"""Mark of a row that the portal no longer shows, and this desk still has work of."""
_UPSERT = (
    "INSERT INTO mirror(id, version, mark, body) VALUES (?, ?, ?, ?) "
    "ON CONFLICT(id) DO UPDATE SET version = excluded.version, mark = excluded.mark, body = excluded.body"
)
# Made once: building them took longer than running them.
_NAMED = named(mirror.c.id, "ids")
_VERSIONS = select(mirror.c.id, mirror.c.version).where(_NAMED, mirror.c.mark > LEFT_BEHIND)
_BODIES = select(mirror.c.id, mirror.c.body).where(_NAMED)
_OLDER = select(mirror.c.id).where(mirror.c.mark < bindparam("mark"))


def versions(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """Return the version held for each id that is held at all; of one left behind no version counts any more."""
    found: dict[str, int] = {}
    for start in range(0, len(ids), _CHUNK):
        rows = connection.execute(_VERSIONS, {"ids": listed(ids[start : start + _CHUNK])})
        found.update((identity, version) for identity, version in rows)
    return found


def put(connection: Connection, changes: Iterable[Change], mark: int) -> None:
    """Store these bytes and versions, whatever was there."""
    rows = [(identity, version, mark, body) for identity, version, body in changes]
    if rows:
        connection.exec_driver_sql(_UPSERT, rows)


def keep(connection: Connection, ids: Sequence[str], mark: int) -> None:
    """Mark rows as seen in this resync without changing them."""
    if ids:
        connection.exec_driver_sql("UPDATE mirror SET mark = ? WHERE id = ?", [(mark, identity) for identity in ids])


def leave_behind(connection: Connection, ids: Sequence[str]) -> None:
    """Keep rows that the portal no longer shows until no work of this desk rests on them; see ``ids_older_than``."""
    if ids:
        connection.exec_driver_sql("UPDATE mirror SET mark = ? WHERE id = ?", [(LEFT_BEHIND, i) for i in ids])


def bodies(connection: Connection, ids: Sequence[str]) -> dict[str, bytes]:
    """Return the stored bytes of each id that is held."""
    found: dict[str, bytes] = {}
    for start in range(0, len(ids), _CHUNK):
        rows = connection.execute(_BODIES, {"ids": listed(ids[start : start + _CHUNK])})
        found.update((identity, whole(body)) for identity, body in rows)
    return found


def ids_older_than(connection: Connection, mark: int) -> list[str]:
    """Return the rows that a complete resync did not bring, and those left behind."""
    return list(connection.execute(_OLDER, {"mark": mark}).scalars())


def all_ids(connection: Connection) -> list[str]:
    """Return every id held."""
    return list(connection.execute(select(mirror.c.id)).scalars())


def remove(connection: Connection, ids: Sequence[str]) -> None:
    """Forget these dossiers."""
    for start in range(0, len(ids), _CHUNK):
        connection.execute(delete(mirror).where(mirror.c.id.in_(ids[start : start + _CHUNK])))
