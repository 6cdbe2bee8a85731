"""The child process: takes papers on standard input, gives pixels on standard output, and can do nothing else.

Stands apart because a broken or malicious file may end this process, and only this one. Before the first foreign byte
it gives up memory beyond a limit, writing files, other programs and the network.
"""

from __future__ import annotations

import json
import os
import sys
from typing import IO, Any

from app.rendering import decode
from app.rendering.protocol import (
    MAX_BYTES,
    MAX_HEADER_BYTES,
    MAX_WIDTH_PX,
    MEMORY_BYTES,
    TOO_LARGE,
    UNREADABLE,
    read_frame,
    write_frame,
)

_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.startfile")


def main() -> int:
    """Serve until standard input ends; return the exit code."""
    questions, answers = _own_pipes()
    _give_up()
    write_frame(answers, b"ready")
    while True:
        try:
            question = json.loads(read_frame(questions, MAX_HEADER_BYTES))
            data = read_frame(questions, MAX_BYTES)
        except EOFError:
            return 0
        header, pixels = _answered(question, data)
        write_frame(answers, json.dumps(header).encode())
        write_frame(answers, pixels)


def _answered(question: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        if question["do"] == "count":
            return {"pages": decode.page_count(data, question["mime"])}, b""
        wanted = min(max(int(question["width"]), 1), MAX_WIDTH_PX)
        width, height, pixels = decode.draw(data, question["mime"], int(question["page"]), wanted)
        return {"width": width, "height": height}, pixels
    except decode.Undrawable as undrawable:
        return {"error": undrawable.code}, b""
    except MemoryError:
        return {"error": TOO_LARGE}, b""
    except Exception:  # a parser may fail in any way on hostile bytes; the next paper is another matter
        return {"error": UNREADABLE}, b""


def _own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Take the two pipes for ourselves, and lead what libraries print to nowhere: it would look like an answer."""
    questions, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    if sys.platform == "win32":
        import msvcrt

        for pipe in (questions, answers):
            msvcrt.setmode(pipe, os.O_BINARY)
    return os.fdopen(questions, "rb", buffering=0), os.fdopen(answers, "wb", buffering=0)


def _give_up() -> None:
    if sys.platform != "win32":
        import resource

        for limit, most in (
            (resource.RLIMIT_AS, MEMORY_BYTES),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(limit, (most, most))
    sys.addaudithook(_refuse)


def _refuse(event: str, _args: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)
