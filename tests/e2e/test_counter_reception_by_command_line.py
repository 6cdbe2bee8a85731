"""A citizen stands at the counter: received with or without a network, numbered from the desk's own block."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.officers import World, world

BIRTH = "1.001193"
BUSINESS = "1.001612"
CARD = "056090123456||Nguyễn Văn A|01021990|Nam|Tổ 1, Phường Nha Trang, Khánh Hòa|15042021"


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        yield found


def born_on_portal(portal: World, code: str) -> str:
    with portal.server.portal.database.reading() as connection:
        body = connection.exec_driver_sql("SELECT body FROM dossiers WHERE code = ?", (code,)).scalar_one()
    return str(json.loads(body)["applicant"]["birth_date"])


def test_received_at_the_counter_it_walks_on_like_any_other(portal):
    desk, clerk = portal.officer("tiepnhan1"), portal.officer("thuly2")
    told = desk.do("register", "--procedure", BIRTH, "--card", CARD, "--phone", "0905 123 214")
    assert (told["outbox_state"], told["dossier_code"], told["receipt_code"]) == (
        "acked", "H32.8-261120-0001", "H32.8-20261120-0001"
    )  # fmt: skip
    shown = desk.show(told["dossier_code"])
    assert (shown["id"], shown["state"], shown["queue"], shown["pending"]) == (told["id"], 2, "received", [])
    assert shown["due_at"] == "2026-11-23T08:00:00+07:00"
    desk.do("forward", told["receipt_code"], "--to", "thuly2")
    assert clerk.show(told["receipt_code"])["state"] == 4


def test_without_a_network_numbers_come_from_the_block_and_two_desks_never_give_the_same(portal):
    first, second = portal.officer("tiepnhan1"), portal.officer("tiepnhan2")
    portal.goes_down()
    codes = []
    for desk in (first, second, first):
        said = desk.cli("register", "--procedure", BIRTH, "--name", "Trần Thị Mai")
        assert (said.code, said.one["outbox_state"]) == (3, "queued"), said
        codes.append((said.one["dossier_code"], said.one["receipt_code"]))
    assert codes == [
        ("H32.8-261120-0001", "H32.8-20261120-0001"),
        ("H32.8-261120-0021", "H32.8-20261120-0021"),
        ("H32.8-261120-0002", "H32.8-20261120-0002"),
    ]
    here = first.shown(codes[2][1])
    assert (here["state"], here["queue"], here["pending"]) == (2, "received", ["register"])
    assert [line["code"] for line in first.cli("search", "tran mai").lines] == [codes[2][0], codes[0][0]]
    portal.comes_back()
    for desk in (first, second):
        assert desk.cli("sync").code == 0
        assert desk.cli("outbox").lines == []
    assert [first.show(code)["receipt_code"] for code, _ in codes] == [receipt for _, receipt in codes]
    online = portal.file(BIRTH)
    assert online == "H32.8-261120-0041", "numbers of a block are given to nobody else"


def test_money_taken_at_once_for_a_dossier_that_the_portal_has_never_seen(portal):
    desk = portal.officer("tiepnhan1")
    portal.goes_down()
    code = desk.cli("register", "--procedure", BIRTH, "--name", "Trần Thị Mai").one["dossier_code"]
    said = desk.cli("collect", code, "--le-phi", "15000", "--method", "cash", "--info", "Thu tiền mặt tại quầy số 1")
    assert (said.code, desk.shown(code)["fee_status"]) == (3, "paid")
    portal.comes_back()
    shown = desk.show(code)
    assert (shown["fee_status"], shown["pending"], len(shown["notices"][0]["payments"])) == ("paid", [], 1)


def test_when_the_block_is_used_up_the_portal_gives_the_number_later(portal):
    desk = portal.officer("tiepnhan1")
    portal.goes_down()
    told = [desk.cli("register", "--procedure", BIRTH, "--name", f"Người {n}").one for n in range(21)]
    assert (told[19]["dossier_code"], told[20]["dossier_code"], told[20]["receipt_code"]) == (
        "H32.8-261120-0020", "", None
    )  # fmt: skip
    assert desk.shown(told[20]["id"])["receipt_code"] is None
    portal.comes_back()
    shown = desk.show(told[20]["id"])
    assert (shown["code"], shown["receipt_code"]) == ("H32.8-261120-0021", "H32.8-20261120-0021")


def test_a_receipt_counts_from_the_moment_at_the_counter_not_from_the_network(portal):
    desk = portal.officer("tiepnhan1")
    portal.goes_down()
    code = desk.cli("register", "--procedure", BUSINESS, "--name", "Trần Thị Mai").one["dossier_code"]
    here = desk.shown(code)["due_at"]
    portal.comes_back()
    portal.at("2026-11-23T09:00:00+07:00")
    assert (desk.show(code)["due_at"], here) == ("2026-11-26T08:00:00+07:00", "2026-11-26T08:00:00+07:00")


def test_numbers_never_given_are_reported_when_their_day_is_over(portal):
    desk = portal.officer("tiepnhan1")
    desk.do("register", "--procedure", BIRTH, "--name", "Trần Thị Mai")
    portal.at("2026-11-21T08:00:00+07:00")
    assert desk.cli("sync").code == 0
    with portal.server.portal.database.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT kind, first, last, returned_from FROM number_blocks WHERE day = '2026-11-20' ORDER BY kind"
        ).all()
    assert [tuple(row) for row in rows] == [("code", 1, 20, 2), ("receipt", 1, 20, 2)]


def test_a_mistake_found_after_printing_is_corrected_with_a_reason_and_keeps_its_numbers(portal):
    desk = portal.officer("tiepnhan1")
    also = ("--birth-date", "14/07/1990", "--result-also-online")
    told = desk.do("register", "--procedure", BIRTH, "--name", "Trần Thị Mai", *also)
    code = told["dossier_code"]
    assert desk.refused("correct", code, "--procedure", BUSINESS, "--reason", " ") == "reason-needed"
    desk.do("correct", code, "--procedure", BUSINESS, "--name", "Trần Thị Mại", "--reason", "Nhận nhầm thủ tục")
    shown = desk.show(code)
    assert (shown["code"], shown["receipt_code"], shown["due_at"]) == (
        code, told["receipt_code"], "2026-11-26T08:00:00+07:00"
    )  # fmt: skip
    assert (born_on_portal(portal, code), shown["result_also_online"]) == ("1990-07-14", True)
    desk.do("correct", code, "--no-result-also-online", "--birth-date", "1991-07-14", "--reason", "Sai năm sinh")
    assert (born_on_portal(portal, code), desk.show(code)["result_also_online"]) == ("1991-07-14", False)
    assert desk.cli("search", "mai").lines[0]["procedure_code"] == BUSINESS


BAD = (
    (("--name", ""), "name-empty"),
    (("--name", "A" * 201), "name-too-long"),
    (("--name", "Mai", "--phone", "12345"), "phone-invalid"),
    (("--name", "Mai", "--id-no", "123456789"), "citizen-number-old"),
    (("--name", "Mai", "--id-no", "12345"), "citizen-number-invalid"),
    (("--name", "Công ty Mai", "--organisation", "--id-no", "0100109107"), "tax-code-invalid"),
    (("--name", "Mai", "--birth-date", "21/11/2026"), "birth-date-off"),
    (("--name", "Mai", "--birth-date", "1990"), "date-malformed"),
    (("--card", "056090123456||Nguyễn"), "card-not-recognised"),
    (("--card", CARD.replace("01021990", "31021990")), "card-date-invalid"),
    (("--card", "GD4797932|4e677579|01/01/1990|1|x|y|z"), "card-not-recognised"),
    (("--name", "Mai", "--paper", "=1/0/0"), "component-unsound"),
)


def test_what_cannot_be_read_is_said_in_a_sentence_and_nothing_is_written(portal):
    desk = portal.officer("tiepnhan1")
    for options, code in BAD:
        said = desk.cli("register", "--procedure", BIRTH, *options)
        found = said.one if said.lines else {}
        codes = {found.get("refused"), found.get("code"), *(item["code"] for item in found.get("failed", ()))}
        assert said.code == 1, (options, said)
        assert code in codes, (options, said)
    assert desk.refused("register", "--procedure", "9.999999", "--name", "Mai") == "no-such-procedure"
    assert (desk.cli("outbox").lines, desk.cli("list", "--queue", "received").lines) == ([], [])


def test_only_reception_registers(portal):
    clerk = portal.officer("thuly1")
    assert clerk.refused("register", "--procedure", BIRTH, "--name", "Mai") == "not-your-right"
