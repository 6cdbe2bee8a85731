"""The store of one officer on one desk: one writer, many readers, and the file they share.

Stands apart as the only place that opens, migrates and closes. Exactly one write transaction runs at a time; readers
see the last committed state (WAL). Entering either on the GUI thread is a ``BugError``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from threading import RLock
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from app import gui_guard
from app.errors import StoreTrouble
from app.store import schema
from app.store.cipher import trouble
from app.store.engine import open_engine, translated
from app.store.facts import PROJECTION_VERSION, SCHEMA_VERSION

READERS = 4


class Store:
    """Opens ``folder/store.db`` (and ``blobs.db`` beside it) with the profile's key."""

    def __init__(self, folder: Path, key: bytes) -> None:
        gui_guard.check("store")
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._key = key
        self._lock = RLock()
        self._writer = open_engine(folder / "store.db", key, read_only=False, pool_size=1)
        self._readers = open_engine(folder / "store.db", key, read_only=True, pool_size=READERS)
        self.needs_rebuild = False
        try:
            self._prepare()
        except DBAPIError as error:
            self.close()
            raise trouble(error) from error
        except StoreTrouble:
            self.close()
            raise

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """Run one write transaction; commits at the end, rolls back on any error. Thread: any but the GUI's."""
        gui_guard.check("store")
        with self._lock, translated(), self._writer.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """Run one read transaction on a connection that cannot write. Thread: any but the GUI's."""
        gui_guard.check("store")
        with translated(), self._readers.begin() as connection:
            yield connection

    def beside(self, folder: Path) -> Store:
        """Open another officer's store of the same profile: one key locks them all."""
        return Store(folder, self._key)

    def open_blobs(self) -> Any:
        """Return the engine of the attachments' own file."""
        return open_engine(self.folder / "blobs.db", self._key, read_only=False, pool_size=1)

    def close(self) -> None:
        """Give every connection back; safe to call twice."""
        self._readers.dispose()
        self._writer.dispose()

    def drop_derived(self, connection: Connection) -> None:
        """Drop and recreate what is derived, at this program's version; the mirror stays. Transaction: caller's."""
        connection.execute(text(schema.FTS_DROP))
        for table in (schema.dossier_row, schema.belonging):
            table.drop(connection, checkfirst=True)
        _create_derived(connection)
        connection.execute(
            text(
                "INSERT INTO sync_state(name, value) VALUES ('projection', :version) "
                "ON CONFLICT(name) DO UPDATE SET value = :version"
            ),
            {"version": str(PROJECTION_VERSION)},
        )

    def _prepare(self) -> None:
        with self._writer.connect() as connection:
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if version > SCHEMA_VERSION:
            raise StoreTrouble("store-newer")
        if version < SCHEMA_VERSION:
            from app.store.migrate import upgrade

            upgrade(self._writer, SCHEMA_VERSION)
        with self.write() as connection:
            _create_derived(connection)
            have = connection.execute(text("SELECT value FROM sync_state WHERE name = 'projection'")).scalar()
            self.needs_rebuild = have != str(PROJECTION_VERSION)


def _create_derived(connection: Connection) -> None:
    schema.derived.create_all(connection)
    connection.execute(text(schema.FTS_DDL))
