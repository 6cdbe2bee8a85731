"""The papers of seeded dossiers: small real PDF and PNG files, a dozen in all, shared by everyone.

Stands apart because the bytes are written by hand: the sandbox may not draw with the desk's document library, and the
files must be the same on every machine.
"""

from __future__ import annotations

import struct
import zlib
from random import Random

from app.domain.citizen_texts import unaccented

TITLES = (
    "To khai dang ky", "Don de nghi", "Giay chung nhan", "Van ban uy quyen", "Giay chung sinh", "Ban ve vi tri",
    "Hop dong chuyen nhuong", "Bien ban xac minh",
)  # fmt: skip
_PNG_SIDES = (240, 320)


def pdf(title: str, lines: tuple[str, ...]) -> bytes:
    """Return a PDF of one A4 page with ASCII text in Helvetica."""
    text = [b"BT /F1 18 Tf 72 760 Td (" + _escaped(title) + b") Tj /F1 11 Tf 0 -34 Td"]
    text += [b"(" + _escaped(line) + b") Tj 0 -18 Td" for line in lines]
    stream = b"\n".join([*text, b"ET"])
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length " + str(len(stream)).encode() + b" >>\nstream\n" + stream + b"\nendstream",
    )
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += str(number).encode() + b" 0 obj\n" + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n" + str(start).encode() + b"\n%%EOF\n"
    return bytes(out)


def png(seed: int, width: int = _PNG_SIDES[0], height: int = _PNG_SIDES[1]) -> bytes:
    """Return a grey scan of a page: paper, and rows that look like writing."""
    rng = Random(seed)
    rows = bytearray()
    for y in range(height):
        written = y % 16 in (5, 6, 7) and 24 < y < height - 24
        length = rng.randrange(width // 2, width - 30) if written else 0
        rows += b"\0" + bytes(70 if 20 <= x < length else 244 for x in range(width))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def all_papers() -> tuple[tuple[str, str, bytes], ...]:
    """Return name, media type and bytes of every shared paper."""
    lines = ("Ho so mau cua ban thu, khong co gia tri phap ly.", "Nguoi nop: (theo ho so)", "Ngay lap: (theo ho so)")
    texts = [(f"{title}.pdf", "application/pdf", pdf(unaccented(title), lines)) for title in TITLES]
    scans = [(f"Ban chup {number}.png", "image/png", png(number)) for number in range(1, 5)]
    return (*texts, *scans)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _escaped(text: str) -> bytes:
    return text.encode("ascii").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
