"""What a human must decide, in words: two facts side by side, and each way out with its consequence.

Stands apart because these sentences decide about citizens' money and must be readable without knowing the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app import texts
from app.domain.dossier import Payment
from app.domain.money import format_dong
from app.domain.time_words import clock_time, short_day
from app.services.views import Decision
from ui.present import veil
from ui.present.edits import before_words, field_words, once, value_words
from ui.present.outbox import deed_words_of
from ui.present.wording import code_words, payment_words

_KINDS: dict[str, tuple[str, str, str]] = {
    "paid_twice": ("Đóng hai lần", "conflict", "swap"),
    "surplus": ("Đóng thừa", "conflict", "swap"),
    "refused": ("Cổng chưa chấp nhận", "late", "warning-fill"),
    "edited": ("Hai người cùng sửa", "conflict", "swap"),
    "parked": ("Tạm giữ", "warn", "warning-fill"),
}


@dataclass(frozen=True, slots=True)
class FactCard:
    """One of the two facts: whose it is, the sum or the deed ("" where its rows say it all), and what differs."""

    icon: str
    title: str
    headline: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A way out: verb with sum, consequence, whether it is the recommended one, why it is impossible."""

    id: str
    title: str
    consequence: str
    recommended: bool
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One thing to decide: ``name`` and ``code`` are of the list, where others' are masked; the rest is of the pane."""

    id: str
    dossier_id: str
    chip: tuple[str, str, str]
    since: str
    since_short: str
    name: str
    code: str
    summary: str
    title: str
    body: str
    facts: tuple[FactCard, ...]
    choices: tuple[ChoiceView, ...]


def decision_view(decision: Decision, now: datetime) -> DecisionView:
    """Return the words of one decision."""
    money = decision.kind in ("paid_twice", "surplus")
    return DecisionView(
        id=decision.id,
        dossier_id=decision.dossier_id,
        chip=("Cần hoàn", "conflict", "swap") if decision.code == "decision-no-result" else _KINDS[decision.kind],
        since=f"từ {clock_time(decision.since)} {short_day(decision.since, now)}",
        since_short=_at(decision.since, now),
        name=veil.name(decision.applicant),
        code=veil.code(code_words(decision.dossier_code)),
        summary=format_dong(decision.amount) if decision.amount else deed_words_of(decision.deed, decision.amount),
        title=_title(decision),
        body=_body(decision),
        facts=_money_facts(decision, now) if money else _edited_facts(decision, now) or _deed_facts(decision, now),
        choices=tuple(_choice(decision, at) for at in range(len(decision.choices))),
    )


def _title(decision: Decision) -> str:
    amount = format_dong(decision.amount)
    if decision.kind == "paid_twice":
        return f"{decision.applicant} đã đóng {amount} hai lần cho cùng một thông báo."
    if decision.kind == "surplus":
        ended = decision.code == "decision-no-result"
        tail = f"{amount}, hồ sơ không có kết quả." if ended else f"thừa {amount}."
        return f"{decision.applicant} đã đóng {tail}"
    return f"{deed_words_of(decision.deed, decision.amount)} – {decision.applicant}"


def _body(decision: Decision) -> str:
    if decision.kind == "paid_twice":
        return "Cả hai khoản đều được giữ lại. Hãy chọn khoản dùng để thanh toán; khoản kia sẽ hoàn."
    if decision.kind == "surplus":
        return f"Khoản đóng được giữ lại. {_what_to_do(decision)}"
    if decision.edited and decision.edited.clashes:
        return texts.sentence(decision.code, fields=[clash.field for clash in once(decision.edited.clashes)])
    return texts.sentence(decision.code, **dict(decision.params))


def _what_to_do(decision: Decision) -> str:
    if decision.code == "decision-no-result":
        return "Cần hoàn cho công dân, trừ khi việc thu phí đã thực hiện."
    if any(choice.id.startswith("use:") for choice in decision.choices):
        return "Hoàn phần thừa cho công dân, hoặc dùng cho thông báo đang mở."
    return "Phần thừa cần hoàn cho công dân."


def _money_facts(decision: Decision, now: datetime) -> tuple[FactCard, ...]:
    found = []
    if decision.theirs is not None:
        found.append(_payment_card("bank", "Cổng ghi nhận", decision.theirs, now))
    if decision.mine is not None:
        found.append(_payment_card("money", "Quầy ghi nhận", decision.mine, now))
    return tuple(found)


def _payment_card(icon: str, title: str, payment: Payment, now: datetime) -> FactCard:
    way = payment_words(payment)
    when = f"{clock_time(payment.paid_at)} {short_day(payment.paid_at, now)}"
    rows = [("Kênh", way[:1].upper() + way[1:]), ("Lúc", when)]
    evidence = payment.evidence
    if evidence is not None and evidence.document_no:
        rows.append(("Chứng từ", evidence.document_no))
    elif evidence is not None and evidence.info:
        rows.append(("Thông tin", evidence.info))
    elif payment.reference:
        rows.append(("Mã giao dịch", payment.reference))
    if payment.recorded_by is not None:
        rows.append(("Người thu", payment.recorded_by.name))
    elif payment.payer:
        rows.append(("Người nộp", payment.payer))
    return FactCard(icon, title, format_dong(payment.amount), tuple(rows))


def _deed_facts(decision: Decision, now: datetime) -> tuple[FactCard, ...]:
    mine = FactCard(
        "floppy-disk",
        "Việc trên máy này (bạn)",
        deed_words_of(decision.deed, decision.amount),
        (("Hồ sơ", code_words(decision.dossier_code)), ("Từ", _at(decision.since, now))),
    )
    theirs = FactCard("bank", "Cổng trả lời", _KINDS[decision.kind][0], (("Lý do", _body(decision)),))
    return (theirs, mine)


def _edited_facts(decision: Decision, now: datetime) -> tuple[FactCard, ...]:
    """Return both versions, differing fields only; nothing while this desk has not read the other one yet."""
    edited = decision.edited
    if edited is None or not edited.clashes:
        return ()
    shown = once(edited.clashes)
    theirs = [(field_words(c), value_words(c.field, c.theirs)) for c in shown]
    mine = [(field_words(c), value_words(c.field, c.mine) + before_words(c)) for c in shown]
    if edited.last_at is not None:
        theirs.append(("Sửa gần nhất", f"{edited.last_by}, {_at(edited.last_at, now)}"))
    return (
        FactCard("bank", "Của họ – Cổng đang ghi", "", tuple(theirs)),
        FactCard("floppy-disk", "Của tôi – việc trên máy này", "", tuple(mine)),
    )


def _choice(decision: Decision, at: int) -> ChoiceView:
    choice = decision.choices[at]
    amount = format_dong(decision.amount)
    title = texts.sentence(choice.label, **dict(choice.params)).rstrip(".")
    effect = texts.sentence(choice.effect, **dict(choice.params))
    if choice.label.startswith("refund"):
        title, effect = _refund(decision, choice.label == "refund-at-counter", amount)
    reason = texts.sentence(choice.why_not) if choice.why_not else ""
    return ChoiceView(choice.id, title, effect, choice.recommended, reason)


def _refund(decision: Decision, at_counter: bool, amount: str) -> tuple[str, str]:
    goes, stays = (decision.mine, decision.theirs) if at_counter else (decision.theirs, decision.mine)
    way = payment_words(goes) if goes else ""
    if at_counter:
        lead = "Dùng khoản trực tuyến, hoàn" if stays else "Hoàn"
        effect = "Trả lại tại quầy khoản đã thu trực tiếp; mở việc hoàn tiền cho thủ quỹ."
        return f"{lead} {amount} {way} tại quầy", effect
    lead = f"Dùng khoản {payment_words(stays)}, hoàn" if stays else "Hoàn"
    return f"{lead} {amount} qua {way}", "Mở việc hoàn tiền gửi thủ quỹ; thường mất 3–7 ngày làm việc."


def _at(moment: datetime, now: datetime) -> str:
    day = short_day(moment, now)
    return clock_time(moment) if day == "hôm nay" else f"{clock_time(moment)} {day}"
