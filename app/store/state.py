"""Small facts of a store by name: cursor, epoch, skew, tokens, the officer, catalogues.

Stands apart so that every name stands once. Values are text; JSON where a structure is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from app.store.schema import sync_state


class Name(StrEnum):
    """What is kept."""

    CURSOR = "cursor"
    EPOCH = "epoch"
    MARK = "mark"
    RESYNC = "resync"
    SKEW_MS = "skew_ms"
    SYNCED_MS = "synced_ms"
    SEEN_MS = "seen_ms"
    TOKENS = "tokens"
    ME = "me"
    UNITS = "units"
    STORE_ID = "store_id"
    RECENT_PROCEDURES = "recent_procedures"
    CALENDARS = "calendars"
    CALENDARS_VERSION = "calendars_version"
    PREFERENCES = "preferences"
    PIN = "pin"
    LOCKED = "locked"
    KEEP_DAYS = "keep_days"
    PURGED_MS = "purged_ms"
    SIGNING_KEY = "signing_key"
    SEALING_KEY = "sealing_key"
    BARRED = "barred"
    JOURNAL_FORKED = "journal_forked"
    LOOKS_TOLD = "looks_told"
    PHRASES = "phrases"
    PROJECTION = "projection"


# Made once: asked before every request and after every page.
_GET = select(sync_state.c.value).where(sync_state.c.name == bindparam("name"))
_ROW = insert(sync_state)
_PUT = _ROW.on_conflict_do_update(index_elements=["name"], set_={"value": _ROW.excluded.value})


def get(connection: Connection, name: Name) -> str | None:
    """Return the value, or None when it was never set."""
    return connection.execute(_GET, {"name": name.value}).scalar()


def put(connection: Connection, name: Name, value: str) -> None:
    """Set the value in the caller's transaction."""
    connection.execute(_PUT, {"name": name.value, "value": value})


def drop(connection: Connection, name: Name) -> None:
    """Forget the value in the caller's transaction."""
    connection.execute(delete(sync_state).where(sync_state.c.name == name.value))


def own_id(connection: Connection, new: Callable[[], str]) -> str:
    """Return this store's own name, made once: a store set aside never shares its numbers with the next one."""
    known = get(connection, Name.STORE_ID)
    if known is None:
        known = new()
        put(connection, Name.STORE_ID, known)
    return known
