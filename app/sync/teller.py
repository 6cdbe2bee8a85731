"""Tells the portal what waits on this desk for officers who are not here; hears what was handed over.

Stands apart from sender and puller: it moves no command and no dossier. It speaks with a desk's first page of the feed
and every ten minutes after, because the head sees work only when its desk was online for a working hour with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.clock import Clock, from_ms
from app.contract.wire import DeskStatus, HandedWork, UnsentCommand, UnsentOf
from app.errors import KnownError
from app.portal.client import PortalClient
from app.store.neighbours import Neighbours, Unsent

EVERY_S = 600.0


@dataclass
class Teller:
    """Speaks for one desk; any thread but the GUI's."""

    neighbours: Neighbours
    client: PortalClient
    clock: Clock
    desk_id: str
    desk_name: str
    told_at_s: float | None = None

    def tell_if_due(self) -> None:
        """Tell when ten minutes have passed; what the world does not let through is told next time.

        A desk of one officer has nothing to tell.
        """
        now_s = self.clock.monotonic()
        if not self.neighbours.ids or (self.told_at_s is not None and now_s - self.told_at_s < EVERY_S):
            return
        try:
            self.tell()
        except KnownError:
            self.told_at_s = None

    def tell(self) -> tuple[HandedWork, ...]:
        """Tell now; return what was handed over to this officer. Raises KnownError."""
        works = self.client.tell_status(
            DeskStatus(self.desk_id, self.desk_name, tuple(_of(item) for item in self.neighbours.unsent()))
        ).works
        self.told_at_s = self.clock.monotonic()
        return works


def _of(item: Unsent) -> UnsentOf:
    commands = tuple(UnsentCommand(row.key, row.sha256) for row in item.to_send)
    return UnsentOf(item.officer.id, from_ms(item.oldest_ms), item.amount, item.undecided, commands)
