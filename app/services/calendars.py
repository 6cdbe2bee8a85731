"""Lịch làm việc: what this desk counts with, and its replacement by the administrator.

Stands apart from the dossiers' services because it needs the network: a calendar that only one desk knew would promise
citizens dates that nobody else keeps.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from typing import Any

from app import catalogues
from app.contract import wire_codec
from app.contract.wire import CalendarEdit
from app.domain.calendar_files import read_calendar, year_of
from app.domain.words import Role
from app.errors import BadInput, PortalProblem
from app.services.desk import Desk
from app.store import state
from app.store.state import Name


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year as written down; ``text`` is its file as JSON (shape: ``domain.calendar_files``), to be changed."""

    year: int
    version: str
    provisional: bool
    text: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """The year in force now; ``recounted`` dossiers were given another appointment."""

    year: int
    version: str
    recounted: int


def years(desk: Desk) -> tuple[CalendarYear, ...]:
    """Return every year this desk counts with, oldest first; never the network."""
    with desk.store.read() as connection:
        text = state.get(connection, Name.CALENDARS)
    files = json.loads(text) if text else catalogues.calendar_files()
    return tuple(
        CalendarYear(
            year_of(file), str(file["version"]), bool(file.get("provisional")), json.dumps(file, ensure_ascii=False)
        )
        for file in files
    )


def replace(desk: Desk, text: str) -> Replaced:
    """Put one year in force at the portal; ``text`` is TOML or JSON, its ``version`` the one it was made from.

    Raises BadInput: calendar-not-yours, calendar-changed, and what ``read_calendar`` says; KnownError without a
    network. Then the calendar in force stays. Thread: any but the GUI's.
    """
    if Role.ADMINISTRATOR not in desk.officer.roles:
        raise BadInput("calendar-not-yours")
    file = _parsed(text)
    read_calendar(file)
    edit = CalendarEdit(year_of(file), str(file["version"]), wire_codec.compact(file))
    try:
        done = desk.engine.ask.replace_calendar(edit)
    except PortalProblem as problem:
        told = problem.params.get("extras", {})
        if problem.code == "version-conflict":
            raise BadInput("calendar-changed", year=edit.year, version=told.get("version", "")) from problem
        if problem.code == "refused":
            raise BadInput(told["failed"][0]["code"], **told["failed"][0]["params"]) from problem
        raise
    return Replaced(done.year, done.version, done.recounted)


def _parsed(text: str) -> dict[str, Any]:
    try:
        file = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except ValueError as error:
        raise BadInput("calendar-malformed", why=str(error)) from error
    return dict(catalogues.dates_as_text(file))
