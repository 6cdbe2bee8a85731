"""The rescue log as a use case: what each line says, who may read it, and how money comes back from it.

Stands apart from ``store.rescue``, which knows a file of sealed lines and not what is in them. The drill is in
``SECURITY.md``: the province's engineer opens the log, the officer signs in anew, what the portal lacks is sent once.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app.clock import to_ms
from app.errors import BugError
from app.services.desk import Desk
from app.store import journal, outbox, rescue, state
from app.store.state import Name

_FROZEN = ("key", "dossier_id", "type", "actor_id", "body", "sha256")


@dataclass(frozen=True, slots=True)
class Rescued:
    """One money command out of a rescue log: the frozen command and its line of the journal."""

    command: dict[str, str]
    blobs: tuple[str, ...]
    entry: journal.Entry


def keep(desk: Desk, connection: Connection, entry: journal.Entry) -> None:
    """Write the command of ``entry`` into the rescue log; raises StoreTrouble, and then nothing was saved."""
    row = outbox.get(connection, entry.key)
    if row is None:
        raise BugError("a money command is queued before it is rescued")
    command = {name: getattr(row, name) for name in _FROZEN}
    told = {"version": 1, "command": command, "blobs": row.blobs, "entry": asdict(entry)}
    sealing_key = state.get(connection, Name.SEALING_KEY) or ""
    desk.rescue.append(entry.key, json.dumps(told, ensure_ascii=False).encode(), sealing_key)


def read(log: Path, seed: bytes) -> tuple[tuple[Rescued, ...], int]:
    """Return what the province's secret opens, oldest first, and how many lines it does not. No desk is needed."""
    messages, strange = rescue.opened(log, seed)
    return tuple(_rescued(json.loads(message)) for message in messages), strange


def restore(desk: Desk, lines: tuple[Rescued, ...]) -> int:
    """Queue what this officer did and this desk does not know, with its first key and bytes; return how many.

    The portal answers a key it has seen as a replay, so nothing is counted twice. Transaction: own.
    """
    found = [line for line in lines if line.command["actor_id"] == desk.officer.id]
    now_ms = to_ms(desk.clock.now())
    touched = []
    with desk.store.write() as connection:
        for line in found:
            if outbox.get(connection, line.entry.key) is not None:
                continue
            told = line.command
            outbox.enqueue(
                connection, key=told["key"], dossier_id=told["dossier_id"], type_=told["type"],
                actor_id=told["actor_id"], body=told["body"], sha256=told["sha256"], money=True, now_ms=now_ms,
                not_before_ms=now_ms, blobs=line.blobs,
            )  # fmt: skip
            journal.append(connection, line.entry)
            touched.append(line.entry.dossier_id)
        desk.projector.project(connection, touched)
    desk.tell_changed(*touched)
    return len(touched)


def _rescued(told: dict[str, Any]) -> Rescued:
    return Rescued(told["command"], tuple(told["blobs"]), journal.Entry(**told["entry"]))
