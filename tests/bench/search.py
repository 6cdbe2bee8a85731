"""A keystroke in the search field, to the painted result, at the given size: p95 and the floor of a bare FTS query."""

from __future__ import annotations

import statistics
import time

from app.services import inbox
from app.services.desk import Desk
from tests.bench.figure import Figure

TYPED = (
    "ng", "ngu", "nguyen", "nguyen v", "tran thi", "dao", "0005", "h32.8", "le hong lan", "1.0", "khai sinh", "pham",
)  # fmt: skip
BOUND_MS = 100.0


def measure(desk: Desk) -> Figure:
    """Type every prefix, letter by letter, and time query plus rows; painting is measured by ``painting``."""
    ours, floor = [], []
    for word in TYPED:
        for end in range(1, len(word) + 1):
            began = time.perf_counter()
            keys = inbox.find(desk, word[:end])
            ours.append(1000 * (time.perf_counter() - began))
            began = time.perf_counter()
            inbox.rows(desk, keys)
            ours[-1] += 1000 * (time.perf_counter() - began)
            floor.append(_bare(desk, word[:end]))
    p95 = statistics.quantiles(ours, n=20)[-1]
    bare = statistics.quantiles(floor, n=20)[-1]
    return Figure("keystroke to rows, p95", bare, p95, "ms", f"≤ {BOUND_MS:.0f} ms", p95 <= BOUND_MS)


def _bare(desk: Desk, typed: str) -> float:
    from app.store.search import match_expression

    expression = match_expression(typed)
    if not expression:
        return 0.0
    with desk.store.read() as connection:
        began = time.perf_counter()
        connection.exec_driver_sql(
            "SELECT rowid FROM dossier_fts WHERE dossier_fts MATCH ? ORDER BY rowid DESC LIMIT 50", (expression,)
        ).all()
        return 1000 * (time.perf_counter() - began)
