"""Dossiers in and out of the database, and the feed's order.

Stands apart because every change of a dossier, by command, gateway, citizen or channel, must end the same way: version
up, scope rows, and the feed's counter as the last thing before the commit. Whoever holds the counter's row commits
before the next one gets it, so the feed is in commit order on every database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, String, bindparam, exists, insert, literal_column, select, update

from app.clock import to_ms
from app.contract.codec import dossier_bytes, read_dossier
from app.domain.dossier import Dossier, Payment
from app.domain.people import Officer
from app.domain.unit_settings import UnitSettings
from app.errors import BugError
from app.sandbox import tables, unit_settings
from app.sandbox.database import Database, take_numbers


def holding_units(dossier: Dossier) -> frozenset[str]:
    """Return every unit that sees the dossier now: desk, step, assignee, sender, and the units above them."""
    units = {dossier.desk_unit_id}
    units |= {dossier.step.unit_id} if dossier.step else set()
    units |= {o.unit_id for o in (dossier.assigned_to, dossier.return_to) if o}
    return frozenset(above for unit in units for above in with_parents(unit))


def with_parents(unit_id: str) -> Iterable[str]:
    """Yield the unit and those above it, up to its authority: ``H32.8.02``, ``H32.8``."""
    parts = unit_id.split(".")
    return (".".join(parts[:end]) for end in range(len(parts), 1, -1))


@dataclass(frozen=True, slots=True)
class Found:
    """What a command meets: the row of its key, its dossier (of one merged away, the heir), whether it is in sight."""

    stored: Any
    dossier: Dossier | None
    is_seen: bool


class Ledger:
    """One writing transaction over dossiers; nothing is numbered before ``stamp`` at its end."""

    connection: Connection

    def __init__(self) -> None:
        self._touched: dict[str, bool] = {}
        """Dossiers that take a number, in order; True for one that was buried."""

    def load(self, dossier_id: str) -> Dossier | None:
        """Return the dossier with its unit's settings in force, its row locked until the commit."""
        body = self.connection.execute(_LOCKED, {"wanted": dossier_id}).scalar_one_or_none()
        if body is None:
            return None
        dossier = parsed(body)
        return _in_force(dossier, unit_settings.settings_of(self.connection, dossier.desk_unit_id))

    def found(self, officer: Officer, dossier_id: str, key: str) -> Found:
        """Return what a command needs to know, its dossier locked first: all is as it stands under that lock."""
        body = self.connection.execute(_LOCKED, {"wanted": dossier_id}).scalar_one_or_none()
        dossier = None if body is None else parsed(body)
        name = unit_settings.name_of(dossier.desk_unit_id if dossier else officer.unit_id)
        asked = {"key": key, "wanted": dossier_id, "unit": officer.unit_id, "settings": name}
        row: Any = self.connection.execute(_FOUND, asked).one()
        stored = row if row.key is not None else None
        if row.merged_into is not None and stored is None:
            return self.found(officer, row.merged_into, key)
        in_force = None if dossier is None else _in_force(dossier, unit_settings.read(row.settings))
        return Found(stored, in_force, bool(row.is_seen))

    def owner_of_notice(self, notice_id: str) -> str | None:
        """Return the id of the dossier that a notice belongs to."""
        found: str | None = self.connection.execute(_OWNER, {"notice": notice_id}).scalar_one_or_none()
        return found

    def create(self, dossier: Dossier) -> Dossier:
        """Store a new dossier."""
        dossier = _in_force(dossier, unit_settings.settings_of(self.connection, dossier.desk_unit_id))
        self.connection.execute(
            insert(tables.dossiers).values(
                id=dossier.id, code=dossier.code, receipt_code=dossier.receipt_code, version=dossier.version,
                body=dossier_bytes(dossier).decode(),
            )
        )  # fmt: skip
        self._index(dossier, None)
        return dossier

    def save(self, before: Dossier, after: Dossier) -> Dossier:
        """Store a changed dossier as the next version, a newborn as its first; an unchanged one stays as it is."""
        if after == before:
            return before
        if before.version == 0:
            return self.create(replace(after, version=1))
        saved = replace(after, version=before.version + 1)
        body = dossier_bytes(saved).decode()
        changed = {"receipt_code": saved.receipt_code, "version": saved.version, "body": body}
        self.connection.execute(_CHANGED, {"wanted": saved.id, **changed})
        self._index(saved, before)
        return saved

    def next_number(self, kind: str, unit_id: str, now: datetime) -> int:
        """Return the next running number of a unit's day."""
        return take_numbers(self.connection, kind, unit_id, f"{now:%Y%m%d}")

    def bury(self, dossier_id: str, reason: str, into: str | None) -> None:
        """Take a dossier out of everybody's sight, leaving a tombstone for each unit that saw it.

        ``into``: the dossier it was merged into, to which its notices' ids belong from now on.
        """
        scope = tables.dossier_scope.c
        units = self.connection.execute(select(scope.unit_id).where(scope.dossier_id == dossier_id)).scalars().all()
        self.connection.execute(tables.dossier_scope.delete().where(scope.dossier_id == dossier_id))
        rows = [
            {"unit_id": unit, "dossier_id": dossier_id, "feed_n": 0, "reason": reason, "merged_into": into}
            for unit in units
        ]
        if rows:
            self.connection.execute(insert(tables.tombstones), rows)
        notices = tables.notices
        if into is not None:
            self.connection.execute(update(notices).where(notices.c.dossier_id == dossier_id).values(dossier_id=into))
        self._touched[dossier_id] = True

    def stamp(self) -> None:
        """Give each touched dossier its place in the feed; called last, just before the commit."""
        for dossier_id, is_buried in self._touched.items():
            self.connection.execute(_COUNTED)
            self.connection.execute(_SCOPE_NUMBERED, {"wanted": dossier_id})
            if is_buried:
                self.connection.execute(_TOMBS_NUMBERED, {"wanted": dossier_id})

    def _index(self, after: Dossier, before: Dossier | None) -> None:
        """Keep what is found beside the body: scope, notices, payment facts."""
        self._touched.setdefault(after.id, False)
        known = frozenset() if before is None else holding_units(before)
        scope = tables.dossier_scope.c
        present: set[str] = set()
        if before is not None and holding_units(after) - known:
            query = select(scope.unit_id).where(scope.dossier_id == after.id)
            present = set(self.connection.execute(query).scalars())
        units = holding_units(after) - known - present
        if units:
            rows = [{"unit_id": unit, "dossier_id": after.id, "feed_n": 0} for unit in sorted(units)]
            self.connection.execute(insert(tables.dossier_scope), rows)
        old_notices = {n.id for n in before.notices} if before else set()
        added = [n.id for n in after.notices if n.id not in old_notices]
        inherited = {identity for identity in added if self.owner_of_notice(identity) == after.id}
        rows = [{"id": identity, "dossier_id": after.id} for identity in added if identity not in inherited]
        if rows:
            self.connection.execute(insert(tables.notices), rows)
        old_payments = {p.id for p in before.payments} if before else set()
        facts = [payment_row(after.id, p) for p in after.payments if p.id not in old_payments]
        if facts:
            self.connection.execute(insert(tables.payments), facts)


def _in_force(dossier: Dossier, settings: UnitSettings) -> Dossier:
    gate = "warn" if dossier.procedure.code in settings.gate_warns else "block"
    return replace(dossier, settings=settings, procedure=replace(dossier.procedure, gate=gate))


def _found() -> Select[Any]:
    """Return the one question that a command asks under its dossier's lock; always one row."""
    scope, stones, settings = tables.dossier_scope.c, tables.tombstones.c, tables.settings.c
    wanted, one = bindparam("wanted", type_=String), select(literal_column("1").label("one")).subquery()
    heir = select(stones.merged_into).where(stones.dossier_id == wanted, stones.merged_into.is_not(None)).limit(1)
    return select(
        tables.commands,
        heir.scalar_subquery().label("merged_into"),
        exists().where(scope.unit_id == bindparam("unit", type_=String), scope.dossier_id == wanted).label("is_seen"),
        select(settings.value).where(settings.name == bindparam("settings")).scalar_subquery().label("settings"),
    ).select_from(one.outerjoin(tables.commands, tables.commands.c.key == bindparam("key")))


# Made once: what is asked for every command should cost the database more than it costs us to write it.
_FOUND = _found()
_LOCKED = select(tables.dossiers.c.body).where(tables.dossiers.c.id == bindparam("wanted")).with_for_update()
_OWNER = select(tables.notices.c.dossier_id).where(tables.notices.c.id == bindparam("notice"))
_CHANGED = update(tables.dossiers).where(tables.dossiers.c.id == bindparam("wanted"))
_COUNTED = update(tables.feed_counter).where(tables.feed_counter.c.id == 1).values(n=tables.feed_counter.c.n + 1)
_COUNT = select(tables.feed_counter.c.n).where(tables.feed_counter.c.id == 1).scalar_subquery()
_SCOPE_NUMBERED, _TOMBS_NUMBERED = (
    update(table).where(table.c.dossier_id == bindparam("wanted")).values(feed_n=_COUNT)
    for table in (tables.dossier_scope, tables.tombstones)
)


def payment_row(dossier_id: str, payment: Payment) -> dict[str, object]:
    """Return the row that counts a payment fact."""
    return {
        "id": payment.id,
        "dossier_id": dossier_id,
        "notice_id": payment.notice_id,
        "channel": payment.channel.value,
        "amount": payment.amount,
        "recorded_ms": to_ms(payment.recorded_at),
    }


def parsed(body: str) -> Dossier:
    """Return the stored dossier; the portal wrote it, so anything else is our own mistake."""
    dossier = read_dossier(body.encode())
    if not isinstance(dossier, Dossier):
        raise BugError("the portal cannot read its own dossier")
    return dossier


@contextmanager
def writing(database: Database) -> Iterator[Ledger]:
    """Open one writing transaction whose last statements number it."""
    ledger = Ledger()
    with database.writing(last=ledger.stamp) as ledger.connection:
        yield ledger
