"""People and files as everything else names them: who acts, who is meant, what was handed in.

Stands apart from the dossier because rights, commands and screens speak of them without any dossier at hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.words import Right, Role


@dataclass(frozen=True, slots=True)
class Officer:
    """Who acts: what ``GET /v1/me`` says of the signed-in officer."""

    id: str
    username: str
    name: str
    unit_id: str
    roles: frozenset[Role]
    rights: frozenset[Right] = frozenset()


@dataclass(frozen=True, slots=True)
class OfficerRef:
    """An officer as a dossier remembers him."""

    id: str
    username: str
    name: str
    unit_id: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person or organisation; empty text means not given."""

    name: str
    kind: str = "person"
    identity_no: str = ""
    phone: str = ""
    email: str = ""
    account: str = ""
    address: str = ""
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class Mailing:
    """Where a result is posted when that is not the applicant's own address: who takes it in, telephone, address."""

    name: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file by content: SHA-256 in hex, never a path; ``name`` is for reading only."""

    sha256: str
    name: str
    size_bytes: int
    mime: str


def ref(officer: Officer) -> OfficerRef:
    """Return the officer as a dossier remembers him."""
    return OfficerRef(officer.id, officer.username, officer.name, officer.unit_id)
