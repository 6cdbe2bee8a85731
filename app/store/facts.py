"""What the derived rows hold, and of which making: the facts of a list's row as text, and the versions of the tables.

Stands apart from the projection so that a list can be read before the rules that made it are loaded.
"""

from __future__ import annotations

import json
from operator import attrgetter

from app.domain.listing import ListRow
from app.domain.words import Way

SCHEMA_VERSION = 5
PROJECTION_VERSION = 13
"""Raised when rows hold something else, and when fees of the procedures change: rows hold those too."""
FAR_MS = 1 << 60
"""Sort key of dossiers whose clock does not run: last among equals."""

_VALUES = attrgetter(*ListRow.__slots__)
_PENDING_AT, _WAYS_AT = ListRow.__slots__.index("pending"), ListRow.__slots__.index("ways")


def read_facts(text: str) -> ListRow:
    """Return the list's facts that the projection stored."""
    values = json.loads(text)
    values[_PENDING_AT], values[_WAYS_AT] = tuple(values[_PENDING_AT]), tuple(map(Way, values[_WAYS_AT]))
    return ListRow(*values)


def write_facts(row: ListRow) -> str:
    """Return the text that the projection stores."""
    import orjson  # a third of the time of json, and not needed before the first list is painted

    return orjson.dumps(_VALUES(row)).decode()
