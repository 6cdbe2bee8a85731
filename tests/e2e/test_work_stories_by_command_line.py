"""The work stories that take more than one officer and one day, by command line: reception to return, Tết, form 04."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.fee_scenes import away, queued
from tests.e2e.officers import Officer, World, world
from tests.unit.printed_papers import text_of

BIRTH, BUILDING, LAND = "1.001193", "1.013225", "1.115345"


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        yield found


def in_hand(portal: World, procedure: str) -> str:
    """Filed online, received and with thuly1."""
    code, desk = portal.file(procedure), portal.officer("tiepnhan1")
    desk.show(code)
    desk.do("receive", code)
    desk.do("forward", code, "--to", "thuly1")
    portal.officer("thuly1").show(code)
    return code


def printed(officer: Officer, code: str, path: Path) -> str:
    """Print the form that fits the step; return its text."""
    assert officer.cli("form", code, "--out", str(path)).code == 0
    return text_of(path.read_bytes())


def test_received_at_the_counter_checked_completed_and_handed_back(portal, tmp_path):
    desk, clerk = portal.officer("tiepnhan1"), portal.officer("thuly2")
    code = desk.do("register", "--procedure", BIRTH, "--name", "Nguyễn Thị Cẩm Tú")["dossier_code"]
    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in printed(desk, code, tmp_path / "01.pdf")
    desk.do("forward", code, "--to", "thuly2")
    clerk.show(code)
    clerk.do("check", code, "--all")
    clerk.do("complete", code)
    assert desk.show(code)["queue"] == "to_return"
    desk.do("return", code, "--to", "Nguyễn Văn Tám")
    shown = desk.show(code)
    assert (shown["state"], shown["receipt_code"], shown["queue"]) == (10, "H32.8-20261120-0001", None)
    kinds = [item["kind"] for item in shown["history"]]
    assert kinds == ["submitted", "received", "forwarded", "components_checked", "completed", "returned"]


def test_suspended_for_nvtc_and_resumed_across_tet_with_the_right_date(portal):
    portal.at("2027-02-03T09:00:00+07:00")
    code = in_hand(portal, LAND)
    desk, clerk = portal.officer("tiepnhan1"), portal.officer("thuly1")
    portal.at("2027-02-04T09:00:00+07:00")
    clerk.do("suspend", code, "--reason", "Chờ thuế", "--nvtc", "4250000", "--tax-notice", "LTB2705001",
             "--tax-date", "04/02/2027", "--treasury", "7111")  # fmt: skip
    assert clerk.show(code)["due_at"] == "2027-02-26T15:00:00+07:00"
    desk.show(code)
    desk.do("accept-supplement", code)
    notice = desk.do("notify", code)["notice_id"]
    portal.at("2027-02-16T09:00:00+07:00")
    paper = ("--document-no", "GNT 0001234", "--document-date", "16/02/2027")
    desk.do("tick-paid", notice, "--amount", "4250000", "--method", "treasury", *paper)
    shown = clerk.show(code)
    assert (shown["state"], shown["due_at"]) == (4, "2027-03-03T15:00:00+07:00")


def test_overdue_form_04_is_proposed_printed_signed_and_printed_again(portal, tmp_path):
    code, clerk, head = in_hand(portal, BUILDING), portal.officer("thuly1"), portal.officer("lanhdao1")
    portal.at("2026-12-08T09:00:00+07:00")
    assert clerk.show(code)["apology"] == "late"
    clerk.do("propose-extension", code, "--until", "2026-12-14T10:00", "--reason", "Chờ ý kiến phòng cháy")
    head.show(code)
    head.do("extend", code)
    shown = clerk.show(code)
    assert (shown["due_at"], shown["extension"]["late"]) == ("2026-12-14T10:00:00+07:00", True)
    first, again = (printed(head, code, tmp_path / f"04-{number}.pdf") for number in range(2))
    for words in ("đã quá thời hạn nêu trên", "10 giờ 00 phút, ngày 14 tháng 12 năm 2026", "Phạm Văn Đức"):
        assert words in first
    assert ["Bản in lại lần 1" in paper for paper in (first, again)] == [False, True]


def test_two_desks_receive_one_dossier_and_the_second_is_told(portal):
    code = portal.file(BUILDING)
    first, second = portal.officer("tiepnhan1"), portal.officer("tiepnhan2")
    first.show(code)
    second.show(code)
    with away(portal):
        queued(second, "receive", code)
    first.do("receive", code)
    shown = second.show(code)
    assert [(row["type"], row["state"]) for row in second.cli("outbox").lines] == [("receive", "needs_decision")]
    decision = second.cli("decisions").one
    assert decision["message"] == "Hồ sơ đang ở bước “Được tiếp nhận” nên chưa thể tiếp nhận."
    assert second.cli("decide", decision["id"], "drop").code == 0
    assert (shown["state"], shown["receipt_code"]) == (2, first.show(code)["receipt_code"])
    assert [item["kind"] for item in second.show(code)["history"]] == ["submitted", "received"]
