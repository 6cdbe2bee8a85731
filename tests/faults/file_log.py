"""Writes down every write, truncation, sync, birth and death of a file that the real SQLite of the desk makes.

Stands apart because it reaches into SQLite: the encrypted build exports ``sqlite3_vfs_register``, so a file system of
its own, made with ctypes over the built-in one, becomes the default. Nothing is changed on the way;"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p
from typing import Any

import sqlcipher3._sqlite3 as driver

Op = tuple[Any, ...]
"""("write", path, offset, bytes) · ("truncate", path, size) · ("sync", path) · ("create" | "delete", path) ·
("sync folder", path) · ("rename", path, path) · ("content", path, bytes), at a sync by Python · ("mark", word, …)"""

_CREATE = 0x4
_HEARD = ("open", "os.remove", "os.rename")


class _Vfs(Structure):
    _fields_ = [("version", c_int), ("size_of_file", c_int), ("longest_path", c_int), ("next", c_void_p),
                ("name", c_char_p), ("data", c_void_p), ("open", c_void_p), ("delete", c_void_p),
                ("rest", c_void_p * 11), ("set_call", c_void_p), ("get_call", c_void_p),
                ("next_call", c_void_p)]  # fmt: skip


class _File(Structure):
    _fields_ = [("methods", c_void_p)]


class _Methods(Structure):
    _fields_ = [("version", c_int), ("close", c_void_p), ("read", c_void_p), ("write", c_void_p),
                ("truncate", c_void_p), ("sync", c_void_p), ("rest", c_void_p * 13)]  # fmt: skip


_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, POINTER(_File), c_int, POINTER(c_int))
_DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)
_OPEN_FOLDER = CFUNCTYPE(c_int, c_char_p, POINTER(c_int))
_GET_CALL = CFUNCTYPE(c_void_p, POINTER(_Vfs), c_char_p)
_SET_CALL = CFUNCTYPE(c_int, POINTER(_Vfs), c_char_p, c_void_p)


class FileLog:
    """The log of one process; ``tell`` gets every operation under ``root``. Installed once, for good."""

    def __init__(self, tell: Callable[[Op], object]) -> None:
        self.tell, self.root = tell, "/nowhere/"
        self._paths: dict[int, str] = {}
        self._tables: dict[int, _Methods] = {}
        self._kept: list[Any] = []  # what SQLite points to must not be collected
        self._library = ctypes.CDLL(driver.__file__)
        self._library.sqlite3_vfs_find.restype = POINTER(_Vfs)
        self._install()
        self._watch_python()

    def _install(self) -> None:
        base = self._library.sqlite3_vfs_find(None)
        own = _Vfs.from_buffer_copy(base.contents)
        self._base_open, self._base_delete = _OPEN(own.open), _DELETE(own.delete)
        opened, deleted = _OPEN(self._open), _DELETE(self._delete)
        own.name, own.next = b"logged", None
        own.open, own.delete = (ctypes.cast(function, c_void_p).value for function in (opened, deleted))
        self._base_folder = _OPEN_FOLDER(_GET_CALL(own.get_call)(base, b"openDirectory"))
        folder = _OPEN_FOLDER(self._folder)
        _SET_CALL(own.set_call)(base, b"openDirectory", ctypes.cast(folder, c_void_p))
        self._kept += [opened, deleted, folder]
        self._own, self._base = own, base
        self._prefer(ctypes.byref(own))

    def _prefer(self, files: Any) -> None:
        if self._library.sqlite3_vfs_register(files, 1):
            raise RuntimeError("SQLite did not take the file system")

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Let what is opened meanwhile go straight to the disk: no word of it, and no cost."""
        self._prefer(self._base)
        yield
        self._prefer(ctypes.byref(self._own))

    def _watch_python(self) -> None:
        """Follow what Python does to files by itself; for good, as audit hooks are."""
        real = os.fsync

        def fsync(handle: int) -> None:
            real(handle)
            path = os.readlink(f"/proc/self/fd/{handle}")
            if os.path.isdir(path):
                if f"{path}/".startswith(self.root):
                    self.tell(("sync folder", path))
            elif self._is_ours(path):
                with open(path, "rb") as file:
                    self.tell(("content", path, file.read()))
                self.tell(("sync", path))

        def heard(event: str, told: tuple[Any, ...]) -> None:
            if event not in _HEARD or not isinstance(told[0], str | os.PathLike):
                return
            path = os.fspath(told[0])
            if not self._is_ours(path):
                return
            if event == "open":
                if told[2] & os.O_CREAT and not os.path.exists(path):
                    self.tell(("create", path))
            elif os.path.isfile(path):
                self.tell(("rename", path, os.fspath(told[1])) if event == "os.rename" else ("delete", path))

        os.fsync = fsync
        sys.addaudithook(heard)

    def _is_ours(self, path: str) -> bool:
        return path.startswith(self.root) and not path.endswith("-shm")

    def _open(self, vfs: int, name: int | None, file: Any, flags: int, out: Any) -> int:
        path = ctypes.string_at(name).decode() if name else ""
        is_new = bool(path) and flags & _CREATE and not os.path.exists(path)
        code = self._base_open(vfs, name, file, flags, out)
        if code == 0 and self._is_ours(path):
            self._paths[ctypes.addressof(file.contents)] = path
            file.contents.methods = ctypes.addressof(self._logged(file.contents.methods))
            if is_new:
                self.tell(("create", path))
        return code

    def _logged(self, methods: int) -> _Methods:
        """Return SQLite's own table of file functions with three of them replaced."""
        if methods in self._tables:
            return self._tables[methods]
        table = _Methods.from_buffer_copy(_Methods.from_address(methods))
        write, truncate, sync = _WRITE(table.write), _TRUNCATE(table.truncate), _SYNC(table.sync)

        def logged_write(file: int, data: int, count: int, offset: int) -> int:
            self.tell(("write", self._paths[file], offset, ctypes.string_at(data, count)))
            return write(file, data, count, offset)

        def logged_truncate(file: int, size: int) -> int:
            self.tell(("truncate", self._paths[file], size))
            return truncate(file, size)

        def logged_sync(file: int, flags: int) -> int:
            code = sync(file, flags)
            self.tell(("sync", self._paths[file]))
            return code

        ours = (_WRITE(logged_write), _TRUNCATE(logged_truncate), _SYNC(logged_sync))
        table.write, table.truncate, table.sync = (ctypes.cast(function, c_void_p).value for function in ours)
        self._kept += [ours, write, truncate, sync]
        self._tables[methods] = table
        return table

    def _delete(self, vfs: int, name: bytes, sync_folder: int) -> int:
        code = self._base_delete(vfs, name, 0)  # the folder's sync is told below, after the deletion
        if code == 0 and self._is_ours(name.decode()):
            self.tell(("delete", name.decode()))
            if sync_folder:
                self.tell(("sync folder", os.path.dirname(name.decode())))
        return code

    def _folder(self, name: bytes, handle: Any) -> int:
        """SQLite opens a file's folder for one purpose only: to sync it."""
        code = self._base_folder(name, handle)
        if self._is_ours(name.decode()):
            self.tell(("sync folder", os.path.dirname(name.decode())))
        return code
