"""Two threads around an engine: what wakes them, what they survive, how they end."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Semaphore

import pytest

from app.errors import Offline, PortalProblem
from app.events import Bus, ConnectionChanged, OutboxChanged, RetryPlanned
from app.sync.runner import Runner

WAIT_S = 10.0


class FakeSender:
    """Counts steps; ``work`` pieces can be sent."""

    def __init__(self) -> None:
        self.work = 0
        self.sent = 0
        self.looked = Semaphore(0)
        self.due_s: float | None = None
        self.woken = 0
        self.fail: Exception | None = None

    def step(self, dossier_id: str | None = None) -> bool:
        if self.fail is not None:
            error, self.fail = self.fail, None
            raise error
        if self.work:
            self.work -= 1
            self.sent += 1
            return True
        return False

    def next_due_s(self) -> float | None:
        self.looked.release()
        return self.due_s

    def wake(self) -> None:
        self.woken += 1


class FakePuller:
    """Waits like a portal that holds an empty feed, until the line is hung up."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.came = Semaphore(0)
        self.hung_up = Event()
        self.failures = 0
        self.error: Exception = Offline("no-answer")

    def step(self, wait_s: int = 0) -> bool:
        self.asked.append(wait_s)
        self.came.release()
        if self.failures:
            self.failures -= 1
            raise self.error
        if self.hung_up.wait(WAIT_S if wait_s else 0.0):
            raise Offline("no-answer")
        return False


class FakeEngine:
    def __init__(self) -> None:
        self.sender = FakeSender()
        self.puller = FakePuller()


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def running(engine: FakeEngine):
    bus = Bus()
    runner = Runner(engine, bus, uniform=lambda _low, _high: 0.0)
    runner.start()
    yield runner, bus
    runner.stop(engine.puller.hung_up.set)


def looks(semaphore: Semaphore, times: int = 1) -> None:
    for _ in range(times):
        assert semaphore.acquire(timeout=WAIT_S)


def until(holds: Callable[[], bool], semaphore: Semaphore) -> None:
    for _ in range(50):
        if holds():
            return
        semaphore.acquire(timeout=WAIT_S)
    raise AssertionError("never came")


@pytest.mark.parametrize("event", [OutboxChanged(), ConnectionChanged("online", "")])
def test_what_is_queued_leaves_when_the_bus_says_so(engine, running, event):
    _, bus = running
    looks(engine.sender.looked)
    engine.sender.work = 2

    bus.publish(event)

    until(lambda: engine.sender.sent == 2, engine.sender.looked)


def test_going_offline_does_not_wake_the_sender(engine, running):
    _, bus = running
    looks(engine.sender.looked)
    engine.sender.work = 1

    bus.publish(ConnectionChanged("offline", "no-answer"))

    assert not engine.sender.looked.acquire(timeout=0.1)


def test_the_feed_is_held_while_online_and_asked_shortly_at_the_start_and_after_a_failure(engine):
    engine.puller.failures = 2
    runner = Runner(engine, Bus(), wait_s=20, uniform=lambda _low, _high: 0.0)
    runner.start()
    looks(engine.puller.came, 4)
    runner.stop(engine.puller.hung_up.set)

    assert engine.puller.asked[:4] == [0, 0, 0, 20]


def test_the_next_question_is_told_in_seconds_while_the_portal_is_not_reached(engine):
    engine.puller.failures = 1
    told: list[object] = []
    bus = Bus()
    bus.subscribe(told.append)
    runner = Runner(engine, bus, uniform=lambda _low, _high: 0.5)
    runner.start()
    looks(engine.puller.came, 2)
    assert told == [RetryPlanned(0.5)]
    runner.stop(engine.puller.hung_up.set)


def test_a_portal_that_asks_for_patience_is_not_asked_before(engine):
    engine.puller.failures, engine.puller.error = 1, PortalProblem("unavailable", status=503, retry_after_s=40.0)
    planned = Semaphore(0)
    told: list[object] = []
    bus = Bus()
    bus.subscribe(lambda said: (told.append(said), planned.release()))
    runner = Runner(engine, bus, uniform=lambda _low, _high: 0.5)
    runner.start()
    looks(planned)
    assert told == [RetryPlanned(40.5)]
    runner.stop(engine.puller.hung_up.set)


def test_the_officers_sync_ends_every_back_off(engine):
    engine.puller.failures = 1
    runner = Runner(engine, Bus(), uniform=lambda _low, high: 10_000.0)
    runner.start()
    looks(engine.puller.came)

    until(lambda: (runner.sync_now(), engine.puller.came.acquire(timeout=0.05))[1], engine.puller.came)

    assert engine.sender.woken >= 1
    runner.stop(engine.puller.hung_up.set)


def test_a_broken_step_is_logged_and_sending_goes_on(engine, expected_logs):
    expected_logs.append("background sync failed")
    engine.sender.fail = ValueError("boom")
    engine.sender.work = 1
    runner = Runner(engine, Bus(), uniform=lambda _low, _high: 0.0)
    runner.start()

    until(lambda: engine.sender.sent == 1, engine.sender.looked)

    assert runner.stop(engine.puller.hung_up.set)


def test_stopping_ends_a_held_feed_at_once(engine):
    runner = Runner(engine, Bus())
    runner.start()
    looks(engine.puller.came)

    assert runner.stop(engine.puller.hung_up.set, deadline_s=WAIT_S)


def test_a_thread_that_will_not_end_is_reported(engine):
    runner = Runner(engine, Bus())
    runner.start()
    looks(engine.puller.came)

    assert not runner.stop(lambda: None, deadline_s=0.0)
    engine.puller.hung_up.set()
