"""The store of one officer on one desk: one writer, many readers, and the file they share.

Stands apart as the only place that opens, migrates and closes. Exactly one write transaction runs at a time; readers
see the last committed state (WAL). Entering either on the GUI thread is a ``BugError``. Every deed goes into the redo
log too before its transaction returns. ``mending`` looks for damage first; here it is only noticed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from app import gui_guard
from app.clock import SystemClock
from app.errors import KnownError, StoreTrouble
from app.store import backups, redo, schema, state
from app.store.blobs import FILE as BLOBS_FILE
from app.store.cipher import keyed, trouble
from app.store.engine import open_engine, translated
from app.store.facts import PROJECTION_VERSION, SCHEMA_VERSION
from app.store.state import Name

READERS = 4
FILE = "store.db"
OPEN_MARK = "open"
"""Lies in the folder while a desk is open, and after a crash or a damage until the next start has looked."""


class Store:
    """Opens ``folder/store.db`` (and ``blobs.db`` beside it) with the profile's key."""

    def __init__(self, folder: Path, key: bytes) -> None:
        gui_guard.check("store")
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._key = key
        self._lock = RLock()
        self._writer = open_engine(folder / FILE, key, read_only=False, pool_size=1)
        self._readers = open_engine(folder / FILE, key, read_only=True, pool_size=READERS)
        self.redo = redo.Redo(folder, key)
        self.needs_rebuild = False
        self.hurt = False
        """Damage was seen: the next start looks at every page."""
        self._is_marked = False
        try:
            self._prepare()
        except DBAPIError as error:
            self.close()
            raise trouble(error) from error
        except KnownError:
            self.close()
            raise

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """Run one write transaction; commits at the end, rolls back on any error. Thread: any but the GUI's."""
        gui_guard.check("store")
        with self._lock:
            with self._noticing(), self._writer.begin() as connection:
                driver = connection.connection.driver_connection
                yield connection
            self.redo.keep(driver)  # back in the pool, and under the lock still ours

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """Run one read transaction on a connection that cannot write. Thread: any but the GUI's."""
        gui_guard.check("store")
        with self._noticing(), self._readers.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def _noticing(self) -> Iterator[None]:
        try:
            with translated():
                yield
        except StoreTrouble as error:
            self.hurt |= error.code == "store-damaged"
            raise

    @staticmethod
    def has_past(folder: Path) -> bool:
        """Say whether there was a store here before, whatever became of its file."""
        return (folder / redo.FILE).exists() or bool(backups.found(folder))

    def sit(self) -> None:
        """Leave the mark that a desk is open; it goes with a clean close. Raises StoreTrouble."""
        try:
            (self.folder / OPEN_MARK).touch()
            backups.sync_folder(self.folder)
        except OSError as error:
            raise StoreTrouble("store-full") from error
        self._is_marked = True

    def back_up(self, now: datetime, *, before: int = 0) -> None:
        """Make a checked backup and forget what all of them hold from the redo log. Raises StoreTrouble."""
        with self._lock:
            self.redo.behind = False
            upto = self._redone()
        try:
            with self._noticing():
                backups.make(self.folder, self._key, upto, now, before=before)
        except StoreTrouble:
            self.redo.behind = True
            raise
        with self._lock, contextlib.suppress(StoreTrouble), translated():
            self.redo.prune(min(item.upto for item in backups.found(self.folder)))

    def redo_entries(self) -> list[tuple[str, dict[str, Any]]]:
        """Return the redo log, or nothing where it cannot be read."""
        try:
            with self._lock, self._noticing():
                return self.redo.entries()
        except StoreTrouble:
            self.redo.behind = True
            return []

    def readable(self, path: Path, sql: str) -> Iterator[dict[str, Any]]:
        """Yield the rows of a damaged file, opened with this store's key, up to the first that cannot be read."""
        with contextlib.suppress(sqlcipher.DatabaseError), contextlib.closing(keyed(path, self._key)) as raw:
            cursor = raw.execute(sql)
            names = [told[0] for told in cursor.description]
            for row in cursor:
                if not any(isinstance(value, str) and "\0" in value for value in row):
                    yield dict(zip(names, row, strict=True))

    def beside(self, folder: Path) -> Store:
        """Open another officer's store of the same profile: one key locks them all."""
        return Store(folder, self._key)

    def open_blobs(self) -> Any:
        """Return the engine of the attachments' own file."""
        return open_engine(self.folder / BLOBS_FILE, self._key, read_only=False, pool_size=1)

    def close(self) -> None:
        """Give every connection back; safe to call twice."""
        self._readers.dispose()
        self._writer.dispose()
        self.redo.close()
        if self._is_marked and not self.hurt:
            with contextlib.suppress(OSError):  # then the next start looks, which harms nobody
                (self.folder / OPEN_MARK).unlink(missing_ok=True)
            self._is_marked = False

    def drop_derived(self, connection: Connection) -> None:
        """Drop and recreate what is derived, at this program's version; the mirror stays. Transaction: caller's."""
        connection.execute(text(schema.FTS_DROP))
        for table in (schema.dossier_row, schema.belonging):
            table.drop(connection, checkfirst=True)
        _create_derived(connection)
        self.renew(connection)

    def outdate(self, connection: Connection) -> None:
        """Say that the derived rows hold no more: whoever stops halfway, the next start makes them anew."""
        state.drop(connection, Name.PROJECTION)
        self.needs_rebuild = True

    def renew(self, connection: Connection) -> None:
        """Say that the derived rows are as this program makes them."""
        state.put(connection, Name.PROJECTION, str(PROJECTION_VERSION))
        self.needs_rebuild = False

    def _prepare(self) -> None:
        with self._writer.connect() as connection:
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if version > SCHEMA_VERSION:
            raise StoreTrouble("store-newer")
        if version == 0 and self.has_past(self.folder):
            raise StoreTrouble("store-damaged")  # cut to nothing: no new store may take its place unseen
        if version < SCHEMA_VERSION:
            from app.store.migrate import upgrade

            if version:
                self.back_up(SystemClock().now(), before=SCHEMA_VERSION)
            with translated():
                upgrade(self._writer, SCHEMA_VERSION)
        with self._lock, translated(), self._writer.begin() as connection:
            self.redo.watch(connection)
            self.needs_rebuild = state.get(connection, Name.PROJECTION) != str(PROJECTION_VERSION)
            if self.needs_rebuild:
                _create_derived(connection)

    def _redone(self) -> int:
        try:
            with self._noticing():
                return self.redo.last()
        except StoreTrouble:
            return 0


def _create_derived(connection: Connection) -> None:
    schema.derived.create_all(connection)
    connection.execute(text(schema.FTS_DDL))
