"""What the drawing child and its parent say to each other, and the caps both keep.

Stands apart because neither side believes the other: the child sees foreign bytes, the parent sees a child that may
have been taken over by them. A message is a frame of JSON, then a frame of raw bytes; a frame is four bytes of length,
big-endian, and that many bytes.
"""

from __future__ import annotations

from typing import IO

MAX_BYTES = 25 * 1024 * 1024
MAX_PAGES = 300
MAX_PIXELS = 40_000_000
"""Of a scan as it lies in its file."""
MAX_DRAWN_PIXELS = 16_000_000
"""Of a picture handed back: a page that would be larger is drawn smaller."""
MAX_WIDTH_PX = 8_000
MEMORY_BYTES = 1024 * 1024 * 1024
MAX_HEADER_BYTES = 4_096
RENDER_CHILD = "--render-child"
"""The argument by which the installed program becomes the child instead of a window."""

UNREADABLE, TOO_LARGE = "paper-unreadable", "paper-too-large"


def write_frame(stream: IO[bytes], payload: bytes) -> None:
    """Send one frame on an unbuffered stream; raises OSError when the other side is gone."""
    for part in (len(payload).to_bytes(4, "big"), payload):
        rest = memoryview(part)
        while rest:
            rest = rest[stream.write(rest) :]


def read_frame(stream: IO[bytes], limit: int) -> bytes:
    """Receive one frame; raises EOFError at the end of the stream, ValueError for more than ``limit`` bytes."""
    size = int.from_bytes(_exactly(stream, 4), "big")
    if size > limit:
        raise ValueError(f"a frame of {size} bytes")
    return _exactly(stream, size)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    parts: list[bytes] = []
    while size:
        part = stream.read(min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
