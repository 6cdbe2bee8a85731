"""Attachments at the sandbox: resumable, checked by digest, limited."""

from __future__ import annotations

import hashlib
import json

import pytest

from app.sandbox.simulator import verbs
from tests.integration.sandbox_desk import SandboxDesk

LIMIT = 25 * 1024 * 1024


@pytest.fixture
def desk(sandbox):
    found = SandboxDesk(sandbox.base_url, "tiepnhan1")
    yield found
    found.close()


def digest(content):
    return hashlib.sha256(content).hexdigest()


def announce(desk, content, **changed):
    made = {"sha256": digest(content), "size": len(content), "mime": "application/pdf", "name": "a.pdf"} | changed
    return desk.request("POST", "/v1/blobs", data=json.dumps(made))


def append(desk, sha256, offset, piece):
    return desk.request("PATCH", f"/v1/blobs/{sha256}", data=piece, headers={"Upload-Offset": str(offset)})


def test_an_upload_goes_on_where_it_stopped(desk):
    content = b"phan mot, phan hai"
    sha256 = digest(content)
    assert announce(desk, content).json() == {"sha256": sha256, "size": 18, "offset": 0, "complete": False}
    assert append(desk, sha256, 0, content[:8]).headers["Upload-Offset"] == "8"
    assert desk.request("HEAD", f"/v1/blobs/{sha256}").headers["Upload-Offset"] == "8"
    assert announce(desk, content).json()["offset"] == 8
    wrong = append(desk, sha256, 3, content[3:])
    assert (wrong.status_code, wrong.json()["offset"]) == (409, 8)
    assert desk.get(f"/v1/blobs/{sha256}").status_code == 404
    assert append(desk, sha256, 8, content[8:]).status_code == 204
    assert announce(desk, content).json()["complete"] is True
    answer = desk.get(f"/v1/blobs/{sha256}")
    assert (answer.content, answer.headers["Content-Type"]) == (content, "application/pdf")
    part = desk.request("GET", f"/v1/blobs/{sha256}", headers={"Range": "bytes=8-"})
    assert (part.status_code, part.content) == (206, content[8:])


def test_bytes_of_another_digest_are_thrown_away(desk):
    sha256 = digest(b"that than")
    announce(desk, b"that than")
    answer = append(desk, sha256, 0, b"gia mao!!")
    assert (answer.status_code, answer.json()["type"]) == (400, "tag:motcua,2026:bad-request")
    assert desk.request("HEAD", f"/v1/blobs/{sha256}").headers["Upload-Offset"] == "0"
    assert append(desk, sha256, 0, b"that than").status_code == 204


@pytest.mark.parametrize(("changed", "status"), [
    ({"size": LIMIT + 1}, 413), ({"size": -1}, 400), ({"sha256": "../../etc/passwd"}, 400), ({"sha256": "A" * 64}, 400),
])
def test_what_cannot_be_an_attachment_is_refused(desk, changed, status):
    assert announce(desk, b"x", **changed).status_code == status


def test_more_bytes_than_announced_are_refused(desk):
    announce(desk, b"ngan gon")
    assert append(desk, digest(b"ngan gon"), 0, b"ngan gon va hon nua").status_code == 413


def test_what_never_began_is_not_found(desk):
    assert desk.request("HEAD", "/v1/blobs/" + "0" * 64).status_code == 404
    assert append(desk, "0" * 64, 0, b"x").status_code == 404


def test_a_citizens_papers_can_be_read_by_the_desk(sandbox, desk, tmp_path):
    papers = []
    for name in ("to khai.pdf", "giấy tờ.png", "thêm 1.pdf"):
        (tmp_path / name).write_bytes(name.encode())
        papers.append(tmp_path / name)
    filed = verbs.file(sandbox.base_url, procedure="1.001193", name="Cao Thị Xuân", papers=tuple(papers))
    body = desk.dossier(filed["id"])
    files = [file for component in body["components"] for file in component["files"]]
    assert [file["name"] for file in files] == ["to khai.pdf", "giấy tờ.png", "thêm 1.pdf"]
    assert [desk.get(f"/v1/blobs/{file['sha256']}").content.decode() for file in files] == [f["name"] for f in files]
