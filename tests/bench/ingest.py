"""Ingest of a whole feed, against orjson and bare sqlcipher3 into the same tables, indexes and FTS.

Page by page ours and the floor take turns, so that what else the machine does falls on both. Compared are the first
``COMPARED`` dossiers; of a million the rest is only taken in.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
import sqlcipher3.dbapi2 as sqlcipher

from app.contract.wire_codec import decode_page
from app.services.desk import Desk
from app.store import schema
from app.sync.apply_page import apply_page
from tests.bench.figure import Figure
from tests.bench.population import PAGE, Pages

BOUND = 0.5
COMPARED = 100_000
_TABLES = ("mirror", "dossier_row", "belonging")
_INTO = {
    "belonging": "INSERT OR REPLACE INTO belonging",  # dossiers of one template share their notices
    "dossier_fts": "INSERT INTO dossier_fts(rowid, code, name, phone, procedure)",
}
Rows = dict[str, list[tuple[object, ...]]]


def measure(desk: Desk, pages: Pages, count: int, folder: Path) -> list[Figure]:
    """Apply every page through the real path; after each of the first ones insert the same rows barely."""
    coming, compared = iter(pages), min(count, COMPARED)
    bare, fresh = _bare(desk, folder), _FreshRows(desk)
    took = bare_took = rest_took = 0.0
    for page in islice(coming, -(-compared // PAGE)):
        took += _seconds(lambda page=page: _apply(desk, page))
        rows = fresh.take()
        bare_took += _seconds(lambda page=page, rows=rows: _insert(bare, page, rows))
    ours, floor = compared / took, compared / bare_took
    figures = [Figure("ingest", floor, ours, "rows/s", f"≥ {BOUND} × floor", ours >= BOUND * floor)]
    for page in coming:
        rest_took += _seconds(lambda page=page: _apply(desk, page))
    if rest_took:
        rate = (count - compared) / rest_took
        figures.append(Figure(f"ingest of the other {count - compared:,}", floor, rate, "rows/s", "no bound", True))
    return figures


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _apply(desk: Desk, page: bytes) -> None:
    apply_page(desk.store, desk.projector, decode_page(page), desk.clock)


def _bare(desk: Desk, folder: Path) -> Any:
    bare = sqlcipher.connect(str(folder / "floor.db"), isolation_level=None)
    bare.execute("PRAGMA key = \"x'" + "00" * 32 + "'\"")
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "temp_store = MEMORY", "cache_size = -32000"):
        bare.execute(f"PRAGMA {pragma}")
    for sql in _ddl(desk):
        bare.execute(sql)
    return bare


def _insert(bare: Any, page: bytes, rows: Rows) -> None:
    orjson.loads(page)
    bare.execute("BEGIN IMMEDIATE")
    for name, found in rows.items():
        if found:
            marks = ", ".join("?" * len(found[0]))
            bare.executemany(f"{_INTO.get(name, f'INSERT INTO {name}')} VALUES ({marks})", found)
    bare.execute("COMMIT")


class _FreshRows:
    """The derived rows that came since the last time, as plain tuples."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._last = dict.fromkeys(_TABLES, 0)

    def take(self) -> Rows:
        with self._desk.store.read() as connection:
            found: Rows = {}
            for name in _TABLES:
                sql = f"SELECT rowid, * FROM {name} WHERE rowid > ? ORDER BY rowid"
                fresh = [tuple(row) for row in connection.exec_driver_sql(sql, (self._last[name],))]
                self._last[name] = fresh[-1][0] if fresh else self._last[name]
                found[name] = [row[1:] for row in fresh]
        found["dossier_fts"] = [_words(row) for row in found["dossier_row"]]
        return found


def _words(row: tuple[Any, ...]) -> tuple[object, ...]:
    facts = orjson.loads(row[-1])
    return row[0], row[2], str(facts[3]).lower(), "0905123456", str(facts[4]).lower()


def _ddl(desk: Desk) -> list[str]:
    with desk.store.read() as connection:
        kept = [
            row[0]
            for row in connection.exec_driver_sql(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
                " AND tbl_name IN ('mirror', 'dossier_row', 'belonging')"
            )
        ]
    return [*kept, schema.FTS_DDL]
