"""The parent's side: keeps one child for drawing papers, ends it when it takes too long, starts another when it died.

Stands apart from the child so that the desk never imports a parser of foreign files. Bytes travel by pipe: no paper
ever becomes a plain file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Timer
from types import TracebackType
from typing import Any, Self

from app import gui_guard
from app.errors import BadInput, BugError, KnownError
from app.rendering.protocol import (
    MAX_BYTES,
    MAX_DRAWN_PIXELS,
    MAX_HEADER_BYTES,
    MAX_PAGES,
    RENDER_CHILD,
    TOO_LARGE,
    read_frame,
    write_frame,
)

TIMEOUT_S = 10.0
START_TIMEOUT_S = 30.0
# Twice the cap: a page is rounded up to whole pixels on both sides.
_MAX_PIXEL_BYTES = 2 * MAX_DRAWN_PIXELS * 4


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as pixels: ``rgba`` has four bytes a pixel, row by row from the top, all opaque."""

    width: int
    height: int
    rgba: bytes


def child_command() -> list[str]:
    """Return how to start the child: the installed program is its own child, by an argument."""
    if getattr(sys, "frozen", False):
        return [sys.executable, RENDER_CHILD]
    return [sys.executable, "-P", "-m", "app.rendering"]


class Renderer:
    """Draws papers in a child process, one at a time; any thread but the GUI's.

    The child starts with the first paper. Every method raises BadInput ``paper-unreadable``, ``paper-too-large`` or
    ``paper-render-timeout``, and KnownError ``paper-viewer-failed`` when no child can be started.
    """

    def __init__(self, command: Sequence[str] | None = None, *, timeout_s: float = TIMEOUT_S) -> None:
        self._command = list(command or child_command())
        self._timeout_s = timeout_s
        self._lock = Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def page_count(self, data: bytes, mime: str) -> int:
        """Return the number of pages of a paper; a scan has one."""
        header, _ = self._ask({"do": "count", "mime": mime}, data)
        pages = header.get("pages")
        if not isinstance(pages, int) or not 0 < pages <= MAX_PAGES:
            raise self._disowned()
        return pages

    def render(self, data: bytes, mime: str, page: int, width_px: int) -> Picture:
        """Return one page (0 is the first) ``width_px`` wide; a very long page comes narrower."""
        header, rgba = self._ask({"do": "draw", "mime": mime, "page": page, "width": width_px}, data)
        width, height = header.get("width"), header.get("height")
        if not (isinstance(width, int) and isinstance(height, int) and width > 0 and len(rgba) == width * height * 4):
            raise self._disowned()
        return Picture(width, height, rgba)

    @property
    def child_pid(self) -> int | None:
        """The process id of the child that runs now, if one does."""
        child = self._alive()
        return child.pid if child is not None else None

    def close(self) -> None:
        """End the child; a later paper would start another."""
        with self._lock:
            self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, question: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
        gui_guard.check("rendering")
        if len(data) > MAX_BYTES:
            raise BadInput("paper-too-large")
        with self._lock:
            waiting = self._alive() is not None
            answer = self._try(question, data)
            if answer is None and waiting:
                # it may have died while nobody looked: only a child started for this paper is this paper's victim
                answer = self._try(question, data)
        if answer is None:
            raise BadInput("paper-unreadable")
        header, rgba = answer
        if "error" in header:
            raise BadInput("paper-too-large" if header["error"] == TOO_LARGE else "paper-unreadable")
        return header, rgba

    def _try(self, question: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes] | None:
        """Return the child's answer, or None when it died of the question."""
        child = self._running()
        with _Deadline(child, self._timeout_s) as deadline:
            try:
                answer = _exchanged(child, question, data)
            except (OSError, EOFError, ValueError):
                answer = None
        if answer is None or deadline.expired:
            self._end()
        if deadline.expired:
            raise BadInput("paper-render-timeout")
        return answer

    def _disowned(self) -> BadInput:
        """End a child whose answer makes no sense: the paper may have taken it over."""
        self.close()
        return BadInput("paper-unreadable")

    def _alive(self) -> subprocess.Popen[bytes] | None:
        child = self._child
        return child if child is not None and child.poll() is None else None

    def _running(self) -> subprocess.Popen[bytes]:
        alive = self._alive()
        if alive is not None:
            return alive
        self._end()
        try:
            self._child = child = _started(self._command)
            with _Deadline(child, START_TIMEOUT_S):
                if read_frame(_pipe(child.stdout), MAX_HEADER_BYTES) == b"ready":
                    return child
        except (OSError, EOFError, ValueError) as error:
            self._end()
            raise KnownError("paper-viewer-failed") from error
        self._end()
        raise KnownError("paper-viewer-failed")

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            with suppress(OSError):
                _pipe(pipe).close()
        child.wait()


class _Deadline:
    """Kills the child when time is up: reading from its pipe then ends, on every system alike."""

    def __init__(self, child: subprocess.Popen[bytes], timeout_s: float) -> None:
        self.expired = False
        self._child = child
        self._over = False
        self._guard = Lock()
        self._timer = Timer(timeout_s, self._expire)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None
    ) -> None:
        with self._guard:
            self._over = True
        self._timer.cancel()

    def _expire(self) -> None:
        with self._guard:
            if not self._over:
                self.expired = True
                self._child.kill()


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    environment |= {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _exchanged(
    child: subprocess.Popen[bytes], question: dict[str, Any], data: bytes
) -> tuple[dict[str, Any], bytes] | None:
    to, back = _pipe(child.stdin), _pipe(child.stdout)
    write_frame(to, json.dumps(question).encode())
    write_frame(to, data)
    header = json.loads(read_frame(back, MAX_HEADER_BYTES))
    rgba = read_frame(back, _MAX_PIXEL_BYTES)
    return (header, rgba) if isinstance(header, dict) else None


def _pipe(stream: Any) -> Any:
    if stream is None:
        raise BugError("the child has no pipes")
    return stream
