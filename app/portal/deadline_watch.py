"""A total deadline for one exchange: what socket time-outs cannot give.

Stands apart because a socket time-out starts anew with every byte, so a server (or a bad line) that drips one byte a
second holds a request for hours, in the TLS handshake, in the headers or in the body. The watch keeps a second handle
on the connection's socket and shuts the connection down when time is over; the blocked read then ends at once.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Lock, Timer, local
from types import TracebackType
from typing import Self


class DeadlineWatch:
    """Ends the calling thread's exchange after ``seconds``; use as a context around it."""

    _current = local()

    def __init__(self, seconds: float) -> None:
        self._lock = Lock()
        self._handle: socket.socket | None = None
        self._ended = False
        self._timer = Timer(seconds, self.end)
        self._timer.daemon = True

    @classmethod
    def of_this_thread(cls) -> DeadlineWatch | None:
        """Return the watch around what the calling thread does now."""
        return getattr(cls._current, "watch", None)

    @property
    def ended(self) -> bool:
        """True once time was over: what was read since is worth nothing."""
        return self._ended

    def hold(self, connected: socket.socket) -> None:
        """Watch this socket from now on; one that comes too late is shut at once."""
        try:
            # Not ``connected.dup()``: a TLS socket refuses it, and its plain parent loses the descriptor to it.
            handle = socket.socket(
                connected.family, connected.type, connected.proto, fileno=socket.dup(connected.fileno())
            )
        except OSError:
            return
        with self._lock:
            previous, self._handle = self._handle, handle
            if self._ended:
                _shut(handle)
        if previous is not None:
            previous.close()

    def end(self) -> None:
        """Shut the connection; any thread."""
        with self._lock:
            self._ended = True
            if self._handle is not None:
                _shut(self._handle)

    def __enter__(self) -> Self:
        type(self)._current.watch = self
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None
    ) -> None:
        type(self)._current.watch = None
        self._timer.cancel()
        with self._lock:
            handle, self._handle = self._handle, None
        if handle is not None:
            handle.close()


def _shut(handle: socket.socket) -> None:
    with suppress(OSError):
        handle.shutdown(socket.SHUT_RDWR)
