"""The officer's session: how the link stands, what happened since last time, reconciliation, the journal's proof."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from app.clock import from_ms, to_ms
from app.domain.words import Queue, Way
from app.errors import KnownError
from app.services import inbox
from app.services.desk import Desk
from app.services.views import Connection, QueueCounts
from app.store import mending, outbox, seals, state
from app.store.seals import Proof
from app.store.state import Name


@dataclass(frozen=True, slots=True)
class Since:
    """What the strip at sign-in says: since when, and how much waits where."""

    seen_at: datetime | None
    paid: int
    new: int
    supplemented: int
    to_notify: int
    late: int
    decisions: int
    unsent: int


def connection(desk: Desk) -> Connection:
    """Return how the link to the portal stands."""
    link = desk.engine.link.state
    with desk.store.read() as reading:
        synced = state.get(reading, Name.SYNCED_MS)
        unsent = sum(row.way is not Way.HELD for row in outbox.unfinished(reading))
    own = desk.profile.desk
    synced_at = from_ms(int(synced)) if synced else None
    others = tuple((item.officer.name, len(item.to_send) + item.undecided) for item in desk.neighbours.unsent())
    return Connection(link.state, link.code, link.since, synced_at, unsent, own.portal if own else "", others)


def since_last_time(desk: Desk) -> Since:
    """Return what happened since this officer last looked, and remember that he looked now."""
    with desk.store.write() as writing:
        seen = state.get(writing, Name.SEEN_MS)
        state.put(writing, Name.SEEN_MS, str(to_ms(desk.clock.now())))
    return waiting(inbox.counts(desk), from_ms(int(seen)) if seen else None)


def waiting(counts: QueueCounts, seen_at: datetime | None) -> Since:
    """Return what the strip says of these counts. Pure."""
    queues = dict(counts.queues)
    return Since(
        seen_at=seen_at,
        paid=queues.get(Queue.PAID_NEXT, 0),
        new=queues.get(Queue.NEW, 0),
        supplemented=queues.get(Queue.SUPPLEMENTED, 0),
        to_notify=queues.get(Queue.TO_NOTIFY, 0),
        late=counts.late,
        decisions=counts.decisions,
        unsent=counts.unsent,
    )


def reconcile(desk: Desk) -> int:
    """Mark acknowledged money that the portal's ledger has; return how many rows. Never raises."""
    try:
        return desk.engine.puller.bookkeeper.reconcile()
    except KnownError:
        return 0


def keep_backup(desk: Desk) -> bool:
    """Make today's backup if there is none yet; say whether one was made. The window does so by itself.

    Raises StoreTrouble; the older backups stay.
    """
    return mending.keep_backup(desk.store, desk.clock.now())


def prove_journal(desk: Desk, key: str = "") -> Proof:
    """Check the money journal under the province's public ``key``; without one, the key of this desk's sign-in."""
    with desk.store.read() as reading:
        known = key or state.get(reading, Name.SIGNING_KEY) or ""
        forked = state.get(reading, Name.JOURNAL_FORKED) == "1"
        found = seals.proof(reading, known, desk.officer.id, state.get(reading, Name.STORE_ID) or "")
    if forked and found.broken_at is None:
        # The portal has countersigned more, or other, rows than lie here: they are missing from the end on.
        return replace(found, broken_at=found.rows + 1, why="cut")
    return found
