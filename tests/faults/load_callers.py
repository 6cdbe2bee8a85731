"""Callers of the load: desks that send commands and follow the feed, each a thread on one kept connection.

Stands apart from ``load``, which sets them going and judges: they share the portal's two cores and must be cheap, so
they speak HTTP/1.1 on a bare socket and look for ids and versions in a page without reading all of its dossiers.
"""

from __future__ import annotations

import hashlib
import json
import re
import socket
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from threading import Thread
from typing import Any
from urllib.parse import quote

from app.domain.words import LineKind
from app.ids import IdSource

TIMEOUT_S = 30.0
_id = IdSource().new
_CHANGE = re.compile(rb'\{"id":"([0-9a-f-]{36})","version":(\d+),"body":\{')
_CURSOR = re.compile(rb'"next_cursor":"([^"]+)","has_more":(true|false)')
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


@dataclass
class Tally:
    """What came of the requests of one kind."""

    statuses: Counter[int] = field(default_factory=Counter)
    took_ms: list[float] = field(default_factory=list)
    alone_ms: list[float] = field(default_factory=list)
    """From the moment a request was due, and from the moment it left: the lag of a caller is between."""
    no_hint: int = 0
    failures: Counter[str] = field(default_factory=Counter)

    def line(self, name: str, seconds: float) -> str:
        """Return the figures in one line."""
        rate = self.statuses[200] / seconds
        return (
            f"{name}: {rate:.0f}/s served, p50 {self.at(0.5):.0f} ms, p95 {self.at(0.95):.0f} ms, "
            f"p99 {self.at(0.99):.0f} ms, p95 once sent {self.at(0.95, self.alone_ms):.0f} ms, "
            f"answers {dict(self.statuses)}, without Retry-After {self.no_hint}, failures {dict(self.failures)}"
        )

    def at(self, part: float, of: list[float] | None = None) -> float:
        """Return a percentile of the served requests."""
        ordered = sorted(self.took_ms if of is None else of)
        return ordered[int(part * (len(ordered) - 1))] if ordered else 0.0


class Line:
    """One kept connection; opens itself again after it broke."""

    def __init__(self, address: str, token: str) -> None:
        host, _, port = address.rpartition(":")
        self._at = (host, int(port))
        self._told = f"Host: {address}\r\nAuthorization: {token}\r\nContent-Type: application/json\r\n"
        self._socket: socket.socket | None = None

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, bytes, bytes]:
        """Return status, head and body of the answer; raises OSError for a broken line or one that is silent."""
        sent = body.encode()
        head = f"{method} {path} HTTP/1.1\r\n{self._told}Content-Length: {len(sent)}\r\n\r\n"
        if self._socket is None:
            self._socket = socket.create_connection(self._at, TIMEOUT_S)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self._socket.sendall(head.encode() + sent)
            return self._answer(self._socket)
        except (OSError, EOFError):
            self.close()
            raise

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    @staticmethod
    def _answer(line: socket.socket) -> tuple[int, bytes, bytes]:
        data = b""
        while b"\r\n\r\n" not in data:
            data += _more(line, 65536)
        head, _, begun = data.partition(b"\r\n\r\n")
        found = _LENGTH.search(head)
        parts, left = [begun], int(found[1]) - len(begun) if found else 0
        while left > 0:
            parts.append(_more(line, min(left, 1 << 20)))
            left -= len(parts[-1])
        return int(head[9:12]), head, b"".join(parts)


def _more(line: socket.socket, most: int) -> bytes:
    data = line.recv(most)
    if not data:
        raise ConnectionResetError("hung up")
    return data


class Caller(Thread):
    """One desk's thread: a request whenever one is due, on one kept connection."""

    def __init__(self, address: str, token: str, every_s: float, ends: float, tally: Tally, dice: Random) -> None:
        super().__init__(daemon=True)
        self._every_s, self._ends, self.tally, self._dice = every_s, ends, tally, dice
        self._line = Line(address, token)

    def run(self) -> None:
        """Ask at each due moment until the end; moments that passed meanwhile are asked for at once."""
        due = time.monotonic() + self._dice.random() * self._every_s
        while due < self._ends:
            time.sleep(max(0.0, due - time.monotonic()))
            if time.monotonic() > self._ends + 5:
                return
            self.once(due)
            due += self._every_s

    def once(self, due: float) -> None:
        raise NotImplementedError

    def ask(self, method: str, path: str, body: str, due: float) -> bytes | None:
        """Return the answer's body, None unless it was 200."""
        left = time.monotonic()
        try:
            status, head, data = self._line.ask(method, path, body)
        except OSError as error:
            self.tally.failures[type(error).__name__] += 1
            return None
        self.tally.statuses[status] += 1
        if status != 200:
            self.tally.no_hint += b"\r\nretry-after:" not in head.lower()
            return None
        now = time.monotonic()
        self.tally.took_ms.append((now - due) * 1000)
        self.tally.alone_ms.append((now - left) * 1000)
        return data


class Clerk(Caller):
    """Sends commands on its own dossiers: corrections and money."""

    def __init__(self, *given: Any, officer: str, ids: list[str], now: str) -> None:
        super().__init__(*given)
        self._officer, self._ids, self._now = officer, ids, now
        self.done: dict[str, int] = {}
        """Key → đồng of each command that the portal acknowledged."""
        self.unsure: dict[str, int] = {}

    def once(self, due: float) -> None:
        """Send one command, now and then twice."""
        amount = self._dice.choice((0, 0, 0, 15_000))
        key, body = _id(), self._body(amount)
        sent = {"key": key, "actor_id": self._officer, "type": "collect" if amount else "correct_contact",
                "dossier_id": self._dice.choice(self._ids), "if_match": None,
                "sha256": hashlib.sha256(body.encode()).hexdigest(), "body": body}  # fmt: skip
        batch = json.dumps({"commands": [sent]})
        for _ in range(1 + (self._dice.random() < 0.02)):
            answer = self.ask("POST", "/v1/commands", batch, due)
            if answer is None:
                self.unsure[key] = amount
                continue
            result = json.loads(answer)["results"][0]
            if result["status"] in ("done", "replayed"):
                self.done[key] = amount
            else:
                self.tally.failures[f"{result['status']} {result['problem']}"[:200]] += 1

    def _body(self, amount: int) -> str:
        if not amount:
            return json.dumps({"made_at": self._now, "phone": f"09{self._dice.randrange(10**8):08d}"})
        line = {"kind": LineKind.OTHER.value, "name": f"Bản sao {_id()}", "amount": amount}
        return json.dumps({
            "made_at": self._now, "notice_id": _id(), "payment_id": _id(), "title": "Thu tại quầy", "lines": [line],
            "amount": amount, "channel": "counter_cash", "evidence": {"info": "Biên lai 7"}, "reason": "Thêm bản sao",
        })  # fmt: skip


class Reader(Caller):
    """Follows the feed."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.mirror: dict[str, int] = {}
        self.cursor, self.fell, self.more = "", 0, True

    def once(self, due: float) -> None:
        """Take one page."""
        page = self.ask("GET", f"/v1/sync?limit=50&cursor={quote(self.cursor)}", "", due)
        if page is None:
            return
        for identity, digits in _CHANGE.findall(page):
            key, version = identity.decode(), int(digits)
            self.fell += version < self.mirror.get(key, 0)
            self.mirror[key] = version
        found = _CURSOR.search(page, page.rfind(b'"next_cursor"'))
        assert found is not None, "a page without its cursor"
        self.cursor, self.more = found[1].decode(), found[2] == b"true"

    def catch_up(self) -> None:
        """Take pages until there is no more."""
        self.more = True
        while self.more:
            self.once(time.monotonic())
