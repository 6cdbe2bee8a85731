"""The province gives an officer another role while she works: nothing is lost, the lists are those of the new one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app import texts
from app.bootstrap import open_desk
from app.errors import SignedOut
from app.services import session
from tests.e2e.fee_scenes import CASH, away, notified, queued
from tests.e2e.officers import Officer, World, world
from tests.e2e.test_absent_officer import sits_down
from tests.e2e.test_lost_role import payments

CHANGED = "Quyền của tài khoản này đã thay đổi. Đăng nhập lại để thấy đúng việc của mình; việc chưa gửi còn nguyên."


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path) as found:
        yield found


def given(portal: World, *roles: str, username: str = "tiepnhan2") -> None:
    portal.post("/sandbox/accounts", {"username": username, "roles": roles})


def place(officer: Officer, code: str) -> tuple[str, str]:
    """Return the list in which this machine has a dossier, and what it waits for."""
    desk = open_desk(officer.profile)
    try:
        with desk.store.read() as connection:
            found: Any = connection.exec_driver_sql("select queue, state from dossier_row where code = ?", (code,))
            return tuple(found.one())
    finally:
        desk.close()


def test_an_open_desk_hears_of_it_keeps_its_work_and_shows_the_new_lists_after_the_next_sign_in(portal):
    code, notice = notified(portal)
    her = sits_down(portal, "tiepnhan2")
    assert her.cli("sync").code == 0
    assert place(her, code) == ("awaiting_payment", 1)
    with away(portal):
        queued(her, "tick-paid", notice, "--amount", "120000", *CASH)
    given(portal, "head")
    desk = open_desk(her.profile)
    with pytest.raises(SignedOut, match="rights-changed"):
        desk.engine.puller.step()
    with pytest.raises(SignedOut, match="rights-changed"):
        desk.engine.puller.step()
    assert not desk.engine.sender.step()
    link = session.connection(desk)
    assert (link.state, texts.sentence(link.code), link.unsent) == ("signed_out", CHANGED, 1)
    desk.close()

    assert her.sign_in().code == 0
    assert place(her, code)[0] == "unit"
    shown = her.show(code)
    assert payments(shown) == [("tiepnhan2", 120_000, True)], "cash is a fact; whoever may take it now confirms it"
    assert place(her, code)[0] == "unit"
    assert her.cli("outbox").lines == []

    given(portal, "reception")
    assert her.cli("sync").code != 0
    assert her.sign_in().code == 0
    assert her.cli("sync").code == 0, "the cursor of before the sign-in ends too, and nobody is sent away again"
    assert place(her, code)[0] == "awaiting_payment"


def test_cash_of_a_role_that_ended_before_it_was_sent_arrives_all_the_same(portal):
    code, notice = notified(portal)
    given(portal, "cashier", username="lanhdao1")
    her = sits_down(portal, "lanhdao1")
    assert her.cli("sync").code == 0
    with away(portal):
        queued(her, "tick-paid", notice, "--amount", "120000", *CASH)
    given(portal, "head", username="lanhdao1")
    assert her.cli("sync").code != 0
    assert payments(her.shown(code)) == [("lanhdao1", 120_000, False)]
    assert her.sign_in().code == 0
    assert payments(her.show(code)) == [("lanhdao1", 120_000, True)]
    assert her.cli("outbox").lines == her.cli("decisions").lines == []
