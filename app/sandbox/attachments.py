"""Attachments by content: announced, sent in pieces, complete only when the digest is right.

Stands apart because bytes live in files beside the database, named by their digest; the table says how much of each was
promised and whether it is whole.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from threading import Lock

from sqlalchemy import insert, select, update

from app.contract.problems import Problem, problem
from app.contract.wire import MAX_BLOB_BYTES, BlobCreate, BlobState
from app.sandbox import tables
from app.sandbox.database import Database

_DIGEST = re.compile(r"[0-9a-f]{64}")


class NotTaken(Exception):
    """The piece or announcement cannot be taken; ``problem`` says why."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.type)
        self.problem = found


class Attachments:
    """Stored attachments; any thread, one upload step at a time."""

    def __init__(self, database: Database, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._database = database
        self._folder = folder
        self._lock = Lock()

    def announce(self, blob: BlobCreate) -> BlobState:
        """Begin an upload, or say how far an earlier one came; raises NotTaken."""
        if not _DIGEST.fullmatch(blob.sha256) or blob.size < 0:
            raise NotTaken(problem("bad-request", "A digest of 64 hexadecimal characters and a size are needed"))
        if blob.size > MAX_BLOB_BYTES:
            raise NotTaken(problem("too-large", limit=MAX_BLOB_BYTES))
        with self._lock:
            state = self.state(blob.sha256)
            if state is None:
                row = {"sha256": blob.sha256, "size": blob.size, "mime": blob.mime, "name": blob.name}
                with self._database.writing() as connection:
                    connection.execute(insert(tables.blobs).values(complete=False, **row))
                state = BlobState(blob.sha256, blob.size, 0, False)
                if blob.size == 0:
                    state = self._finish(state)
            elif state.size != blob.size:
                raise NotTaken(problem("bad-request", "The same digest was announced with another size"))
            return state

    def state(self, sha256: str) -> BlobState | None:
        """Return how far an upload is, or None if it never began."""
        with self._database.reading() as connection:
            row = connection.execute(select(tables.blobs).where(tables.blobs.c.sha256 == sha256)).one_or_none()
        if row is None:
            return None
        part = self._part(sha256)
        offset = row.size if row.complete else part.stat().st_size if part.exists() else 0
        return BlobState(sha256, row.size, offset, bool(row.complete))

    def append(self, sha256: str, offset: int, piece: bytes) -> BlobState:
        """Take the next piece; the last one is checked against the digest. Raises NotTaken."""
        with self._lock:
            state = self.state(sha256)
            if state is None:
                raise NotTaken(problem("not-found", "This upload never began"))
            if state.complete or offset != state.offset:
                raise NotTaken(problem("offset-mismatch", offset=state.offset))
            if offset + len(piece) > state.size:
                raise NotTaken(problem("too-large", limit=state.size))
            with self._part(sha256).open("ab") as part:
                part.write(piece)
            reached = BlobState(sha256, state.size, offset + len(piece), False)
            return self._finish(reached) if reached.offset == reached.size else reached

    def put(self, content: bytes, *, mime: str, name: str) -> str:
        """Store whole bytes and return their digest; raises NotTaken."""
        sha256 = hashlib.sha256(content).hexdigest()
        state = self.announce(BlobCreate(sha256, len(content), mime, name))
        if not state.complete:
            self.append(sha256, state.offset, content[state.offset :])
        return sha256

    def content(self, sha256: str) -> tuple[bytes, str] | None:
        """Return bytes and media type of a whole attachment, or None."""
        with self._database.reading() as connection:
            query = select(tables.blobs.c.mime).where(tables.blobs.c.sha256 == sha256, tables.blobs.c.complete)
            mime = connection.execute(query).scalar_one_or_none()
        return None if mime is None else (self._whole(sha256).read_bytes(), mime)

    def _finish(self, state: BlobState) -> BlobState:
        part = self._part(state.sha256)
        part.touch()
        if hashlib.sha256(part.read_bytes()).hexdigest() != state.sha256:
            part.unlink()
            raise NotTaken(problem("bad-request", "The bytes do not have the announced digest; start again"))
        part.replace(self._whole(state.sha256))
        with self._database.writing() as connection:
            connection.execute(update(tables.blobs).where(tables.blobs.c.sha256 == state.sha256).values(complete=True))
        return BlobState(state.sha256, state.size, state.size, True)

    def _whole(self, sha256: str) -> Path:
        return self._folder / sha256

    def _part(self, sha256: str) -> Path:
        return self._folder / f"{sha256}.part"
