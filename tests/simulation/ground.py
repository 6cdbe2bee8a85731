"""The ground every schedule starts from: a portal without dossiers and signed-in desks, made once, copied each time.

Stands apart because making it costs a second (accounts, migrations, the robot's sign-in over a real socket), while a
schedule lasts a fraction of one. Power loss is another harness's matter.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from app import bootstrap
from app.clock import Clock
from app.portal.exchange import Response
from app.sandbox.database import set_setting
from app.sandbox.faults import FaultPlan
from app.sandbox.identity import Grant, s256
from app.sandbox.offices import PASSWORD, officers
from app.sandbox.portal import Portal
from app.sandbox.robot import browser
from app.sandbox.server import SandboxServer, application
from tests.simulation.seeded import WorldClock

SEATS = {"quay1": "tiepnhan1", "quay2": "tiepnhan2", "phong": "thuly1", "quay1b": "tiepnhan1", "truong": "lanhdao1"}
"""Desk names and who sits there; one officer works at two desks."""

_REDIRECT = "http://127.0.0.1:49152/callback"


class Ground:
    """One process's portal, whose database is replaced under it, and the folders of the desks."""

    def __init__(self, folder: Path, clock: WorldClock, desks: Iterable[str] = tuple(SEATS)) -> None:
        self.clock, self.folder = clock, folder
        self._first = self.folder / "first"
        self.profiles = self.folder / "desks"
        first_morning(self._first, clock, desks)
        shutil.copytree(self._first / "portal", self.folder / "portal")
        self.portal = Portal(self.folder / "portal", base=clock)
        self._app = application(self.portal, FaultPlan())
        self._database = self.folder / "portal" / "portal.db"

    def reset(self) -> None:
        """Put portal and desks back to the first morning."""
        self._replace_database(self._first / "portal" / "portal.db")
        shutil.rmtree(self.profiles, ignore_errors=True)
        shutil.copytree(self._first / "desks", self.profiles)

    def backup(self) -> Path:
        """Keep the portal's database as it is now; returns the copy."""
        kept = self.folder / "backup.db"
        kept.unlink(missing_ok=True)
        with closing(sqlite3.connect(self._database)) as source, closing(sqlite3.connect(kept)) as target:
            source.backup(target)
        return kept

    def restore(self, kept: Path, epoch: str) -> None:
        """Bring a backup into force, as an operator does after a disk has died: a new epoch."""
        self._replace_database(kept)
        with self.portal.database.writing() as connection:
            set_setting(connection, "epoch", epoch)

    def call(self, method: str, path: str, query: str, headers: dict[str, str], body: bytes) -> Response:
        """Let the portal's own application answer one request, without a socket and without a thread."""
        told = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
            "headers": [*told, (b"content-length", str(len(body)).encode())],
            "client": ("127.0.0.1", 5), "server": ("127.0.0.1", 80),
        }  # fmt: skip
        answer: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            answer.append(message)

        running = self._app(scope, receive, send)  # type: ignore[arg-type]
        try:
            running.send(None)
        except StopIteration:
            found = {name.decode().lower(): value.decode() for name, value in answer[0]["headers"]}
            return Response(answer[0]["status"], found, b"".join(m.get("body", b"") for m in answer[1:]))
        raise AssertionError(f"{method} {path} waited for something")

    def grant(self, username: str) -> Grant:
        """Return fresh tokens, as after a sign-in in the browser."""
        identity, verifier = self.portal.identity, "v" * 43
        officer = officers()[username]
        code = identity.new_code(officer, challenge=s256(verifier), redirect_uri=_REDIRECT, client_id="motcua-desk")
        return identity.redeem(code, verifier, _REDIRECT, "motcua-desk")

    def _replace_database(self, source: Path) -> None:
        self.portal.database.engine.dispose()
        for ending in ("", "-wal", "-shm"):
            Path(f"{self._database}{ending}").unlink(missing_ok=True)
        shutil.copyfile(source, self._database)
        self.portal.identity.forget_sessions()


def first_morning(folder: Path, clock: Clock, desks: Iterable[str] = tuple(SEATS)) -> str:
    """Make a portal without dossiers and sign the desks in to it; return the portal's address, where nobody is now."""
    with SandboxServer(folder / "portal", base_clock=clock) as server:
        with server.portal.database.writing() as connection:
            set_setting(connection, "epoch", "epoch-0")
        for name in desks:
            page = browser(SEATS[name], PASSWORD)
            desk = bootstrap.sign_in(folder / "desks" / name, server.base_url, page, clock=clock)
            desk.engine.puller.pull_all()
            desk.close()
        return server.base_url


def query_of(params: dict[str, str] | None) -> str:
    """Return parameters as they stand in an address."""
    return urlencode(params or {})
