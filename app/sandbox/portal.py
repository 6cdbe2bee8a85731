"""The sandbox portal as one object: database, clock, rules and their services, without HTTP.

Stands apart so that routes, the background worker and the seeding are wired in one place and share one clock.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from app.clock import Clock
from app.domain.calendar import Calendar
from app.sandbox.attachments import Attachments
from app.sandbox.calendars import Calendars
from app.sandbox.clock import PortalClock
from app.sandbox.commands import CommandDesk
from app.sandbox.database import Database, set_setting, setting
from app.sandbox.feed import Feed
from app.sandbox.identity import Identity


class Portal:
    """Everything behind the routes; made once per data folder; any thread."""

    def __init__(
        self, data_dir: Path, *, database_url: str | None = None, now: datetime | None = None, base: Clock | None = None
    ) -> None:
        self.database = Database(data_dir, database_url)
        self.clock = PortalClock(base, self._stored_shift())
        self.clock.on_change = self._keep_shift
        if now is not None:
            self.clock.set(now)
        self.calendars = Calendars(self.database, self.clock)
        self.identity = Identity(self.database, self.clock)
        self.feed = Feed(self.database, self.clock, self.calendars)
        self.commands = CommandDesk(self.database, self.clock, self.calendars)
        self.attachments = Attachments(self.database, data_dir / "blobs")

    @property
    def calendar(self) -> Calendar:
        """The working calendar in force; inside a transaction, the one that its commit will stand under."""
        return self.calendars.current

    @property
    def epoch(self) -> str:
        """The database's epoch; another one means: restored from a backup."""
        with self.database.reading() as connection:
            return setting(connection, "epoch") or ""

    def close(self) -> None:
        """End waiting requests and connections."""
        self.database.close()

    def _stored_shift(self) -> timedelta:
        with self.database.reading() as connection:
            return timedelta(seconds=float(setting(connection, "clock_shift_s") or 0))

    def _keep_shift(self, shift: timedelta) -> None:
        with self.database.writing() as connection:
            set_setting(connection, "clock_shift_s", str(shift.total_seconds()))
