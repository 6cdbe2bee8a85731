"""``/v1/procedures``, ``/v1/calendars``, ``/v1/units``: catalogues with a version that is also their ETag.

Stands apart because the three answer alike: all items, or 304 to who has this version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import orjson
from fastapi import Request, Response

from app import catalogues
from app.sandbox.offices import officers, offices


def _procedures() -> Iterable[Any]:
    return catalogues.procedures().values()


def _calendars() -> Iterable[Any]:
    return catalogues.calendar_files()


def _units() -> Iterable[Any]:
    for unit in offices().values():
        staff = [
            {"id": o.id, "username": o.username, "name": o.name, "roles": sorted(o.roles)}
            for o in officers().values()
            if o.unit_id == unit.id
        ]
        yield {
            "id": unit.id, "name": unit.name, "kind": unit.kind, "parent": unit.parent, "desk_name": unit.desk_name,
            "officers": staff,
        }  # fmt: skip


CATALOGUES: dict[str, Callable[[], Iterable[Any]]] = {
    "/procedures": _procedures,
    "/calendars": _calendars,
    "/units": _units,
}


def handler(make: Callable[[], Iterable[Any]]) -> Callable[[Request], Response]:
    """Return the handler of one catalogue; its bytes are made once."""

    @cache
    def written() -> tuple[str, bytes]:
        items = orjson.dumps(list(make()))
        version = hashlib.sha256(items).hexdigest()[:16]
        return version, b'{"version":"' + version.encode() + b'","items":' + items + b"}"

    def answer(request: Request) -> Response:
        version, body = written()
        etag = f'"{version}"'
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers={"ETag": etag})
        return Response(body, headers={"ETag": etag}, media_type="application/json")

    return answer
