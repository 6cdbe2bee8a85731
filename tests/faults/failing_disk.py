"""A disk that refuses: the write calls of SQLite answered as a kernel would, and the real ways to be refused.

Stands apart because it reaches into SQLite and the process: the encrypted build lets its system calls be replaced, so
any write, growth or truncation under one folder can end with the error number that the kernel gives. The other ways
are the kernel's own: a limit of file size, a small memory disk (where the tests run as root), a lock held by another
process, the engine's limit of pages.
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, c_int, c_int64, c_size_t, c_ssize_t, c_void_p
from pathlib import Path
from typing import Any

import sqlcipher3._sqlite3 as driver

from app.services.desk import Desk
from tests.faults.file_log import _SET_CALL, _Vfs

_HOLDER = """
import sys, sqlcipher3.dbapi2 as driver
for line in sys.stdin:
    path, key = line.split()
    held = driver.connect(path, isolation_level=None)
    held.execute(f"PRAGMA key = \\"x'{key}'\\"")
    held.execute("BEGIN IMMEDIATE")
    print("held", flush=True)
    sys.stdin.readline()
    held.close()
    print("free", flush=True)
"""


class FailingCalls:
    """Counts SQLite's writes under ``root`` and lets some fail; installed once a process."""

    def __init__(self, root: Path) -> None:
        self._root, self._kept = f"{root}/", []  # type: ignore[var-annotated]
        self.count, self._fails, self._error = 0, range(0), 0
        library = ctypes.CDLL(driver.__file__)
        library.sqlite3_vfs_find.restype = POINTER(_Vfs)
        base = library.sqlite3_vfs_find(None)
        real = ctypes.CDLL(None, use_errno=True)
        real.pwrite64.argtypes = real.pwrite.argtypes = (c_int, c_void_p, c_size_t, c_int64)
        real.write.argtypes = (c_int, c_void_p, c_size_t)
        real.ftruncate.argtypes = (c_int, c_int64)
        kinds = {
            "pwrite64": (c_ssize_t, c_int, c_void_p, c_size_t, c_int64),
            "pwrite": (c_ssize_t, c_int, c_void_p, c_size_t, c_int64),
            "write": (c_ssize_t, c_int, c_void_p, c_size_t),
            "ftruncate": (c_int, c_int, c_int64),
        }
        for name, kind in kinds.items():
            call = CFUNCTYPE(*kind, use_errno=True)(self._answering(getattr(real, name)))
            _SET_CALL(base.contents.set_call)(base, name.encode(), ctypes.cast(call, c_void_p))
            self._kept.append(call)

    @contextmanager
    def failing(self, fails: range, error: int) -> Iterator[None]:
        """Let the writes with these numbers, counted from now, end with ``error``."""
        self.count, self._fails, self._error = 0, fails, error
        try:
            yield
        finally:
            self._fails = range(0)

    def _answering(self, real: Any) -> Callable[..., int]:
        def call(handle: int, *rest: Any) -> int:
            if os.readlink(f"/proc/self/fd/{handle}").startswith(self._root):
                self.count += 1
                if self.count in self._fails:
                    ctypes.set_errno(self._error)
                    return -1
            return int(real(handle, *rest))

        return call


class Holder:
    """Another process that takes the write lock of a store and gives it back."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    @contextmanager
    def holding(self, path: Path, key: bytes) -> Iterator[None]:
        """Hold the lock inside the block."""
        self._say(f"{path} {key.hex()}", "held")
        try:
            yield
        finally:
            self._say("", "free")

    def close(self) -> None:
        """End the process."""
        self._process.stdin.close()  # type: ignore[union-attr]
        self._process.wait(10)

    def _say(self, words: str, wanted: str) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(words + "\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline().strip() == wanted


@contextmanager
def no_larger_than(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond ``size`` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def no_more_pages(desk: Desk, more: int) -> Iterator[None]:
    """Let the store grow by ``more`` pages only."""
    with desk.store.write() as connection:
        have = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {have + more}")
    try:
        yield
    finally:
        with desk.store.write() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")


@contextmanager
def memory_disk(folder: Path, kib: int) -> Iterator[bool]:
    """Mount a small disk of its own at ``folder``; False where that is not allowed."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", str(folder)], capture_output=True, check=False
    ).returncode == 0  # fmt: skip
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)


@contextmanager
def filled(folder: Path, free: int) -> Iterator[None]:
    """Leave ``free`` bytes on the disk of ``folder``."""
    ballast = folder / "ballast"
    room = os.statvfs(folder)
    try:
        with ballast.open("wb") as file:
            file.truncate(0)
            os.posix_fallocate(file.fileno(), 0, max(1, room.f_bavail * room.f_frsize - free))
        yield
    finally:
        ballast.unlink(missing_ok=True)


ERRORS = {"full": errno.ENOSPC, "quota": errno.EDQUOT, "io": errno.EIO, "read-only": errno.EROFS}
"""What a kernel answers a write with."""
