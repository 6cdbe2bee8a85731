"""An officer loses every role while cash he took is unsent: it stays, the head hands it over, it counts once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app import texts
from app.bootstrap import open_desk
from app.errors import PortalProblem
from app.services import session
from app.services.desk import Desk
from tests.e2e.fee_scenes import CASH, away, notified, queued
from tests.e2e.officers import Officer, World, world
from tests.e2e.test_absent_officer import sits_down, unsent

NO_ROLE = (
    "Tài khoản này không còn vai trò nào nên Cổng không nhận việc. Việc chưa gửi và tiền đã thu vẫn nằm trên máy này; "
    "lãnh đạo đơn vị giao cho người khác gửi."
)
FORBIDDEN = (
    "Tài khoản này không còn quyền làm việc đó. Việc vẫn được giữ trên máy; lãnh đạo đơn vị giao cho người khác gửi "
    "được."
)
WAITING = {
    "officer": "tiepnhan2", "desk": "quay-1", "count": 3, "undecided": 0, "amount": 120_000, "handed_to": None
}  # fmt: skip


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        yield found


def bar(portal: World, barred: bool) -> None:
    portal.post("/sandbox/accounts", {"username": "tiepnhan2", "roles": [] if barred else None})


def took_cash(portal: World, order: str) -> tuple[Officer, str]:
    """tiepnhan2 works away from the network, each letter of ``order`` a deed; then the role is gone.

    r: receives the dossier; a, b: takes the two parts of its fee.
    """
    code, notice = notified(portal)
    gone = sits_down(portal, "tiepnhan2")
    with away(portal):
        deeds = {"a": ("tick-paid", notice, "--amount", "50000", *CASH), "r": ("receive", code),
                 "b": ("tick-paid", notice, "--amount", "70000", *CASH)}  # fmt: skip
        for letter in order:
            queued(gone, *deeds[letter])
    bar(portal, True)
    return gone, code


def states(officer: Officer) -> list[tuple[str, str]]:
    return [(line["type"], line["state"]) for line in officer.cli("outbox").lines]


def payments(shown: dict[str, Any]) -> list[tuple[str, int, bool]]:
    return [(p["recorded_by"], p["amount"], p["needs_second"]) for p in shown["notices"][0]["payments"]]


def handed_over(portal: World) -> Officer:
    """A working hour later the head hands it to tiepnhan1, who sits at that desk now and sends it."""
    here, head = sits_down(portal, "tiepnhan1"), portal.officer("lanhdao1")
    assert unsent(here) == [WAITING]
    portal.at("2026-11-20T09:30:00+07:00")
    assert here.cli("sync").code == 0
    assert unsent(head) == [WAITING]
    assert head.cli("hand-over", "tiepnhan2", "--to", "tiepnhan1").one["handed_to"] == "tiepnhan1"
    here = sits_down(portal, "tiepnhan1")
    # The dossier cannot be received before a second officer has confirmed; the cash behind that deed goes on.
    assert here.cli("send-for", "tiepnhan2").one == {"officer": "tiepnhan2", "sent": 2, "left": 0, "undecided": 1}
    return here


def counted_once(portal: World, here: Officer, code: str) -> None:
    """Both sums stand once, under the name of who took them, and wait for a second officer."""
    shown = here.show(code)
    assert payments(shown) == [("tiepnhan2", 50_000, True), ("tiepnhan2", 70_000, True)]
    assert (shown["state"], shown["fee_status"]) == (1, "due")
    here.cli("send-for", "tiepnhan2")  # once more changes nothing
    bar(portal, False)
    back = sits_down(portal, "tiepnhan2")
    assert back.cli("sync").code == 0
    assert states(back) == [("receive", "needs_decision")]
    assert [(item["amount"], item["sent"]) for item in back.cli("collected").lines[:-1]] == [
        (50_000, True), (70_000, True)
    ]  # fmt: skip
    assert payments(back.show(code)) == [("tiepnhan2", 50_000, True), ("tiepnhan2", 70_000, True)]
    assert back.cli("journal", "verify").one["ok"] is True


@contextmanager
def opened(officer: Officer) -> Iterator[Desk]:
    desk = open_desk(officer.profile)
    try:
        yield desk
    finally:
        desk.close()


def test_who_hears_it_from_the_feed_sends_nothing_more_and_it_is_handed_over(portal):
    gone, code = took_cash(portal, "arb")
    with opened(gone) as desk:
        with pytest.raises(PortalProblem, match="no-role"):
            desk.engine.puller.step()
        assert not desk.engine.sender.step()
        link = session.connection(desk)
        assert (link.state, texts.sentence(link.code), link.unsent) == ("barred", NO_ROLE, 3)
    assert states(gone) == [("tick_paid", "queued"), ("receive", "queued"), ("tick_paid", "queued")]
    counted_once(portal, handed_over(portal), code)


def test_what_the_portal_did_not_take_from_him_is_handed_over_as_well(portal):
    gone, code = took_cash(portal, "arb")
    said = gone.cli("sync")
    assert (said.code, said.one["message"]) == (3, NO_ROLE)
    assert states(gone) == [("tick_paid", "parked"), ("receive", "parked"), ("tick_paid", "parked")]
    assert {line["message"] for line in gone.cli("decisions").lines} == {FORBIDDEN}
    assert [gone.refused("decide", line["id"], "drop") for line in gone.cli("decisions").lines[::2]] == [
        "no-such-decision", "no-such-decision"
    ]  # fmt: skip
    counted_once(portal, handed_over(portal), code)


def test_who_gets_the_role_back_sends_his_own_work_and_nobody_presses_anything(portal):
    gone, code = took_cash(portal, "abr")
    assert gone.cli("sync").code == 3
    bar(portal, False)
    assert gone.cli("sync").code == 0
    shown = gone.show(code)
    assert payments(shown) == [("tiepnhan2", 50_000, False), ("tiepnhan2", 70_000, False)]
    assert (shown["state"], shown["fee_status"]) == (2, "paid")
    assert states(gone) == []
