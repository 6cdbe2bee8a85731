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
from typing import Any, Unpack
from urllib.parse import urlencode

from sqlalchemy import text

from app import bootstrap
from app.clock import Clock
from app.errors import Offline
from app.portal.exchange import Asked, Response
from app.sandbox.database import set_setting
from app.sandbox.faults import FaultPlan
from app.sandbox.identity import Grant, s256
from app.sandbox.offices import PASSWORD, officer_id, officers
from app.sandbox.portal import Portal
from app.sandbox.robot import browser
from app.sandbox.server import SandboxServer, application
from app.store.profile import Profile
from tests.simulation.seeded import WorldClock

SEATS = {
    "quay1": "tiepnhan1", "quay2": "tiepnhan2", "phong": "thuly1", "quay1b": "tiepnhan1", "truong": "lanhdao1",
    "quy": "thuquy1", "chung": "tiepnhan2",
}  # fmt: skip
"""Desk names and who sits there; some officers work at two desks."""
SECOND = {"chung": "tiepnhan1"}
"""Who else works at a desk that two officers share."""

_ROLES = text("select name, value from settings where name like 'roles:%' or name like 'moved:%' order by name")

ORIGIN = "http://127.0.0.1:9"
_REDIRECT = "http://127.0.0.1:49152/callback"


class Ground:
    """One process's portal, whose database is replaced under it, and the folders of the desks."""

    def __init__(self, folder: Path, clock: WorldClock, desks: Iterable[str] = tuple(SEATS)) -> None:
        self.clock, self.folder = clock, folder
        self._first = self.folder / "first"
        self.profiles = self.folder / "desks"
        names = tuple(desks)
        first_morning(self._first, clock, names, pull=False)
        self.portal = Portal(self._first / "portal", base=clock)
        self._app = application(self.portal, FaultPlan())
        self._database, self._blobs = (self._first / "portal" / name for name in ("portal.db", "blobs"))
        for name in names:
            self._pull_first(name)
        self._morning = self.backup().rename(self.folder / "morning.db")

    def reset(self) -> None:
        """Put the portal back to the first morning; the desks' folders are gone until they are laid."""
        self._replace_database(self._morning)
        for file in self._blobs.iterdir():
            file.unlink()
        shutil.rmtree(self.profiles, ignore_errors=True)

    def lay(self, name: str) -> Path:
        """Put a desk back to the first morning; return its folder."""
        shutil.copytree(self._first / "desks" / name, self.profiles / name)
        return self.profiles / name

    def backup(self) -> Path:
        """Keep the portal's database as it is now; returns the copy."""
        kept = self.folder / "backup.db"
        kept.unlink(missing_ok=True)
        with closing(sqlite3.connect(self._database)) as source, closing(sqlite3.connect(kept)) as target:
            source.backup(target)
        return kept

    def restore(self, kept: Path, epoch: str) -> None:
        """Bring a backup into force, as an operator does after a disk has died: a new epoch.

        Who holds which role is another system's word, and stays.
        """
        with self.portal.database.reading() as connection:
            roles = [tuple(row) for row in connection.execute(_ROLES)]
        self._replace_database(kept)
        with self.portal.database.writing() as connection:
            for name, value in [*roles, ("epoch", epoch)]:
                set_setting(connection, name, value)

    def end_cursors(self, secret: str) -> None:
        """Let the portal forget what it signed the cursors of its feed with."""
        with self.portal.database.writing() as connection:
            set_setting(connection, "secret", secret)

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

    def _pull_first(self, name: str) -> None:
        """Bring a desk's first page and its numbers without a socket, hence without a time-out of this machine."""
        for officer in sorted((self._first / "desks" / name / "officers").iterdir()):
            seat_officer(self._first / "desks" / name, officer.name)
            desk = bootstrap.open_desk(self._first / "desks" / name, clock=self.clock, locker=Nobody(),
                                       transport=Straight(self))  # fmt: skip
            desk.engine.puller.pull_all()
            desk.close()
        seat_officer(self._first / "desks" / name, officer_id(SEATS[name]))

    def _replace_database(self, source: Path) -> None:
        self.portal.database.engine.dispose()
        for ending in ("", "-wal", "-shm"):
            Path(f"{self._database}{ending}").unlink(missing_ok=True)
        shutil.copyfile(source, self._database)
        self.portal.identity.forget_sessions()
        self.portal.calendars.load()


class Straight:
    """A transport to the portal in this process; ``cut`` pulls the line."""

    origin = ORIGIN

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self.cut = False

    def request(self, method: str, path: str, **asked: Unpack[Asked]) -> Response:
        """Carry one request."""
        if self.cut:
            raise Offline("connection-refused")
        return self._ground.call(method, path, *as_sent(asked))

    def close(self) -> None:
        """Nothing is held open."""


class Nobody:
    """A machine without a keyring: a sandbox's key lies in the profile."""

    def get_password(self, service: str, username: str) -> str | None:
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise OSError("no keyring")


def seat_officer(folder: Path, identity: str) -> None:
    """Let an officer with a store at this desk sit down there."""
    profile = Profile(folder)
    profile.seat(identity)
    profile.close()


def first_morning(folder: Path, clock: Clock, desks: Iterable[str] = tuple(SEATS), *, pull: bool = True) -> str:
    """Make a portal without dossiers and sign the desks in to it; return the portal's address, where nobody is now."""
    with SandboxServer(folder / "portal", base_clock=clock) as server:
        with server.portal.database.writing() as connection:
            set_setting(connection, "epoch", "epoch-0")
        for name in desks:
            for username in (*filter(None, [SECOND.get(name)]), SEATS[name]):
                page = browser(username, PASSWORD)
                desk = bootstrap.sign_in(folder / "desks" / name, server.base_url, page, clock=clock)
                if pull:
                    desk.engine.puller.pull_all()
                desk.close()
        return server.base_url


def as_sent(asked: Asked) -> tuple[str, dict[str, str], bytes]:
    """Return what reaches the portal beside method and path: the query as it stands in an address, headers, body."""
    return urlencode(asked.get("params") or {}), dict(asked.get("headers") or {}), asked.get("body") or b""
