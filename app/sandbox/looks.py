"""Nhật ký tra cứu at the portal: every look by code, and every look at a masked fact that a desk tells of.

Stands apart from ``lookup``, which answers a code: this only keeps and shows who looked. Nothing is ever changed here.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select

from app.clock import VN, from_ms, to_ms
from app.contract.wire_unit import LookItem, Looks, LooksTold, SeenFacts
from app.domain import rights
from app.domain.people import Officer
from app.sandbox import tables
from app.sandbox.offices import officers_by_id

MOST = 2000
_C = tables.looks.c


def asked(connection: Connection, officer: Officer, code: str, dossier_id: str, desk: str, now: datetime) -> None:
    """Write down that a code was asked, found (``dossier_id``) or not."""
    looked = {"kind": "code", "code": code, "dossier_id": dossier_id, "field": "", "store_id": "", "store_n": 0}
    connection.execute(insert(tables.looks).values(officer_id=officer.id, desk=desk, at_ms=to_ms(now), **looked))


def told(connection: Connection, officer: Officer, seen: SeenFacts) -> LooksTold:
    """Keep what a desk tells of its signed-in officer, each look once."""
    highest = select(func.max(_C.store_n)).where(_C.store_id == seen.store_id, _C.officer_id == officer.id)
    known: int = connection.execute(highest).scalar() or 0
    rows = [
        {
            "kind": "fact", "officer_id": officer.id, "code": "", "dossier_id": one.dossier_id, "field": one.field,
            "desk": seen.desk_name, "store_id": seen.store_id, "store_n": one.n, "at_ms": to_ms(one.at),
        }
        for one in seen.seen if one.n > known
    ]  # fmt: skip
    if rows:
        connection.execute(insert(tables.looks), rows)
    return LooksTold(max([known, *(one.n for one in seen.seen)]))


def of_day(connection: Connection, officer: Officer, day: date) -> Looks:
    """Return the looks of a legal day by officers of this officer's unit, or at dossiers of it, newest first."""
    begin = datetime.combine(day, time(), VN)
    codes = tables.dossiers.c
    query = (
        select(tables.looks, codes.code.label("own_code"), codes.receipt_code)
        .outerjoin(tables.dossiers, codes.id == _C.dossier_id)
        .where(_C.at_ms >= to_ms(begin), _C.at_ms < to_ms(begin + timedelta(days=1)))
        .order_by(_C.at_ms.desc(), _C.n.desc())
        .limit(MOST)
    )
    ours = _dossiers_of(officer)
    return Looks(
        tuple(
            _item(row) for row in connection.execute(query)
            if _of_unit(officer, row.officer_id) or connection.execute(ours, {"wanted": row.dossier_id}).first()
        )
    )  # fmt: skip


def _of_unit(officer: Officer, other_id: str) -> bool:
    other = officers_by_id().get(other_id)
    return other is not None and rights.covers(officer, other.unit_id)


def _dossiers_of(officer: Officer) -> Any:
    scope = tables.dossier_scope.c
    return select(scope.dossier_id).where(
        scope.unit_id == officer.unit_id, scope.dossier_id == bindparam("wanted")
    )


def _item(row: Any) -> LookItem:
    who = officers_by_id().get(row.officer_id)
    return LookItem(
        at=from_ms(row.at_ms),
        officer_id=row.officer_id,
        officer=who.name if who else row.officer_id,
        kind=row.kind,
        code=row.receipt_code or row.own_code or row.code,
        field=row.field,
        desk=row.desk,
        found=bool(row.own_code),
    )
