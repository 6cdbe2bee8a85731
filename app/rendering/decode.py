"""Foreign bytes to pixels: PDF by pypdfium2, PNG and JPEG by Pillow. Runs in the child only.

Stands apart so that the two libraries that parse hostile files are imported by one process, which has nothing to lose.
"""

from __future__ import annotations

import io
import math

import pypdfium2
from PIL import Image, ImageOps

from app.rendering.protocol import MAX_DRAWN_PIXELS, MAX_PAGES, MAX_PIXELS, TOO_LARGE, UNREADABLE

# We look at the size ourselves, before a pixel is decoded; Pillow's own limit would only warn at first.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG"}
_PDF = "application/pdf"


class Undrawable(Exception):
    """These bytes cannot be shown; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def page_count(data: bytes, mime: str) -> int:
    """Return the number of pages; a scan has one. Raises Undrawable."""
    if mime != _PDF:
        _opened_image(data, mime).close()
        return 1
    document = _opened_pdf(data)
    try:
        return len(document)
    finally:
        document.close()


def draw(data: bytes, mime: str, page: int, width_px: int) -> tuple[int, int, bytes]:
    """Return width, height and opaque RGBA bytes of one page (0 is the first), on white. Raises Undrawable."""
    return _draw_pdf(data, page, width_px) if mime == _PDF else _draw_image(data, mime, width_px)


def _opened_pdf(data: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Undrawable(UNREADABLE) from error
    if 0 < len(document) <= MAX_PAGES:
        return document
    many = len(document) > MAX_PAGES
    document.close()
    raise Undrawable(TOO_LARGE if many else UNREADABLE)


def _draw_pdf(data: bytes, number: int, width_px: int) -> tuple[int, int, bytes]:
    document = _opened_pdf(data)
    try:
        if not 0 <= number < len(document):
            raise Undrawable(UNREADABLE)
        document.init_forms()  # what a citizen typed into a form is drawn only so
        page = document[number]
        width, height = page.get_size()
        if not (width > 0 and height > 0):
            raise Undrawable(UNREADABLE)
        # half a pixel less: the library rounds up
        scale = min((width_px - 0.5) / width, math.sqrt(MAX_DRAWN_PIXELS / (width * height)))
        bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        return bitmap.width, bitmap.height, _packed(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
    except (pypdfium2.PdfiumError, ValueError) as error:
        raise Undrawable(UNREADABLE) from error
    finally:
        document.close()


def _packed(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    """Return rows without padding and every pixel opaque: the fourth byte of a bitmap means nothing."""
    row = width * 4
    packed = bytearray(pixels if stride == row else b"".join(pixels[y * stride :][:row] for y in range(height)))
    packed[3::4] = b"\xff" * (width * height)
    return bytes(packed)


def _opened_image(data: bytes, mime: str) -> Image.Image:
    wanted = _FORMATS.get(mime)
    if wanted is None:
        raise Undrawable(UNREADABLE)
    try:
        image = Image.open(io.BytesIO(data), formats=(wanted,))
    except Image.DecompressionBombError as error:
        raise Undrawable(TOO_LARGE) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise Undrawable(UNREADABLE) from error
    if image.width * image.height > MAX_PIXELS:
        raise Undrawable(TOO_LARGE)
    return image


def _draw_image(data: bytes, mime: str, width_px: int) -> tuple[int, int, bytes]:
    with _opened_image(data, mime) as opened:
        try:
            opened.draft("RGB", (width_px, width_px))
            opened.load()
            upright = _eight_bits(ImageOps.exif_transpose(opened))
            scale = min(width_px / upright.width, math.sqrt(MAX_DRAWN_PIXELS / (upright.width * upright.height)))
            size = max(1, round(upright.width * scale)), max(1, round(upright.height * scale))
            seen = upright.convert("RGBA").resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
        except Image.DecompressionBombError as error:
            raise Undrawable(TOO_LARGE) from error
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            raise Undrawable(UNREADABLE) from error
    paper = Image.new("RGBA", size, (255, 255, 255, 255))
    paper.alpha_composite(seen)
    return (*size, paper.tobytes())


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return a scan of 16-bit greys in 8 bits; a plain conversion would cut all of it to white."""
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point(lambda value: value / 256).convert("L")
