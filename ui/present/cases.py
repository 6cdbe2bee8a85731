"""Money cases in words: what goes back or is missing, how far it came since when and by whom, who does what next.

Stands apart from notices because a case lives on after its notice, and is the cashier's and the head's work, not the
desk's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.dossier import Case, Dossier, Payment
from app.domain.money import format_dong
from app.domain.people import OfficerRef
from app.domain.settlement import without_result
from app.domain.time_words import short_moment
from app.domain.words import CaseKind, CaseState, Way
from ui.present import ways
from ui.present.wording import payment_words, state_words

_DEEDS: dict[tuple[CaseKind, CaseState], tuple[str, ...]] = {
    (CaseKind.REFUND, CaseState.OPEN): ("approve_refund", "close_case"),
    (CaseKind.REFUND, CaseState.APPROVED): ("pay_refund", "close_case"),
    (CaseKind.REFUND, CaseState.REFUNDED): ("close_case",),
    (CaseKind.SHORTFALL, CaseState.OPEN): ("close_case",),
}
_NEXT: dict[tuple[CaseKind, CaseState], str] = {
    (CaseKind.REFUND, CaseState.OPEN): "Tiếp theo: lãnh đạo đơn vị duyệt, rồi thủ quỹ hoàn {0}.",
    (CaseKind.REFUND, CaseState.APPROVED): "Tiếp theo: thủ quỹ hoàn {0} và ghi chứng từ.",
    (CaseKind.REFUND, CaseState.REFUNDED): "Tiếp theo: thủ quỹ hoặc lãnh đạo khép việc.",
    (CaseKind.SHORTFALL, CaseState.OPEN): "Tiếp theo: thu nốt {0}, hoặc khép việc kèm lý do.",
}
_CHIPS: dict[CaseState, tuple[str, str]] = {
    CaseState.OPEN: ("Chờ duyệt", "due"),
    CaseState.APPROVED: ("Đã duyệt – chờ hoàn", "due"),
    CaseState.REFUNDED: ("Đã hoàn", "info"),
    CaseState.CLOSED: ("Đã khép", "neutral"),
}
# The command that brought a case where it stands: until it has left this machine, its state is not the portal's.
_BY_COMMAND: dict[CaseState, str] = {
    CaseState.APPROVED: "approve_refund",
    CaseState.REFUNDED: "pay_refund",
    CaseState.CLOSED: "close_case",
}
_NONE: Mapping[str, Way] = {}
_METHODS = {"counter": "trả lại tại quầy", "gateway": "hoàn qua cổng thanh toán"}


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case as a card: ``facts`` are pairs, ``deeds`` commands of ``ui.commands`` that belong to its state."""

    id: str
    title: str
    chip: tuple[str, str]
    facts: tuple[tuple[str, str], ...]
    next_step: str
    deeds: tuple[str, ...]


def case_views(dossier: Dossier, now: datetime, sent: Mapping[str, Way] = _NONE) -> tuple[CaseView, ...]:
    """Return the cases, what still waits first, then newest first; ``sent``: how far commands on their way came."""
    closed = [case for case in reversed(dossier.cases) if case.state is CaseState.CLOSED]
    waiting = [case for case in reversed(dossier.cases) if case.state is not CaseState.CLOSED]
    return tuple(_view(dossier, case, now, sent) for case in (*waiting, *closed))


def _view(dossier: Dossier, case: Case, now: datetime, sent: Mapping[str, Way]) -> CaseView:
    amount = format_dong(case.amount)
    refund = case.kind is CaseKind.REFUND
    return CaseView(
        id=case.id,
        title=f"Hoàn tiền {amount}" if refund else f"Còn thiếu {amount}",
        chip=_chip(case, sent),
        facts=case_facts(dossier, case, now),
        next_step=_NEXT.get((case.kind, case.state), "").format(amount),
        deeds=_DEEDS.get((case.kind, case.state), ()),
    )


def _chip(case: Case, sent: Mapping[str, Way]) -> tuple[str, str]:
    if case.lapsed:
        return ("Không còn cần", "neutral")
    if case.kind is CaseKind.SHORTFALL and case.state is CaseState.OPEN:
        return ("Chờ thu nốt", "due")
    words, kind = _CHIPS[case.state]
    way = ways.unsent(sent, (_BY_COMMAND.get(case.state, ""),))
    return (f"{words} – {ways.SHORT[way]}", "queued") if way else (words, kind)


def case_facts(dossier: Dossier, case: Case, now: datetime) -> tuple[tuple[str, str], ...]:
    """Return what is known of a case as name and value: the payment it is about, then each step with who and when."""
    payment = next((p for p in dossier.payments if p.id == case.payment_id), None)
    refund = case.kind is CaseKind.REFUND
    found = [("Khoản nộp", _payment(payment, now))] if payment else []
    if refund and not case.lapsed and case.refunded_at is None:
        found.append(("Vì sao", _why(dossier)))
    found.append(("Mở" if refund else "Thiếu", f"từ {short_moment(case.opened_at, now)}"))
    steps = (
        ("Cách hoàn", _METHODS.get(case.method, ""), case.decided_at, case.decided_by),
        ("Duyệt", "", case.approved_at, case.approved_by),
        ("Đã hoàn", _proof(case), case.refunded_at, case.refunded_by),
    )
    found += [(name, _step(what, at, by, now)) for name, what, at, by in steps if at is not None]
    if case.closed_at is not None:
        found.append(("Hết việc" if case.lapsed else "Khép", short_moment(case.closed_at, now)))
    if case.lapsed:
        found.append(("Vì sao", "không còn tiền phải trả lại: khoản này đã dùng đến, hoặc đã hủy ghi nhận"))
    elif case.note:
        found.append(("Lý do" if case.state is CaseState.CLOSED else "Ý kiến", case.note))
    return tuple(found)


def _why(dossier: Dossier) -> str:
    if without_result(dossier):
        return f"hồ sơ không có kết quả: {state_words(dossier).lower()}"
    return "nộp thừa, không thông báo nào cần đến khoản này"


def _payment(payment: Payment, now: datetime) -> str:
    words = payment_words(payment)
    return f"{format_dong(payment.amount)} · {words} · {short_moment(payment.paid_at, now)}"


def _step(what: str, at: datetime, by: OfficerRef | None, now: datetime) -> str:
    parts = (what, by.name if by else "", short_moment(at, now))
    return " · ".join(part for part in parts if part)


def _proof(case: Case) -> str:
    evidence = case.evidence
    if evidence is None:
        return ""
    if evidence.document_no:
        return f"chứng từ {evidence.document_no}"
    return evidence.file.name if evidence.file else evidence.info
