"""How an officer likes the window: widths of panes, the tab of each queue. Kept with his store, never sent.

Stands apart because it is no work: losing it costs a drag of the mouse. Every preference is a whole number under a
name; what a name means only the screen knows.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from app.services.desk import Desk
from app.store import state
from app.store.state import Name


@dataclass(frozen=True, slots=True)
class Preferences:
    """Names and numbers."""

    values: tuple[tuple[str, int], ...] = ()


def load(desk: Desk) -> Preferences:
    """Return what was kept; nothing of it when it cannot be read. Thread: any but the GUI's."""
    with desk.store.read() as connection:
        return _read(state.get(connection, Name.PREFERENCES))


def keep(desk: Desk, changes: Preferences) -> None:
    """Keep these numbers beside the others. Transaction: own. Thread: any but the GUI's."""
    with desk.store.write() as connection:
        have = dict(_read(state.get(connection, Name.PREFERENCES)).values)
        state.put(connection, Name.PREFERENCES, json.dumps(have | dict(changes.values), separators=(",", ":")))


def _read(text: str | None) -> Preferences:
    try:
        found = json.loads(text or "{}")
        return Preferences(tuple((str(name), int(value)) for name, value in found.items()))
    except (ValueError, TypeError, AttributeError):
        return Preferences()
