"""What a portal restored from a backup may have lost, and therefore is sent once more: commands and their papers.

Stands apart from the outbox, where an acknowledged command is at its end. In the caller's transaction.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from app.domain.words import OutboxState
from app.store.outbox import FINAL, RESTORED
from app.store.schema import outbox
from app.store.sets import among

REACH_MS = 35 * 86_400_000
"""No backup older than this is put back."""


def requeue(connection: Connection, now_ms: int, heard_ms: int) -> int:
    """Send acknowledged work again, same key and bytes; return how many commands.

    What the portal still has, it answers as a replay. ``heard_ms``: when this desk last heard of it before it was
    restored, perhaps long ago. Money never reconciled goes again however old it is.
    """
    return connection.execute(
        update(outbox)
        .where(_perhaps_lost(heard_ms))
        .values(state=OutboxState.QUEUED, changed_ms=now_ms, not_before_ms=now_ms, last_problem=RESTORED)
    ).rowcount


def digests_needed(connection: Connection, heard_ms: int) -> set[str]:
    """Return which papers this desk may still have to bring, for work that waits or may go again."""
    waits = or_(~among(outbox.c.state, FINAL), _perhaps_lost(heard_ms))
    found = connection.execute(select(outbox.c.blobs).where(waits)).scalars()
    return {digest for text in found for digest in text.split()}


def _perhaps_lost(heard_ms: int) -> ColumnElement[bool]:
    recent = outbox.c.changed_ms >= heard_ms - REACH_MS
    unreconciled = and_(outbox.c.money == 1, outbox.c.reconciled_ms.is_(None))
    return and_(outbox.c.state == OutboxState.ACKED, or_(recent, unreconciled))
