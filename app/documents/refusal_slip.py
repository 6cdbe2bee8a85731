"""Phiếu từ chối tiếp nhận giải quyết hồ sơ: what was handed in, and the legal reason why it cannot be taken.

Stands apart because it ends the matter: the reason is the officer's own sentence, never a code of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.documents.official import (
    Head,
    Parties,
    Signature,
    ask_at,
    code_line,
    fact,
    line,
    moment_words,
    opened,
    parties,
    sign,
    two_digits,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalSlip:
    """All that form 03 says; ``papers`` counts what was handed in."""

    head: Head
    parties: Parties
    procedure: str
    submitted_at: datetime | None
    reason: str
    officer: str
    papers: int | None = None
    with_submitter: bool = True


def render(form: RefusalSlip) -> bytes:
    """Return the slip as a PDF."""
    sheet = opened(form.head, code_line(form.head))
    parties(sheet, form.parties)
    fact(sheet, "Nội dung yêu cầu giải quyết", form.procedure)
    line(sheet, f"Thời gian nộp hồ sơ: {moment_words(form.submitted_at)}")
    line(sheet, f"Số giấy tờ đã nộp: {two_digits(form.papers)}")
    sheet.paragraph(
        f"Qua xem xét, {form.head.desk} thông báo không tiếp nhận, giải quyết hồ sơ này của {form.parties.salutation}."
    )
    fact(sheet, "Lý do", form.reason)
    signers = [Signature("Người từ chối tiếp nhận", form.officer)]
    if form.with_submitter:
        signers.insert(0, Signature("Người nộp hồ sơ", form.parties.submitter or form.parties.applicant))
    told = f"Xin thông báo để {form.parties.salutation} được biết. Khi cần giải thích, xin liên hệ"
    sign(sheet, ask_at(form.head, told), *signers)
    return sheet.finish()
