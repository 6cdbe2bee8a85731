"""Leave cover in words: who is away, who does the work meanwhile, and whether that is now, soon or over.

Stands apart so that the page and the dialog name the unit's queue the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.domain.cover import Cover
from app.domain.time_words import weekday_day
from ui.widgets.line_list import Cell, Column, Line

COLUMNS = (
    Column("Người nghỉ", 28),
    Column("Người xử lý thay", 28),
    Column("Từ ngày", 14),
    Column("Đến hết ngày", 14),
    Column("Trạng thái", 18),
)
NOTHING = ("users", "Không có ai đang nghỉ hay sắp nghỉ.")
QUEUE = "Hàng chờ của đơn vị"
_CHIPS = {"now": ("Đang nghỉ", "pause"), "soon": ("Sắp nghỉ", "soon"), "past": ("Đã hết", "neutral")}


def when(leave: Cover, today: date) -> str:
    """Return now, soon or past."""
    if leave.to_day < today:
        return "past"
    return "now" if leave.from_day <= today else "soon"


def key_of(leave: Cover) -> str:
    """Return what names a leave in a list: one officer has one leave that begins on a day."""
    return f"{leave.officer.id} {leave.from_day.isoformat()}"


def lines(leaves: Sequence[Cover], now: datetime, *, past: bool) -> tuple[Line, ...]:
    """Return the leaves that are over (``past``), newest first, or those that are not, the first to begin first."""
    today = now.date()
    fitting = [leave for leave in leaves if (when(leave, today) == "past") is past]
    fitting.sort(key=lambda leave: leave.from_day, reverse=past)
    return tuple(_line(leave, now) for leave in fitting)


def _line(leave: Cover, now: datetime) -> Line:
    words, kind = _CHIPS[when(leave, now.date())]
    cells = (
        Cell(leave.officer.name, strong=True),
        Cell(leave.substitute.name if leave.substitute else QUEUE),
        Cell(weekday_day(leave.from_day, now)),
        Cell(weekday_day(leave.to_day, now)),
        Cell(words, chip=kind),
    )
    return Line(key_of(leave), "users", cells)


def end_words(leave: Cover | None, today: date) -> tuple[str, str]:
    """Return what the button says that ends a leave, and why it is grey."""
    standing = when(leave, today) if leave is not None else ""
    if standing == "soon":
        return "Bỏ đợt nghỉ này", ""
    reason = {"": "Chọn một đợt nghỉ trước.", "past": "Đợt nghỉ này đã hết."}.get(standing, "")
    return "Đi làm lại từ hôm nay", reason
