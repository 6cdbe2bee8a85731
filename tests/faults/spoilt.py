"""One true answer of the portal, spoilt in one of many ways: the bytes that then go over a socket.

Stands apart because it is data: what a bad line, a stranger's box or a portal's own bug can make of an answer. Bytes
that leave at once are a ``tuple`` of pieces; a number between them is a pause in seconds, ``RESET`` breaks the line,
``HOLD`` keeps it open in silence.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

RESET, HOLD = "reset", "hold"
Pieces = tuple[bytes | float | str, ...]

PAGE = "<!doctype html><title>Wi-Fi</title><h1>Hãy đăng nhập mạng</h1>".encode()
DRIP_S = 0.03


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body as the portal meant them."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    has_body: bool = True

    def raw(self, *, body: bytes | None = None, status: str = "", length: str | None = "", **headers: str) -> bytes:
        """Write it; a ``length`` of None leaves Content-Length out, header names are given with underscores."""
        content = self.body if body is None else body
        told = {k: v for k, v in self.headers.items() if k not in ("content-length", "connection")}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        if length is not None:
            told["content-length"] = length or str(len(content) if self.has_body else 0)
        lines = [status or f"HTTP/1.1 {self.status} Said", *(f"{k}: {v}" for k, v in told.items() if v != "-")]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + (content if self.has_body else b"")

    def head(self, **headers: str) -> bytes:
        """Write status line and headers, without the blank line's body."""
        return self.raw(body=b"", **headers)


Spoil = Callable[[Answer, Random], "bytes | Pieces"]


@cache
def bomb() -> bytes:
    """Return 200 MB of nothing, some 200 kB on the wire."""
    return gzip.compress(bytes(200 * 1024 * 1024), 9)


def _cut(answer: Answer, dice: Random) -> bytes:
    return answer.body[: dice.randrange(len(answer.body))] if answer.body else b""


def _drips(data: bytes) -> Pieces:
    found: list[bytes | float | str] = []
    for at in range(min(len(data), 400)):
        found += [data[at : at + 1], DRIP_S]
    return (*found, HOLD)


def _chunked(body: bytes, end: bytes) -> bytes:
    return b"%x\r\n" % len(body) + body + end


def _at(answer: Answer, dice: Random, byte: bytes) -> bytes:
    place = dice.randrange(len(answer.body) + 1)
    return answer.body[:place] + byte + answer.body[place:]


def _middle(answer: Answer) -> bytes:
    """Return the body with raw bytes that are not UTF-8 inside its first text."""
    return answer.body.replace(b'"', b'"\xff\xfe', 1) if b'"' in answer.body else b"\xff" + answer.body


# What no reader may take for an answer. Of answers without a body only those of ``HEADS`` are spoilt at all.
LINES: dict[str, Spoil] = {
    "nothing": lambda a, d: (),
    "reset": lambda a, d: (RESET,),
    "silence": lambda a, d: (HOLD,),
    "half a status line": lambda a, d: (b"HTTP/1.",),
    "no HTTP": lambda a, d: (d.randbytes(300),),
    "another protocol": lambda a, d: (b"SSH-2.0-OpenSSH_9.2\r\n",),
    "TLS where there is none": lambda a, d: (b"\x15\x03\x01\x00\x02\x02\x28",),
    "version 9": lambda a, d: a.raw(status="HTTP/9.9 200 OK"),
    "status in words": lambda a, d: a.raw(status="HTTP/1.1 OK 200"),
    "status 99": lambda a, d: a.raw(status="HTTP/1.1 99 Low"),
    "status 1000": lambda a, d: a.raw(status="HTTP/1.1 1000 High"),
    "continue for ever": lambda a, d: (b"HTTP/1.1 100 Continue\r\n\r\n", DRIP_S) * 300,
    "another protocol from now": lambda a, d: (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", HOLD),
    "a header of 100 kB": lambda a, d: a.raw(x_long="x" * 100_000),
    "300 headers": lambda a, d: a.raw(**{f"x_{n}": "y" for n in range(300)}),
    "drip of the status line": lambda a, d: _drips(a.raw()),
    "drip of headers": lambda a, d: (b"HTTP/1.1 200 OK\r\n", *_drips(b"x-a: b\r\n" * 90)),
    "reset in the headers": lambda a, d: (a.raw()[: len(a.head()) // 2], RESET),
    "redirect": lambda a, d: a.raw(status="HTTP/1.1 302 Found", location="/v1/capabilities"),
    "redirect that keeps the method": lambda a, d: a.raw(status="HTTP/1.1 307 Go", location="http://127.0.0.1:9/"),
    "redirect for ever": lambda a, d: a.raw(status="HTTP/1.1 308 Go", location="/"),
    "not modified": lambda a, d: (b"HTTP/1.1 304 Not Modified\r\n\r\n",),
    "not there, says a box": lambda a, d: a.raw(body=PAGE, status="HTTP/1.1 404 No", content_type="text/html"),
    "forbidden, says a box": lambda a, d: a.raw(body=PAGE, status="HTTP/1.1 403 No", content_type="text/html"),
    "gone, says a box": lambda a, d: a.raw(body=PAGE, status="HTTP/1.1 410 Gone", content_type="text/html"),
    "bad gateway": lambda a, d: a.raw(body=PAGE, status="HTTP/1.1 502 Bad", content_type="text/html"),
    "proxy wants a password": lambda a, d: a.raw(body=PAGE, status="HTTP/1.1 407 Who", content_type="text/html"),
    "busy for ever": lambda a, d: a.raw(body=b"{}", status="HTTP/1.1 503 Busy", retry_after="9" * 40),
    "busy till a day that is none": lambda a, d: a.raw(
        body=b"{}", status="HTTP/1.1 429 Busy", retry_after=d.choice(("Thu, 99 Foo 2026", "-5", "1e9", ""))),
    "failed after all": lambda a, d: a.raw(body=b"{}", status="HTTP/1.1 500 Oh"),
}  # fmt: skip

BODIES: dict[str, Spoil] = {
    "cut, length told": lambda a, d: a.head(length=str(len(a.body))) + _cut(a, d),
    "cut, then silence": lambda a, d: (a.head(length=str(len(a.body))) + _cut(a, d), HOLD),
    "cut, no length": lambda a, d: a.head(length=None, connection="close") + _cut(a, d),
    "cut by a reset": lambda a, d: (a.head(length=str(len(a.body))) + _cut(a, d), RESET),
    "length too short": lambda a, d: a.head(length=str(d.randrange(len(a.body)))) + a.body,
    "length too long": lambda a, d: a.head(length=str(len(a.body) + d.randint(1, 9))) + a.body,
    "length beyond all": lambda a, d: a.head(length="9" * 30) + a.body,
    "chunks without an end": lambda a, d: a.head(length=None, transfer_encoding="chunked") + _chunked(a.body, b""),
    "chunks of no number": lambda a, d: a.head(length=None, transfer_encoding="chunked") + b"zz\r\n" + a.body,
    "chunk beyond all": lambda a, d: a.head(length=None, transfer_encoding="chunked") + b"f" * 20 + b"\r\n" + a.body,
    "drip of the body": lambda a, d: (a.head(length=str(len(a.body))), *_drips(a.body[:-1])),
    "a page with 200": lambda a, d: a.raw(body=PAGE, status="HTTP/1.1 200 OK", content_type="text/html"),
    "a page that says JSON": lambda a, d: a.raw(body=PAGE, content_type="application/json"),
    "empty with 200": lambda a, d: a.raw(body=b""),
    "nothing with 204": lambda a, d: (b"HTTP/1.1 204 None\r\n\r\n",),
    "UTF-16": lambda a, d: a.raw(
        body=a.body.decode("utf-8", "replace").encode("utf-16"), content_type="application/json; charset=utf-16"),
    "a picture": lambda a, d: a.raw(body=b"\x89PNG\r\n\x1a\n" + d.randbytes(90), content_type="image/png"),
    "not UTF-8": lambda a, d: a.raw(body=_middle(a)),
    "byte order mark": lambda a, d: a.raw(body=b"\xef\xbb\xbf" + a.body),
    "zero byte": lambda a, d: a.raw(body=_at(a, d, b"\x00")),
    "garbage behind": lambda a, d: a.raw(body=a.body + d.choice((b"}", b"x", b",{}", a.body))),
    "garbage before": lambda a, d: a.raw(body=b"\r\n)]}'," + a.body),
    "says gzip, is none": lambda a, d: a.raw(content_encoding="gzip"),
    "gzip cut": lambda a, d: a.raw(body=gzip.compress(a.body)[:-12], content_encoding="gzip"),
    "gzip spoilt": lambda a, d: a.raw(
        body=gzip.compress(a.body)[:12] + b"\x00" * 9 + gzip.compress(a.body)[21:], content_encoding="gzip"),
    "gzip bomb": lambda a, d: a.raw(body=bomb(), content_encoding="gzip"),
    "unknown coding": lambda a, d: a.raw(body=d.randbytes(200), content_encoding="br"),
}  # fmt: skip

# What every reader must take for the answer it is.
HARMLESS: dict[str, Spoil] = {
    "as it was": lambda a, d: a.raw(),
    "with gzip": lambda a, d: a.raw(body=gzip.compress(a.body), content_encoding="gzip"),
    "in chunks": lambda a, d: a.head(length=None, transfer_encoding="chunked") + _chunked(a.body, b"\r\n0\r\n\r\n"),
    "in two pieces": lambda a, d: (a.raw()[: len(a.head()) + 1], 0.02, a.raw()[len(a.head()) + 1 :]),
    "until it closes": lambda a, d: a.raw(length=None, connection="close"),
    "blanks around": lambda a, d: a.raw(body=b" \r\n\t" + a.body + b"\n \n"),
    "bare line ends": lambda a, d: a.head(length=str(len(a.body))).replace(b"\r\n", b"\n") + a.body,
}

JSON_TYPES: dict[str, Spoil] = {
    "plain text": lambda a, d: a.raw(content_type="text/plain"),
    "no type": lambda a, d: a.raw(content_type="-"),
    "a type that is none": lambda a, d: a.raw(content_type="json"),
}


# --- a portal's own bug: well-formed HTTP, JSON that is not what it should be

_TWICE = "\x00twice\x00"


def _leaf(value: object, dice: Random) -> object:
    return dice.choice(_LEAVES)(value)


_LEAVES: tuple[Callable[[object], object], ...] = (
    lambda v: None, lambda v: "", lambda v: "x" * 200_000, lambda v: "\x00\u202e'; DROP TABLE outbox;--", lambda v: [],
    lambda v: {}, lambda v: [v], lambda v: {"is": v}, lambda v: True, lambda v: -1, lambda v: 0, lambda v: 10**25,
    lambda v: 2**63, lambda v: 2**53, lambda v: 1.5, lambda v: 1e300, lambda v: "0001-01-01T00:00:00+14:00",
    lambda v: "9999-12-31T23:59:59-12:00", lambda v: str(v), lambda v: "NaN",
)  # fmt: skip


def _paths(value: object, here: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    found = [here] if here else []
    if isinstance(value, dict):
        return found + [path for key, item in value.items() for path in _paths(item, (*here, key))]
    if isinstance(value, list):
        return found + [path for at, item in enumerate(value[:5]) for path in _paths(item, (*here, at))]
    return found


def _changed(answer: Answer, dice: Random, change: Callable[[Any, Any, Random], None]) -> bytes:
    """Return the body with one place of its tree changed."""
    tree = json.loads(answer.body)
    paths = _paths(tree)
    if not paths:
        return b"[]"
    path = dice.choice(paths)
    parent = tree
    for step in path[:-1]:
        parent = parent[step]
    change(parent, path[-1], dice)
    return json.dumps(tree, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _another(parent: Any, key: Any, dice: Random) -> None:
    parent[key] = _leaf(parent[key], dice)


def _away(parent: Any, key: Any, dice: Random) -> None:
    del parent[key]


def _many(parent: Any, key: Any, dice: Random) -> None:
    parent[key] = [parent[key]] * 3000


def _marked(parent: Any, key: Any, dice: Random) -> None:
    parent[key] = _TWICE


def _instead(text: str) -> Spoil:
    """Put raw JSON text in one place, which no library would write."""

    def spoil(answer: Answer, dice: Random) -> bytes:
        marked = _changed(answer, dice, _marked)
        return answer.raw(body=marked.replace(json.dumps(_TWICE).encode(), text.encode(), 1))

    return spoil


def _twin(answer: Answer, dice: Random) -> bytes:
    """Give the first key of the object twice, with other values."""
    first = next(iter(json.loads(answer.body)), "x")
    return answer.raw(body=b"{" + json.dumps(first).encode() + b":7," + answer.body.lstrip()[1:])


SHAPES: dict[str, Spoil] = {
    "another value": lambda a, d: a.raw(body=_changed(a, d, _another)),
    "a value away": lambda a, d: a.raw(body=_changed(a, d, _away)),
    "a value 3000 times": lambda a, d: a.raw(body=_changed(a, d, _many)),
    "NaN": _instead("NaN"),
    "minus infinity": _instead("-Infinity"),
    "1e400": _instead("1e400"),
    "a thousand digits": _instead("7" * 1000),
    "half a letter": _instead('"\\ud83d"'),
    "100 deep": _instead("[" * 100 + "]" * 100),
    "100,000 deep": _instead("[" * 100_000 + "]" * 100_000),
    "objects 2,000 deep": _instead('{"a":' * 2000 + "1" + "}" * 2000),
    "a key twice": _twin,
    "another field": lambda a, d: a.raw(body=a.body.rstrip()[:-1] + b',"x_new":{"a":[1,2.5,"\\u1ed3"]}}'),
    "a list around": lambda a, d: a.raw(body=b"[" + a.body + b"]"),
    "null": lambda a, d: a.raw(body=b"null"),
    "a text": lambda a, d: a.raw(body=b'"ok"'),
    "an empty object": lambda a, d: a.raw(body=b"{}"),
}


def pieces(spoil: Spoil, answer: Answer, dice: Random) -> Pieces:
    """Return what goes over the socket."""
    made = spoil(answer, dice)
    return (made,) if isinstance(made, bytes) else made
