"""Between reception and return by command line: supplements, steps to and fro, the head, a stop, a withdrawal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.officers import World, world

BUILDING = "1.013225"
BUSINESS = "1.001612"


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        yield found


def state(shown: dict) -> tuple:
    return shown["state"], shown["sub_state"], shown["clock"], shown["queue"], shown["assigned_to"]


def in_hand(portal: World, procedure: str = BUILDING) -> str:
    """A dossier filed online, received and with thuly1."""
    desk = portal.officer("tiepnhan1")
    code = portal.file(procedure)
    desk.show(code)
    desk.do("receive", code)
    desk.do("forward", code, "--to", "thuly1")
    portal.officer("thuly1").show(code)
    return code


def test_two_rounds_of_supplement_while_processing_each_back_to_the_same_officer_with_full_time(portal):
    code, desk, clerk = in_hand(portal), portal.officer("tiepnhan1"), portal.officer("thuly1")
    for day, due in (("2026-11-23", "2026-12-08T08:00:00+07:00"), ("2026-11-25", "2026-12-09T08:00:00+07:00")):
        clerk.do("request-supplement", code, "--paper", "Bản vẽ", "--reason", "Thiếu mặt cắt", "--by", "2026-12-01")
        assert state(desk.show(code)) == (5, "desk_to_ask", "paused", "to_ask", None)
        desk.do("ask-citizen", code)
        assert state(desk.show(code)) == (5, "citizen_asked", "paused", None, None)
        portal.at(f"{day}T08:00:00+07:00")
        portal.citizen("supplement", code, "--name", "Bản vẽ")
        assert state(desk.show(code)) == (5, "supplemented", "paused", "supplemented", None)
        portal.at(f"{day}T11:00:00+07:00")
        desk.do("accept-supplement", code)
        shown = clerk.show(code)
        assert state(shown) == (4, None, "running", "mine", "thuly1"), day
        assert shown["due_at"] == due
    told = [m["kind"] for m in portal.citizen("track", code)["messages"] if m["channel"] == "account"]
    assert told.count("supplement") == 2


def test_asked_before_reception_the_citizen_is_told_at_once_and_eight_hours_start_anew(portal):
    desk = portal.officer("tiepnhan1")
    code = portal.file(BUSINESS)
    desk.show(code)
    assert desk.refused("request-supplement", code, "--reason", "Thiếu tờ khai") == "papers-needed"
    desk.do("request-supplement", code, "--paper", "Tờ khai", "--reason", "Thiếu tờ khai")
    shown = desk.show(code)
    assert (state(shown), shown["accept_by"]) == ((5, "citizen_asked", "paused", None, None), None)
    portal.at("2026-11-23T14:30:00+07:00")
    desk.do("bring-supplement", code, "--paper", "Tờ khai=1/0/0")
    portal.at("2026-11-23T16:00:00+07:00")
    desk.do("accept-supplement", code)
    shown = desk.show(code)
    assert (state(shown), shown["accept_by"]) == (
        (1, None, "running", "new", None), "2026-11-25T14:30:00+07:00"
    )  # fmt: skip


def test_given_back_goes_to_the_desk_and_the_last_hand_over_can_be_recalled_while_untouched(portal):
    code, desk, clerk = in_hand(portal), portal.officer("tiepnhan1"), portal.officer("thuly1")
    assert clerk.refused("give-back", code, "--reason", " ") == "reason-needed"
    clerk.do("give-back", code, "--reason", "Không thuộc lĩnh vực của tôi")
    assert state(desk.show(code)) == (2, None, "running", "received", None)
    desk.do("forward", code, "--to", "thuly2")
    desk.do("recall", code)
    assert state(desk.show(code)) == (2, None, "running", "received", None)
    desk.do("forward", code, "--to", "thuly1")
    clerk.show(code)
    clerk.do("check", code, "--finding", "1=failed:Mờ, không đọc được")
    desk.show(code)
    assert desk.refused("recall", code) == "already-worked-on"


def test_submitted_to_the_head_not_approved_then_approved_and_nothing_passes_the_head_meanwhile(portal):
    code, clerk, head = in_hand(portal), portal.officer("thuly1"), portal.officer("lanhdao1")
    assert clerk.refused("submit", code, "--to", "thuly2") == "not-a-head"
    clerk.do("submit", code, "--to", "lanhdao1", "--note", "Đề nghị cấp phép")
    assert state(head.show(code)) == (4, None, "running", "mine", "lanhdao1")
    assert head.refused("complete", code) == "awaiting-approval"
    assert head.refused("disapprove", code, "--reason", " ") == "reason-needed"
    head.do("disapprove", code, "--reason", "Bổ sung ý kiến phòng cháy")
    assert state(clerk.show(code)) == (4, None, "running", "mine", "thuly1")
    clerk.do("submit", code, "--to", "lanhdao1")
    head.show(code)
    head.do("approve", code)
    clerk.show(code)
    clerk.do("complete", code)
    assert state(clerk.show(code))[0] == 9


def test_the_head_assigns_and_a_processor_takes_what_waits_in_the_units_queue(portal):
    desk, clerk, head = portal.officer("tiepnhan1"), portal.officer("thuly1"), portal.officer("lanhdao1")
    code = portal.file(BUILDING)
    desk.show(code)
    desk.do("receive", code)
    desk.do("forward", code, "--to", "H32.8.02")
    assert state(clerk.show(code)) == (4, None, "running", "unit", None)
    clerk.do("take", code)
    assert state(clerk.show(code)) == (4, None, "running", "mine", "thuly1")
    head.show(code)
    assert head.refused("assign", code, "--to", "thuly2") == "not-of-the-unit", "thuly2 belongs to another department"
    assert clerk.refused("assign", code, "--to", "thuly1") == "not-your-right"


def test_stopped_for_a_while_it_goes_on_stopped_for_good_it_does_not(portal):
    code, clerk = in_hand(portal), portal.officer("thuly1")
    before = clerk.shown(code)["due_at"]
    clerk.do("stop", code, "--reason", "Chờ kết luận thanh tra")
    assert state(clerk.show(code)) == (8, None, "paused", "paused", None)
    portal.at("2026-11-23T08:00:00+07:00")
    clerk.do("resume", code)
    shown = clerk.show(code)
    assert (state(shown), before, shown["due_at"]) == (
        (4, None, "running", "mine", "thuly1"), "2026-12-07T08:00:00+07:00", "2026-12-08T08:00:00+07:00"
    )  # fmt: skip
    clerk.do("stop", code, "--reason", "Đất đã bị thu hồi", "--ends")
    assert state(clerk.show(code)) == (8, None, "stopped", None, None)
    desk = portal.officer("tiepnhan1")
    desk.show(code)
    assert desk.refused("resume", code) == "stopped-for-good"


def test_withdrawn_at_the_desk_open_notices_end_with_it(portal):
    desk = portal.officer("tiepnhan1")
    code = portal.file("2.000635")
    desk.show(code)
    desk.do("notify", code, "--phi", "16000")
    desk.do("withdraw", code, "--reason", "Công dân có đơn xin rút ngày 20/11/2026")
    shown = desk.show(code)
    assert (shown["state"], shown["notices"][0]["state"], shown["fee_status"]) == (7, "cancelled", "none")


def test_everything_here_waits_without_a_network_and_arrives_in_order(portal):
    code, desk, clerk = in_hand(portal), portal.officer("tiepnhan1"), portal.officer("thuly1")
    portal.goes_down()
    said = clerk.cli("check", code, "--all")
    asked = clerk.cli("request-supplement", code, "--paper", "Bản vẽ", "--reason", "Thiếu mặt cắt")
    assert (said.code, asked.code) == (3, 3)
    assert state(clerk.shown(code)) == (5, "desk_to_ask", "paused", "paused", None)
    portal.comes_back()
    assert state(clerk.show(code)) == (5, "desk_to_ask", "paused", "paused", None)
    assert clerk.cli("outbox").lines == []
    assert state(desk.show(code)) == (5, "desk_to_ask", "paused", "to_ask", None)


def test_a_citizen_rates_the_service_once_the_result_is_there(portal):
    code, desk, clerk = in_hand(portal), portal.officer("tiepnhan1"), portal.officer("thuly1")
    clerk.do("complete", code)
    portal.citizen("rate", code, "--stars", "5", "--note", "Nhanh")
    desk.show(code)
    desk.do("return", code, "--to", "Trần Thị Mai")
    assert desk.show(code)["state"] == 10
