"""The rights of the money commands, every cell, against the portal itself: nobody relies on greyed buttons.

Each command is spoilt in its content, so a cell says who comes past the question of right: the code of what was wrong
with the content, ``not-your-right``, or ``forbidden`` for a dossier outside one's units. Nothing changes on the way.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.sandbox_desk import SandboxDesk, file_dossier

OFFICERS = ("tiepnhan1", "tiepnhan9", "thuly1", "thuly2", "lanhdao1", "thuquy1", "quantri")
NOTHING: dict[str, Any] = {"document_no": "", "document_date": None, "file": None, "info": ""}
LINE = {"kind": "PHI", "name": "Phí", "amount": 8000}
BODIES: dict[str, dict[str, Any]] = {
    "notify": {"notice_id": "new", "title": "Thu", "lines": [], "seen_state": 1, "seen_open_amount": 0},
    "tick_paid": {
        "payment_id": "new", "notice_id": "nothing", "amount": 8000, "channel": "counter_cash", "evidence": NOTHING,
    },
    "cancel_notice": {"notice_id": "the newest", "reason": ""},
    "collect": {
        "notice_id": "new", "payment_id": "new", "title": "Thu", "lines": [LINE], "amount": 8000,
        "channel": "counter_cash", "evidence": NOTHING,
    },
    "waive": {"waiver_id": "new", "notice_id": "new", "ground": "ho-ngheo"},
    "reverse_payment": {"payment_id": "nothing", "reason": "Nhầm"},
    "confirm_payment": {"payment_id": "nothing"},
    "remind": {"notice_id": "nothing"},
    "reach": {"notice_id": "nothing", "channel": "call"},
    "correct_contact": {"phone": "12"},
    "decide_refund": {"case_id": "nothing", "payment_id": "nothing", "method": "counter"},
    "approve_refund": {"case_id": "nothing"},
    "pay_refund": {"case_id": "nothing", "amount": 1, "evidence": NOTHING},
    "close_case": {"case_id": "nothing", "note": "Xong"},
    "receive": {},
    "refuse": {"reason": ""},
    "forward": {"to_unit_id": "H32.8.02", "to_officer": None},
    "suspend": {"reason": ""},
    "complete": {},
    "accept_supplement": {},
    "return": {"to_name": ""},
    "add_tax_notice": {"nvtc_amount": 0, "tax_notice_no": "TB-1", "tax_notice_date": "2026-11-19"},
    "cancel_suspension": {"reason": ""},
    "resume": {"payment_id": "new", "amount": 1},
    "send_back": {"reason": ""},
}

# state | command | what the officers who may do it hear | reception, another commune, processor, other bureau, head,
# cashier, administrator: y may, k may no longer, but what was taken is kept for a second officer to confirm,
# n not-your-right, f forbidden. "1n": notified. "done": it cannot be spoilt, so one of
# those who may does it at the end.
TABLE = """
1  | notify            | no-line                | y f f f n n n
1  | collect           | evidence-needed        | y f f f n y n
1  | waive             | no-line                | y f f f y n n
1  | reverse_payment   | no-such-payment        | n f f f y y n
1  | confirm_payment   | nothing-to-confirm     | y f f f y y n
1  | remind            | notice-closed          | y f f f n n n
1  | reach             | notice-closed          | y f f f n n n
1  | correct_contact   | phone-invalid          | y f f f n n n
1  | decide_refund     | case-closed            | y f f f y y n
1  | approve_refund    | case-closed            | n f f f y n n
1  | pay_refund        | case-closed            | n f f f n y n
1  | close_case        | case-closed            | n f f f y y n
1  | refuse            | reason-needed          | y f f f n n n
1  | receive           | done                   | y f f f n n n
1n | receive           | gate-unpaid            | y f f f n n n
1n | cancel_notice     | reason-needed          | y f f f y n n
1n | tick_paid         | evidence-needed        | y f f f n y n
2  | forward           | done                   | y f f f n n n
4  | notify            | no-line                | n f y f n n n
4  | remind            | notice-closed          | n f y f n n n
4  | reach             | notice-closed          | y f y f n n n
4  | tick_paid         | evidence-needed        | y f y f n y n
4  | collect           | evidence-needed        | y f y f n y n
4  | waive             | no-line                | y f n f y n n
4  | suspend           | reason-needed          | n f y f n n n
4  | complete          | done                   | n f y f n n n
6  | add_tax_notice    | amount-not-positive    | n f y f n n n
6  | cancel_suspension | reason-needed          | n f y f y n n
6  | resume            | tax-notice-needed      | y f y f n n n
6  | collect           | evidence-needed        | y f k f n y n
6  | waive             | no-line                | y f n f y n n
6n | send_back         | reason-needed          | y f n f n n n
6n | accept_supplement | done                   | y f n f n n n
9  | notify            | no-line                | y f n f n n n
9  | remind            | notice-closed          | y f n f n n n
9  | tick_paid         | evidence-needed        | y f k f n y n
9  | waive             | no-line                | y f n f y n n
9  | return            | receiver-needed        | y f n f n n n
"""


@pytest.fixture
def desks(sandbox):
    found = {name: SandboxDesk(sandbox.base_url, name) for name in OFFICERS}
    yield found
    for desk in found.values():
        desk.close()


def heard(desk: SandboxDesk, kind: str, dossier: dict[str, Any]) -> str:
    body = dict(BODIES[kind])
    if body.get("notice_id") == "the newest":
        body["notice_id"] = dossier["notices"][-1]["id"]
    result = desk.do(kind, dossier["id"], **body)
    if result["status"] == "done":
        return "done"
    assert result["status"] == "refused", result
    problem = result["problem"]
    if problem["type"].endswith("forbidden"):
        assert problem["status"] == 403
        return "forbidden"
    return str(problem["failed"][0]["code"])


def bring(desks: dict[str, SandboxDesk], state: str) -> str:
    """Bring a new dossier of a procedure with a fee step where the table wants it."""
    desk, processor = desks["tiepnhan1"], desks["thuly1"]
    dossier = file_dossier(desk.base_url, procedure="1.013225")
    if state == "1n":
        desk.notify(dossier)
    if state in ("1", "1n"):
        return dossier
    holder = {key: processor.me[key] for key in ("username", "name", "unit_id")} | {"id": processor.me["officer_id"]}
    tax = {"nvtc_amount": 4_250_000, "tax_notice_no": "TB-1", "tax_notice_date": "2026-11-19"}
    steps = (
        (desk, "receive", {}, "2"), (desk, "forward", {"to_unit_id": "H32.8.02", "to_officer": holder}, "4"),
        (processor, "suspend", {"reason": "Chờ thuế"} | (tax if state == "6n" else {}), "6 6n"),
        (processor, "complete", {}, "9"),
    )  # fmt: skip
    for officer, kind, body, ends in steps:
        if kind == "suspend" and state == "9":
            continue
        assert officer.do(kind, dossier, **body)["status"] == "done"
        if state in ends.split():
            break
    return dossier


def test_every_cell_of_the_rights_table(desks):
    rows = [[cell.strip() for cell in row.split("|")] for row in TABLE.strip().splitlines()]
    seen, wanted = {}, {}
    front = desks["tiepnhan1"]
    for state in dict.fromkeys(row[0] for row in rows):
        dossier = front.dossier(bring(desks, state))
        for _, kind, code, cells in (row for row in rows if row[0] == state):
            words = {"y": code, "k": code, "n": "not-your-right", "f": "forbidden"}
            told = {name: words[cell] for name, cell in zip(OFFICERS, cells.split(), strict=True)}
            wanted |= {(state, kind, name): word for name, word in told.items()}
            assert front.dossier(dossier["id"])["history"] == dossier["history"], "nothing happens on the way"
            for name in sorted(OFFICERS, key=lambda name: told[name] == "done"):
                seen[state, kind, name] = heard(desks[name], kind, dossier)
    assert seen == wanted


def test_only_the_head_sets_leave_and_only_of_the_own_unit(desks):
    mine = desks["thuly1"].me["officer_id"]
    leave = {"officer_id": mine, "substitute_id": None, "from_day": "2026-11-20", "to_day": "2026-11-25"}
    for name in OFFICERS:
        expected = 200 if name == "lanhdao1" else 403
        assert desks[name].request("PUT", "/v1/covers", json=leave).status_code == expected, name
    head = desks["lanhdao1"]
    for spoilt in ({"to_day": "2026-11-19"}, {"substitute_id": mine}):
        refused = head.request("PUT", "/v1/covers", json=leave | spoilt)
        assert (refused.status_code, refused.json()["failed"][0]["code"]) == (409, "leave-ends-first")
    assert head.request("PUT", "/v1/covers", json=leave | {"officer_id": "nobody"}).status_code == 403
    assert head.get("/v1/covers").json() == {"covers": [leave]}
    gone = f"/v1/covers?officer_id={mine}&from_day=2026-11-20"
    for name in OFFICERS:
        expected = 200 if name == "lanhdao1" else 403
        assert desks[name].request("DELETE", gone).status_code == expected, name
    assert head.request("DELETE", gone).status_code == 404
    assert head.get("/v1/covers").json() == {"covers": []}


def test_only_the_administrator_keeps_the_settings_and_only_the_head_hands_work_over(desks):
    kept = {
        "two_eyes_over": 0, "copy_to_applicant": False, "gate_warns": ["1.001193"],
        "signer_title": "Chủ tịch", "signer_name": "Lê Văn Khôi",
    }  # fmt: skip
    handed = {"desk_id": "none", "officer_id": "nobody", "to_officer_id": "nobody"}
    for name in OFFICERS:
        answer = desks[name].request("PUT", "/v1/settings", json=kept)
        assert answer.status_code == (200 if name == "quantri" else 403), name
        assert desks[name].request("GET", "/v1/settings").status_code == 200
        expected = 404 if name == "lanhdao1" else 403
        assert desks[name].request("PUT", "/v1/unsent", json=handed).status_code == expected, name
    assert desks["tiepnhan1"].get("/v1/settings").json() == kept
    for spoilt in ({"two_eyes_over": -1}, {"signer_title": "x" * 81}):
        assert desks["quantri"].request("PUT", "/v1/settings", json=kept | spoilt).status_code == 400
    assert desks["quantri"].request("PUT", "/v1/settings", json=kept | {"gate_warns": []}).status_code == 200
