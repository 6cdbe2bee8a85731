"""Attachments by content, in an encrypted file of their own.

Stands apart from ``store.db`` so that large files never slow the lists. A blob is committed before the command that
names it; its name is its SHA-256, so nothing from the network ever becomes a path.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine

from app import gui_guard
from app.errors import StoreTrouble
from app.store.cipher import connect, keyed
from app.store.engine import translated

FILE = "blobs.db"

_DDL = (
    "CREATE TABLE IF NOT EXISTS blob (sha256 TEXT PRIMARY KEY, mime TEXT NOT NULL, size INTEGER NOT NULL, "
    "uploaded INTEGER NOT NULL DEFAULT 0, data BLOB NOT NULL)"
)


class BlobStore:
    """Keeps attachment bytes; any thread but the GUI's."""

    def __init__(self, engine: Engine) -> None:
        gui_guard.check("blobs")
        self._engine = engine
        self.hurt = False
        """Damage was seen: the next start looks at the file."""
        with self._begin() as connection:
            connection.exec_driver_sql(_DDL)

    def put(self, data: bytes, mime: str, *, uploaded: bool = False) -> str:
        """Store and commit the bytes; return their SHA-256 in hex."""
        gui_guard.check("blobs")
        digest = hashlib.sha256(data).hexdigest()
        with self._begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO blob(sha256, mime, size, uploaded, data) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT(sha256) DO UPDATE SET uploaded = max(uploaded, excluded.uploaded)",
                (digest, mime, len(data), int(uploaded), data),
            )
        return digest

    def get(self, sha256: str) -> bytes | None:
        """Return the bytes, or None when they are not on this machine, or not any more what their name says."""
        try:
            row = self._one("SELECT data FROM blob WHERE sha256 = ?", sha256)
        except StoreTrouble as error:
            if error.code != "store-damaged":
                raise
            return None
        if row is None:
            return None
        is_itself = hashlib.sha256(row[0]).hexdigest() == sha256
        self.hurt |= not is_itself
        return bytes(row[0]) if is_itself else None

    def to_upload(self, sha256: str) -> tuple[bytes, str] | None:
        """Return bytes and type if the portal does not have them yet."""
        row = self._one("SELECT data, mime FROM blob WHERE sha256 = ? AND uploaded = 0", sha256)
        if row is not None and hashlib.sha256(row[0]).hexdigest() != sha256:
            self.hurt = True
            raise StoreTrouble("store-damaged")
        return (bytes(row[0]), str(row[1])) if row else None

    def mark_uploaded(self, sha256: str) -> None:
        """Remember that the portal has verified these bytes."""
        gui_guard.check("blobs")
        with self._begin() as connection:
            connection.exec_driver_sql("UPDATE blob SET uploaded = 1 WHERE sha256 = ?", (sha256,))

    def mark_missing(self, digests: Collection[str]) -> None:
        """Remember that the portal has these bytes no longer: they go up again."""
        gui_guard.check("blobs")
        if digests:
            with self._begin() as connection:
                rows = [(digest,) for digest in digests]
                connection.exec_driver_sql("UPDATE blob SET uploaded = 0 WHERE sha256 = ?", rows)

    def drop_uploaded(self, digests: Collection[str]) -> None:
        """Forget these bytes where the portal has them: they can be fetched again."""
        gui_guard.check("blobs")
        rows = [(digest,) for digest in digests]
        if rows:
            with self._begin() as connection:
                connection.exec_driver_sql("DELETE FROM blob WHERE sha256 = ? AND uploaded = 1", rows)

    def drop_all_but(self, kept: Collection[str]) -> None:
        """Forget all bytes but these."""
        gui_guard.check("blobs")
        with self._begin() as connection:
            found = connection.exec_driver_sql("SELECT sha256 FROM blob").scalars().all()
            rows = [(digest,) for digest in found if digest not in kept]
            if rows:
                connection.exec_driver_sql("DELETE FROM blob WHERE sha256 = ?", rows)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @contextlib.contextmanager
    def _begin(self) -> Iterator[Connection]:
        try:
            with translated(), self._engine.begin() as connection:
                yield connection
        except StoreTrouble as error:
            self.hurt |= error.code == "store-damaged"
            raise

    def _one(self, sql: str, sha256: str) -> Any:
        gui_guard.check("blobs")
        with self._begin() as connection:
            return connection.exec_driver_sql(sql, (sha256,)).first()


def rescued(damaged: Path, path: Path, key: bytes) -> None:
    """Begin a new file of attachments with those of a damaged one that can still be read and are what they say."""
    with contextlib.closing(connect(path, key, read_only=False)) as new:
        new.execute(_DDL)
        for order in ("ASC", "DESC"):
            with contextlib.suppress(sqlcipher.DatabaseError), contextlib.closing(keyed(damaged, key)) as old:
                for row in old.execute(f"SELECT sha256, mime, size, uploaded, data FROM blob ORDER BY rowid {order}"):
                    if hashlib.sha256(row[4]).hexdigest() == row[0]:
                        new.execute("INSERT OR IGNORE INTO blob VALUES (?, ?, ?, ?, ?)", row)
