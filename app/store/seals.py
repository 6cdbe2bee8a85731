"""Heads of the money journal that the portal has countersigned: they bind the desk's rows to a word from outside.

Stands apart from ``journal``, whose chain anybody with the store's key could make anew from its first row; without the
province's secret nobody can make these. Insert-only, as the journal is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from app.contract.province import Countersigned, is_signed
from app.store import journal
from app.store.schema import journal_seal

_LAST_ROWS = select(journal_seal.c.rows).order_by(journal_seal.c.seq.desc()).limit(1)  # made once: asked every page


@dataclass(frozen=True, slots=True)
class Proof:
    """What an inspector learns: rows, head, the last row under a valid countersignature, and what does not hold.

    ``broken_at`` is the first row that is not proven to stand as it was written, None when all that was countersigned
    still stands; ``why``: chain (a row was changed, put in or taken out), cut (rows are gone from the end), signature
    (not the province's word), other (a countersigned head is not the one of that row). Rows after ``sealed`` hang on
    the chain alone until the desk is online.
    """

    rows: int
    head: str
    sealed: int
    broken_at: int | None = None
    why: str = ""


def keep(connection: Connection, told: Countersigned) -> None:
    """Append one countersigned head in the caller's transaction."""
    values = {name: getattr(told, name) for name in Countersigned.__slots__} | {"at": told.at.isoformat()}
    connection.execute(insert(journal_seal).values(**values))


def every(connection: Connection) -> list[Countersigned]:
    """Return all countersigned heads in the order they came."""
    rows = connection.execute(select(journal_seal).order_by(journal_seal.c.seq))
    return [
        Countersigned(
            row.officer_id, row.store_id, row.rows, row.head, datetime.fromisoformat(row.at), row.key, row.signature
        )
        for row in rows
    ]


def last_rows(connection: Connection) -> int:
    """Return how many rows the newest countersigned head covers."""
    return connection.execute(_LAST_ROWS).scalar() or 0


def proof(connection: Connection, key: str, officer_id: str, store_id: str) -> Proof:
    """Check chain and countersignatures under the province's public ``key``, for this officer's store."""
    hashes, verdict, sealed = journal.hashes(connection), journal.verify(connection), 0
    for told in sorted(every(connection), key=lambda item: item.rows):
        why = _wrong(told, hashes, key, (officer_id, store_id))
        if why and (verdict.broken_at is None or told.rows < verdict.broken_at):
            first = verdict.rows + 1 if why == "cut" else sealed + 1
            return Proof(verdict.rows, verdict.head, sealed, first, why)
        sealed = sealed if why else told.rows
    if verdict.broken_at is not None:
        return Proof(verdict.rows, verdict.head, min(sealed, verdict.broken_at - 1), verdict.broken_at, "chain")
    return Proof(verdict.rows, verdict.head, sealed)


def _wrong(told: Countersigned, hashes: list[str], key: str, whose: tuple[str, str]) -> str:
    if (told.officer_id, told.store_id) != whose or not is_signed(key, told):
        return "signature"
    if told.rows > len(hashes):
        return "cut"
    return "" if hashes[told.rows - 1] == told.head else "other"
