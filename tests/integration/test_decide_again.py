"""A refused command that is sent again keeps its place in its dossier's lane and its bytes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
import requests
from sqlalchemy import insert, text

from app.domain.words import LineKind, OutboxState, PaymentChannel
from app.errors import BadInput
from app.services import decisions, fee_notices, inbox, payments, reception
from app.services import outbox as services_outbox
from app.store import outbox
from app.store.schema import belonging
from app.store.writer import Store
from tests.fakes import FakeClock
from tests.integration.real_desk import PAPER, notify, send_all, signed_in, tick
from tests.integration.sandbox_desk import file_dossier, plan_faults


def _queue(connection, key: str, now_ms: int) -> None:
    outbox.enqueue(
        connection,
        key=key,
        dossier_id="d1",
        type_="receive",
        actor_id="o1",
        body="{}",
        sha256="x",
        money=False,
        now_ms=now_ms,
        not_before_ms=0,
    )


def test_a_command_sent_again_leaves_before_those_that_waited_behind_it(tmp_path) -> None:
    store = Store(tmp_path, bytes(32))
    try:
        with store.write() as connection:
            _queue(connection, "first", 1)
            first = outbox.sendable(connection, "o1", 10, 50)
            outbox.mark_sending(connection, first, 10)
            outbox.settle(connection, first[0], OutboxState.NEEDS_DECISION, 11, problem="refused")
            _queue(connection, "second", 12)
            assert outbox.sendable(connection, "o1", 20, 50) == []

            outbox.enqueue_again(connection, "first", "first-again", 30)
            outbox.decide(
                connection, "first", OutboxState.RESOLVED, 30, by="o1", why="again", replaced_by="first-again"
            )

            leaving = outbox.sendable(connection, "o1", 40, 50)
            assert [(row.key, row.body, row.sha256) for row in leaving] == [
                ("first-again", "{}", "x"),
                ("second", "{}", "x"),
            ]
    finally:
        store.close()


def test_a_case_that_a_page_lets_go_just_now_is_said_to_be_gone(sandbox, tmp_path) -> None:
    """Cases are listed first, their dossiers read after."""
    desk = signed_in(sandbox.base_url, tmp_path / "profile", FakeClock())
    try:
        dossier_id = file_dossier(sandbox.base_url)
        desk.engine.puller.pull_all()
        with desk.store.write() as connection:
            connection.execute(insert(belonging).values(id="gone", dossier_id=dossier_id, kind="case", open=1))
        with pytest.raises(BadInput, match="no-such-decision"):
            decisions.decide(desk, "gone", "counter:p1")
    finally:
        desk.close()


def test_what_waited_behind_a_refused_command_leaves_as_soon_as_the_officer_has_decided(sandbox, tmp_path) -> None:
    """It was told to wait for the one before it, and its backoff had grown with every try."""
    desk = signed_in(sandbox.base_url, tmp_path / "profile", FakeClock())
    try:
        desk.engine.sender.uniform = max
        dossier_id = file_dossier(sandbox.base_url)
        desk.engine.puller.pull_all()
        dossier = inbox.card(desk, dossier_id).dossier
        withdrawn = requests.post(
            f"{sandbox.base_url}/citizen/withdraw", params={"code": dossier.code}, json={}, timeout=10
        )
        assert withdrawn.status_code == 200
        refused = reception.receive(desk, dossier_id).key
        lines = (fee_notices.line(desk, dossier, LineKind.PHI, "Phí", 15_000),)
        behind = payments.collect(
            desk, dossier_id, title="Thu", lines=lines, method=PaymentChannel.COUNTER_CASH, evidence=PAPER
        ).key
        send_all(desk)
        assert [services_outbox.state_of(desk, key) for key in (refused, behind)] == ["needs_decision", "queued"]

        decisions.decide(desk, refused, "drop")
        send_all(desk)  # the clock has not moved
        assert services_outbox.state_of(desk, behind) == "acked"
    finally:
        desk.close()


def reversed_tick(desk, url: str) -> str:
    """Tick 120.000 đ that the portal hears of, and take it back; return the key of the reversal, which is not sent."""
    dossier_id = file_dossier(url)
    desk.engine.puller.pull_all()
    tick(desk, notify(desk, dossier_id), 120_000)
    send_all(desk)
    desk.engine.puller.pull_all()
    return payments.reverse(desk, inbox.card(desk, dossier_id).dossier.payments[0].id, "Ghi nhầm").key


def test_a_reversal_refused_twice_and_dropped_is_taken_back_in_the_journal(sandbox, tmp_path) -> None:
    desk = signed_in(sandbox.base_url, tmp_path / "profile", FakeClock())
    try:
        key = reversed_tick(desk, sandbox.base_url)
        for choice in ("again", "drop"):
            plan_faults(sandbox.base_url, {"path": "/v1/commands", "method": "POST", "kind": "status", "status": 400})
            send_all(desk)
            acted = decisions.decide(desk, key, choice)
            key = acted.key if acted else key
        with desk.store.read() as connection:
            amounts = connection.execute(text("select amount from journal order by seq")).scalars().all()
        assert amounts == [120_000, -120_000, 120_000]
    finally:
        desk.close()
        plan_faults(sandbox.base_url)


def test_what_the_feed_has_let_go_meanwhile_is_neither_dropped_nor_taken_back(sandbox, tmp_path) -> None:
    """The role is back while the officer decides: the command leaves, so no opposite row may stand in the journal."""
    desk = signed_in(sandbox.base_url, tmp_path / "profile", FakeClock())
    try:
        key = reversed_tick(desk, sandbox.base_url)
        plan_faults(sandbox.base_url, {"path": "/v1/commands", "method": "POST", "kind": "status", "status": 403})
        send_all(desk)
        assert services_outbox.state_of(desk, key) == "parked"
        with taken_up_before(desk), pytest.raises(BadInput, match="no-such-decision"):
            decisions.decide(desk, key, "drop")
        assert services_outbox.state_of(desk, key) == "queued"
        with desk.store.read() as connection:
            amounts = connection.execute(text("select amount from journal order by seq")).scalars().all()
        assert amounts == [120_000, -120_000]
    finally:
        desk.close()
        plan_faults(sandbox.base_url)


@contextlib.contextmanager
def taken_up_before(desk) -> Iterator[None]:
    """Let the puller's thread queue again what was parked, just before the next transaction."""
    real = desk.store.write

    @contextlib.contextmanager
    def write():
        with real() as connection:
            outbox.take_up(connection, 0)
        with real() as connection:
            yield connection

    desk.store.write = write
    try:
        yield
    finally:
        desk.store.write = real
