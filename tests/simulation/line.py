"""The bad line between one desk and the portal: real bytes, no socket, every fault on its dice.

Stands apart because it is the only transport of the simulation and the only place where requests are lost, doubled,
kept back or answered by a stranger. What it hands up goes through the program's own classification.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any, Unpack

from app.errors import Offline
from app.portal.exchange import Asked, Response
from tests.simulation.ground import ORIGIN, Ground, as_sent
from tests.simulation.history import History

PAGE = b"<!doctype html><title>Wi-Fi</title>"
HTML = {"content-type": "text/html; charset=utf-8"}
BEFORE = (
    "no_route", "drop_request", "late_request", "redirect", "captive", "401", "403_html", "429", "429_garbage", "503",
    "500_before", "502_html", "killed_before",
)  # fmt: skip
AFTER = (
    "drop_response", "500_after", "truncated", "cut_json", "spoilt_byte", "wrong_type", "stale_echo", "double_now",
    "double_late", "slow", "too_slow", "killed_after",
)  # fmt: skip
FAULTS = (*BEFORE, *AFTER)


class Killed(BaseException):
    """The program died here."""


class Line:
    """A transport of one desk; ``draw`` names the fault of the next request, or nothing."""

    origin = ORIGIN

    def __init__(self, desk: str, ground: Ground, history: History, dice: Random, draw: Callable[[], str]) -> None:
        self.desk, self._ground, self._history, self._dice, self._draw = desk, ground, history, dice, draw
        self.afloat: list[tuple[Any, ...]] = []
        self._earlier: Response | None = None
        self._count = 0

    def request(self, method: str, path: str, **asked: Unpack[Asked]) -> Response:
        """Carry one request as the fault of the moment lets it."""
        fault, self._count = self._draw(), self._count + 1
        sent = (method, path, *as_sent(asked))
        self._history.tell("asked", desk=self.desk, method=method, path=path, fault=fault, **_commands(sent[4], path))
        if fault in BEFORE:
            return self._never_arrives(fault, sent)
        answer = self.deliver(sent)
        if not fault:
            self._earlier = answer if path == "/v1/commands" else self._earlier
            return answer
        return self._spoilt(fault, sent, answer, asked.get("deadline_s", 30.0))

    def deliver(self, sent: tuple[Any, ...]) -> Response:
        """Let the portal do it, and write down what it said of commands."""
        answer = self._ground.call(*sent)
        told = _results(answer) if sent[1] == "/v1/commands" else {}
        self._history.tell("served", desk=self.desk, path=sent[1], status=answer.status, **told)
        return answer

    def late_ones_arrive(self) -> None:
        """Deliver what the network kept back; nobody listens to the answers any more."""
        waiting, self.afloat = self.afloat, []
        self._dice.shuffle(waiting)
        for sent in waiting:
            self.deliver(sent)

    def close(self) -> None:
        """Nothing is held open."""

    def _never_arrives(self, fault: str, sent: tuple[Any, ...]) -> Response:
        if fault == "killed_before":
            raise Killed
        if fault == "no_route":
            raise Offline("connection-refused")
        if fault == "late_request" and sent[1] == "/v1/commands":
            self.afloat.append(sent)
        if fault in ("drop_request", "late_request"):
            self._ground.clock.advance(10)
            raise Offline("no-answer")
        return {
            "redirect": Response(302, HTML | {"location": "http://wifi.example/"}, PAGE),
            "captive": Response(200, HTML, PAGE),
            "403_html": Response(403, HTML, PAGE),
            "502_html": Response(502, HTML, PAGE),
            "401": _problem(401, "session-over"),
            "429": _problem(429, "rate-limited", {"retry-after": str(self._dice.randint(1, 90))}),
            "429_garbage": _problem(429, "rate-limited", {"retry-after": "soon"}),
            "503": _problem(503, "unavailable", {"retry-after": "20"}),
            "500_before": _problem(500, "internal"),
        }[fault]

    def _spoilt(self, fault: str, sent: tuple[Any, ...], answer: Response, deadline_s: float) -> Response:
        is_commands = sent[1] == "/v1/commands"
        if fault == "killed_after":
            raise Killed
        if fault in ("drop_response", "truncated"):
            raise Offline("cut-answer")
        if fault in ("slow", "too_slow"):
            self._ground.clock.advance(5 if fault == "slow" else deadline_s)
            if fault == "too_slow":
                raise Offline("no-answer")
        elif fault == "double_now" and is_commands:
            return self.deliver(sent)
        elif fault == "double_late" and is_commands:
            self.afloat.append(sent)
        elif fault == "stale_echo" and is_commands:
            return self._earlier or answer
        elif fault == "500_after":
            return _problem(500, "internal")
        elif fault == "cut_json":
            return replace(answer, body=answer.body[: self._dice.randint(0, max(0, len(answer.body) - 1))])
        elif fault == "spoilt_byte" and answer.body:
            return replace(answer, body=answer.body[:-1] + b"\x00")
        elif fault == "wrong_type":
            return replace(answer, headers={**answer.headers, "content-type": "text/plain"})
        return answer


def _problem(status: int, kind: str, headers: dict[str, str] | None = None) -> Response:
    body = json.dumps({"type": f"tag:motcua,2026:{kind}", "status": status}).encode()
    return Response(status, {"content-type": "application/problem+json", **(headers or {})}, body)


def _commands(body: bytes, path: str) -> dict[str, Any]:
    if path != "/v1/commands":
        return {}
    rows = json.loads(body)["commands"]
    return {
        "commands": [
            [c["key"], c["actor_id"], c["dossier_id"], c["sha256"], hashlib.sha256(c["body"].encode()).hexdigest()]
            for c in rows
        ]
    }


def _results(answer: Response) -> dict[str, Any]:
    if answer.status != 200:
        return {}
    rows = json.loads(answer.body)["results"]
    return {"results": [[r["key"], r["status"], r["dossier_id"], r["version"]] for r in rows]}
