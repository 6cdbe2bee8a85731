"""The two doors from the screens to work that may wait: ``query`` reads, ``command`` acts.

Stands apart so that no screen starts a thread: results come back on the GUI thread, in batches of at most 8 ms, and
errors without a handler of their own end in one place. Operations receive services, never widgets. Whoever asked is
always answered: ``on_error`` gets a ``KnownError`` also when the mistake was ours, and nothing stays busy for ever.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal

from app.errors import KnownError

_log = logging.getLogger(__name__)
T = TypeVar("T")
OnError = Callable[[KnownError], object]
BATCH_S = 0.008
READERS = 2
BUG = "bug"  # the code of a mistake of ours, whatever it was


class Job(Generic[T]):
    """A piece of work under way. ``cancel`` drops its result."""

    def __init__(
        self,
        operation: Callable[[], T],
        on_done: Callable[[T], object] | None,
        on_error: OnError | None,
        owner: QObject | None,
    ) -> None:
        self.operation, self.on_done, self.on_error, self.owner = operation, on_done, on_error, owner
        self.cancelled = False
        self.finished = False

    def cancel(self) -> None:
        """Drop the result: neither handler will be called."""
        self.cancelled = True


class _Work(QRunnable):
    def __init__(self, job: Job[Any], deliver: Callable[[Job[Any], Any, Exception | None], None]) -> None:
        super().__init__()
        self._job, self._deliver = job, deliver

    def run(self) -> None:
        if self._job.cancelled:
            self._deliver(self._job, None, None)
            return
        try:
            result = self._job.operation()
        except Exception as error:  # every failure goes to the one place on the GUI thread
            self._deliver(self._job, None, error)
        else:
            self._deliver(self._job, result, None)


class Tasks(QObject):
    """Runs operations off the GUI thread: reads side by side, commands one after the other in the order given.

    Signals: ``known(object)`` a ``KnownError`` nobody else handled; ``bug(object)`` any other exception, logged, also
    one that a handler raised. ``idle()`` when the last piece of work was delivered.
    """

    known = Signal(object)
    bug = Signal(object)
    idle = Signal()
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readers = QThreadPool(self)
        self._readers.setMaxThreadCount(READERS)
        self._writer = QThreadPool(self)
        self._writer.setMaxThreadCount(1)
        self._done: deque[tuple[Job[Any], Any, Exception | None]] = deque()
        self._open = 0
        self._closed = False
        self._arrived.connect(self._drain, Qt.ConnectionType.QueuedConnection)

    def query(
        self,
        operation: Callable[[], T],
        on_done: Callable[[T], object],
        on_error: OnError | None = None,
        owner: QObject | None = None,
    ) -> Job[T]:
        """Read something; ``on_done`` gets the result on the GUI thread unless ``owner`` is gone by then."""
        return self._start(self._readers, Job(operation, on_done, on_error, owner))

    def command(
        self,
        operation: Callable[[], T],
        on_done: Callable[[T], object] | None = None,
        on_error: OnError | None = None,
        owner: QObject | None = None,
    ) -> Job[T]:
        """Do something; commands never overtake each other. Cancelling drops the answer, not a begun deed."""
        return self._start(self._writer, Job(operation, on_done, on_error, owner))

    def open_count(self) -> int:
        """Return how many pieces of work are under way."""
        return self._open

    def close(self, timeout_ms: int = 10_000) -> bool:
        """Wait for work under way and deliver nothing more; call before the services close."""
        self._closed = True
        self._readers.clear()
        finished = self._writer.waitForDone(timeout_ms)
        return self._readers.waitForDone(timeout_ms) and finished

    def _start(self, pool: QThreadPool, job: Job[T]) -> Job[T]:
        if self._closed:
            job.cancel()
            return job
        self._open += 1
        pool.start(_Work(job, self._deliver))
        return job

    def _deliver(self, job: Job[Any], result: Any, error: Exception | None) -> None:
        self._done.append((job, result, error))
        if not self._closed:
            self._arrived.emit()

    def _drain(self) -> None:
        started = time.perf_counter()
        while self._done and not self._closed:
            self._hand_over(*self._done.popleft())
            if time.perf_counter() - started > BATCH_S and self._done:
                QTimer.singleShot(0, self, self._drain)
                return

    def _hand_over(self, job: Job[Any], result: Any, error: Exception | None) -> None:
        self._open -= 1
        job.finished = True
        known = error if error is None or isinstance(error, KnownError) else self._bug(error)
        gone = job.owner is not None and not shiboken6.isValid(job.owner)
        try:
            if not job.cancelled and not gone:
                self._answer(job, result, known)
        except Exception as wrong:
            self.bug.emit(wrong)
            raise
        finally:
            if self._open == 0:
                self.idle.emit()

    def _answer(self, job: Job[Any], result: Any, error: KnownError | None) -> None:
        if error is None:
            if job.on_done is not None:
                job.on_done(result)
        elif job.on_error is not None:
            job.on_error(error)
        elif error.code != BUG:  # that one was told already
            self.known.emit(error)

    def _bug(self, error: Exception) -> KnownError:
        _log.error("background work failed", exc_info=error)
        self.bug.emit(error)
        return KnownError(BUG)
