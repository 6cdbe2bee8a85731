"""Collecting, waiving, half payments and wrong ticks by command line, online and offline, against literal tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.fee_scenes import (
    CASH,
    EXTRACT,
    MARRIAGE,
    PAPER,
    away,
    filed,
    notified,
    obliged,
    processed,
    queued,
    suspended,
)
from tests.e2e.fee_table import FeeStory
from tests.e2e.officers import World, world

COLLECTED = """
filed     | 1 none running new                  | -                | -                        | -
collected | 1 paid running paid_next            | paid 28000/28000 | counter_cash 28000/28000 | -
received  | 2 paid running received 23/11 08:00 | paid 28000/28000 | counter_cash 28000/28000 | -
"""

COLLECTED_OFFLINE = """
offline   | 1 paid running paid_next            | paid 8000/8000 | counter_cash 8000/8000 | -
received  | 2 paid running received 23/11 08:00 | paid 8000/8000 | counter_cash 8000/8000 | -
delivered | 2 paid running received 23/11 08:00 | paid 8000/8000 | counter_cash 8000/8000 | -
"""

COLLECTED_FOR_AN_ENDED_ONE = """
offline   | 1 paid running paid_next | paid 8000/8000   | counter_cash 8000/8000 | -
withdrawn | 7 none stopped -         | cancelled 0/8000 | counter_cash 8000/0    | refund open 8000
"""

WAIVED_NOTICE = """
notified | 1 due paused awaiting_payment        | sent 0/120000   | - | -
waived   | 1 waived running new                 | waived 0/120000 | - | -
received | 2 waived running received 20/11 17:00 | waived 0/120000 | - | -
"""

WAIVED_LINE = """
line waived | 1 due paused awaiting_payment | sent 0/150000     | -                        | -
rest paid   | 1 paid running paid_next      | paid 30000/150000 | counter_cash 30000/30000 | -
"""

WAIVED_DOSSIER = """
waived | 1 waived running new | waived 0/8000 | - | -
"""

ZERO_TAX = """
suspended | 6/awaiting_tax_notice none paused - 07/12 08:00 | -          | - | -
offline   | 4 waived running - 07/12 08:00                  | waived 0/0 | - | -
delivered | 4 waived running - 07/12 08:00                  | waived 0/0 | - | -
"""

DEBT_RECORDED = """
suspended | 6/desk_to_notify none paused to_notify 07/12 08:00 | -                 | - | -
recorded  | 4 waived running - 07/12 08:00                     | waived 0/15000000 | - | -
"""

HALF = """
half     | 1 partial paused awaiting_payment | partly_paid 50000/120000 | counter_cash 50000/50000 | -
reminded | 1 partial paused awaiting_payment | partly_paid 50000/120000 | counter_cash 50000/50000 | -
offline  | 1 paid running paid_next          | paid 120000/120000       | counter_cash 50000/50000, counter_pos 70000/70000 | -
the rest | 1 paid running paid_next          | paid 120000/120000       | counter_cash 50000/50000, counter_pos 70000/70000 | -
"""  # noqa: E501

HALF_OF_A_SUSPENSION = """
half     | 6/awaiting_payment partial paused awaiting_payment 07/12 08:00 | partly_paid 7000000/15000000 | treasury 7000000/7000000 | -
the rest | 4 paid running - 07/12 09:00 | paid 15000000/15000000 | treasury 7000000/7000000, treasury 8000000/8000000 | -
first half never was | 6/awaiting_payment partial paused awaiting_payment 07/12 08:00 | partly_paid 8000000/15000000 | treasury 7000000/0 reversed, treasury 8000000/8000000 | -
"""  # noqa: E501

CANCELLED_HALF = """
cancelled | 1 none running new | cancelled 0/120000 | counter_cash 50000/0 | refund open 50000
"""

GIVEN_BACK = """
approved | 1 none running refunds | cancelled 0/120000 | counter_cash 50000/0                | refund approved 50000
offline  | 1 refunded running refunds | cancelled 0/120000 | counter_cash 50000/0 refunded 50000 | refund refunded 50000
refunded | 1 refunded running refunds | cancelled 0/120000 | counter_cash 50000/0 refunded 50000 | refund refunded 50000
closed   | 1 refunded running -   | cancelled 0/120000 | counter_cash 50000/0 refunded 50000 | refund closed 50000
"""

REVERSED = """
ticked     | 4 paid running - 07/12 09:00 | paid 15000000/15000000 | treasury 15000000/15000000 | -
reversed   | 6/awaiting_payment due paused awaiting_payment 07/12 08:00 | sent 0/15000000 | treasury 15000000/0 reversed | -
paid again | 4 paid running - 07/12 15:00 | paid 15000000/15000000 | treasury 15000000/0 reversed, treasury 15000000/15000000 | -
"""  # noqa: E501

REVERSED_BY_THE_CASHIER = """
offline   | 6/awaiting_payment due paused awaiting_payment 07/12 08:00 | sent 0/15000000 | treasury 15000000/0 reversed, treasury 15000000/0 reversed | -
delivered | 6/awaiting_payment due paused awaiting_payment 07/12 08:00 | sent 0/15000000 | treasury 15000000/0 reversed, treasury 15000000/0 reversed | -
"""  # noqa: E501

SHORTFALL = """
returned | 10 paid stopped - 07/12 08:00 | paid 120000/120000 | counter_cash 120000/120000 | -
reversed | 10 due stopped - 07/12 08:00 | sent 0/120000 | counter_cash 120000/0 reversed | shortfall open 120000
made up  | 10 paid stopped - 07/12 08:00 | paid 120000/120000 | counter_cash 120000/0 reversed, counter_cash 120000/120000 | shortfall closed 120000 lapsed
"""  # noqa: E501


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        yield found


def test_collecting_at_the_counter_also_where_nobody_pays_online(portal):
    code, desk = filed(portal, MARRIAGE), portal.officer("tiepnhan1")
    story = FeeStory(desk, code, COLLECTED)
    story.check("filed")
    assert desk.refused("notify", code, "--phi", "8000") == "not-online"
    assert desk.do("collect", code, "--phi", "8000", "--le-phi", "20000", *CASH)["notice_id"]
    shown = story.check("collected")
    assert shown["notices"][0]["deliveries"] == []
    desk.do("receive", code)
    story.check("received")
    story.end()


def test_collecting_and_receiving_without_a_network(portal):
    code, desk = filed(portal, MARRIAGE), portal.officer("tiepnhan1")
    story = FeeStory(desk, code, COLLECTED_OFFLINE)
    with away(portal):
        queued(desk, "collect", code, "--phi", "8000", *CASH)
        story.check("offline", offline=True)
        queued(desk, "receive", code)
        story.check("received", offline=True)
    story.check("delivered")
    taken, total = desk.cli("collected").lines
    assert (taken["code"], taken["payer"], taken["document"], taken["channel"], taken["amount"], taken["sent"]) == (
        "H32.8-20261120-0021", "Trần Thị Mai", "BL 0001", "counter_cash", 8000, True
    )  # fmt: skip
    assert total == {
        "date": "2026-11-20", "total": 8000, "by_channel": {"counter_cash": 8000}, "by_kind": {"PHI": 8000}
    }  # fmt: skip


def test_money_collected_offline_for_a_dossier_that_was_withdrawn_is_a_fact_with_a_refund_case(portal):
    code, desk = filed(portal, MARRIAGE), portal.officer("tiepnhan1")
    story = FeeStory(desk, code, COLLECTED_FOR_AN_ENDED_ONE)
    with away(portal):
        queued(desk, "collect", code, "--phi", "8000", *CASH)
        story.check("offline", offline=True)
    assert portal.citizen("withdraw", code)["state"] == 7
    story.check("withdrawn")
    assert desk.cli("outbox").lines == []


def test_waiving_a_notice_lifts_the_gate_and_is_not_green(portal):
    code, notice = notified(portal)
    desk = portal.officer("tiepnhan1")
    story = FeeStory(desk, code, WAIVED_NOTICE)
    story.check("notified")
    desk.do("waive", notice, "--ground", "ho-ngheo", "--document-no", "HN 12", "--document-date", "01/11/2026")
    shown = story.check("waived")
    assert shown["paid"] is False
    assert [(w["ground"], w["amount"], w["by"]) for w in shown["waivers"]] == [
        ("Hộ nghèo, cận nghèo", 120_000, "tiepnhan1")
    ]
    desk.do("receive", code)
    story.check("received")


def test_waiving_one_line_leaves_the_rest_to_pay(portal):
    code, notice = notified(portal, "120000", "--other", "Bưu chính=30000")
    desk = portal.officer("tiepnhan1")
    story = FeeStory(desk, code, WAIVED_LINE)
    with away(portal):
        queued(desk, "waive", notice, "--line", "1", "--ground", "ho-ngheo")
    shown = story.check("line waived")
    assert (shown["owing"], shown["notices"][0]["rest"]) == (30_000, 30_000)
    assert desk.refused("waive", notice, "--line", "1", "--ground", "ho-ngheo") == "nothing-to-waive"
    assert desk.refused("waive", notice, "--line", "2", "--ground", "Thiên tai") == "not-your-right"
    desk.do("tick-paid", notice, "--amount", "30000", *CASH)
    story.check("rest paid")
    assert desk.refused("waive", notice, "--ground", "ho-ngheo") == "nothing-to-waive"


def test_waiving_a_whole_dossier_before_any_notice(portal):
    code, desk = filed(portal, EXTRACT), portal.officer("tiepnhan1")
    desk.do("waive", code, "--ground", "nguoi-co-cong")
    FeeStory(desk, code, WAIVED_DOSSIER).check("waived")
    assert desk.refused("waive", code, "--ground", "nguoi-co-cong") == "nothing-to-waive"


def test_a_tax_notice_of_0_dong_resumes_the_dossier(portal):
    code, desk = suspended_without_tax(portal), portal.officer("tiepnhan1")
    story = FeeStory(desk, code, ZERO_TAX)
    story.check("suspended")
    with away(portal):
        queued(desk, "waive", code, "--ground", "thue-0-dong")
        story.check("offline", offline=True)
    story.check("delivered")
    assert portal.officer("thuly1").show(code)["queue"] == "mine"


def suspended_without_tax(portal: World) -> str:
    """Stopped before the tax office has answered."""
    code = processed(portal)
    portal.officer("thuly1").do("suspend", code, "--reason", "Đã chuyển thuế")
    portal.officer("tiepnhan1").show(code)
    return code


def test_a_debt_recorded_by_the_tax_office_resumes_the_dossier(portal):
    code, desk = suspended(portal), portal.officer("tiepnhan1")
    story = FeeStory(desk, code, DEBT_RECORDED)
    story.check("suspended")
    desk.do("waive", code, "--ground", "ghi-no")
    story.check("recorded")


def test_half_is_paid_reminded_of_the_rest_and_paid_up_offline(portal):
    code, notice = notified(portal)
    desk = portal.officer("tiepnhan1")
    story = FeeStory(desk, code, HALF)
    desk.do("tick-paid", notice, "--amount", "50000", *CASH)
    assert story.check("half")["owing"] == 70_000
    assert desk.refused("receive", code) == "gate-unpaid"
    assert desk.refused("tick-paid", notice, "--amount", "70001", *CASH) == "amount-over-rest"
    desk.do("remind", notice)
    shown = story.check("reminded")
    assert [(n["reminders"], n["total"], n["rest"]) for n in shown["notices"]] == [(1, 120_000, 70_000)]
    with away(portal):
        queued(desk, "tick-paid", notice, "--amount", "70000", "--method", "pos", *PAPER)
        story.check("offline", offline=True)
    story.check("the rest")


def test_half_of_an_obligation_does_not_resume_and_a_reversed_half_suspends_again(portal):
    code, notice = obliged(portal)
    desk = portal.officer("tiepnhan1")
    story = FeeStory(desk, code, HALF_OF_A_SUSPENSION)
    portal.at("2026-11-20T09:00:00+07:00")
    desk.do("tick-paid", notice, "--amount", "7000000", "--method", "treasury", *PAPER)
    story.check("half")
    desk.do("tick-paid", notice, "--amount", "8000000", "--method", "treasury", *PAPER)
    first = story.check("the rest")["notices"][0]["payments"][0]["id"]
    desk.do("reverse-payment", first, "--reason", "Giấy nộp tiền của người khác")
    story.check("first half never was")


def test_what_was_paid_of_a_cancelled_notice_goes_back_step_by_step(portal):
    code, notice = notified(portal)
    desk, head, cashier = (portal.officer(name) for name in ("tiepnhan1", "lanhdao1", "thuquy1"))
    desk.do("tick-paid", notice, "--amount", "50000", *CASH)
    desk.do("cancel-notice", notice, "--reason", "Tính sai")
    case = desk.show(code)["cases"][0]["id"]
    head.show(code)
    assert cashier.show(code)["queue"] == "refunds"
    FeeStory(desk, code, CANCELLED_HALF).check("cancelled")
    assert cashier.refused("pay-refund", case, *PAPER) == "refund-not-approved"
    assert cashier.refused("approve-refund", case) == "not-your-right"
    assert head.refused("close-case", case, "--note", "Không hoàn") == "surplus-goes-back"
    head.do("approve-refund", case, "--note", "Chưa thực hiện việc")
    story = FeeStory(cashier, code, GIVEN_BACK)
    story.check("approved")
    with away(portal):
        queued(cashier, "pay-refund", case, *PAPER)
        story.check("offline", offline=True)
    story.check("refunded")
    assert cashier.refused("pay-refund", case, *PAPER) == "case-closed"
    cashier.do("close-case", case, "--note", "Đã hoàn đủ")
    story.check("closed")
    story.end()


def test_a_wrong_tick_is_taken_back_and_the_pause_is_one_from_its_first_start(portal):
    code, notice = obliged(portal)
    desk, cashier = portal.officer("tiepnhan1"), portal.officer("thuquy1")
    story = FeeStory(desk, code, REVERSED)
    portal.at("2026-11-20T09:00:00+07:00")
    tick = ("tick-paid", notice, "--amount", "15000000", "--method", "treasury", *PAPER)
    desk.do(*tick)
    first = story.check("ticked")
    portal.at("2026-11-20T10:00:00+07:00")
    payment = first["notices"][0]["payments"][0]["id"]
    desk.do("reverse-payment", payment, "--reason", "Ghi nhầm hồ sơ")
    assert desk.refused("reverse-payment", payment, "--reason", "Lại") == "already-reversed"
    again = story.check("reversed")
    assert [(p["from"], p["to"]) for p in again["pauses"]] == [(first["pauses"][0]["from"], None)]
    portal.at("2026-11-20T15:00:00+07:00")
    desk.do(*tick)
    paid = story.check("paid again")
    assert [p["from"] for p in paid["pauses"]] == [first["pauses"][0]["from"]]
    messages = portal.citizen("track", code)["messages"]
    assert "reversal" in {m["kind"] for m in messages}

    portal.at("2026-11-23T08:00:00+07:00")
    second = paid["notices"][0]["payments"][1]["id"]
    assert desk.refused("reverse-payment", second, "--reason", "Hôm qua ghi nhầm") == "not-your-right"
    cashier.show(code)
    other = FeeStory(cashier, code, REVERSED_BY_THE_CASHIER)
    with away(portal):
        queued(cashier, "reverse-payment", second, "--reason", "Ghi nhầm")
        other.check("offline", offline=True)
    other.check("delivered")


def test_a_tick_taken_back_after_the_result_was_handed_over_leaves_a_shortfall(portal):
    code, desk = processed(portal), portal.officer("tiepnhan1")
    portal.officer("thuly1").do("complete", code)
    desk.show(code)
    notice = desk.do("notify", code, "--phi", "120000")["notice_id"]
    desk.do("tick-paid", notice, "--amount", "120000", *CASH)
    payment = desk.show(code)["notices"][0]["payments"][0]["id"]
    desk.do("return", code, "--to", "Trần Thị Mai")
    story = FeeStory(desk, code, SHORTFALL)
    story.check("returned")
    assert desk.refused("reverse-payment", payment, "--reason", "Tiền giả") == "not-your-right"
    head = portal.officer("lanhdao1")
    assert head.show(code)["queue"] is None
    head.do("reverse-payment", payment, "--reason", "Tiền giả")
    assert head.show(code)["queue"] == "refunds"
    story.check("reversed")
    desk.do("tick-paid", notice, "--amount", "120000", *CASH)
    story.check("made up")
