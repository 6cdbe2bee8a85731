"""What lists ask: row numbers of a queue in order, counts, and the ids behind row numbers.

Stands apart from ``search``: here SQL only compares columns that the projection has stored.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, select

from app.domain.listing import ListRow
from app.domain.words import FeeStatus, OutboxState, Queue
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


_OWING = (FeeStatus.DUE, FeeStatus.PAYING, FeeStatus.PARTIAL)
_FEE_FILTERS: dict[str, ColumnElement[bool]] = {
    "not_asked": dossier_row.c.fee_status == FeeStatus.NONE,
    "owing": dossier_row.c.fee_status.in_(_OWING),
    "paid": dossier_row.c.fee_status == FeeStatus.PAID,
}


def keys(
    connection: Connection,
    *,
    queue: Queue | None,
    overlay: str = "",
    fee: str = "",
    now_ms: int = 0,
    day_end_ms: int = 0,
) -> array[int]:
    """Return the row numbers of a list, due first; ``queue`` None means every queue.

    ``overlay``: late, soon or today; ``fee``: not_asked, owing or paid.
    """
    query = select(dossier_row.c.pk).where(*_conditions(queue, overlay, fee, now_ms, day_end_ms))
    ordered = query.order_by(dossier_row.c.due_ms, dossier_row.c.pk).subquery()
    # One answer for all rows: fetched one by one, each would take the interpreter from the window's thread and back.
    found = connection.execute(select(func.json_group_array(ordered.c.pk))).scalar_one()
    return array("q", orjson.loads(found))


def count(
    connection: Connection,
    *,
    queue: Queue | None,
    overlay: str = "",
    fee: str = "",
    now_ms: int = 0,
    day_end_ms: int = 0,
) -> int:
    """Return how many ``keys`` would return, without reading them."""
    query = select(func.count()).select_from(dossier_row)
    return int(connection.execute(query.where(*_conditions(queue, overlay, fee, now_ms, day_end_ms))).scalar_one())


def _conditions(queue: Queue | None, overlay: str, fee: str, now_ms: int, day_end_ms: int) -> list[ColumnElement[bool]]:
    column = dossier_row.c
    conditions = [column.queue == queue.value if queue else column.queue.is_not(None)]
    if overlay == "late":
        conditions.append(column.due_ms < now_ms)
    elif overlay == "soon":
        conditions.append(and_(column.soon_ms <= now_ms, column.due_ms >= now_ms))
    elif overlay == "alarm":
        conditions.append(column.soon_ms <= now_ms)
    elif overlay == "today":
        conditions.append(column.due_ms.between(now_ms, day_end_ms))
    if fee:
        conditions.append(_FEE_FILTERS[fee])
    return conditions


def ids(connection: Connection, pks: Sequence[int]) -> dict[int, str]:
    """Return the dossier id of each row number that still exists."""
    query = select(dossier_row.c.pk, dossier_row.c.id).where(dossier_row.c.pk.in_(bindparam("pks", expanding=True)))
    return {row.pk: row.id for row in connection.execute(query, {"pks": list(pks)})}


def rows(connection: Connection, pks: Sequence[int]) -> dict[int, ListRow]:
    """Return the stored facts of each row number that still exists."""
    query = select(dossier_row.c.pk, dossier_row.c.facts).where(dossier_row.c.pk.in_(bindparam("pks", expanding=True)))
    return {row.pk: read_facts(row.facts) for row in connection.execute(query, {"pks": list(pks)})}


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
    cases = select(func.count()).select_from(belonging).where(belonging.c.kind == "case", belonging.c.open == 1)
    totals = [int(connection.execute(query).scalar_one()) for query in (soon, late, unsent, decide, cases)]
    return Counts(queues, totals[0], totals[1], totals[2], totals[3] + totals[4])


def open_cases(connection: Connection) -> list[tuple[str, str]]:
    """Return (case id, dossier id) of every refund case that waits for a choice."""
    query = select(belonging.c.id, belonging.c.dossier_id).where(belonging.c.kind == "case", belonging.c.open == 1)
    return [(row.id, row.dossier_id) for row in connection.execute(query.order_by(belonging.c.id))]
