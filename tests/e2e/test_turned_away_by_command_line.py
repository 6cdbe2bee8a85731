"""Whoever stands at the counter with too few papers, or at the wrong office, leaves with a paper that says why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.officers import World, world

BIRTH = "1.001193"
CERTIFICATE = (
    "Giấy chứng sinh hoặc văn bản người làm chứng/giấy cam đoan (1 chính; không nộp giấy nếu đã có dữ liệu ký số)"
)
WANTED = ("--missing", CERTIFICATE, "--reason", "Chưa có giấy chứng sinh", "--by", "30/11/2026")


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        yield found


def test_sent_for_a_paper_at_the_counter_it_is_never_received_until_the_paper_comes(portal):
    desk = portal.officer("tiepnhan1")
    told = desk.do("counter-supplement", "--procedure", BIRTH, "--name", "Trần Thị Mai", *WANTED)
    code = told["dossier_code"]
    assert (code, told["state"], told["outbox_state"]) == ("H32.8-261120-0001", 5, "acked")
    shown = desk.show(code)
    facts = shown["state"], shown["sub_state"], shown["receipt_code"], shown["due_at"]
    assert facts == (5, "citizen_asked", None, None)
    assert [event["kind"] for event in shown["history"]][:3] == ["submitted", "lodged", "supplement_requested"]
    desk.do("bring-supplement", code, "--paper", f"{CERTIFICATE}=1/0/0")
    desk.do("accept-supplement", code)
    assert desk.show(code)["state"] == 1
    desk.do("receive", code)
    shown = desk.show(code)
    assert (shown["state"], shown["receipt_code"]) == (2, "H32.8-20261120-0021")
    assert desk.cli("search", "tran mai").lines[0]["code"] == code, "the papers joined the same dossier"


def test_turned_away_without_a_network_with_the_desks_own_number_and_printed_reason(portal, tmp_path):
    desk = portal.officer("tiepnhan1")
    portal.goes_down()
    why = ("--reason", "Không thuộc thẩm quyền")
    said = desk.cli("counter-refuse", "--procedure", BIRTH, "--name", "Lê Văn Hai", *why)
    assert (said.code, said.one["dossier_code"], said.one["state"]) == (3, "H32.8-261120-0001", 3)
    assert [row["type"] for row in desk.cli("outbox").lines] == ["lodge", "refuse"]
    assert desk.cli("register", "--procedure", BIRTH, "--name", "Mai").one["dossier_code"] == "H32.8-261120-0002"
    portal.comes_back()
    shown = desk.show(said.one["id"])
    facts = shown["code"], shown["state"], shown["receipt_code"], shown["pending"]
    assert facts == ("H32.8-261120-0001", 3, None, [])
    assert shown["queue"] is None
    assert desk.show("H32.8-261120-0002")["receipt_code"] == "H32.8-20261120-0001", "a refusal takes no mã biên nhận"


POSTED = ("--result", "post", "--mail-name", "Mai")
BAD = (
    ("counter-refuse", (), ("--reason", "  "), "reason-needed"),
    ("counter-supplement", (), ("--reason", "Thiếu"), "papers-needed"),
    ("counter-supplement", (), (*WANTED[:4], "--by", "19/11/2026"), "supply-by-past"),
    ("counter-supplement", ("--phone", "12345"), WANTED, "phone-invalid"),
    ("register", (*POSTED, "--mail-phone", "1", "--mail-address", "Huế"), (), "phone-invalid"),
    ("register", (*POSTED, "--mail-phone", "0905118264"), (), "mailing-unsound"),
)


def test_nothing_is_written_while_something_is_missing(portal):
    desk = portal.officer("tiepnhan1")
    for verb, person, rest, code in BAD:
        said = desk.cli(verb, "--procedure", BIRTH, "--name", "Mai", *person, *rest)
        found = said.one
        codes = {found.get("refused"), *(item["code"] for item in found.get("failed", ()))}
        assert (said.code, code in codes) == (1, True), (verb, person, said)
    assert desk.cli("outbox").lines == []
    clerk = portal.officer("thuly1")
    assert clerk.refused("counter-refuse", "--procedure", BIRTH, "--name", "Mai", "--reason", "x") == "not-your-right"


def test_a_result_posted_elsewhere_keeps_its_own_address_through_corrections(portal):
    desk = portal.officer("tiepnhan1")
    where = ("--mail-name", "Lê Văn  Ba", "--mail-phone", "+84 905 777 888", "--mail-address", "45 Lý Tự Trọng, Huế")
    code = desk.do("register", "--procedure", BIRTH, "--name", "Mai", "--result", "post", *where)["dossier_code"]
    kept = {"name": "Lê Văn Ba", "phone": "0905777888", "address": "45 Lý Tự Trọng, Huế"}
    assert desk.show(code)["mail_to"] == kept
    desk.do("correct", code, "--name", "Trần Thị Mai", "--reason", "Sai tên")
    assert desk.show(code)["mail_to"] == kept
    desk.do("correct", code, "--result", "counter", "--reason", "Công dân tới lấy")
    assert desk.show(code)["mail_to"] is None
