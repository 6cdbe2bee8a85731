"""The OpenAPI document of the portal's contract, built from the wire's own dataclasses.

Stands apart so that the document cannot drift: ``python -m app.contract.openapi`` writes what
``resources/portal/openapi.json`` holds, and a test compares the two.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from app.contract import province, wire, wire_unit
from app.contract.problems import MEDIA_TYPE, Problem
from app.contract.wire_codec import adapter
from app.domain.calendar_changes import CalendarChanged, CalendarForeseen
from app.domain.commands import TYPES
from app.domain.dossier import Dossier
from app.domain.lookup import LookedUp
from app.domain.unit_settings import UnitSettings

_SHAPES: tuple[type[Any], ...] = (
    wire.Capabilities, wire.Me, wire.Page, wire.CommandBatch, wire.CommandResults, wire.CommandResult, wire.Change,
    wire.NoticeTruth, wire.BlobCreate, wire.BlobState, wire.Catalogue, wire.Reconciliation, wire.CoverSetting,
    wire.CoverSettings, wire.BlockRequest, wire.NumberBlock, wire.NumberBlocks, wire.DeskStatus, wire.HandedWorks,
    wire.UnsentWorks, wire.HandOver, wire_unit.CalendarEdit, CalendarChanged, CalendarForeseen,
    wire_unit.CalendarVersions, wire_unit.SeenFacts, wire_unit.LooksTold, wire_unit.Looks, UnitSettings, LookedUp,
    Problem, Dossier, province.JournalHead, province.Countersigned,
)  # fmt: skip

_TEXT = {"type": "string"}
_WHOLE = {"type": "integer"}
_DAY = {"type": "string", "format": "date"}


def document() -> dict[str, Any]:
    """Return the whole document, keys in a stable order."""
    schemas: dict[str, Any] = {}
    for shape in _SHAPES:
        _add(schemas, shape.__name__, shape)
    for name, command in TYPES.items():
        _add(schemas, f"Command_{name}", command)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Một Cửa: portal contract", "version": "1"},
        "security": [{"officer": []}],
        "paths": _paths() | _office_paths(),
        "components": {
            "securitySchemes": {"officer": _sign_in()},
            "schemas": dict(sorted(schemas.items())),
        },
    }


def written() -> str:
    """Return the document as the file holds it."""
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"


def _add(schemas: dict[str, Any], name: str, shape: type[Any]) -> None:
    schema = adapter(shape).json_schema(ref_template="#/components/schemas/{model}")
    for inner, definition in schema.pop("$defs", {}).items():
        schemas.setdefault(inner, definition)
    schemas.setdefault(name, schema)


def _sign_in() -> dict[str, Any]:
    flow = {"authorizationUrl": "/oauth/authorize", "tokenUrl": "/oauth/token", "refreshUrl": "/oauth/token"}
    return {
        "type": "oauth2",
        "description": "Code with PKCE S256 in the system browser, loopback redirect (RFC 8252); no password grant",
        "flows": {"authorizationCode": flow | {"scopes": {}}},
    }


def _paths() -> dict[str, Any]:
    digest, dossier = _param("sha256"), _param("dossier_id")
    query = [_query("cursor", _TEXT), _query("limit", _WHOLE), _query("wait", {"type": "number", "maximum": 25})]
    offset = {"name": "Upload-Offset", "in": "header", "required": True, "schema": _WHOLE}
    return {
        "/v1/capabilities": {"get": _operation("What this portal is", answer="Capabilities", open_to_all=True)},
        "/v1/me": {"get": _operation("The signed-in officer", answer="Me")},
        "/v1/sync": {"get": _operation("Changes since a cursor, in commit order", answer="Page", params=query)},
        "/v1/commands": {"post": _operation("Up to 50 commands", answer="CommandResults", body="CommandBatch")},
        "/v1/commands/{key}": {
            "get": _operation("What became of a command", answer="CommandResult", params=[_param("key")])
        },
        "/v1/dossiers/{dossier_id}": {"get": _operation("The freshest truth", answer="Change", params=[dossier])},
        "/v1/notices/{notice_id}": {
            "get": _operation("The freshest truth", answer="NoticeTruth", params=[_param("notice_id")])
        },
        "/v1/blobs": {"post": _operation("Announce an attachment", answer="BlobState", body="BlobCreate")},
        "/v1/blobs/{sha256}": {
            "head": _operation("Upload-Offset says how far it is", params=[digest]),
            "patch": _operation("The next piece, as bytes", params=[digest, offset]),
            "get": _operation("The whole attachment, as bytes", params=[digest]),
        },
    }


def _office_paths() -> dict[str, Any]:
    """Return what an office sets, leases and answers for, as against the work on dossiers."""
    catalogue = {"get": _operation("All items; ETag is the version", answer="Catalogue")}
    return {
        "/v1/procedures": catalogue,
        "/v1/calendars": catalogue
        | {
            "put": _operation("Replace one year, by the administrator", answer="CalendarChanged", body="CalendarEdit"),
            "post": _operation("What replacing it would move", answer="CalendarForeseen", body="CalendarEdit"),
        },
        "/v1/calendars/versions": {"get": _operation("Who replaced which year, when", answer="CalendarVersions")},
        "/v1/units": catalogue,
        "/v1/desk-status": {
            "post": _operation("What waits on a desk for absent officers", answer="HandedWorks", body="DeskStatus")
        },
        "/v1/unsent": {
            "get": _operation("Unsent work of absent officers, for the head", answer="UnsentWorks"),
            "put": _operation("Hand it over, by the head", answer="UnsentWorks", body="HandOver"),
        },
        "/v1/settings": {
            "get": _operation("The settings of the officer's unit", answer="UnitSettings"),
            "put": _operation("Change them, by the administrator", answer="UnitSettings", body="UnitSettings"),
        },
        "/v1/covers": {
            "get": _operation("Leave cover", answer="CoverSettings"),
            "put": _operation("Set leave cover, by the head", answer="CoverSettings", body="CoverSetting"),
            "delete": _operation(
                "Take a leave back, by the head",
                answer="CoverSettings",
                params=[
                    _query("officer_id", _TEXT, required=True),
                    _query("from_day", _DAY, required=True),
                ],
            ),
        },
        "/v1/receipt-blocks": {
            "post": _operation("Running numbers leased ahead, by reception", answer="NumberBlocks", body="BlockRequest")
        },
        "/v1/lookup": {
            "get": _operation(
                "Where a dossier of any desk stands, for reception; each look is logged",
                answer="LookedUp",
                params=[_query("code", _TEXT, required=True), _query("desk", _TEXT)],
            )
        },
        "/v1/looks": {
            "post": _operation("What a desk's officer looked at in full", answer="LooksTold", body="SeenFacts"),
            "get": _operation(
                "Who looked at what on a day, for head and administrator",
                answer="Looks",
                params=[_query("date", _DAY, required=True)],
            ),
        },
        "/v1/journal-heads": {
            "post": _operation(
                "The head of a desk's money journal, countersigned; 409 journal-forked",
                answer="Countersigned",
                body="JournalHead",
            )
        },
        "/v1/reconciliation": {
            "get": _operation(
                "The desk's money of a day, marked as reconciled",
                answer="Reconciliation",
                params=[_query("date", _DAY, required=True)],
            )
        },
    }


def _param(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": _TEXT}


def _query(name: str, schema: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": required, "schema": schema}


_LINKS: dict[str, dict[str, tuple[str, str, str]]] = {
    "Up to 50 commands": {"became": ("/v1/commands/{key}", "key", "$request.body#/commands/0/key")},
    "Changes since a cursor, in commit order": {
        "next": ("/v1/sync", "cursor", "$response.body#/next_cursor"),
        "truth": ("/v1/dossiers/{dossier_id}", "dossier_id", "$response.body#/changes/0/id"),
    },
    "The freshest truth": {"notice": ("/v1/notices/{notice_id}", "notice_id", "$response.body#/body/notices/0/id")},
    "Announce an attachment": {"whole": ("/v1/blobs/{sha256}", "sha256", "$response.body#/sha256")},
}
"""What an answer leads to: operation by summary → name → (path of a GET, its parameter, where the value stands)."""


def _operation(
    summary: str, *, answer: str = "", body: str = "", params: list[dict[str, Any]] | None = None,
    open_to_all: bool = False,
) -> dict[str, Any]:  # fmt: skip
    found: dict[str, Any] = {"summary": summary}
    if open_to_all:
        found["security"] = []
    if params:
        found["parameters"] = params
    if body:
        found["requestBody"] = {"required": True, "content": _content(body)}
    done: dict[str, Any] = {"description": "Done"}
    if answer:
        done["content"] = _content(answer)
    if links := _LINKS.get(summary):
        done["links"] = {name: _link(*told) for name, told in links.items()}
    refused = {"description": "A problem (RFC 9457)", "content": _content("Problem", MEDIA_TYPE)}
    found["responses"] = {"2XX": done, "default": refused}
    return found


def _link(path: str, parameter: str, value: str) -> dict[str, Any]:
    place = path.replace("~", "~0").replace("/", "~1")
    return {"operationRef": f"#/paths/{place}/get", "parameters": {parameter: value}}


def _content(name: str, media_type: str = "application/json") -> dict[str, Any]:
    return {media_type: {"schema": {"$ref": f"#/components/schemas/{name}"}}}


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(written())
