"""Mirror and projection: what lists show is always the fold of mirror and outbox, and a resync loses no work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
import requests
from sqlalchemy import select, text

from app.contract.wire import Change
from app.domain.dossier import Component
from app.domain.people import Person
from app.domain.words import State
from app.sandbox.server import SandboxServer
from app.services import counter, inbox, outbox, reception, session
from app.services.desk import Desk
from app.store import mirror, state
from app.store.schema import belonging, dossier_row
from app.store.state import Name
from app.sync.apply_page import apply_changes, rebuild
from tests.fakes import FakeClock
from tests.integration.real_desk import notify, send_all, signed_in, tick
from tests.integration.sandbox_desk import file_dossier, move_clock, plan_faults

PERSON = Person("Trần Thị Mai", identity_no="056190001234", phone="0905123456")


@pytest.fixture
def desk(sandbox: SandboxServer, tmp_path: Path) -> Iterator[Desk]:
    plan_faults(sandbox.base_url)
    found = signed_in(sandbox.base_url, tmp_path / "profile", FakeClock())
    yield found
    found.close()


def offline(sandbox: SandboxServer) -> None:
    plan_faults(sandbox.base_url, {"path": "/v1/*", "kind": "drop_before", "times": 1000})


def online(sandbox: SandboxServer) -> None:
    plan_faults(sandbox.base_url)


def derived(desk: Desk) -> tuple[list[object], list[object], list[object]]:
    """Everything that was derived, in an order that does not depend on when."""
    columns = [column for column in dossier_row.c if column.name != "pk"]
    with desk.store.read() as connection:
        listed = [tuple(row) for row in connection.execute(select(*columns).order_by(dossier_row.c.id))]
        things = select(belonging).order_by(belonging.c.id, belonging.c.dossier_id)
        owned = [tuple(row) for row in connection.execute(things)]
        words = [
            sorted(str(inbox_id) for inbox_id in connection.execute(text(
                "SELECT dossier_row.id FROM dossier_fts JOIN dossier_row ON dossier_row.pk = dossier_fts.rowid "
                "WHERE dossier_fts MATCH :typed"), {"typed": typed}).scalars())
            for typed in ("mai*", "0905*", "h32*")
        ]  # fmt: skip
    return listed, owned, words


def recomputed(desk: Desk) -> tuple[list[object], list[object], list[object]]:
    rebuild(desk.store, desk.projector)
    return derived(desk)


def test_what_lists_show_equals_the_fold_recomputed_at_every_step(sandbox, desk):
    """I10: view = fold(mirror, pending), stored = recomputed; online, offline, refused, undone, acknowledged."""
    first, second = file_dossier(sandbox.base_url), file_dossier(sandbox.base_url)

    def same() -> None:
        stored = derived(desk)
        assert stored == recomputed(desk)
        assert len(stored[2][0]) >= 2

    desk.engine.puller.pull_all()
    same()
    notice = notify(desk, first)
    same()
    offline(sandbox)
    tick(desk, notice)
    same()
    acted = reception.receive(desk, second)
    same()
    assert outbox.undo(desk, acted.key)
    same()
    reception.refuse(desk, second, "Nộp trùng")
    same()
    born = counter.register(desk, counter.CounterForm("1.001193", PERSON, PERSON, (Component("Tờ khai", originals=1),)))
    same()
    assert inbox.key_of(desk, born.dossier_id) is not None, "born at this desk, and gone from the list"
    desk.engine.sender.step()
    same()
    online(sandbox)
    send_all(desk)
    same()
    desk.engine.puller.pull_all()
    same()
    assert inbox.card(desk, first).pending == inbox.card(desk, second).pending == ()


def test_an_older_or_equal_version_changes_nothing_and_disorder_is_harmless(sandbox, desk):
    dossier_id = file_dossier(sandbox.base_url)
    desk.engine.puller.pull_all()
    with desk.store.read() as connection:
        old = mirror.bodies(connection, [dossier_id])[dossier_id]
        version = mirror.versions(connection, [dossier_id])[dossier_id]
    acted = reception.receive(desk, dossier_id)
    assert desk.engine.work_lane(dossier_id, acted.key).value == "acked"
    before = derived(desk)
    for stale in (version, version - 1):
        assert apply_changes(desk.store, desk.projector, [Change(dossier_id, stale, old)]).ids == ()
    assert derived(desk) == before
    assert inbox.card(desk, dossier_id).dossier.state is State.RECEIVED


def test_an_acknowledged_command_stays_in_the_fold_until_the_mirror_has_its_version(sandbox, desk):
    dossier_id = file_dossier(sandbox.base_url)
    desk.engine.puller.pull_all()
    reception.receive(desk, dossier_id)
    send_all(desk)
    seen = inbox.card(desk, dossier_id)
    assert (seen.dossier.state, seen.pending, seen.dossier.receipt_code) == (State.RECEIVED, ("receive",), None)
    desk.engine.puller.pull_all()
    seen = inbox.card(desk, dossier_id)
    assert (seen.dossier.state, seen.pending, seen.dossier.receipt_code is None) == (State.RECEIVED, (), False)


def expire_cursors(desk: Desk) -> None:
    with desk.store.write() as connection:
        state.put(connection, Name.CURSOR, "no-cursor-of-this-portal")


def bury(sandbox: SandboxServer, dossier_id: str) -> None:
    answer = requests.post(sandbox.base_url + "/sandbox/tombstones", json={"id": dossier_id}, timeout=10)
    assert answer.status_code == 200


def held(desk: Desk) -> set[str]:
    with desk.store.read() as connection:
        return set(mirror.all_ids(connection))


def test_a_resync_keeps_outbox_and_journal_and_drops_only_what_vanished_without_work(sandbox, desk):
    alive, gone, gone_with_money = (file_dossier(sandbox.base_url) for _ in range(3))
    desk.engine.puller.pull_all()
    notice = notify(desk, gone_with_money)
    offline(sandbox)
    acted = tick(desk, notice)
    with desk.store.write() as connection:
        state.put(connection, Name.SEEN_MS, "42")
    bury(sandbox, gone)
    bury(sandbox, gone_with_money)
    expire_cursors(desk)
    online(sandbox)

    desk.engine.puller.pull_all()
    assert alive in held(desk)
    assert gone not in held(desk)
    assert gone_with_money in held(desk), "this desk still has something to say about it"
    assert [(item.key, item.state.value) for item in outbox.unfinished(desk)] == [(acted.key, "queued")]
    assert inbox.card(desk, gone_with_money).pending == ("tick_paid",)
    assert (session.prove_journal(desk).rows, session.prove_journal(desk).broken_at) == (1, None)
    with desk.store.read() as connection:
        assert state.get(connection, Name.SEEN_MS) == "42"
    assert derived(desk) == recomputed(desk)


def test_an_interrupted_resync_goes_on_and_forgets_nothing_in_between(sandbox, desk):
    dossier_id = file_dossier(sandbox.base_url)
    desk.engine.puller.pull_all()
    before = held(desk)
    expire_cursors(desk)
    assert desk.engine.puller.step(), "410: start again"
    offline(sandbox)
    with pytest.raises(Exception, match="cut-answer"):
        desk.engine.puller.step()
    assert held(desk) == before
    assert inbox.card(desk, dossier_id).dossier.state is State.SUBMITTED
    online(sandbox)
    desk.engine.puller.pull_all()
    assert held(desk) == before


def test_a_tombstone_removes_the_dossier_from_lists_search_and_codes(sandbox, desk):
    dossier_id = file_dossier(sandbox.base_url, name="Người Sắp Xóa")
    desk.engine.puller.pull_all()
    code = inbox.card(desk, dossier_id).dossier.code
    assert inbox.locate(desk, code) == dossier_id
    bury(sandbox, dossier_id)
    desk.engine.puller.pull_all()
    assert dossier_id not in held(desk)
    assert inbox.find(desk, "sap xoa") == []
    with pytest.raises(Exception, match="no-such-dossier"):
        inbox.locate(desk, code)


def test_after_a_restore_of_the_portal_all_work_is_sent_again_and_counted_once(sandbox, desk):
    dossier_id = file_dossier(sandbox.base_url)
    desk.engine.puller.pull_all()
    cash = tick(desk, notify(desk, dossier_id))
    send_all(desk)
    desk.engine.puller.pull_all()
    other = file_dossier(sandbox.base_url)
    desk.engine.puller.pull_all()
    acted = reception.receive(desk, other)
    send_all(desk)

    assert requests.post(sandbox.base_url + "/sandbox/epoch", json={}, timeout=10).status_code == 200
    desk.engine.puller.pull_all()
    again = [item.type for item in outbox.unfinished(desk) if item.dossier_id in (dossier_id, other)]
    assert again == ["notify", "tick_paid", "receive"]
    shown = inbox.card(desk, dossier_id).dossier
    assert (len(shown.notices), len(shown.payments)) == (1, 1), "what the portal still has is not shown twice"
    send_all(desk)
    assert outbox.unfinished(desk) == ()
    assert {outbox.state_of(desk, key) for key in (cash.key, acted.key)} == {"acked"}
    with sandbox.portal.database.reading() as connection:
        count = text("select count(*) from payments where dossier_id = :i")
        assert connection.execute(count, {"i": dossier_id}).scalar_one() == 1
        body = connection.execute(text("select body from dossiers where id = :i"), {"i": dossier_id}).scalar_one()
    assert orjson.loads(body)["cases"] == []


def test_the_desk_follows_the_portals_clock_not_its_own(sandbox, desk):
    move_clock(sandbox.base_url, advance_s=7200)
    try:
        own = desk.clock.base.now()
        desk.engine.puller.pull_all()
        assert 7100 < (desk.clock.now() - own).total_seconds() < 7400
    finally:
        move_clock(sandbox.base_url, advance_s=-7200)
