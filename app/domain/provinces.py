"""A province as its offices see it: units, desks, departments, accounts, hotline.

Stands apart because units and accounts are data that change with mergers and resolutions, while rules, documents and
screens only ask "which desk", "which department", "which account".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.accounts import AccountRow, PayeeAccount, account_for
from app.domain.words import LineKind


@dataclass(frozen=True, slots=True)
class Unit:
    """An authority with a one-stop desk, or a department of one (``parent`` is then its id).

    ``kind`` is what a step of a procedure asks for: ``mot-cua`` is the desk of the authority itself; departments are
    ``tu-phap kinh-te van-hoa cong-an dat-dai``. ``place`` stands before the date on printed forms, ``symbol`` after
    their number.
    """

    id: str
    code: str
    kind: str
    name: str
    parent: str | None = None
    authority: str = ""
    desk_name: str = ""
    place: str = ""
    address: str = ""
    short_name: str = ""
    symbol: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What a desk's papers say of it: names, place, and where citizens ask (``contact``) and look up (``portal``)."""

    name: str
    authority: str
    desk_name: str
    symbol: str
    place: str
    address: str
    contact: str
    portal: str


@dataclass(frozen=True, slots=True)
class FormerDesk:
    """What the papers of a unit's desk said before the day ``until``: offices merge and change their names."""

    unit_id: str
    until: date
    letterhead: Letterhead


@dataclass(frozen=True, slots=True)
class Province:
    """A province: ``code`` is its letters in dossier codes (H32), ``hotline`` what citizens call.

    ``contact`` says on paper whom to call and when; ``forms`` names an edition of the official forms other than the
    one in force.
    """

    code: str
    name: str
    hotline: str
    portal_address: str
    units: tuple[Unit, ...]
    accounts: tuple[AccountRow, ...] = ()
    contact: str = ""
    forms: str = ""
    former: tuple[FormerDesk, ...] = ()

    def unit(self, unit_id: str) -> Unit | None:
        """Return the unit of that id, or None."""
        return next((unit for unit in self.units if unit.id == unit_id), None)

    def authority_of(self, unit_id: str) -> Unit | None:
        """Return the authority that the unit is, or belongs to."""
        unit = self.unit(unit_id)
        return self.unit(unit.parent) if unit is not None and unit.parent is not None else unit

    def unit_for(self, authority_id: str, kind: str) -> Unit | None:
        """Return the unit of an authority that a step of ``unit_kind`` belongs to.

        An authority without that department does the step itself, at its own desk.
        """
        authority = self.authority_of(authority_id)
        if authority is None or kind == "mot-cua":
            return authority
        of_kind = (unit for unit in self.units if unit.parent == authority.id and unit.kind == kind)
        return next(of_kind, authority)

    def account_for(self, unit_id: str, kind: LineKind, on: date) -> PayeeAccount | None:
        """Return the account of the unit, else of its authority, for ``kind`` on that day; None: no QR."""
        unit = self.unit(unit_id)
        chain = [unit_id] if unit is None or unit.parent is None else [unit_id, unit.parent]
        return account_for(self.accounts, chain, kind, on)

    def letterhead(self, unit_id: str, on: date) -> Letterhead | None:
        """Return what papers of that day say of the unit's desk, its authority's for a department; None: unknown."""
        desk = self.authority_of(unit_id)
        if desk is None:
            return None
        before = sorted((row for row in self.former if row.unit_id == desk.id and on < row.until), key=_until)
        return before[0].letterhead if before else self._present(desk)

    def _present(self, desk: Unit) -> Letterhead:
        return Letterhead(
            name=desk.name,
            authority=desk.authority or desk.name,
            desk_name=desk.desk_name,
            symbol=desk.symbol,
            place=desk.place or desk.name,
            address=desk.address,
            contact=self.contact or self.hotline,
            portal=self.portal_address.removeprefix("https://"),
        )


def _until(row: FormerDesk) -> date:
    return row.until
