"""Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết: the office apologises and names one new appointment.

Stands apart because the head signs it, it is sent before or after the due date, and only once for a dossier.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.documents.official import (
    HEAD_OF_OFFICE,
    WITH_SEAL,
    Head,
    Parties,
    Signature,
    ask_at,
    fact,
    line,
    moment_words,
    opened,
    sign,
)
from app.documents.page import BODY, BOLD, ROMAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Apology:
    """All that form 04 says; ``overdue``: the due date had passed when it was written."""

    head: Head
    parties: Parties
    procedure: str
    received_at: datetime | None
    due_at: datetime | None
    reason: str = ""
    new_due_at: datetime | None = None
    overdue: bool = False
    signer: str = ""
    signer_title: str = HEAD_OF_OFFICE


def render(form: Apology) -> bytes:
    """Return the paper as a PDF."""
    you, desk = form.parties.salutation, form.head.desk
    sheet = opened(form.head)
    sheet.centred(f"Kính gửi: {form.parties.addressed}", ROMAN, BODY)
    sheet.paragraph(
        f"{desk} đã tiếp nhận hồ sơ về thủ tục {form.procedure} của {you} lúc {moment_words(form.received_at)}."
    )
    fact(sheet, "Mã hồ sơ", form.head.code)
    fact(sheet, "Chủ hồ sơ", form.parties.applicant)
    fact(sheet, "Địa chỉ", form.parties.address)
    line(sheet, f"Thời gian hẹn trả kết quả: {moment_words(form.due_at)}")
    late = (
        "Đến nay hồ sơ đã quá thời hạn nêu trên mà chưa có kết quả giải quyết."
        if form.overdue
        else "Hồ sơ không thể giải quyết xong trong thời hạn nêu trên."
    )
    sheet.paragraph(late)
    fact(sheet, "Lý do chậm", form.reason)
    sheet.paragraph(
        f"Sự chậm trễ này gây phiền hà cho {you}. {form.head.authority} xin lỗi {you} và đề nghị gia hạn thời gian "
        "giải quyết; kết quả sẽ được trả vào:"
    )
    sheet.centred(moment_words(form.new_due_at), BOLD)
    closing = ask_at(form.head, f"Mong nhận được sự thông cảm của {you}. Khi cần hỏi về hồ sơ, xin liên hệ")
    receivers = ("- Như trên;", f"- {desk};", "- Lưu: VT, hồ sơ.")
    signer = Signature(form.signer_title, form.signer, WITH_SEAL)
    sign(sheet, closing, signer, receivers=receivers)
    return sheet.finish()
