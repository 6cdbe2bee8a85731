"""Opens a store that may be damaged: looks, puts damaged files aside, brings back what a backup and the redo log hold.

Stands apart from ``Store``, which opens what is sound and never guesses. Nothing is deleted: spoilt files lie in the
profile's folder for a technician. What the portal has beyond this comes with the next pull.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import insert

from app.errors import StoreTrouble
from app.store import backups, redo, schema, state
from app.store.blobs import FILE as BLOBS_FILE
from app.store.blobs import rescued
from app.store.cipher import keyed, trouble
from app.store.state import Name
from app.store.writer import FILE, OPEN_MARK, Store

_ENDINGS = ("", "-wal", "-shm")
_SALVAGED = ("drafts", "access_log", "printed", "outbox", "journal", "number_block", "sync_state")
DAMAGED = "store-damaged"


def open_store(folder: Path, key: bytes, aside: Path) -> tuple[Store, StoreTrouble | None]:
    """Open an officer's store, mended if it must be; return it and what the officer should be told, if anything.

    ``aside``: where damaged files go. After a crash every page is checked; after a clean close the daily backup does
    that. Raises StoreTrouble; ``store-damaged`` when no backup opens with this key.
    """
    if not (folder / OPEN_MARK).exists():
        try:
            return _open(folder, key, aside, was_clean=True)
        except StoreTrouble as trouble_met:
            if trouble_met.code != DAMAGED:
                raise
    return _open(folder, key, aside, was_clean=False)


def _open(folder: Path, key: bytes, aside: Path, *, was_clean: bool) -> tuple[Store, StoreTrouble | None]:
    restored_from = None
    if not _sound(folder, key, thorough=not was_clean):
        if was_clean:
            raise StoreTrouble(DAMAGED)
        restored_from = _restore(folder, key, aside)
    papers_hurt = _check_beside(folder, key, aside, thorough=not was_clean)
    store = Store(folder, key)
    try:
        count = _catch_up(store, aside if restored_from else None) if restored_from or not was_clean else 0
        store.sit()
    except BaseException:
        store.close()
        raise
    store.redo.behind |= bool(restored_from or not was_clean)
    if restored_from:
        return store, StoreTrouble("store-mended", at=restored_from, count=count)
    if count:
        return store, StoreTrouble("store-caught-up", count=count)
    return store, StoreTrouble("papers-mended") if papers_hurt else None


def begin_anew(folder: Path, key: bytes, aside: Path) -> Store:
    """Put a folder that no backup mends aside whole and open a new store; what can still be read is brought over.

    The portal fills the rest. Raises StoreTrouble.
    """
    try:
        folder.rename(aside)
        folder.mkdir(parents=True)
        if _is_whole(aside / redo.FILE, key):
            shutil.copyfile(aside / redo.FILE, folder / f"{redo.FILE}.part")
        with _copy_of(aside, BLOBS_FILE) as copy:
            rescued(copy, folder / BLOBS_FILE, key)
    except OSError as error:
        raise StoreTrouble("store-full") from error
    store = Store(folder, key)
    try:
        earlier = redo.Redo(folder, key, f"{redo.FILE}.part")
        with store.write() as connection:
            redo.play_back(connection, earlier.entries())
        earlier.close()
        store.sit()
    except BaseException:
        store.close()
        raise
    (folder / f"{redo.FILE}.part").unlink(missing_ok=True)
    return store


def keep_backup(store: Store, now: datetime) -> bool:
    """Make today's backup if there is none yet, or at once when the redo log has a gap; say whether one was made.

    Thread: any but the GUI's. Raises StoreTrouble; damage is remembered for the next start.
    """
    made = [item for item in backups.found(store.folder) if not item.before]
    if made and made[0].made_at.date() == now.date() and not store.redo.behind:
        return False
    store.back_up(now)
    return True


def _sound(folder: Path, key: bytes, *, thorough: bool) -> bool:
    """Say whether the store is what was written, or was never begun; without ``thorough`` a look at its first page."""
    path = folder / FILE
    if not Store.has_past(folder) and not path.exists():
        return True
    if thorough or not path.exists():
        _finish(path, key)
        return backups.is_sound(path, key) or (not Store.has_past(folder) and _is_empty(path, key))
    try:
        with contextlib.closing(keyed(path, key)) as raw:
            return bool(raw.execute("PRAGMA user_version").fetchone()[0]) or not Store.has_past(folder)
    except sqlcipher.DatabaseError as error:
        return not _is_damage(error)


def _finish(path: Path, key: bytes) -> None:
    """Let SQLite end what a crash interrupted: a checkpoint may have torn pages that the WAL still holds whole."""
    if not path.exists():
        return
    try:
        with contextlib.closing(keyed(path, key)) as raw:
            _move_log(raw)
    except sqlcipher.DatabaseError as error:
        _is_damage(error)  # which the look at every page will tell


def _move_log(raw: Any) -> None:
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _is_empty(path: Path, key: bytes) -> bool:
    """Say whether a store died at its birth: readable, and nothing in it yet."""
    try:
        with contextlib.closing(keyed(path, key)) as raw:
            return bool(raw.execute("PRAGMA user_version").fetchone()[0] == 0)
    except sqlcipher.DatabaseError:
        return False


def _is_damage(error: sqlcipher.DatabaseError) -> bool:
    known = trouble(error)
    if isinstance(known, StoreTrouble) and known.code == DAMAGED:
        return True
    raise known from error


def _restore(folder: Path, key: bytes, aside: Path) -> datetime:
    """Put the store's files aside and the newest good backup in their place; return when that was made."""
    for backup in backups.found(folder):
        if backups.is_sound(backup.path, key):
            break
    else:
        raise StoreTrouble(DAMAGED)
    try:
        part = folder / f"{FILE}.part"
        shutil.copyfile(backup.path, part)
        _put_aside(folder, FILE, aside)
        backups.settle(part, folder / FILE)
    except OSError as error:
        raise StoreTrouble("store-full") from error
    return backup.made_at


def _put_aside(folder: Path, name: str, aside: Path) -> None:
    aside.mkdir(parents=True, exist_ok=True)
    for ending in _ENDINGS:
        path = folder / f"{name}{ending}"
        if path.exists():
            os.replace(path, _free(aside / path.name))


def _free(path: Path) -> Path:
    number = 0
    while (found := path if not number else path.with_name(f"{path.name}.{number}")).exists():
        number += 1
    return found


def _check_beside(folder: Path, key: bytes, aside: Path, *, thorough: bool) -> bool:
    """Look at the files beside the store; a spoilt redo log is begun anew, of spoilt attachments the readable stay.

    Return whether attachments were spoilt.
    """
    spoilt = {name for name in (redo.FILE, BLOBS_FILE) if not _is_whole(folder / name, key, thorough=thorough)}
    for name in spoilt:
        _put_aside(folder, name, aside)
    if BLOBS_FILE in spoilt:
        with _copy_of(aside, BLOBS_FILE) as copy:
            rescued(copy, folder / BLOBS_FILE, key)
    return BLOBS_FILE in spoilt


def _is_whole(path: Path, key: bytes, *, thorough: bool = True) -> bool:
    """Say whether a file is there and sound, or not there at all."""
    if not path.exists():
        return True
    try:
        with contextlib.closing(keyed(path, key)) as raw:
            if not thorough:
                return bool(raw.execute("SELECT count(*) FROM sqlite_master").fetchone())
            _move_log(raw)
            if raw.execute("PRAGMA cipher_integrity_check").fetchone():
                return False
            return bool(raw.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
    except sqlcipher.DatabaseError as error:
        return not _is_damage(error)


def _catch_up(store: Store, aside: Path | None) -> int:
    """Bring a restored or shortened store up to what the officer was told; return how many commands came back."""
    salvaged = list(_salvage(aside, store)) if aside else []
    entries = store.redo_entries()
    with store.write() as connection:
        for name, values in salvaged:
            if name == "sync_state":
                if values["name"] == Name.TOKENS:  # the older ones of the backup are used up
                    state.put(connection, Name.TOKENS, values["value"])
                continue
            connection.execute(insert(schema.durable.tables[name]).prefix_with("OR IGNORE"), values)
        if aside:
            state.drop(connection, Name.CURSOR)
        count = redo.play_back(connection, entries)
        if aside or count:
            store.outdate(connection)
        return count


def _salvage(aside: Path, store: Store) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the durable rows that can still be read in a damaged file, from its beginning and from its end."""
    with contextlib.suppress(OSError, StoreTrouble), _copy_of(aside, FILE) as copy:
        for name in _SALVAGED:
            for order in ("ASC", "DESC"):
                for values in store.readable(copy, f"SELECT * FROM {name} ORDER BY rowid {order}"):
                    yield name, values


@contextlib.contextmanager
def _copy_of(aside: Path, name: str) -> Iterator[Path]:
    """Lend a copy of a damaged file with its WAL: opening it writes, and what was put aside stays as it is."""
    place = aside / "reading"
    place.mkdir(exist_ok=True)
    try:
        for ending in ("", "-wal"):
            if (aside / f"{name}{ending}").exists():
                shutil.copyfile(aside / f"{name}{ending}", place / f"{name}{ending}")
        yield place / name
    finally:
        shutil.rmtree(place, ignore_errors=True)
