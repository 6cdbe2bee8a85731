"""Files that are something else than they say: none is taken, none becomes a path, each lies by its digest."""

from __future__ import annotations

import random
import re

import pytest

from app.errors import BadInput
from app.services import attachments
from app.services.attachments import MAX_BYTES, plain_name, type_of
from tests.fakes import FakeClock
from tests.integration.real_desk import signed_in

PDF, PNG, JPEG = b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"
FOREIGN: dict[str, bytes] = {
    "Windows program": b"MZ\x90\x00",
    "Linux program": b"\x7fELF",
    "zip, docx, docm, xlsm": b"PK\x03\x04",
    "empty zip": b"PK\x05\x06",
    "OLE (doc, xls, msi)": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "RTF": b"{\\rtf1\\object",
    "page": b"<!doctype html>",
    "script": b"<script>",
    "SVG": b"<svg xmlns='http://www.w3.org/2000/svg'>",
    "XML": b"<?xml version='1.0'?>",
    "GIF": b"GIF89a",
    "BMP": b"BM\x00\x00",
    "TIFF": b"II*\x00",
    "WebP": b"RIFF\x00\x00\x00\x00WEBP",
    "shell": b"#!/bin/sh\n",
    "shortcut": b"L\x00\x00\x00\x01\x14\x02\x00",
    "gzip": b"\x1f\x8b\x08",
    "7z": b"7z\xbc\xaf\x27\x1c",
    "rar": b"Rar!\x1a\x07",
    "PostScript": b"%!PS-Adobe-3.0",
    "a PDF after a program": b"MZ" + PDF,
    "a PDF after a page": b"<html>" + PDF,
    "a PDF one byte late": b"\n" + PDF,
    "a PNG cut in its head": PNG[:5],
    "text": b"xin chao",
}
ENDINGS = ("pdf", "PDF", "png", "jpg", "jpeg", "exe", "")


@pytest.mark.parametrize("kind", FOREIGN)
@pytest.mark.parametrize("ending", ENDINGS)
def test_foreign_bytes_are_refused_under_every_name(kind, ending):
    with pytest.raises(BadInput) as refused:
        type_of(FOREIGN[kind] + b"x" * 100, f"giay.{ending}" if ending else "giay")
    assert refused.value.code in ("file-type-unknown", "file-type-contradicts")


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (PDF, "a.png", "file-type-contradicts"),
        (PNG, "a.pdf", "file-type-contradicts"),
        (JPEG, "a.png", "file-type-contradicts"),
        (PDF, "a", "file-type-contradicts"),
        (PDF, "a.pdf.exe", "file-type-contradicts"),
        (PDF, "a.exe", "file-type-contradicts"),
        (PDF, "a.exe.pdf", "file-two-endings"),
        (PDF, "a.HTML.pdf", "file-two-endings"),
        (PNG, "hoa don.scr .png", "file-two-endings"),
        (PDF, "a.docm.pdf", "file-two-endings"),
        (b"", "a.pdf", "file-empty"),
        (PDF + bytes(MAX_BYTES), "a.pdf", "file-too-large"),
    ],
)
def test_a_name_that_deceives_and_a_size_beyond_the_cap_are_refused(data, name, code):
    with pytest.raises(BadInput) as refused:
        type_of(data, name)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("data", "name", "mime"),
    [
        (PDF, "giay khai sinh.pdf", "application/pdf"),
        (PDF, "bản v1.2.PDF", "application/pdf"),
        (PNG, "a.png", "image/png"),
        (JPEG, "a.jpeg", "image/jpeg"),
        (PDF + bytes(MAX_BYTES - len(PDF)), "a.pdf", "application/pdf"),
    ],
)
def test_honest_files_are_taken(data, name, mime):
    assert type_of(data, name) == mime


def test_five_thousand_names_are_never_a_path():
    chance = random.Random(20261120)
    parts = [
        "..",
        ".",
        "/",
        "\\",
        ":",
        "CON",
        "NUL",
        "COM1",
        "a",
        "Đơn",
        " ",
        "\x00",
        "\n",
        "\u202e",
        "\u200b",
        "%2e%2e",
        "~",
        "$HOME",
        "*",
        "?",
        "|",
        "<",
        ">",
        '"',
        ".pdf",
        ".exe",
        "é",
        "x" * 300,
        "C:",
        "::$DATA",
        "//",
        "\ufeff",
    ]
    for _ in range(5_000):
        name = plain_name("".join(chance.choices(parts, k=chance.randint(0, 8))))
        assert name
        assert len(name) <= 120
        assert name not in (".", "..")
        assert not re.search("[/\\\\:\x00-\x1f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", name), name


def test_papers_lie_in_one_encrypted_file_whatever_they_are_called(sandbox, tmp_path):
    folder = tmp_path / "profile"
    desk = signed_in(sandbox.base_url, folder, FakeClock())
    try:
        before = {path.relative_to(folder) for path in folder.rglob("*")}
        names = (
            "../../x.pdf",
            "C:\\Windows\\x.pdf",
            "CON.pdf",
            "a.pdf:evil.pdf",
            "/etc/cron.d/x.pdf",
            "\u202efdp.x.pdf",
        )
        refs = [attachments.take(desk, PDF + bytes([at]), name) for at, name in enumerate(names)]
        assert {path.relative_to(folder) for path in folder.rglob("*")} - before <= {
            path.relative_to(folder) for path in folder.glob("officers/*/blobs.db*")
        }
        assert [ref.name for ref in refs] == ["x.pdf", "x.pdf", "CON.pdf", "evil.pdf", "x.pdf", "fdp.x.pdf"]
        assert all(desk.blobs.get(ref.sha256) == PDF + bytes([at]) for at, ref in enumerate(refs))
    finally:
        desk.close()
