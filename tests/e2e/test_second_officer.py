"""Two eyes above a configured sum, by command line: recorded at once, counted when somebody else has confirmed it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.fee_scenes import CASH, EXTRACT, PAPER, TAX, away, filed, notified, obliged, queued, suspended
from tests.e2e.fee_table import FeeStory
from tests.e2e.officers import World, world

TICKED = """
ticked    | 1 due paused awaiting_payment | sent 0/5000000       | counter_cash 5000000/0       | -
offline   | 1 paid running paid_next      | paid 5000000/5000000 | counter_cash 5000000/5000000 | -
confirmed | 1 paid running paid_next      | paid 5000000/5000000 | counter_cash 5000000/5000000 | -
"""

OFFLINE_FIRST = """
offline   | 1 due paused awaiting_payment | sent 0/5000000 | counter_cash 5000000/0 | -
delivered | 1 due paused awaiting_payment | sent 0/5000000 | counter_cash 5000000/0 | -
"""

PAID_TWICE = """
paid online | 1 paid running paid_next | paid 5000000/5000000 | counter_cash 5000000/0, gateway 5000000/5000000 | -
confirmed   | 1 paid running paid_next | paid 5000000/5000000 | counter_cash 5000000/5000000, gateway 5000000/0 | refund open 5000000
"""  # noqa: E501

OBLIGATION = """
hearsay   | 6/awaiting_payment due paused awaiting_payment 07/12 08:00 | sent 0/15000000 | treasury 15000000/0 | -
confirmed | 4 paid running - 07/12 09:00 | paid 15000000/15000000 | treasury 15000000/15000000 | -
"""

BANKS_PAPER = """
ticked | 4 paid running - 07/12 08:00 | paid 15000000/15000000 | treasury 15000000/15000000 | -
"""

HALVES = """
halves | 1 partial paused awaiting_payment | partly_paid 1500000/3000000 | counter_cash 1500000/1500000, counter_cash 1500000/0 | -
"""  # noqa: E501

COLLECTED_OBLIGATION = """
collected | 6/awaiting_payment due paused awaiting_payment 07/12 08:00 | sent 0/15000000 | counter_cash 15000000/0 | -
"""

REFUSED_MEANWHILE = """
refused   | 3 none stopped - | cancelled 0/5000000 | counter_cash 5000000/0 | -
confirmed | 3 none stopped - | cancelled 0/5000000 | counter_cash 5000000/0 | refund open 5000000
"""


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        administrator = found.officer("quantri")
        assert administrator.cli("settings").one["two_eyes_over"] == 0
        assert administrator.cli("settings", "--two-eyes-over", "2.000.000").one["two_eyes_over"] == 2_000_000
        yield found


def test_money_above_the_sum_is_kept_at_once_and_counts_when_confirmed(portal):
    code, notice = notified(portal, "5000000")
    desk, colleague = portal.officer("tiepnhan1"), portal.officer("tiepnhan2")
    tick = ("tick-paid", notice, "--amount", "5000000", *CASH)
    story = FeeStory(colleague, code, TICKED)
    said = desk.do(*tick)
    assert said["warning"] == (
        "Trên 2.000.000 đồng cần người thứ hai xác nhận. Khoản thu đã ghi, chưa tính là đã đóng."
    )
    payment = story.check("ticked")["notices"][0]["payments"][0]
    assert (payment["needs_second"], payment["confirmed_by"]) == (True, None)
    assert desk.refused(*tick) == "second-officer-first"
    assert desk.refused("receive", code) == "gate-unpaid"
    assert desk.refused("remind", notice) == "second-officer-first"
    assert desk.refused("confirm-payment", payment["id"]) == "not-your-right"
    (mine,), (theirs,) = desk.cli("to-confirm").lines, colleague.cli("to-confirm").lines
    assert (mine["mine"], theirs["mine"], theirs["amount"], theirs["recorded_by"]) == (
        True, False, 5_000_000, "tiepnhan1"
    )  # fmt: skip
    taken, total = desk.cli("collected").lines
    assert (taken["unconfirmed"], total["total"]) == (True, 5_000_000)
    with away(portal):
        queued(colleague, "confirm-payment", payment["id"])
        story.check("offline", offline=True)
    shown = story.check("confirmed")
    assert shown["notices"][0]["payments"][0]["confirmed_by"] == "tiepnhan2"
    assert [(h["what"], h["by"]) for h in shown["history"]][-1] == (
        "Người thứ hai xác nhận khoản thu", "Trần Thị Mỹ Duyên"
    )  # fmt: skip
    assert colleague.cli("to-confirm").lines == []
    assert desk.cli("sync").code == 0
    assert desk.cli("collected").lines[0]["unconfirmed"] is False


def test_money_taken_without_a_network_waits_for_its_second_officer_all_the_same(portal):
    code, notice = notified(portal, "5000000")
    desk = portal.officer("tiepnhan1")
    story = FeeStory(desk, code, OFFLINE_FIRST)
    with away(portal):
        queued(desk, "tick-paid", notice, "--amount", "5000000", *CASH)
        story.check("offline", offline=True)
    story.check("delivered")


def test_paid_online_while_the_cash_waits_loses_nothing(portal):
    code, notice = notified(portal, "5000000")
    desk, cashier = portal.officer("tiepnhan1"), portal.officer("thuquy1")
    desk.do("tick-paid", notice, "--amount", "5000000", *CASH)
    portal.pay(notice)
    story = FeeStory(desk, code, PAID_TWICE)
    payment = story.check("paid online")["notices"][0]["payments"][0]["id"]
    cashier.show(code)
    cashier.do("confirm-payment", payment)
    story.check("confirmed")
    assert cashier.refused("confirm-payment", payment) == "nothing-to-confirm"


def test_the_treasurys_own_paper_needs_nobody_else_but_hearsay_of_it_does(portal):
    code, _ = obliged(portal)
    desk, head = portal.officer("tiepnhan1"), portal.officer("lanhdao1")
    by_paper, demanded = obliged(portal)
    desk.do("tick-paid", demanded, "--amount", "15000000", "--method", "treasury", *PAPER)
    FeeStory(desk, by_paper, BANKS_PAPER).check("ticked")
    portal.at("2026-11-20T09:00:00+07:00")
    desk.do("resume", code, "--info", "Ông Ba gọi báo đã nộp kho bạc")
    story = FeeStory(desk, code, OBLIGATION)
    payment = story.check("hearsay")["notices"][0]["payments"][0]["id"]
    portal.at("2026-11-20T14:00:00+07:00")
    head.show(code)
    head.do("confirm-payment", payment)
    shown = story.check("confirmed")
    assert [(p["from"][11:16], p["to"][11:16]) for p in shown["pauses"]] == [("08:00", "09:00")]


def test_a_dossier_that_ends_meanwhile_gives_the_money_back_once_it_is_confirmed(portal):
    code, notice = notified(portal, "5000000")
    desk, cashier = portal.officer("tiepnhan1"), portal.officer("thuquy1")
    desk.do("tick-paid", notice, "--amount", "5000000", *CASH)
    desk.do("refuse", code, "--reason", "Sai thẩm quyền")
    story = FeeStory(desk, code, REFUSED_MEANWHILE)
    story.check("refused")
    payment = cashier.show(code)["notices"][0]["payments"][0]["id"]
    cashier.do("confirm-payment", payment)
    story.check("confirmed")


def test_only_the_administrator_keeps_the_settings_and_old_dossiers_follow_with_their_next_change(portal):
    desk, administrator = portal.officer("tiepnhan1"), portal.officer("quantri")
    assert desk.refused("settings", "--two-eyes-over", "9000000") == "settings-not-yours"
    assert desk.cli("settings").one["two_eyes_over"] == 2_000_000
    code = filed(portal, EXTRACT)
    assert administrator.cli("settings", "--two-eyes-over", "0").one["two_eyes_over"] == 0
    desk.do("collect", code, "--phi", "5000000", *CASH)
    assert desk.show(code)["fee_status"] == "paid"


def test_two_halves_by_one_officer_are_one_sum(portal):
    code, notice = notified(portal, "3000000")
    desk = portal.officer("tiepnhan1")
    assert "warning" not in desk.do("tick-paid", notice, "--amount", "1500000", *CASH)
    desk.do("tick-paid", notice, "--amount", "1500000", *CASH)
    FeeStory(desk, code, HALVES).check("halves")


def test_an_obligation_collected_at_the_desk_waits_too(portal):
    code = suspended(portal)
    desk = portal.officer("tiepnhan1")
    desk.do("accept-supplement", code)
    desk.do("collect", code, "--nvtc", "15000000", *TAX[2:6], *CASH)
    FeeStory(desk, code, COLLECTED_OBLIGATION).check("collected")
