"""What the citizens' notice texts are filled with, taken from a dossier.

Stands apart because the portal sends these words and the desk previews them: both fill the same templates with the
same values, or an officer would approve what nobody receives.
"""

from __future__ import annotations

from datetime import datetime

from app.clock import VN
from app.domain.amount_words import in_words
from app.domain.citizen_texts import Value
from app.domain.dossier import Dossier, Notice
from app.domain.extension import Extension
from app.domain.money import grouped
from app.domain.notices import find, rest_of, settled_of, waived_of
from app.domain.provinces import Province, Unit
from app.domain.time_words import long_moment
from app.domain.words import LineKind, State

_BY_QR = "quét từng mã VietQR kèm theo bằng ứng dụng ngân hàng"
_RESUMES = "Sau khi nộp đủ, hồ sơ tự động được giải quyết tiếp."
DESK_NAME = "Bộ phận Một cửa"
_GOES_ON = {
    False: "Hồ sơ được giải quyết tiếp khi lý do dừng không còn; cơ quan sẽ báo.",
    True: "Việc giải quyết hồ sơ kết thúc tại đây. Nếu còn nhu cầu, nộp hồ sơ mới.",
}


def kind_of(notice: Notice) -> str:
    """Return which template tells of a notice that was just sent: fee or replace."""
    return "replace" if notice.replaces else "fee"


def notice_values(
    dossier: Dossier, notice_id: str, kind: str, *, province: Province, desk: Unit, at: datetime
) -> dict[str, Value]:
    """Return the values of every placeholder; ``kind`` names the template file.

    ``desk`` is the dossier's desk; ``notice_id`` may be empty where no notice is meant.
    """
    notice = find(dossier, notice_id) if notice_id else None
    asked = dossier.supplements[-1] if dossier.supplements else None
    why = {
        "suspension": dossier.suspension, "extension": dossier.extension, "supplement": asked, "stop": dossier.stop,
    }.get(kind)  # fmt: skip
    values: dict[str, Value] = {
        "code": dossier.receipt_code or dossier.code,
        "applicant": dossier.applicant.name,
        "procedure": dossier.procedure.name,
        "hotline": province.hotline,
        "portal": province.portal_address.removeprefix("https://"),
        "desk": f"{desk.desk_name or DESK_NAME}, {desk.name}",
        "date": f"{at.astimezone(VN):%d/%m/%Y}",
        "reason": why.reason if why else "",
        "papers": tuple(f"- {paper}" for paper in asked.papers) if asked else (),
        "supply_by": f"{asked.supply_by:%d/%m/%Y}" if asked and asked.supply_by else "",
        "goes_on": _GOES_ON[dossier.stop.ends] if dossier.stop else "",
        "after_payment": _RESUMES if dossier.state is State.AWAITING_OBLIGATION else "",
    }
    if kind == "extension" and dossier.extension:
        values |= _of_extension(dossier.extension)
    return values if notice is None else values | _of_notice(dossier, notice, kind) | _ways(notice, str(values["desk"]))


def _of_extension(extension: Extension) -> dict[str, Value]:
    first = extension.first_due_at
    return {"first_due": long_moment(first) if first else "", "new_due": long_moment(extension.due_at)}


def _of_notice(dossier: Dossier, notice: Notice, kind: str) -> dict[str, Value]:
    old = find(dossier, notice.replaces) if notice.replaces else None
    return {
        "title": notice.title,
        "total": notice.total,
        "total_words": in_words(notice.total),
        "lines": tuple(f"- {line.name}: {grouped(line.amount)} đồng" for line in notice.lines),
        "pay_by": f"{notice.pay_by:%d/%m/%Y}" if notice.pay_by else "",
        "old_total": old.total if old else 0,
        "rest": rest_of(dossier, notice),
        "paid": settled_of(dossier, notice.id) or "",
        "waived": waived_of(dossier, notice.id),
        **_refunded(dossier, notice),
        "reason": old.closed_reason if kind == "replace" and old else notice.closed_reason,
    }


def _refunded(dossier: Dossier, notice: Notice) -> dict[str, Value]:
    """Return what went back of the notice so far, with the papers that say so."""
    amount = sum(p.refunded for p in dossier.payments if p.pays == notice.id)
    papers = [c.evidence for c in dossier.cases if c.notice_id == notice.id and c.refunded_at and c.evidence]
    named = [f"số {e.document_no}" + (f" ngày {e.document_date:%d/%m/%Y}" if e.document_date else "") for e in papers
             if e.document_no]  # fmt: skip
    return {"refunded": amount, "refunded_words": in_words(amount), "refund_document": "; ".join(named)}


def _ways(notice: Notice, desk: str) -> dict[str, Value]:
    """Return how the notice may be paid beside the portal; an obligation goes to the treasury, never to the desk."""
    ours = [line for line in notice.lines if line.kind is not LineKind.NVTC]
    owed = next((line for line in notice.lines if line.kind is LineKind.NVTC), None)
    dated = f" ngày {owed.tax_notice_date:%d/%m/%Y}" if owed and owed.tax_notice_date else ""
    return {
        "by_qr": _BY_QR if any(line.account for line in ours) else "",
        "at_desk": desk if ours else "",
        "treasury": owed.treasury_account if owed else "",
        "tax_notice": f"số {owed.tax_notice_no}{dated}" if owed and owed.tax_notice_no else "",
    }
