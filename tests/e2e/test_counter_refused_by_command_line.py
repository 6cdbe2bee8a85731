"""A registration that the portal refuses waits for a human; nothing of its lane is lost, money least of all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.officers import Officer, World, world

BIRTH = "1.001193"


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        yield found


def forget_blocks(portal: World) -> None:
    """Let the portal lose the blocks it gave out, as after a restore from an old copy."""
    with portal.server.portal.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM number_blocks")


def received_with_money_offline(portal: World, desk: Officer) -> dict[str, str]:
    portal.goes_down()
    told = desk.cli("register", "--procedure", BIRTH, "--name", "Trần Thị Mai").one
    money = ("--le-phi", "15000", "--method", "cash", "--info", "Thu tiền mặt tại quầy số 1")
    assert desk.cli("collect", told["dossier_code"], *money).code == 3
    portal.comes_back()
    return told


def test_numbers_that_the_portal_does_not_know_are_replaced_and_the_money_follows(portal):
    desk = portal.officer("tiepnhan1")
    told = received_with_money_offline(portal, desk)
    forget_blocks(portal)
    desk.cli("sync")
    [waits] = desk.cli("decisions").lines
    assert waits["dossier_code"] == "H32.8-20261120-0001"
    assert waits["message"] == (
        "Mã H32.8-261120-0001 không thuộc dải số cấp cho máy này. Việc được giữ lại; gửi lại để Cổng cấp số."
    )
    assert [(choice["id"], choice["recommended"]) for choice in waits["choices"]] == [("new-number", True)]
    assert [row["type"] for row in desk.cli("outbox").lines] == ["register", "collect"]
    kept = desk.shown(told["id"])
    assert (kept["state"], kept["fee_status"], kept["pending"]) == (2, "paid", ["register", "collect"])

    desk.do("decide", waits["id"], "new-number")
    shown = desk.show(told["id"])
    assert (shown["code"], shown["receipt_code"]) == ("H32.8-261120-0021", "H32.8-20261120-0021")
    assert (shown["state"], shown["fee_status"], shown["pending"]) == (2, "paid", [])
    assert [payment["amount"] for payment in shown["notices"][0]["payments"]] == [15_000]
    assert (desk.cli("outbox").lines, desk.cli("decisions").lines) == ([], [])


def test_a_refused_registration_alone_may_be_dropped(portal):
    desk = portal.officer("tiepnhan1")
    portal.goes_down()
    told = desk.cli("register", "--procedure", BIRTH, "--name", "Trần Thị Mai").one
    portal.comes_back()
    forget_blocks(portal)
    desk.cli("sync")
    [waits] = desk.cli("decisions").lines
    assert [choice["id"] for choice in waits["choices"]] == ["new-number", "drop"]
    assert desk.cli("decide", waits["id"], "drop").code == 0
    assert desk.cli("show", told["id"]).code == 1
    assert desk.cli("decisions").lines == []


def test_a_desk_whose_clock_is_a_day_ahead_is_told_and_loses_nothing(portal):
    desk = portal.officer("tiepnhan1")
    portal.at("2026-11-23T10:00:00+07:00")
    portal.goes_down()
    told = desk.cli("register", "--procedure", BIRTH, "--name", "Trần Thị Mai").one
    portal.comes_back()
    portal.post("/sandbox/clock", {"now": "2026-11-20T10:00:00+07:00"})
    desk.cli("sync")
    [waits] = desk.cli("decisions").lines
    assert waits["message"] == "Giờ nhận 10:00 23/11/2026 chưa tới. Kiểm tra đồng hồ của máy; chưa tiếp nhận gì."
    kept = desk.shown(told["id"])
    assert (kept["code"], kept["state"], kept["pending"]) == (told["dossier_code"], 2, ["register"])
    portal.at("2026-11-23T10:01:00+07:00")
    desk.do("decide", waits["id"], "again")
    shown = desk.show(told["id"])
    assert (shown["code"], shown["receipt_code"]) == ("H32.8-261123-0001", "H32.8-20261123-0001")
    assert shown["pending"] == []
