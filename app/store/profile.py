"""A profile folder is one desk: ``desk.json``, a lock, and one folder per officer.

Stands apart from the stores inside it: which portal this desk is bound to and who sat here last must be known before
any key is asked for.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from app.errors import StoreTrouble


@dataclass(frozen=True, slots=True)
class DeskFile:
    """What a desk is: its id, its portal (bound at creation) and whether that portal is a sandbox."""

    desk_id: str
    portal: str
    sandbox: bool = False


class Profile:
    """An open profile; holds ``lock`` until closed, so that one process works it at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock: IO[Any] | None = _locked(folder / "lock")
        except OSError as error:
            raise _not_written(folder, error) from error

    @property
    def desk(self) -> DeskFile | None:
        """Return what this desk is, or None before its first sign-in."""
        return read_desk(self.folder)

    def bind(self, desk: DeskFile) -> None:
        """Write what this desk is, once; another portal later is refused (``profile-other-portal``)."""
        have = self.desk
        if have is None:
            _write_json(self.folder / "desk.json", asdict(desk))
            _sync_names(self.folder.parent)
        elif have.portal != desk.portal:
            raise StoreTrouble("profile-other-portal", portal=have.portal)

    @property
    def officer_id(self) -> str | None:
        """Return who sat here last."""
        return _officer_id(self.folder)

    def seat(self, officer_id: str) -> None:
        """Remember who sits here now, whose folder is there already."""
        _sync_names(self.folder / "officers")
        _write_json(self.folder / "officer.json", {"officer_id": officer_id})

    def officer_folder(self, officer_id: str) -> Path:
        """Return the folder of that officer's own store."""
        return _officer_folder(self.folder, officer_id)

    def aside(self, officer_id: str, stamp: str) -> Path:
        """Return where an officer's damaged files go: beside the others, kept for a technician."""
        return self.folder / f"set-aside-{stamp}-{self.officer_folder(officer_id).name}"

    def rescue_file(self, officer_id: str) -> Path:
        """Return the rescue log of that officer: not in the store's folder, which may be set aside or lost."""
        _officer_folder(self.folder, officer_id)  # the same names are refused
        return self.folder / "rescue" / f"{officer_id}.log"

    def officers(self) -> tuple[str, ...]:
        """Return the ids of all officers with a store here."""
        root = self.folder / "officers"
        return tuple(sorted(path.name for path in root.iterdir())) if root.is_dir() else ()

    def close(self) -> None:
        """Let another process have the profile."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def read_desk(folder: Path) -> DeskFile | None:
    """Return what the desk in ``folder`` is, without holding its lock; None before its first sign-in."""
    found = _read_json(folder / "desk.json")
    if found is None:
        return None
    try:
        return DeskFile(str(found["desk_id"]), str(found["portal"]), found.get("sandbox") is True)
    except KeyError as error:
        raise StoreTrouble("profile-damaged") from error


def seated(folder: Path) -> Path | None:
    """Return the store's folder of who sat here last, without holding the lock; None before the first sign-in."""
    officer_id = _officer_id(folder)
    return None if officer_id is None else _officer_folder(folder, officer_id)


def _officer_id(folder: Path) -> str | None:
    found = _read_json(folder / "officer.json")
    if found is not None and "officer_id" not in found:
        raise StoreTrouble("profile-damaged")
    return str(found["officer_id"]) if found else None


def _officer_folder(folder: Path, officer_id: str) -> Path:
    if not officer_id or not all(char.isalnum() or char in "-_" for char in officer_id):
        raise StoreTrouble("profile-damaged")
    return folder / "officers" / officer_id


def _locked(path: Path) -> IO[Any]:
    handle = path.open("a+b")
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        handle.close()
        raise StoreTrouble("profile-in-use") from error
    return handle


def _read_json(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (ValueError, OSError) as error:
        raise StoreTrouble("profile-damaged") from error
    if not isinstance(found, dict):
        raise StoreTrouble("profile-damaged")
    return found


def _write_json(path: Path, value: dict[str, Any]) -> None:
    """Replace the file durably: temporary file, fsync, rename, fsync of the folder."""
    try:
        import tempfile  # late: reading a profile, which every start does, needs none

        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError as error:
        raise _not_written(path, error) from error
    _sync_names(path.parent)


def _sync_names(folder: Path) -> None:
    """Let the names in a folder outlive a power cut: what was saved under them must be found again."""
    from app.store.backups import sync_folder  # late: only what is written needs it

    try:
        sync_folder(folder)
    except OSError as error:
        raise _not_written(folder, error) from error


def _not_written(path: Path, error: OSError) -> StoreTrouble:
    if error.errno == errno.ENOSPC:
        return StoreTrouble("store-full")
    return StoreTrouble("profile-read-only", path=str(path))
