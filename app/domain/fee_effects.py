"""What money commands do to a dossier: notices, payments, waivers, reversals, reminders, refunds.

Stands apart from ``effects`` (the way from desk to desk) because all of these end in the same two questions: what is
settled now, and does anything start to run again?
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.domain import acceptance, payments, refunds, rights
from app.domain.calendar import Calendar
from app.domain.commands import (
    NAMES,
    ApproveRefund,
    CancelNotice,
    CloseCase,
    Collect,
    ConfirmPayment,
    DecideRefund,
    Notify,
    PayRefund,
    Reach,
    Remind,
    ReversePayment,
    TickPaid,
    Waive,
)
from app.domain.corrections import CorrectContact
from app.domain.dossier import Case, Delivery, Dossier, HistoryItem, Notice, Outcome, Payment, Waiver
from app.domain.edits import rebased_contact
from app.domain.notice_making import (
    close_notice,
    copies,
    deliveries,
    made_notice,
    notice_added,
    readdressed,
    sent_again,
)
from app.domain.notices import find, gate_notices, open_notices, rest_of, with_notice
from app.domain.people import Officer, ref
from app.domain.settlement import settle, without_result
from app.domain.words import CaseState, DeliveryState, NoticeState

NEVER_CAME = "Khoản thu cho thông báo không được gửi"


def notify(dossier: Dossier, command: Notify, actor: Officer, now: datetime, calendar: Calendar) -> Outcome:
    """Send a fee notice by every channel the citizen registered; in case 1 it gates, in case 2 it serves the pause."""
    known = find(dossier, command.notice_id)
    if known is not None and known.lines:
        return dossier, ()
    events: list[HistoryItem] = []
    if command.replaces:
        dossier = close_notice(dossier, command.replaces, NoticeState.SUPERSEDED, command.reason, now)
        events.append(HistoryItem("notice_superseded", now, actor.name, command.replaces, command.reason))
        dossier, opened = refunds.reconciled(dossier, now)
        events.extend(opened)
    notice = replace(
        made_notice(dossier, command.notice_id, command.title, command.lines, actor, now),
        pay_by=command.pay_by,
        files=command.files,
        deliveries=deliveries(dossier, now),
        copies=copies(dossier, now),
        replaces=command.replaces,
    )
    if known is not None:
        notice = replace(notice, number=known.number)
    after = acceptance.stand(notice_added(_without(dossier, known), notice), now, calendar)
    events.append(HistoryItem("notice_sent", now, actor.name, notice.id, notice.title, notice.total))
    if known is None:
        return after, tuple(events)
    taken = next(p.id for p in dossier.payments if p.notice_id == known.id)
    return payments.settled_anew(after, now, now, calendar, tuple(events), ended_by=taken)


def cancel_notice(
    dossier: Dossier, command: CancelNotice, actor: Officer, now: datetime, calendar: Calendar
) -> Outcome:
    """Close an open notice with a reason; never resumes case 2, lets the acceptance clock of case 1 go on."""
    closed = close_notice(dossier, command.notice_id, NoticeState.CANCELLED, command.reason, now)
    closed = payments.waiting_where_it_waits(closed)
    if not gate_notices(closed):
        closed = acceptance.go_on(closed, now, calendar)
    cancelled = HistoryItem("notice_cancelled", now, actor.name, command.notice_id, command.reason)
    after, opened = refunds.reconciled(closed, now)
    return after, (cancelled, *opened)


def tick_paid(dossier: Dossier, command: TickPaid, actor: Officer, now: datetime, calendar: Calendar) -> Outcome:
    """Record money taken in person; it counts from the moment the desk recorded it, never the document's date.

    Money for a notice that never came (refused, or lost with a portal's last hours) stands beside a closed notice of
    its id, to be given back or used otherwise; should the notice still come, it settles that.
    """
    payment = counter_payment(command, dossier, actor, now)
    if find(dossier, command.notice_id) is None:
        unknown = made_notice(dossier, command.notice_id, NEVER_CAME, (), actor, now)
        closed = replace(unknown, state=NoticeState.CANCELLED, gating=False, for_pause=None, closed_at=now)
        dossier = replace(dossier, notices=(*dossier.notices, closed))
    return payments.record(dossier, payment, now, calendar)


def collect(dossier: Dossier, command: Collect, actor: Officer, now: datetime, calendar: Calendar) -> Outcome:
    """Thu tại quầy: a notice that goes by no channel, and its payment, in one deed.

    Where its notice stands already, the money joins it: a tick may have come first after a portal lost its last hours.
    """
    payment, known = counter_payment(command, dossier, actor, now), find(dossier, command.notice_id)
    if known is not None and known.lines:
        return payments.record(dossier, payment, now, calendar)
    notice = made_notice(dossier, command.notice_id, command.title, command.lines, actor, now)
    if known is not None:
        notice = replace(notice, number=known.number)
    if without_result(dossier):
        # Taken while nobody knew that the dossier had ended: the money is there, so it must be given back.
        notice = replace(notice, state=NoticeState.CANCELLED, closed_at=now)
    item = HistoryItem("collected", now, actor.name, notice.id, notice.title, notice.total)
    # Paid in the same breath: whether a suspended dossier waits for payment is seen after settling.
    added = replace(notice_added(_without(dossier, known), notice), sub_state=dossier.sub_state)
    standing = acceptance.stand(added, now, calendar)
    after, events = payments.record(standing, payment, now, calendar)
    return after, (item, *events)


def counter_payment(command: TickPaid | Collect, dossier: Dossier, actor: Officer, now: datetime) -> Payment:
    """Return the fact of money taken at the desk; who has lost the right to it meanwhile needs a second officer."""
    return Payment(
        needs_second=not rights.may(actor, NAMES[type(command)], dossier, now),
        id=command.payment_id,
        notice_id=command.notice_id,
        channel=command.channel,
        amount=command.amount,
        paid_at=min(command.made_at, now),
        recorded_at=min(command.made_at, now),
        payer=command.payer or dossier.submitter.name,
        reference=command.evidence.document_no,
        recorded_by=ref(actor),
        evidence=command.evidence,
    )


def waive(dossier: Dossier, command: Waive, actor: Officer, now: datetime, calendar: Calendar) -> Outcome:
    """Miễn: settles as *Miễn*, lifts the gate of case 1, resumes case 2 when nothing is owing any more."""
    if any(w.id == command.waiver_id for w in dossier.waivers):
        return dossier, ()
    if find(dossier, command.notice_id) is None:
        made = made_notice(dossier, command.notice_id, "Không phải nộp", command.lines, actor, now)
        dossier = replace(notice_added(dossier, made), sub_state=dossier.sub_state)
    notice = next(n for n in dossier.notices if n.id == command.notice_id)
    rest = rest_of(dossier, notice)
    amount = rest if command.line is None else min(rest, notice.lines[command.line].amount)
    waiver = Waiver(
        id=command.waiver_id,
        notice_id=notice.id,
        line=command.line,
        amount=amount,
        ground=command.ground,
        by=ref(actor),
        at=now,
        note=command.note,
        evidence=command.evidence,
    )
    waived = replace(dossier, waivers=(*dossier.waivers, waiver))
    item = HistoryItem("waived", now, actor.name, notice.id, command.ground, amount)
    return payments.settled_anew(waived, now, now, calendar, (item,))


def reverse_payment(
    dossier: Dossier, command: ReversePayment, actor: Officer, now: datetime, calendar: Calendar
) -> Outcome:
    """Ghi nhầm: the notice is open again, and what the payment had started stands again."""
    payment = next(p for p in dossier.payments if p.id == command.payment_id)
    after, events = payments.reverse(dossier, payment, ref(actor), command.reason, now, calendar)
    if gate_notices(after):
        after = acceptance.stand(after, now, calendar)
    return after, events


def confirm_payment(
    dossier: Dossier, command: ConfirmPayment, actor: Officer, now: datetime, calendar: Calendar
) -> Outcome:
    """The second officer confirms: what the payment settles and starts, happens now."""
    payment = next(p for p in dossier.payments if p.id == command.payment_id)
    return payments.confirm(dossier, payment, ref(actor), now, calendar)


def remind(dossier: Dossier, command: Remind, actor: Officer, now: datetime, _calendar: Calendar) -> Outcome:
    """Nhắc: the same debt goes out again by every channel that has an address."""
    notice = next(n for n in dossier.notices if n.id == command.notice_id)
    again = replace(
        notice,
        deliveries=sent_again(dossier, notice, now),
        copies=copies(dossier, now, notice.copies),
        reminded_at=now,
        reminders=notice.reminders + 1,
    )
    item = HistoryItem("reminded", now, actor.name, notice.id, amount=rest_of(dossier, notice))
    return with_notice(dossier, again), (item,)


def reach(dossier: Dossier, command: Reach, actor: Officer, now: datetime, _calendar: Calendar) -> Outcome:
    """Handed over or called: a delivery that an officer made himself."""
    notice = next(n for n in dossier.notices if n.id == command.notice_id)
    made = Delivery(command.channel, DeliveryState.DELIVERED, now, code=command.note)
    reached = replace(notice, deliveries=(*notice.deliveries, made))
    return with_notice(dossier, reached), (HistoryItem("reached", now, actor.name, notice.id, command.channel.value),)


def correct_contact(
    dossier: Dossier, command: CorrectContact, actor: Officer, now: datetime, _calendar: Calendar
) -> Outcome:
    """Correct telephone or e-mail of the submitter; open notices go to the corrected address at once."""
    command = rebased_contact(command, dossier)
    phone, email = command.phone or dossier.submitter.phone, command.email or dossier.submitter.email
    same = dossier.submitter == dossier.applicant
    submitter = replace(dossier.submitter, phone=phone, email=email)
    after = replace(dossier, submitter=submitter, applicant=submitter if same else dossier.applicant)
    for notice in open_notices(after):
        after = with_notice(after, replace(notice, deliveries=readdressed(after, notice, now)))
    return after, (HistoryItem("contact_corrected", now, actor.name),)


def decide_refund(
    dossier: Dossier, command: DecideRefund, actor: Officer, now: datetime, calendar: Calendar
) -> Outcome:
    """Choose which of two payments goes back, or allot the surplus one to an open notice; the other settles."""
    case = next(c for c in dossier.cases if c.id == command.case_id)
    decided = replace(case, payment_id=command.payment_id, decided_at=now, decided_by=ref(actor), method=command.method)
    item = HistoryItem("refund_decided", now, actor.name, case.id, command.method, case.amount)
    if not command.use_for:
        going_back = refunds.choose_refund(dossier, case, command.payment_id)
        after, cases = refunds.reconciled(_with_case(going_back, decided), now)
        return after, (item, *cases)
    chosen = next(p for p in dossier.payments if p.id == command.payment_id)
    moved = payments.with_payment(dossier, replace(chosen, used_for=command.use_for))
    closed = replace(decided, state=CaseState.CLOSED, closed_at=now, lapsed=True)
    return payments.settled_anew(_with_case(moved, closed), now, now, calendar, (item,), ended_by=command.payment_id)


def approve_refund(
    dossier: Dossier, command: ApproveRefund, actor: Officer, now: datetime, _calendar: Calendar
) -> Outcome:
    """Duyệt hoàn tiền: open → approved."""
    case = next(c for c in dossier.cases if c.id == command.case_id)
    approved = replace(case, state=CaseState.APPROVED, approved_at=now, approved_by=ref(actor), note=command.note)
    item = HistoryItem("refund_approved", now, actor.name, case.id, command.note, case.amount)
    return _with_case(dossier, approved), (item,)


def pay_refund(dossier: Dossier, command: PayRefund, actor: Officer, now: datetime, _calendar: Calendar) -> Outcome:
    """Đã hoàn: approved → refunded, with evidence; the payment holds so much less."""
    case = next(c for c in dossier.cases if c.id == command.case_id)
    paid = replace(
        case,
        state=CaseState.REFUNDED,
        amount=command.amount,
        refunded_at=now,
        refunded_by=ref(actor),
        evidence=command.evidence,
        lapsed=False,
    )
    payment = next(p for p in dossier.payments if p.id == case.payment_id)
    less = payments.with_payment(dossier, replace(payment, refunded=payment.refunded + command.amount))
    item = HistoryItem("refunded", now, actor.name, case.id, amount=command.amount)
    after, cases = refunds.reconciled(settle(_with_case(less, paid)), now)
    return after, (item, *cases)


def close_case(dossier: Dossier, command: CloseCase, actor: Officer, now: datetime, _calendar: Calendar) -> Outcome:
    """Khép: nothing more to do, with the reason."""
    case = next(c for c in dossier.cases if c.id == command.case_id)
    closed = replace(case, state=CaseState.CLOSED, closed_at=now, note=command.note)
    return _with_case(dossier, closed), (HistoryItem("case_closed", now, actor.name, case.id, command.note),)


def _without(dossier: Dossier, notice: Notice | None) -> Dossier:
    return replace(dossier, notices=tuple(n for n in dossier.notices if n is not notice))


def _with_case(dossier: Dossier, case: Case) -> Dossier:
    return replace(dossier, cases=tuple(case if c.id == case.id else c for c in dossier.cases))
