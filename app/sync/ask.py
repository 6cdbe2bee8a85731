"""One question to the portal before an officer commits himself: the freshest truth about one dossier.

Stands apart as the only way by which services reach the portal, besides signing in. The answer enters the mirror as a
page of one, so the screen and the answer never differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.contract.wire import (
    CoverSetting,
    CoverSettings,
    HandOver,
    Reconciliation,
    UnsentWorks,
)
from app.contract.wire_unit import CalendarEdit, CalendarVersions, Looks
from app.domain.calendar_changes import CalendarChanged, CalendarForeseen
from app.domain.lookup import LookedUp
from app.domain.unit_settings import UnitSettings
from app.errors import KnownError
from app.events import Bus, DossiersChanged
from app.portal.client import PortalClient
from app.store.projection import Projector
from app.store.writer import Store
from app.sync.apply_page import apply_changes
from app.sync.calendars import take_over
from app.sync.link import Link

DEADLINE_S = 3.0


@dataclass
class Ask:
    """Asks for one officer; any thread but the GUI's."""

    store: Store
    projector: Projector
    client: PortalClient
    bus: Bus
    link: Link

    def freshest(self, dossier_id: str, *, deadline_s: float = DEADLINE_S) -> bool:
        """Bring one dossier up to date; False when the portal was not reached in time."""
        try:
            change = self.client.dossier(dossier_id, deadline_s=deadline_s)
        except KnownError as error:
            self.link.failed(error)
            return False
        self.link.reached()
        applied = apply_changes(self.store, self.projector, [change])
        if applied.ids:
            self.bus.publish(DossiersChanged(applied.ids))
        return True

    def blob(self, sha256: str) -> bytes:
        """Fetch an attachment, verified by its digest; raises KnownError."""
        return self.client.blobs.download(sha256)

    def look_up(self, code: str, desk_name: str) -> LookedUp:
        """Return where a dossier of any desk stands; nothing of it is kept; raises KnownError."""
        return self.client.look_up(code, desk_name)

    def looks(self, day: date) -> Looks:
        """Return who of the unit looked at what on a day; raises KnownError."""
        return self.client.looks(day)

    def reconciliation(self, day: date) -> Reconciliation:
        """Return what the portal's ledger has of this desk's money on that day; raises KnownError."""
        return self.client.reconciliation(day)

    def replace_calendar(self, edit: CalendarEdit) -> CalendarChanged:
        """Put one year of the working calendar in force, here too; raises KnownError."""
        done = self.client.replace_calendar(edit)
        take_over(self.store, self.projector, self.client, self.bus)
        return done

    def foresee_calendar(self, edit: CalendarEdit) -> CalendarForeseen:
        """Return what putting one year in force would move; raises KnownError."""
        return self.client.foresee_calendar(edit)

    def calendar_versions(self) -> CalendarVersions:
        """Return every replacement of a year, newest first; raises KnownError."""
        return self.client.calendar_versions()

    def unsent(self) -> UnsentWorks:
        """Return the unsent work of absent officers, for the head; raises KnownError."""
        return self.client.unsent()

    def hand_over(self, wanted: HandOver) -> UnsentWorks:
        """Let another officer deliver an absent one's work; raises KnownError."""
        return self.client.hand_over(wanted)

    def settings(self) -> UnitSettings:
        """Return the settings in force at the officer's unit; raises KnownError."""
        return self.client.settings()

    def change_settings(self, settings: UnitSettings) -> UnitSettings:
        """Change the settings of the officer's unit at the portal; raises KnownError."""
        return self.client.change_settings(settings)

    def covers(self) -> CoverSettings:
        """Return who is on leave and who stands in; raises KnownError."""
        return self.client.covers()

    def set_cover(self, setting: CoverSetting) -> CoverSettings:
        """Set one officer's leave at the portal; raises KnownError."""
        return self.client.set_cover(setting)

    def end_cover(self, officer_id: str, from_day: date) -> CoverSettings:
        """Take one officer's leave back at the portal; raises KnownError."""
        return self.client.end_cover(officer_id, from_day)
