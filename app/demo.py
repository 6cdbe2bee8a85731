"""A desk to look at: a sandbox portal with believable dossiers, officers signed in by a robot, and citizens who act.

Stands apart because it alone may hold both the desk and its stand-in portal; the installed program leaves it out.
Desks go by the portal's own clock, so that moving it moves everyone at once.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app import bootstrap
from app.sandbox.faults import Fault
from app.sandbox.offices import PASSWORD
from app.sandbox.robot import Robot
from app.sandbox.seeding.papers import all_papers
from app.sandbox.server import SandboxServer
from app.sandbox.simulator import verbs
from app.services.desk import UNDO_S, Desk

DOSSIERS = 60
OFFICER = "tiepnhan1"
_SIGN_IN_S = 60.0
_OFFICERS_DOORS = "/v1/"
_EVERY_TIME = 10**9
_PAPERS = 3


@dataclass
class Demo:
    """A running sandbox portal and where its desks keep their profiles."""

    server: SandboxServer
    folder: Path

    @property
    def portal(self) -> str:
        """The portal's address."""
        return self.server.base_url

    def sign_in(self, username: str = OFFICER, undo_s: float = UNDO_S) -> Desk:
        """Sign an officer in by the robot and bring the whole feed. Thread: any but the GUI's."""
        robot = Robot(username, PASSWORD)
        desk = bootstrap.sign_in(
            self.folder / username, self.portal, robot, clock=self.server.portal.clock, undo_s=undo_s,
            timeout_s=_SIGN_IN_S, sandbox_only=True,
        )  # fmt: skip
        desk.engine.puller.pull_all()
        return desk

    def open_desk(self, username: str = OFFICER) -> Desk:
        """Open the desk of an officer who has signed in before; raises SignedOut if nobody has."""
        return bootstrap.open_desk(self.folder / username, clock=self.server.portal.clock)

    def file(self, procedure: str, name: str, phone: str, email: str, account: str) -> str:
        """Let a citizen file an application online; return the dossier's id."""
        found = verbs.file(
            self.portal, procedure=procedure, name=name, papers=self._papers(), phone=phone, email=email,
            account=account,
        )  # fmt: skip
        return str(found["id"])

    def _papers(self) -> tuple[Path, ...]:
        """Write the papers that citizens hand in, once; return where they lie."""
        folder = self.folder.parent / "papers"
        if not folder.exists():
            folder.mkdir()
            for name, _, data in all_papers()[:_PAPERS]:
                (folder / name).write_bytes(data)
        return tuple(sorted(folder.iterdir()))

    def pay(self, notice_id: str) -> None:
        """Let the citizen pay a notice through VNPAY; raises BadInput when nothing is owed."""
        verbs.pay(self.portal, notice=notice_id)

    def advance(self, minutes: float) -> None:
        """Let time pass for portal, citizens and desks alike."""
        self.server.portal.clock.advance(minutes * 60)

    def cut_line(self) -> None:
        """Take the officers' line away; citizens still reach the portal."""
        self.server.faults.replace([Fault(_OFFICERS_DOORS + "*", "drop_before", times=_EVERY_TIME)])
        self.server.hang_up(_OFFICERS_DOORS)

    def mend_line(self) -> None:
        """Give the officers their line back."""
        self.server.faults.replace([])

    def close(self) -> None:
        """Stop the portal."""
        self.server.stop()


def start(
    *, dossiers: int = DOSSIERS, now: datetime | None = None, told: Callable[[str], object] | None = None
) -> Demo:
    """Start a sandbox portal with dossiers in a folder of its own; ``told`` hears the address. Takes some seconds."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-demo-"))
    server = SandboxServer(folder / "portal", dossiers=dossiers, now=now)
    address = server.start()
    if told is not None:
        told(address)
    return Demo(server, folder / "desks")
