"""What a schedule has exercised: commands by type and fate, faults by kind, and everything else that happened.

Stands apart from the checker, which judges: a figure of schedules says nothing without what was done in them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]
FATES = ("acked", "asked again", "refused", "sent anew", "dropped", "undone", "waiting")
"""Acknowledged at once; acknowledged, but only after its first sending came to an unknown end; refused by the portal at
least once; of those decided by the officer: sent under a new key, dropped; taken back before it left; not at rest."""
_RESOLVED = {"again": "sent anew", "drop": "dropped", "undone": "undone"}
_COUNTED = (
    "killed", "restored", "cursors ended", "signed out", "revoked", "changed over", "handed over", "clock", "filed",
    "citizen", "gateway", "buried", "day off", "leave", "long wait",
)  # fmt: skip


def coverage(rows: Iterable[Row]) -> Counter[tuple[str, str]]:
    """Count one schedule: (command type, fate), ("fault", kind), ("event", name), ("answer", status)."""
    found: Counter[tuple[str, str]] = Counter()
    sent: Counter[str] = Counter()
    refused: set[str] = set()
    for row in rows:
        name = row["e"]
        if name == "asked":
            sent.update(key for key, *_ in row.get("commands", ()))
            found["fault", row["fault"]] += bool(row["fault"])
        elif name == "served":
            refused |= {key for key, status, *_ in row.get("results", ()) if status == "refused"}
            found["answer", str(row["status"])] += 1
        elif name == "desk" and row["table"] == "outbox":
            for command in row["rows"]:
                found[command["type"], _fate(command, sent)] += 1
                found[command["type"], "refused"] += command["key"] in refused
        elif name in _COUNTED:
            found["event", " ".join((name, row.get("came", row.get("what", "")))).strip()] += 1
    return +found


def told(found: Counter[tuple[str, str]]) -> list[str]:
    """Return the lines of a table: each command with its fates, then faults, answers and events with their counts."""
    types = sorted({kind for kind, fate in found if fate in FATES})
    width = max(map(len, types), default=0)
    lines = [" ".join(("command".ljust(width), *(fate.rjust(11) for fate in FATES)))]
    lines += [" ".join((kind.ljust(width), *(str(found[kind, fate]).rjust(11) for fate in FATES))) for kind in types]
    for heading in ("fault", "answer", "event"):
        some = sorted((name, count) for (kind, name), count in found.items() if kind == heading)
        lines.append(f"{heading}s: " + ", ".join(f"{name} {count}" for name, count in some))
    return lines


def _fate(command: Row, sent: Counter[str]) -> str:
    if command["state"] == "acked":
        return "asked again" if sent[command["key"]] > 1 else "acked"
    return _RESOLVED.get(command["resolved_why"], "waiting") if command["state"] == "resolved" else "waiting"
