"""The edges of the day, a gate that only warns, and ticks taken back later, by command line, online and offline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.fee_scenes import BUILDING, CASH, EXTRACT, away, filed, notified, processed, queued
from tests.e2e.fee_table import FeeStory
from tests.e2e.officers import Officer, World, world

FIRST_MINUTE = {"paid": 1, "new": 2, "supplemented": 0, "to_notify": 0, "late": 0, "decisions": 0, "unsent": 0}
LISTS = {"paid": "paid_next", "new": "new", "supplemented": "supplemented", "to_notify": "to_notify"}
FRIDAY = "2026-11-20T08:00:00+07:00"

ONLY_WARNED = """
notified | 1 due paused awaiting_payment              | sent 0/120000      | -                     | -
offline  | 2 due running awaiting_payment 20/11 17:00 | sent 0/120000      | -                     | -
received | 2 due running awaiting_payment 20/11 17:00 | sent 0/120000      | -                     | -
paid     | 2 paid running paid_next 20/11 17:00       | paid 120000/120000 | gateway 120000/120000 | -
"""

TICKED = """
ticked   | 9/awaiting_pickup paid stopped paid_next 07/12 08:00 | paid 120000/120000 | counter_cash 120000/120000 | -
"""

SHORTFALL = """
offline  | 9/awaiting_pickup due stopped refunds 07/12 08:00 | sent 0/120000 | counter_cash 120000/0 reversed | shortfall open 120000
reversed | 9/awaiting_pickup due stopped refunds 07/12 08:00 | sent 0/120000 | counter_cash 120000/0 reversed | shortfall open 120000
made up  | 9/awaiting_pickup paid stopped - 07/12 08:00      | paid 120000/120000 | counter_cash 120000/0 reversed, counter_cash 120000/120000 | shortfall closed 120000 lapsed
"""  # noqa: E501


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        yield found


def figures(desk: Officer) -> dict[str, int]:
    """Return the figures of the first minute, each compared with the list it counts."""
    said = desk.cli("today").one
    for name, queue in LISTS.items():
        assert len(desk.cli("list", "--queue", queue).lines) == said[name], name
    return {name: count for name, count in said.items() if name != "seen_at"}


def test_the_first_minutes_figures_are_the_lists_they_count(portal):
    _, notice = notified(portal)
    for name in ("Trần Văn Bình", "Hồ Thị Kim Liên"):
        portal.file(EXTRACT, name)
    portal.pay(notice)
    desk = portal.officer("tiepnhan1")
    assert desk.cli("sync").code == 0
    assert figures(desk) == FIRST_MINUTE
    with away(portal):
        assert figures(desk) == FIRST_MINUTE
        assert desk.cli("today").one["seen_at"].startswith(FRIDAY[:16])


def test_the_last_minute_sends_at_once_and_names_what_stays(portal):
    code, desk = filed(portal), portal.officer("tiepnhan1")
    assert (desk.cli("leave").code, desk.cli("leave").lines) == (0, [])
    with away(portal):
        queued(desk, "collect", code, "--phi", "8000", *CASH)
        queued(desk, "receive", code)
        stays = desk.cli("leave")
        assert stays.code == 3
        assert [(line["type"], line["applicant"], line["amount"], line["state"]) for line in stays.lines] == [
            ("collect", "Trần Thị Mai", 8000, "queued"), ("receive", "Trần Thị Mai", 0, "queued"),
        ]  # fmt: skip
    assert (desk.cli("leave").code, desk.cli("leave").lines) == (0, [])
    shown = desk.show(code)
    assert (shown["state"], shown["fee_status"], shown["pending"]) == (2, "paid", [])


def test_where_the_gate_only_warns_an_unpaid_dossier_is_received_online_and_offline(portal):
    administrator, desk = portal.officer("quantri"), portal.officer("tiepnhan2")
    assert administrator.refused("settings", "--gate-warns", "9.999999") == "no-such-procedure"
    assert desk.refused("settings", "--gate-warns", EXTRACT) == "settings-not-yours"
    first, _ = notified(portal)
    assert desk.show(first)["state"] == 1
    assert desk.refused("receive", first) == "gate-unpaid"
    assert administrator.cli("settings", "--gate-warns", f"{EXTRACT}, {BUILDING}").one["gate_warns"] == [
        EXTRACT, BUILDING,
    ]  # fmt: skip
    second, notice = notified(portal)
    desk.show(second)
    story = FeeStory(desk, second, ONLY_WARNED)
    story.check("notified")
    with away(portal):
        queued(desk, "receive", second)
        story.check("offline", offline=True)
    story.check("received")
    portal.pay(notice)
    story.check("paid")
    assert administrator.cli("settings", "--gate-warns", "").one["gate_warns"] == []


def test_a_tick_taken_back_before_the_result_is_handed_over_keeps_the_state_with_a_shortfall(portal):
    """On the day after, the ticker may not; the cashier may, also without a network."""
    code, desk = processed(portal), portal.officer("tiepnhan1")
    portal.officer("thuly1").do("complete", code)
    desk.show(code)
    notice = desk.do("notify", code, "--phi", "120000")["notice_id"]
    desk.do("tick-paid", notice, "--amount", "120000", *CASH)
    payment = desk.show(code)["notices"][0]["payments"][0]["id"]
    cashier, other = portal.officer("thuquy1"), portal.officer("tiepnhan2")
    portal.at("2026-11-23T08:00:00+07:00")
    for officer in (desk, other):
        officer.show(code)
        assert officer.refused("reverse-payment", payment, "--reason", "Tiền giả") == "not-your-right"
    FeeStory(desk, code, TICKED).check("ticked")
    cashier.show(code)
    story = FeeStory(cashier, code, SHORTFALL)
    with away(portal):
        queued(cashier, "reverse-payment", payment, "--reason", "Tiền giả")
        story.check("offline", offline=True)
    story.check("reversed")
    assert desk.show(code)["queue"] == "awaiting_payment"
    assert desk.refused("return", code, "--to", "Trần Thị Mai") == "owing-needs-reason"
    desk.do("tick-paid", notice, "--amount", "120000", *CASH)
    story.check("made up")
