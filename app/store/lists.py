"""What lists ask: row numbers of a queue in order, counts, and the ids behind row numbers.

Stands apart from ``search``: here SQL only compares columns that the projection has stored.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Column, ColumnElement, Connection, and_, bindparam, case, func, literal_column, select

from app.domain.listing import ListRow, Narrowing, Parts
from app.domain.words import ENDED, FeeStatus, OutboxState, Queue, State
from app.store.facts import FAR_MS, read_facts
from app.store.schema import belonging, dossier_row, outbox


@dataclass(frozen=True, slots=True)
class Counts:
    """Live counts of the side bar."""

    queues: dict[str, int]
    soon: int
    late: int
    unsent: int
    decisions: int
    pay_late: int
    unreached: int


_OWING = (FeeStatus.DUE, FeeStatus.PAYING, FeeStatus.PARTIAL)
_FEE_FILTERS: dict[str, ColumnElement[bool]] = {
    "not_asked": dossier_row.c.fee_status == FeeStatus.NONE,
    "owing": dossier_row.c.fee_status.in_(_OWING),
    "paid": dossier_row.c.fee_status == FeeStatus.PAID,
}


_ORDERS: dict[str, Column[Any]] = {
    "due": dossier_row.c.due_ms,
    "step": dossier_row.c.step_ms,
    "name": dossier_row.c.name_key,
    "code": dossier_row.c.code_key,
    "procedure": dossier_row.c.procedure_key,
    "fee": dossier_row.c.fee_dong,
}
_RARE = {"pay_late": dossier_row.c.pay_late_ms, "unreached": dossier_row.c.unreached_ms}
# The plus keeps the planner from searching by queue, looking every wide row up and sorting: it walks the order's index.
_QUEUE_READ: ColumnElement[Any] = literal_column("+dossier_row.queue")
_WHOLE = Narrowing()


def keys(
    connection: Connection,
    *,
    queue: Queue | None,
    narrowing: Narrowing = _WHOLE,
    now_ms: int = 0,
    day_end_ms: int = 0,
    order: str = "due",
    descending: bool = False,
) -> array[int]:
    """Return the row numbers of a list; ``queue`` None means every queue.

    ``order``: due (what does not run comes last), step (the same with the step's own date), name, code, procedure or
    fee; each has its index.
    """
    column, pk = _ORDERS[order], dossier_row.c.pk
    is_few = narrowing.overlay in _RARE or (order == "due" and bool(narrowing.holders))
    in_queue = dossier_row.c.queue if order == "due" and not is_few else _QUEUE_READ
    query = select(pk).where(*_conditions(queue, narrowing, now_ms, day_end_ms, in_queue))
    query = query.where(*_with_holders(narrowing.holders, at_once=is_few))
    # Few rows are found by an index of their own and sorted: the plus keeps the planner from walking the order's.
    by: ColumnElement[Any] = literal_column(f"+dossier_row.{column.name}") if is_few else column
    query = query.order_by(by.desc(), pk.desc()) if descending else query.order_by(by, pk)
    # One answer for all rows: fetched one by one, each would take the interpreter from the window's thread and back.
    found = connection.execute(select(func.json_group_array(query.subquery().c.pk))).scalar_one()
    return array("q", orjson.loads(found))


def count(
    connection: Connection,
    *,
    queue: Queue | None,
    narrowing: Narrowing = _WHOLE,
    now_ms: int = 0,
    day_end_ms: int = 0,
) -> int:
    """Return how many ``keys`` would return, without reading them."""
    in_queue = _QUEUE_READ if narrowing.holders else dossier_row.c.queue
    query = select(func.count()).select_from(dossier_row)
    query = query.where(*_conditions(queue, narrowing, now_ms, day_end_ms, in_queue))
    return int(connection.execute(query.where(*_with_holders(narrowing.holders, at_once=True))).scalar_one())


def parts(
    connection: Connection, *, queue: Queue | None, overlay: str = "", now_ms: int = 0, day_end_ms: int = 0
) -> Parts:
    """Return how many rows of a list are in each state and with each officer."""

    def by(column: Column[Any], in_queue: ColumnElement[Any]) -> tuple[tuple[Any, int], ...]:
        conditions = _conditions(queue, Narrowing(overlay), now_ms, day_end_ms, in_queue)
        query = select(column, func.count()).where(*conditions).group_by(column).order_by(column)
        return tuple((row[0], int(row[1])) for row in connection.execute(query))

    return Parts(by(dossier_row.c.state, dossier_row.c.queue), by(dossier_row.c.holder, _QUEUE_READ))


def _conditions(
    queue: Queue | None,
    narrowing: Narrowing,
    now_ms: int,
    day_end_ms: int,
    in_queue: ColumnElement[Any] = dossier_row.c.queue,
) -> list[ColumnElement[bool]]:
    column, overlay = dossier_row.c, narrowing.overlay
    conditions = [in_queue == queue.value if queue else in_queue.is_not(None)]
    if overlay == "late":
        conditions.append(column.due_ms < now_ms)
    elif overlay == "soon":
        conditions.append(and_(column.soon_ms <= now_ms, column.due_ms >= now_ms))
    elif overlay == "alarm":
        conditions.append(column.soon_ms <= now_ms)
    elif overlay in _RARE:
        conditions.append(_RARE[overlay] <= now_ms)
    elif overlay == "today":
        conditions.append(column.due_ms.between(now_ms, day_end_ms))
    if narrowing.fee:
        conditions.append(_FEE_FILTERS[narrowing.fee])
    if narrowing.states:
        conditions.append(column.state.in_(narrowing.states))
    return conditions


def _with_holders(holders: Sequence[str], *, at_once: bool) -> list[ColumnElement[bool]]:
    """Leave only what any of ``holders`` has: found by their index ``at_once``, or ticked off on the way."""
    if not holders:
        return []
    if at_once:
        return [dossier_row.c.holder.in_(holders)]
    # The plus keeps the planner from looking every row of theirs up and sorting: of nobody's there may be very many.
    other = dossier_row.alias("held")
    return [literal_column("+dossier_row.pk").in_(select(other.c.pk).where(other.c.holder.in_(holders)))]


def ids(connection: Connection, pks: Sequence[int]) -> dict[int, str]:
    """Return the dossier id of each row number that still exists."""
    query = select(dossier_row.c.pk, dossier_row.c.id).where(dossier_row.c.pk.in_(bindparam("pks", expanding=True)))
    return {row.pk: row.id for row in connection.execute(query, {"pks": list(pks)})}


def rows(connection: Connection, pks: Sequence[int]) -> dict[int, ListRow]:
    """Return the stored facts of each row number that still exists."""
    query = select(dossier_row.c.pk, dossier_row.c.facts).where(dossier_row.c.pk.in_(bindparam("pks", expanding=True)))
    return {row.pk: read_facts(row.facts) for row in connection.execute(query, {"pks": list(pks)})}


def held(connection: Connection, now_ms: int) -> dict[str, tuple[int, int]]:
    """Return by an officer's id how many dossiers he works on, and how many of them are past their date."""
    holder = dossier_row.c.holder_id
    late = func.sum(case((dossier_row.c.due_ms < now_ms, 1), else_=0))
    query = select(holder, func.count(), late).where(dossier_row.c.state == int(State.PROCESSING)).group_by(holder)
    return {str(holder_id): (int(count), int(past)) for holder_id, count, past in connection.execute(query)}


def key_of(connection: Connection, dossier_id: str) -> int | None:
    """Return the row number of a dossier, None when it is not here."""
    return connection.execute(select(dossier_row.c.pk).where(dossier_row.c.id == dossier_id)).scalar()


def counts(connection: Connection, now_ms: int) -> Counts:
    """Return every count of the side bar in one read transaction."""
    column = dossier_row.c
    by_queue = select(column.queue, func.count()).where(column.queue.is_not(None)).group_by(column.queue)
    queues = {str(row[0]): int(row[1]) for row in connection.execute(by_queue)}
    listed = column.queue.is_not(None)
    late = select(func.count()).select_from(dossier_row).where(column.due_ms < now_ms, listed)
    soon = (
        select(func.count())
        .select_from(dossier_row)
        .where(column.soon_ms <= now_ms, column.due_ms >= now_ms, column.due_ms < FAR_MS, listed)
    )
    waiting = (OutboxState.QUEUED, OutboxState.SENDING)
    stuck = (OutboxState.NEEDS_DECISION, OutboxState.PARKED)
    unsent = select(func.count()).select_from(outbox).where(outbox.c.state.in_(waiting))
    decide = select(func.count()).select_from(outbox).where(outbox.c.state.in_(stuck))
    case_ids = select(func.count(belonging.c.id.distinct()))
    cases = case_ids.where(belonging.c.kind == "case", belonging.c.open == 1)
    rare = [
        select(func.count()).select_from(dossier_row).where(when <= now_ms, _QUEUE_READ.is_not(None))
        for when in _RARE.values()
    ]
    asked = (soon, late, unsent, decide, cases, *rare)
    totals = [int(connection.execute(query).scalar_one()) for query in asked]
    return Counts(queues, totals[0], totals[1], totals[2], totals[3] + totals[4], totals[5], totals[6])


def past_reception(connection: Connection) -> list[str]:
    """Return the ids of all dossiers that may have been received, whatever became of them and in whose queue."""
    column = dossier_row.c
    never = [int(state) for state in (State.SUBMITTED, State.REFUSED)]
    return list(connection.execute(select(column.id).where(column.state.not_in(never))).scalars())


def perhaps_over(connection: Connection) -> list[str]:
    """Return the ids of dossiers that may be over, without anything pending: a stopped one need not be for good."""
    column = dossier_row.c
    states = [int(state) for state in ENDED | {State.STOPPED}]
    query = select(column.id).where(column.state.in_(states), column.pending == 0)
    return list(connection.execute(query).scalars())
