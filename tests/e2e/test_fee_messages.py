"""What a citizen reads when money changes after the notice: reminded, waived, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conditions import until
from tests.e2e.fee_scenes import CASH, PAPER, TAX, notified, processed
from tests.e2e.officers import Officer, World, world


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        yield found


def previewed(desk: Officer, *argv: str) -> tuple[str, dict[str, str]]:
    """What the officer reads before the deed: the kind of message, and the words of each channel."""
    lines = desk.cli("preview", *argv).lines
    (kind,) = {line["kind"] for line in lines}
    return kind, {line["channel"]: line["body"] for line in lines}


def bodies(portal: World, code: str, kind: str) -> dict[str, str]:
    """Wait until the message came by all three ways, and return the words of each."""

    def found() -> dict[str, str]:
        messages = portal.citizen("track", code)["messages"]
        return {m["channel"]: m["body"] for m in messages if m["kind"] == kind}

    until(lambda: set(found()) == {"account", "email", "sms"})
    return found()


def test_a_reminder_says_what_is_left_and_that_it_is_no_new_debt(portal):
    code, notice = notified(portal)
    desk = portal.officer("tiepnhan1")
    bodies(portal, code, "fee")
    desk.do("remind", notice)
    whole = bodies(portal, code, "reminder")
    assert "còn phải nộp 120.000 đồng" in whole["account"]
    assert "Đã nộp" not in whole["account"]
    desk.do("tick-paid", notice, "--amount", "50000", *CASH)
    desk.do("remind", notice)
    until(lambda: "Đã nộp: 50.000 đồng." in bodies(portal, code, "reminder")["email"])
    until(lambda: "con phai nop 70.000 dong" in bodies(portal, code, "reminder")["sms"])
    assert "không phải khoản thu mới" in bodies(portal, code, "reminder")["email"]


def test_a_waiver_and_a_reversal_are_told(portal):
    code, notice = notified(portal, "120000", "--other", "Bưu chính=30000")
    desk = portal.officer("tiepnhan1")
    desk.do("waive", notice, "--line", "1", "--ground", "ho-ngheo")
    told = bodies(portal, code, "waiver")
    assert "được miễn 120.000 đồng" in told["account"]
    assert "Con phai nop 30.000 dong" in told["sms"]
    desk.do("tick-paid", notice, "--amount", "30000", *CASH)
    payment = desk.show(code)["notices"][0]["payments"][0]["id"]
    desk.do("reverse-payment", payment, "--reason", "Ghi nhầm")
    told = bodies(portal, code, "reversal")
    assert "còn phải nộp 30.000 đồng" in told["email"]
    assert "nay da huy. Con phai nop 30.000 dong" in told["sms"]


def test_what_is_previewed_is_what_is_read_to_the_letter(portal):
    code, notice = notified(portal, "120000", "--other", "Bưu chính=30000")
    desk = portal.officer("tiepnhan1")
    bodies(portal, code, "fee")
    seen = {}
    kind, seen["reminder"] = previewed(desk, "remind", notice)
    assert kind == "reminder"
    desk.do("remind", notice)
    kind, seen["waiver"] = previewed(desk, "waive", notice, "--line", "1", "--ground", "ho-ngheo")
    desk.do("waive", notice, "--line", "1", "--ground", "ho-ngheo")
    desk.do("tick-paid", notice, "--amount", "10000", *CASH)
    payment = desk.show(code)["notices"][0]["payments"][0]["id"]
    kind, seen["reversal"] = previewed(desk, "reverse-payment", payment, "--reason", "Ghi nhầm")
    desk.do("reverse-payment", payment, "--reason", "Ghi nhầm")
    kind, seen["cancel"] = previewed(desk, "cancel-notice", notice, "--reason", "Tính sai")
    assert "Lý do: Tính sai" in seen["cancel"]["email"]
    assert len(bodies(portal, code, "reversal")) == 3
    desk.do("cancel-notice", notice, "--reason", "Tính sai")
    for kind, words in seen.items():
        assert bodies(portal, code, kind) == words, kind


def test_a_suspension_is_previewed_as_it_is_read(portal):
    code, processor = processed(portal), portal.officer("thuly1")
    kind, words = previewed(processor, "suspend", code, "--reason", "Chờ nộp thuế đất")
    assert kind == "suspension"
    assert "Lý do: Chờ nộp thuế đất" in words["account"]
    processor.do("suspend", code, "--reason", "Chờ nộp thuế đất", *TAX)
    assert bodies(portal, code, "suspension") == words


def test_who_gets_money_back_is_told_how_much_and_by_which_paper(portal):
    code, notice = notified(portal)
    desk, head, cashier = (portal.officer(name) for name in ("tiepnhan1", "lanhdao1", "thuquy1"))
    desk.do("tick-paid", notice, "--amount", "50000", *CASH)
    desk.do("cancel-notice", notice, "--reason", "Tính sai")
    case = desk.show(code)["cases"][0]["id"]
    head.show(code)
    head.do("approve-refund", case)
    cashier.show(code)
    kind, words = previewed(cashier, "pay-refund", case, *PAPER)
    assert kind == "refund"
    assert "đã hoàn 50.000 đồng (Năm mươi nghìn đồng)" in words["account"]
    assert "Chứng từ hoàn: số BL 0001 ngày 20/11/2026." in words["email"]
    assert "da hoan 50.000 dong da nop" in words["sms"]
    cashier.do("pay-refund", case, *PAPER)
    assert bodies(portal, code, "refund") == words
