"""The officer's PIN as it is kept: a hash and the wrong tries since the last right one; and whether the desk is locked.

Stands apart from ``state`` because both are read at the very start and counted in one transaction. The hash is made
and compared elsewhere (``services.lock``); nothing here can tell a PIN.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection

from app.store import state
from app.store.state import Name

TRIES = 5


@dataclass(frozen=True, slots=True)
class Kept:
    """``hash`` names its own function and cost; ``wrong`` tries since the last right one or the last sign-in."""

    hash: str
    wrong: int = 0

    @property
    def left(self) -> int:
        """How many tries are left before only a sign-in helps."""
        return max(0, TRIES - self.wrong)


def read(connection: Connection) -> Kept | None:
    """Return what is kept, or None before a PIN was set."""
    text = state.get(connection, Name.PIN)
    return Kept(*json.loads(text)) if text else None


def keep(connection: Connection, kept: Kept) -> None:
    """Replace what is kept."""
    state.put(connection, Name.PIN, json.dumps([kept.hash, kept.wrong]))


def is_locked(connection: Connection) -> bool:
    """Say whether the desk was locked and nobody has unlocked it since."""
    return state.get(connection, Name.LOCKED) == "1"


def set_locked(connection: Connection, locked: bool) -> None:
    """Remember whether the desk is locked, beyond the end of the program."""
    state.put(connection, Name.LOCKED, "1" if locked else "")


def signed_in(connection: Connection) -> None:
    """Note a sign-in through the browser: it unlocks, and forgets a PIN that its owner could not say."""
    set_locked(connection, False)
    kept = read(connection)
    if kept is not None:
        state.put(connection, Name.PIN, "" if not kept.left else json.dumps([kept.hash, 0]))
