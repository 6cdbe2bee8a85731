"""Blocks of running numbers leased from the portal: each number is given once, in the act's own transaction.

Stands apart because a number that was printed can never come back, and one that was not given must not be lost sight
of: what is left of a day that is over is reported. All functions run in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from app.store.schema import number_block

KINDS = ("code", "receipt")


@dataclass(frozen=True, slots=True)
class Left:
    """How many numbers of a day and kind this desk may still give."""

    day: date
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Unused:
    """A block of a day that is over, with its first number that was never given."""

    block_id: str
    first_unused: int


def keep(connection: Connection, blocks: Iterable[tuple[str, str, str, date, int, int]]) -> None:
    """Keep (id, kind, unit, day, first, last) of blocks; those already here stay as they are."""
    rows = [
        {"id": identity, "kind": kind, "unit_id": unit, "day": day.isoformat(), "first": first, "last": last,
         "next": first}
        for identity, kind, unit, day, first, last in blocks
        if kind in KINDS and first <= last
    ]  # fmt: skip
    known = set(connection.execute(select(number_block.c.id)).scalars())
    fresh = [row for row in rows if row["id"] not in known]
    if fresh:
        connection.execute(insert(number_block), fresh)


def take(connection: Connection, unit_id: str, day: date, kinds: Sequence[str] = KINDS) -> tuple[int, ...] | None:
    """Give the next number of each kind of the unit's day; None when one of the blocks is used up: nothing is taken."""
    rows = [_open(connection, unit_id, day, kind) for kind in kinds]
    if None in rows:
        return None
    given = []
    for row in rows:
        given.append(int(row.next))
        statement = update(number_block).where(number_block.c.id == row.id)
        connection.execute(statement.values(next=number_block.c.next + 1))
    return tuple(given)


def left(connection: Connection, unit_id: str, days: Iterable[date]) -> tuple[Left, ...]:
    """Return how many numbers are left for each day and kind."""
    wanted = tuple(days)
    columns = number_block.c
    query = (
        select(columns.day, columns.kind, func.sum(columns.last - columns.next + 1).label("rest"))
        .where(columns.unit_id == unit_id, columns.day.in_([day.isoformat() for day in wanted]))
        .group_by(columns.day, columns.kind)
    )
    found = {(row.day, row.kind): int(row.rest) for row in connection.execute(query)}
    return tuple(Left(day, kind, found.get((day.isoformat(), kind), 0)) for day in wanted for kind in KINDS)


def unused_before(connection: Connection, day: date) -> tuple[Unused, ...]:
    """Return the blocks of earlier days with numbers never given and not yet reported."""
    columns = number_block.c
    query = select(columns.id, columns.next).where(
        columns.day < day.isoformat(), columns.returned == 0, columns.next <= columns.last
    )
    return tuple(Unused(row.id, int(row.next)) for row in connection.execute(query))


def mark_returned(connection: Connection, block_ids: Iterable[str]) -> None:
    """Note that the portal knows what was never given."""
    connection.execute(update(number_block).where(number_block.c.id.in_(list(block_ids))).values(returned=1))


def _open(connection: Connection, unit_id: str, day: date, kind: str) -> Any:
    columns = number_block.c
    query = select(columns.id, columns.next).where(
        columns.unit_id == unit_id, columns.day == day.isoformat(), columns.kind == kind, columns.next <= columns.last
    )
    return connection.execute(query.order_by(columns.first).limit(1)).first()
