"""What officers did with a dossier, as facts of the pane: pauses, rounds of papers, the head's word, result, rating.

Stands apart from the dossier's own facts because these come only once somebody has worked on it.
"""

from __future__ import annotations

from datetime import datetime

from app.domain.dossier import Dossier
from app.domain.listing import ListRow
from app.domain.time_words import short_moment
from app.domain.words import PauseKind, Signature
from ui.present.wording import detail_words

_PAUSES: dict[str, str] = {
    PauseKind.SUPPLEMENT: "chờ bổ sung",
    PauseKind.FINANCIAL_OBLIGATION: "chờ NVTC",
    PauseKind.OTHER: "dừng xử lý",
}
Fact = tuple[str, str]


def facts(dossier: Dossier, now: datetime) -> tuple[Fact, ...]:
    """Return name and value, in the order things happen; nothing for what never happened."""
    found = (
        ("Tạm dừng", _pauses(dossier, now)),
        ("Bổ sung", _rounds(dossier, now)),
        ("Trình lãnh đạo", _approvals(dossier, now)),
        ("Hẹn lại", _extension(dossier, now)),
        ("Kết quả", _result(dossier)),
        ("Người nhận", _collected(dossier)),
        ("Đánh giá", _rating(dossier)),
    )
    return tuple((name, value) for name, value in found if value)


def earlier(rows: tuple[ListRow, ...]) -> tuple[tuple[str, str, str], ...]:
    """Return id, procedure, and code with state of the applicant's other dossiers."""
    return tuple(
        (row.id, row.procedure, f"{row.receipt_code or row.code} · {detail_words(row.state, row.sub_state)}")
        for row in rows
    )


def _pauses(dossier: Dossier, now: datetime) -> str:
    parts = []
    for pause in dossier.pauses:
        until = f"đến {short_moment(pause.ended_at, now)}" if pause.ended_at else "đến nay"
        parts.append(f"{_PAUSES[pause.kind]} từ {short_moment(pause.started_at, now)} {until}")
    return "; ".join(parts)


def _rounds(dossier: Dossier, now: datetime) -> str:
    parts = []
    for nth, asked in enumerate(dossier.supplements, 1):
        lead = f"lần {nth} " if len(dossier.supplements) > 1 else ""
        done = asked.accepted_at or asked.supplied_at
        state = "nhận" if asked.accepted_at else "công dân nộp"
        until = f", {state} {short_moment(done, now)}" if done else ""
        parts.append(f"{lead}yêu cầu {short_moment(asked.asked_at, now)}: {', '.join(asked.papers)}{until}")
    return "; ".join(parts)


def _approvals(dossier: Dossier, now: datetime) -> str:
    parts = []
    for one in dossier.approvals:
        if one.approved is None or one.decided_at is None:
            parts.append(f"{one.to}, chờ duyệt từ {short_moment(one.asked_at, now)}")
        else:
            verdict = "duyệt" if one.approved else f"không duyệt ({one.reason})"
            parts.append(f"{one.to} {verdict} {short_moment(one.decided_at, now)}")
    return "; ".join(parts)


def _extension(dossier: Dossier, now: datetime) -> str:
    one = dossier.extension
    if one is None or not one.signed or one.first_due_at is None:
        return ""
    late = ", ký khi đã quá hẹn" if one.late else ""
    return f"từ {short_moment(one.first_due_at, now)} sang {short_moment(one.due_at, now)} ({one.signed_by}{late})"


def _result(dossier: Dossier) -> str:
    if dossier.result is None:
        return ""
    words = {
        Signature.SIGNED: f"đã ký – {dossier.result.signed_by}",
        Signature.UNSIGNED: "chưa ký",
        Signature.UNCHECKED: "chưa kiểm tra chữ ký",
    }
    return words[dossier.result.signature]


def _collected(dossier: Dossier) -> str:
    if not dossier.returned_to:
        return ""
    handed = dossier.collected
    parts = [dossier.returned_to]
    if handed is not None:
        parts.append(handed.identity or "chưa kiểm tra giấy tờ")
        parts.append("đã ký nhận" if handed.signed else f"bưu gửi {handed.post_code}" if handed.post_code else "")
    return " · ".join(part for part in parts if part)


def _rating(dossier: Dossier) -> str:
    rating = dossier.rating
    if rating is None:
        return ""
    return f"{rating.stars}/5" + (f" – {rating.note}" if rating.note else "")
