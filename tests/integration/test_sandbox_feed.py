"""The sandbox's feed: commit order, cursors, waiting, and who sees what."""

from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event, Thread

import pytest
import requests

from app.sandbox.ledger import writing
from tests.integration.sandbox_desk import SandboxDesk, file_dossier


@pytest.fixture
def desk(sandbox):
    found = SandboxDesk(sandbox.base_url, "tiepnhan1")
    yield found
    found.close()


def everything(desk, limit=500):
    rows, cursor = [], ""
    while True:
        page = desk.get("/v1/sync", cursor=cursor, limit=limit).json()
        rows += page["changes"]
        cursor = page["next_cursor"]
        if not page["has_more"]:
            return rows, cursor


def test_pages_hold_every_dossier_once_whatever_their_size(sandbox, desk):
    wanted = {file_dossier(sandbox.base_url) for _ in range(5)}
    for limit in (1, 2, 500):
        ids = [row["id"] for row in everything(desk, limit)[0]]
        assert len(ids) == len(set(ids))
        assert wanted <= set(ids)


def test_a_change_carries_the_same_truth_as_the_dossier_itself(sandbox, desk):
    dossier = file_dossier(sandbox.base_url)
    row = next(row for row in everything(desk)[0] if row["id"] == dossier)
    assert row == desk.get(f"/v1/dossiers/{dossier}").json()
    assert row.keys() == {"id", "version", "body"}
    assert row["version"] == row["body"]["version"]


def test_after_the_cursor_come_only_later_changes(sandbox, desk):
    dossier = file_dossier(sandbox.base_url)
    _, cursor = everything(desk)
    assert desk.get("/v1/sync", cursor=cursor).json()["changes"] == []
    desk.do("receive", dossier)
    assert [row["id"] for row in desk.get("/v1/sync", cursor=cursor).json()["changes"]] == [dossier]


def test_a_slow_transaction_is_not_lost_behind_a_fast_one(sandbox, desk):
    """The feed counts at commit: who began first but commits last comes last."""
    slow, fast = file_dossier(sandbox.base_url), file_dossier(sandbox.base_url)
    _, cursor = everything(desk)
    begun, go_on = Event(), Event()

    def slowly():
        with writing(sandbox.portal.database) as ledger:
            before = ledger.load(slow)
            ledger.save(before, replace(before, summary="chậm"))
            begun.set()
            go_on.wait(10)

    thread = Thread(target=slowly)
    thread.start()
    begun.wait(10)
    with ThreadPoolExecutor(1) as pool:
        receiving = pool.submit(desk.do, "receive", fast)
        go_on.set()
        assert receiving.result(10)["status"] == "done"
    thread.join()
    seen = []
    for _ in range(10):
        page = desk.get("/v1/sync", cursor=cursor, limit=1).json()
        seen += [row["id"] for row in page["changes"]]
        cursor = page["next_cursor"]
    assert set(seen) == {slow, fast}


def test_concurrent_filings_all_reach_a_reader_who_follows_along(sandbox, desk):
    _, cursor = everything(desk)
    seen: list[str] = []
    with ThreadPoolExecutor(4) as pool:
        filing = [pool.submit(file_dossier, sandbox.base_url) for _ in range(24)]
        while len(seen) < 24:
            page = desk.get("/v1/sync", cursor=cursor, limit=3, wait=5).json()
            assert page["changes"], "nothing came for five seconds"
            seen += [row["id"] for row in page["changes"]]
            cursor = page["next_cursor"]
        assert sorted(seen) == sorted(future.result() for future in filing)


def test_waiting_ends_as_soon_as_something_commits(sandbox, desk):
    _, cursor = everything(desk)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(desk.get, "/v1/sync", cursor=cursor, wait=25)
        dossier = file_dossier(sandbox.base_url)
        page = waiting.result(20)  # far less than the 25 seconds that nothing would take
    assert [row["id"] for row in page.json()["changes"]] == [dossier]


def test_waiting_for_nothing_ends_by_itself(desk):
    _, cursor = everything(desk)
    assert desk.get("/v1/sync", cursor=cursor, wait=0.2).json()["changes"] == []


def spoiled(cursor):
    raw = bytearray(base64.urlsafe_b64decode(cursor))
    raw[-2] ^= 1
    return base64.urlsafe_b64encode(bytes(raw)).decode()


@pytest.mark.parametrize("make", [
    lambda cursor: "x", lambda cursor: cursor[:-4], spoiled, lambda cursor: "é", lambda cursor: base64.b64encode(b"a"),
])
def test_a_cursor_that_is_not_ours_asks_for_a_resync(desk, make):
    answer = desk.get("/v1/sync", cursor=make(everything(desk)[1]))
    assert (answer.status_code, answer.json()["type"]) == (410, "tag:motcua,2026:resync-required")


def test_a_cursor_of_another_officer_or_epoch_asks_for_a_resync(sandbox, desk):
    _, cursor = everything(desk)
    other = SandboxDesk(sandbox.base_url, "thuly1")
    assert other.get("/v1/sync", cursor=cursor).status_code == 410
    before = desk.get("/v1/capabilities").json()["epoch"]
    assert requests.post(sandbox.base_url + "/sandbox/epoch", timeout=10).json()["epoch"] != before
    assert desk.get("/v1/sync", cursor=cursor).json()["type"] == "tag:motcua,2026:resync-required"


def test_a_unit_sees_its_own_and_what_was_ever_sent_to_it(sandbox, desk):
    dossier = file_dossier(sandbox.base_url, procedure="1.001193")  # civil status: department 01
    law, economy = (SandboxDesk(sandbox.base_url, name) for name in ("thuly2", "thuly1"))
    ward = SandboxDesk(sandbox.base_url, "tiepnhan9")
    assert law.get(f"/v1/dossiers/{dossier}").status_code == 403
    desk.do("receive", dossier)
    me = law.me
    officer = {"id": me["officer_id"], "username": "thuly2", "name": me["name"], "unit_id": me["unit_id"]}
    assert desk.do("forward", dossier, to_unit_id="H32.8.01", to_officer=officer)["status"] == "done"
    assert law.dossier(dossier)["assigned_to"]["username"] == "thuly2"
    assert dossier in [row["id"] for row in everything(law)[0]]
    assert law.do("complete", dossier)["status"] == "done"
    assert dossier in [row["id"] for row in everything(law)[0]]
    for stranger in (economy, ward):
        assert dossier not in [row["id"] for row in everything(stranger)[0]]
        assert stranger.get(f"/v1/dossiers/{dossier}").status_code == 403
        assert stranger.do("receive", dossier)["problem"]["type"] == "tag:motcua,2026:forbidden"


def test_another_wards_desk_files_and_sees_only_its_own(sandbox, desk):
    theirs = file_dossier(sandbox.base_url, unit="H32.9")
    ward = SandboxDesk(sandbox.base_url, "tiepnhan9")
    assert theirs in [row["id"] for row in everything(ward)[0]]
    assert theirs not in [row["id"] for row in everything(desk)[0]]
    assert ward.do("receive", theirs)["status"] == "done"


def test_a_buried_dossier_leaves_a_tombstone_for_who_knew_it(sandbox, desk):
    dossier = file_dossier(sandbox.base_url)
    _, cursor = everything(desk)
    asked = {"id": dossier, "reason": "deleted"}
    assert requests.post(sandbox.base_url + "/sandbox/tombstones", json=asked, timeout=10).status_code == 200
    page = desk.get("/v1/sync", cursor=cursor).json()
    assert page["tombstones"] == [{"id": dossier, "reason": "deleted", "into": None}]
    assert dossier not in [row["id"] for row in everything(desk)[0]]


def test_without_a_session_nothing_is_told_but_capabilities(sandbox):
    assert requests.get(sandbox.base_url + "/v1/capabilities", timeout=10).json()["sandbox"] is True
    for path in ("me", "sync", "dossiers/x", "notices/x", "commands/x", "procedures", "units", "calendars",
                 "reconciliation?date=2026-11-20", "blobs/" + "0" * 64):
        answer = requests.get(f"{sandbox.base_url}/v1/{path}", timeout=10)
        assert (answer.status_code, answer.json()["type"]) == (401, "tag:motcua,2026:session-over"), path


def test_catalogues_answer_304_to_who_has_them(desk):
    for name, least in (("procedures", 53), ("units", 8), ("calendars", 1)):
        answer = desk.get(f"/v1/{name}")
        assert len(answer.json()["items"]) >= least
        same = desk.request("GET", f"/v1/{name}", headers={"If-None-Match": answer.headers["ETag"]})
        assert (same.status_code, same.content) == (304, b"")
        assert answer.headers["ETag"] == f'"{answer.json()["version"]}"'
