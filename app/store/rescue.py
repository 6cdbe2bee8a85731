"""The rescue log: every money command once more, sealed to the province, in a file beside the officer's store.

Stands apart from the store because it must outlive it: a damaged database, a lost key. A line is written and fsynced
before the command is committed, so that what the screen called saved is always in it; the desk itself cannot read it.
A line goes when the portal's ledger has the money, so the file stays small. The outbox key before each line stands in
the clear and says nothing about anybody.
"""

from __future__ import annotations

import base64
import contextlib
import errno
import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import RLock

from app.contract.province import seal, unseal
from app.errors import StoreTrouble
from app.store.backups import sync_folder


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the outbox key, and what only the province opens."""

    key: str
    sealed: bytes


class RescueLog:
    """The file of one officer on one desk; any thread, one writer at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = RLock()

    @contextlib.contextmanager
    def with_commit(self) -> Iterator[None]:
        """Surround a transaction: what was appended inside is cut off again when it fails."""
        with self._lock:
            before = self._size()
            try:
                yield
            except Exception:
                with contextlib.suppress(OSError):  # the line stays: its key never reached the outbox
                    self._cut(before)
                raise

    def append(self, key: str, message: bytes, province_key: str) -> None:
        """Write one line and wait for the disk; raises StoreTrouble ``rescue-not-written``, ``rescue-no-key``."""
        if not province_key:
            raise StoreTrouble("rescue-no-key")
        line = _written(key, seal(province_key, message))
        try:
            new = not self.path.exists()
            line = line if new or _ends_whole(self.path) else b"\n" + line
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
            try:
                if os.write(handle, line) != len(line):
                    raise OSError(errno.ENOSPC, "short write")
                os.fsync(handle)
            finally:
                os.close(handle)
            if new:
                sync_folder(self.path.parent)
        except OSError as error:
            raise StoreTrouble("rescue-not-written", path=str(self.path)) from error

    def let_go(self, settled: Callable[[Collection[str]], Collection[str]]) -> int:
        """Drop the lines whose keys are ``settled``; return how many went. The file is replaced whole, durably.

        A key that the store does not know stays: after a lost store it is all there is.
        """
        with self._lock:
            lines = read(self.path)
            gone = settled([line.key for line in lines]) if lines else ()
            kept = [line for line in lines if line.key not in gone]
            if len(kept) == len(lines):
                return 0
            beside = self.path.with_suffix(".new")
            try:
                with beside.open("wb") as file:
                    file.write(b"".join(_written(line.key, line.sealed) for line in kept))
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(beside, self.path)
                sync_folder(self.path.parent)
            except OSError:
                return 0  # a longer file harms nobody; the next time it may be let go
            return len(lines) - len(kept)

    def _size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def _cut(self, size: int) -> None:
        if self._size() > size:
            with self.path.open("r+b") as file:
                file.truncate(size)
                file.flush()
                os.fsync(file.fileno())


def _ends_whole(path: Path) -> bool:
    """Say whether the last line is whole; one that a power cut left half must not swallow the next."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - 1))
        return end == 0 or file.read(1) == b"\n"


def _written(key: str, sealed: bytes) -> bytes:
    return key.encode() + b" " + base64.b64encode(sealed) + b"\n"


def read(path: Path) -> list[Line]:
    """Return every whole line of a rescue log; what a power cut left half written is passed over."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return []
    found = []
    for text in content.split(b"\n"):
        key, _, sealed = text.partition(b" ")
        with contextlib.suppress(ValueError):
            if sealed:
                found.append(Line(key.decode("ascii"), base64.b64decode(sealed, validate=True)))
    return found


def opened(path: Path, seed: bytes) -> tuple[list[bytes], int]:
    """Return the messages that the province's secret opens, in order, and how many lines it does not."""
    messages, strange = [], 0
    for line in read(path):
        try:
            messages.append(unseal(seed, line.sealed))
        except ValueError:
            strange += 1
    return messages, strange
