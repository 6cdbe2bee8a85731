"""Giấy tờ: brings a citizen's papers to this machine and turns their pages into pictures.

Stands apart because these bytes are a stranger's: they are verified by digest and type, kept in the encrypted store,
and opened only in the drawing child, one for the whole program.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

from app.domain.people import FileRef
from app.errors import BadInput, Offline, StoreTrouble
from app.rendering.renderer import Picture, Renderer
from app.services.attachments import sniffed
from app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """How many pages a paper has, and its first one small."""

    pages: int
    picture: Picture


_lock = Lock()
_renderer: Renderer | None = None


def fetch(desk: Desk, file: FileRef) -> bytes:
    """Return the bytes of a paper, from this machine or once from the portal. Thread: any but the GUI's.

    Raises Offline ``paper-not-here``, BadInput ``paper-type-contradicts``, SignedOut, PortalProblem.
    """
    data = desk.blobs.get(file.sha256)
    if data is not None:
        return _checked(file, data)
    try:
        data = desk.engine.ask.blob(file.sha256)
    except Offline as error:
        raise Offline("paper-not-here", name=file.name) from error
    _checked(file, data)
    with suppress(StoreTrouble):  # what cannot be kept here is still shown, and brought again next time
        desk.blobs.put(data, file.mime, uploaded=True)
    return data


def pages(desk: Desk, file: FileRef) -> int:
    """Return how many pages a paper has; raises as ``fetch`` and ``Renderer`` do."""
    return _one_renderer().page_count(fetch(desk, file), file.mime)


def picture(desk: Desk, file: FileRef, page: int, width_px: int) -> Picture:
    """Return one page (0 is the first) as pixels; raises as ``fetch`` and ``Renderer`` do."""
    return _one_renderer().render(fetch(desk, file), file.mime, page, width_px)


def thumbnail(desk: Desk, file: FileRef, width_px: int) -> Thumbnail:
    """Return a paper's first page ``width_px`` wide and its number of pages; raises as ``picture`` does."""
    data, renderer = fetch(desk, file), _one_renderer()
    return Thumbnail(renderer.page_count(data, file.mime), renderer.render(data, file.mime, 0, width_px))


def pages_of(data: bytes, mime: str) -> int:
    """Return how many pages a document of our own making has; raises as ``Renderer`` does."""
    return _one_renderer().page_count(data, mime)


def picture_of(data: bytes, mime: str, page: int, width_px: int) -> Picture:
    """Return one page of a document of our own making as pixels; raises as ``Renderer`` does."""
    return _one_renderer().render(data, mime, page, width_px)


def close() -> None:
    """End the drawing child; at the end of the program and of tests."""
    global _renderer
    with _lock:
        ended, _renderer = _renderer, None
    if ended is not None:
        ended.close()


def _one_renderer() -> Renderer:
    global _renderer
    with _lock:
        if _renderer is None:
            _renderer = Renderer()
        return _renderer


def _checked(file: FileRef, data: bytes) -> bytes:
    if sniffed(data) != file.mime:
        raise BadInput("paper-type-contradicts", name=file.name)
    return data
