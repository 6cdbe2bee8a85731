"""Reads and shows again when something changed: one reading at a time, and a rest after each that was long.

Stands apart because its promise is a rhythm, not a content: while a whole province is pulled in, changes come faster
than a list of a hundred thousand rows is read, and readings in a row would leave the window no processor. Nothing is
lost: what changes during a reading or its rest is in the next one. What is read and shown in a blink never rests.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject

from ui import timers
from ui.tasks import Job, Tasks

T = TypeVar("T")
FREE_MS = 20
REST = 4


class Refresher(QObject, Generic[T]):
    """``prepare()`` returns the reading, made on the GUI thread just before it runs elsewhere; ``on_done`` shows it."""

    def __init__(
        self, tasks: Tasks, prepare: Callable[[], Callable[[], T]], on_done: Callable[[T], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tasks, self._prepare, self._on_done = tasks, prepare, on_done
        self._wanted = False
        self._reading: Job[tuple[T, float]] | None = None
        self._rest = timers.once(self, FREE_MS, self._next)

    def ask(self) -> None:
        """Read again as soon as the reading under way and its rest are over."""
        self._wanted = True
        self._next()

    def at_rest(self) -> bool:
        """Say whether nothing is asked for that is not shown yet."""
        return not self._wanted and not self._under_way()

    def _under_way(self) -> bool:
        return self._reading is not None and not self._reading.finished

    def _next(self) -> None:
        if self._wanted and not self._under_way() and not self._rest.isActive():
            self._wanted = False
            self._reading = self._tasks.query(_timed(self._prepare()), self._came, owner=self)

    def _came(self, found: tuple[T, float]) -> None:
        result, took_ms = found
        began = perf_counter()
        self._on_done(result)
        took_ms += 1000 * (perf_counter() - began)
        self._rest.start(int(REST * took_ms)) if took_ms > FREE_MS else self._next()


def _timed(read: Callable[[], Any]) -> Callable[[], tuple[Any, float]]:
    def timed() -> tuple[Any, float]:
        began = perf_counter()
        found = read()
        return found, 1000 * (perf_counter() - began)

    return timed
