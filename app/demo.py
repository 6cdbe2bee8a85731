"""A desk to look at: a sandbox portal with believable dossiers, and an officer signed in to it by a robot.

Stands apart because it alone may hold both the desk and its stand-in portal; the installed program leaves it out.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app import bootstrap
from app.sandbox.robot import Robot
from app.sandbox.server import SandboxServer
from app.services.desk import UNDO_S, Desk

DOSSIERS = 60
OFFICER = "tiepnhan1"
PASSWORD = "motcua-sandbox"
_SIGN_IN_S = 60.0


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
        folder = self.folder / username
        desk = bootstrap.sign_in(
            folder, self.portal, robot, undo_s=undo_s, timeout_s=_SIGN_IN_S, sandbox_only=True
        )
        desk.engine.puller.pull_all()
        return desk

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
