"""``/v1/blobs``: attachments over HTTP, resumable (design §8).

Stands apart from the other officer routes because bodies are bytes and progress travels in headers.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response

from app.contract import problems
from app.contract.wire import BlobCreate, BlobState
from app.sandbox.answers import BODY, json_response, no, problem_response, read, sign_in_needed
from app.sandbox.attachments import NotTaken
from app.sandbox.portal import Portal


def blob_routes(portal: Portal) -> APIRouter:
    """Return the routes of attachments."""
    router = APIRouter(prefix="/v1/blobs", dependencies=[Depends(sign_in_needed(portal))])

    @router.post("")
    def create(body: bytes = BODY) -> Response:
        try:
            state = portal.attachments.announce(read(BlobCreate, body))
        except NotTaken as refused:
            return problem_response(refused.problem)
        status = 200 if state.complete or state.offset else 201
        return json_response(state, status, {"Location": f"/v1/blobs/{state.sha256}"})

    @router.head("/{sha256}")
    def progress(sha256: str) -> Response:
        state = portal.attachments.state(sha256)
        if state is None:
            return Response(status_code=404, media_type=problems.MEDIA_TYPE)  # a HEAD has no body to explain itself
        return Response(headers=_progress(state))

    @router.patch("/{sha256}")
    def append(sha256: str, upload_offset: Annotated[int, Header()], body: bytes = BODY) -> Response:
        try:
            state = portal.attachments.append(sha256, upload_offset, body)
        except NotTaken as refused:
            return problem_response(refused.problem)
        return Response(status_code=204, headers=_progress(state))

    @router.get("/{sha256}")
    def content(sha256: str, range_: Annotated[str, Header(alias="Range")] = "") -> Response:
        found = portal.attachments.content(sha256)
        if found is None:
            raise no("not-found", "No whole attachment has this digest")
        data, mime = found
        start = range_.removeprefix("bytes=").removesuffix("-")
        if range_ and start.isdecimal() and int(start) < len(data):
            told = f"bytes {start}-{len(data) - 1}/{len(data)}"
            return Response(data[int(start) :], 206, {"Content-Range": told}, mime)
        return Response(data, headers={"Accept-Ranges": "bytes", "X-Content-Type-Options": "nosniff"}, media_type=mime)

    return router


def _progress(state: BlobState) -> dict[str, str]:
    return {"Upload-Offset": str(state.offset), "Upload-Length": str(state.size), "Cache-Control": "no-store"}
