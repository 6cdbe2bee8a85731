"""Đối chiếu: planted differences between this desk's journal and the portal's list are found, by key and by sum."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import text

from app.errors import Offline
from app.services import decisions, payments, reconciliation
from app.services.desk import Desk
from tests.fakes import FakeClock
from tests.integration.desk_at_sandbox import line_down
from tests.integration.real_desk import notify, send_all, signed_in, tick
from tests.integration.sandbox_desk import SandboxDesk, file_dossier

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def desk(sandbox, tmp_path) -> Iterator[Desk]:
    found = signed_in(sandbox.base_url, tmp_path / "profile", FakeClock())
    yield found
    found.close()


def taken(desk: Desk, base_url: str, *sums: int) -> list[str]:
    """Take these sums for one notice each; return the keys, all confirmed."""
    keys = []
    for amount in sums:
        dossier_id = file_dossier(base_url)
        desk.engine.puller.pull_all()
        keys.append(tick(desk, notify(desk, dossier_id, amount), amount).key)
    send_all(desk)
    desk.engine.puller.pull_all()
    return keys


def at_portal(sandbox, statement: str, **params: object) -> None:
    with sandbox.portal.database.writing() as connection:
        connection.execute(text(statement), params)


def test_an_honest_day_agrees_and_what_is_not_sent_stands_apart(sandbox, desk):
    taken(desk, sandbox.base_url, 120_000, 8_000)
    dossier_id = file_dossier(sandbox.base_url)
    desk.engine.puller.pull_all()
    notice = notify(desk, dossier_id, 40_000)
    desk.engine.puller.pull_all()
    payments.reverse(desk, _first_payment(desk), "Ghi nhầm")
    send_all(desk)
    tick(desk, notice, 40_000)
    found = reconciliation.compared(desk, FRIDAY)
    ours = [item for item in found.differences if item.code != "reconcile-not-here"]
    assert (found.here, found.waiting, ours) == (128_000 - 120_000 + 40_000, 40_000, [])


def test_planted_differences_are_named_by_their_key(sandbox, desk):
    lost, other, same = taken(desk, sandbox.base_url, 120_000, 8_000, 5_000)
    at_portal(sandbox, "delete from commands where key = :k", k=lost)
    at_portal(sandbox, "update commands set amount = 80000 where key = :k", k=other)
    found = reconciliation.compared(desk, FRIDAY)
    seen = {item.key: (item.code, item.here, item.there) for item in found.differences if item.key != same}
    assert seen[lost] == ("reconcile-not-at-portal", 120_000, None)
    assert seen[other] == ("reconcile-differs", 8_000, 80_000)
    assert same not in {item.key for item in found.differences}
    assert found.waiting == 0


def test_money_under_my_name_that_this_desk_never_wrote_is_named_too(sandbox, desk):
    elsewhere = SandboxDesk(sandbox.base_url, "tiepnhan1")
    dossier_id = file_dossier(sandbox.base_url)
    notice = elsewhere.notify(dossier_id)
    envelope = elsewhere.tick(dossier_id, notice, 120_000)
    assert elsewhere.send(envelope)[0]["status"] == "done"
    elsewhere.close()
    found = {item.key: item for item in reconciliation.compared(desk, FRIDAY).differences}
    assert (found[envelope["key"]].code, found[envelope["key"]].there) == ("reconcile-not-here", 120_000)


def test_without_a_line_nothing_is_claimed(sandbox, desk):
    taken(desk, sandbox.base_url, 8_000)
    with line_down(sandbox.base_url), pytest.raises(Offline):
        reconciliation.compared(desk, FRIDAY)
    assert decisions.waiting(desk) == ()


def _first_payment(desk: Desk) -> str:
    with desk.store.read() as connection:
        return str(connection.execute(text("select payment_id from journal order by seq limit 1")).scalar())
