"""Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: which papers are missing, why, and by when.

Stands apart because a dossier may get several, one a round.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.documents.official import (
    Head,
    PaperRow,
    Parties,
    Signature,
    ask_at,
    code_line,
    day_words,
    fact,
    line,
    opened,
    paper_table,
    parties,
    sign,
)
from app.documents.table import table


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementSlip:
    """All that form 02 says; ``round`` is the request's number when there were earlier ones."""

    head: Head
    parties: Parties
    procedure: str
    papers: tuple[PaperRow, ...]
    reason: str
    officer: str
    by: date | None = None
    round: int = 1
    certified: bool = False


def render(form: SupplementSlip) -> bytes:
    """Return the slip as a PDF."""
    earlier = (f"(Lần {form.round})",) if form.round > 1 else ()
    sheet = opened(form.head, code_line(form.head), *earlier)
    parties(sheet, form.parties, first="Tiếp nhận hồ sơ/yêu cầu của")
    fact(sheet, "Nội dung yêu cầu giải quyết", form.procedure)
    line(sheet, f"Yêu cầu {form.parties.salutation} bổ sung, hoàn thiện hồ sơ gồm những giấy tờ, nội dung sau:")
    sheet.y -= 5
    table(sheet, *paper_table(form.papers, certified=form.certified))
    fact(sheet, "Lý do", form.reason)
    line(sheet, f"Thời hạn bổ sung: trước hết {day_words(form.by)}")
    help_words = f"Trong quá trình hoàn thiện hồ sơ, nếu có vướng mắc, {form.parties.salutation} liên hệ với"
    sign(sheet, ask_at(form.head, help_words), Signature("Người hướng dẫn", form.officer))
    return sheet.finish()
