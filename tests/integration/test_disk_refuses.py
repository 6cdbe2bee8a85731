"""A disk that refuses a second write may not undo what the first one kept: what the campaign of the disk has found."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta

import pytest

from app import bootstrap
from app.domain.dossier import Component
from app.domain.people import Person
from app.domain.words import OutboxState, State, SubState
from app.errors import StoreTrouble
from app.portal.session import Session, Tokens
from app.services import acting, counter, fee_notices, inbox, turned_away
from app.services.counter import CounterForm
from app.services.desk import Desk
from app.services.outbox import unfinished
from app.store import outbox
from app.store.writer import OPEN_MARK
from tests.fakes import FakeClock
from tests.integration.desk_at_sandbox import suspended
from tests.integration.real_desk import notify, reopened, signed_in, tick
from tests.integration.sandbox_desk import file_dossier

GUEST = Person("Lê Văn Tám", identity_no="056190001234", phone="0905123456")


@pytest.fixture
def desk(sandbox, tmp_path) -> Iterator[Desk]:
    found = signed_in(sandbox.base_url, tmp_path / "desk", FakeClock())
    yield found
    found.close()


@contextlib.contextmanager
def refusing_from(desk: Desk, number: int) -> Iterator[None]:
    """Let the ``number``-th write transaction from now, and all after it, end with a full disk."""
    real, count = desk.store.write, 0

    @contextlib.contextmanager
    def write():
        nonlocal count
        count += 1
        if count >= number:
            raise StoreTrouble("store-full")
        with real() as connection:
            yield connection

    desk.store.write = write
    try:
        yield
    finally:
        desk.store.write = real


@contextlib.contextmanager
def unreadable_after_commit(desk: Desk) -> Iterator[None]:
    """Let nothing be read any more once a transaction was committed."""
    write, read, is_committed = desk.store.write, desk.store.read, False

    @contextlib.contextmanager
    def committing():
        nonlocal is_committed
        with write() as connection:
            yield connection
        is_committed = True

    @contextlib.contextmanager
    def reading():
        if is_committed:
            raise StoreTrouble("store-io")
        with read() as connection:
            yield connection

    desk.store.write, desk.store.read = committing, reading
    try:
        yield
    finally:
        desk.store.write, desk.store.read = write, read


def test_a_dossier_received_with_money_is_never_said_not_to_be_because_a_preference_was_not_kept(desk):
    before = len(inbox.keys(desk, None))
    form = CounterForm("1.001193", GUEST, GUEST, (Component("Tờ khai", originals=1),))
    with refusing_from(desk, 2):
        acted = counter.register(desk, form)
    assert acted.key
    assert len(inbox.keys(desk, None)) == before + 1


def test_a_dossier_turned_away_is_never_said_not_to_be_because_a_preference_was_not_kept(desk):
    before = len(inbox.keys(desk, None))
    form = CounterForm("1.001193", GUEST, GUEST, (Component("Tờ khai", originals=1),))
    with refusing_from(desk, 2):
        acted = turned_away.request_supplement(desk, form, ["Giấy chứng sinh"], "Thiếu giấy chứng sinh")
    assert len(acted) == 2
    assert inbox.card(desk, acted[0].dossier_id).dossier.supplements
    assert len(inbox.keys(desk, None)) == before


def test_money_is_never_said_not_to_be_kept_because_the_disk_refused_to_be_read_afterwards(desk, sandbox):
    dossier_id = file_dossier(sandbox.base_url)
    assert desk.engine.ask.freshest(dossier_id, deadline_s=10)
    notice_id = notify(desk, dossier_id)
    with unreadable_after_commit(desk):
        acted = tick(desk, notice_id)
    with desk.store.read() as connection:
        assert outbox.get(connection, acted.key).money


def test_an_answer_that_could_not_be_written_down_is_asked_for_again_without_a_new_start(desk, sandbox):
    dossier_id = file_dossier(sandbox.base_url)
    assert desk.engine.ask.freshest(dossier_id, deadline_s=10)
    acted = tick(desk, notify(desk, dossier_id))
    with refusing_from(desk, 2), pytest.raises(StoreTrouble, match="store-full"):
        desk.engine.sender.step()
    with desk.store.read() as connection:
        assert outbox.get(connection, acted.key).state is OutboxState.SENDING
    assert desk.engine.sender.step()
    with desk.store.read() as connection:
        row = outbox.get(connection, acted.key)
    assert (row.state, row.attempts) == (OutboxState.ACKED, 2)


def test_a_renewed_session_lives_on_while_the_disk_keeps_nothing(monkeypatch):
    clock = FakeClock()

    class FullDisk:
        def load(self) -> Tokens:
            return Tokens("old", "used up", clock.now())

        def save(self, _tokens: Tokens) -> None:
            raise StoreTrouble("store-full")

    asked = []

    def renew(_transport, form, _clock) -> Tokens:
        asked.append(form)
        return Tokens("new", "next", clock.now() + timedelta(hours=1))

    monkeypatch.setattr("app.portal.session.ask_for_tokens", renew)
    session = Session(None, FullDisk(), clock=clock)
    assert [session.current(), session.current(), session.renewed("old")] == ["new", "new", "new"]
    assert len(asked) == 1


def test_accepted_and_notified_in_one_press_are_both_kept_or_neither(desk, sandbox, monkeypatch):
    dossier_id = suspended(desk, sandbox.base_url, is_accepted=False)
    enqueue, kept = outbox.enqueue, []

    def enqueue_once(connection, **row):
        if kept:
            raise StoreTrouble("store-full")
        kept.append(row["type_"])
        enqueue(connection, **row)

    with monkeypatch.context() as full:
        full.setattr(acting.outbox, "enqueue", enqueue_once)
        with pytest.raises(StoreTrouble, match="store-full"):
            fee_notices.accept_and_notify(desk, dossier_id)
    assert (kept, unfinished(desk)) == (["accept_supplement"], ())
    assert inbox.card(desk, dossier_id).dossier.sub_state is SubState.DESK_TO_NOTIFY

    acted = fee_notices.accept_and_notify(desk, dossier_id)
    dossier = inbox.card(desk, dossier_id).dossier
    assert [item.type for item in acted] == ["accept_supplement", "notify"]
    assert (dossier.state, dossier.sub_state) == (State.AWAITING_OBLIGATION, SubState.AWAITING_PAYMENT)
    assert [(line.kind.value, line.amount) for line in dossier.notices[-1].lines] == [("NVTC", 4_250_000)]


def test_a_desk_that_could_not_be_opened_leaves_its_store_closed(desk, monkeypatch):
    home, folder = desk.profile.folder, desk.store.folder
    desk.close()

    def full(_sender) -> None:
        raise StoreTrouble("store-full")

    with monkeypatch.context() as disk:
        disk.setattr(bootstrap.Sender, "recover", full)
        with pytest.raises(StoreTrouble, match="store-full"):
            reopened(home, FakeClock())
    assert not (folder / OPEN_MARK).exists()
    reopened(home, FakeClock()).close()
