"""Blocks of running numbers leased from the portal: each number is given once, in the act's own transaction.

Stands apart because a number that was printed can never come back, and one that was not given must not be lost sight
of: what is left of a day that is over is reported. All functions run in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from app.store.schema import number_block
from app.store.sets import listed, named

KINDS = ("code", "receipt")

# Made once: asked after every page.
_COLUMNS = number_block.c
_OF_UNIT = _COLUMNS.unit_id == bindparam("unit")
_LEFT = (
    select(_COLUMNS.day, _COLUMNS.kind, func.sum(_COLUMNS.last - _COLUMNS.next + 1))
    .where(_OF_UNIT, named(_COLUMNS.day, "days"))
    .group_by(_COLUMNS.day, _COLUMNS.kind)
)
_UNUSED_BEFORE = select(_COLUMNS.id, _COLUMNS.next).where(
    _COLUMNS.day < bindparam("day"), _COLUMNS.returned == 0, _COLUMNS.next <= _COLUMNS.last
)
_OPEN = (
    select(_COLUMNS.id, _COLUMNS.next)
    .where(
        _OF_UNIT, _COLUMNS.day == bindparam("day"), _COLUMNS.kind == bindparam("kind"), _COLUMNS.next <= _COLUMNS.last
    )
    .order_by(_COLUMNS.first)
    .limit(1)
)


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
    asked = {"unit": unit_id, "days": listed([day.isoformat() for day in wanted])}
    found = {(day, kind): int(rest) for day, kind, rest in connection.execute(_LEFT, asked)}
    return tuple(Left(day, kind, found.get((day.isoformat(), kind), 0)) for day in wanted for kind in KINDS)


def unused_before(connection: Connection, day: date) -> tuple[Unused, ...]:
    """Return the blocks of earlier days with numbers never given and not yet reported."""
    rows = connection.execute(_UNUSED_BEFORE, {"day": day.isoformat()})
    return tuple(Unused(identity, int(following)) for identity, following in rows)


def mark_returned(connection: Connection, block_ids: Iterable[str]) -> None:
    """Note that the portal knows what was never given."""
    connection.execute(update(number_block).where(number_block.c.id.in_(list(block_ids))).values(returned=1))


def _open(connection: Connection, unit_id: str, day: date, kind: str) -> Any:
    return connection.execute(_OPEN, {"unit": unit_id, "day": day.isoformat(), "kind": kind}).first()
