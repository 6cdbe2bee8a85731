"""Giấy tiếp nhận hồ sơ và hẹn trả kết quả: the citizen's proof of what was handed in and when the result is due.

Stands apart as the one form made in two copies: one for the citizen, one that goes with the dossier.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.documents.official import (
    BLANK,
    Head,
    PaperRow,
    Parties,
    Signature,
    ask_at,
    code_line,
    fact,
    known,
    letterhead,
    line,
    moment_words,
    notes,
    opened,
    paper_table,
    parties,
    sign,
    two_digits,
)
from app.documents.page import Sheet
from app.documents.table import table

COPIES = ("Giao khách hàng", "Lưu")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionSlip:
    """All that form 01 says.

    ``stage_two_limit`` and ``stage_two_due`` serve a dossier that waits for a financial obligation. ``with_submitter``:
    the citizen stands at the desk and signs too. ``book`` and ``entry`` name the register; empty: left to the pen.
    """

    head: Head
    parties: Parties
    procedure: str
    papers: tuple[PaperRow, ...]
    limit: str
    received_at: datetime | None
    due_at: datetime | None
    result_channel: str
    receiver: str
    sets: int | None = None
    certified: bool = False
    with_submitter: bool = True
    stage_two_limit: str = ""
    stage_two_due: datetime | None = None
    book: str = ""
    entry: str = ""
    copies: tuple[str, ...] = COPIES


def render(form: ReceptionSlip) -> bytes:
    """Return the slip as a PDF: every copy from a first page of its own."""
    first, *others = [(f"(Liên: {copy})", code_line(form.head)) for copy in form.copies]
    sheet = opened(form.head, *first)
    _facts(sheet, form)
    for under in others:
        sheet.new_copy()
        letterhead(sheet, form.head, *under)
        _facts(sheet, form)
    return sheet.finish()


def _facts(sheet: Sheet, form: ReceptionSlip) -> None:
    fact(sheet, "Bộ phận tiếp nhận và trả kết quả", form.head.desk)
    parties(sheet, form.parties)
    fact(sheet, "Nội dung yêu cầu giải quyết", form.procedure)
    line(sheet, "1. Thành phần hồ sơ nộp gồm:")
    sheet.y -= 5
    table(sheet, *paper_table(form.papers, certified=form.certified))
    line(sheet, f"2. Số lượng hồ sơ: {two_digits(form.sets)} (bộ)")
    fact(sheet, "3. Thời gian giải quyết hồ sơ theo quy định", form.limit)
    line(sheet, f"4. Thời gian nhận hồ sơ: {moment_words(form.received_at)}")
    line(sheet, f"5. Thời gian trả kết quả giải quyết hồ sơ: {moment_words(form.due_at)}")
    fact(sheet, "6. Thời gian giải quyết giai đoạn 2 (nếu có)", form.stage_two_limit, BLANK * 3)
    due = moment_words(form.stage_two_due) if form.stage_two_due else ""
    fact(sheet, "7. Thời gian trả kết quả giai đoạn 2 (nếu có)", due, BLANK * 3)
    fact(sheet, "8. Đăng ký nhận kết quả", form.result_channel)
    signers = [Signature("Người tiếp nhận hồ sơ", form.receiver)]
    if form.with_submitter:
        signers.insert(0, Signature("Người nộp hồ sơ", form.parties.submitter or form.parties.applicant))
    book, entry = known(form.book, BLANK), known(form.entry, BLANK)
    sign(sheet, f"Vào Sổ theo dõi hồ sơ, Quyển số: {book}, Số thứ tự: {entry}.", *signers)
    notes(
        sheet,
        "Giấy này lập thành 02 liên: 01 liên giao người nộp hồ sơ, 01 liên lưu cùng Phiếu kiểm soát.",
        "Khi nhận kết quả, người nhận mang theo giấy này và giấy tờ tùy thân.",
        ask_at(form.head, "Hỏi về hồ sơ: liên hệ"),
    )
