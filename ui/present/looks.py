"""Who looked at what, in words.

Stands apart because a look names a fact by its key, and officers read the fact's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.domain.time_words import clock_time, short_day
from app.services.looks import Looked
from ui.present import veil
from ui.widgets.line_list import Cell, Column, Line

COLUMNS = (Column("Lúc", 8), Column("Ai xem", 26), Column("Hồ sơ", 24), Column("Xem gì", 26), Column("Từ máy", 16))
NOTHING = ("eye", "Ngày này không ai tra mã, mở số bị che hay xem tệp.")
_FACTS = {
    "phone": "Điện thoại người nộp", "applicant_phone": "Điện thoại chủ hồ sơ", "mail_phone": "Điện thoại nhận bưu gửi",
    "identity_no": "Số định danh", "birth_date": "Ngày sinh", "email": "Thư điện tử",
}  # fmt: skip


def title(day: date, now: datetime) -> str:
    """Return ``Nhật ký tra cứu hôm nay``."""
    return f"Nhật ký tra cứu {short_day(day, now)}"


def lines(looks: Sequence[Looked]) -> tuple[Line, ...]:
    """Return one line a look, newest first."""
    return tuple(_line(at, look) for at, look in enumerate(looks))


def what(look: Looked) -> str:
    """Return what was seen: a code asked online, a paper, or the name of the fact."""
    if not look.field:
        return "Tra mã trên Cổng" if look.found else "Tra mã trên Cổng, không có hồ sơ"
    if look.field.startswith("paper:"):
        return "Tệp giấy tờ"
    return _FACTS.get(look.field, look.field)


def _line(at: int, look: Looked) -> Line:
    cells = (
        Cell(clock_time(look.at)),
        Cell(look.officer, strong=True),
        Cell(veil.code(look.code)),
        Cell(what(look)),
        Cell(look.desk),
    )
    return Line(f"{at} {look.at.isoformat()}", "magnifying-glass" if not look.field else "eye", cells)
