"""The first rows of a list and its counts, read barely: before SQLAlchemy and the rules are loaded.

Stands apart from ``lists`` because it serves one moment only, the start, and must cost a few milliseconds. It reads
what the projection stored with the same conditions, never writes, and gives up at the slightest doubt: whoever asked
then waits for the store itself.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app import gui_guard
from app.clock import start_skew_ms
from app.domain.listing import ListRow
from app.errors import StoreTrouble
from app.store.cipher import connect
from app.store.facts import FAR_MS, PROJECTION_VERSION, SCHEMA_VERSION, read_facts

ROWS = 40
"""More than a screen of any size shows."""

_ROWS_SQL = "SELECT pk, facts FROM dossier_row WHERE {where} ORDER BY {order}, pk LIMIT ?"
_ORDERS = {"due": "due_ms", "step": "step_ms"}
_KNOWN = "'projection', 'me', 'skew_ms', 'synced_ms', 'calendars', 'pin', 'locked'"
_BY_QUEUE_SQL = "SELECT queue, count(*) FROM dossier_row WHERE queue IS NOT NULL GROUP BY queue"
_SOON_SQL = (
    "SELECT count(*) FROM dossier_row WHERE soon_ms <= ?1 AND due_ms >= ?1 AND due_ms < ?2 AND queue IS NOT NULL"
)
_LATE_SQL = "SELECT count(*) FROM dossier_row WHERE due_ms < ?1 AND ?2 AND queue IS NOT NULL"
_PAY_LATE_SQL = "SELECT count(*) FROM dossier_row WHERE pay_late_ms <= ? AND +queue IS NOT NULL"
_UNREACHED_SQL = "SELECT count(*) FROM dossier_row WHERE unreached_ms <= ? AND +queue IS NOT NULL"
_UNSENT_SQL = "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')"
_STUCK_SQL = (
    "SELECT (SELECT count(*) FROM outbox WHERE state IN ('needs_decision', 'parked'))"
    " + (SELECT count(DISTINCT id) FROM belonging WHERE kind = 'case' AND open = 1)"
)


@dataclass(frozen=True, slots=True)
class FirstPage:
    """``me`` and ``calendars`` as the portal gave them; rows as (row number, facts) in the list's order; counts."""

    me: dict[str, Any]
    skew_ms: int
    calendars: str
    rows: tuple[tuple[int, ListRow], ...]
    queues: dict[str, int]
    soon: int
    late: int
    unsent: int
    decisions: int
    pay_late: int
    unreached: int


def read(
    folder: Path, key: bytes, choose: Callable[[dict[str, Any]], tuple[str | None, str]], now_ms: Callable[[int], int]
) -> FirstPage | None:
    """Return the first rows of the list that ``choose(me)`` names, or None for "ask the store".

    A list is a queue (None: every one) and an order (due, step).

    ``now_ms(skew_ms)`` is the time by the portal's clock. Thread: any but the GUI's.
    """
    gui_guard.check("store")
    path = folder / "store.db"
    if not path.exists():
        return None
    try:
        with contextlib.closing(connect(path, key, read_only=True)) as connection:
            return _read(connection, choose, now_ms)
    except StoreTrouble:
        return None


def _read(
    connection: Any, choose: Callable[[dict[str, Any]], tuple[str | None, str]], now_ms: Callable[[int], int]
) -> FirstPage | None:
    if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
        return None
    connection.execute("BEGIN")
    known = dict(connection.execute(f"SELECT name, value FROM sync_state WHERE name IN ({_KNOWN})"))
    if known.get("projection") != str(PROJECTION_VERSION) or not known.get("me"):
        return None
    if known.get("pin") or known.get("locked"):
        return None  # nothing is shown before the desk is unlocked
    measured_ms, told_ms = (int(known.get(name) or 0) for name in ("skew_ms", "synced_ms"))
    me, skew_ms = json.loads(known["me"]), start_skew_ms(now_ms(0), measured_ms, told_ms)
    (queue, order), now = choose(me), now_ms(skew_ms)
    where, bound = ("queue = ?", (queue, ROWS)) if queue else ("queue IS NOT NULL", (ROWS,))
    rows = connection.execute(_ROWS_SQL.format(where=where, order=_ORDERS[order]), bound).fetchall()
    overlays = [connection.execute(sql, (now, FAR_MS)).fetchone()[0] for sql in (_SOON_SQL, _LATE_SQL)]
    waiting = [connection.execute(sql).fetchone()[0] for sql in (_UNSENT_SQL, _STUCK_SQL)]
    rare = [connection.execute(sql, (now,)).fetchone()[0] for sql in (_PAY_LATE_SQL, _UNREACHED_SQL)]
    by_queue = dict(connection.execute(_BY_QUEUE_SQL).fetchall())
    found = tuple((pk, read_facts(facts)) for pk, facts in rows)
    return FirstPage(me, skew_ms, known.get("calendars", ""), found, by_queue, *overlays, *waiting, *rare)
