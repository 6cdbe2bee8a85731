"""A portal restored from a backup forgets dossiers: a desk keeps what its work rests on, and nothing for ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from app import catalogues
from app.clock import ShiftedClock
from app.contract.codec import command_text, dossier_bytes
from app.contract.wire import Change, Page, Tombstone
from app.domain.commands import TickPaid
from app.domain.dossier import Dossier, Evidence
from app.domain.words import OutboxState, PaymentChannel
from app.store import belongings, lists, mirror, outbox, schema, unconfirmed
from app.store.projection import Projector
from app.store.writer import Store
from app.sync.apply_page import apply_page, forget_cursor
from tests.fakes import FakeClock
from tests.integration.store_ground import open_store
from tests.unit.moments import CALENDAR
from tests.unit.sample_dossiers import DOSSIERS, OFFICERS, notice, with_money

CLOCK = FakeClock()
PROJECTOR = Projector(OFFICERS["R"], CALENDAR, catalogues.procedures)
KEPT = replace(DOSSIERS["1"], id="kept", code="H32.8-261120-0001", version=3)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = open_store(tmp_path / "store")
    yield found
    found.close()


def take(store: Store, epoch: str, cursor: str, *dossiers: Dossier) -> None:
    changes = tuple(Change(item.id, item.version, dossier_bytes(item)) for item in dossiers)
    apply_page(store, PROJECTOR, Page(changes, (), cursor, False, epoch, CLOCK.now()), ShiftedClock(CLOCK))


def queue(connection: Connection) -> None:
    outbox.enqueue(
        connection, key="k", dossier_id="kept", type_="receive", actor_id=OFFICERS["R"].id, sha256="0" * 64,
        body='{"made_at":"2026-11-20T08:00:00+07:00"}', money=False, now_ms=1, not_before_ms=1,
    )  # fmt: skip


def with_work(store: Store) -> None:
    take(store, "before", "c1", KEPT)
    with store.write() as connection:
        queue(connection)
    forget_cursor(store)
    take(store, "after", "d1")


def held(store: Store) -> dict[str, int]:
    with store.read() as connection:
        return dict(connection.execute(select(schema.mirror.c.id, schema.mirror.c.version)).all())


def test_it_stays_while_work_rests_on_it_and_goes_with_the_next_page_after(store):
    with_work(store)
    assert held(store) == {"kept": 3}
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE outbox SET state = 'resolved'")
        assert outbox.get(connection, "k").state is OutboxState.RESOLVED
    take(store, "after", "d2")
    assert held(store) == {}


def test_born_again_with_a_lower_version_it_is_what_the_portal_says_now(store):
    with_work(store)
    take(store, "after", "d2", replace(KEPT, version=1, summary="Ghi lại"))
    assert held(store) == {"kept": 1}
    with store.read() as connection:
        assert "Ghi lại".encode() in mirror.bodies(connection, ["kept"])["kept"]


def test_the_same_version_of_a_restored_portal_is_taken_as_it_says(store):
    """Work sent again makes the same number of versions, at another hour: equal numbers, another truth."""
    take(store, "before", "c1", KEPT)
    forget_cursor(store)
    take(store, "after", "d1", replace(KEPT, summary="Ghi lại"))
    assert held(store) == {"kept": 3}
    with store.read() as connection:
        assert "Ghi lại".encode() in mirror.bodies(connection, ["kept"])["kept"]


def test_counted_up_to_the_same_version_it_is_what_the_portal_says_now(store):
    take(store, "before", "c1", replace(KEPT, summary="Lạc mất khi khôi phục"))
    forget_cursor(store)
    take(store, "after", "d1", replace(KEPT, summary="Ghi lại"))
    assert held(store) == {"kept": 3}
    with store.read() as connection:
        assert "Ghi lại".encode() in mirror.bodies(connection, ["kept"])["kept"]


def test_a_tombstone_takes_away_what_the_portal_has_answered_further_than_the_mirror_counts(store):
    """Nothing later than the tombstone comes for it: to wait for that version would be to wait for ever."""
    take(store, "before", "c1", KEPT)
    with store.write() as connection:
        queue(connection)
        row = outbox.get(connection, "k")
        outbox.mark_sending(connection, [row], 2)
        outbox.settle(connection, row, OutboxState.ACKED, 3, version=4)
    stone = Tombstone("kept", "deleted")
    apply_page(store, PROJECTOR, Page((), (stone,), "c2", False, "before", CLOCK.now()), ShiftedClock(CLOCK))
    assert held(store) == {}


def test_what_went_over_to_another_dossier_is_found_there_once_the_buried_one_has_left(store):
    """The desk still had something to send for it: until that was answered, the notice stood in both."""
    asked = replace(KEPT, notices=(notice("n1", 120_000),))
    heir = replace(KEPT, id="heir", code="H32.8-261120-0002", notices=asked.notices)
    take(store, "before", "c1", asked)
    with store.write() as connection:
        queue(connection)
    merged(store, Tombstone("kept", "merged", "heir"), Change("heir", heir.version, dossier_bytes(heir)))
    with store.write() as connection:
        PROJECTOR.project(connection, ["kept"])
        connection.exec_driver_sql("UPDATE outbox SET state = 'resolved'")
    take(store, "before", "c3")
    with store.read() as connection:
        assert (held(store), belongings.owner_of(connection, "n1")) == ({"heir": 3}, "heir")


def test_a_case_that_stands_in_two_dossiers_is_decided_once_and_in_the_one_the_portal_shows(store):
    """It was merged; then the portal was restored to before that, and the heir stays for the work that rests on it."""
    paid = with_money(KEPT)
    take(store, "before", "c1", paid)
    with store.write() as connection:
        queue(connection)
    forget_cursor(store)
    take(store, "after", "d1", replace(paid, id="older", code="H32.8-261120-0002"))
    with store.read() as connection:
        assert held(store) == {"kept": 3, "older": 3}
        assert belongings.open_cases(connection) == [("c0", "older")]
        assert belongings.owner_of(connection, "n0") == "older"
        assert lists.counts(connection, now_ms=0).decisions == 1


def merged(store: Store, stone: Tombstone, *changes: Change) -> None:
    apply_page(store, PROJECTOR, Page(changes, (stone,), "c2", False, "before", CLOCK.now()), ShiftedClock(CLOCK))


def on_screen(store: Store) -> tuple[Dossier, list[str], tuple[str, ...]]:
    """The dossier, its payments and what is on its way, as the desk shows them."""
    with store.read() as connection:
        rows = unconfirmed.waiting(connection, ["kept"]).get("kept", [])
        seen = PROJECTOR.folded(mirror.bodies(connection, ["kept"])["kept"], rows)
    return seen.dossier, [payment.id for payment in seen.dossier.payments], seen.pending_types


def test_money_that_a_restored_portal_acknowledged_is_seen_before_its_page_comes(store):
    """Versions begin again at the backup: the mirror counts further than the answer and knows nothing of the money."""
    asked = replace(DOSSIERS["1"], id="kept", version=9, notices=(notice("n1", 120_000),))
    take(store, "before", "c1", asked)
    tick = TickPaid(CLOCK.now(), "p1", "n1", 120_000, PaymentChannel.COUNTER_CASH, Evidence(info="Biên lai giấy số 7"))
    with store.write() as connection:
        outbox.enqueue(
            connection, key="k", dossier_id="kept", type_="tick_paid", actor_id=OFFICERS["R"].id, sha256="0" * 64,
            body=command_text(tick), money=True, now_ms=1, not_before_ms=1,
        )  # fmt: skip
        row = outbox.get(connection, "k")
        outbox.mark_sending(connection, [row], 2)
        outbox.settle(connection, row, OutboxState.ACKED, 3, version=5)
    paid, payments, on_its_way = on_screen(store)
    assert (payments, on_its_way) == (["p1"], ("tick_paid",))
    take(store, "before", "c2", replace(paid, version=10))
    assert on_screen(store)[1:] == (["p1"], ())
