"""Bảng kê tiền đã thu trong ngày: what one officer took, on A4, to lie beside the drawer.

Stands apart from the day's close: it is a list of facts without a number of its own, and may be printed at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.documents.page import BOLD, ITALIC, LEADING, LEFT, RIGHT, ROMAN, Sheet, printable, text_width, wrapped
from app.domain.citizen_texts import grouped

_SIZE, _LINE, _PAD = 9.5, 11.5, 3.0
_NAMES = ("TT", "Giờ", "Mã hồ sơ", "Người nộp", "Chứng từ", "Hình thức", "Số tiền (đồng)")
_WIDTHS = (20.0, 30.0, 108.0, 108.0, 68.0, 66.0)
_EDGES = (LEFT, *(LEFT + sum(_WIDTHS[: n + 1]) for n in range(len(_WIDTHS))), RIGHT)


@dataclass(frozen=True, slots=True)
class TakenRow:
    """One tick or collection; ``mark`` stands under the way: reversed, not sent, document to follow."""

    at: datetime
    code: str
    payer: str
    document: str
    way: str
    amount: int
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectedForm:
    """All that the list says; sums in đồng, ``by_way`` and ``by_kind`` in words."""

    authority: str
    desk: str
    place: str
    day: date
    printed_at: datetime
    officer: str
    rows: tuple[TakenRow, ...]
    by_way: tuple[tuple[str, int], ...]
    by_kind: tuple[tuple[str, int], ...]
    total: int
    total_words: str
    unsent: int


def render(form: CollectedForm) -> bytes:
    """Return the list as a PDF; the same form gives the same bytes."""
    sheet = Sheet(f"Tiền đã thu ngày {form.day:%d/%m/%Y}", form.desk)
    at = form.printed_at
    sheet.state_header(form.authority, form.desk, f"{form.place}, ngày {at:%d} tháng {at:%m} năm {at:%Y}")
    sheet.y -= 14
    sheet.centred("BẢNG KÊ TIỀN ĐÃ THU", BOLD, 14)
    sheet.centred(f"Ngày {form.day:%d/%m/%Y}. Người thu: {form.officer}", ROMAN, 12)
    sheet.y -= 8
    sheet.on_new_page = lambda: _head(sheet)
    _head(sheet)
    for number, row in enumerate(form.rows, 1):
        _row(sheet, number, row)
    if not form.rows:
        sheet.paragraph("Không có khoản thu nào.", ITALIC, indent=0)
    sheet.on_new_page = None
    _sums(sheet, form)
    _sign(sheet, form)
    return sheet.finish()


def _head(sheet: Sheet) -> None:
    _cells(sheet, [[name] for name in _NAMES], BOLD)


def _row(sheet: Sheet, number: int, row: TakenRow) -> None:
    way = _lines(row.way, 5) + (_lines(f"({row.mark})", 5) if row.mark else [])
    _cells(
        sheet,
        [
            [str(number)], [f"{row.at:%H:%M}"], _lines(row.code, 2), _lines(row.payer, 3),
            _lines(row.document or "–", 4), way, [grouped(row.amount)],
        ],
        ROMAN,
    )  # fmt: skip


def _lines(text: str, column: int) -> list[str]:
    return wrapped(printable(text), ROMAN, _SIZE, _WIDTHS[column] - 2 * _PAD)


def _cells(sheet: Sheet, cells: list[list[str]], font: str) -> None:
    height = max(len(lines) for lines in cells) * _LINE + 2 * _PAD
    sheet.need(height)
    top = sheet.y
    for column, lines in enumerate(cells):
        left, right = _EDGES[column], _EDGES[column + 1]
        sheet.canvas.rect(left, top - height, right - left, height)
        for number, line in enumerate(lines):
            baseline = top - _PAD - _LINE * (number + 1) + 3
            if column == len(cells) - 1:
                sheet.text(right - _PAD, baseline, line, font, min(_SIZE, _fitting(line, font)), "right")
            else:
                sheet.text(left + _PAD, baseline, line, font, _SIZE)
    sheet.y = top - height


def _fitting(line: str, font: str) -> float:
    """Return a size at which the sum fits its column: the largest sums are rare and must not be cut."""
    room = float(RIGHT - _EDGES[-2] - 2 * _PAD)
    return _SIZE * room / max(text_width(line, font, _SIZE), 1.0)


def _sums(sheet: Sheet, form: CollectedForm) -> None:
    sheet.y -= 6
    for title, sums in (("Theo hình thức", form.by_way), ("Theo loại khoản", form.by_kind)):
        parts = "; ".join(f"{name} {grouped(amount)} đồng" for name, amount in sums) or "không có"
        sheet.paragraph(f"{title}: {parts}.", indent=0)
    sheet.paragraph(f"Tổng cộng: {grouped(form.total)} đồng ({form.total_words}).", BOLD, indent=0)
    if form.unsent:
        sheet.paragraph(f"Trong đó {form.unsent} khoản chưa lên Cổng; đã lưu trên máy này.", ITALIC, indent=0)


def _sign(sheet: Sheet, form: CollectedForm) -> None:
    sheet.need(6 * LEADING)
    sheet.y -= 2 * LEADING
    sheet.text(RIGHT - 90, sheet.y, "NGƯỜI THU", BOLD, align="centre")
    sheet.y -= 4 * LEADING
    sheet.text(RIGHT - 90, sheet.y, printable(form.officer), BOLD, align="centre")
