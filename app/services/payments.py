"""Đã thanh toán phí, lệ phí: money taken in person, recorded as a fact with evidence.

Stands apart from notices: a tick asks the portal first when it can, never waits for it, and is kept whatever the
portal knows. Paid twice opens a refund case there; nothing is dropped here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from app.domain import second_officer
from app.domain.commands import Collect, ConfirmPayment, ReversePayment, TickPaid
from app.domain.dossier import Dossier, Evidence, Notice, NoticeLine, Payment
from app.domain.notices import rest_of
from app.domain.people import ref
from app.domain.transitions import Failed
from app.domain.words import OPEN_NOTICE, NoticeState, PaymentChannel
from app.errors import Refused, StoreTrouble
from app.services import inbox
from app.services.acting import act
from app.services.desk import Desk
from app.services.views import Acted, Card
from app.store import belongings

METHODS: dict[str, PaymentChannel] = {
    "cash": PaymentChannel.COUNTER_CASH,
    "pos": PaymentChannel.COUNTER_POS,
    "transfer": PaymentChannel.COUNTER_TRANSFER,
    "treasury": PaymentChannel.TREASURY,
}


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is known before the officer ticks.

    ``kind``: unpaid (the portal was asked: nothing yet), paying (a payment page is open since ``since``), paid (by
    ``payment``; no need to collect), offline (not asked; ``since`` when the link went), closed. ``rest`` in đồng.
    """

    kind: str
    notice: Notice
    rest: int
    at: datetime
    since: datetime | None = None
    payment: Payment | None = None


def outlook(desk: Desk, notice_id: str) -> Outlook:
    """Ask the portal about the notice first, at most three seconds; offline say so. Thread: any but the GUI's."""
    dossier_id = inbox.locate_notice(desk, notice_id)
    asked = desk.engine.ask.freshest(dossier_id)
    dossier = inbox.card(desk, dossier_id).dossier
    notice = inbox.notice_of(dossier, notice_id)
    now = desk.clock.now()
    rest = rest_of(dossier, notice)
    if notice.state is NoticeState.PAID:
        payments = [p for p in dossier.payments if p.notice_id == notice_id and p.settled]
        return Outlook("paid", notice, 0, now, payment=payments[-1] if payments else None)
    if notice.state not in OPEN_NOTICE:
        return Outlook("closed", notice, 0, now)
    if not asked:
        return Outlook("offline", notice, rest, now, since=desk.engine.link.state.since)
    if notice.state is NoticeState.PAYING:
        return Outlook("paying", notice, rest, now, since=notice.paying_since)
    return Outlook("unpaid", notice, rest, now)


def tick_paid(
    desk: Desk, notice_id: str, *, amount: int, method: PaymentChannel, evidence: Evidence, payer: str = ""
) -> Acted:
    """Record the money at once, online or not; raises Refused ``already-paid`` if this desk knows it is settled."""
    dossier_id = inbox.locate_notice(desk, notice_id)
    dossier = inbox.card(desk, dossier_id).dossier
    notice = inbox.notice_of(dossier, notice_id)
    if notice.state is NoticeState.PAID:
        paid = next(p for p in reversed(dossier.payments) if p.notice_id == notice_id and p.settled)
        raise Refused((Failed("already-paid", (("amount_dong", paid.settled), ("since", paid.paid_at))),))
    if notice.state not in OPEN_NOTICE:
        raise Refused((Failed("notice-closed"),))
    held = sum(payment.amount for payment in second_officer.waiting(dossier, notice_id))
    rest = rest_of(dossier, notice) - held
    if held and rest <= 0:
        raise Refused((Failed("second-officer-first", (("amount_dong", held),)),))
    if amount > rest:
        raise Refused((Failed("amount-over-rest", (("amount_dong", rest),)),))
    command = TickPaid(
        made_at=desk.clock.now(),
        payment_id=desk.ids.new(),
        notice_id=notice_id,
        amount=amount,
        channel=method,
        evidence=evidence,
        payer=payer.strip() or dossier.submitter.name,
    )
    acted = act(desk, dossier_id, command, proofs(evidence))
    return _told_of_second(desk, acted, command.payment_id)


def collect(
    desk: Desk,
    dossier_id: str,
    *,
    title: str,
    lines: tuple[NoticeLine, ...],
    method: PaymentChannel,
    evidence: Evidence,
    payer: str = "",
    reason: str = "",
) -> Acted:
    """Thu tại quầy: notice without a channel and payment of its whole sum in one command, online or not."""
    dossier = inbox.card(desk, dossier_id).dossier
    command = collection(desk, dossier, Taking(lines, method, evidence, payer, reason), title)
    acted = act(desk, dossier_id, command, proofs(evidence))
    return _told_of_second(desk, acted, command.payment_id)


@dataclass(frozen=True, slots=True)
class Taking:
    """Money taken in person: the whole sum of its lines, how it came, what proves it."""

    lines: tuple[NoticeLine, ...]
    method: PaymentChannel
    evidence: Evidence
    payer: str = ""
    reason: str = ""


def collection(desk: Desk, dossier: Dossier, taken: Taking, title: str) -> Collect:
    """Return the command that asks for money and writes it down as taken."""
    return Collect(
        made_at=desk.clock.now(),
        notice_id=desk.ids.new(),
        payment_id=desk.ids.new(),
        title=title.strip(),
        lines=taken.lines,
        amount=sum(line.amount for line in taken.lines),
        channel=taken.method,
        evidence=taken.evidence,
        payer=taken.payer.strip() or dossier.submitter.name,
        reason=taken.reason,
    )


def proofs(evidence: Evidence | None) -> list[str]:
    """Return the blobs that a proof names."""
    return [evidence.file.sha256] if evidence and evidence.file else []


def _told_of_second(desk: Desk, acted: Acted, payment_id: str) -> Acted:
    """Return the act with the sentence that another officer must confirm the payment, if one must."""
    try:
        dossier = inbox.card(desk, acted.dossier_id).dossier
    except StoreTrouble:  # the money is kept: what only explains it may not say it was not
        return acted
    if not any(payment.id == payment_id for payment in second_officer.waiting(dossier)):
        return acted
    limit = (("amount_dong", dossier.settings.two_eyes_over),)
    return replace(acted, warning="second-officer-needed", warning_params=limit)


def second_needed(desk: Desk, notice_id: str, amount: int, method: PaymentChannel, evidence: Evidence) -> int:
    """Return the sum above which a second officer must confirm this tick, 0 when none need."""
    dossier = inbox.card(desk, inbox.locate_notice(desk, notice_id)).dossier
    now = desk.clock.now()
    fact = Payment(
        "", notice_id, method, amount, paid_at=now, recorded_at=now, recorded_by=ref(desk.officer), evidence=evidence
    )
    return dossier.settings.two_eyes_over if second_officer.is_over(dossier, fact) else 0


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """One payment that waits for a second officer; ``mine``: recorded by this officer, who cannot confirm it."""

    dossier_id: str
    code: str
    applicant: str
    payment: Payment
    mine: bool


def to_confirm(desk: Desk) -> tuple[Unconfirmed, ...]:
    """Return every payment on this desk that waits for a second officer, oldest first; never the network."""
    with desk.store.read() as connection:
        ids = belongings.open_payments(connection)
    cards = [card.dossier for card in inbox.cards_of(desk, ids) if isinstance(card, Card)]
    found = [
        Unconfirmed(
            dossier_id=dossier.id,
            code=dossier.receipt_code or dossier.code,
            applicant=dossier.applicant.name,
            payment=payment,
            mine=payment.recorded_by is not None and payment.recorded_by.id == desk.officer.id,
        )
        for dossier in cards
        for payment in second_officer.waiting(dossier)
    ]
    return tuple(sorted(found, key=lambda item: item.payment.recorded_at))


def confirm(desk: Desk, payment_id: str) -> Acted:
    """Xác nhận khoản thu as the second officer."""
    return act(desk, inbox.locate_notice(desk, payment_id), ConfirmPayment(desk.clock.now(), payment_id))


def reverse(desk: Desk, payment_id: str, reason: str) -> Acted:
    """Ghi nhầm – hủy ghi nhận, with a reason."""
    dossier_id = inbox.locate_notice(desk, payment_id)
    return act(desk, dossier_id, ReversePayment(desk.clock.now(), payment_id, reason))
