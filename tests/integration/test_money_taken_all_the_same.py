"""Cash that changed hands while the portal knew better: it always arrives as a fact, and what nobody owed goes back.

One portal, one story a class of trouble: the notice never came, came after its money, the dossier left its processor's
hands, a refund was given twice, a dossier was merged into another.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from sqlalchemy import text

from app.domain.dossier import Dossier
from app.domain.words import CaseState, LineKind, NoticeState, OutboxState, PaymentChannel
from app.events import DossiersChanged
from app.services import decisions, fee_notices, handling, inbox, outbox, payments, refunds
from app.services.desk import Desk
from tests.fakes import FakeClock
from tests.integration.desk_at_sandbox import line_down
from tests.integration.real_desk import PAPER, notify, send_all, signed_in, tick
from tests.integration.sandbox_desk import SandboxDesk, file_dossier, new_id, plan_faults


@pytest.fixture(scope="module")
def front(sandbox, tmp_path_factory) -> Iterator[Desk]:
    desk = signed_in(sandbox.base_url, tmp_path_factory.mktemp("front") / "profile", FakeClock())
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def clerk(sandbox) -> Iterator[SandboxDesk]:
    found = SandboxDesk(sandbox.base_url, "tiepnhan2")
    yield found
    found.close()


def filed(desk: Desk, base_url: str) -> str:
    dossier_id = file_dossier(base_url)
    desk.engine.puller.pull_all()
    return dossier_id


def seen(desk: Desk, dossier_id: str) -> Dossier:
    desk.engine.puller.pull_all()
    return inbox.card(desk, dossier_id).dossier


def asked_for(desk: Desk, dossier_id: str) -> str:
    """Queue a notice of 120.000 đồng; return its id."""
    dossier = inbox.card(desk, dossier_id).dossier
    line = fee_notices.line(desk, dossier, LineKind.PHI, "Phí", 120_000)
    fee_notices.notify(desk, dossier_id, fee_notices.NoticeForm("Nộp phí", (line,)))
    return inbox.card(desk, dossier_id).dossier.notices[-1].id


def collected(desk: Desk, dossier_id: str) -> None:
    """Thu tại quầy: 120.000 đồng."""
    line = fee_notices.line(desk, inbox.card(desk, dossier_id).dossier, LineKind.PHI, "Phí", 120_000)
    payments.collect(
        desk, dossier_id, title="Thu tại quầy", lines=(line,), method=PaymentChannel.COUNTER_CASH, evidence=PAPER
    )


def test_cash_for_a_notice_that_the_portal_refused_arrives_and_goes_back(sandbox, front):
    dossier_id = filed(front, sandbox.base_url)
    with line_down(sandbox.base_url):
        tick(front, asked_for(front, dossier_id))
        front.engine.sender.step()
        code = inbox.card(front, dossier_id).dossier.code
    requests.post(f"{sandbox.base_url}/citizen/withdraw", params={"code": code}, timeout=10, json={})
    front.engine.sender.wake()
    send_all(front)
    refused = next(item for item in decisions.waiting(front) if item.kind == "refused")
    assert (refused.dossier_id, refused.deed) == (dossier_id, "notify")

    assert decisions.decide(front, refused.id, "drop") is None
    send_all(front)
    dossier = seen(front, dossier_id)
    assert [(p.amount, p.settled) for p in dossier.payments] == [(120_000, 0)]
    assert [(n.title, n.total, n.state) for n in dossier.notices] == [
        ("Khoản thu cho thông báo không được gửi", 0, NoticeState.CANCELLED)
    ]
    assert [(c.amount, c.state) for c in dossier.cases] == [(120_000, CaseState.OPEN)]
    assert [item for item in outbox.unfinished(front) if item.dossier_id == dossier_id] == []
    case = next(item for item in decisions.waiting(front) if item.dossier_id == dossier_id)
    assert (case.kind, case.choices[0].label) == ("surplus", "refund-at-counter")


def test_a_notice_that_comes_after_its_money_is_paid_by_it(sandbox, clerk):
    """After a restored portal two desks send again what it lost, and the one with the money may be faster."""
    dossier_id, notice = file_dossier(sandbox.base_url), new_id()
    assert clerk.send(clerk.tick(dossier_id, notice, 120_000))[0]["status"] == "done"
    assert [c["state"] for c in clerk.dossier(dossier_id)["cases"]] == ["open"]
    clerk.notify(dossier_id, notice_id=notice)
    body = clerk.dossier(dossier_id)
    assert [(n["id"], n["state"], n["number"]) for n in body["notices"]] == [(notice, "paid", 1)]
    assert ([p["settled"] for p in body["payments"]], body["fee_status"]) == ([120_000], "paid")
    assert [(c["state"], c["lapsed"]) for c in body["cases"]] == [("closed", True)]


def test_a_processor_who_lost_the_dossier_meanwhile_has_his_cash_confirmed_by_another(sandbox, front, clerk, tmp_path):
    dossier_id = filed(front, sandbox.base_url)
    expert = signed_in(sandbox.base_url, tmp_path / "expert", FakeClock(), "thuly1")
    chief = SandboxDesk(sandbox.base_url, "lanhdao1")
    try:
        assert clerk.do("receive", dossier_id)["status"] == "done"
        target = {"to_unit_id": "H32.8.02", "to_officer": None}
        assert clerk.do("forward", dossier_id, **target)["status"] == "done"
        expert.engine.puller.pull_all()
        handling.take(expert, dossier_id)
        send_all(expert)
        with line_down(sandbox.base_url):
            collected(expert, dossier_id)
            expert.engine.sender.step()
        assert chief.do("give_back", dossier_id, reason="Xem lại")["status"] == "done"
        expert.engine.sender.wake()
        send_all(expert)
        assert outbox.unfinished(expert) == ()
    finally:
        expert.close()
        chief.close()
    dossier = seen(front, dossier_id)
    assert [(p.amount, p.settled, p.needs_second) for p in dossier.payments] == [(120_000, 0, True)]
    acted = payments.confirm(front, dossier.payments[0].id)
    assert front.engine.work_lane(dossier_id, acted.key) is OutboxState.ACKED
    assert [p.settled for p in seen(front, dossier_id).payments] == [120_000]


def test_a_refund_given_twice_is_put_back_into_the_drawer_and_into_the_journal(sandbox, front, tmp_path):
    dossier_id = filed(front, sandbox.base_url)
    tick(front, notify(front, dossier_id))
    send_all(front)
    clerk, chief = SandboxDesk(sandbox.base_url, "tiepnhan1"), SandboxDesk(sandbox.base_url, "lanhdao1")
    cashier, other = signed_in(sandbox.base_url, tmp_path / "a", FakeClock(), "thuquy1"), None
    try:
        assert clerk.do("refuse", dossier_id, reason="Không đủ điều kiện")["status"] == "done"
        case = clerk.dossier(dossier_id)["cases"][0]["id"]
        assert chief.do("approve_refund", case_id=case, dossier_id=dossier_id, note="")["status"] == "done"
        other = signed_in(sandbox.base_url, tmp_path / "b", FakeClock(), "thuquy1")
        cashier.engine.puller.pull_all()
        refunds.pay(other, case, PAPER)
        refunds.pay(cashier, case, PAPER)
        send_all(other)
        send_all(cashier)
        stuck = [item for item in decisions.waiting(cashier) if item.kind == "refused"]
        assert [(item.deed, item.code) for item in stuck] == [("pay_refund", "case-closed")]
        assert [(c.id, c.label, c.why_not) for c in stuck[0].choices] == [
            ("again", "decision-again", ""), ("drop", "decision-not-given", "")
        ]  # fmt: skip
        decisions.decide(cashier, stuck[0].id, "drop")
        with cashier.store.read() as connection:
            amounts = connection.execute(text("select amount from journal order by seq")).scalars().all()
        assert (amounts, outbox.unfinished(cashier)) == ([-120_000, 120_000], ())
        assert [p.refunded for p in seen(cashier, dossier_id).payments] == [120_000]
    finally:
        for desk in filter(None, (clerk, chief, cashier, other)):
            desk.close()


def test_cash_for_a_dossier_merged_into_another_arrives_there(sandbox, front):
    dossier_id, into = filed(front, sandbox.base_url), filed(front, sandbox.base_url)
    notice = notify(front, dossier_id)
    with line_down(sandbox.base_url):
        tick(front, notice)
        front.engine.sender.step()
    buried = {"id": dossier_id, "reason": "merged_into", "into": into}
    assert requests.post(f"{sandbox.base_url}/sandbox/tombstones", json=buried, timeout=10).status_code == 200
    front.engine.puller.pull_all()
    assert inbox.card(front, dossier_id).dossier.payments[0].amount == 120_000  # in sight while it is on its way
    front.engine.sender.wake()
    send_all(front)
    assert [p.amount for p in seen(front, into).payments] == [120_000]
    assert [item for item in outbox.unfinished(front) if item.dossier_id == dossier_id] == []
    front.engine.puller.pull_all()
    with front.store.read() as connection:
        left = connection.execute(text("select count(*) from dossier_row where id = :id"), {"id": dossier_id}).scalar()
    assert left == 0


def test_a_dossier_merged_away_leaves_the_desk_with_the_answer_about_its_cash(sandbox, front, clerk):
    """No page of the feed comes in between; the answer names a version of the other dossier, which counts further."""
    dossier_id, into = filed(front, sandbox.base_url), filed(front, sandbox.base_url)
    notice = notify(front, dossier_id)
    for phone in ("0905000001", "0905000002", "0905000003", "0905000004", "0905000005"):
        assert clerk.do("correct_contact", into, phone=phone)["status"] == "done"
    with line_down(sandbox.base_url):
        tick(front, notice)
        front.engine.sender.step()
    buried = {"id": dossier_id, "reason": "merged_into", "into": into}
    assert requests.post(f"{sandbox.base_url}/sandbox/tombstones", json=buried, timeout=10).status_code == 200
    told: list[str] = []
    leave = front.bus.subscribe(lambda event: told.extend(event.ids) if isinstance(event, DossiersChanged) else None)
    try:
        plan_faults(sandbox.base_url, {"path": "/v1/commands", "method": "POST", "kind": "drop_after_commit"})
        front.engine.puller.pull_all()
        front.engine.sender.step()
        assert inbox.card(front, dossier_id).pending == ("tick_paid",)  # at the portal, only nobody here knows it
        told.clear()
        send_all(front)
    finally:
        leave()
    assert inbox.key_of(front, dossier_id) is None
    assert dossier_id in told
    assert [p.amount for p in seen(front, into).payments] == [120_000]
    assert inbox.key_of(front, dossier_id) is None
