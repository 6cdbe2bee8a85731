"""Thông báo dừng giải quyết hồ sơ: who asked, at which stage, what was decided, and what becomes of the money.

Stands apart because it either ends a dossier or pauses it, and must say which; never after a result was decided.
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
    known,
    moment_words,
    opened,
    sign,
)
from app.documents.page import BODY, BOLD, ROMAN

NO_RESULT_YET = "Tại thời điểm dừng, chưa có quyết định về kết quả giải quyết hồ sơ."


@dataclass(frozen=True, slots=True, kw_only=True)
class StopNotice:
    """All that form 05 says.

    ``ends``: True, the dossier ends; False, the clock stands until ``goes_on`` is met. ``money``: sentences on fees and
    obligations; none says that nothing is owed.
    """

    head: Head
    parties: Parties
    procedure: str
    received_at: datetime | None
    due_at: datetime | None
    ends: bool
    asked_by: str = ""
    asked_at: datetime | None = None
    reason: str = ""
    stage: str = ""
    goes_on: str = ""
    money: tuple[str, ...] = ()
    signer: str = ""
    signer_title: str = HEAD_OF_OFFICE


def render(form: StopNotice) -> bytes:
    """Return the notice as a PDF."""
    you = form.parties.salutation
    sheet = opened(form.head)
    sheet.centred(f"Kính gửi: {form.parties.addressed}", ROMAN, BODY)
    sheet.paragraph(f"{form.head.desk} thông báo dừng giải quyết hồ sơ sau:")
    fact(sheet, "Mã hồ sơ", form.head.code)
    fact(sheet, "Thủ tục", form.procedure)
    fact(sheet, "Chủ hồ sơ", form.parties.applicant)
    fact(sheet, "Thời gian nhận hồ sơ", moment_words(form.received_at))
    fact(sheet, "Thời gian hẹn trả kết quả", moment_words(form.due_at))
    sheet.paragraph("1. Đề nghị dừng", BOLD, indent=0)
    asked = f" lúc {moment_words(form.asked_at)}" if form.asked_at else ""
    sheet.paragraph(f"Người đề nghị: {known(form.asked_by)}{asked}.")
    sheet.paragraph(f"Lý do: {known(form.reason)}")
    sheet.paragraph("2. Giai đoạn giải quyết khi dừng", BOLD, indent=0)
    sheet.paragraph(f"{known(form.stage)}. {NO_RESULT_YET}")
    sheet.paragraph("3. Quyết định", BOLD, indent=0)
    sheet.paragraph(_decision(form))
    sheet.paragraph("4. Phí, lệ phí và nghĩa vụ tài chính", BOLD, indent=0)
    for sentence in form.money or ("Không có khoản nào đã thu hoặc còn phải nộp.",):
        sheet.paragraph(sentence)
    closing = ask_at(form.head, f"Xin thông báo để {you} được biết. Khi cần giải thích, xin liên hệ")
    receivers = ("- Như trên;", f"- {form.head.desk};", "- Lưu: VT, hồ sơ.")
    signer = Signature(form.signer_title, form.signer, WITH_SEAL)
    sign(sheet, closing, signer, receivers=receivers)
    return sheet.finish()


def _decision(form: StopNotice) -> str:
    if form.ends:
        return f"Chấm dứt giải quyết hồ sơ. Khi còn nhu cầu, {form.parties.salutation} nộp hồ sơ mới."
    goes_on = form.goes_on or "lý do dừng không còn"
    return f"Tạm dừng giải quyết hồ sơ; thời hạn giải quyết không tính thời gian dừng và được tính tiếp khi {goes_on}."
