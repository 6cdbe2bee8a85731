"""``/v1/procedures``, ``/v1/calendars``, ``/v1/units``: catalogues with a version that is also their ETag.

Stands apart because the three answer alike: all items, or 304 to who has this version. Calendars may be replaced while
the portal runs (``calendars``), the others come with the program.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import orjson
from fastapi import APIRouter, Depends, Request, Response

from app import catalogues
from app.contract.wire_unit import CalendarEdit
from app.domain.people import Officer
from app.domain.rights import may_change_calendar
from app.domain.transitions import Failed
from app.errors import BadInput
from app.sandbox.answers import BODY, json_response, no, read, sign_in_needed
from app.sandbox.calendars import Outdated
from app.sandbox.commands import failed_object
from app.sandbox.offices import officers, offices
from app.sandbox.portal import Portal


def _procedures() -> Iterable[Any]:
    return catalogues.procedures().values()


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
    "/units": _units,
}


def catalogue_routes(portal: Portal) -> APIRouter:
    """Return the routes of the catalogues, under ``/v1``."""
    router = APIRouter()
    signed_in = Depends(sign_in_needed(portal))
    for path, make in CATALOGUES.items():
        router.add_api_route(path, _handler(make), dependencies=[signed_in])

    @router.get("/calendars", dependencies=[signed_in])
    def calendars(request: Request) -> Response:
        return _tagged(request, portal.calendars.version, portal.calendars.catalogue)

    @router.put("/calendars")
    def replace_calendar(officer: Officer = signed_in, body: bytes = BODY) -> Response:
        return _edited(officer, body, lambda edit: portal.calendars.replace(edit, officer.name))

    @router.post("/calendars")
    def foresee_calendar(officer: Officer = signed_in, body: bytes = BODY) -> Response:
        return _edited(officer, body, portal.calendars.foresee)

    @router.get("/calendars/versions", dependencies=[signed_in])
    def versions() -> Response:
        return json_response(portal.calendars.versions())

    return router


def _handler(make: Callable[[], Iterable[Any]]) -> Callable[[Request], Response]:
    """Return the handler of one catalogue; its bytes are made once."""

    @cache
    def written() -> tuple[str, bytes]:
        items = orjson.dumps(list(make()))
        version = hashlib.sha256(items).hexdigest()[:16]
        return version, b'{"version":"' + version.encode() + b'","items":' + items + b"}"

    def answer(request: Request) -> Response:
        return _tagged(request, *written())

    return answer


def _tagged(request: Request, version: str, body: bytes) -> Response:
    etag = f'"{version}"'
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers={"ETag": etag})
    return Response(body, headers={"ETag": etag}, media_type="application/json")


def _edited(officer: Officer, body: bytes, answer: Callable[[CalendarEdit], Any]) -> Response:
    if not may_change_calendar(officer):
        raise no("forbidden", "The administrator keeps the calendar")
    edit = read(CalendarEdit, body)
    try:
        return json_response(answer(edit))
    except Outdated as outdated:
        raise no("version-conflict", "The year was replaced meanwhile", version=outdated.version) from outdated
    except BadInput as wrong:
        raise no("refused", failed=[failed_object(Failed(wrong.code, tuple(wrong.params.items())))]) from wrong
