"""Money taken at the counter without a network while the citizen pays online: nothing is lost, nothing is doubled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app import bootstrap
from app.sandbox.simulator import vnpay_process
from app.sandbox.simulator.http import SandboxHttp
from app.sandbox.simulator.partner import PartnerCall
from app.services import inbox, outbox, reception
from tests.e2e.officers import World, world

EXTRACT = "2.000635"
DOCUMENT = ("--document-no", "BL 0007", "--document-date", "20/11/2026")


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        yield found


def notified(portal: World, amount: str = "120000") -> tuple[str, str]:
    desk = portal.officer("tiepnhan1")
    code = portal.file(EXTRACT)
    desk.show(code)
    return code, desk.do("notify", code, "--phi", amount)["notice_id"]


def queued(portal: World, *argv: str) -> dict[str, Any]:
    """Act without a network: exit 3, the row kept, and a sentence that says so."""
    said = portal.officer("tiepnhan1").cli(*argv)
    assert (said.code, said.one["outbox_state"]) == (3, "queued"), said
    assert "trên máy" in said.one["message"]
    return said.one


def facts(shown: dict[str, Any]) -> list[tuple[str, int, int]]:
    return [(p["channel"], p["amount"], p["settled"]) for p in shown["notices"][0]["payments"]]


def test_paid_online_meanwhile_both_facts_stay_the_first_committed_settles_and_one_refund_waits(portal):
    code, notice = notified(portal)
    desk = portal.officer("tiepnhan1")
    portal.goes_down()

    tick = queued(portal, "tick-paid", notice, "--amount", "120000", "--method", "cash", *DOCUMENT)
    assert [(row["key"], row["type"], row["state"]) for row in desk.cli("outbox").lines] == [
        (tick["key"], "tick_paid", "queued")
    ]
    shown = desk.shown(code)
    assert (shown["pending"], shown["fee_status"], facts(shown)) == (
        ["tick_paid"], "paid", [("counter_cash", 120_000, 120_000)]
    )  # fmt: skip
    assert desk.cli("decisions").lines == []

    portal.comes_back()
    assert portal.pay(notice)["rsp_code"] == "00"
    shown = desk.show(code)
    assert desk.cli("outbox").lines == []
    assert (shown["pending"], shown["fee_status"]) == ([], "paid")
    assert facts(shown) == [("gateway", 120_000, 120_000), ("counter_cash", 120_000, 0)]
    assert [(case["kind"], case["state"], case["amount"]) for case in shown["cases"]] == [("refund", "open", 120_000)]

    decision = desk.cli("decisions").one
    assert (decision["kind"], decision["dossier_code"]) == ("paid_twice", code)
    assert decision["message"].startswith("Trần Thị Mai đã nộp hai lần 120.000 đồng.")
    assert [choice["id"].split(":")[0] for choice in decision["choices"]] == ["counter", "gateway"]
    assert [choice["recommended"] for choice in decision["choices"]] == [True, False]
    assert all(choice["label"] and choice["effect"] for choice in decision["choices"])

    assert desk.refused("decide", decision["id"], "counter:nonsense") == "no-such-decision"
    assert desk.do("decide", decision["id"], decision["choices"][0]["id"])["outbox_state"] == "acked"
    assert desk.cli("decisions").lines == []
    shown = desk.show(code)
    assert (shown["fee_status"], shown["cases"][0]["decided"]) == ("paid", True)
    assert facts(shown) == [("gateway", 120_000, 120_000), ("counter_cash", 120_000, 0)]
    assert desk.refused("decide", decision["id"], decision["choices"][0]["id"]) == "no-such-decision"


def test_choosing_the_gateways_payment_lets_the_counters_one_settle(portal):
    code, notice = notified(portal)
    desk = portal.officer("tiepnhan1")
    portal.goes_down()
    queued(portal, "tick-paid", notice, "--amount", "120000", "--method", "cash", *DOCUMENT)
    portal.comes_back()
    portal.pay(notice)
    desk.show(code)
    decision = desk.cli("decisions").one
    desk.do("decide", decision["id"], decision["choices"][1]["id"])
    shown = desk.show(code)
    assert facts(shown) == [("gateway", 120_000, 0), ("counter_cash", 120_000, 120_000)]
    assert len(shown["cases"]) == 1
    gateway = shown["notices"][0]["payments"][0]["id"]
    assert shown["cases"][0]["payment_id"] == gateway
    assert desk.cli("decisions").lines == []


def test_a_whole_mornings_work_offline_is_delivered_in_order_after_two_restarts(portal):
    first, second = portal.file(EXTRACT, "Lê Văn An"), portal.file(EXTRACT, "Lê Văn Bình")
    desk = portal.officer("tiepnhan1")
    portal.officer("thuly1")
    desk.show(first)
    portal.goes_down()

    queued(portal, "receive", first)
    queued(portal, "forward", first, "--to", "thuly1", "--comment", "Gấp")
    notice = queued(portal, "notify", second, "--phi", "16000")["notice_id"]
    queued(portal, "tick-paid", notice, "--amount", "16000", "--method", "pos", *DOCUMENT)

    # Every command line run is a restart of its own: what was queued survives each of them.
    assert [row["type"] for row in desk.cli("outbox").lines] == ["receive", "forward", "notify", "tick_paid"]
    waiting = desk.shown(first)
    assert (waiting["state"], waiting["receipt_code"], waiting["pending"]) == (4, None, ["receive", "forward"])
    assert desk.shown(second)["pending"] == ["notify", "tick_paid"]
    assert desk.cli("queues").one["outbox"] == 4
    assert desk.cli("sync").code == 3

    portal.comes_back()
    shown = desk.show(first)
    assert desk.cli("outbox").lines == []
    assert (shown["state"], shown["assigned_to"], shown["pending"]) == (4, "thuly1", [])
    assert shown["receipt_code"] == "H32.8-20261120-0021"
    paid = desk.shown(second)
    assert (paid["state"], paid["fee_status"], facts(paid)) == (1, "paid", [("counter_pos", 16_000, 16_000)])
    assert portal.officer("thuly1").show(first)["queue"] == "mine"
    assert desk.cli("journal", "verify").one == {
        "rows": 1, "head": desk.cli("journal", "verify").one["head"], "countersigned": 1, "broken_at": None,
        "why": "", "ok": True,
    }  # fmt: skip


def test_undo_offline_takes_back_what_never_left_and_never_money(portal):
    code, notice = notified(portal, "8000")
    other = portal.file(EXTRACT, "Người khác")
    desk = portal.officer("tiepnhan1")
    desk.show(code)
    portal.goes_down()
    queued(portal, "tick-paid", notice, "--amount", "8000", "--method", "cash", *DOCUMENT)

    # The command line has no undo time; the window opens the very same desk with eight seconds.
    opened = bootstrap.open_desk(desk.profile, undo_s=8)
    try:
        acted = reception.receive(opened, inbox.locate(opened, other))
        assert acted.undo_until is not None
        assert inbox.card(opened, acted.dossier_id).dossier.state == 2
        assert outbox.undo(opened, acted.key)
        assert not outbox.undo(opened, acted.key)
        assert inbox.card(opened, acted.dossier_id).dossier.state == 1
        money = next(item for item in outbox.unfinished(opened) if item.type == "tick_paid")
        assert not money.can_undo
        assert not outbox.undo(opened, money.key)
    finally:
        opened.close()

    portal.comes_back()
    assert (desk.show(other)["state"], desk.shown(code)["fee_status"]) == (1, "paid")
    assert desk.cli("outbox").lines == []


def test_what_the_portal_refuses_afterwards_waits_for_a_human_and_blocks_only_its_own_dossier(portal):
    """Receive offline, while a colleague refuses the same dossier: the desk keeps both deeds and asks."""
    stuck, free = portal.file(EXTRACT, "Lê Văn An"), portal.file(EXTRACT, "Lê Văn Bình")
    desk, colleague = portal.officer("tiepnhan1"), portal.officer("tiepnhan2")
    desk.show(stuck)
    portal.goes_down()
    key = queued(portal, "receive", stuck)["key"]
    queued(portal, "forward", stuck, "--to", "thuly1")
    queued(portal, "receive", free)
    portal.comes_back()
    assert colleague.cli("sync").code == 0
    colleague.do("refuse", stuck, "--reason", "Nộp trùng")

    assert (desk.show(free)["state"], desk.shown(stuck)["state"]) == (2, 3)
    assert [(r["type"], r["state"]) for r in desk.cli("outbox").lines] == [
        ("receive", "needs_decision"), ("forward", "queued")
    ]  # fmt: skip
    decision = desk.cli("decisions").one
    assert (decision["id"], decision["kind"]) == (key, "refused")
    assert decision["message"] == "Hồ sơ đang ở bước “Không được tiếp nhận” nên chưa thể tiếp nhận."
    assert [choice["id"] for choice in decision["choices"]] == ["again", "drop"]
    said = desk.cli("decide", key, "drop")
    assert (said.code, said.one["outbox_state"], said.one["message"]) == (0, "resolved", "Đã ghi quyết định.")
    assert desk.cli("sync").code == 0
    assert [(r["type"], r["state"]) for r in desk.cli("outbox").lines] == [("forward", "needs_decision")]
    assert desk.cli("decide", desk.cli("decisions").one["id"], "drop").code == 0
    assert (desk.cli("outbox").lines, desk.cli("decisions").lines) == ([], [])


def test_asking_the_portal_first_a_payment_that_arrived_stops_the_tick(portal):
    code, notice = notified(portal)
    desk = portal.officer("tiepnhan1")
    portal.pay(notice)
    assert desk.refused("tick-paid", notice, "--amount", "120000", "--method", "cash", *DOCUMENT) == "already-paid"
    assert facts(desk.shown(code)) == [("gateway", 120_000, 120_000)]
    assert desk.cli("outbox").lines == []


def test_a_notice_that_waited_half_an_hour_is_looked_at_again_before_it_leaves(portal):
    """Unchanged dossiers get it; where a colleague has notified meanwhile a human decides."""
    same, changed = portal.file(EXTRACT, "Lê Văn An"), portal.file(EXTRACT, "Lê Văn Bình")
    desk, colleague = portal.officer("tiepnhan1"), portal.officer("tiepnhan2")
    desk.show(same)
    portal.goes_down()
    queued(portal, "notify", same, "--phi", "8000")
    queued(portal, "notify", changed, "--phi", "8000")
    portal.comes_back()
    assert colleague.cli("sync").code == 0
    colleague.do("notify", changed, "--phi", "16000")
    portal.post("/sandbox/clock", {"advance_s": 2400})

    assert desk.show(same)["fee_status"] == "due"
    assert [n["total"] for n in desk.shown(changed)["notices"]] == [16_000]
    decision = desk.cli("decisions").one
    assert (decision["kind"], decision["dossier_code"]) == ("refused", changed)
    assert decision["message"].startswith("Thông báo chờ gửi quá 30 phút")
    assert desk.cli("decide", decision["id"], "drop").code == 0
    assert (desk.cli("decisions").lines, desk.cli("outbox").lines) == ([], [])


def test_a_citizen_on_the_payment_page_is_said_and_the_counter_may_still_take_the_money(portal):
    code, notice = notified(portal)
    desk = portal.officer("tiepnhan1")
    opened = portal.post("/citizen/payments", {"notice_id": notice, "gateway": "vnpay"})
    assert desk.show(code)["fee_status"] == "paying"
    said = desk.cli("tick-paid", notice, "--amount", "120000", "--method", "cash", *DOCUMENT)
    assert (said.code, said.one["outbox_state"]) == (0, "acked")
    assert said.stderr.startswith("Công dân đang mở trang thanh toán từ 08:0")
    with SandboxHttp(portal.server.base_url) as http:
        assert vnpay_process.call_portal(http, PartnerCall(opened["fields"])) == "00"
    shown = desk.show(code)
    assert facts(shown) == [("counter_cash", 120_000, 120_000), ("gateway", 120_000, 0)]
    assert [(case["kind"], case["amount"]) for case in shown["cases"]] == [("refund", 120_000)]
    assert desk.cli("decisions").one["kind"] == "paid_twice"
