"""A day's takings in words: each line, how far it came, and the sums by way and by kind.

Stands apart because the same words stand on the page and are compared with the drawer at the end of the day.
"""

from __future__ import annotations

from datetime import datetime

from app import texts
from app.domain.money import format_dong
from app.domain.time_words import clock_time, short_day
from app.domain.words import Way
from app.services.collected import Day, Taken
from app.services.reconciliation import Compared, Difference
from ui.present import veil, ways
from ui.present.wording import KIND_WORDS
from ui.widgets.line_list import Cell, Column, Line
from ui.widgets.plain_label import Bold

COLUMNS = (
    Column("Giờ", 9),
    Column("Người nộp · hồ sơ", 28),
    Column("Chứng từ", 20),
    Column("Hình thức", 17),
    Column("Số tiền", 13, right=True),
    Column("Trạng thái", 18),
)
NOTHING = ("money", "Không có khoản thu nào trong ngày này.")


def title(day: Day, now: datetime) -> str:
    """Return the page's heading: *Đã thu hôm nay*, *Đã thu hôm qua*, *Đã thu T4 18/11*."""
    return f"Đã thu {short_day(day.day, now)}"


def compared(found: Compared) -> str:
    """Return how desk and portal differ, the first difference with the number of others; empty when they agree."""
    told = [_differs(each) for each in found.differences]
    more = f" Còn {len(told) - 1} khoản lệch khác." if len(told) > 1 else ""
    return f"Đối chiếu với Cổng lúc {clock_time(found.at)} có lệch. {told[0]}{more}" if told else ""


def _differs(one: Difference) -> str:
    code = veil.code(one.dossier_code) or one.dossier_id
    return texts.sentence(one.code, code=code, here_dong=one.here or 0, there_dong=one.there or 0)


def lines(day: Day) -> tuple[Line, ...]:
    """Return the day's lines in order."""
    return tuple(_line(item) for item in day.taken)


def _line(item: Taken) -> Line:
    code = veil.code(item.code)
    document = item.document or ("" if item.document_missing else "có tệp")
    missing = "chờ bổ sung chứng từ" if item.document_missing else ""
    cells = (
        Cell(clock_time(item.at)),
        Cell(veil.name(item.payer) or code, code if item.payer else "", strong=True),
        Cell(document or missing, missing if document else ""),
        Cell(texts.WAY_NAMES.get(item.channel, item.channel)),
        Cell(format_dong(item.amount), strong=not item.reversed, right=True),
        _state(item),
    )
    return Line(item.payment_id, "money", cells, item.dossier_id)


def _state(item: Taken) -> Cell:
    if item.reversed:
        return Cell("Đã hủy ghi nhận", "không tính vào tổng", chip="neutral")
    if item.sent:
        return Cell("Đã lên Cổng", chip="acked")
    return Cell(ways.ALONE[item.way], "lưu trên máy này", chip="queued")


def sums(day: Day) -> tuple[tuple[str, ...], ...]:
    """Return the sums as rows of words: the whole, by way, by kind; empty when nothing was taken."""
    if not day.by_channel:
        return ()
    counted = [item for item in day.taken if not item.reversed]
    unsent = [item.way for item in counted if not item.sent]
    lacks = "chưa lên Cổng" if {*unsent} <= {Way.HERE, Way.HELD} else "Cổng chưa xác nhận"
    tail = f" · {len(unsent)} khoản {lacks}, đã lưu trên máy này" if unsent else ""
    channels = [(texts.WAY_NAMES.get(way, way), amount) for way, amount in day.by_channel]
    kinds = [(KIND_WORDS[kind], amount) for kind, amount in day.by_kind]
    return (
        ("Tổng cộng ", Bold(format_dong(day.total)), f" · {len(counted)} khoản{tail}"),
        ("Theo hình thức: ", *_listed(channels)),
        *((("Theo loại khoản: ", *_listed(kinds)),) if kinds else ()),
    )


def _listed(pairs: list[tuple[str, int]]) -> tuple[str, ...]:
    parts: list[str] = []
    for name, amount in pairs:
        parts += [f"{' · ' if parts else ''}{name} ", Bold(format_dong(amount))]
    return tuple(parts)
