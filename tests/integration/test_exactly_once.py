"""One deed, one effect: the line is cut and the program is killed at every point, the portal's own database counts."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
import requests
from sqlalchemy import text

from app.cli import output
from app.contract.wire import CommandEnvelope
from app.domain.dossier import Evidence, Person
from app.domain.words import OutboxState, PaymentChannel
from app.errors import KnownError, NotTrusted, Offline
from app.portal.exchange import Response
from app.sandbox.server import SandboxServer
from app.services import attachments, counter, decisions, inbox, outbox, payments, reception, session
from app.services.desk import Desk
from app.store import outbox as rows
from app.store import state as facts
from tests.fakes import FakeClock
from tests.integration.real_desk import notify, reopened, send_all, signed_in, tick
from tests.integration.sandbox_desk import file_dossier, new_id, plan_faults

COMMANDS = "/v1/commands"


@pytest.fixture(scope="module")
def desk(sandbox: SandboxServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for the table; each row uses dossiers of its own and leaves nothing waiting."""
    found = signed_in(sandbox.base_url, tmp_path_factory.mktemp("desk") / "profile", FakeClock())
    yield found
    found.close()


@pytest.fixture(autouse=True)
def whole_line(sandbox: SandboxServer) -> Iterator[None]:
    plan_faults(sandbox.base_url)
    yield
    plan_faults(sandbox.base_url)


def new_dossier(sandbox: SandboxServer, desk: Desk) -> str:
    dossier_id = file_dossier(sandbox.base_url)
    desk.engine.puller.pull_all()
    return dossier_id


def break_line(sandbox: SandboxServer, kind: str, **more: object) -> None:
    plan_faults(sandbox.base_url, {"path": COMMANDS, "method": "POST", "kind": kind, **more})


def effects(sandbox: SandboxServer, dossier_id: str, key: str) -> dict[str, int]:
    """Count in the portal's own tables."""
    with sandbox.portal.database.reading() as connection:
        body_of = text("select body from dossiers where id = :i")
        body = orjson.loads(connection.execute(body_of, {"i": dossier_id}).scalar_one())

        def count(sql: str, **values: str) -> int:
            return int(connection.execute(text(sql), values).scalar_one())

        return {
            "keys": count("select count(*) from commands where key = :k", k=key),
            "commands": count("select count(*) from commands where dossier_id = :i", i=dossier_id),
            "payments": count("select count(*) from payments where dossier_id = :i", i=dossier_id),
            "notices": count("select count(*) from notices where dossier_id = :i", i=dossier_id),
            "received": sum(item["kind"] == "received" for item in body["history"]),
            "cases": len(body["cases"]),
        }  # fmt: skip


def state(desk: Desk, key: str) -> tuple[str, int, str]:
    with desk.store.read() as connection:
        row = rows.get(connection, key)
    assert row is not None, "the outbox lost a row"
    return row.state.value, row.attempts, outbox.problem_code(row.last_problem)


def seen_by(desk: Desk) -> str:
    return desk.engine.link.state.state


# --- the line breaks, the program lives

POINTS = [("drop_before", 0), ("drop_after_commit", 1), ("cut", 1)]


@pytest.mark.parametrize(("point", "already"), POINTS)
def test_money_cut_off_at_any_point_is_counted_once(sandbox, desk, point, already):
    dossier_id = new_dossier(sandbox, desk)
    acted = tick(desk, notify(desk, dossier_id))
    break_line(sandbox, point)
    assert desk.engine.sender.step()
    assert state(desk, acted.key) == ("queued", 1, "cut-answer")
    assert effects(sandbox, dossier_id, acted.key)["payments"] == already
    assert inbox.card(desk, dossier_id).pending == ("tick_paid",)

    send_all(desk)
    assert state(desk, acted.key) == ("acked", 2, "")
    once = {"keys": 1, "commands": 2, "payments": 1, "notices": 1, "received": 0, "cases": 0}
    assert effects(sandbox, dossier_id, acted.key) == once
    desk.engine.puller.pull_all()
    assert (inbox.card(desk, dossier_id).pending, inbox.card(desk, dossier_id).dossier.paid) == ((), True)


def test_the_same_command_sent_twice_by_the_desk_has_one_effect(sandbox, desk):
    dossier_id = new_dossier(sandbox, desk)
    acted = tick(desk, notify(desk, dossier_id))
    twice: list[int] = []
    transport = desk.engine.sender.client._caller.transport
    real = transport.request

    def doubled(method: str, path: str, **how: object) -> Response:
        if path == COMMANDS:
            twice.append(real(method, path, **how).status)
        return real(method, path, **how)

    transport.request = doubled
    try:
        send_all(desk)
    finally:
        del transport.request
    assert twice == [200]
    assert state(desk, acted.key) == ("acked", 1, "")
    assert effects(sandbox, dossier_id, acted.key)["payments"] == 1


# --- the program dies


class Killed(BaseException):
    """What a kill is to the code in the middle: nothing after it runs."""


def kill_before(_real: Callable[..., object], *_: object) -> object:
    raise Killed


def kill_after(real: Callable[..., object], *sent: object) -> object:
    real(*sent)
    raise Killed


DEATHS = [
    ("marked, nothing sent", kill_before, None, 0),
    ("the portal committed, the answer unread", kill_after, None, 1),
    ("the answer cut in half", kill_after, "cut", 1),
]


@pytest.mark.parametrize(("death", "fault", "already"), [row[1:] for row in DEATHS], ids=[row[0] for row in DEATHS])
@pytest.mark.parametrize("deed", ["receive", "tick_paid"])
def test_killed_at_any_point_the_next_start_finishes_the_same_deed(
    sandbox, tmp_path, monkeypatch, deed, death, fault, already
):
    clock, folder = FakeClock(), tmp_path / "profile"
    desk = signed_in(sandbox.base_url, folder, clock)
    dossier_id = new_dossier(sandbox, desk)
    acted = tick(desk, notify(desk, dossier_id)) if deed == "tick_paid" else reception.receive(desk, dossier_id)
    counted = "payments" if deed == "tick_paid" else "received"
    with desk.store.read() as connection:
        before = rows.get(connection, acted.key)
    if fault:
        break_line(sandbox, fault)
    client = desk.engine.sender.client
    real = client.send_commands
    monkeypatch.setattr(client, "send_commands", lambda commands: death(real, commands))
    with pytest.raises(Killed):
        desk.engine.sender.step()
    assert state(desk, acted.key)[:2] == ("sending", 1)
    desk.close()
    assert effects(sandbox, dossier_id, acted.key)[counted] == already

    desk = reopened(folder, clock)
    try:
        assert state(desk, acted.key) == ("queued", 1, "unknown-outcome")
        send_all(desk)
        assert state(desk, acted.key) == ("acked", 2, "")
        with desk.store.read() as connection:
            after = rows.get(connection, acted.key)
        assert (after.body, after.sha256) == (before.body, before.sha256)
        found = effects(sandbox, dossier_id, acted.key)
        assert (found["keys"], found[counted]) == (1, 1)
        assert session.prove_journal(desk).broken_at is None
    finally:
        desk.close()


def test_a_real_kill_of_the_process_while_the_portal_thinks_leaves_one_effect(sandbox, tmp_path):
    folder, clock = tmp_path / "profile", FakeClock()
    desk = signed_in(sandbox.base_url, folder, clock)
    dossier_id = new_dossier(sandbox, desk)
    notice = notify(desk, dossier_id)
    desk.close()
    break_line(sandbox, "delay", delay_s=1.0)
    argv = ["tick-paid", notice, "--amount", "120000", "--method", "cash", "--info", "Biên lai giấy số 9"]
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "desk", "--profile", str(folder), *argv],
        cwd=Path(__file__).parents[2], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    ends = time.monotonic() + 30
    while requests.get(sandbox.base_url + "/sandbox/faults", timeout=10).json()["faults"]:
        assert time.monotonic() < ends, "the request never came"
        assert process.poll() is None
    process.kill()
    process.wait(10)

    desk = reopened(folder, clock)
    try:
        waiting = outbox.unfinished(desk)
        assert [(item.type, item.state, item.attempts) for item in waiting] == [("tick_paid", OutboxState.QUEUED, 1)]
        said = output.waiting(waiting[0])
        words = "Đã gửi, chưa có hồi âm – đang hỏi lại, không gửi trùng."
        assert (said["way"], said["message"]) == ("unanswered", words)
        send_all(desk)
        assert outbox.unfinished(desk) == ()
        found = effects(sandbox, dossier_id, waiting[0].key)
        assert (found["keys"], found["payments"], found["cases"]) == (1, 1, 0)
    finally:
        desk.close()


# --- every failure class of a command has its branch; none loses a row

STATUS_TABLE = """
fault     status retry | outbox         problem              link
html      -      -     | queued         captive-page         offline
status    302    -     | queued         captive-page         offline
status    400    -     | needs_decision bad-request          online
status    403    -     | parked         forbidden            online
status    404    -     | parked         not-found            online
status    409    -     | queued         in-progress          online
status    410    -     | queued         resync-required      online
status    412    -     | needs_decision version-conflict     online
status    413    -     | needs_decision too-large            online
status    415    -     | needs_decision unsupported-type     online
status    418    -     | needs_decision refused              online
status    422    -     | needs_decision key-reused           online
status    426    -     | parked         client-too-old       online
status    428    -     | needs_decision precondition-required online
status    429    7     | queued         rate-limited         online
status    500    -     | queued         internal             online
status    502    -     | queued         internal             online
status    503    9     | queued         unavailable          online
status    504    -     | queued         internal             online
cut       -      -     | queued         cut-answer           offline
drop_before -    -     | queued         cut-answer           offline
"""
STATUS_ROWS = [line.replace("|", " ").split() for line in STATUS_TABLE.strip().splitlines()[1:]]


@pytest.mark.parametrize(
    ("kind", "status", "retry", "then", "problem", "link"), STATUS_ROWS, ids=[" ".join(row[:2]) for row in STATUS_ROWS]
)
def test_every_answer_has_its_branch_and_no_row_is_lost(sandbox, desk, kind, status, retry, then, problem, link):
    dossier_id = new_dossier(sandbox, desk)
    acted = reception.receive(desk, dossier_id)
    more = {"status": int(status)} if status != "-" else {}
    more |= {"retry_after": int(retry)} if retry != "-" else {}
    break_line(sandbox, kind, **more)
    assert desk.engine.sender.step()
    assert (state(desk, acted.key), seen_by(desk)) == ((then, 1, problem), link)

    if retry != "-":
        assert not desk.engine.sender.step(), "the portal asked for patience"
        desk.clock.base.advance(timedelta(seconds=int(retry) - 1))
        assert not desk.engine.sender.step()
        desk.clock.base.advance(timedelta(seconds=1))
    key = acted.key
    if then in ("needs_decision", "parked"):
        assert [item.id for item in decisions.waiting(desk)] == [key]
        again = decisions.decide(desk, key, "again")
        assert again is not None
        key = again.key
    send_all(desk)
    assert state(desk, key)[0] == "acked"
    assert effects(sandbox, dossier_id, key)["received"] == 1
    assert (outbox.unfinished(desk), decisions.waiting(desk), seen_by(desk)) == ((), (), "online")


def other_key(answer: Response) -> Response:
    told = orjson.loads(answer.body)
    told["results"][0]["key"] = "0" * 36
    return dataclasses.replace(answer, body=orjson.dumps(told))


def other_digest(answer: Response) -> Response:
    told = orjson.loads(answer.body)
    told["results"][0]["sha256"] = "0" * 64
    return dataclasses.replace(answer, body=orjson.dumps(told))


def half_json(answer: Response) -> Response:
    return dataclasses.replace(answer, body=answer.body[:-3])


def wrong_type(answer: Response) -> Response:
    return dataclasses.replace(answer, headers={**answer.headers, "content-type": "text/plain"})


ECHOES = [
    (other_key, "echo-mismatch"), (other_digest, "echo-mismatch"), (half_json, "bad-answer"),
    (wrong_type, "bad-answer"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "problem"), ECHOES, ids=lambda value: getattr(value, "__name__", value))
def test_a_success_that_does_not_echo_the_command_proves_nothing_and_is_asked_again(sandbox, desk, spoil, problem):
    dossier_id = new_dossier(sandbox, desk)
    acted = reception.receive(desk, dossier_id)
    transport = desk.engine.sender.client._caller.transport
    real = transport.request
    transport.request = lambda method, path, **how: spoil(real(method, path, **how))
    try:
        desk.engine.sender.step()
    finally:
        del transport.request
    assert state(desk, acted.key) == ("queued", 1, problem)
    send_all(desk)
    assert state(desk, acted.key)[0] == "acked"
    assert effects(sandbox, dossier_id, acted.key)["received"] == 1


NOT_REACHED: list[tuple[KnownError, str]] = [
    (Offline("no-dns"), "offline"), (Offline("connection-refused"), "offline"), (Offline("connect-timeout"), "offline"),
    (Offline("no-answer"), "offline"), (Offline("proxy-password"), "offline"), (Offline("tls-handshake"), "offline"),
    (NotTrusted("tls-not-trusted"), "not_trusted"),
]  # fmt: skip


@pytest.mark.parametrize(("error", "link"), NOT_REACHED, ids=lambda value: getattr(value, "code", value))
def test_a_portal_that_is_not_reached_keeps_the_deed_and_says_why(sandbox, desk, error, link):
    dossier_id = new_dossier(sandbox, desk)
    acted = reception.receive(desk, dossier_id)
    transport = desk.engine.sender.client._caller.transport

    def fails(*_: object, **__: object) -> Response:
        raise error

    transport.request = fails
    try:
        desk.engine.sender.step()
    finally:
        del transport.request
    assert state(desk, acted.key) == ("queued", 1, error.code)
    assert (desk.engine.link.state.state, desk.engine.link.state.code) == (link, error.code)
    if link == "not_trusted":
        assert not desk.engine.sender.step(), "nothing leaves until the certificate is in order"
        desk.engine.puller.pull_all()
    send_all(desk)
    assert effects(sandbox, dossier_id, acted.key)["received"] == 1
    assert seen_by(desk) == "online"


# --- the session


def revoke(sandbox: SandboxServer, officer_id: str) -> None:
    with sandbox.portal.database.writing() as connection:
        connection.execute(text("delete from tokens where officer_id = :o"), {"o": officer_id})
    sandbox.portal.identity.forget_sessions()


def test_a_401_midway_is_renewed_once_and_not_counted(sandbox, desk):
    dossier_id = new_dossier(sandbox, desk)
    acted = reception.receive(desk, dossier_id)
    break_line(sandbox, "status", status=401)
    send_all(desk)
    assert state(desk, acted.key) == ("acked", 1, "")
    assert effects(sandbox, dossier_id, acted.key)["received"] == 1


def test_a_session_that_was_ended_keeps_all_work_until_its_officer_signs_in_again(sandbox, tmp_path):
    folder, clock = tmp_path / "profile", FakeClock()
    desk = signed_in(sandbox.base_url, folder, clock, "tiepnhan2")
    dossier_id = new_dossier(sandbox, desk)
    notice = notify(desk, dossier_id)
    revoke(sandbox, desk.officer.id)
    acted = tick(desk, notice)
    assert desk.engine.work_lane(dossier_id, acted.key) is OutboxState.QUEUED
    assert state(desk, acted.key)[2] == "session-over"
    assert seen_by(desk) == "signed_out"
    assert inbox.card(desk, dossier_id).pending == ("tick_paid",)
    assert session.prove_journal(desk).rows == 1
    desk.close()
    assert effects(sandbox, dossier_id, acted.key)["payments"] == 0

    desk = signed_in(sandbox.base_url, folder, clock, "tiepnhan2")
    try:
        send_all(desk)
        assert state(desk, acted.key)[0] == "acked"
        assert effects(sandbox, dossier_id, acted.key)["payments"] == 1
    finally:
        desk.close()


def test_commands_leave_only_under_their_own_officers_session(sandbox, tmp_path):
    folder, clock = tmp_path / "profile", FakeClock()
    desk = signed_in(sandbox.base_url, folder, clock)
    dossier_id = new_dossier(sandbox, desk)
    acted = reception.receive(desk, dossier_id)
    desk.close()
    other = signed_in(sandbox.base_url, folder, clock, "tiepnhan2")
    send_all(other)
    assert outbox.unfinished(other) == ()
    other.close()
    assert effects(sandbox, dossier_id, acted.key)["received"] == 0
    desk = signed_in(sandbox.base_url, folder, clock)
    try:
        send_all(desk)
        assert effects(sandbox, dossier_id, acted.key)["received"] == 1
    finally:
        desk.close()


def test_a_file_that_a_restored_portal_has_lost_goes_up_again_with_the_money_that_it_proves(sandbox, desk):
    """The desk knew it uploaded; the portal's word that it lacks it counts, not the desk's memory."""
    dossier_id = new_dossier(sandbox, desk)
    notice = notify(desk, dossier_id)
    file = attachments.take(desk, b"%PDF-1.4 Bien lai cua cong lo hang", "bien-lai.pdf")
    desk.blobs.mark_uploaded(file.sha256)  # as after an upload that the portal's backup does not hold
    proof = Evidence(info="Biên lai", file=file)
    cash = PaymentChannel.COUNTER_CASH
    key = payments.tick_paid(desk, notice, amount=120_000, method=cash, evidence=proof).key
    for _ in range(3):
        desk.engine.sender.step()
    assert outbox.state_of(desk, key) == "acked"
    assert sandbox.portal.attachments.content(file.sha256) is not None


def test_a_reception_that_is_there_already_is_answered_as_done_under_whatever_key(sandbox, desk):
    """A late copy reached a restored portal, and the officer has repeated meanwhile what the old one had refused."""
    person = Person("Lê Văn Muộn", phone="0905117733", identity_no="056090001234")
    acted = counter.receive(desk, counter.CounterForm("1.013225", person, person, ()))[0]
    send_all(desk)
    with desk.store.read() as connection:
        row = rows.get(connection, acted.key)
    sent = CommandEnvelope(new_id(), row.actor_id, row.type, row.dossier_id, None, row.sha256, row.body)
    told = [desk.engine.ask.client.send_commands([sent])[0] for _ in range(2)]
    assert [(outcome.kind.value, outcome.version) for outcome in told] == [("ack", 1), ("ack", 1)]
    found = effects(sandbox, row.dossier_id, sent.key)
    assert (found["keys"], found["commands"], found["received"]) == (1, 2, 1)


def test_a_portal_that_never_takes_the_whole_feed_is_asked_once_and_not_for_ever(sandbox, desk):
    with desk.store.write() as connection:
        facts.drop(connection, facts.Name.CURSOR)
    plan_faults(sandbox.base_url, {"path": "/v1/sync", "method": "GET", "kind": "status", "status": 410, "times": 5})
    with pytest.raises(KnownError, match="resync-required"):
        desk.engine.puller.pull_all()
    plan_faults(sandbox.base_url)
    desk.engine.puller.pull_all()


def test_one_press_is_taken_back_whole_or_not_at_all(sandbox, desk):
    gone, here = (reception.receive(desk, new_dossier(sandbox, desk)) for _ in range(2))
    assert desk.engine.work_lane(gone.dossier_id, gone.key).value == "acked"
    assert not outbox.undo(desk, here.key, gone.key)
    assert state(desk, here.key)[0] == "queued"
    assert outbox.undo(desk, here.key)
