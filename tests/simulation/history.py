"""What happened, as raw rows of JSON: nothing is judged here.

Stands apart because the checker, which shares no code with the program, reads only these rows. Keys, sums and bytes
are written as they stood on the wire and in the tables; tokens and cursors are not (a cursor is written as the number
inside it).
"""

from __future__ import annotations

import base64
import json
from typing import Any

from tests.simulation.seeded import WorldClock

_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class History:
    """One schedule's rows, in order."""

    def __init__(self, clock: WorldClock) -> None:
        self._clock = clock
        self.lines: list[str] = []
        self.rows: list[dict[str, Any]] = []

    def tell(self, event: str, **values: Any) -> None:
        """Write one row; ``at`` is simulated seconds since the morning."""
        row = {"e": event, "at": round(self._clock.monotonic() - 1000.0, 3), **values}
        self.rows.append(row)
        self.lines.append(_WRITER.encode(row))


def number_in(cursor: str | None) -> int | None:
    """Return the place in the feed that a cursor of the sandbox stands for; None for no cursor, or a stranger's."""
    try:
        return int(json.loads(base64.urlsafe_b64decode(cursor or "")[16:])[3])
    except (ValueError, LookupError, TypeError):
        return None
