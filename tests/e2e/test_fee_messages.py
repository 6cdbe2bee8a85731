"""What a citizen reads when money changes after the notice: reminded, waived, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conditions import until
from tests.e2e.fee_scenes import CASH, notified
from tests.e2e.officers import World, world


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        yield found


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
