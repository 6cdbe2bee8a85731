"""Leave cover by command line: set, changed and ended by the head; what a resumed dossier finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.fee_scenes import away, obliged
from tests.e2e.officers import World, world


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        yield found


def test_a_resumed_dossier_finds_the_substitute_or_the_units_queue(portal):
    head, desk = portal.officer("lanhdao1"), portal.officer("tiepnhan1")
    leave = ("substitute", "thuly1", "--from", "2026-11-20", "--to", "2026-11-25")
    assert desk.refused(*leave, "--by", "thuly2") == "cover-not-yours"
    first, second = obliged(portal), obliged(portal)
    assert head.cli(*leave, "--by", "thuly2").one["substitute"] == "thuly2"
    portal.pay(first[1])
    shown = desk.show(first[0])
    assert (shown["state"], shown["assigned_to"], shown["history"][-1]["what"]) == (
        4, "thuly2", "Chuyển người xử lý thay"
    )  # fmt: skip
    substitute = portal.officer("thuly2")
    assert substitute.show(first[0])["queue"] == "paid_next"
    substitute.do("complete", first[0])
    assert substitute.show(first[0])["history"][-1]["by"] == "Lê Thị Kim Ngân (thay Nguyễn Hữu Phước)"

    head.cli(*leave)
    assert head.cli("substitutes").lines == [
        {"officer": "thuly1", "substitute": None, "from": "2026-11-20", "to": "2026-11-25"}
    ]
    portal.pay(second[1])
    shown = desk.show(second[0])
    assert (shown["state"], shown["assigned_to"]) == (4, None)
    assert portal.officer("thuly1").show(second[0])["queue"] == "unit"


def leave(who: str, first: str, last: str, by: str = "") -> tuple[str, ...]:
    return ("substitute", who, "--from", f"2026-11-{first}", "--to", f"2026-11-{last}", *(("--by", by) if by else ()))


def test_what_cannot_be_a_leave_is_said(portal):
    head = portal.officer("lanhdao1")
    assert head.cli(*leave("thuly1", "23", "27", "thuly2")).code == 0
    assert head.refused(*leave("thuly1", "25", "30")) == "leaves-overlap"
    assert head.refused(*leave("thuly2", "27", "30", "thuly1")) == "substitute-away"
    assert head.refused(*leave("thuly2", "18", "19")) == "leave-over"
    assert head.refused(*leave("thuly2", "27", "23")) == "leave-ends-first"
    assert head.refused(*leave("thuly2", "23", "27", "thuly2")) == "leave-ends-first"
    said = head.cli(*leave("thuly1", "25", "30")).one
    assert said["message"] == (
        "Nguyễn Hữu Phước đã có ngày nghỉ từ 23/11/2026 đến 27/11/2026. Sửa hoặc kết thúc lần nghỉ đó trước."
    )
    with away(portal):
        assert head.cli(*leave("thuly2", "28", "30")).code == 3
    assert len(head.cli("substitutes").lines) == 1


def test_a_leave_is_cut_short_or_taken_back(portal):
    head, desk = portal.officer("lanhdao1"), portal.officer("tiepnhan1")
    end = ("end-substitute", "thuly1", "--from", "2026-11-20")
    assert head.refused(*end) == "no-such-leave"
    head.cli(*leave("thuly1", "20", "27", "thuly2"))
    assert desk.refused(*end) == "cover-not-yours"
    code, notice = obliged(portal)
    cut = head.cli(*end, "--back-on", "2026-11-25").one
    assert cut == {"officer": "thuly1", "substitute": "thuly2", "from": "2026-11-20", "to": "2026-11-24"}
    assert head.cli(*end).one == {"officer": "thuly1", "ended": True}
    assert head.cli("substitutes").lines == []
    portal.pay(notice)
    assert desk.show(code)["assigned_to"] == "thuly1"


def test_a_substitute_who_falls_ill_himself_leaves_the_work_to_the_unit(portal):
    head, desk = portal.officer("lanhdao1"), portal.officer("tiepnhan1")
    head.cli(*leave("thuly1", "20", "25", "thuly2"))
    head.cli(*leave("thuly2", "20", "20"))
    code, notice = obliged(portal)
    portal.pay(notice)
    shown = desk.show(code)
    assert (shown["state"], shown["assigned_to"]) == (4, None)
