"""The one reader of ``resources/``: procedures, provinces, calendar, notice texts, fonts.

Stands apart so that nobody else knows where files lie, in a checkout, a wheel or the frozen program, or how they are
written. Everything is read once, checked once and kept. A resource that is missing or broken is our own mistake:
BugError, at first use. The values' modules are imported where they are made: the first paint needs a path and nothing
else, and each caller pays for what it reads.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from app.errors import BugError, KnownError

if TYPE_CHECKING:
    from app.domain.accounts import AccountRow
    from app.domain.calendar import Calendar
    from app.domain.citizen_texts import NoticeTemplate
    from app.domain.forms import Edition
    from app.domain.procedures import FeeItem, Paper, Procedure, StepDef
    from app.domain.provinces import FormerDesk, Province
    from app.domain.words import DeliveryChannel

PROVINCE = "H32"
"""The province that this release serves: its portal, its desks, its accounts."""

T = TypeVar("T")


def resource_path(*parts: str) -> Path:
    """Return the path of a file or folder under ``resources/``; BugError when it is not there."""
    bundle = getattr(sys, "_MEIPASS", None)  # PyInstaller unpacks data beside the program
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    path = root.joinpath("resources", *parts)
    if not path.exists():
        raise BugError(f"resource missing: {'/'.join(parts)}")
    return path


def font_path(name: str) -> Path:
    """Return the font file called ``name``, without its ending: ``LiberationSerif-Bold``, ``MotCuaSans-Medium``."""
    return resource_path("fonts", f"{name}.ttf")


@cache
def procedures() -> Mapping[str, Procedure]:
    """Return all procedures by code."""
    rows = _read_json("procedures", "procedures.json")["procedures"]
    found = {row["code"]: _checked("procedures.json", _procedure, row) for row in rows}
    if len(found) != len(rows):
        raise BugError("procedures.json: a code stands twice")
    return MappingProxyType(found)


@cache
def provinces() -> Mapping[str, Province]:
    """Return all provinces by their letters (``H32``)."""
    files = sorted(resource_path("provinces").glob("*.toml"))
    read = [_checked(path.name, _province, _read_toml("provinces", path.name)) for path in files]
    return MappingProxyType({province.code: province for province in read})


def province(code: str) -> Province:
    """Return the province with the letters ``code``; BugError when we have no data for it."""
    try:
        return provinces()[code]
    except KeyError:
        raise BugError(f"no province {code}") from None


@cache
def calendar_files() -> tuple[dict[str, Any], ...]:
    """Return the files of ``resources/calendars``, one mapping a year, oldest first; dates as ISO texts."""
    names = sorted(path.name for path in resource_path("calendars").glob("vn-*.toml"))
    return tuple(dates_as_text(_read_toml("calendars", name)) for name in names)


def province_with(unit_id: str) -> Province | None:
    """Return the province that has the unit, or None."""
    return next((found for found in provinces().values() if found.unit(unit_id)), None)


@cache
def form_editions() -> tuple[Edition, ...]:
    """Return the editions of the official forms."""
    return tuple(_checked("official.toml", _edition, row) for row in _read_toml("forms", "official.toml")["edition"])


@cache
def certified_fields() -> frozenset[str]:
    """Return the fields whose papers are counted by pages and signed copies."""
    return frozenset(_read_toml("forms", "official.toml")["certified_fields"])


@cache
def calendar() -> Calendar:
    """Return the working calendar this program came with: all its years in one."""
    from app.domain.calendar_files import read_calendar

    return _checked("calendars", lambda files: read_calendar(*files), calendar_files())


def dates_as_text(value: Any) -> Any:
    """Return what TOML gave with ISO texts for its dates, as JSON writes it."""
    if isinstance(value, dict):
        return {name: dates_as_text(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [dates_as_text(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


@cache
def notice_templates() -> Mapping[tuple[str, DeliveryChannel], NoticeTemplate]:
    """Return every citizen notice text by kind (fee, reminder, waiver and so on: the files) and channel."""
    found: dict[tuple[str, DeliveryChannel], NoticeTemplate] = {}
    for path in sorted(resource_path("notices").glob("*.toml")):
        for template in _checked(path.name, _templates, (path.stem, _read_toml("notices", path.name))):
            found[template.kind, template.channel] = template
    return MappingProxyType(found)


@cache
def phrases() -> Mapping[str, tuple[str, ...]]:
    """Return the office's sentences for reasons, by command."""
    return MappingProxyType({kind: tuple(lines) for kind, lines in _read_toml("phrases", "reasons.toml").items()})


def notice_template(kind: str, channel: DeliveryChannel) -> NoticeTemplate:
    """Return one citizen notice text; BugError when there is none."""
    try:
        return notice_templates()[kind, channel]
    except KeyError:
        raise BugError(f"no notice text {kind}/{channel}") from None


def _templates(file: tuple[str, dict[str, Any]]) -> list[NoticeTemplate]:
    from app.domain.citizen_texts import NoticeTemplate
    from app.domain.words import DeliveryChannel

    kind, channels = file
    return [NoticeTemplate(kind, DeliveryChannel(word), row["title"], row["body"]) for word, row in channels.items()]


def _procedure(row: dict[str, Any]) -> Procedure:
    from app.domain.procedures import Limit, Procedure
    from app.domain.words import LimitUnit

    limit = row["limit"]
    return Procedure(
        code=row["code"],
        name=row["name"],
        field=row["field"],
        version=int(row["version"]),
        level=row["level"],
        limit=Limit(
            float(limit["amount"]),
            LimitUnit(limit["unit"]),
            bool(limit.get("limit_assumed", False)),
            limit.get("cutoff", ""),
        ),
        pays_online=bool(row["pays_online"]),
        fees=tuple(_fee(fee) for fee in row["fees"]),
        components=tuple(_paper(paper) for paper in row["components"]),
        steps=tuple(_step(step) for step in row["steps"]),
    )


def _paper(row: str | dict[str, str]) -> Paper:
    from app.domain.procedures import Paper

    return Paper(row) if isinstance(row, str) else Paper(row["name"], row["when"])


def _fee(row: dict[str, Any]) -> FeeItem:
    from app.domain.procedures import FeeItem
    from app.domain.words import LineKind

    amount = row["amount"]
    if amount is not None and (not isinstance(amount, int) or amount < 0):
        raise ValueError(f"amount {amount!r}")
    return FeeItem(LineKind(row["kind"]), row["name"], amount, row["per"], row.get("note", ""))


def _step(row: dict[str, Any]) -> StepDef:
    from app.domain.procedures import StepDef
    from app.domain.words import Role

    return StepDef(
        row["key"],
        row["name"],
        Role(row["role"]),
        row["unit_kind"],
        bool(row["collects_fee"]),
        row.get("limit_working_minutes"),
    )


def _province(data: dict[str, Any]) -> Province:
    from app.domain.provinces import Province, Unit

    units = tuple(Unit(**row) for row in data["unit"])
    known = {unit.id for unit in units}
    rows = tuple(_account(row) for row in data.get("account", ()))
    strangers = {unit.parent for unit in units if unit.parent} | {row.unit_id for row in rows}
    if not strangers <= known or len(known) != len(units):
        raise ValueError(f"units {sorted(strangers - known) or 'repeated'}")
    former = tuple(_former(row) for row in data.get("former", ()))
    if not {row.unit_id for row in former} <= known:
        raise ValueError("former desk of no unit")
    more = {name: data[name] for name in ("contact", "forms") if name in data}
    return Province(
        data["code"], data["name"], data["hotline"], data["portal_address"], units, rows, former=former, **more
    )


def _former(row: dict[str, Any]) -> FormerDesk:
    from app.domain.provinces import FormerDesk, Letterhead

    said = {name: value for name, value in row.items() if name not in ("unit", "until")}
    return FormerDesk(row["unit"], row["until"], Letterhead(**said))


def _edition(row: dict[str, Any]) -> Edition:
    from app.domain.forms import Edition, Form, FormName

    names = MappingProxyType({form: FormName(**row[form.value]) for form in Form})
    return Edition(row["key"], row["source"], row["valid_from"], names)


def _account(row: dict[str, Any]) -> AccountRow:
    from app.domain.accounts import AccountRow, PayeeAccount
    from app.domain.words import LineKind

    payee = PayeeAccount(LineKind(row["kind"]), row["bank_bin"], row["bank"], row["account"], row["holder"])
    if payee.kind is LineKind.NVTC or not (payee.bank_bin.isdigit() and len(payee.bank_bin) == 6):
        raise ValueError(f"account {payee}")
    since: date = row["valid_from"]
    return AccountRow(row["unit"], payee, since)


def _checked(name: str, make: Callable[[Any], T], data: Any) -> T:
    try:
        return make(data)
    except (KeyError, TypeError, ValueError, KnownError) as error:
        raise BugError(f"resource {name} is broken: {error!r}") from error


def _read_json(*parts: str) -> Any:
    import json

    return _checked("/".join(parts), json.loads, resource_path(*parts).read_text(encoding="utf-8"))


def _read_toml(*parts: str) -> dict[str, Any]:
    import tomllib

    read: dict[str, Any] = _checked("/".join(parts), tomllib.loads, resource_path(*parts).read_text(encoding="utf-8"))
    return read
