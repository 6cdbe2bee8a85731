"""Reads printed papers as a pair of eyes and a scanner would: text, codes, type, ruled lines.

Stands apart because every test of a form asks the same of its PDF.
"""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import zxingcpp


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of every page."""
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pdfium.PdfDocument(pdf)]


def text_of(pdf: bytes) -> str:
    """Return the whole text on one line."""
    return " ".join(" ".join(pages_of(pdf)).split())


def codes_of(pdf: bytes, wanted: zxingcpp.BarcodeFormat = zxingcpp.BarcodeFormat.QRCode, page: int = 0) -> set[str]:
    """Return what a scanner reads on a page."""
    image = pdfium.PdfDocument(pdf)[page].render(scale=300 / 72, grayscale=True)
    grey = memoryview(bytes(image.buffer)).cast("B", (image.height, image.stride))
    return {found.text for found in zxingcpp.read_barcodes(grey) if found.format == wanted}


def ink_of(page: pdfium.PdfPage) -> list[tuple[float, float, float, float]]:
    """Return the boxes (left, bottom, right, top) of all letters."""
    text = page.get_textpage()
    boxes = [text.get_charbox(index) for index in range(text.count_chars())]
    return [box for box in boxes if box[2] > box[0]]


def type_of(page: pdfium.PdfPage, words: str) -> tuple[str, float]:
    """Return font and size in which ``words`` are set on a page."""
    text = page.get_textpage()
    searched = text.search(words, match_case=True)
    found = searched.get_next()
    assert found is not None, words
    name = ctypes.create_string_buffer(100)
    raw.FPDFText_GetFontInfo(text.raw, found[0], name, 100, ctypes.c_int())
    return name.value.decode().split("+")[-1], raw.FPDFText_GetFontSize(text.raw, found[0])


def rules_of(page: pdfium.PdfPage) -> list[tuple[float, float, float]]:
    """Return (left, right, height) of the level lines of a page."""
    bounds = [item.get_bounds() for item in page.get_objects() if item.type == raw.FPDF_PAGEOBJ_PATH]
    return [(left, right, bottom) for left, bottom, right, top in bounds if top - bottom < 2 < right - left]
