"""Acknowledged money, until the portal's ledger has confirmed it: what would be sent again to a restored portal.

Stands apart from the outbox, whose six states end with the acknowledgement; this is the day's reconciliation after it.
All functions run in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select, update

from app.domain.words import OutboxState
from app.store.outbox import newest
from app.store.schema import outbox

_WAITS = (outbox.c.money == 1, outbox.c.state == OutboxState.ACKED, outbox.c.reconciled_ms.is_(None))
_DAYS = select(outbox.c.changed_ms).where(*_WAITS).order_by(outbox.c.changed_ms)  # made once: asked after every page


def mark_reconciled(connection: Connection, keys: Iterable[str], now_ms: int) -> int:
    """Remember that the portal's ledger has these money commands; they need not be sent after a restore."""
    return connection.execute(
        update(outbox)
        .where(outbox.c.key.in_(list(keys)), outbox.c.state == OutboxState.ACKED, outbox.c.reconciled_ms.is_(None))
        .values(reconciled_ms=now_ms)
    ).rowcount


def settled(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Return those of ``keys`` whose money the portal's ledger has confirmed, or that a human dropped."""
    last = {key: newest(connection, key) for key in keys}
    reconciled = outbox.c.key.in_([row.key for row in last.values() if row]), outbox.c.reconciled_ms.is_not(None)
    there = set(connection.execute(select(outbox.c.key).where(*reconciled)).scalars())
    return {key for key, row in last.items() if row and (row.key in there or row.state is OutboxState.RESOLVED)}


def unreconciled_days(connection: Connection) -> list[int]:
    """Return when money was acknowledged that the portal's ledger has not confirmed yet, oldest first."""
    return list(connection.execute(_DAYS).scalars())


def unreconciled_dossiers(connection: Connection) -> set[str]:
    """Return the ids of dossiers with acknowledged money that the portal's ledger has not confirmed yet."""
    return set(connection.execute(select(outbox.c.dossier_id).where(*_WAITS).distinct()).scalars())
