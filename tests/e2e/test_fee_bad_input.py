"""What can go wrong at the counter with money: each a clear sentence, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.fee_scenes import CASH, EXTRACT, TAX, away, notified, obliged, processed, queued, suspended
from tests.e2e.fee_table import FeeStory
from tests.e2e.officers import World, world

WAIVED_FIRST = """
waived first | 1 waived running new | waived 0/120000 | counter_cash 120000/0 | refund open 120000
"""

TICKED_FIRST = """
ticked first | 1 paid running paid_next | paid 120000/120000 | counter_cash 120000/120000 | -
"""


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        yield found


def test_a_refund_is_never_larger_than_the_payment_and_never_twice(portal):
    code, notice = notified(portal)
    desk, head, cashier = (portal.officer(name) for name in ("tiepnhan1", "lanhdao1", "thuquy1"))
    desk.do("tick-paid", notice, "--amount", "120000", *CASH)
    desk.do("refuse", code, "--reason", "Sai thẩm quyền")
    case = desk.show(code)["cases"][0]["id"]
    head.show(code)
    head.do("approve-refund", case)
    cashier.show(code)
    with away(portal):
        queued(cashier, "pay-refund", case, "--info", "Đã trả tiền mặt tại quầy")
        assert cashier.refused("pay-refund", case, "--info", "Đã trả tiền mặt tại quầy") == "case-closed"
    shown = cashier.show(code)
    assert [(p["amount"], p["refunded"]) for p in shown["notices"][0]["payments"]] == [(120_000, 120_000)]
    assert shown["fee_status"] == "refunded"


@pytest.mark.parametrize(("first", "table"), [("waive", WAIVED_FIRST), ("tick", TICKED_FIRST)])
def test_two_officers_waive_and_tick_at_once(portal, first, table):
    code, notice = notified(portal)
    desk, colleague = portal.officer("tiepnhan1"), portal.officer("tiepnhan2")
    colleague.show(code)
    with away(portal):
        queued(desk, "tick-paid", notice, "--amount", "120000", *CASH)
        queued(colleague, "waive", notice, "--ground", "ho-ngheo")
    order = (colleague, desk) if first == "waive" else (desk, colleague)
    for officer in order:
        assert officer.cli("sync").code == 0
    FeeStory(desk, code, table).check(f"{first}d first" if first == "waive" else "ticked first")
    stuck = colleague.cli("decisions").lines if first == "tick" else []
    assert [item["message"] for item in stuck] == (
        ["Không còn khoản nào để miễn: đã nộp, đã miễn hoặc đã hủy."] if first == "tick" else []
    )


def test_a_tax_notice_used_on_another_dossier_is_warned_of(portal):
    suspended(portal)
    code, processor = processed(portal), portal.officer("thuly1")
    said = processor.do("suspend", code, "--reason", "Chờ thuế", *TAX)
    assert said["warning"] == "Thông báo thuế số TB-123 đã dùng ở hồ sơ H32.8-261120-0001. Kiểm tra lại."
    assert processor.show(code)["state"] == 6


def test_200_lines_are_sent_and_201_are_not(portal):
    code, _ = notified(portal)
    desk = portal.officer("tiepnhan1")
    lines = [part for number in range(200) for part in ("--other", f"Khoản {number}=1000")]
    assert desk.refused("notify", code, *lines, "--other", "Thêm=1000") == "too-many-lines"
    notice = desk.do("notify", code, *lines)["notice_id"]
    shown = desk.show(code)["notices"][1]
    assert (shown["id"], len(shown["lines"]), shown["total"]) == (notice, 200, 200_000)


def test_what_was_paid_is_not_waived_nor_a_citizens_own_payment_reversed(portal):
    code, notice = notified(portal)
    desk, cashier = portal.officer("tiepnhan1"), portal.officer("thuquy1")
    portal.pay(notice)
    payment = desk.show(code)["notices"][0]["payments"][0]["id"]
    assert desk.refused("waive", notice, "--ground", "ho-ngheo") == "nothing-to-waive"
    cashier.show(code)
    assert cashier.refused("reverse-payment", payment, "--reason", "Nhầm") == "not-a-desk-payment"


def test_a_payment_that_does_not_exist_is_said(portal):
    notified(portal)
    desk = portal.officer("tiepnhan1")
    assert desk.refused("reverse-payment", "khong-co", "--reason", "Nhầm") == "no-such-notice"
    assert desk.refused("remind", "khong-co") == "no-such-notice"
    assert desk.refused("approve-refund", "khong-co") == "no-such-notice"


def test_several_open_notices_are_waived_one_by_one(portal):
    code, _ = notified(portal)
    desk = portal.officer("tiepnhan1")
    desk.do("notify", code, "--other", "Bưu chính=30000")
    assert desk.refused("waive", code, "--ground", "ho-ngheo") == "several-open-notices"


def test_a_reversal_that_the_portal_refuses_is_shown_as_refused_and_can_be_dropped(portal):
    """The ticker takes it back without a network; the cashier was faster: no đồng is counted twice."""
    code, notice = notified(portal)
    desk, cashier = portal.officer("tiepnhan1"), portal.officer("thuquy1")
    desk.do("tick-paid", notice, "--amount", "120000", *CASH)
    payment = desk.show(code)["notices"][0]["payments"][0]["id"]
    cashier.show(code)
    with away(portal):
        queued(desk, "reverse-payment", payment, "--reason", "Ghi nhầm")
    cashier.do("reverse-payment", payment, "--reason", "Ghi nhầm")
    shown = desk.show(code)
    assert ([p["reversed"] for p in shown["notices"][0]["payments"]], shown["fee_status"]) == ([True], "due")
    decision = desk.cli("decisions").one
    assert decision["message"] == "Khoản này đã được hủy ghi nhận."
    assert desk.cli("decide", decision["id"], "drop").code == 0
    assert desk.cli("outbox").lines == []


def test_each_ground_waives_its_own_kind_of_line_only(portal):
    code, notice = notified(portal, "120000", "--other", "Bưu chính=30000")
    desk, head = portal.officer("tiepnhan1"), portal.officer("lanhdao1")
    said = desk.cli("waive", notice, "--ground", "ho-ngheo").one
    assert (said["refused"], said["message"]) == (
        "ground-not-for-line",
        "Căn cứ “Hộ nghèo, cận nghèo” không miễn được khoản “Bưu chính”. Miễn từng khoản, hoặc chọn căn cứ khác.",
    )
    assert desk.refused("waive", notice, "--line", "2", "--ground", "ho-ngheo") == "ground-not-for-line"
    assert desk.refused("waive", notice, "--line", "1", "--ground", "ghi-no") == "ground-not-for-line"
    desk.do("waive", notice, "--line", "1", "--ground", "ho-ngheo")
    head.show(code)
    head.do("waive", notice, "--line", "2", "--ground", "Thiên tai, theo đơn")
    assert desk.show(code)["fee_status"] == "waived"

    taxed, demanded = obliged(portal)
    assert desk.refused("waive", demanded, "--ground", "ho-ngheo") == "ground-not-for-line"
    desk.do("waive", demanded, "--ground", "ghi-no")
    assert desk.show(taxed)["state"] == 4


def test_a_head_who_keeps_the_cash_takes_her_own_tick_back_on_the_same_day_only(portal):
    """A small commune where the head is the cashier too: after the day is over, nobody judges his own record."""
    code = portal.file(EXTRACT, "Trần Thị Mai", "--unit", "H32.9")
    desk, head = portal.officer("tiepnhan9"), portal.officer("lanhdao9")
    desk.show(code)
    notice = desk.do("notify", code, "--phi", "120000")["notice_id"]
    head.show(code)
    head.do("tick-paid", notice, "--amount", "50000", *CASH)
    first = head.show(code)["notices"][0]["payments"][0]["id"]
    head.do("reverse-payment", first, "--reason", "Ghi nhầm hồ sơ")
    head.do("tick-paid", notice, "--amount", "120000", *CASH)
    second = head.show(code)["notices"][0]["payments"][1]["id"]
    portal.at("2026-11-23T08:00:00+07:00")
    said = head.cli("reverse-payment", second, "--reason", "Ghi nhầm hồ sơ").one
    assert (said["refused"], said["failed"][0]["who_could"]) == ("not-your-right", ["ticker_today", "head", "cashier"])
    assert head.show(code)["fee_status"] == "paid"
