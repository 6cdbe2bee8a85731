"""Takes files in: by magic, extension and declared type together, into the encrypted store, never onto the disk.

Stands apart because every file is hostile until this module has looked at its first bytes. What it is called is for
reading only.
"""

from __future__ import annotations

import re
import unicodedata

from app.domain.people import FileRef
from app.errors import BadInput
from app.services.desk import Desk

MAX_BYTES = 25 * 1024 * 1024
_TYPES: tuple[tuple[bytes, str, frozenset[str]], ...] = (
    (b"%PDF-", "application/pdf", frozenset({"pdf"})),
    (b"\xff\xd8\xff", "image/jpeg", frozenset({"jpg", "jpeg"})),
    (b"\x89PNG\r\n\x1a\n", "image/png", frozenset({"png"})),
)
SUFFIXES: tuple[str, ...] = tuple(sorted(f".{suffix}" for _, _, suffixes in _TYPES for suffix in suffixes))
"""The endings of files that are taken, with their dot: what a form may offer to choose."""
_HIDDEN = re.compile("[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NAME_LENGTH, _ENDING_LENGTH = 120, 8
# What a system would run or a browser would open; before another ending it only serves to deceive.
_RUN = frozenset({
    "app", "bat", "chm", "cmd", "com", "cpl", "dll", "docm", "dotm", "exe", "hta", "htm", "html", "iso", "jar",
    "js", "jse", "lnk", "msi", "pif", "pptm", "ps1", "reg", "rtf", "scr", "sh", "svg", "url", "vbe", "vbs", "wsf",
    "xht", "xhtml", "xlsm", "zip",
})  # fmt: skip


def take(desk: Desk, data: bytes, name: str) -> FileRef:
    """Keep a file in the encrypted store; returns its reference. Thread: any but the GUI's.

    Raises BadInput: ``file-empty``, ``file-too-large``, ``file-type-unknown``, ``file-type-contradicts``,
    ``file-two-endings``.
    """
    shown = plain_name(name)
    mime = type_of(data, shown)
    digest = desk.blobs.put(data, mime)
    return FileRef(digest, shown, len(data), mime)


def type_of(data: bytes, name: str) -> str:
    """Return the media type that bytes and extension agree on."""
    if not data:
        raise BadInput("file-empty", name=name)
    if len(data) > MAX_BYTES:
        raise BadInput("file-too-large", size=len(data), limit=MAX_BYTES)
    if _RUN & {part.strip().lower() for part in name.split(".")[1:-1]}:
        raise BadInput("file-two-endings", name=name)
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    found = sniffed(data)
    if found:
        if any(extension in extensions for _, mime, extensions in _TYPES if mime == found):
            return found
        raise BadInput("file-type-contradicts", name=name)
    known = any(extension in extensions for _, _, extensions in _TYPES)
    raise BadInput("file-type-contradicts" if known else "file-type-unknown", name=name)


def sniffed(data: bytes) -> str:
    """Return the media type that the first bytes say; empty when it is none we take."""
    return next((mime for magic, mime, _ in _TYPES if data.startswith(magic)), "")


def plain_name(name: str) -> str:
    """Return a file's name without any path, control or direction mark, shortened in the middle of nothing.

    >>> plain_name("../../etc/passwd.pdf"), plain_name("C:\\\\a\\\\giay to.PDF")
    ('passwd.pdf', 'giay to.PDF')
    """
    last = re.split(r"[/\\:]", unicodedata.normalize("NFC", _HIDDEN.sub("", name)))[-1].strip(" .")
    stem, dot, extension = last.rpartition(".")
    if len(last) > _NAME_LENGTH and dot and len(extension) <= _ENDING_LENGTH:
        return f"{stem[: _NAME_LENGTH - len(extension) - 1]}.{extension}"
    return last[:_NAME_LENGTH] or "tep"
