"""Ingest of a whole feed, against orjson and bare sqlcipher3 into the same tables, indexes and FTS.

Compared are the first ``COMPARED`` dossiers: the floor's rows are held in memory, which a million would fill.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

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


def measure(desk: Desk, pages: Pages, count: int, folder: Path) -> list[Figure]:
    """Apply every page through the real path; replay the rows of the first ones barely."""
    coming, compared = iter(pages), min(count, COMPARED)
    many = -(-compared // PAGE)
    took = _apply(desk, islice(coming, many))
    ours = compared / took
    floor = compared / _floor(desk, islice(pages, many), many, folder)
    figures = [Figure("ingest", floor, ours, "rows/s", f"≥ {BOUND} × floor", ours >= BOUND * floor)]
    if count > compared:
        last = (count - compared) / _apply(desk, coming)
        figures.append(Figure(f"ingest of the other {count - compared:,}", floor, last, "rows/s", "no bound", True))
    return figures


def _apply(desk: Desk, pages: Iterable[bytes]) -> float:
    began = time.perf_counter()
    for page in pages:
        apply_page(desk.store, desk.projector, decode_page(page), desk.clock)
    return time.perf_counter() - began


def _floor(desk: Desk, pages: Iterable[bytes], many: int, folder: Path) -> float:
    rows = _same_rows(desk)
    bare = sqlcipher.connect(str(folder / "floor.db"), isolation_level=None)
    bare.execute("PRAGMA key = \"x'" + "00" * 32 + "'\"")
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "temp_store = MEMORY", "cache_size = -32000"):
        bare.execute(f"PRAGMA {pragma}")
    for sql in _ddl(desk):
        bare.execute(sql)
    chunks = {name: _chunks(items, many) for name, items in rows.items()}
    began = time.perf_counter()
    for number, page in enumerate(pages):
        orjson.loads(page)
        bare.execute("BEGIN IMMEDIATE")
        for name, parts in chunks.items():
            if parts[number]:
                marks = ", ".join("?" * len(parts[number][0]))
                columns = "(rowid, code, name, phone, procedure)" if name == "dossier_fts" else ""
                bare.executemany(f"INSERT INTO {name}{columns} VALUES ({marks})", parts[number])
        bare.execute("COMMIT")
    return time.perf_counter() - began


def _chunks(items: list[tuple[object, ...]], parts: int) -> list[list[tuple[object, ...]]]:
    size = -(-len(items) // parts)
    return [items[start : start + size] for start in range(0, size * parts, size)]


def _same_rows(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    with desk.store.read() as connection:
        found = {
            name: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY rowid")]
            for name in _TABLES
        }
    facts = [(row[0], row[2], "", "", "") for row in found["dossier_row"]]
    named = [orjson.loads(row[-1]) for row in found["dossier_row"]]
    found["dossier_fts"] = [
        (pk, code, str(fact[3]).lower(), "0905123456", str(fact[4]).lower())
        for (pk, code, *_), fact in zip(facts, named, strict=True)
    ]
    return found


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
