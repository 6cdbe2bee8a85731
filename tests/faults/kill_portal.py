"""The portal of the kills: the real application on a real socket, in a process that survives the desks'.

Stands apart because everything here must outlive a death: it writes down what arrived and what was answered, breaks
requests when told, and plays the citizens. A parent speaks to it through a pipe.
"""

from __future__ import annotations

import hashlib
import json
import logging
import socket
import time
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from threading import Lock, Thread
from typing import Any

import uvicorn
from sqlalchemy import text
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.clock import Clock
from app.sandbox.faults import Fault, FaultLayer, FaultPlan
from app.sandbox.portal import Portal
from app.sandbox.server import application
from tests.simulation.crowd import Crowd

DESK = "x-desk"
"""The header by which a desk of the campaign says which one it is."""
COMMANDS = "/v1/commands"


class Log:
    """Rows of what happened, with the machine's monotonic time; any thread."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self._lock = Lock()
        self.inside = 0

    def tell(self, event: str, **values: Any) -> None:
        with self._lock:
            self.rows.append({"e": event, "t": time.monotonic(), **values})

    def enter(self, step: int) -> None:
        with self._lock:
            self.inside += step


class Arrivals:
    """Notes every request as it came, before anything may break it."""

    def __init__(self, app: ASGIApp, log: Log) -> None:
        self._app, self._log = app, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _body(receive)
        if body is None:
            return  # whoever asked died in the middle of the sentence
        given = [{"type": "http.request", "body": body, "more_body": False}]

        async def again() -> Message:
            return given.pop() if given else await receive()

        desk, path = _desk(scope), scope["path"]
        self._log.tell("asked", desk=desk, method=scope["method"], path=path, fault="", **_commands(body, path))
        changes = path != "/v1/sync"  # which may wait long for news
        self._log.enter(changes)
        try:
            await self._app(scope, again, send)
        finally:
            self._log.enter(-changes)


class Answers:
    """Notes what the application did, whether or not the answer gets home."""

    def __init__(self, app: ASGIApp, log: Log) -> None:
        self._app, self._log = app, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        said: list[Message] = []

        async def kept(message: Message) -> None:
            said.append(message)

        await self._app(scope, receive, kept)
        status, body = said[0]["status"], b"".join(message.get("body", b"") for message in said[1:])
        told = _results(body) if scope["path"] == COMMANDS and status == 200 else {}
        self._log.tell("served", desk=_desk(scope), path=scope["path"], status=status, **told)
        for message in said:
            await send(message)


async def _body(receive: Receive) -> bytes | None:
    found = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        found += message.get("body", b"")
        if not message.get("more_body"):
            return found


def _desk(scope: Scope) -> str:
    return next((value.decode() for name, value in scope["headers"] if name.decode().lower() == DESK), "")


def _commands(body: bytes, path: str) -> dict[str, Any]:
    if path != COMMANDS:
        return {}
    rows = json.loads(body)["commands"]
    names = ("key", "actor_id", "dossier_id", "sha256")
    return {"commands": [[*(c[n] for n in names), hashlib.sha256(c["body"].encode()).hexdigest()] for c in rows]}


def _results(body: bytes) -> dict[str, Any]:
    rows = json.loads(body)["results"]
    return {"results": [[r["key"], r["status"], r["dossier_id"], r["version"]] for r in rows]}


class Office:
    """What a parent may ask of the portal's process, by name."""

    def __init__(self, portal: Portal, plan: FaultPlan, log: Log, dice: Random) -> None:
        self._portal, self._plan, self._log = portal, plan, log
        self._crowd = Crowd(portal, log, dice)  # type: ignore[arg-type]
        self._codes: dict[str, str] = {}

    def file(self) -> str:
        """File a dossier; return its id."""
        self._crowd.file()
        with self._portal.database.reading() as connection:
            found = text("select id, code from dossiers where code = :code")
            row = connection.execute(found, {"code": self._crowd.codes[-1]}).one()
        self._codes[row.id] = row.code
        return str(row.id)

    def withdraw(self, dossier_id: str) -> None:
        self._crowd._citizens.withdraw(self._codes[dossier_id], "Không còn nhu cầu")

    def pay(self) -> None:
        with self._portal.database.reading() as connection:
            ids = list(connection.execute(text("select id from notices order by id")).scalars())
        self._crowd.pay(ids)

    def calls_end(self) -> None:
        self._crowd.calls_end()

    def faults(self, *faults: dict[str, Any]) -> None:
        self._plan.replace([Fault.from_object(fault) for fault in faults])

    def quiet(self) -> None:
        """Return when no request is being worked on."""
        while self._log.inside:
            time.sleep(0.0005)

    def heard(self) -> int:
        """Return how many requests have come."""
        return sum(row["e"] == "asked" for row in self._log.rows)

    def rows(self) -> list[dict[str, Any]]:
        return self._log.rows


def serve(folder: Path, listening: socket.socket, clock: Clock, seed: str, parent: Connection) -> None:
    """Run until the parent hangs up; called in a process of its own."""
    logging.disable(logging.CRITICAL)
    portal, plan, log = Portal(folder, base=clock), FaultPlan(), Log()
    app = Arrivals(FaultLayer(Answers(application(portal, FaultPlan()), log), plan), log)
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", ws="none")
    Thread(target=uvicorn.Server(config).run, args=([listening],), daemon=True).start()
    office = Office(portal, plan, log, Random(seed))
    while True:
        try:
            name, *arguments = parent.recv()
        except EOFError:
            return
        parent.send(getattr(office, name)(*arguments))
