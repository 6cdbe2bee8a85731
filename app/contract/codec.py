"""JSON of dossiers and commands: pydantic adapters over the domain's own dataclasses.

Stands apart because store, portal client and sandbox must read and write the same bytes. Writing is compact and
stable; reading ignores unknown fields (the mirror keeps the bytes) and answers ``None`` for a dossier with words of
a newer portal, which is then shown read-only. pydantic is imported at the first dossier: it costs more than the first
painted list, which reads stored facts instead.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from app.clock import YEARS
from app.domain.commands import NAMES, TYPES, Command
from app.domain.dossier import Dossier
from app.errors import BadInput

if TYPE_CHECKING:
    from pydantic import TypeAdapter

# What may be a date of another age; a number of a receipt may look like one, so what was read decides.
_ODD = re.compile(rb'"(?!19|2[01])\d{4}-\d\d-\d\d(?:T|")')


@dataclass(frozen=True, slots=True)
class Foreign:
    """What can still be said of a dossier whose words this program does not know."""

    id: str
    code: str
    receipt_code: str | None
    applicant: str
    procedure: str
    state_text: str


@cache
def _dossiers() -> TypeAdapter[Dossier]:
    from pydantic import TypeAdapter

    return TypeAdapter(Dossier)


@cache
def _commands(kind: str) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(TYPES[kind])


def dossier_bytes(dossier: Dossier) -> bytes:
    """Return the dossier as compact JSON."""
    return _dossiers().dump_json(dossier)


def read_dossier(data: bytes) -> Dossier | Foreign:
    """Return the dossier, or what is readable of one from a newer portal; nothing is taken for another kind.

    Raises BadInput ``bad-dossier`` when not even its identity can be read.
    """
    try:
        dossier = _dossiers().validate_json(data, strict=True)
    except ValueError:  # pydantic's ValidationError is one
        return _foreign(data)
    odd = (_ODD.search(data) and _of_another_age(dossier)) or _about_nothing(dossier)
    return _foreign(data) if odd else dossier


def _about_nothing(dossier: Dossier) -> bool:
    """Say whether a money case is about a payment that the dossier has not: nobody here could decide it."""
    return bool(dossier.cases) and not {case.payment_id for case in dossier.cases} <= {p.id for p in dossier.payments}


def _of_another_age(value: object) -> bool:
    """Say whether any date in ``value`` is one that no calendar reaches, and arithmetic may not survive."""
    if isinstance(value, date):  # a datetime is one
        return value.year not in YEARS
    if isinstance(value, tuple):
        return any(_of_another_age(item) for item in value)
    return is_dataclass(value) and any(_of_another_age(getattr(value, field.name)) for field in fields(value))


def _foreign(data: bytes) -> Foreign:
    import orjson

    try:
        raw = orjson.loads(data)
        return Foreign(
            id=str(raw["id"]),
            code=str(raw.get("code", "")),
            receipt_code=str(raw["receipt_code"]) if raw.get("receipt_code") else None,
            applicant=_name(raw.get("applicant")),
            procedure=_name(raw.get("procedure")),
            state_text=str(raw.get("state", "")),
        )
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise BadInput("bad-dossier") from error


def _name(value: object) -> str:
    return str(value.get("name", "")) if isinstance(value, dict) else ""


def command_text(command: Command) -> str:
    """Return the frozen body of a command: the text that is hashed, stored and sent."""
    return _commands(NAMES[type(command)]).dump_json(command).decode()


def read_command(kind: str, body: str) -> Command:
    """Return the command of wire type ``kind``; raises BadInput ``bad-command`` for anything else."""
    if kind not in TYPES:
        raise BadInput("unknown-command", kind=kind)
    try:
        command: Command = _commands(kind).validate_json(body)
    except ValueError as error:  # pydantic's ValidationError is one
        raise BadInput("bad-command", kind=kind) from error
    if _of_another_age(command):  # written down, it would make its dossier foreign to every desk
        raise BadInput("bad-command", kind=kind)
    return command


def sha256_of(body: str) -> str:
    """Return the hex SHA-256 over the body's UTF-8 bytes."""
    return hashlib.sha256(body.encode()).hexdigest()
