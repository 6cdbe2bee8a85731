"""Keeps blocks of running numbers at hand: for today and the next five working days, more when few are left.

Stands apart from sender and puller because it is neither a command nor the feed: a lease that fails costs nothing, a
reception then waits for its number (*chờ cấp số*).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.clock import ShiftedClock
from app.contract.wire import BlockRequest
from app.domain.calendar import Calendar
from app.domain.words import Role
from app.ids import IdSource
from app.portal.client import PortalClient
from app.store import numbers, state
from app.store.projection import Projector
from app.store.writer import Store

WORKING_DAYS_AHEAD = 5
FEW = 5


@dataclass
class Numbers:
    """Leases for one reception officer's desk; the puller's thread runs it."""

    store: Store
    projector: Projector
    client: PortalClient
    clock: ShiftedClock
    ids: IdSource

    def keep(self) -> bool:
        """Ask the portal if a day has few numbers or an old block has unused ones; say whether it was asked.

        Raises KnownError when the portal cannot be reached. Transactions: own; no network inside one.
        """
        officer = self.projector.officer
        if Role.RECEPTION not in officer.roles:
            return False
        days = days_ahead(self.projector.calendar, self.clock.now())
        with self.store.read() as connection:
            few = [item.day for item in numbers.left(connection, officer.unit_id, days) if item.count < FEW]
            unused = numbers.unused_before(connection, days[0])
        if not few and not unused:
            return False
        returned = tuple((item.block_id, item.first_unused) for item in unused)
        more = tuple(dict.fromkeys(few))
        with self.store.write() as connection:
            store_id = state.own_id(connection, self.ids.new)
        answer = self.client.receipt_blocks(BlockRequest(store_id, days, more, returned))
        blocks = [(b.id, b.kind, b.unit_id, b.day, b.first, b.last) for b in answer.blocks]
        with self.store.write() as connection:
            numbers.keep(connection, blocks)
            numbers.mark_returned(connection, [item.block_id for item in unused])
        return True


def days_ahead(calendar: Calendar, now: datetime) -> tuple[date, ...]:
    """Return today and the next five working days."""
    days, day = [now.date()], now.date()
    while len(days) <= WORKING_DAYS_AHEAD:
        day += timedelta(days=1)
        if calendar.is_working(day):
            days.append(day)
    return tuple(days)
