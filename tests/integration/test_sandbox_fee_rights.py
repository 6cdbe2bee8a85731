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
    "approve_refund": {"case_id": "nothing"},
    "pay_refund": {"case_id": "nothing", "amount": 1, "evidence": NOTHING},
    "close_case": {"case_id": "nothing", "note": "Xong"},
    "add_tax_notice": {"nvtc_amount": 0, "tax_notice_no": "TB-1", "tax_notice_date": "2026-11-19"},
    "cancel_suspension": {"reason": ""},
    "resume": {"payment_id": "new", "amount": 1},
    "send_back": {"reason": ""},
}

# state | command | what the officers who may do it hear | reception, another commune, processor, other bureau, head,
# cashier, administrator: y may, n not-your-right, f forbidden
TABLE = """
1 | collect           | evidence-needed        | y f f f n y n
1 | waive             | no-line                | y f f f y n n
1 | reverse_payment   | no-such-payment        | n f f f y y n
1 | confirm_payment   | nothing-to-confirm     | y f f f y y n
1 | remind            | notice-closed          | y f f f n n n
1 | reach             | notice-closed          | y f f f n n n
1 | correct_contact   | phone-invalid          | y f f f n n n
1 | approve_refund    | case-closed            | n f f f y n n
1 | pay_refund        | case-closed            | n f f f n y n
1 | close_case        | case-closed            | n f f f y y n
6 | add_tax_notice    | amount-not-positive    | n f y f n n n
6 | cancel_suspension | reason-needed          | n f y f y n n
6 | resume            | tax-notice-needed      | y f y f n n n
6 | collect           | evidence-needed        | y f n f n y n
6 | waive             | no-line                | y f n f y n n
"""


@pytest.fixture
def desks(sandbox):
    found = {name: SandboxDesk(sandbox.base_url, name) for name in OFFICERS}
    yield found
    for desk in found.values():
        desk.close()


def heard(desk: SandboxDesk, kind: str, dossier: str) -> str:
    result = desk.do(kind, dossier, **BODIES[kind])
    assert result["status"] == "refused", result
    problem = result["problem"]
    if problem["type"].endswith("forbidden"):
        assert problem["status"] == 403
        return "forbidden"
    return str(problem["failed"][0]["code"])


@pytest.mark.parametrize("state", ["1", "6"])
def test_every_cell_of_the_rights_table(sandbox, desks, state):
    dossier = file_dossier(sandbox.base_url)
    if state == "6":
        me = desks["thuly1"].me
        officer = {key: me[key] for key in ("username", "name", "unit_id")} | {"id": me["officer_id"]}
        assert desks["tiepnhan1"].do("receive", dossier)["status"] == "done"
        forward = {"to_unit_id": "H32.8.02", "to_officer": officer}
        assert desks["tiepnhan1"].do("forward", dossier, **forward)["status"] == "done"
        assert desks["thuly1"].do("suspend", dossier, reason="Chờ thuế")["status"] == "done"
    before = desks["tiepnhan1"].dossier(dossier)["version"]
    seen, wanted = {}, {}
    for row in TABLE.strip().splitlines():
        row_state, kind, code, cells = (cell.strip() for cell in row.split("|"))
        if row_state != state:
            continue
        words = {"y": code, "n": "not-your-right", "f": "forbidden"}
        for name, cell in zip(OFFICERS, cells.split(), strict=True):
            wanted[kind, name] = words[cell]
            seen[kind, name] = heard(desks[name], kind, dossier)
    assert seen == wanted
    assert desks["tiepnhan1"].dossier(dossier)["version"] == before


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
