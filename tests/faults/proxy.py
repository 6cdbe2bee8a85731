"""A TCP proxy between a desk and a portal that breaks one exchange in one way; everything else passes as it is.

Stands apart from the faults inside the sandbox and inside the simulation: here both ends are real sockets of programs
that know nothing of it. A fault is a *kind* and a *moment*: ``before`` the request was forwarded, ``during`` it,
``after`` the portal has answered and before the desk reads a byte, ``mid``: in the middle of the answer.
"""

from __future__ import annotations

import http.client
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from tests.faults.listener import Listener
from tests.faults.spoilt import PAGE, bomb
from tests.unit.hostile_server import read_request

MOMENTS = ("before", "during", "after", "mid")
BREAKS = ("closed", "reset", "silent")
_JSON, _HTML = "application/problem+json", "text/html; charset=utf-8"
_ANSWERS: dict[str, tuple[int, str, dict[str, str]]] = {
    "500": (500, _JSON, {}), "502 page": (502, _HTML, {}), "503": (503, _JSON, {"Retry-After": "20"}),
    "504 page": (504, _HTML, {}), "429 seconds": (429, _JSON, {"Retry-After": "30"}),
    "429 date": (429, _JSON, {"Date": "Fri, 20 Nov 2026 01:00:30 GMT", "Retry-After": "Fri, 20 Nov 2026 01:01:00 GMT"}),
    "429 garbage": (429, _JSON, {"Retry-After": "soon"}), "429 for ever": (429, _JSON, {"Retry-After": "1000000000"}),
    "401": (401, _JSON, {}), "403 page": (403, _HTML, {}), "302 page": (302, _HTML, {"Location": "http://10.0.0.1/"}),
    "200 page": (200, _HTML, {}),
}  # fmt: skip
_TYPES = {500: "internal", 503: "unavailable", 429: "rate-limited", 401: "session-over"}
_SPOILT = (
    "cut with length",
    "cut without length",
    "one byte spoilt",
    "wrong type",
    "gzip bomb",
    "dripping",
    "echo of another",
)
_AGAIN = ("twice now", "twice an hour later", "answered late", "arrives late")
FAULTS: tuple[str, ...] = (
    *(f"{kind} {moment}" for kind in BREAKS for moment in MOMENTS),
    *(f"{kind} {moment}" for kind in _ANSWERS for moment in ("before", "after")),
    *_SPOILT, *_AGAIN,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """An answer of the portal."""

    status: int
    headers: dict[str, str]
    body: bytes


Served = Callable[[str, bytes, Said], None]


class Proxy(Listener):
    """Listens on loopback; ``told`` hears every exchange with the portal (path, request body, answer)."""

    def __init__(self, upstream_port: int) -> None:
        self._upstream = upstream_port
        self.told: Served = lambda path, body, said: None
        self._lock = Lock()
        self._fault, self._path = "", ""
        self._earlier: Said | None = None
        self.kept_back: list[bytes] = []
        super().__init__("proxy", patience_s=30)

    def lay(self, fault: str, path: str = "/v1/commands") -> None:
        """Break the next request to ``path`` like this."""
        with self._lock:
            self._fault, self._path = fault, path

    def is_laid_for(self, path: str) -> bool:
        """Say whether the next request to ``path`` meets a fault."""
        return bool(self._fault) and path == self._path

    def late_ones_arrive(self) -> None:
        """Forward what was kept back; nobody listens to the answers any more."""
        waiting, self.kept_back = self.kept_back, []
        for request in waiting:
            self._forward(request)

    def converse(self, line: socket.socket) -> None:
        """Carry one request to the portal, or break it as was laid."""
        request = read_request(line)
        if request:
            fault = self._taken(request.split(b" ", 2)[1].decode().partition("?")[0])
            self._pass(line, request, fault)

    def _taken(self, path: str) -> str:
        with self._lock:
            if not self._fault or path != self._path:
                return ""
            fault, self._fault = self._fault, ""
            return fault

    def _pass(self, line: socket.socket, request: bytes, fault: str) -> None:
        kind, _, moment = fault.rpartition(" ")
        if kind in BREAKS:
            self._break(line, request, kind, moment)
        elif kind in _ANSWERS:
            if moment == "after":
                self._forward(request)
            line.sendall(_written(_made(*_ANSWERS[kind])))
        elif fault in ("arrives late", "answered late"):
            if fault == "arrives late":
                self.kept_back.append(request)
            else:
                self._forward(request)
            self._over.wait(1.0)  # longer than the desk's patience
        else:
            self._spoil(line, request, fault)

    def _break(self, line: socket.socket, request: bytes, kind: str, moment: str) -> None:
        if moment == "during":
            with socket.create_connection(("127.0.0.1", self._upstream), timeout=10) as half:
                half.sendall(request[: max(1, len(request) - 20)])
        elif moment in ("after", "mid"):
            said = self._forward(request)
            if moment == "mid":
                line.sendall(_written(said)[: -max(1, len(said.body) // 2)])
        if kind == "silent":
            self._over.wait(1.0)
        elif kind == "reset":
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _spoil(self, line: socket.socket, request: bytes, fault: str) -> None:
        said = self._forward(request)
        if fault == "twice now":
            said = self._forward(request)
        elif fault == "twice an hour later":
            self.kept_back.append(request)
        elif fault == "echo of another":
            said = self._earlier or said
        elif not fault and said.status == 200 and b'"results"' in said.body[:20]:
            self._earlier = said
        raw = _written(said)
        if fault == "cut with length":
            raw = raw[: -max(1, len(said.body) // 3)]
        elif fault == "cut without length":
            raw = raw.replace(b"Content-Length:", b"X-Length:")[: -max(1, len(said.body) // 3)]
        elif fault == "one byte spoilt":
            raw = raw[:-2] + b"\x00" + raw[-1:]
        elif fault == "wrong type":
            raw = _written(Said(said.status, said.headers | {"Content-Type": "text/plain"}, said.body))
        elif fault == "gzip bomb":
            raw = _written(Said(200, said.headers | {"Content-Encoding": "gzip"}, bomb()))
        if fault == "dripping":
            for at in range(len(raw)):
                line.sendall(raw[at : at + 1])
                if self._over.wait(0.05):
                    return
        else:
            line.sendall(raw)

    def _forward(self, request: bytes) -> Said:
        """Carry a whole request to the portal and back, as another connection of its own."""
        head, _, body = request.partition(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = dict(row.split(": ", 1) for row in rest)
        upstream = http.client.HTTPConnection("127.0.0.1", self._upstream, timeout=40)
        try:
            upstream.request(method, path, body or None, {k: v for k, v in headers.items() if k != "Accept-Encoding"})
            answer = upstream.getresponse()
            kept = {k.title(): v for k, v in answer.getheaders() if k.lower() not in ("content-length", "connection")}
            said = Said(answer.status, kept, answer.read())
        finally:
            upstream.close()
        self.told(path.partition("?")[0], body, said)
        return said


def _made(status: int, media_type: str, headers: dict[str, str]) -> Said:
    body = PAGE if media_type == _HTML else b'{"type":"tag:motcua,2026:%s","status":%d}' % (
        _TYPES[status].encode(), status
    )  # fmt: skip
    return Said(status, headers | {"Content-Type": media_type}, body)


def _written(said: Said) -> bytes:
    known = said.headers
    lines = [f"HTTP/1.1 {said.status} Said", *(f"{k}: {v}" for k, v in known.items())]
    lines += [f"Content-Length: {len(said.body)}", "Connection: close"]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + said.body
