"""Bảng kê tiền đã thu trong ngày: what one officer took, on A4, to lie beside the drawer.

Stands apart from the day's close: it is a list of facts without a number of its own, and may be printed at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.documents.page import BOLD, ITALIC, LEADING, RIGHT, ROMAN, Sheet
from app.documents.table import Cell, Column, table
from app.domain.money import grouped
from app.domain.time_words import print_day
from app.texts import one_line

_COLUMNS = (
    Column("TT", 20),
    Column("Giờ", 30),
    Column("Mã hồ sơ", 108),
    Column("Người nộp", 108),
    Column("Chứng từ", 68),
    Column("Hình thức", 66),
    Column("Số tiền (đồng)", 62, "right", shrinks=True),
)
_SIZE = 9.5


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
    sheet.state_header(form.authority, form.desk, f"{form.place}, {print_day(form.printed_at)}")
    sheet.y -= 14
    sheet.centred("BẢNG KÊ TIỀN ĐÃ THU", BOLD, 14)
    sheet.centred(f"Ngày {form.day:%d/%m/%Y}. Người thu: {form.officer}", ROMAN, 12)
    sheet.y -= 8
    table(sheet, _COLUMNS, [_row(number, row) for number, row in enumerate(form.rows, 1)], size=_SIZE)
    if not form.rows:
        sheet.paragraph("Không có khoản thu nào.", ITALIC, indent=0)
    _sums(sheet, form)
    _sign(sheet, form)
    return sheet.finish()


def _row(number: int, row: TakenRow) -> tuple[Cell, ...]:
    way = (row.way, f"({row.mark})") if row.mark else row.way
    return str(number), f"{row.at:%H:%M}", row.code, row.payer, row.document or "–", way, grouped(row.amount)


def _sums(sheet: Sheet, form: CollectedForm) -> None:
    sheet.y -= 6
    for title, sums in (("Theo hình thức", form.by_way), ("Theo loại khoản", form.by_kind)):
        parts = "; ".join(f"{name} {grouped(amount)} đồng" for name, amount in sums) or "không có"
        sheet.paragraph(f"{title}: {parts}.", indent=0)
    sheet.paragraph(f"Tổng cộng: {grouped(form.total)} đồng ({form.total_words}).", BOLD, indent=0)
    if form.unsent:
        sheet.paragraph(f"Trong đó {form.unsent} khoản Cổng chưa xác nhận; đã lưu trên máy này.", ITALIC, indent=0)


def _sign(sheet: Sheet, form: CollectedForm) -> None:
    sheet.need(6 * LEADING)
    sheet.y -= 2 * LEADING
    sheet.text(RIGHT - 90, sheet.y, "NGƯỜI THU", BOLD, align="centre")
    sheet.y -= 4 * LEADING
    sheet.text(RIGHT - 90, sheet.y, one_line(form.officer), BOLD, align="centre")
