"""Rolling backups of a store: whole, encrypted with the same key, each checked before an older one is let go.

Stands apart from the redo log, which bridges the time since the last of them. Made beside the officer's work: a
copy reads one snapshot in small steps while others write. A failure leaves the older backups as they are.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from app import gui_guard
from app.clock import from_ms, to_ms
from app.errors import StoreTrouble
from app.store.cipher import connect, keyed, trouble

FOLDER = "backups"
DAILY, BEFORE_MIGRATION, LEAST = 7, 3, 2
LIMIT_BYTES = 2 << 30
_ROOM = 2.5
# Zeros that were read for a spoilt page may have been written back with a change beside them (``cipher.whole``).
_ZEROS = tuple(
    f"SELECT 1 FROM {table} WHERE instr(CAST(body AS BLOB), x'00') LIMIT 1" for table in ("outbox", "drafts", "mirror")
)
_PAGES, _PAUSE_S = 400, 0.002


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup and the number of the last redo entry that is certainly in it; ``before``: a migration's, or 0."""

    path: Path
    upto: int
    made_at: datetime
    before: int = 0


def found(folder: Path) -> tuple[Backup, ...]:
    """Return the backups of an officer's folder, newest first."""
    backups = [item for path in (folder / FOLDER).glob("*.db") if (item := _read_name(path))]
    return tuple(sorted(backups, key=lambda item: item.made_at, reverse=True))


def make(folder: Path, key: bytes, upto: int, now: datetime, *, before: int = 0) -> Backup:
    """Copy ``folder/store.db``, check the copy, then let older ones go. Thread: any but the GUI's.

    Raises StoreTrouble: ``store-full`` when there is no room for it, ``store-damaged`` when the store or the copy is.
    """
    gui_guard.check("backup")
    source, home = folder / "store.db", folder / FOLDER
    try:
        home.mkdir(exist_ok=True)
        if shutil.disk_usage(home).free < _ROOM * source.stat().st_size:
            raise StoreTrouble("store-full")
        name = f"{upto:012d}.{to_ms(now)}.{before}.db"
        part = home / f"{name}.part"
        part.unlink(missing_ok=True)
        if not pages_fit(source, key):
            raise StoreTrouble("store-damaged")  # a copy would turn it into zeros that look right
        _copy(source, part, key)
        if not is_sound(part, key):
            part.unlink()
            raise StoreTrouble("store-io" if is_sound(source, key) else "store-damaged")
        settle(part, home / name)
    except OSError as error:
        raise StoreTrouble("store-full") from error
    _let_go(folder)
    return Backup(home / name, upto, now, before)


def is_sound(path: Path, key: bytes) -> bool:
    """Say whether every page is what was written and the tables fit together; a file that is not there is not."""
    if not path.exists():
        return False
    try:
        with contextlib.closing(keyed(path, key)) as raw:
            is_empty = raw.execute("PRAGMA user_version").fetchone()[0] == 0
            if is_empty or raw.execute("PRAGMA cipher_integrity_check").fetchone():
                return False
            fits = raw.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            return bool(fits) and not any(raw.execute(sql).fetchone() for sql in _ZEROS)
    except sqlcipher.DatabaseError as error:
        known = trouble(error)
        if isinstance(known, StoreTrouble) and known.code == "store-damaged":
            return False
        raise known from error


def pages_fit(path: Path, key: bytes) -> bool:
    """Say whether every page is what was written; twice, because one may be on its way to the disk at this moment."""
    for _ in range(2):
        with contextlib.closing(keyed(path, key)) as raw:
            if not raw.execute("PRAGMA cipher_integrity_check").fetchone():
                return True
    return False


def settle(part: Path, path: Path) -> None:
    """Give a finished file its name, durably."""
    for ending in ("-wal", "-shm"):
        Path(f"{part}{ending}").unlink(missing_ok=True)
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _copy(source: Path, part: Path, key: bytes) -> None:
    try:
        with (
            contextlib.closing(connect(source, key, read_only=True)) as old,
            contextlib.closing(keyed(part, key)) as new,
        ):
            old.execute("BEGIN")  # one snapshot, however much is written meanwhile
            old.execute("SELECT count(*) FROM sqlite_master").fetchone()
            old.backup(new, pages=_PAGES, sleep=_PAUSE_S)
    except sqlcipher.Error as error:
        part.unlink(missing_ok=True)
        raise trouble(error) from error


def _let_go(folder: Path) -> None:
    """Keep the newest of each of the last days and the last ones before a migration, within the limit of bytes."""
    all_of = found(folder)
    days: dict[Any, Backup] = {}
    for item in (one for one in all_of if not one.before):
        days.setdefault(item.made_at.date(), item)
    kept = [*list(days.values())[:DAILY], *[one for one in all_of if one.before][:BEFORE_MIGRATION]]
    kept.sort(key=lambda item: item.made_at, reverse=True)
    while len(kept) > LEAST and sum(item.path.stat().st_size for item in kept) > LIMIT_BYTES:
        kept.pop()
    for item in all_of:
        if item not in kept:
            item.path.unlink(missing_ok=True)


def _read_name(path: Path) -> Backup | None:
    parts = path.name.split(".")
    try:
        return Backup(path, int(parts[0]), from_ms(int(parts[1])), int(parts[2]))
    except (ValueError, IndexError):
        return None
