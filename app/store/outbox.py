"""The outbox: what officers did and the portal has not confirmed yet (design §8).

Stands apart because its rows are the only thing that may never be lost. Rows are appended, walk the six states along
legal edges (a trigger enforces them), and are never deleted. All functions run in the caller's transaction.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    bindparam,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.engine import Row

from app.domain.commands import BIRTHS, MOVED
from app.domain.words import OutboxState, Way
from app.store.cipher import whole
from app.store.schema import outbox
from app.store.sets import among, listed, named

FINAL = (OutboxState.ACKED, OutboxState.RESOLVED)
CLOCK_WENT_BACK_MS = 60_000
DROPPED = "drop"
UNANSWERED = "unanswered"
RESTORED = "epoch-changed"
"""The problem of a command that goes again because the portal was restored."""
_INTERRUPTED = "unknown-outcome"
_WAYS = {
    OutboxState.NEEDS_DECISION: Way.HELD,
    OutboxState.PARKED: Way.HELD,
    OutboxState.SENDING: Way.SENDING,
    OutboxState.ACKED: Way.THERE,
}
_NO_RIGHT = '"code": "forbidden"'
_PORTAL_ASKED_TO_WAIT = ("rate-limited", "unavailable")

# Made once: building them took longer than running them.
_ACTOR: ColumnElement[str] = bindparam("actor")
_NOW: ColumnElement[int] = bindparam("now")
_ONE = select(outbox).where(outbox.c.key == bindparam("key"))
_UNFINISHED = select(outbox).where(~among(outbox.c.state, FINAL)).order_by(outbox.c.seq)
_NEXT_DUE = select(func.min(outbox.c.not_before_ms)).where(
    outbox.c.state == OutboxState.QUEUED, outbox.c.actor_id == _ACTOR
)
_SENDING = (
    update(outbox)
    .where(named(outbox.c.seq, "taken"), outbox.c.state == OutboxState.QUEUED)
    .values(state=OutboxState.SENDING, attempts=outbox.c.attempts + 1, changed_ms=_NOW)
)
_SETTLE = (
    update(outbox)
    .where(
        outbox.c.seq == bindparam("sent"),
        outbox.c.state == OutboxState.SENDING,
        outbox.c.attempts == bindparam("attempt"),
    )
    .values({name: bindparam(name) for name in ("state", "changed_ms", "last_problem", "version", "not_before_ms")})
)
_RECOVER = (
    update(outbox)
    .where(outbox.c.state == OutboxState.SENDING)
    .values(state=OutboxState.QUEUED, changed_ms=_NOW, not_before_ms=_NOW, last_problem=_INTERRUPTED)
    .returning(outbox.c.dossier_id)
)


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

    @property
    def way(self) -> Way:
        """How far it has come."""
        return _WAYS.get(self.state) or (Way.UNANSWERED if self._perhaps_there() else Way.HERE)

    def _perhaps_there(self) -> bool:
        told = self.last_problem
        return told in (_INTERRUPTED, RESTORED) or (told.startswith("{") and bool(json.loads(told).get(UNANSWERED)))


def place_of(rows: FromClause) -> ColumnElement[int]:
    """Return the order within a lane: the row's own, or that of the refused row it repeats."""
    return func.coalesce(rows.c.place, rows.c.seq)


def row_of(row: Row[tuple[object, ...]]) -> OutboxRow:
    """Return a whole row of the table as others know it; raises what ``whole`` does of a damaged body."""
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


def sendable(
    connection: Connection, actor_id: str, now_ms: int, limit: int, dossier_id: str | None = None,
    *, cash_passes: bool = False,
) -> list[OutboxRow]:  # fmt: skip
    """Return the commands that may leave now: own officer's, due, and the head of their dossier's lane.

    A lane's later commands follow in the same batch only when nothing before them waits for a human or a time. A
    command last touched in the future was so before this machine's clock was put back: it does not wait for that hour.
    ``cash_passes``: cash goes past a refused deed whose officer is not there to decide; a fact needs none before it.
    """
    asked = {"actor": actor_id, "now": now_ms, "went_back": now_ms + CLOCK_WENT_BACK_MS, "lane": dossier_id}
    query = _sendable(one_lane=bool(dossier_id), cash_passes=cash_passes)
    return [row_of(row) for row in connection.execute(query, asked | {"limit": limit})]


@cache
def _sendable(*, one_lane: bool, cash_passes: bool) -> Select[Any]:
    """Return the query of ``sendable``, made once: building it took ten times as long as running it."""
    earlier = outbox.alias()
    went_back: ColumnElement[int] = bindparam("went_back")
    passes = and_(among(outbox.c.type, MOVED), ~among(earlier.c.type, BIRTHS)) if cash_passes else false()
    blocked = exists().where(
        earlier.c.dossier_id == outbox.c.dossier_id,
        place_of(earlier) < place_of(outbox),
        or_(
            among(earlier.c.state, (OutboxState.SENDING, OutboxState.PARKED)),
            and_(earlier.c.state == OutboxState.NEEDS_DECISION, ~passes),
            and_(
                earlier.c.state == OutboxState.QUEUED, earlier.c.not_before_ms > _NOW, earlier.c.changed_ms <= went_back
            ),
            and_(earlier.c.state == OutboxState.QUEUED, earlier.c.actor_id != _ACTOR),
        ),
    )
    due = or_(outbox.c.not_before_ms <= _NOW, outbox.c.changed_ms > went_back)
    lane = (outbox.c.dossier_id == bindparam("lane"),) if one_lane else ()
    return (
        select(outbox)
        .where(outbox.c.state == OutboxState.QUEUED, outbox.c.actor_id == _ACTOR, due, ~blocked, *lane)
        .order_by(place_of(outbox))
        .limit(bindparam("limit"))
    )


def next_due_ms(connection: Connection, actor_id: str) -> int | None:
    """Return when the earliest queued command of this officer may leave, or None if none waits."""
    return connection.execute(_NEXT_DUE, {"actor": actor_id}).scalar()


def mark_sending(connection: Connection, rows: Iterable[OutboxRow], now_ms: int) -> None:
    """Commit the intention to send: counts the attempt before the first byte leaves."""
    connection.execute(_SENDING, {"taken": listed([row.seq for row in rows]), "now": now_ms})


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
    values = {"state": state, "changed_ms": now_ms, "last_problem": problem, "version": version}
    named = {"sent": row.seq, "attempt": row.attempts + 1, "not_before_ms": not_before_ms}
    return connection.execute(_SETTLE, values | named).rowcount == 1


def recover(connection: Connection, now_ms: int) -> list[str]:
    """Take every *sending* row back to queued after a start: outcome unknown, same key, same bytes.

    Returns the dossiers' ids.
    """
    return list(dict.fromkeys(connection.execute(_RECOVER, {"now": now_ms}).scalars()))


def undo(connection: Connection, key: str, actor_id: str, now_ms: int) -> bool:
    """Resolve a command that never left as undone; False when it is too late, it is money, or money rests on it."""
    later = outbox.alias()
    paid_upon = exists().where(
        later.c.dossier_id == outbox.c.dossier_id,
        place_of(later) > place_of(outbox),
        later.c.money == 1,
        later.c.state.not_in(FINAL),
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


def send_now(
    connection: Connection, now_ms: int, *, keys: Iterable[str] | None = None, dossier_id: str | None = None
) -> None:
    """Let queued commands leave at once: all of them, those named, or those of one dossier."""
    query = update(outbox).where(outbox.c.state == OutboxState.QUEUED, outbox.c.not_before_ms > now_ms)
    if keys is not None:
        query = query.where(outbox.c.key.in_(list(keys)))
    if dossier_id is not None:
        query = query.where(outbox.c.dossier_id == dossier_id)
    connection.execute(query.values(not_before_ms=now_ms))


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


def lost_right(row: OutboxRow) -> bool:
    """Say whether a command is parked because its officer may do that no more."""
    return row.state is OutboxState.PARKED and _NO_RIGHT in row.last_problem


def take_up(connection: Connection, now_ms: int, keys: Collection[str] | None = None) -> int:
    """Queue again what was parked for want of a right, all of it or these keys; return how many.

    The role is back, or the head has lent another's right: same key, same bytes.
    """
    query = update(outbox).where(outbox.c.state == OutboxState.PARKED, outbox.c.last_problem.contains(_NO_RIGHT))
    query = query if keys is None else query.where(outbox.c.key.in_(keys))
    return connection.execute(query.values(state=OutboxState.QUEUED, changed_ms=now_ms, not_before_ms=now_ms)).rowcount


def get(connection: Connection, key: str) -> OutboxRow | None:
    """Return the row of ``key``, or None."""
    row = connection.execute(_ONE, {"key": key}).first()
    return row_of(row) if row else None


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
    return [row_of(row) for row in connection.execute(_UNFINISHED)]


def recently_acked(connection: Connection, since_ms: int, limit: int) -> list[OutboxRow]:
    """Return the commands the portal confirmed since ``since_ms``, newest first."""
    query = (
        select(outbox)
        .where(outbox.c.state == OutboxState.ACKED, outbox.c.changed_ms >= since_ms)
        .order_by(outbox.c.seq.desc())
        .limit(limit)
    )
    return [row_of(row) for row in connection.execute(query)]
