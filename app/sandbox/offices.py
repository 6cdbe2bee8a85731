"""Units and officers of the sandbox's province, with the accounts everyone may sign in with.

Stands apart because sign-in, scope, filing and seeding all ask "which unit, which officer". Units come from the
catalogue of provinces, whose ids (``H32.8.02``) say by their prefix who belongs to whom.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from app import catalogues
from app.domain.people import Officer
from app.domain.words import Right, Role
from app.errors import BugError

DEFAULT_DESK = "H32.8"
PASSWORD = "motcua-sandbox"


@dataclass(frozen=True, slots=True)
class Office:
    """One unit as the wire names it; ``parent`` is the id of its authority, None for an authority itself."""

    id: str
    name: str
    kind: str
    parent: str | None
    desk_name: str


_STAFF: tuple[tuple[str, str, str, tuple[Role, ...], tuple[Right, ...]], ...] = (
    ("tiepnhan1", "Nguyễn Thị Ấm", "H32.8", (Role.RECEPTION,), (Right.RECEIVE_UNPAID,)),
    ("tiepnhan2", "Trần Thị Mỹ Duyên", "H32.8", (Role.RECEPTION,), ()),
    ("thuly1", "Nguyễn Hữu Phước", "H32.8.02", (Role.PROCESSOR,), (Right.NOTIFY_FEE,)),
    ("thuly2", "Lê Thị Kim Ngân", "H32.8.01", (Role.PROCESSOR,), (Right.NOTIFY_FEE,)),
    ("lanhdao1", "Phạm Văn Đức", "H32.8", (Role.HEAD,), ()),
    ("thuquy1", "Võ Thị Thu Hà", "H32.8", (Role.CASHIER,), ()),
    ("quantri", "Đặng Quốc Bảo", "H32.8", (Role.ADMINISTRATOR,), ()),
    ("tiepnhan9", "Cao Thị Hồng Y Nhi", "H32.9", (Role.RECEPTION,), ()),
    ("lanhdao9", "Hồ Thị Bích Liên", "H32.9", (Role.HEAD, Role.CASHIER), ()),
    ("thuly9", "Mấu Văn Phi", "H32.9.01", (Role.PROCESSOR,), (Right.NOTIFY_FEE,)),
)


def officer_id(username: str) -> str:
    """Return the id of an account: the same in every sandbox, so that profiles survive a new data folder."""
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{username}.motcua-sandbox"))


@cache
def officers() -> Mapping[str, Officer]:
    """Return all officers by username."""
    return MappingProxyType(
        {
            username: Officer(officer_id(username), username, name, unit, frozenset(roles), frozenset(rights))
            for username, name, unit, roles, rights in _STAFF
        }
    )


@cache
def officers_by_id() -> Mapping[str, Officer]:
    """Return all officers by id."""
    return MappingProxyType({officer.id: officer for officer in officers().values()})


@cache
def offices() -> Mapping[str, Office]:
    """Return the province's units by id."""
    units = catalogues.province(catalogues.PROVINCE).units
    return MappingProxyType(
        {unit.id: Office(unit.id, unit.name, unit.kind, unit.parent, unit.desk_name) for unit in units}
    )


def office_for(desk_unit_id: str, kind: str) -> Office:
    """Return the unit of a desk's authority that does steps of ``kind``; the desk itself when it has none."""
    desk = offices().get(desk_unit_id)
    if desk is None:
        raise BugError(f"no unit {desk_unit_id} in the sandbox")
    return next((unit for unit in offices().values() if unit.parent == desk.id and unit.kind == kind), desk)
