"""Whatever a citizen hands in, the desk lives on, and the next paper is drawn."""

from __future__ import annotations

import io
import os
import signal
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator

import pytest
from PIL import Image

from app.errors import BadInput, KnownError
from app.rendering.renderer import Renderer
from app.sandbox.seeding.papers import pdf, png

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
GOOD = pdf("To khai", ("Ho ten",))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int, rows: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def scan(mode: str, size: tuple[int, int], colour: object, format_: str, **how: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, format_, **how)
    return out.getvalue()


def many_pages(count: int) -> bytes:
    kids = " ".join(f"{number + 3} 0 R" for number in range(count))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>"]
    objects += ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>"] * count
    body = "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer\n<< /Root 1 0 R >>\n%%EOF\n".encode()


CORPUS = {
    "garbage as PDF": (os.urandom(2000), PDF, "paper-unreadable"),
    "nothing at all": (b"", PDF, "paper-unreadable"),
    "a head without body": (b"%PDF-1.7\n", PDF, "paper-unreadable"),
    "a PDF cut in the middle": (GOOD[: len(GOOD) // 3], PDF, "paper-unreadable"),
    "300 pages and one": (many_pages(301), PDF, "paper-too-large"),
    "garbage as PNG": (b"\x89PNG\r\n\x1a\n" + b"x" * 500, PNG, "paper-unreadable"),
    "a PNG cut in the middle": (png(1)[:300], PNG, "paper-unreadable"),
    "a JPEG cut in the middle": (scan("RGB", (900, 900), "red", "JPEG")[:700], JPEG, "paper-unreadable"),
    "a PNG said to be JPEG": (png(1), JPEG, "paper-unreadable"),
    "3,600 million pixels": (png_of(60_000, 60_000, b"\0" * 999), PNG, "paper-too-large"),
    "more than 25 MiB": (b"%PDF-" + bytes(26 * 1024 * 1024), PDF, "paper-too-large"),
    "a type nobody knows": (b"GIF89a", "image/gif", "paper-unreadable"),
}


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer() as one:
        yield one


@pytest.mark.parametrize("name", CORPUS)
def test_a_bad_paper_is_refused_and_the_next_one_is_drawn(renderer: Renderer, name: str) -> None:
    data, mime, code = CORPUS[name]
    with pytest.raises(BadInput) as refused:
        renderer.render(data, mime, 0, 200)
    assert refused.value.code == code
    assert renderer.render(GOOD, PDF, 0, 200).width == 200


def test_a_page_is_drawn_as_wide_as_asked_and_opaque_on_white(renderer: Renderer) -> None:
    picture = renderer.render(GOOD, PDF, 0, 600)
    assert (picture.width, picture.height) == (600, 849)
    assert len(picture.rgba) == 600 * 849 * 4
    assert set(picture.rgba[3::4]) == {255}
    assert picture.rgba[:3] == b"\xff\xff\xff"
    assert min(picture.rgba) < 60, "there is writing on it"


def test_pages_are_counted(renderer: Renderer) -> None:
    assert renderer.page_count(many_pages(300), PDF) == 300
    assert renderer.page_count(png(1), PNG) == 1


@pytest.mark.parametrize(
    ("data", "mime", "corner"),
    [
        (scan("RGB", (40, 80), (10, 20, 30), "PNG"), PNG, (10, 20, 30)),
        (scan("RGBA", (40, 80), (0, 0, 0, 0), "PNG"), PNG, (255, 255, 255)),
        (scan("I;16", (40, 80), 0x8000, "PNG"), PNG, (128, 128, 128)),
        (scan("1", (40, 80), 1, "PNG"), PNG, (255, 255, 255)),
        (scan("CMYK", (40, 80), (0, 0, 0, 0), "JPEG"), JPEG, (255, 255, 255)),
    ],
    ids=["colours", "transparent", "16-bit greys", "black and white", "printer's colours"],
)
def test_every_kind_of_scan_is_shown_as_it_is(
    renderer: Renderer, data: bytes, mime: str, corner: tuple[int, int, int]
) -> None:
    picture = renderer.render(data, mime, 0, 20)
    assert (picture.width, picture.height) == (20, 40)
    assert tuple(picture.rgba[:3]) == corner


def test_a_photograph_taken_sideways_stands_upright(renderer: Renderer) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned to the left
    picture = renderer.render(scan("RGB", (80, 40), "red", "JPEG", exif=exif), JPEG, 0, 20)
    assert (picture.width, picture.height) == (20, 40)


def test_a_very_long_page_comes_narrower(renderer: Renderer) -> None:
    picture = renderer.render(scan("1", (10, 200_000), 1, "PNG"), PNG, 0, 1000)
    assert picture.width < 1000
    assert picture.width * picture.height <= 16_100_000


def test_a_child_killed_while_it_waits_is_replaced_unseen(renderer: Renderer) -> None:
    renderer.page_count(GOOD, PDF)
    killed = renderer.child_pid
    assert killed is not None
    os.kill(killed, signal.SIGTERM)
    assert renderer.page_count(GOOD, PDF) == 1
    assert renderer.child_pid != killed


def stub(body: str) -> list[str]:
    """Return a child that says it is ready, then does ``body`` on every start."""
    return [sys.executable, "-c", f"import os, sys\nos.write(1, b'\\0\\0\\0\\5ready')\n{body}"]


def test_a_child_that_dies_of_a_paper_costs_this_paper_only() -> None:
    with Renderer(stub("os.read(0, 10); os._exit(9)")) as renderer:
        for _ in range(2):
            with pytest.raises(BadInput, match="paper-unreadable"):
                renderer.page_count(GOOD, PDF)
        assert renderer.child_pid is None


def test_a_child_that_never_answers_is_ended() -> None:
    with Renderer(stub("sys.stdin.read()"), timeout_s=0.2) as renderer:
        with pytest.raises(BadInput, match="paper-render-timeout"):
            renderer.page_count(GOOD, PDF)
        assert renderer.child_pid is None


@pytest.mark.parametrize(
    "answer",
    [
        b'{"pages": 100000000}',
        b'{"pages": "1"}',
        b'{"width": 50000, "height": 50000}',
        b"[]",
        b"not json",
    ],
)
def test_a_child_taken_over_by_a_paper_is_not_believed(answer: bytes) -> None:
    frames = len(answer).to_bytes(4, "big") + answer + b"\0\0\0\0"
    with Renderer(stub(f"os.write(1, {frames!r}); sys.stdin.read()")) as renderer:
        with pytest.raises(BadInput, match="paper-unreadable"):
            renderer.page_count(GOOD, PDF)
        with pytest.raises(BadInput, match="paper-unreadable"):
            renderer.render(GOOD, PDF, 0, 100)


@pytest.mark.parametrize("command", [["/nowhere/motcua"], [sys.executable, "-c", "pass"]])
def test_a_child_that_cannot_start_is_said(command: list[str]) -> None:
    with Renderer(command) as renderer, pytest.raises(KnownError, match="paper-viewer-failed"):
        renderer.page_count(GOOD, PDF)


def test_the_child_gives_up_network_programs_and_files_before_it_reads_a_paper() -> None:
    probe = """
import os, socket, subprocess, tempfile
from app.rendering.child import _give_up
folder = tempfile.mkdtemp()
_give_up()
for name, deed in {
    "network": lambda: socket.create_connection(("127.0.0.1", 9)),
    "program": lambda: subprocess.run(["true"]),
    "shell": lambda: os.system("true"),
    "file": lambda: open(folder + "/x", "wb", buffering=0).write(b"x"),
}.items():
    try:
        deed()
    except (PermissionError, OSError) as error:
        print(name, type(error).__name__)
"""
    told = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout.split("\n")
    wanted = ["network PermissionError", "program PermissionError", "shell PermissionError"]
    assert told[: len(wanted)] == wanted
    assert sys.platform == "win32" or told[3] == "file OSError"
