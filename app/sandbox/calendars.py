"""The working calendar as the portal keeps it: one row a year, replaced by an administrator, versioned.

Stands apart because a changed day moves appointments: the new year and every due date that hangs on it are written in
one transaction, and from then on every rule counts with the new calendar.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, delete, insert, select

from app import catalogues
from app.clock import Clock, from_ms, to_ms
from app.contract.wire_unit import CalendarEdit, CalendarVersions
from app.domain.appointments import calendar_told, recounted
from app.domain.calendar import Calendar
from app.domain.calendar_changes import CalendarChanged, CalendarForeseen, CalendarVersion, MovedDate
from app.domain.calendar_edit import changes, draft_of
from app.domain.calendar_files import read_calendar, year_of
from app.domain.dossier import Dossier
from app.domain.words import State
from app.sandbox import tables
from app.sandbox.database import Database
from app.sandbox.ledger import Ledger, parsed, writing

Files = dict[int, dict[str, Any]]

_SHARED = ("hours", "rules")
_CHUNK = 500
SHOWN = 20
"""How many moved appointments the administrator is shown before he puts a year in force."""


class Outdated(Exception):
    """Somebody else replaced the year meanwhile; ``version`` is the one in force."""

    def __init__(self, version: str) -> None:
        super().__init__(version)
        self.version = version


@dataclass(frozen=True, slots=True)
class _Kept:
    calendar: Calendar
    version: str
    catalogue: bytes


class Calendars:
    """Reads, serves and replaces; any thread."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        with database.writing() as connection:
            files = _stored(connection)
            for file in catalogues.calendar_files():
                if year_of(file) not in files:
                    _store(connection, file)
        self.load()

    @property
    def current(self) -> Calendar:
        """The calendar in force; asked anew for every act, inside its transaction."""
        return self._kept.calendar

    @property
    def version(self) -> str:
        """The catalogue's version, its ETag, and what every page of the feed says."""
        return self._kept.version

    @property
    def catalogue(self) -> bytes:
        """``GET /v1/calendars``: one item a year."""
        return self._kept.catalogue

    def replace(self, edit: CalendarEdit, by: str) -> CalendarChanged:
        """Put another year in force and reckon open appointments again; ``by``: whose name the histories carry.

        Hours and rules are the office's: those of the edited year hold in every year. Raises Outdated, and BadInput as
        ``read_calendar`` does; then nothing has changed.
        """
        try:
            with writing(self._database) as ledger:
                return self._replaced(ledger, edit, by)
        except BaseException:
            self.load()
            raise

    def foresee(self, edit: CalendarEdit) -> CalendarForeseen:
        """Return what ``replace`` would move; raises as it does. Nothing is written."""
        with self._database.reading() as connection:
            files, version = _edited(_stored(connection), edit)
            told = calendar_told(self._clock.now(), "", version)
            after = read_calendar(*files.values())
            moved = [
                (dossier, changed)
                for dossier in _open(connection, lock=False)
                if (changed := recounted(dossier, self.current, after, told)) is not dossier
            ]
        dates = (MovedDate(_code(a), was, will) for a, b in moved if (was := _date(a)) and (will := _date(b)))
        return CalendarForeseen(edit.year, len(moved), tuple(sorted(dates, key=lambda one: one.was)[:SHOWN]))

    def versions(self) -> CalendarVersions:
        """Return every replacement, newest first."""
        columns = tables.calendar_versions.c
        with self._database.reading() as connection:
            rows = connection.execute(select(tables.calendar_versions).order_by(columns.n.desc())).all()
        return CalendarVersions(
            tuple(CalendarVersion(r.year, r.version, from_ms(r.at_ms), r.by, r.said, r.recounted) for r in rows)
        )

    def _replaced(self, ledger: Ledger, edit: CalendarEdit, by: str) -> CalendarChanged:
        before = _stored(ledger.connection)
        files, version = _edited(before, edit)
        after = read_calendar(*files.values())
        for file in files.values():
            _store(ledger.connection, file)
        moved = self._recount(ledger, self.current, after, version, by)
        told = {
            "year": edit.year, "version": version, "at_ms": to_ms(self._clock.now()), "by": by, "recounted": moved,
            "said": _said(before.get(edit.year), files[edit.year]),
        }  # fmt: skip
        ledger.connection.execute(insert(tables.calendar_versions).values(**told))
        self._kept = _kept(files)
        return CalendarChanged(edit.year, version, moved)

    def _recount(self, ledger: Ledger, before: Calendar, after: Calendar, version: str, by: str) -> int:
        now, moved = self._clock.now(), 0
        told = calendar_told(now, by, version)
        for dossier in _open(ledger.connection, lock=True):
            changed = recounted(dossier, before, after, told)
            moved += changed is not dossier
            ledger.save(dossier, changed)
        return moved

    def load(self) -> None:
        """Take up what the database says is in force: at the start, and when a backup was put back."""
        with self._database.reading() as connection:
            self._kept = _kept(_stored(connection))


def _edited(files: Files, edit: CalendarEdit) -> tuple[Files, str]:
    """Return all years with the edited one among them, and its next version; raises Outdated."""
    in_force = str(files[edit.year]["version"]) if edit.year in files else ""
    if edit.seen != in_force:
        raise Outdated(in_force)
    version = f"{edit.year}.{int(in_force.rpartition('.')[2] or 0) + 1}"
    new = {**orjson.loads(bytes(edit.body)), "version": version, "years": [edit.year]}
    shared = {name: new[name] for name in _SHARED if name in new}
    return {year: file | shared for year, file in sorted((files | {edit.year: new}).items())}, version


def _said(before: dict[str, Any] | None, after: dict[str, Any]) -> str:
    if before is None:
        return "năm mới"
    return "; ".join(changes(draft_of(orjson.dumps(before).decode()), draft_of(orjson.dumps(after).decode())))


def _code(dossier: Dossier) -> str:
    return dossier.receipt_code or dossier.code


def _date(dossier: Dossier) -> datetime | None:
    return dossier.accept_by if dossier.state is State.SUBMITTED else dossier.due_at


def _kept(files: Files) -> _Kept:
    items = orjson.dumps(list(files.values()))
    version = hashlib.sha256(items).hexdigest()[:16]
    body = b'{"version":"' + version.encode() + b'","items":' + items + b"}"
    return _Kept(read_calendar(*files.values()), version, body)


def _stored(connection: Connection) -> Files:
    rows = connection.execute(select(tables.calendars).order_by(tables.calendars.c.year))
    return {row.year: orjson.loads(row.body) for row in rows}


def _store(connection: Connection, file: dict[str, Any]) -> None:
    year = year_of(file)
    connection.execute(delete(tables.calendars).where(tables.calendars.c.year == year))
    connection.execute(insert(tables.calendars).values(year=year, body=orjson.dumps(file).decode()))


def _open(connection: Connection, *, lock: bool) -> Iterator[Dossier]:
    """Yield every dossier that is not completed; ended ones are cheap to leave as they are."""
    columns = tables.dossiers.c
    unfinished = select(columns.id).where(columns.body.contains('"completed_at":null'))
    ids = connection.execute(unfinished.order_by(columns.id)).scalars().all()
    for start in range(0, len(ids), _CHUNK):
        chunk = select(columns.body).where(columns.id.in_(ids[start : start + _CHUNK]))
        for body in connection.execute(chunk.with_for_update() if lock else chunk).scalars().all():
            yield parsed(body)
