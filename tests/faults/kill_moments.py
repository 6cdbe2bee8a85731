"""The moments of a command's life at which a desk is killed, seen from outside the program.

Stands apart as the only list of them: what the outbox's rows were and are, the requests on the wire and the making of a
key tell which moment it is. Nothing of this is in the program; a death waits where a moment is announced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, text

from app.ids import IdSource
from app.portal.exchange import Response
from app.portal.transport import RequestsTransport
from app.store.writer import Store
from tests.faults.kill_portal import COMMANDS, DESK

SCRIPTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "form-open": (("act",),),
    "pending": (("act",), ("act", "act")),
    "lane-blocked": (("act doomed", "send", "act behind"),),
    "blob-waiting": (("act with paper", "send"),),
    "inflight": (("act", "send"), ("act", "act", "engine")),
    "answered, not committed": (("act", "send"), ("act with paper", "send")),
    "unknown": (("act", "send"), ("act", "engine")),
    "acked, not reflected": (("act", "send"), ("act", "act", "send")),
    "reflected": (("act", "send", "pull"), ("act", "lane")),
    "needs decision": (("act doomed", "send"),),
    "parked": (("act", "send"),),
    "resolved": (("act doomed", "send", "decide"), ("act to undo", "undo")),
}
"""The twelve moments, each with the ways that lead to it."""

LOST_ANSWERS: tuple[dict[str, Any], ...] = (
    {"kind": "drop_before"}, {"kind": "drop_after_commit"}, {"kind": "cut"}, {"kind": "html"},
)  # fmt: skip
REFUSAL = {"kind": "status", "status": 403}

_ROWS = text(
    "select o.seq, o.key, o.dossier_id, o.state, o.last_problem, o.blobs, o.version, "
    "coalesce(m.version, 0) as seen from outbox o left join mirror m on m.id = o.dossier_id order by o.seq"
)
_BLOCKING = ("needs_decision", "parked")


class Moments:
    """Watches one desk's process and announces; ``announce`` does not return where the death is to be."""

    def __init__(self, announce: Callable[[str], None]) -> None:
        self._announce = announce
        self._before: dict[int, Any] = {}

    def install(self) -> None:
        """Put the watch around every commit and every new identity of this process, for good."""
        real_write, real_new = Store.write, IdSource.new

        @contextmanager
        def write(store: Store) -> Iterator[Connection]:
            with real_write(store) as connection:
                yield connection
                after = {row["seq"]: row for row in connection.execute(_ROWS).mappings()}
            before, self._before = self._before, after
            for moment in _between(before, after):
                self._announce(moment)

        def new(source: IdSource) -> str:
            made = real_new(source)
            self._announce("form-open")
            return made

        Store.write, IdSource.new = write, new  # type: ignore[method-assign]

    def watch(self, store: Store) -> None:
        """Begin with the rows as they are."""
        with store.read() as connection:
            self._before = {row["seq"]: row for row in connection.execute(_ROWS).mappings()}

    def wire(self, transport: RequestsTransport, desk: str) -> Wire:
        """Return the desk's way to the portal, announced."""
        return Wire(transport, desk, self._announce)


def _between(before: Mapping[int, Any], after: Mapping[int, Any]) -> Iterator[str]:
    """Yield the moment that each changed row has come to."""
    blocked: set[str] = set()
    for seq, row in after.items():
        old = before.get(seq)
        if old is None or dict(old) != dict(row):
            yield from _of_row(old, row, row["dossier_id"] in blocked)
        if row["state"] in _BLOCKING:
            blocked.add(row["dossier_id"])


def _of_row(old: Any, row: Any, blocked: bool) -> Iterator[str]:
    state, was = row["state"], old["state"] if old else ""
    if state == "acked":
        yield "reflected" if row["seen"] >= row["version"] else "acked, not reflected"
    elif state == "queued" and was == "sending":
        yield "unknown"
    elif state == "queued":
        yield "lane-blocked" if blocked else "blob-waiting" if row["blobs"] and not old else "pending"
    elif state != was:
        yield {"sending": "inflight", "needs_decision": "needs decision"}.get(state, state)


class Wire:
    """The real transport, with the desk's name on every request and the moments before and after."""

    def __init__(self, transport: RequestsTransport, desk: str, announce: Callable[[str], None]) -> None:
        self._transport, self._desk, self._announce = transport, desk, announce
        self.origin = transport.origin

    def request(self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **named: Any) -> Response:
        if path == COMMANDS:
            self._announce("inflight")
        elif path.startswith("/v1/blobs"):
            self._announce("blob-waiting")
        answer = self._transport.request(method, path, headers={**(headers or {}), DESK: self._desk}, **named)
        if path == COMMANDS:
            self._announce("answered, not committed")
        return answer

    def close(self) -> None:
        self._transport.close()
