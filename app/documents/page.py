"""The paper under every printed form: A4, official margins, embedded Times-metric fonts, and text set line by line.

Stands apart because all forms share it (NĐ 30/2020/NĐ-CP, Phụ lục I: 20 mm above and below, 30 mm left, 17 mm right,
13-14 pt). Text is drawn as it is, never read as markup. All lengths are points; ``y`` grows upwards as in PDF.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app import catalogues
from app.documents.qr import QUIET_MODULES
from app.texts import one_line

WIDTH: float = 210 * mm
HEIGHT: float = 297 * mm
TOP: float = HEIGHT - 20 * mm
BOTTOM: float = 20 * mm
LEFT: float = 30 * mm
RIGHT: float = WIDTH - 17 * mm
TEXT_WIDTH = RIGHT - LEFT

ROMAN, BOLD, ITALIC, BOLD_ITALIC = (
    "LiberationSerif-Regular",
    "LiberationSerif-Bold",
    "LiberationSerif-Italic",
    "LiberationSerif-BoldItalic",
)
BODY, LEADING, INDENT, BEFORE = 13.3, 16.5, 28.5, 4.5


@cache
def _load_fonts() -> None:
    for name in (ROMAN, BOLD, ITALIC, BOLD_ITALIC):
        pdfmetrics.registerFont(TTFont(name, str(catalogues.font_path(name))))


def text_width(text: str, font: str, size: float) -> float:
    """Return the width of one line of text."""
    _load_fonts()
    return float(pdfmetrics.stringWidth(text, font, size))


def wrapped(text: str, font: str, size: float, width: float, first_indent: float = 0.0) -> list[str]:
    """Return the lines of ``text`` in ``width``; a word longer than a line is broken where it must."""
    lines: list[str] = []
    line, room = "", width - first_indent
    for word in one_line(text).split(" "):
        joined = f"{line} {word}" if line else word
        if text_width(joined, font, size) <= room:
            line = joined
            continue
        if line:
            lines.append(line)
            room = width
        while text_width(word, font, size) > room:
            cut = _fitting(word, font, size, room)
            lines.append(word[:cut])
            word, room = word[cut:], width
        line = word
    return [*lines, line] if line or not lines else lines


def _fitting(word: str, font: str, size: float, room: float) -> int:
    cut = 1
    while cut < len(word) and text_width(word[: cut + 1], font, size) <= room:
        cut += 1
    return cut


def balanced(text: str, font: str, size: float, width: float) -> list[str]:
    """Return the lines of a heading: as few as ``width`` allows, and of about the same length."""
    best = wrapped(text, font, size, width)
    narrow, wide = width / (len(best) + 1), width
    for _ in range(8):
        middle = (narrow + wide) / 2
        lines = wrapped(text, font, size, middle)
        if len(lines) == len(best) and max(text_width(line, font, size) for line in lines) <= middle:
            best, wide = lines, middle
        else:
            narrow = middle
    return best


class Sheet:
    """A form being drawn from top to bottom; ``y`` is where the next thing goes.

    ``on_new_page`` is called after each page break, for what must be repeated there. A wide sheet lies on its long
    side: the margin for binding is above then, the short one below.
    """

    def __init__(self, title: str, author: str, *, wide: bool = False) -> None:
        _load_fonts()
        self.width, self.height = (HEIGHT, WIDTH) if wide else (WIDTH, HEIGHT)
        self.top, self.bottom, self.left, self.right = (
            (WIDTH - LEFT, WIDTH - RIGHT, BOTTOM, TOP) if wide else (TOP, BOTTOM, LEFT, RIGHT)
        )
        self._buffer = io.BytesIO()
        # invariant: the same form gives the same bytes; the date of issue stands on the paper, not in the file
        self.canvas = Canvas(
            self._buffer, pagesize=(self.width, self.height), invariant=1, pageCompression=1, initialFontName=ROMAN
        )
        self.canvas.setTitle(one_line(title))
        self.canvas.setAuthor(one_line(author))
        self.canvas.setLineWidth(0.75)
        self.y = self.top
        self.page_number = 1
        self.on_new_page: Callable[[], None] | None = None

    @property
    def middle(self) -> float:
        """The middle of the text area."""
        return (self.left + self.right) / 2

    @property
    def text_width(self) -> float:
        """The width of the text area."""
        return self.right - self.left

    def finish(self) -> bytes:
        """Close the form and return the PDF."""
        self.canvas.save()
        return self._buffer.getvalue()

    def need(self, height: float) -> None:
        """Start a new page unless ``height`` is left; its number stands above (NĐ 30/2020: not on the first)."""
        if self.y - height >= self.bottom:
            return
        self._turn()
        self.page_number += 1
        self.text(self.middle, self.height - 13 * mm, str(self.page_number), align="centre")
        if self.on_new_page is not None:
            self.on_new_page()

    def new_copy(self) -> None:
        """Start the next copy of the same paper on a first page of its own."""
        self._turn()
        self.page_number = 1

    def _turn(self) -> None:
        self.canvas.showPage()
        self.canvas.setLineWidth(0.75)
        self.y = self.top

    def text(self, x: float, y: float, text: str, font: str = ROMAN, size: float = BODY, align: str = "left") -> None:
        """Draw one line with its baseline at ``y``; ``align`` is left, centre or right of ``x``."""
        self.canvas.setFont(font, size)
        draw = {
            "left": self.canvas.drawString,
            "centre": self.canvas.drawCentredString,
            "right": self.canvas.drawRightString,
        }
        draw[align](x, y, text)

    def rule(self, x: float, y: float, width: float) -> None:
        """Draw a thin level line, centred on ``x``."""
        self.canvas.line(x - width / 2, y, x + width / 2, y)

    def centred(
        self, text: str, font: str = ROMAN, size: float = BODY, leading: float = LEADING, aside: float = 0.0
    ) -> None:
        """Set a heading in the middle of the text area, leaving ``aside`` free at both edges."""
        for line in balanced(text, font, size, self.text_width - 2 * aside):
            self.need(leading)
            self.y -= leading
            self.text(self.middle, self.y, line, font, size, "centre")

    def paragraph(
        self,
        text: str,
        font: str = ROMAN,
        size: float = BODY,
        indent: float = INDENT,
        before: float = BEFORE,
        leading: float = LEADING,
    ) -> None:
        """Set a justified paragraph, breaking pages between lines."""
        lines = wrapped(text, font, size, self.text_width, indent)
        self.y -= before
        for number, line in enumerate(lines):
            self.need(leading)
            self.y -= leading
            start = self.left + (indent if number == 0 else 0)
            if number == len(lines) - 1:
                self.text(start, self.y, line, font, size)
            else:
                self._justified(start, line, font, size)

    def _justified(self, start: float, line: str, font: str, size: float) -> None:
        words = line.split(" ")
        free = self.right - start - sum(text_width(word, font, size) for word in words)
        gap = free / (len(words) - 1) if len(words) > 1 else 0.0
        if gap > size:  # a line torn apart by an unbreakable word after it reads worse than a short one
            gap = text_width(" ", font, size)
        pen = self.canvas.beginText(start, self.y)
        pen.setFont(font, size)
        x = start
        for number, word in enumerate(words, 1):
            pen.setTextOrigin(x, self.y)
            pen.textOut(word if number == len(words) else word + " ")  # the space is for those who copy the text
            x += text_width(word, font, size) + gap
        self.canvas.drawText(pen)

    def barcode(self, x: float, y: float, value: str, width: float, height: float) -> None:
        """Draw ``value`` as Code 128 with its left lower corner at ``x``, ``y``, about ``width`` wide.

        Bars are never thinner than 0.19 mm, which desk scanners still read; a long code then grows to the right.
        """
        unit = Code128(value, barWidth=1, barHeight=height, quiet=False)
        bar = max(width / float(unit.width), 0.19 * mm)
        Code128(value, barWidth=bar, barHeight=height, quiet=False).drawOn(self.canvas, x, y)

    def qr(self, x: float, y: float, matrix: Sequence[Sequence[bool]], size: float) -> None:
        """Draw a QR symbol with its quiet zone in the square of ``size`` whose left lower corner is ``x``, ``y``."""
        count = len(matrix)
        module = size / (count + 2 * QUIET_MODULES)
        path = self.canvas.beginPath()
        for row_number, row in enumerate(matrix):
            bottom = y + size - (QUIET_MODULES + row_number + 1) * module
            for start, length in _runs(row):
                path.rect(x + (QUIET_MODULES + start) * module, bottom, length * module, module)
        self.canvas.drawPath(path, stroke=0, fill=1)

    def state_header(self, left_above: str, left_below: str, place_and_date: str, number: str = "") -> None:
        """Draw the two-column head: the offices at the left, quốc hiệu, tiêu ngữ, place and date at the right.

        An act's ``number`` stands under the offices, on the line of place and date (NĐ 30/2020).
        """
        left, right = self.left + 25.4 * mm, self.right - 50 * mm
        top = self.y
        y = top - 12
        for text, font in ((left_above, ROMAN), (left_below, BOLD)):
            for line in balanced(text.upper(), font, 12, 50.8 * mm):
                self.text(left, y, line, font, 12, "centre")
                y -= 15
        self.rule(left, y + 9, 66)
        self.text(right, top - 12, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", BOLD, 12, "centre")
        motto = "Độc lập - Tự do - Hạnh phúc"
        self.text(right, top - 28, motto, BOLD, 13.5, "centre")
        self.rule(right, top - 34, text_width(motto, BOLD, 13.5))
        below = min(top - 65, y - 10) if number else top - 65
        if number:
            self.text(left, below, number, ROMAN, 13, "centre")
        self.text(right, below, place_and_date, ITALIC, BODY, "centre")
        self.y = min(y, below)


def _runs(row: Sequence[bool]) -> list[tuple[int, int]]:
    """Return (start, length) of the black stretches: fewer and seamless rectangles."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for index, black in enumerate([*row, False]):
        if black and start is None:
            start = index
        elif not black and start is not None:
            runs.append((start, index - start))
            start = None
    return runs
