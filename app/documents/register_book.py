"""Sổ theo dõi hồ sơ: the desk's register of a period, one line a dossier.

Stands apart as the one form of many dossiers, hence on the long side of the paper and without a code of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.clock import VN
from app.documents.official import Head, Signature, opened, sign, two_digits
from app.documents.table import Cell, Column, table

_GROUP = "Nhận và trả kết quả"
_COLUMNS = (
    Column("STT", 9, "centre"),
    Column("Mã hồ sơ", 32, shrinks=True),
    Column("Tên TTHC", 36),
    Column("Số lượng hồ sơ (bộ)", 12, "centre"),
    Column("Tên cá nhân, tổ chức", 28),
    Column("Địa chỉ, số điện thoại", 30),
    Column("Cơ quan chủ trì giải quyết", 24),
    Column("Nhận hồ sơ", 19, "centre", _GROUP),
    Column("Hẹn trả kết quả", 19, "centre", _GROUP),
    Column("Trả kết quả", 19, "centre", _GROUP),
    Column("Phương thức nhận kết quả", 18, "left", _GROUP),
    Column("Ký nhận", 14, "left", _GROUP),
    Column("Ghi chú", 17),
)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One dossier; what is not known is left to the pen."""

    code: str
    procedure: str
    applicant: str
    address: str
    phone: str
    responsible: str
    received_at: datetime | None
    due_at: datetime | None
    returned_at: datetime | None = None
    way: str = ""
    sets: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterBook:
    """All that form 07 says: dossiers received from ``first`` to ``last``, both included."""

    head: Head
    first: date
    last: date
    rows: Sequence[RegisterRow]
    keeper: str = ""


def render(form: RegisterBook) -> bytes:
    """Return the register as a PDF, A4 on its long side."""
    sheet = opened(form.head, f"(Từ ngày {form.first:%d/%m/%Y} đến ngày {form.last:%d/%m/%Y})", wide=True)
    sheet.y -= 8
    table(sheet, _COLUMNS, [_row(number, row) for number, row in enumerate(form.rows, 1)], size=9)
    sign(sheet, f"Tổng số: {len(form.rows)} hồ sơ.", Signature("Người lập sổ", form.keeper))
    return sheet.finish()


def _row(number: int, row: RegisterRow) -> tuple[Cell, ...]:
    place = tuple(text for text in (row.address, row.phone) if text)
    return (
        str(number), row.code, row.procedure, "" if row.sets is None else two_digits(row.sets), row.applicant,
        place or "", row.responsible, _when(row.received_at), _when(row.due_at), _when(row.returned_at), row.way, "",
        row.note,
    )  # fmt: skip


def _when(moment: datetime | None) -> Cell:
    """Return time and day under each other."""
    local = moment.astimezone(VN) if moment else None
    return (f"{local:%H:%M}", f"{local:%d/%m/%Y}") if local else ""
