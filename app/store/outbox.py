"""The outbox: what officers did and the portal has not confirmed yet (design §8).

Stands apart because its rows are the only thing that may never be lost. Rows are appended, walk the six states along
legal edges (a trigger enforces them), and are never deleted. All functions run in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.engine import Row

from app.domain.commands import BIRTHS, MOVED
from app.domain.words import OutboxState
from app.store.cipher import whole
from app.store.schema import mirror, outbox

_FINAL = (OutboxState.ACKED, OutboxState.RESOLVED)
CLOCK_WENT_BACK_MS = 60_000
RESTORE_REACH_MS = 35 * 86_400_000
DROPPED = "drop"
_PORTAL_ASKED_TO_WAIT = ("rate-limited", "unavailable")


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One command on its way; ``*_ms`` are UTC milliseconds."""

    seq: int
    key: str
    dossier_id: str
    type: str
    actor_id: str
    if_match: int | None
    body: str
    sha256: str
    blobs: tuple[str, ...]
    money: bool
    state: OutboxState
    attempts: int
    created_ms: int
    not_before_ms: int
    changed_ms: int
    last_problem: str
    version: int | None
    resolved_why: str


def _place(rows: FromClause) -> ColumnElement[int]:
    """Order within a lane: the row's own, or that of the refused row it repeats."""
    return func.coalesce(rows.c.place, rows.c.seq)


def _row(row: Row[tuple[object, ...]]) -> OutboxRow:
    values = row._mapping
    whole(values["body"])
    return OutboxRow(
        **{name: values[name] for name in OutboxRow.__slots__ if name not in ("blobs", "money", "state")},
        blobs=tuple(values["blobs"].split()),
        money=bool(values["money"]),
        state=OutboxState(values["state"]),
    )


def enqueue(
    connection: Connection,
    *,
    key: str,
    dossier_id: str,
    type_: str,
    actor_id: str,
    body: str,
    sha256: str,
    money: bool,
    now_ms: int,
    not_before_ms: int,
    blobs: Iterable[str] = (),
    if_match: int | None = None,
) -> None:
    """Append one frozen command in state queued."""
    connection.execute(
        insert(outbox).values(
            key=key,
            dossier_id=dossier_id,
            type=type_,
            actor_id=actor_id,
            if_match=if_match,
            body=body,
            sha256=sha256,
            blobs=" ".join(blobs),
            money=int(money),
            state=OutboxState.QUEUED,
            created_ms=now_ms,
            not_before_ms=not_before_ms,
            changed_ms=now_ms,
        )
    )


def enqueue_again(
    connection: Connection, key: str, new_key: str, now_ms: int, changed: tuple[str, str] | None = None
) -> None:
    """Append the same frozen bytes under a new key, at the refused one's place in its dossier's lane.

    ``changed``: another body and its SHA-256, where a human chose to send it otherwise.
    """
    row = connection.execute(select(outbox).where(outbox.c.key == key)).one()._mapping
    place = row["seq"] if row["place"] is None else row["place"]
    same = {name: row[name] for name in ("dossier_id", "type", "actor_id", "body", "sha256", "blobs", "money")}
    if changed is not None:
        same["body"], same["sha256"] = changed
    connection.execute(
        insert(outbox).values(
            key=new_key,
            place=place,
            state=OutboxState.QUEUED,
            created_ms=now_ms,
            not_before_ms=now_ms,
            changed_ms=now_ms,
            **same,
        )
    )


_IN_FOLD = or_(
    outbox.c.state.in_((OutboxState.QUEUED, OutboxState.SENDING, OutboxState.PARKED)),
    and_(outbox.c.state == OutboxState.NEEDS_DECISION, outbox.c.type.in_(MOVED | BIRTHS)),
    and_(outbox.c.state == OutboxState.ACKED, outbox.c.version > func.coalesce(mirror.c.version, 0)),
)
# Made once: building it took longer than running it, and every act and every row of a list asks it.
_WAITING = (
    select(outbox)
    .join(mirror, mirror.c.id == outbox.c.dossier_id, isouter=True)
    .where(_IN_FOLD, outbox.c.dossier_id.in_(bindparam("ids", expanding=True)))
    .order_by(_place(outbox))
)


def waiting(connection: Connection, dossier_ids: Iterable[str]) -> dict[str, list[OutboxRow]]:
    """Return the commands still to be folded, by dossier, in order.

    An acknowledged one counts until the mirror holds its version; a refused one counts only if the money was really
    taken, or if without it the dossier itself would be gone from sight.
    """
    found: dict[str, list[OutboxRow]] = {}
    for row in connection.execute(_WAITING, {"ids": list(dossier_ids)}):
        item = _row(row)
        found.setdefault(item.dossier_id, []).append(item)
    return found


def waiting_dossiers(connection: Connection) -> set[str]:
    """Return the ids of all dossiers with a command that is not final or not yet in the mirror."""
    unconfirmed = or_(
        outbox.c.state.not_in(_FINAL),
        and_(outbox.c.state == OutboxState.ACKED, outbox.c.version > func.coalesce(mirror.c.version, 0)),
    )
    query = (
        select(outbox.c.dossier_id).join(mirror, mirror.c.id == outbox.c.dossier_id, isouter=True).where(unconfirmed)
    )
    return set(connection.execute(query.distinct()).scalars())


def sendable(
    connection: Connection, actor_id: str, now_ms: int, limit: int, dossier_id: str | None = None
) -> list[OutboxRow]:
    """Return the commands that may leave now: own officer's, due, and the head of their dossier's lane.

    A lane's later commands follow in the same batch only when nothing before them waits for a human or a time. A
    command last touched in the future was so before this machine's clock was put back: it does not wait for that hour.
    """
    earlier = outbox.alias()
    went_back_ms = now_ms + CLOCK_WENT_BACK_MS
    due = or_(outbox.c.not_before_ms <= now_ms, outbox.c.changed_ms > went_back_ms)
    blocked = exists().where(
        earlier.c.dossier_id == outbox.c.dossier_id,
        _place(earlier) < _place(outbox),
        or_(
            earlier.c.state.in_((OutboxState.SENDING, OutboxState.NEEDS_DECISION, OutboxState.PARKED)),
            and_(
                earlier.c.state == OutboxState.QUEUED,
                earlier.c.not_before_ms > now_ms,
                earlier.c.changed_ms <= went_back_ms,
            ),
            and_(earlier.c.state == OutboxState.QUEUED, earlier.c.actor_id != actor_id),
        ),
    )
    query = (
        select(outbox)
        .where(
            outbox.c.state == OutboxState.QUEUED,
            outbox.c.actor_id == actor_id,
            due,
            ~blocked,
        )
        .order_by(_place(outbox))
        .limit(limit)
    )
    if dossier_id:
        query = query.where(outbox.c.dossier_id == dossier_id)
    return [_row(row) for row in connection.execute(query)]


def next_due_ms(connection: Connection, actor_id: str) -> int | None:
    """Return when the earliest queued command of this officer may leave, or None if none waits."""
    return connection.execute(
        select(func.min(outbox.c.not_before_ms)).where(
            outbox.c.state == OutboxState.QUEUED, outbox.c.actor_id == actor_id
        )
    ).scalar()


def mark_sending(connection: Connection, rows: Iterable[OutboxRow], now_ms: int) -> None:
    """Commit the intention to send: counts the attempt before the first byte leaves."""
    connection.execute(
        update(outbox)
        .where(outbox.c.seq.in_([row.seq for row in rows]), outbox.c.state == OutboxState.QUEUED)
        .values(state=OutboxState.SENDING, attempts=outbox.c.attempts + 1, changed_ms=now_ms)
    )


def settle(
    connection: Connection,
    row: OutboxRow,
    state: OutboxState,
    now_ms: int,
    *,
    problem: str = "",
    version: int | None = None,
    not_before_ms: int = 0,
) -> bool:
    """Leave *sending* for ``state``; a late answer of an older attempt changes nothing and returns False."""
    changed = connection.execute(
        update(outbox)
        .where(
            outbox.c.seq == row.seq,
            outbox.c.state == OutboxState.SENDING,
            outbox.c.attempts == row.attempts + 1,
        )
        .values(state=state, changed_ms=now_ms, last_problem=problem, version=version, not_before_ms=not_before_ms)
    )
    return changed.rowcount == 1


def recover(connection: Connection, now_ms: int) -> int:
    """Take every *sending* row back to queued after a start: outcome unknown, same key, same bytes."""
    return connection.execute(
        update(outbox)
        .where(outbox.c.state == OutboxState.SENDING)
        .values(state=OutboxState.QUEUED, changed_ms=now_ms, not_before_ms=now_ms, last_problem="unknown-outcome")
    ).rowcount


def undo(connection: Connection, key: str, actor_id: str, now_ms: int) -> bool:
    """Resolve a command that never left as undone; False when it is too late, it is money, or money rests on it."""
    later = outbox.alias()
    paid_upon = exists().where(
        later.c.dossier_id == outbox.c.dossier_id,
        _place(later) > _place(outbox),
        later.c.money == 1,
        later.c.state.not_in(_FINAL),
    )
    changed = connection.execute(
        update(outbox)
        .where(
            outbox.c.key == key,
            outbox.c.state == OutboxState.QUEUED,
            outbox.c.attempts == 0,
            outbox.c.money == 0,
            ~paid_upon,
        )
        .values(state=OutboxState.RESOLVED, resolved_by=actor_id, resolved_why="undone", changed_ms=now_ms)
    )
    return changed.rowcount == 1


def send_now(connection: Connection, now_ms: int, keys: Iterable[str] | None = None) -> None:
    """Let queued commands leave at once: all of them, or those named."""
    query = update(outbox).where(outbox.c.state == OutboxState.QUEUED, outbox.c.not_before_ms > now_ms)
    if keys is not None:
        query = query.where(outbox.c.key.in_(list(keys)))
    connection.execute(query.values(not_before_ms=now_ms))


def send_lane_now(connection: Connection, dossier_id: str, now_ms: int) -> None:
    """Let the queued commands of one dossier leave at once."""
    connection.execute(
        update(outbox)
        .where(outbox.c.state == OutboxState.QUEUED, outbox.c.dossier_id == dossier_id, outbox.c.not_before_ms > now_ms)
        .values(not_before_ms=now_ms)
    )


def wake(connection: Connection, now_ms: int) -> int:
    """End every backoff: the line is back, or an officer asks. Undo times and a portal's own Retry-After still hold."""
    asked_to_wait = or_(*(outbox.c.last_problem.contains(code) for code in _PORTAL_ASKED_TO_WAIT))
    return connection.execute(
        update(outbox)
        .where(
            outbox.c.state == OutboxState.QUEUED,
            outbox.c.not_before_ms > now_ms,
            outbox.c.last_problem != "",
            ~asked_to_wait,
        )
        .values(not_before_ms=now_ms)
    ).rowcount


def decide(
    connection: Connection, key: str, state: OutboxState, now_ms: int, *, by: str, why: str, replaced_by: str = ""
) -> bool:
    """Move a command out of *needs_decision* or *parked*: back to queued, or resolved by a named officer."""
    changed = connection.execute(
        update(outbox)
        .where(outbox.c.key == key, outbox.c.state.in_((OutboxState.NEEDS_DECISION, OutboxState.PARKED)))
        .values(
            state=state,
            changed_ms=now_ms,
            not_before_ms=now_ms,
            resolved_by=by,
            resolved_why=why,
            replaced_by=replaced_by,
        )
    )
    return changed.rowcount == 1


def requeue_after_restore(connection: Connection, now_ms: int) -> int:
    """Send acknowledged work again, same key and bytes: the portal was restored from a backup and may have lost it.

    What it still has, it answers as a replay. No backup older than ``RESTORE_REACH_MS`` is put back; money that was
    never reconciled goes again however old it is.
    """
    recent = outbox.c.changed_ms >= now_ms - RESTORE_REACH_MS
    unreconciled = and_(outbox.c.money == 1, outbox.c.reconciled_ms.is_(None))
    return connection.execute(
        update(outbox)
        .where(outbox.c.state == OutboxState.ACKED, or_(recent, unreconciled))
        .values(state=OutboxState.QUEUED, changed_ms=now_ms, not_before_ms=now_ms, last_problem="epoch-changed")
    ).rowcount


def get(connection: Connection, key: str) -> OutboxRow | None:
    """Return the row of ``key``, or None."""
    row = connection.execute(select(outbox).where(outbox.c.key == key)).first()
    return _row(row) if row else None


def newest(connection: Connection, key: str) -> OutboxRow | None:
    """Return the row under which the command of ``key`` goes out now: its own, or that of its last repetition."""
    again = connection.execute(select(outbox.c.replaced_by).where(outbox.c.key == key)).scalar()
    return newest(connection, again) if again else get(connection, key)


def original(connection: Connection, key: str) -> str:
    """Return the key under which a command was first queued: the journal knows it by that one."""
    earlier = connection.execute(select(outbox.c.key).where(outbox.c.replaced_by == key)).scalar()
    return original(connection, earlier) if earlier else key


def unfinished(connection: Connection) -> list[OutboxRow]:
    """Return every command that is not final, in the order of sending."""
    query = select(outbox).where(outbox.c.state.not_in(_FINAL)).order_by(outbox.c.seq)
    return [_row(row) for row in connection.execute(query)]


def recently_acked(connection: Connection, since_ms: int, limit: int) -> list[OutboxRow]:
    """Return the commands the portal confirmed since ``since_ms``, newest first."""
    query = (
        select(outbox)
        .where(outbox.c.state == OutboxState.ACKED, outbox.c.changed_ms >= since_ms)
        .order_by(outbox.c.seq.desc())
        .limit(limit)
    )
    return [_row(row) for row in connection.execute(query)]
