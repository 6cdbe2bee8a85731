"""A server on loopback whose next answer is laid down in bytes, pauses and broken lines.

Stands apart from the unit tests' hostile server because thousands of answers go through one listener here, and a kept
connection may carry the rest of a wrong answer into the next one.
"""

from __future__ import annotations

import socket
import struct
from threading import Condition, Event

from tests.faults.listener import Listener
from tests.faults.spoilt import HOLD, RESET, Pieces
from tests.unit.hostile_server import read_request

_RST = struct.pack("ii", 1, 0)


class RawServer(Listener):
    """Answers every request with what ``lay`` was given last; use as a context."""

    def __init__(self) -> None:
        self._lock = Condition()
        self._closing = 0
        self._pieces: Pieces = ()
        self._keep = False
        self._free = Event()
        super().__init__("raw server", patience_s=20)
        self.origin = f"http://127.0.0.1:{self.port}"

    def lay(self, pieces: Pieces, *, keep: bool) -> None:
        """Lay down the next answer; ``keep``: the connection stays open behind it. Lines held in silence end.

        Returns when the lines of earlier answers are closed, or the client could ask on one that is about to be.
        """
        with self._lock:
            self._free.set()
            self._lock.wait_for(lambda: not self._closing, 20)
            self._free = Event()
            self._pieces, self._keep = pieces, keep

    def close(self) -> None:
        """End every line."""
        self._free.set()
        super().close()

    def converse(self, line: socket.socket) -> None:
        """Answer with what was laid, as long as the line is kept."""
        while read_request(line):
            with self._lock:
                pieces, keep, free = self._pieces, self._keep, self._free
                self._closing += not keep
            if not keep:
                self._last_words(line, pieces, free)
                return
            _send(line, pieces, free)

    def _last_words(self, line: socket.socket, pieces: Pieces, free: Event) -> None:
        try:
            _send(line, pieces, free)
        finally:
            line.close()
            with self._lock:
                self._closing -= 1
                self._lock.notify_all()


def _send(line: socket.socket, pieces: Pieces, free: Event) -> None:
    for piece in pieces:
        if isinstance(piece, bytes):
            line.sendall(piece)
        elif piece == RESET:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RST)
        elif piece == HOLD:
            free.wait(20)
        elif free.wait(float(piece)):
            return
