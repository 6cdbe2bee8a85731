"""What the desk tells its screens: facts in the past tense, on a bus without Qt.

Stands apart because store and sync raise events while only the window listens. Handlers run on the thread that
publishes; ``ui.bridge`` carries them to the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any


@dataclass(frozen=True, slots=True)
class DossiersChanged:
    """These dossiers look different now (ids; empty tuple: anything may have changed)."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutboxChanged:
    """Something was queued, sent, acknowledged, parked or undone."""


@dataclass(frozen=True, slots=True)
class PaymentArrived:
    """A payment came from the portal without anyone clicking."""

    dossier_id: str
    amount_dong: int


@dataclass(frozen=True, slots=True)
class ConnectionChanged:
    """The link to the portal changed: ``state`` and ``code`` are those of ``app.sync.link.LinkState``."""

    state: str
    code: str


@dataclass(frozen=True, slots=True)
class RetryPlanned:
    """The portal was not reached and will be asked again in so many seconds, unless somebody asks before."""

    in_s: float


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """A long pull goes on: rows applied so far, and whether it is over."""

    applied: int
    done: bool


@dataclass(frozen=True, slots=True)
class StoreHurt:
    """The day's backup could not be made: the disk is full or refuses, or the store is damaged; ``code`` says why."""

    code: str


Event = DossiersChanged | OutboxChanged | PaymentArrived | ConnectionChanged | RetryPlanned | SyncProgress | StoreHurt


class Bus:
    """Publishes events to plain callables; any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._handlers: list[Callable[[Any], None]] = []

    def subscribe(self, handler: Callable[[Any], None]) -> Callable[[], None]:
        """Call ``handler`` with every event from now on; return the function that ends it."""
        with self._lock:
            self._handlers.append(handler)

        def unsubscribe() -> None:
            with self._lock:
                if handler in self._handlers:
                    self._handlers.remove(handler)

        return unsubscribe

    def publish(self, event: Event) -> None:
        """Hand ``event`` to every handler, on the calling thread."""
        with self._lock:
            handlers = list(self._handlers)
        for handler in handlers:
            handler(event)
