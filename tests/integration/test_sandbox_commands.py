"""Commands at the sandbox over real HTTP: once in effect, in lanes, within rights."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from threading import current_thread

import pytest
import requests
from sqlalchemy import event, text

from tests.integration.sandbox_desk import SandboxDesk, file_dossier, new_id, plan_faults


@pytest.fixture
def desk(sandbox):
    plan_faults(sandbox.base_url)
    found = SandboxDesk(sandbox.base_url, "tiepnhan1")
    yield found
    found.close()


def count(sandbox, table, **where):
    condition = " and ".join(f"{name} = :{name}" for name in where)
    with sandbox.portal.database.reading() as connection:
        return connection.execute(text(f"select count(*) from {table} where {condition}"), where).scalar_one()


def test_receiving_gives_a_receipt_code_a_due_date_and_the_next_version(sandbox, desk):
    dossier = file_dossier(sandbox.base_url)
    result = desk.do("receive", dossier)
    assert (result["status"], result["version"], result["problem"]) == ("done", 2, None)
    body = desk.dossier(dossier)
    unit, day, number = body["receipt_code"].split("-")
    assert (unit, day, len(number), body["state"], body["version"]) == ("H32.8", "20261120", 4, 2, 2)
    assert body["code"].startswith("H32.8-261120-")
    assert body["due_at"] is not None


def test_the_same_command_twice_has_one_effect_and_the_same_answer(sandbox, desk):
    dossier = file_dossier(sandbox.base_url)
    notice = desk.notify(dossier)
    tick = desk.tick(dossier, notice, 120_000)
    first, second = desk.send(tick), desk.send(tick)
    assert [r["status"] for r in first + second] == ["done", "replayed"]
    assert first[0]["version"] == second[0]["version"]
    assert count(sandbox, "payments", dossier_id=dossier) == 1
    assert count(sandbox, "commands", key=tick["key"]) == 1
    assert desk.get(f"/v1/commands/{tick['key']}").json()["status"] == "done"


def test_a_page_asks_the_database_one_question_and_a_command_two(sandbox, desk):
    """The portal's two hot paths; the feed's number is given last, while nothing is left to do but the commit."""
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_):
        if current_thread().name != "sandbox deliveries" and not statement.startswith("BEGIN"):
            asked.append(" ".join(statement.replace('"', "").split()[:3]))

    correct = desk.envelope("correct_contact", file_dossier(sandbox.base_url), phone="0905111222")
    event.listen(sandbox.portal.database.engine, "after_cursor_execute", note)
    try:
        desk.get("/v1/sync", limit=1)
        assert desk.send(correct)[0]["status"] == "done"
    finally:
        event.remove(sandbox.portal.database.engine, "after_cursor_execute", note)
    assert asked == [
        "SELECT settings.value AS",
        "SELECT dossiers.body FROM", "SELECT commands.key, commands.actor_id,",
        "UPDATE dossiers SET", "INSERT INTO commands", "UPDATE feed_counter SET", "UPDATE dossier_scope SET",
    ]  # fmt: skip


def test_an_answer_lost_after_the_commit_is_found_again_with_the_same_key(sandbox, desk):
    dossier = file_dossier(sandbox.base_url)
    notice = desk.notify(dossier)
    tick = desk.tick(dossier, notice, 120_000)
    plan_faults(sandbox.base_url, {"path": "/v1/commands", "method": "POST", "kind": "drop_after_commit"})
    with pytest.raises(requests.ConnectionError):
        desk.post_commands(tick)
    assert count(sandbox, "payments", dossier_id=dossier) == 1
    assert desk.send(tick)[0]["status"] == "replayed"
    assert count(sandbox, "payments", dossier_id=dossier) == 1
    assert desk.dossier(dossier)["fee_status"] == "paid"


FAULTS = [
    ({"kind": "drop_before"}, "broken"),
    ({"kind": "cut"}, "broken"),
    ({"kind": "status", "status": 503, "retry_after": 7}, 503),
    ({"kind": "status", "status": 429, "retry_after": 7}, 429),
    ({"kind": "html"}, 200),
]


@pytest.mark.parametrize(("fault", "seen"), FAULTS, ids=lambda value: str(value))
def test_every_broken_line_ends_in_exactly_one_effect_after_a_repeat(sandbox, desk, fault, seen):
    dossier = file_dossier(sandbox.base_url)
    receive = desk.envelope("receive", dossier)
    plan_faults(sandbox.base_url, {"path": "/v1/comm*", "method": "POST", **fault})
    try:
        answer = desk.post_commands(receive)
        assert answer.status_code == seen
        assert answer.headers.get("Retry-After") == (str(fault["retry_after"]) if "retry_after" in fault else None)
    except requests.RequestException:
        assert seen == "broken"
    assert desk.send(receive)[0]["status"] in ("done", "replayed")
    assert [item["kind"] for item in desk.dossier(dossier)["history"]] == ["submitted", "received"]


def test_a_late_answer_is_still_an_answer(sandbox, desk):
    plan_faults(sandbox.base_url, {"path": "/v1/me", "kind": "delay", "delay_s": 0.05})
    assert desk.get("/v1/me").status_code == 200


def test_a_key_used_for_other_bytes_is_refused_and_changes_nothing(sandbox, desk):
    dossier = file_dossier(sandbox.base_url)
    notice = desk.notify(dossier)
    tick = desk.tick(dossier, notice, 120_000)
    assert desk.send(tick)[0]["status"] == "done"
    other = desk.tick(dossier, notice, 500_000) | {"key": tick["key"]}
    result = desk.send(other)[0]
    assert (result["status"], result["problem"]["type"]) == ("refused", "tag:motcua,2026:key-reused")
    assert count(sandbox, "payments", dossier_id=dossier) == 1


def test_a_body_that_is_not_what_its_digest_says_is_never_applied(sandbox, desk):
    dossier = file_dossier(sandbox.base_url)
    receive = desk.envelope("receive", dossier) | {"sha256": hashlib.sha256(b"{}").hexdigest()}
    result = desk.send(receive)[0]
    assert (result["status"], result["problem"]["type"]) == ("refused", "tag:motcua,2026:bad-request")
    assert desk.dossier(dossier)["state"] == 1


def test_a_refusal_names_the_conditions_and_is_replayed(sandbox, desk):
    dossier = file_dossier(sandbox.base_url)
    desk.notify(dossier)
    receive = desk.envelope("receive", dossier)
    first = desk.send(receive)[0]
    assert first["status"] == "refused"
    assert [failed["code"] for failed in first["problem"]["failed"]] == ["gate-unpaid"]
    assert first["problem"]["failed"][0].keys() == {"code", "params", "who_could"}
    assert desk.send(receive)[0] == first


def test_after_a_refusal_only_the_same_dossier_waits(sandbox, desk):
    stuck, free = file_dossier(sandbox.base_url), file_dossier(sandbox.base_url)
    results = desk.send(
        desk.envelope("complete", stuck), desk.envelope("receive", stuck), desk.envelope("receive", free)
    )
    assert [r["status"] for r in results] == ["refused", "retry", "done"]
    assert desk.dossier(stuck)["state"] == 1


def test_a_command_goes_out_under_its_own_officers_session_only(sandbox, desk):
    dossier = file_dossier(sandbox.base_url)
    foreign = desk.envelope("receive", dossier) | {"actor_id": new_id()}
    answer = desk.post_commands(foreign)
    assert (answer.status_code, answer.json()["type"]) == (403, "tag:motcua,2026:forbidden")
    assert desk.dossier(dossier)["state"] == 1


@pytest.mark.parametrize("batch", [{}, {"commands": []}, {"commands": [{"key": "x"}]}, [], {"commands": "x"}])
def test_what_is_no_batch_is_a_problem(desk, batch):
    answer = desk.request("POST", "/v1/commands", json=batch)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")


def test_more_than_fifty_commands_are_refused_as_a_whole(sandbox, desk):
    receive = desk.envelope("receive", file_dossier(sandbox.base_url))
    assert desk.post_commands(*([receive] * 51)).status_code == 400


def test_a_named_attachment_must_be_there_first(sandbox, desk):
    dossier = file_dossier(sandbox.base_url)
    notice, content = desk.notify(dossier), b"%PDF-1.4 bien lai"
    sha256 = hashlib.sha256(content).hexdigest()
    file = {"sha256": sha256, "name": "bienlai.pdf", "size_bytes": len(content), "mime": "application/pdf"}
    tick = desk.envelope(
        "tick_paid", dossier, payment_id=new_id(), notice_id=notice, amount=120_000, channel="counter_cash",
        evidence={"file": file},
    )
    result = desk.send(tick)[0]
    assert (result["status"], result["problem"]["missing"]) == ("retry", [sha256])
    made = {"sha256": sha256, "size": len(content), "mime": "application/pdf", "name": "bienlai.pdf"}
    assert desk.request("POST", "/v1/blobs", data=json.dumps(made)).status_code == 201
    assert desk.request("PATCH", f"/v1/blobs/{sha256}", data=content, headers={"Upload-Offset": "0"}).status_code == 204
    assert desk.send(tick)[0]["status"] == "done"


def test_many_repeats_at_once_have_one_effect(sandbox, desk):
    dossier = file_dossier(sandbox.base_url)
    tick = desk.tick(dossier, desk.notify(dossier), 120_000)
    with ThreadPoolExecutor(6) as pool:
        results = [future.result()[0] for future in [pool.submit(desk.send, tick) for _ in range(6)]]
    assert sorted(result["status"] for result in results) == ["done"] + ["replayed"] * 5
    assert len({result["version"] for result in results}) == 1
    assert count(sandbox, "payments", dossier_id=dossier) == 1


def test_of_two_desks_that_receive_at_once_one_is_told_why_not(sandbox, desk):
    dossier = file_dossier(sandbox.base_url)
    other = SandboxDesk(sandbox.base_url, "tiepnhan2")
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(one.do, "receive", dossier) for one in (desk, other)]
        results = sorted((future.result() for future in both), key=lambda result: result["status"])
    assert [result["status"] for result in results] == ["done", "refused"]
    assert [failed["code"] for failed in results[1]["problem"]["failed"]] == ["wrong-state"]
    other.close()


def test_a_command_made_for_an_older_version_is_refused_unless_it_is_money(sandbox, desk):
    dossier = file_dossier(sandbox.base_url)
    notice = desk.notify(dossier)
    stale = desk.envelope("cancel_notice", dossier, notice_id=notice, reason="Nhập sai") | {"if_match": 1}
    result = desk.send(stale)[0]
    assert (result["status"], result["problem"]["type"]) == ("refused", "tag:motcua,2026:version-conflict")
    assert result["problem"]["version"] == result["version"] >= 2
    assert desk.send(desk.tick(dossier, notice, 120_000) | {"if_match": 1})[0]["status"] == "done"


def test_an_id_of_another_dossiers_notice_is_refused_for_good(sandbox, desk):
    first, second = file_dossier(sandbox.base_url), file_dossier(sandbox.base_url)
    notice = desk.notify(first)
    body = {"notice_id": notice, "title": "Nộp phí", "lines": [{"kind": "PHI", "name": "Phí", "amount": 8_000}],
            "seen_state": 1, "seen_open_amount": 0}  # fmt: skip
    result = desk.do("notify", second, **body)
    assert (result["status"], result["problem"]["type"]) == ("refused", "tag:motcua,2026:bad-request")
    assert desk.dossier(second)["notices"] == []


def test_a_citizen_withdraws_only_while_there_is_something_to_withdraw(sandbox, desk):
    """Once the result is made (9) it is handed over, not taken back: the table has no way from there."""
    expert = SandboxDesk(sandbox.base_url, "thuly2")
    me = {name: expert.me[name] for name in ("username", "name", "unit_id")} | {"id": expert.me["officer_id"]}
    dossier = file_dossier(sandbox.base_url)
    deeds = (
        (desk, "receive", {}),
        (desk, "forward", {"to_unit_id": me["unit_id"], "to_officer": me}),
        (expert, "complete", {}),
    )
    for officer, kind, body in deeds:
        done = officer.do(kind, dossier, **body)
        assert done["status"] == "done", done
    answer = withdrawn(sandbox, desk.dossier(dossier)["code"])
    assert (answer.status_code, desk.dossier(dossier)["state"]) == (404, 9)

    early = file_dossier(sandbox.base_url)
    assert withdrawn(sandbox, desk.dossier(early)["code"]).json()["state"] == 7
    expert.close()


def withdrawn(sandbox, code):
    return requests.post(f"{sandbox.base_url}/citizen/withdraw", params={"code": code}, json={}, timeout=10)


@pytest.mark.parametrize(("unit", "officer_unit"), [("H32.77", None), ("H32.8.01", "H32.8.02")])
def test_a_dossier_is_not_forwarded_into_nowhere(sandbox, desk, unit, officer_unit):
    dossier = file_dossier(sandbox.base_url)
    desk.do("receive", dossier)
    to = {"id": new_id(), "username": "x", "name": "X", "unit_id": officer_unit} if officer_unit else None
    result = desk.do("forward", dossier, to_unit_id=unit, to_officer=to)
    assert (result["status"], result["problem"]["type"]) == ("refused", "tag:motcua,2026:bad-request")
    assert desk.dossier(dossier)["state"] == 2


def test_the_days_money_is_listed_key_by_key_and_marked(sandbox, desk):
    dossier = file_dossier(sandbox.base_url)
    tick = desk.tick(dossier, desk.notify(dossier, 65_500), 65_500)
    desk.send(tick)
    answer = desk.get("/v1/reconciliation", date="2026-11-20").json()
    mine = [key for key in answer["keys"] if key["key"] == tick["key"]]
    assert [(key["amount"], key["channel"], key["dossier_id"]) for key in mine] == [(65_500, "counter_cash", dossier)]
    assert mine[0]["reconciled_at"] is not None
    assert answer["total"] == sum(key["amount"] for key in answer["keys"])
    assert desk.get("/v1/reconciliation", date="2026-11-19").json()["keys"] == []
