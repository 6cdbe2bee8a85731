"""Stores on disk for tests: a fixed key, rows made by hand, files spoilt on purpose."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from app.domain.words import OutboxState
from app.store import outbox
from app.store.writer import Store

KEY = bytes(range(32))
OFFICER = "officer-1"


def open_store(folder: Path) -> Store:
    return Store(folder, KEY)


def raw(path: Path, key: bytes = KEY) -> Any:
    """Return a plain driver connection: somebody with the key and bad intentions."""
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def put(store: Store, key: str, dossier: str = "d1", *, money: bool = False, actor: str = OFFICER, now: int = 1000,
        not_before: int = 0) -> None:  # fmt: skip
    with store.write() as connection:
        outbox.enqueue(
            connection, key=key, dossier_id=dossier, type_="tick_paid" if money else "receive", actor_id=actor,
            body="{}", sha256="0" * 64, money=money, now_ms=now, not_before_ms=not_before,
        )  # fmt: skip


def force(store: Store, key: str, state: OutboxState) -> None:
    """Lead a queued row to ``state`` along legal edges."""
    ways = {
        OutboxState.QUEUED: (),
        OutboxState.SENDING: ("sending",),
        OutboxState.ACKED: ("sending", "acked"),
        OutboxState.NEEDS_DECISION: ("sending", "needs_decision"),
        OutboxState.PARKED: ("sending", "parked"),
        OutboxState.RESOLVED: ("resolved",),
    }
    with store.write() as connection:
        for step in ways[state]:
            connection.exec_driver_sql("UPDATE outbox SET state = ? WHERE key = ?", (step, key))


def flip(path: Path, at: int) -> None:
    """Change one byte of a file."""
    data = bytearray(path.read_bytes())
    data[at] ^= 0xFF
    path.write_bytes(bytes(data))
