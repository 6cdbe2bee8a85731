"""A copy to the applicant, where the unit wants it: an organisation whose representative filed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conditions import until
from tests.e2e.fee_scenes import CASH, EXTRACT
from tests.e2e.officers import Officer, World, world

FIRM = ("--for-name", "Công ty TNHH Biển Xanh", "--for-kind", "organisation", "--for-email", "vanthu@bienxanh.example")
HERS = "tran.thi.mai@congdan.example"


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        yield found


def copies_on(portal: World) -> None:
    administrator = portal.officer("quantri")
    assert administrator.cli("settings").one["copy_to_applicant"] is False
    assert administrator.cli("settings", "--copy-to-applicant", "yes").one["copy_to_applicant"] is True


def filed_for_the_firm(portal: World, *more: str) -> tuple[str, Officer]:
    code = portal.file(EXTRACT, "Trần Thị Mai", *FIRM, *more)
    desk = portal.officer("tiepnhan1")
    desk.show(code)
    return code, desk


def told(portal: World, code: str, kind: str) -> list[tuple[str, str]]:
    found = portal.citizen("track", code)["messages"]
    return sorted((m["channel"], m["address"]) for m in found if m["kind"] == kind)


SUBMITTER_ONLY = [("account", "tran.thi.mai"), ("email", HERS), ("sms", "0905123456")]
BOTH = [("account", "tran.thi.mai"), ("email", HERS), ("email", "vanthu@bienxanh.example"), ("sms", "0905123456")]


def test_at_first_only_the_submitter_is_told(portal):
    code, desk = filed_for_the_firm(portal)
    desk.do("notify", code, "--phi", "120000")
    until(lambda: told(portal, code, "fee") == SUBMITTER_ONLY)
    assert desk.show(code)["notices"][0]["copies"] == []


def test_with_the_setting_every_message_goes_to_the_organisation_too(portal):
    copies_on(portal)
    code, desk = filed_for_the_firm(portal)
    assert desk.shown(code)["applicant"] == "Công ty TNHH Biển Xanh"
    notice = desk.do("notify", code, "--phi", "120000")["notice_id"]
    until(lambda: told(portal, code, "fee") == BOTH)
    until(lambda: copies(desk, code) == [("email", "delivered", "vanthu@bienxanh.example")])
    seen = desk.cli("preview", "remind", notice).lines
    assert [(line["channel"], line["address"]) for line in seen if line["copy"]] == [
        ("email", "vanthu@bienxanh.example")
    ]
    assert "Kính gửi Công ty TNHH Biển Xanh" in seen[-1]["body"]
    desk.do("remind", notice)
    until(lambda: told(portal, code, "reminder") == BOTH)
    desk.do("tick-paid", notice, "--amount", "50000", *CASH)
    seen = desk.cli("preview", "cancel-notice", notice, "--reason", "Tính sai").lines
    assert sum(line["copy"] for line in seen) == 1
    desk.do("cancel-notice", notice, "--reason", "Tính sai")
    until(lambda: told(portal, code, "cancel") == BOTH)


def copies(desk: Officer, code: str) -> list[tuple[str, str, str]]:
    found: list[dict[str, Any]] = desk.show(code)["notices"][0]["copies"]
    return [(d["channel"], d["state"], d["address"]) for d in found]


def test_an_address_they_share_is_told_once(portal):
    copies_on(portal)
    code = portal.file(EXTRACT, "Trần Thị Mai", "--for-name", "Trần Văn Ba", "--for-email", HERS)
    desk = portal.officer("tiepnhan1")
    desk.show(code)
    desk.do("notify", code, "--phi", "120000")
    until(lambda: told(portal, code, "fee") == SUBMITTER_ONLY)


def test_a_dead_address_of_the_applicant_is_not_tried_again_and_stops_nothing(portal):
    copies_on(portal)
    code, desk = filed_for_the_firm(portal, "--for-phone", "0258123456")
    notice = desk.do("notify", code, "--phi", "120000")["notice_id"]
    until(lambda: ("sms", "failed", "0258123456") in copies(desk, code))
    until(lambda: len(told(portal, code, "fee")) == 4)
    desk.do("remind", notice)
    until(lambda: told(portal, code, "reminder") == BOTH)
    assert ("sms", "failed", "0258123456") in copies(desk, code)
    desk.do("remind", notice)
    until(lambda: len(told(portal, code, "reminder")) == 8)
    assert "0258123456" not in {address for _, address in told(portal, code, "reminder")}
