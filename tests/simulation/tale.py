"""A history told to a human: one line for each thing that happened, short names for keys, nothing judged.

Stands apart because a failing run must be read by somebody: the raw rows are for the checker.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from tests.simulation.seeded import BEGIN

Row = dict[str, Any]


def tale(lines: Iterable[str]) -> Iterator[str]:
    """Yield the story of a history's rows; what only repeats or dumps tables is left out."""
    for line in lines:
        row = json.loads(line)
        words = _WORDS.get(row["e"], _plain)(row)
        if words:
            moment = BEGIN + timedelta(seconds=row["at"])
            yield f"  {moment:%d/%m %H:%M:%S} {words}"


def short(key: str) -> str:
    """Return the end of an identity: the beginning is its time, the same for many."""
    return key[-6:]


def _plain(row: Row) -> str:
    told = (f"{name} {value}" for name, value in row.items() if name not in ("e", "at"))
    return f"{row['e']}: {', '.join(told)}"


def _intent(row: Row) -> str:
    told = "told so" if row["told"] else "nobody told"
    return f"{row['desk']} saved {row['type']} {short(row['key'])} of dossier {short(row['dossier_id'])}, {told}"


def _asked(row: Row) -> str:
    commands = " ".join(short(command[0]) for command in row.get("commands", ()))
    fault = f"  ⚡ {row['fault']}" if row["fault"] else ""
    return f"{row['desk']} → {row['method']} {row['path']} {commands}{fault}"


def _served(row: Row) -> str:
    results = (f"{short(key)} {status} v{version}" for key, status, _, version in row.get("results", ()))
    return f"portal → {row['desk']} {row['status']} {', '.join(results)}"


def _saw(row: Row) -> str:
    states = " ".join(f"{short(key)}={state}" for key, state, *_ in row["box"] if state not in ("acked", "resolved"))
    code = f" was told {row['code']}" if row["code"] else ""
    return f"{row['desk']} after {row['what']}{code}: {states or 'nothing waits'}"


def _silent(_row: Row) -> str:
    return ""


_WORDS = {
    "intent": _intent, "asked": _asked, "served": _served, "saw": _saw, "portal": _silent, "desk": _silent,
    "desk end": _silent,
}  # fmt: skip
