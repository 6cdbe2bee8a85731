"""Two officers, a citizen and a portal, driven by the public command line inside this process.

Stands apart because every story of the command line needs the same people. ``Officer.do`` runs ``app.cli.__main__``
with its own profile and returns what was printed; nothing here knows a rule.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock

import requests

from app.cli.__main__ import main
from app.sandbox.server import SandboxServer

PASSWORD = "motcua-sandbox"
FRIDAY_8 = "2026-11-20T08:00:00+07:00"


@dataclass
class Said:
    """What one run of the command line came to."""

    code: int
    lines: list[dict[str, Any]]
    stderr: str

    @property
    def one(self) -> dict[str, Any]:
        assert len(self.lines) == 1, self.lines
        return self.lines[0]


def run(*argv: str, typed: str = "") -> Said:
    """Run ``motcua-cli`` in this process."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        mock.patch.object(sys, "stdin", io.StringIO(typed)),
    ):
        try:
            code = main(list(argv))
        except SystemExit as usage:
            code = int(usage.code or 0)
    return Said(code, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue())


@dataclass
class Officer:
    """One profile of one officer at one portal."""

    profile: Path
    portal: str
    username: str

    def sign_in(self, password: str = PASSWORD) -> Said:
        return self.cli("sign-in", "--portal", self.portal, "--username", self.username, typed=password + "\n")

    def cli(self, *argv: str, typed: str = "") -> Said:
        return run("desk", "--profile", str(self.profile), *argv, typed=typed)

    def do(self, *argv: str) -> dict[str, Any]:
        """Act and expect it to be on the portal."""
        said = self.cli(*argv)
        assert said.code == 0, (argv, said)
        return said.one

    def refused(self, *argv: str) -> str:
        """Act, expect a refusal with a sentence, and return its code."""
        said = self.cli(*argv)
        assert said.code == 1, (argv, said)
        found = said.one
        code = str(found.get("refused") or found["code"])
        assert found["message"][0].isupper(), found
        assert found["message"][-1] in ".?!…)", found
        assert "(mã " not in found["message"], found
        return code

    def show(self, code: str) -> dict[str, Any]:
        """Sync, then show."""
        assert self.cli("sync").code == 0
        return self.cli("show", code).one

    def shown(self, code: str) -> dict[str, Any]:
        """Show what this machine has, without asking anyone."""
        return self.cli("show", code).one


@dataclass
class World:
    """A portal and whoever works at it."""

    server: SandboxServer
    folder: Path
    officers: dict[str, Officer] = field(default_factory=dict)

    def officer(self, username: str) -> Officer:
        if username not in self.officers:
            officer = Officer(self.folder / username, self.server.base_url, username)
            said = officer.sign_in()
            assert said.code == 0, said
            self.officers[username] = officer
        return self.officers[username]

    def at(self, iso: str) -> None:
        """Move the portal's clock; desks learn it with their next page."""
        self.post("/sandbox/clock", {"now": iso})
        for officer in self.officers.values():
            assert officer.cli("sync").code == 0

    def goes_down(self) -> None:
        """Stop the portal; its data stays."""
        self.server.stop()

    def comes_back(self) -> None:
        """Start a portal on the same data and the same port; its clock runs on."""
        port = int(self.server.base_url.rsplit(":", 1)[1])
        self.server = SandboxServer(self.folder / "portal", port=port)
        self.server.start()

    def post(self, path: str, body: Any) -> Any:
        answer = requests.post(self.server.base_url + path, json=body, timeout=10)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def citizen(self, *argv: str) -> dict[str, Any]:
        said = run("sandbox", "citizen", "--portal", self.server.base_url, *argv)
        assert said.code == 0, said
        return said.one

    def file(self, procedure: str, name: str = "Trần Thị Mai", *more: str) -> str:
        """Let a citizen file; return the code."""
        return str(self.citizen("file", "--procedure", procedure, "--name", name, *more)["code"])

    def pay(self, notice: str, *more: str) -> dict[str, Any]:
        return self.citizen("pay", "--notice", notice, "--gateway", "vnpay", *more)


@contextlib.contextmanager
def world(folder: Path, now: str = FRIDAY_8) -> Iterator[World]:
    """A portal whose clock starts at ``now``, with nobody signed in yet."""
    found = World(SandboxServer(folder / "portal", now=datetime.fromisoformat(now)), folder)
    found.server.start()
    try:
        yield found
    finally:
        found.server.stop()
