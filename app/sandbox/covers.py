"""Leave cover at the portal: set by the head, asked when a dossier comes back to its processor."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, select

from app.contract.problems import Problem, problem
from app.contract.wire import CoverSetting
from app.domain import rights
from app.domain.cover import Cover, comes_back, refusal, taken_over
from app.domain.dossier import Dossier
from app.domain.people import Officer, ref
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


def end(database: Database, officer_id: str, from_day: date) -> bool:
    """Take one leave back; False when there is none."""
    columns = tables.covers.c
    with database.writing() as connection:
        gone = delete(tables.covers).where(columns.officer_id == officer_id, columns.from_day == from_day.isoformat())
        return connection.execute(gone).rowcount == 1


def why_not(database: Database, setting: CoverSetting, today: date) -> Problem | None:
    """Return the problem that says why this leave cannot be set."""
    with database.reading() as connection:
        found = refusal(_cover(setting), tuple(map(_cover, _rows(connection))), today)
    if found is None:
        return None
    code, params = found
    plain = {name: str(value) for name, value in params.items()}
    return problem("refused", failed=[{"code": code, "params": plain, "who_could": []}])


def settings(database: Database) -> tuple[CoverSetting, ...]:
    """Return every leave, oldest first."""
    with database.reading() as connection:
        return _rows(connection)


def resumed(connection: Connection, before: Dossier, after: Dossier, now: datetime) -> Dossier:
    """Return ``after`` with whoever is there, if it has just come back to an officer on leave."""
    if not comes_back(before, after):
        return after
    return taken_over(before, after, tuple(map(_cover, _rows(connection))), now)


def _cover(setting: CoverSetting) -> Cover:
    people = officers_by_id()
    substitute = ref(people[setting.substitute_id]) if setting.substitute_id else None
    return Cover(ref(people[setting.officer_id]), substitute, setting.from_day, setting.to_day)


def _rows(connection: Connection) -> tuple[CoverSetting, ...]:
    rows = connection.execute(select(tables.covers).order_by(tables.covers.c.from_day, tables.covers.c.officer_id))
    read = date.fromisoformat
    return tuple(
        CoverSetting(row.officer_id, row.substitute_id, read(row.from_day), read(row.to_day)) for row in rows
    )
