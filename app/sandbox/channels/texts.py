"""The words of one message: the template of its kind and channel, filled from the dossier.

Stands apart from sending so that what a citizen reads is the same text the desk previewed.
"""

from __future__ import annotations

from datetime import datetime

from app import catalogues
from app.clock import VN
from app.domain.amount_words import in_words
from app.domain.citizen_texts import NoticeText, grouped, render_notice_text
from app.domain.dossier import Dossier, Notice
from app.domain.notices import find
from app.domain.words import DeliveryChannel, State
from app.sandbox.offices import PROVINCE, offices

_RESUMES = "Sau khi nộp đủ, hồ sơ tự động được giải quyết tiếp."


def message_text(dossier: Dossier, notice_id: str, kind: str, channel: DeliveryChannel, at: datetime) -> NoticeText:
    """Return title and body of a message; ``kind`` is fee, cancel, replace or suspension."""
    notice = find(dossier, notice_id) if notice_id else None
    province = catalogues.province(PROVINCE)
    desk = offices()[dossier.desk_unit_id]
    reason = dossier.suspension.reason if kind == "suspension" and dossier.suspension else ""
    values: dict[str, str | int | tuple[str, ...]] = {
        "code": dossier.receipt_code or dossier.code,
        "applicant": dossier.applicant.name,
        "procedure": dossier.procedure.name,
        "hotline": province.hotline,
        "portal": province.portal_address.removeprefix("https://"),
        "desk": f"{desk.desk_name or 'Bộ phận Một cửa'}, {desk.name}",
        "date": f"{at.astimezone(VN):%d/%m/%Y}",
        "reason": reason,
        "after_payment": _RESUMES if dossier.state is State.AWAITING_OBLIGATION else "",
    }
    if notice is not None:
        values |= _of_notice(dossier, notice, reason_kind=kind)
    return render_notice_text(catalogues.notice_template(kind, channel), **values)


def _of_notice(dossier: Dossier, notice: Notice, *, reason_kind: str) -> dict[str, str | int | tuple[str, ...]]:
    old = find(dossier, notice.replaces) if notice.replaces else None
    reason = old.closed_reason if reason_kind == "replace" and old else notice.closed_reason
    return {
        "title": notice.title,
        "total": notice.total,
        "total_words": in_words(notice.total),
        "lines": tuple(f"- {line.name}: {grouped(line.amount)} đồng" for line in notice.lines),
        "pay_by": f"{notice.pay_by:%d/%m/%Y}" if notice.pay_by else "",
        "old_total": old.total if old else 0,
        "reason": reason,
    }
