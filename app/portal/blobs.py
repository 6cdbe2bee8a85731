"""Attachments over the wire: named by their SHA-256, sent in pieces, taken only if the digest is right.

Stands apart because files are large and lines drop: an upload goes on where it stopped, and bytes that do not have the
digest they are named by are never handed on.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import partial

from app.contract import wire_codec
from app.contract.wire import MAX_BLOB_BYTES, BlobCreate, BlobState
from app.errors import BadInput, BugError, Offline, PortalProblem
from app.portal.caller import Caller

CHUNK_BYTES = 1024 * 1024

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Blobs:
    """``/v1/blobs``; any thread but the GUI's."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def create(self, blob: BlobCreate) -> BlobState:
        """Announce an attachment; the answer says how much of it the portal has already."""
        answer = self._caller.send("POST", "/v1/blobs", body=wire_codec.encode(blob))
        state = self._caller.read(answer, partial(wire_codec.decode, BlobState), good=(200, 201))
        if (state.sha256, state.size) != (blob.sha256, blob.size) or not 0 <= state.offset <= blob.size:
            raise Offline("bad-answer", host=self._caller.transport.origin)
        return state

    def offset(self, sha256: str) -> int:
        """Return how many bytes of an upload the portal has; ``PortalProblem("not-found")`` if it never began."""
        answer = self._caller.send("HEAD", _path(sha256))
        told = answer.header("upload-offset")
        if answer.status in (200, 204) and told.isdecimal() and told.isascii():
            return int(told[:12])
        if answer.status == 404:  # a HEAD has no body, hence no problem to read
            raise PortalProblem("not-found", status=404)
        raise self._caller.error(answer)

    def append(self, sha256: str, offset: int, piece: bytes) -> int:
        """Send one piece at ``offset``; return where the upload stands now."""
        answer = self._caller.send(
            "PATCH",
            _path(sha256),
            headers={"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)},
            body=piece,
            timeout_s=30.0,
            deadline_s=120.0,
        )
        told = answer.header("upload-offset")
        if answer.status in (200, 204) and told == str(offset + len(piece)):
            return offset + len(piece)
        if answer.status in (200, 204):
            raise Offline("bad-answer", host=self._caller.transport.origin)
        raise self._caller.error(answer)

    def upload(
        self, content: bytes, *, mime: str, name: str = "", progress: Callable[[int, int], None] | None = None
    ) -> str:
        """Bring an attachment to the portal and return its digest; call again after any error to go on.

        ``progress`` gets (bytes there, bytes in all). Raises ``BadInput("file-too-large")`` beyond 25 MiB,
        ``Offline``, ``SignedOut``, ``PortalProblem``.
        """
        if len(content) > MAX_BLOB_BYTES:
            raise BadInput("file-too-large", size=len(content), limit=MAX_BLOB_BYTES)
        sha256 = hashlib.sha256(content).hexdigest()
        state = self.create(BlobCreate(sha256, len(content), mime, name))
        there, corrected = state.offset, False
        while there < len(content) and not state.complete:
            if progress is not None:
                progress(there, len(content))
            try:
                there = self.append(sha256, there, content[there : there + CHUNK_BYTES])
            except PortalProblem as problem:
                if problem.code != "offset-mismatch" or corrected:
                    raise
                there, corrected = min(self.offset(sha256), len(content)), True
        if not state.complete and not self.create(BlobCreate(sha256, len(content), mime, name)).complete:
            raise Offline("bad-answer", host=self._caller.transport.origin)
        if progress is not None:
            progress(len(content), len(content))
        return sha256

    def download(self, sha256: str) -> bytes:
        """Return the bytes of that digest; ``Offline("bad-answer")`` if others came."""
        answer = self._caller.send(
            "GET", _path(sha256), headers={"Accept": "*/*"}, timeout_s=30.0, deadline_s=300.0, max_bytes=MAX_BLOB_BYTES
        )
        if answer.status != 200:
            raise self._caller.error(answer)
        if hashlib.sha256(answer.body).hexdigest() != sha256:
            raise Offline("bad-answer", host=self._caller.transport.origin)
        return answer.body


def _path(sha256: str) -> str:
    if not _DIGEST.fullmatch(sha256):
        raise BugError("not a digest")
    return f"/v1/blobs/{sha256}"
