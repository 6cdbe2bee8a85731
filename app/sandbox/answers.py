"""Answers and questions of the HTTP layer: problems, JSON of dataclasses, who is signed in.

Stands apart because all route files need the same few things.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from fastapi import Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from app.contract import problems, strict_json, wire_codec
from app.contract.problems import Problem, problem
from app.contract.wire import MAX_BLOB_BYTES
from app.domain.people import Officer
from app.sandbox.portal import Portal

Shape = TypeVar("Shape")


class Problematic(Exception):
    """Ends a request with a problem."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.type)
        self.problem = found


def no(type_: str, detail: str = "", **extras: object) -> Problematic:
    """Return the exception that answers with a problem of that type."""
    return Problematic(problem(type_, detail, **extras))


def problem_response(found: Problem) -> Response:
    """Return a problem as RFC 9457 writes it."""
    import orjson

    headers = {"WWW-Authenticate": "Bearer"} if found.status == 401 else {}
    body = orjson.dumps(problems.to_object(found))
    return Response(body, found.status, headers, problems.MEDIA_TYPE)


def json_response(value: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return a dataclass of the wire, or ready JSON bytes."""
    body = value if isinstance(value, bytes) else wire_codec.encode(value)
    return Response(body, status, headers, "application/json")


def plain_json(value: object, status: int = 200) -> Response:
    """Return plain dicts and lists as JSON."""
    import orjson

    return Response(orjson.dumps(value), status, media_type="application/json")


async def raw_body(request: Request) -> bytes:
    """Return the body, at most one attachment long; longer is a problem."""
    told = request.headers.get("content-length", "0")
    if told.isdecimal() and int(told) > MAX_BLOB_BYTES + 1024:
        raise no("too-large", limit=MAX_BLOB_BYTES)
    try:
        return await request.body()
    except ClientDisconnect:
        raise no("bad-request", "The caller went away") from None


def read(shape: type[Shape], body: bytes) -> Shape:
    """Return the body as a dataclass of the wire; anything else is a problem."""
    try:
        return wire_codec.decode(shape, body)
    except strict_json.NotStrictJson as wrong:
        raise no("bad-request", str(wrong)) from wrong


def json_value(body: bytes) -> object:
    """Return the body as JSON, read strictly; anything else is a problem."""
    try:
        return strict_json.loads(body or b"{}", max_bytes=1024 * 1024)
    except strict_json.NotStrictJson as wrong:
        raise no("bad-request", str(wrong)) from wrong


def json_object(body: bytes) -> dict[str, object]:
    """Return the body as one JSON object; anything else is a problem."""
    value = json_value(body)
    if not isinstance(value, dict):
        raise no("bad-request", "A JSON object is needed")
    return value


def sign_in_needed(portal: Portal) -> Callable[[Request], object]:
    """Return the dependency that gives the signed-in officer, or answers 401."""

    async def officer(request: Request) -> Officer:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer":
            raise no("session-over")
        if (known := portal.identity.open_session(token)) is not None:
            return known
        found, is_closed = await run_in_threadpool(portal.identity.session_of, token)
        if found is None:
            raise no("session-over")
        if is_closed:
            raise no("account-revoked")
        if not found.roles:
            raise no("forbidden", "This account holds no role any more")
        return found

    return officer


BODY = Depends(raw_body)
