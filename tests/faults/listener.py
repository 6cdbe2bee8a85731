"""A server on loopback that talks in its own way on every line, each on a thread.

Stands apart because what breaks exchanges and what answers in bytes laid down listen alike and end alike.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Event, Thread


class Listener:
    """Listens from the start; ``over`` is set when it closes. Say in ``converse`` what happens on a line."""

    def __init__(self, name: str, patience_s: float) -> None:
        self._patience_s = patience_s
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._over = Event()
        self.port: int = self._listener.getsockname()[1]
        Thread(target=self._serve, name=name, daemon=True).start()

    def converse(self, line: socket.socket) -> None:
        """Talk with whoever called; a line that breaks ends the talk."""
        raise NotImplementedError

    def close(self) -> None:
        """End every line."""
        self._over.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        with suppress(OSError), line:
            line.settimeout(self._patience_s)
            self.converse(line)
