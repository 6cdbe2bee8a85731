"""A server on loopback that answers exactly the bytes a test tells it to, well-formed or not."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread

Script = Callable[[socket.socket, Event], None]


@dataclass
class HostileServer:
    """Runs ``scripts`` one per connection (the last again and again); keeps the requests it read, as bytes."""

    scripts: list[Script]
    tls: ssl.SSLContext | None = None
    reads_first: bool = True
    requests: list[bytes] = field(default_factory=list)
    asked: Event = field(default_factory=Event)
    over: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    @property
    def origin(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def serve(self) -> None:
        served = 0
        while not self.over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            script = self.scripts[min(served, len(self.scripts) - 1)]
            served += 1
            Thread(target=self._one, args=(connection, script), daemon=True).start()

    def _one(self, connection: socket.socket, script: Script) -> None:
        with suppress(OSError), connection:
            connection.settimeout(30)
            if self.tls is not None:
                connection = self.tls.wrap_socket(connection, server_side=True)
            with connection:
                if self.reads_first:
                    self.requests.append(read_request(connection))
                self.asked.set()
                script(connection, self.over)

    def stop(self) -> None:
        self.over.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


def read_request(connection: socket.socket) -> bytes:
    """Read head and the announced body."""
    got = b""
    while b"\r\n\r\n" not in got:
        piece = connection.recv(65536)
        if not piece:
            return got
        got += piece
    head, _, body = got.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def answering(raw: bytes) -> Script:
    """Answer these bytes and close."""
    return lambda connection, over: connection.sendall(raw)


def dripping(first: bytes, drop: bytes) -> Script:
    """Answer ``first``, then ``drop`` again and again, one every 20 ms, until the caller is gone."""

    def script(connection: socket.socket, over: Event) -> None:
        connection.sendall(first)
        while not over.wait(0.02):
            connection.sendall(drop)

    return script


def silent(connection: socket.socket, over: Event) -> None:
    """Take the request and never answer."""
    over.wait(30)


def http(status: str, body: bytes = b"", *headers: str) -> bytes:
    """Write a well-formed answer that closes the connection."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def json_answer(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    """Write a JSON answer."""
    return http(status, body, "Content-Type: application/json", *headers)


@contextmanager
def serving(
    *scripts: Script, tls: ssl.SSLContext | None = None, reads_first: bool = True
) -> Iterator[HostileServer]:
    """Run a server for the length of a ``with``."""
    server = HostileServer(list(scripts), tls, reads_first)
    thread = Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(5)
