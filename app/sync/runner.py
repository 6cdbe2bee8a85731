"""Runs the engine beside a window: one thread sends, one listens to the feed, one keeps backups.

Stands apart from ``Engine``, which has no threads, so that the command line and simulations stay step by step. A slow
feed never holds money back, and no thread ever dies of a failure: it says so in the log and tries again.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from threading import Event, Thread
from time import monotonic
from typing import Protocol

from app.errors import KnownError, PortalProblem, StoreTrouble
from app.events import Bus, ConnectionChanged, OutboxChanged, RetryPlanned, StoreHurt
from app.sync.backoff import delay_s

LONG_POLL_S = 20
BASE_S = 1.0
CAP_S = 30.0
_SHORTEST_S = 0.25  # a lane that is due but blocked must not make the thread spin
_LONGEST_S = 60.0
_BESIDE_FIRST_S, _BESIDE_EVERY_S = 20.0, 600.0
_log = logging.getLogger(__name__)


class _Sender(Protocol):
    def step(self, dossier_id: str | None = None) -> bool: ...
    def next_due_s(self) -> float | None: ...
    def wake(self) -> None: ...


class _Puller(Protocol):
    def step(self, wait_s: int = 0) -> bool: ...


class _Engine(Protocol):
    """What runs: ``app.sync.engine.Engine``, or a fake with its behaviour."""

    @property
    def sender(self) -> _Sender: ...
    @property
    def puller(self) -> _Puller: ...


class Runner:
    """Threads around an engine; ``start`` once, ``stop`` once.

    ``uniform(low, high)`` draws the jitter of the back-off; ``wait_s`` is how long the portal may hold an empty feed;
    ``beside`` is done soon after the start and every ten minutes, and does nothing when nothing is due.
    """

    def __init__(
        self,
        engine: _Engine,
        bus: Bus,
        *,
        wait_s: int = LONG_POLL_S,
        uniform: Callable[[float, float], float] = random.uniform,
        beside: Callable[[], object] | None = None,
    ) -> None:
        self._engine, self._bus = engine, bus
        self._wait_s, self._uniform = wait_s, uniform
        self._stopping = Event()
        self._send, self._pull = Event(), Event()
        self._leave: Callable[[], None] = lambda: None
        self._beside = beside
        self._threads = (
            Thread(target=self._sending, name="sender", daemon=True),
            Thread(target=self._pulling, name="puller", daemon=True),
            *([Thread(target=self._keeping, name="keeper", daemon=True)] if beside else []),
        )

    def start(self) -> None:
        """Begin to send and to listen."""
        self._leave = self._bus.subscribe(self._heard)
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Look at the outbox now; any thread."""
        self._send.set()

    def sync_now(self) -> None:
        """Try again now what waits for its back-off, both ways: the officer asked. Worker threads only."""
        self._engine.sender.wake()
        self._send.set()
        self._pull.set()

    def stop(self, hang_up: Callable[[], None], deadline_s: float = 5.0) -> bool:
        """End the threads within ``deadline_s``; ``hang_up`` closes the line under a waiting feed. True: all ended.

        What is being sent then stays *unknown* and is asked again with the same key at the next start.
        """
        self._leave()
        self._stopping.set()
        self._send.set()
        self._pull.set()
        hang_up()
        ends = monotonic() + deadline_s
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(max(0.0, ends - monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _heard(self, event: object) -> None:
        if isinstance(event, OutboxChanged) or (isinstance(event, ConnectionChanged) and event.state == "online"):
            self._send.set()

    def _sending(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            self._send.clear()
            try:
                while not self._stopping.is_set() and self._engine.sender.step():
                    failures = 0
                due_s = self._engine.sender.next_due_s()
                failures = 0
            except Exception as error:  # neither the disk nor a bug may end sending for good
                failures += 1
                due_s = self._told(error, failures)
            pause_s = _LONGEST_S if due_s is None else min(max(due_s, _SHORTEST_S), _LONGEST_S)
            self._send.wait(pause_s)

    def _pulling(self) -> None:
        failures, wait_s = 0, 0
        while not self._stopping.is_set():
            self._pull.clear()
            try:
                # At the start and after a failure the question is short: an officer waits to see how the line is.
                self._engine.puller.step(wait_s=wait_s)
                failures, wait_s = 0, self._wait_s
            except Exception as error:
                failures, wait_s = failures + 1, 0
                pause_s = self._told(error, failures)
                self._bus.publish(RetryPlanned(pause_s))
                self._pull.wait(pause_s)

    def _keeping(self) -> None:
        pause_s = _BESIDE_FIRST_S
        while self._beside is not None and not self._stopping.wait(pause_s):
            pause_s = _BESIDE_EVERY_S
            try:
                self._beside()
            except StoreTrouble as trouble:
                self._bus.publish(StoreHurt(trouble.code))
            except Exception as error:
                self._told(error, 1)

    def _told(self, error: Exception, failures: int) -> float:
        """Return how long to wait after the ``failures``-th failure in a row; what is not of the world is logged.

        The portal's own wish comes first: after an outage it promises each desk another moment.
        """
        if not isinstance(error, KnownError) and not self._stopping.is_set():
            _log.error("background sync failed", exc_info=error)
        wish_s = (error.retry_after_s or 0.0) if isinstance(error, PortalProblem) else 0.0
        return max(_SHORTEST_S, wish_s + delay_s(failures, self._uniform, base_s=BASE_S, cap_s=CAP_S))
