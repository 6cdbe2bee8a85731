"""Leave cover at the portal: set by the head, asked when a dossier comes back to its processor."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, select

from app.contract.wire import CoverSetting
from app.domain import rights
from app.domain.cover import Cover, taken_over
from app.domain.dossier import Dossier, Officer, ref
from app.domain.words import Role
from app.sandbox import tables
from app.sandbox.database import Database
from app.sandbox.offices import officers_by_id


def may_set(officer: Officer, setting: CoverSetting) -> bool:
    """Say whether the head may set this: officers of the unit and its parts only."""
    named = [setting.officer_id] + ([setting.substitute_id] if setting.substitute_id else [])
    people = [officers_by_id().get(identity) for identity in named]
    return Role.HEAD in officer.roles and all(p is not None and rights.covers(officer, p.unit_id) for p in people)


def put(database: Database, setting: CoverSetting) -> None:
    """Keep one leave; the same officer and first day replaces the earlier word."""
    columns = tables.covers.c
    with database.writing() as connection:
        connection.execute(
            delete(tables.covers).where(
                columns.officer_id == setting.officer_id, columns.from_day == setting.from_day.isoformat()
            )
        )
        connection.execute(
            insert(tables.covers).values(
                officer_id=setting.officer_id, substitute_id=setting.substitute_id,
                from_day=setting.from_day.isoformat(), to_day=setting.to_day.isoformat(),
            )
        )  # fmt: skip


def settings(database: Database) -> tuple[CoverSetting, ...]:
    """Return every leave, oldest first."""
    with database.reading() as connection:
        return _rows(connection)


def resumed(connection: Connection, before: Dossier, after: Dossier, now: datetime) -> Dossier:
    """Return ``after`` with whoever is there, if it has just come back to an officer on leave."""
    people = officers_by_id()
    covers = tuple(
        Cover(
            ref(people[row.officer_id]),
            ref(people[row.substitute_id]) if row.substitute_id else None,
            row.from_day,
            row.to_day,
        )
        for row in _rows(connection)
    )
    return taken_over(before, after, covers, now)


def _rows(connection: Connection) -> tuple[CoverSetting, ...]:
    rows = connection.execute(select(tables.covers).order_by(tables.covers.c.from_day, tables.covers.c.officer_id))
    read = date.fromisoformat
    return tuple(
        CoverSetting(row.officer_id, row.substitute_id, read(row.from_day), read(row.to_day)) for row in rows
    )
