"""Unsent work of absent officers: told by desks, seen by the head, handed over to somebody who is there.

Stands apart from commands because nothing here has an effect on a dossier. A hand-over names exact commands, by key and
digest of their frozen bytes, as they were told when the head gave his word: nobody acts in another's name with it.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from app.clock import from_ms, to_ms
from app.contract.wire import (
    CommandEnvelope,
    DeskStatus,
    HandedWork,
    HandedWorks,
    HandOver,
    UnsentOf,
    UnsentWork,
    UnsentWorks,
)
from app.domain import rights
from app.domain.calendar import Calendar
from app.domain.deadline import working_minutes
from app.domain.people import Officer
from app.domain.words import Role
from app.sandbox.offices import officers_by_id
from app.sandbox.tables import desk_unsent

SHOWN_AFTER_MINUTES = 60
_C = desk_unsent.c


def tell(connection: Connection, officer: Officer, status: DeskStatus, now: datetime) -> HandedWorks:
    """Keep what a desk tells, in place of what it told before; answer what was handed over to the teller."""
    told = {item.officer_id: item for item in status.unsent if item.officer_id in officers_by_id()}
    connection.execute(delete(desk_unsent).where(_C.desk_id == status.desk_id, _C.officer_id.not_in(list(told))))
    known = set(connection.execute(select(_C.officer_id).where(_C.desk_id == status.desk_id)).scalars())
    for officer_id, item in told.items():
        values = _values(status, item, now)
        if officer_id in known:
            here = (_C.desk_id == status.desk_id, _C.officer_id == officer_id)
            connection.execute(update(desk_unsent).where(*here).values(values))
        else:
            first = {"desk_id": status.desk_id, "officer_id": officer_id, "since_ms": to_ms(now)}
            connection.execute(insert(desk_unsent).values(values | first))
    mine = select(desk_unsent).where(_C.desk_id == status.desk_id, _C.handed_to == officer.id)
    works = [HandedWork(row["officer_id"], tuple(_pairs(row["handed"]))) for row in _rows(connection, mine)]
    return HandedWorks(tuple(works))


def _values(status: DeskStatus, item: UnsentOf, now: datetime) -> dict[str, Any]:
    return {
        "desk_name": status.desk_name, "amount": item.amount, "undecided": item.undecided,
        "oldest_ms": to_ms(item.oldest_at), "told_ms": to_ms(now),
        "commands": json.dumps({command.key: command.sha256 for command in item.commands}),
    }  # fmt: skip


def seen_by(connection: Connection, head: Officer, calendar: Calendar) -> UnsentWorks:
    """Return the work in the head's unit that has waited a working hour on a desk that was online all the same."""
    return UnsentWorks(tuple(_work(row) for row in _shown(connection, head, calendar)))


def hand_over(connection: Connection, head: Officer, wanted: HandOver, calendar: Calendar) -> bool:
    """Hand over what was told until now; False when the head does not see such work, or the other is not his."""
    other = officers_by_id().get(wanted.to_officer_id)
    where = (wanted.desk_id, wanted.officer_id)
    row = next((r for r in _shown(connection, head, calendar) if (r["desk_id"], r["officer_id"]) == where), None)
    if row is None or other is None or other.id == wanted.officer_id or not rights.covers(head, other.unit_id):
        return False
    here = (_C.desk_id == wanted.desk_id, _C.officer_id == wanted.officer_id)
    connection.execute(update(desk_unsent).where(*here).values(handed_to=other.id, handed=row["commands"]))
    return True


def handed(connection: Connection, officer: Officer, envelope: CommandEnvelope) -> bool:
    """Say whether this very command of an absent officer was handed over to ``officer``."""
    query = select(_C.handed).where(_C.officer_id == envelope.actor_id, _C.handed_to == officer.id)
    texts = connection.execute(query).scalars()
    return any(_pairs(text).get(envelope.key) == envelope.sha256 for text in texts)


def may_see(officer: Officer) -> bool:
    """Say whether unsent work of others is this officer's business."""
    return Role.HEAD in officer.roles


def _shown(connection: Connection, head: Officer, calendar: Calendar) -> list[RowMapping]:
    rows = _rows(connection, select(desk_unsent).order_by(_C.since_ms, _C.desk_id, _C.officer_id))
    return [
        row for row in rows
        if rights.covers(head, officers_by_id()[row["officer_id"]].unit_id)
        and working_minutes(calendar, from_ms(row["since_ms"]), from_ms(row["told_ms"])) >= SHOWN_AFTER_MINUTES
    ]  # fmt: skip


def _work(row: RowMapping) -> UnsentWork:
    return UnsentWork(
        desk_id=row["desk_id"],
        desk_name=row["desk_name"],
        officer_id=row["officer_id"],
        count=len(_pairs(row["commands"])),
        undecided=row["undecided"],
        amount=row["amount"],
        oldest_at=from_ms(row["oldest_ms"]),
        since=from_ms(row["since_ms"]),
        told_at=from_ms(row["told_ms"]),
        handed_to=row["handed_to"],
    )


def _rows(connection: Connection, query: Any) -> list[RowMapping]:
    return list(connection.execute(query).mappings())


def _pairs(text: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(text or "{}")
    return found
