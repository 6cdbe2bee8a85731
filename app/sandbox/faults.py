"""Broken lines on demand: an ASGI layer that fails chosen requests in chosen ways.

Stands apart from the application it wraps: what it drops after the application has answered was committed, exactly as
when a cable is pulled. Kinds: ``drop_before`` (nothing reached the portal), ``drop_after_commit`` (everything did, the
answer was lost), ``status`` (another status, with ``retry_after``), ``html`` (a captive page), ``delay`` (late by
``delay_s`` seconds), ``cut`` (half an answer).
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from threading import Lock
from typing import Any

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.contract import problems

KINDS = frozenset({"drop_before", "drop_after_commit", "status", "html", "delay", "cut"})
_PAGE = b"<!doctype html><title>Wi-Fi</title><h1>H\xc3\xa3y \xc4\x91\xc4\x83ng nh\xe1\xba\xadp m\xe1\xba\xa1ng</h1>"
_PRIVATE = ("/sandbox", "/citizen", "/gateways")


@dataclass
class Fault:
    """One planned failure: ``path`` may hold ``*``, ``method`` empty means any, ``times`` counts down."""

    path: str
    kind: str
    method: str = ""
    times: int = 1
    status: int = 503
    retry_after: int | None = None
    delay_s: float = 1.0

    @classmethod
    def from_object(cls, value: Mapping[str, Any]) -> Fault:
        """Return the fault of a JSON object; raises KeyError, TypeError, ValueError for anything else."""
        fault = cls(**value)
        if fault.kind not in KINDS:
            raise ValueError(fault.kind)
        return fault


class FaultPlan:
    """The failures still to come; any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._faults: list[Fault] = []

    def replace(self, faults: Iterable[Fault]) -> None:
        """Forget the old plan and follow this one."""
        with self._lock:
            self._faults = list(faults)

    def take(self, method: str, path: str) -> Fault | None:
        """Return the first fault meant for a request and count it, or None."""
        with self._lock:
            for fault in self._faults:
                if fault.times > 0 and fault.method in ("", method) and fnmatchcase(path, fault.path):
                    fault.times -= 1
                    return fault
        return None

    def as_objects(self) -> list[dict[str, Any]]:
        """Return what is left of the plan."""
        with self._lock:
            return [asdict(fault) for fault in self._faults if fault.times > 0]


class FaultLayer:
    """Wraps the application; keeps its private doors to loopback and applies the plan to all others."""

    def __init__(self, app: ASGIApp, plan: FaultPlan) -> None:
        self._app = app
        self._plan = plan

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, well or badly."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        if path.startswith(_PRIVATE) and not _is_loopback(scope.get("client")):
            await _answer(send, 403, problems.MEDIA_TYPE, _problem(403))
            return
        fault = None if path.startswith("/sandbox") else self._plan.take(scope["method"], path)
        if fault is None:
            await self._app(scope, receive, send)
        else:
            await self._fail(fault, scope, receive, send)

    async def _fail(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        if fault.kind == "delay":
            await asyncio.sleep(fault.delay_s)
            await self._app(scope, receive, send)
        elif fault.kind == "status":
            headers = [] if fault.retry_after is None else [(b"retry-after", str(fault.retry_after).encode())]
            await _answer(send, fault.status, problems.MEDIA_TYPE, _problem(fault.status), headers)
        elif fault.kind == "html":
            await _answer(send, 200, "text/html; charset=utf-8", _PAGE)
        elif fault.kind == "drop_before":
            await _hang_up(receive, send)
        else:
            answer: list[Message] = []

            async def keep(message: Message) -> None:
                answer.append(message)

            await self._app(scope, receive, keep)
            if fault.kind == "cut":
                await _send_half(answer, send)
            await _hang_up(receive, send)


async def _send_half(answer: list[Message], send: Send) -> None:
    body = b"".join(message.get("body", b"") for message in answer[1:])
    await send(answer[0])
    await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
    await asyncio.sleep(0.05)  # let the half reach the wire before the line breaks


async def _hang_up(receive: Receive, send: Send) -> None:
    """Break the connection; ASGI has no word for it, so the server's own transport is taken from its ``send``."""
    transport: Any = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is not None:
        transport.abort()
    while (await receive())["type"] != "http.disconnect":
        continue


def _problem(status: int) -> bytes:
    known = next((kind for kind, row in problems.KNOWN.items() if row.status == status), "about:blank")
    return orjson.dumps(problems.to_object(problems.Problem(known, status)))


async def _answer(
    send: Send, status: int, media_type: str, body: bytes, headers: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    told = [(b"content-type", media_type.encode()), (b"content-length", str(len(body)).encode()), *headers]
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": body})


def _is_loopback(client: tuple[str, int] | None) -> bool:
    try:
        return client is not None and ipaddress.ip_address(client[0]).is_loopback
    except ValueError:
        return False
