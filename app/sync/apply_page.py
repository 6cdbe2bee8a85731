"""The only way into the mirror: one page, its projection and the cursor in one transaction.

Stands apart so that a whole sync, a long poll and a single question ("page of one") change the mirror alike.
Applied iff the version is higher; an equal version changes nothing, so repeats and disorder are harmless. Only a
resync takes what differs in any way: a portal restored from a backup counts up to the same versions with other bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from app.clock import ShiftedClock, to_ms
from app.contract.codec import read_dossier
from app.contract.wire import Change, Page
from app.domain.dossier import Dossier
from app.store import mirror, outbox, restored, state, unconfirmed
from app.store.projection import Projector
from app.store.state import Name
from app.store.writer import Store

_WATCHED = 50


@dataclass(frozen=True, slots=True)
class Applied:
    """What a page changed: dossier ids, and (dossier id, đồng) of payments that came from outside this desk."""

    ids: tuple[str, ...]
    payments: tuple[tuple[str, int], ...] = ()


def apply_changes(store: Store, projector: Projector, changes: Sequence[Change]) -> Applied:
    """Apply single dossiers outside the feed; the cursor stays where it is. Transaction: own."""
    with store.write() as connection:
        return _take(connection, projector, changes, force=False)


def apply_page(store: Store, projector: Projector, page: Page, clock: ShiftedClock) -> Applied:
    """Apply one page of the feed with its cursor. Transaction: own."""
    with store.write() as connection:
        resync = state.get(connection, Name.CURSOR) is None or state.get(connection, Name.RESYNC) == "1"
        if state.get(connection, Name.CURSOR) is None:
            _begin_resync(connection)
        epoch = state.get(connection, Name.EPOCH)
        if epoch not in (None, page.epoch):
            heard_ms = int(state.get(connection, Name.SYNCED_MS) or 0)
            restored.requeue(connection, to_ms(clock.now()), heard_ms)
        applied = _take(connection, projector, page.changes, force=resync)
        gone = _let_rest(connection, projector, _named(connection, page))
        if not page.has_more:
            mark = int(state.get(connection, Name.MARK) or 0)
            gone += _release(connection, projector, mirror.ids_older_than(connection, mark))
            state.put(connection, Name.RESYNC, "0")
        state.put(connection, Name.CURSOR, page.next_cursor)
        state.put(connection, Name.EPOCH, page.epoch)
        skew_ms = to_ms(page.server_time) - to_ms(clock.base.now())
        state.put(connection, Name.SKEW_MS, str(skew_ms))
        state.put(connection, Name.SYNCED_MS, str(to_ms(page.server_time)))
    clock.skew = timedelta(milliseconds=skew_ms)
    return Applied((*applied.ids, *gone), applied.payments)


def release_buried(connection: Connection, projector: Projector, answered: Sequence[str]) -> None:
    """Forget what a tombstone has named and only an answer kept here; in the caller's transaction.

    What a resync did not bring waits for its page instead: a restored portal may just have taken it up again, and
    money must not be out of sight until then.
    """
    buried = _buried(connection)
    if not buried.isdisjoint(answered):
        _let_rest(connection, projector, buried)


def forget_cursor(store: Store) -> None:
    """Start the feed from nothing at the next pull; mirror, outbox and journal stay until it is complete."""
    with store.write() as connection:
        state.drop(connection, Name.CURSOR)


def rebuild(store: Store, projector: Projector) -> None:
    """Derive every row again from mirror and outbox. Transaction: own.

    What was born at this desk, and the portal has not taken yet, stands in the outbox alone.
    """
    with store.write() as connection:
        store.drop_derived(connection)
        mirrored = mirror.all_ids(connection)
        born_here = unconfirmed.waiting_dossiers(connection).difference(mirrored)
        projector.project(connection, [*mirrored, *sorted(born_here)])


def _begin_resync(connection: Connection) -> None:
    state.put(connection, Name.MARK, str(int(state.get(connection, Name.MARK) or 0) + 1))
    state.put(connection, Name.RESYNC, "1")


def _take(connection: Connection, projector: Projector, changes: Sequence[Change], *, force: bool) -> Applied:
    mark = int(state.get(connection, Name.MARK) or 0)
    held = mirror.versions(connection, [change.id for change in changes])
    known = mirror.bodies(connection, list(held)) if force else {}
    fresh = {
        change.id: change
        for change in changes
        if change.version > held.get(change.id, -1)
        or (force and (change.version, bytes(change.body)) != (held[change.id], known[change.id]))
    }
    payments = _new_payments(connection, fresh, held) if len(fresh) <= _WATCHED else ()
    mirror.put(connection, [(c.id, c.version, bytes(c.body)) for c in fresh.values()], mark)
    if force:
        mirror.keep(connection, [change.id for change in changes if change.id not in fresh], mark)
    projector.project_bodies(connection, {c.id: bytes(c.body) for c in fresh.values()})
    return Applied(tuple(fresh), payments)


def _buried(connection: Connection) -> set[str]:
    """Return what tombstones have named and this desk still holds."""
    return set(json.loads(state.get(connection, Name.BURIED) or "[]"))


def _named(connection: Connection, page: Page) -> set[str]:
    """Return what is buried as of this page; what a restored portal has taken up again is not."""
    return (_buried(connection) - {change.id for change in page.changes}) | {stone.id for stone in page.tombstones}


def _let_rest(connection: Connection, projector: Projector, buried: set[str]) -> tuple[str, ...]:
    """Forget what is buried but for what this desk still has to send; of it no later version ever comes."""
    kept = buried & {row.dossier_id for row in outbox.unfinished(connection)} if buried else buried
    gone = sorted(buried - kept)
    if gone:
        projector.forget(connection, gone)
    if kept != _buried(connection):
        state.put(connection, Name.BURIED, json.dumps(sorted(kept)))
    return tuple(gone)


def _release(connection: Connection, projector: Projector, ids: list[str]) -> tuple[str, ...]:
    """Forget dossiers that left the scope; those this desk still has to speak of go with the answer or a later page."""
    if not ids:
        return ()
    kept = unconfirmed.waiting_dossiers(connection)
    gone = [identity for identity in ids if identity not in kept]
    if gone:
        projector.forget(connection, gone)
    mirror.leave_behind(connection, [identity for identity in ids if identity in kept])
    return tuple(gone)


def _new_payments(
    connection: Connection, fresh: dict[str, Change], held: dict[str, int]
) -> tuple[tuple[str, int], ...]:
    before = mirror.bodies(connection, [identity for identity in fresh if identity in held])
    found = []
    for identity, old_body in before.items():
        old, new = read_dossier(old_body), read_dossier(bytes(fresh[identity].body))
        if isinstance(old, Dossier) and isinstance(new, Dossier):
            known = {payment.id for payment in old.payments}
            found += [(identity, p.amount) for p in new.payments if p.id not in known and p.recorded_by is None]
    return tuple(found)
