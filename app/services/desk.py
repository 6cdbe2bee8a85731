"""An open desk: everything the use cases of one signed-in officer need, in one value.

Stands apart because every service takes it first and only ``app.bootstrap`` makes one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.clock import ShiftedClock
from app.domain.calendar import Calendar
from app.domain.people import Officer
from app.errors import StoreTrouble
from app.events import Bus, DossiersChanged, OutboxChanged
from app.ids import IdSource
from app.store.blobs import BlobStore
from app.store.neighbours import Neighbours
from app.store.profile import Profile
from app.store.projection import Projector
from app.store.rescue import RescueLog
from app.store.writer import Store
from app.sync.engine import Engine

UNDO_S = 8.0


@dataclass
class Desk:
    """Store, blobs, engine and identity of one officer on one desk; ``undo_s`` is 0 on the command line."""

    profile: Profile
    store: Store
    blobs: BlobStore
    projector: Projector
    engine: Engine
    sign_out: Callable[[], None]
    hang_up: Callable[[], None]
    bus: Bus
    clock: ShiftedClock
    ids: IdSource
    neighbours: Neighbours
    rescue: RescueLog
    unit_name: str = ""
    undo_s: float = UNDO_S
    mended: StoreTrouble | None = None
    """What to tell the officer of a damage that this start has mended."""

    @property
    def officer(self) -> Officer:
        """Who sits here."""
        return self.projector.officer

    @property
    def calendar(self) -> Calendar:
        """The working calendar in force."""
        return self.projector.calendar

    def tell_changed(self, *dossier_ids: str) -> None:
        """Tell the screens that the outbox and these dossiers look different now; no ids: anything may have changed."""
        self.bus.publish(OutboxChanged())
        self.bus.publish(DossiersChanged(dossier_ids))

    def close(self) -> None:
        """Close network, stores and profile, in this order; safe to call twice."""
        self.hang_up()
        self.store.hurt |= self.blobs.hurt
        self.blobs.close()
        self.store.close()
        self.profile.close()
