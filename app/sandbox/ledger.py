"""Dossiers in and out of the database, and the feed's order.

Stands apart because every change of a dossier, by command, gateway, citizen or channel, must end the same way: version
up, scope rows, and the feed's counter as the last thing before the commit. Whoever holds the counter's row commits
before the next one gets it, so the feed is in commit order on every database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from app.clock import to_ms
from app.contract.codec import dossier_bytes, read_dossier
from app.domain.dossier import Dossier, Payment
from app.errors import BugError
from app.sandbox import tables
from app.sandbox.database import Database, take_numbers
from app.sandbox.unit_settings import settings_of


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


class Ledger:
    """One writing transaction over dossiers; nothing is numbered before ``stamp`` at its end."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._touched: dict[str, None] = {}

    def load(self, dossier_id: str) -> Dossier | None:
        """Return the dossier with its unit's settings in force, its row locked until the commit."""
        column = tables.dossiers.c.body
        query = select(column).where(tables.dossiers.c.id == dossier_id).with_for_update()
        body = self.connection.execute(query).scalar_one_or_none()
        return None if body is None else self._in_force(parsed(body))

    def successor(self, dossier_id: str) -> str:
        """Return the dossier that this one was merged into, and that one in turn; the id itself when it lives."""
        stones = tables.tombstones.c
        query = select(stones.merged_into).where(stones.dossier_id == dossier_id, stones.merged_into.is_not(None))
        into: str | None = self.connection.execute(query.limit(1)).scalar_one_or_none()
        return dossier_id if into is None else self.successor(into)

    def _in_force(self, dossier: Dossier) -> Dossier:
        settings = settings_of(self.connection, dossier.desk_unit_id)
        gate = "warn" if dossier.procedure.code in settings.gate_warns else "block"
        return replace(dossier, settings=settings, procedure=replace(dossier.procedure, gate=gate))

    def owner_of_notice(self, notice_id: str) -> str | None:
        """Return the id of the dossier that a notice belongs to."""
        query = select(tables.notices.c.dossier_id).where(tables.notices.c.id == notice_id)
        found: str | None = self.connection.execute(query).scalar_one_or_none()
        return found

    def create(self, dossier: Dossier) -> Dossier:
        """Store a new dossier."""
        dossier = self._in_force(dossier)
        self.connection.execute(
            insert(tables.dossiers).values(
                id=dossier.id, code=dossier.code, receipt_code=dossier.receipt_code, version=dossier.version,
                body=dossier_bytes(dossier).decode(), feed_n=0,
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
        self.connection.execute(
            update(tables.dossiers)
            .where(tables.dossiers.c.id == saved.id)
            .values(receipt_code=saved.receipt_code, version=saved.version, body=dossier_bytes(saved).decode())
        )
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
        self._touched[dossier_id] = None

    def stamp(self) -> None:
        """Give each touched dossier its place in the feed; called last, just before the commit."""
        count = len(self._touched)
        if not count:
            return
        counter = tables.feed_counter.c
        taken = update(tables.feed_counter).where(counter.id == 1).values(n=counter.n + count).returning(counter.n)
        n = int(self.connection.execute(taken).scalar_one()) - count
        for dossier_id in self._touched:
            n += 1
            for table, column in (
                (tables.dossiers, tables.dossiers.c.id),
                (tables.dossier_scope, tables.dossier_scope.c.dossier_id),
                (tables.tombstones, tables.tombstones.c.dossier_id),
            ):
                self.connection.execute(update(table).where(column == dossier_id).values(feed_n=n))

    def _index(self, after: Dossier, before: Dossier | None) -> None:
        """Keep what is found beside the body: scope, notices, payment facts."""
        self._touched[after.id] = None
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
    with database.writing() as connection:
        ledger = Ledger(connection)
        yield ledger
        ledger.stamp()
