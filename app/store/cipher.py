"""One raw connection to an encrypted file: the key, the PRAGMAs and the driver's words.

Stands apart from the engine so that the first look at a list needs no SQLAlchemy, and so that nobody else knows the
key or the PRAGMAs. Fails closed: a build without SQLCipher, a wrong key or a PRAGMA that did not take is an error,
never a plain file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from app.errors import BugError, MotCuaError, StoreTrouble

_PRAGMAS = (
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("temp_store", "MEMORY", 2),
)
BUSY_TIMEOUT_MS = 5000
CACHE_KIB = 32_000


def keyed(path: Path, key: bytes) -> Any:
    """Return a DB-API connection with the key and nothing else set: for a copy, or a check that changes nothing."""
    try:
        raw = sqlcipher.connect(
            str(path), isolation_level=None, check_same_thread=False, timeout=BUSY_TIMEOUT_MS / 1000
        )
    except sqlcipher.OperationalError as error:
        raise trouble(error) from error
    raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    raw.execute("PRAGMA cipher_log_level = NONE")
    if not raw.execute("PRAGMA cipher_version").fetchone():
        raw.close()
        raise StoreTrouble("store-no-cipher")
    return raw


def connect(path: Path, key: bytes, *, read_only: bool) -> Any:
    """Return a DB-API connection without transactions of its own, PRAGMAs set and read back; raises StoreTrouble."""
    raw = keyed(path, key)
    try:
        for name, wanted, seen in _PRAGMAS:
            raw.execute(f"PRAGMA {name} = {wanted}")
            if raw.execute(f"PRAGMA {name}").fetchone()[0] != seen:
                raise StoreTrouble("store-pragma", name=name)
        raw.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        raw.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if read_only:
            raw.execute("PRAGMA query_only = ON")
    except sqlcipher.Error as error:
        raw.close()
        raise trouble(error) from error
    except StoreTrouble:
        raw.close()
        raise
    return raw


def whole(value: Any) -> Any:
    """Return what was read of a long value; raises StoreTrouble ``store-damaged`` where zeros stand in it.

    Of a value that spans pages SQLCipher gives zeros for a page whose check fails, and no error. None of ours has any.
    """
    if ("\0" if isinstance(value, str) else b"\0") in value:
        raise StoreTrouble("store-damaged")
    return value


_TROUBLES = (
    ("file is not a database", "store-damaged"),
    ("hmac", "store-damaged"),
    ("malformed", "store-damaged"),
    ("disk image", "store-damaged"),
    ("vtable constructor failed", "store-damaged"),
    ("readonly", "store-read-only"),
    ("read-only", "store-read-only"),
    ("full", "store-full"),
    ("locked", "store-locked"),
    ("busy", "store-locked"),
    ("unable to open", "store-cannot-open"),
    ("i/o error", "store-io"),
)


def trouble(error: BaseException) -> MotCuaError:
    """Translate the driver's words into ours; words nobody knows are our own mistake, not the file's."""
    words = str(error).lower()
    code = next((code for text, code in _TROUBLES if text in words), None)
    return StoreTrouble(code) if code else BugError(f"database: {type(error).__name__}: {words[:200]}")
