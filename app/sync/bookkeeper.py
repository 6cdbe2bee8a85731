"""Keeps what proves the money in step with the portal: countersigned heads, confirmed keys, a short rescue log.

Stands apart from sender and puller because it moves nothing: it asks the portal's ledger about money acknowledged
here, so that it need not be sent again after a restore, and need not stand in the rescue log any more.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from app.clock import VN, ShiftedClock, from_ms, to_ms
from app.errors import KnownError
from app.portal.client import PortalClient
from app.store import reconciled
from app.store.rescue import RescueLog
from app.store.writer import Store
from app.sync.countersigner import Countersigner

EVERY_S = 600.0
_DAYS = 5


@dataclass
class Bookkeeper:
    """Works for one officer's store; the puller's thread runs it."""

    store: Store
    client: PortalClient
    clock: ShiftedClock
    rescue: RescueLog
    countersigner: Countersigner
    asked_at_s: float | None = None

    def step(self) -> None:
        """Have a grown journal countersigned; every ten minutes confirm keys and shorten the log. Never raises."""
        self.countersigner.ask_if_grown()
        now_s = self.clock.monotonic()
        if self.asked_at_s is not None and now_s - self.asked_at_s < EVERY_S:
            return
        self.asked_at_s = now_s
        with suppress(KnownError):
            self.reconcile()

    def reconcile(self) -> int:
        """Mark the money that the portal's ledger has; return how many rows. Raises KnownError."""
        with self.store.read() as connection:
            days = sorted({from_ms(ms).astimezone(VN).date() for ms in reconciled.unreconciled_days(connection)})
        count = sum(self._confirm(day) for day in days[:_DAYS])
        self.rescue.let_go(self._settled)
        return count

    def _confirm(self, day: date) -> int:
        found = self.client.reconciliation(day).keys
        with self.store.write() as connection:
            keys = [item.key for item in found if item.reconciled_at is not None]
            return reconciled.mark_reconciled(connection, keys, to_ms(self.clock.now()))

    def _settled(self, keys: Collection[str]) -> set[str]:
        with self.store.read() as connection:
            return reconciled.settled(connection, keys)
