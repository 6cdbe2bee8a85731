"""Numbers leased ahead: a desk gives dossier codes and *mã biên nhận* without a network, and no two desks the same.

Stands apart because a block is a promise: its numbers are taken from the unit's day once and never given to another.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, insert, select, update

from app.clock import VN
from app.contract.wire import BlockRequest, NumberBlock, NumberBlocks
from app.domain.dossier_code import parse
from app.errors import BadInput
from app.ids import IdSource
from app.sandbox import tables
from app.sandbox.database import Database, take_numbers

SIZE = 20
AHEAD = timedelta(days=31)
KINDS = ("code", "receipt")
_ids = IdSource()


def lease(database: Database, unit_id: str, wanted: BlockRequest, now: datetime) -> NumberBlocks:
    """Return the store's blocks for the days asked, making those that are missing or wanted once more."""
    days = [day for day in dict.fromkeys(wanted.days) if now.date() <= day <= now.date() + AHEAD]
    with database.writing() as connection:
        for block_id, first_unused in wanted.returned:
            _give_back(connection, unit_id, wanted.store_id, block_id, first_unused)
        for day in days:
            for kind in KINDS:
                if day in wanted.more or not _blocks(connection, unit_id, wanted.store_id, [day], kind):
                    _make(connection, kind, unit_id, wanted.store_id, day)
        return NumberBlocks(_blocks(connection, unit_id, wanted.store_id, days))


def is_leased(connection: Connection, unit_id: str, kind: str, text: str) -> bool:
    """Say whether a code or *mã biên nhận* lies in a block leased in this unit for the day it names."""
    try:
        code = parse(text)
    except BadInput:
        return False
    if code.day is None or code.unit != unit_id or code.tail:
        return False
    columns = tables.number_blocks.c
    query = select(columns.id).where(
        columns.unit_id == unit_id, columns.day == code.day.isoformat(), columns.kind == kind,
        columns.first <= code.number, columns.last >= code.number,
    )  # fmt: skip
    return connection.execute(query).first() is not None


def _make(connection: Connection, kind: str, unit_id: str, store_id: str, day: date) -> None:
    last = take_numbers(connection, kind, unit_id, f"{datetime.combine(day, time(), VN):%Y%m%d}", SIZE)
    connection.execute(
        insert(tables.number_blocks).values(
            id=_ids.new(), kind=kind, unit_id=unit_id, store_id=store_id, day=day.isoformat(),
            first=last - SIZE + 1, last=last,
        )
    )  # fmt: skip


def _give_back(connection: Connection, unit_id: str, store_id: str, block_id: str, first_unused: int) -> None:
    columns = tables.number_blocks.c
    own = (columns.id == block_id, columns.unit_id == unit_id, columns.store_id == store_id)
    connection.execute(update(tables.number_blocks).where(*own).values(returned_from=first_unused))


def _blocks(
    connection: Connection, unit_id: str, store_id: str, days: list[date], kind: str = ""
) -> tuple[NumberBlock, ...]:
    columns = tables.number_blocks.c
    query = select(tables.number_blocks).where(
        columns.unit_id == unit_id, columns.store_id == store_id, columns.day.in_([day.isoformat() for day in days])
    )
    rows = connection.execute(query.order_by(columns.day, columns.kind, columns.first))
    return tuple(
        NumberBlock(row.id, row.kind, row.unit_id, date.fromisoformat(row.day), row.first, row.last)
        for row in rows
        if kind in ("", row.kind)
    )
