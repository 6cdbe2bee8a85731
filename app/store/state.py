"""Small facts of a store by name: cursor, epoch, skew, tokens, the officer, catalogues.

Stands apart so that every name stands once. Values are text; JSON where a structure is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from sqlalchemy import Connection


class Name(StrEnum):
    """What is kept."""

    CURSOR = "cursor"
    EPOCH = "epoch"
    BURIED = "buried"
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


# The driver's own words: asked some ten times for every request and every page.
_GET = "SELECT value FROM sync_state WHERE name = ?"
_PUT = "INSERT INTO sync_state(name, value) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value"
_DROP = "DELETE FROM sync_state WHERE name = ?"


def get(connection: Connection, name: Name) -> str | None:
    """Return the value, or None when it was never set."""
    return connection.exec_driver_sql(_GET, (name.value,)).scalar()


def put(connection: Connection, name: Name, value: str) -> None:
    """Set the value in the caller's transaction."""
    connection.exec_driver_sql(_PUT, (name.value, value))


def drop(connection: Connection, name: Name) -> None:
    """Forget the value in the caller's transaction."""
    connection.exec_driver_sql(_DROP, (name.value,))


def own_id(connection: Connection, new: Callable[[], str]) -> str:
    """Return this store's own name, made once: a store set aside never shares its numbers with the next one."""
    known = get(connection, Name.STORE_ID)
    if known is None:
        known = new()
        put(connection, Name.STORE_ID, known)
    return known
