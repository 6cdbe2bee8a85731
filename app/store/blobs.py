"""Attachments by content, in an encrypted file of their own.

Stands apart from ``store.db`` so that large files never slow the lists. A blob is committed before the command that
names it; its name is its SHA-256, so nothing from the network ever becomes a path.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any

from sqlalchemy import Engine

from app import gui_guard
from app.store.engine import translated

_DDL = (
    "CREATE TABLE IF NOT EXISTS blob (sha256 TEXT PRIMARY KEY, mime TEXT NOT NULL, size INTEGER NOT NULL, "
    "uploaded INTEGER NOT NULL DEFAULT 0, data BLOB NOT NULL)"
)


class BlobStore:
    """Keeps attachment bytes; any thread but the GUI's."""

    def __init__(self, engine: Engine) -> None:
        gui_guard.check("blobs")
        self._engine = engine
        with translated(), self._engine.begin() as connection:
            connection.exec_driver_sql(_DDL)

    def put(self, data: bytes, mime: str, *, uploaded: bool = False) -> str:
        """Store and commit the bytes; return their SHA-256 in hex."""
        gui_guard.check("blobs")
        digest = hashlib.sha256(data).hexdigest()
        with translated(), self._engine.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO blob(sha256, mime, size, uploaded, data) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT(sha256) DO UPDATE SET uploaded = max(uploaded, excluded.uploaded)",
                (digest, mime, len(data), int(uploaded), data),
            )
        return digest

    def get(self, sha256: str) -> bytes | None:
        """Return the bytes, or None when they are not on this machine."""
        row = self._one("SELECT data FROM blob WHERE sha256 = ?", sha256)
        return bytes(row[0]) if row else None

    def to_upload(self, sha256: str) -> tuple[bytes, str] | None:
        """Return bytes and type if the portal does not have them yet."""
        row = self._one("SELECT data, mime FROM blob WHERE sha256 = ? AND uploaded = 0", sha256)
        return (bytes(row[0]), str(row[1])) if row else None

    def mark_uploaded(self, sha256: str) -> None:
        """Remember that the portal has verified these bytes."""
        gui_guard.check("blobs")
        with translated(), self._engine.begin() as connection:
            connection.exec_driver_sql("UPDATE blob SET uploaded = 1 WHERE sha256 = ?", (sha256,))

    def drop_uploaded(self, digests: Collection[str]) -> None:
        """Forget these bytes where the portal has them: they can be fetched again."""
        gui_guard.check("blobs")
        rows = [(digest,) for digest in digests]
        if rows:
            with translated(), self._engine.begin() as connection:
                connection.exec_driver_sql("DELETE FROM blob WHERE sha256 = ? AND uploaded = 1", rows)

    def drop_all_but(self, kept: Collection[str]) -> None:
        """Forget all bytes but these."""
        gui_guard.check("blobs")
        with translated(), self._engine.begin() as connection:
            found = connection.exec_driver_sql("SELECT sha256 FROM blob").scalars().all()
            rows = [(digest,) for digest in found if digest not in kept]
            if rows:
                connection.exec_driver_sql("DELETE FROM blob WHERE sha256 = ?", rows)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def _one(self, sql: str, sha256: str) -> Any:
        gui_guard.check("blobs")
        with translated(), self._engine.begin() as connection:
            return connection.exec_driver_sql(sql, (sha256,)).first()
