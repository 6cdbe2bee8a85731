"""Unsent work of other officers in words: whose, on which desk, how much, since when, and who may send it.

Stands apart because the head's page and the desk's own list name the same work.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.domain.money import format_dong
from app.domain.time_words import short_moment
from app.services.absent import Waiting
from ui.widgets.line_list import Cell, Column, Line

COLUMNS = (
    Column("Của ai", 26),
    Column("Trên bàn", 20),
    Column("Việc chưa gửi", 22),
    Column("Số tiền", 14, right=True),
    Column("Ai gửi", 26),
)
NOTHING_IN_UNIT = ("cloud-check", "Không có việc nào nằm lại quá một giờ làm việc trên các bàn của đơn vị.")
NOTHING_HERE = ("cloud-check", "Không có việc chưa gửi của người khác trên máy này.")


def key_of(work: Waiting) -> str:
    """Return what names such work: one officer on one desk."""
    return f"{work.username} {work.desk_id}"


def lines(works: Sequence[Waiting], now: datetime) -> tuple[Line, ...]:
    """Return the work line by line, the oldest first."""
    return tuple(_line(work, now) for work in sorted(works, key=lambda work: work.oldest_at))


def _line(work: Waiting, now: datetime) -> Line:
    undecided = f" · {work.undecided} cần chính người đó quyết định" if work.undecided else ""
    sender = Cell(work.handed_to.name, "được giao gửi thay") if work.handed_to else Cell("Chưa giao cho ai")
    cells = (
        Cell(work.officer or work.username, f"từ {short_moment(work.oldest_at, now)}", strong=True),
        Cell(work.desk_name),
        Cell(f"{work.count} việc", undecided.removeprefix(" · ")),
        Cell(format_dong(work.amount) if work.amount else "không có tiền", strong=bool(work.amount), right=True),
        sender,
    )
    return Line(key_of(work), "cloud-arrow-up", cells)
