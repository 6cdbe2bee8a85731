"""Lịch làm việc: what this desk counts with, and its replacement by the administrator.

Stands apart from the dossiers' services because it needs the network: a calendar that only one desk knew would promise
citizens dates that nobody else keeps.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from app import catalogues
from app.contract import wire_codec
from app.contract.wire_unit import CalendarEdit
from app.domain.calendar_changes import CalendarChanged, CalendarForeseen, CalendarVersion
from app.domain.calendar_files import read_calendar, read_kept, year_of
from app.domain.rights import may_change_calendar
from app.errors import BadInput, PortalProblem
from app.services.desk import Desk
from app.store import state
from app.store.state import Name

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year as written down; ``text`` is its file as JSON (shape: ``domain.calendar_files``), to be changed."""

    year: int
    version: str
    provisional: bool
    text: str


def years(desk: Desk) -> tuple[CalendarYear, ...]:
    """Return every year this desk counts with, oldest first; never the network.

    Kept years that this program does not understand are not counted with, here as at the start of the desk.
    """
    with desk.store.read() as connection:
        text = state.get(connection, Name.CALENDARS)
    files = json.loads(text) if text and read_kept(text) else catalogues.calendar_files()
    return tuple(
        CalendarYear(
            year_of(file), str(file["version"]), bool(file.get("provisional")), json.dumps(file, ensure_ascii=False)
        )
        for file in files
    )


def replace(desk: Desk, text: str) -> CalendarChanged:
    """Put one year in force at the portal; ``text`` is TOML or JSON, its ``version`` the one it was made from.

    Raises BadInput: calendar-not-yours, calendar-changed, and what ``read_calendar`` says; KnownError without a
    network. Then the calendar in force stays. Thread: any but the GUI's.
    """
    return _asked(desk, text, desk.engine.ask.replace_calendar)


def foresee(desk: Desk, text: str) -> CalendarForeseen:
    """Return what ``replace`` would move, by the portal's word; nothing changes. Raises as ``replace``."""
    return _asked(desk, text, desk.engine.ask.foresee_calendar)


def versions(desk: Desk) -> tuple[CalendarVersion, ...]:
    """Return every replacement of a year, newest first; raises KnownError without a network."""
    return desk.engine.ask.calendar_versions().versions


def _asked(desk: Desk, text: str, ask: Callable[[CalendarEdit], Answer]) -> Answer:
    if not may_change_calendar(desk.officer):
        raise BadInput("calendar-not-yours")
    file = _parsed(text)
    read_calendar(file)
    edit = CalendarEdit(year_of(file), str(file["version"]), wire_codec.compact(file))
    try:
        return ask(edit)
    except PortalProblem as problem:
        told = problem.params.get("extras", {})
        if problem.code == "version-conflict":
            raise BadInput("calendar-changed", year=edit.year, version=told.get("version", "")) from problem
        if problem.code == "refused" and (refused := _refused(told)) is not None:
            raise refused from problem
        raise


def _refused(told: Mapping[str, Any]) -> BadInput | None:
    """Return the first reason of a refusal; None for a portal that tells none."""
    failed = told.get("failed")
    first = failed[0] if isinstance(failed, list) and failed else None
    if not isinstance(first, dict) or not isinstance(first.get("code"), str):
        return None
    params = first.get("params")
    return BadInput(first["code"], **(params if isinstance(params, dict) else {}))


def _parsed(text: str) -> dict[str, Any]:
    try:
        file = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except ValueError as error:
        raise BadInput("calendar-malformed", why=str(error)) from error
    return dict(catalogues.dates_as_text(file))
