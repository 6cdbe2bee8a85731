"""Every operation of the portal, asked without a session and by an officer of another commune: the portal says no.

The table must name each operation of the contract; one that is added without its row fails here.
"""

from __future__ import annotations

from typing import Any

import pytest
import requests

from app.contract import openapi
from tests.integration.sandbox_desk import SandboxDesk, file_dossier

# operation | without a session | the officer of another commune, about a dossier and a unit not his own
TABLE = """
GET /v1/capabilities          | 200 | 200
GET /v1/me                    | 401 | 200
GET /v1/sync                  | 401 | 200
POST /v1/commands             | 401 | 200
GET /v1/commands/{key}        | 401 | 404
GET /v1/dossiers/{id}         | 401 | 403
GET /v1/notices/{id}          | 401 | 403
GET /v1/lookup                | 401 | 404
POST /v1/looks                | 401 | 400
GET /v1/looks                 | 401 | 403
GET /v1/reconciliation        | 401 | 200
POST /v1/journal-heads        | 401 | 400
GET /v1/procedures            | 401 | 200
GET /v1/calendars             | 401 | 200
PUT /v1/calendars             | 401 | 403
POST /v1/calendars            | 401 | 403
GET /v1/calendars/versions    | 401 | 200
GET /v1/units                 | 401 | 200
POST /v1/receipt-blocks       | 401 | 201
POST /v1/desk-status          | 401 | 400
GET /v1/unsent                | 401 | 403
PUT /v1/unsent                | 401 | 403
GET /v1/settings              | 401 | 200
PUT /v1/settings              | 401 | 403
GET /v1/covers                | 401 | 200
PUT /v1/covers                | 401 | 403
DELETE /v1/covers             | 401 | 403
POST /v1/blobs                | 401 | 201
HEAD /v1/blobs/{sha256}       | 401 | 404
PATCH /v1/blobs/{sha256}      | 401 | 404
GET /v1/blobs/{sha256}        | 401 | 404
"""
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()]
DIGEST = "ab" * 32


def operations() -> set[str]:
    return {
        f"{method.upper()} {path}"
        for path, item in openapi.document()["paths"].items() if path.startswith("/v1/")
        for method in item if method in ("get", "post", "put", "patch", "delete", "head")
    }  # fmt: skip


def test_the_table_names_every_operation_of_the_contract():
    missing = {op for op in operations() if not any(same(op, row[0]) for row in ROWS)}
    assert missing == set()
    assert len(operations()) >= 20


def same(one: str, other: str) -> bool:
    def shape(op: str) -> list[str]:
        return ["*" if part.startswith("{") else part for part in op.split("/")]

    return shape(one) == shape(other)


@pytest.fixture(scope="module")
def stranger(sandbox):
    desk = SandboxDesk(sandbox.base_url, "tiepnhan9")
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def front(sandbox):
    desk = SandboxDesk(sandbox.base_url, "tiepnhan1")
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def dossier_and_notice(sandbox, front):
    """What the portal's own delivery of the notice still writes has been written."""
    dossier_id = file_dossier(sandbox.base_url, name="Trần Thị Mai")
    notice = front.notify(dossier_id)
    front.until(dossier_id, lambda body: {d["state"] for d in body["notices"][0]["deliveries"]} == {"delivered"})
    return dossier_id, notice


def body_of(op: str, dossier_id: str, desk: SandboxDesk | None) -> dict[str, Any]:
    """Return what a request of this operation brings."""
    if op == "POST /v1/commands" and desk is not None:
        return {"json": {"commands": [desk.envelope("receive", dossier_id)]}}
    if op == "POST /v1/blobs":
        return {"json": {"sha256": DIGEST, "size": 10, "mime": "application/pdf"}}
    if op == "PATCH /v1/blobs/{sha256}":
        return {"data": b"x", "headers": {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}}
    if op in ("PUT /v1/calendars", "POST /v1/calendars"):
        return {"json": {"year": 2026, "days": []}}
    return {"json": {}} if op.split()[0] in ("POST", "PUT") else {}


def asked(op: str, base_url: str, ids: tuple[str, str], desk: SandboxDesk | None) -> requests.Response:
    method, path = op.split()
    wanted = ids[1] if "notices" in path else ids[0]
    path = path.replace("{id}", wanted).replace("{key}", "k").replace("{sha256}", DIGEST[::-1])
    asks = path.endswith(("reconciliation", "lookup", "looks"))
    params = {"date": "2026-11-20", "code": "H32.8-000000-0000"} if asks else {}
    how = body_of(op, ids[0], desk) | {"params": params}
    if desk is None:
        return requests.request(method, base_url + path, timeout=30, **how)
    return desk.request(method, path, **how)


@pytest.mark.parametrize(("op", "nobody", "_other"), ROWS)
def test_without_a_session_nothing_is_told(sandbox, dossier_and_notice, op, nobody, _other):
    answer = asked(op, sandbox.base_url, dossier_and_notice, None)
    assert answer.status_code == int(nobody), answer.text
    assert "Trần Thị Mai" not in answer.text


@pytest.mark.parametrize(("op", "_nobody", "other"), ROWS)
def test_an_officer_of_another_commune_neither_sees_nor_changes(
    sandbox, stranger, front, dossier_and_notice, op, _nobody, other
):
    before = front.dossier(dossier_and_notice[0])
    answer = asked(op, sandbox.base_url, dossier_and_notice, stranger)
    assert "Trần Thị Mai" not in answer.text
    assert front.dossier(dossier_and_notice[0]) == before
    if op == "POST /v1/commands":
        assert [item["problem"]["type"] for item in answer.json()["results"]] == ["tag:motcua,2026:forbidden"]
    assert answer.status_code in (int(other), 400 if int(other) in (201, 403) else int(other)), answer.text
