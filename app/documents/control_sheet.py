"""Phiếu kiểm soát quá trình giải quyết hồ sơ: every hand the dossier passed through, with time, signature and verdict.

Stands apart because it travels with the dossier: what has happened is printed, what is to come is left to the pen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.documents.official import BLANK, BLANK_MOMENT, Head, code_line, fact, line, moment_words, notes, opened
from app.documents.table import Cell, Column, table
from app.domain.handovers import Handover
from app.domain.time_words import print_moment

BLANK_ROWS = 2
_COLUMNS = (
    Column("Tên cơ quan", 46),
    Column("Thời gian giao, nhận hồ sơ", 62),
    Column("Kết quả giải quyết hồ sơ (Trước hạn / Đúng hạn / Quá hạn)", 32),
    Column("Ghi chú", 30),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlSheet:
    """All that form 06 says."""

    head: Head
    applicant: str
    procedure: str
    received_at: datetime | None
    due_at: datetime | None
    responsible: str
    together_with: str = ""
    handovers: tuple[Handover, ...] = ()


def render(form: ControlSheet) -> bytes:
    """Return the sheet as a PDF, with rows left for the hand-overs to come."""
    sheet = opened(form.head, code_line(form.head))
    fact(sheet, "Kèm theo hồ sơ của", form.applicant)
    fact(sheet, "Nội dung yêu cầu giải quyết", form.procedure)
    line(sheet, f"Ngày nhận: {moment_words(form.received_at)}")
    line(sheet, f"Ngày giờ hẹn trả kết quả: {moment_words(form.due_at)}")
    fact(sheet, "Cơ quan, đơn vị giải quyết hồ sơ", form.responsible)
    fact(sheet, "Cơ quan phối hợp giải quyết hồ sơ", form.together_with, BLANK * 6)
    sheet.y -= 6
    rows = [_row(item) for item in (*form.handovers, *(Handover("", "") for _ in range(BLANK_ROWS)))]
    table(sheet, _COLUMNS, rows, least_lines=7)
    notes(
        sheet,
        "Người giao, người nhận ký và ghi rõ họ tên tại mỗi lần giao, nhận.",
        "Kết quả giải quyết hồ sơ do người giao ghi; trường hợp quá hạn phải ghi rõ lý do.",
    )
    return sheet.finish()


def _row(item: Handover) -> tuple[Cell, ...]:
    when = print_moment(item.at) if item.at else BLANK_MOMENT
    return (
        (f"1. Giao: {item.giver or '…' * 8}", f"2. Nhận: {item.taker or '…' * 8}"),
        (when, "Người giao (ký):", "", item.giver_name, "Người nhận (ký):", "", item.taker_name),
        item.verdict,
        item.note,
    )
