"""Work off the GUI thread comes back on it, in order, in small batches; errors end in one place."""

from __future__ import annotations

import threading

import shiboken6
from PySide6.QtCore import QObject

from app.errors import BugError, Offline
from app.events import Bus, ConnectionChanged, DossiersChanged, OutboxChanged, PaymentArrived, SyncProgress
from ui.bridge import Bridge
from ui.tasks import Tasks


def test_work_runs_elsewhere_and_its_result_arrives_here(qtbot) -> None:
    tasks = Tasks()
    here = threading.get_ident()
    got: list[tuple[int, int]] = []
    tasks.query(threading.get_ident, lambda there: got.append((there, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(got))
    assert got[0][0] != here
    assert got[0][1] == here
    assert tasks.close()


def test_commands_never_overtake_each_other(qtbot) -> None:
    tasks = Tasks()
    gate = threading.Event()
    order: list[int] = []
    tasks.command(lambda: (gate.wait(5), order.append(1)))
    tasks.command(lambda: order.append(2))
    gate.set()
    qtbot.waitUntil(lambda: tasks.open_count() == 0)
    assert order == [1, 2]
    tasks.close()


def test_a_cancelled_result_and_a_dead_owner_hear_nothing(qtbot) -> None:
    tasks = Tasks()
    heard: list[object] = []
    owner = QObject()
    gate = threading.Event()
    job = tasks.query(lambda: gate.wait(5), heard.append)
    tasks.query(lambda: gate.wait(5), heard.append, owner=owner)
    job.cancel()
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: tasks.open_count() == 0)
    assert heard == []
    tasks.close()


def test_errors_nobody_handles_end_in_one_place(qtbot, expected_logs) -> None:
    expected_logs.append("ui.tasks: background work failed")
    tasks = Tasks()
    known: list[object] = []
    bugs: list[object] = []
    own: list[object] = []
    tasks.known.connect(known.append)
    tasks.bug.connect(bugs.append)

    def fail(error: Exception):
        def run() -> None:
            raise error

        return run

    tasks.query(fail(Offline("offline")), lambda _: None)
    tasks.query(fail(Offline("offline")), lambda _: None, own.append)
    tasks.command(fail(BugError("impossible")), None, own.append)
    tasks.command(fail(BugError("unheard")))
    qtbot.waitUntil(lambda: tasks.open_count() == 0)
    assert [str(error) for error in known] == ["offline"]
    assert sorted(str(error) for error in own) == ["bug", "offline"]  # whoever asked is always answered
    assert [str(error) for error in bugs] == ["impossible", "unheard"]
    tasks.close()


def test_a_handler_that_fails_is_told_and_keeps_no_other_from_its_answer(qtbot) -> None:
    tasks = Tasks()
    bugs, heard, idle = [], [], []
    tasks.bug.connect(bugs.append)
    tasks.idle.connect(lambda: idle.append(1))
    with qtbot.captureExceptions() as raised:
        tasks.command(lambda: 1, lambda _one: 1 / 0)
        tasks.command(lambda: 2, heard.append)
        qtbot.waitUntil(lambda: bool(heard) and bool(idle))
    assert [type(error) for error in bugs] == [ZeroDivisionError]
    assert [kind for kind, _error, _trace in raised] == [ZeroDivisionError]
    tasks.close()


def test_many_results_do_not_hold_the_screen(qtbot) -> None:
    tasks = Tasks()
    done: list[int] = []
    for number in range(500):
        tasks.query(lambda number=number: number, done.append)
    qtbot.waitUntil(lambda: len(done) == 500)
    assert sorted(done) == list(range(500))
    tasks.close()


def test_nothing_is_delivered_after_closing(qtbot) -> None:
    tasks = Tasks()
    heard: list[int] = []
    tasks.query(lambda: 1, heard.append)
    assert tasks.close()
    tasks.query(lambda: 2, heard.append)
    qtbot.wait(1)
    assert heard == []


def test_many_small_changes_become_one_on_the_gui_thread(qtbot) -> None:
    bus = Bus()
    bridge = Bridge(bus)
    here = threading.get_ident()
    changed: list[object] = []
    threads: list[int] = []
    outbox: list[int] = []
    links: list[tuple[str, str]] = []
    paid: list[object] = []
    bridge.dossiers_changed.connect(lambda ids: (changed.append(ids), threads.append(threading.get_ident())))
    bridge.outbox_changed.connect(lambda: outbox.append(1))
    bridge.connection_changed.connect(lambda state, code: links.append((state, code)))
    bridge.payment_arrived.connect(paid.append)

    def publish() -> None:
        for number in range(20):
            bus.publish(DossiersChanged((f"d{number % 3}",)))
            bus.publish(OutboxChanged())
        bus.publish(ConnectionChanged("offline", "dns"))
        bus.publish(ConnectionChanged("online", ""))
        bus.publish(PaymentArrived("d1", 16_000))
        bus.publish(PaymentArrived("d2", 15_000))
        bus.publish(SyncProgress(10, True))

    worker = threading.Thread(target=publish)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(changed) and len(paid) == 2)
    assert changed == [("d0", "d1", "d2")]
    assert threads == [here]
    assert outbox == [1]
    assert links == [("online", "")]
    bridge.close()


def test_an_empty_change_means_anything_may_have_changed(qtbot) -> None:
    bus = Bus()
    bridge = Bridge(bus)
    changed: list[object] = []
    bridge.dossiers_changed.connect(changed.append)
    bus.publish(DossiersChanged(("d1",)))
    bus.publish(DossiersChanged(()))
    qtbot.waitUntil(lambda: bool(changed))
    assert changed == [()]
    bridge.close()


def test_a_bridge_that_went_with_its_parent_does_not_disturb_those_who_publish(qtbot) -> None:
    bus = Bus()
    parent = QObject()
    bridge = Bridge(bus, parent)
    shiboken6.delete(parent)
    assert not shiboken6.isValid(bridge)
    bus.publish(OutboxChanged())
