"""The money journal: every đồng an officer recorded here, insert-only and hash-chained.

Stands apart from the outbox because it is evidence, not work: corrections are new rows, and a changed or missing row
breaks the chain. A trigger refuses update and delete.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.engine import Row

from app.store.schema import journal

GENESIS = "0" * 64
DROPPED = "dropped"
_HASHES = select(journal.c.hash).order_by(journal.c.seq)  # made once: asked after every page


@dataclass(frozen=True, slots=True)
class Entry:
    """One money fact; ``amount`` in đồng, ``made_ms`` UTC milliseconds."""

    key: str
    kind: str
    dossier_id: str
    notice_id: str
    payment_id: str
    amount: int
    channel: str
    made_ms: int
    actor_id: str


def _digest(prev_hash: str, entry: Entry) -> str:
    fields = (prev_hash, *(str(getattr(entry, name)) for name in Entry.__slots__))
    return hashlib.sha256("\x1f".join(fields).encode()).hexdigest()


def append(connection: Connection, entry: Entry) -> None:
    """Append in the caller's transaction, chained to the last row."""
    last = connection.execute(select(journal.c.hash).order_by(journal.c.seq.desc()).limit(1)).scalar() or GENESIS
    values = {name: getattr(entry, name) for name in Entry.__slots__}
    connection.execute(insert(journal).values(**values, prev_hash=last, hash=_digest(last, entry)))


def take_back(connection: Connection, key: str, new_key: str, now_ms: int, actor_id: str) -> None:
    """Append the opposite of a refused command's row when it is dropped; no effect when it was no money."""
    row = connection.execute(select(journal).where(journal.c.key == key)).first()
    if row is None:
        return
    old = _entry(row)
    dropped = replace(old, key=new_key, kind=DROPPED, amount=-old.amount, made_ms=now_ms, actor_id=actor_id)
    append(connection, dropped)


def between(connection: Connection, start_ms: int, end_ms: int, actor_id: str) -> list[Entry]:
    """Return what one officer took (not what was taken back) from ``start_ms`` to before ``end_ms``, in order."""
    query = (
        select(journal)
        .where(
            journal.c.made_ms >= start_ms,
            journal.c.made_ms < end_ms,
            journal.c.actor_id == actor_id,
            journal.c.amount > 0,
            journal.c.kind != DROPPED,
        )
        .order_by(journal.c.seq)
    )
    return [_entry(row) for row in connection.execute(query)]


def made_between(connection: Connection, start_ms: int, end_ms: int) -> list[Entry]:
    """Return every row made from ``start_ms`` to before ``end_ms``, what was taken back too, in order."""
    when = (journal.c.made_ms >= start_ms, journal.c.made_ms < end_ms)
    return [_entry(row) for row in connection.execute(select(journal).where(*when).order_by(journal.c.seq))]


def _entry(row: Row[Any]) -> Entry:
    return Entry(**{name: row._mapping[name] for name in Entry.__slots__})


def hashes(connection: Connection) -> list[str]:
    """Return the stored hash of every row, in order."""
    return list(connection.execute(_HASHES).scalars())


@dataclass(frozen=True, slots=True)
class Verdict:
    """The chain checked: rows, head hash, and the first row that does not fit (None: sound)."""

    rows: int
    head: str
    broken_at: int | None


def verify(connection: Connection) -> Verdict:
    """Recompute the chain from the first row."""
    previous, rows, expected = GENESIS, 0, 1
    for row in connection.execute(select(journal).order_by(journal.c.seq)):
        entry = _entry(row)
        rows += 1
        if row.seq != expected or row.prev_hash != previous or row.hash != _digest(previous, entry):
            return Verdict(rows, previous, row.seq)
        previous, expected = row.hash, row.seq + 1
    return Verdict(rows, previous, None)
