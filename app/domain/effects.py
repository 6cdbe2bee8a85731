"""What each command does to a dossier, once the table has said yes.

Stands apart from ``transitions`` so that the table stays data. Every effect is pure: dossier, command, actor, now and
calendar in; the new dossier and the events of its history out. What only the portal can give (numbers, deliveries'
fate) stays empty here and is filled by the portal in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.domain import acceptance, payments
from app.domain.calendar import Calendar
from app.domain.commands import (
    AcceptSupplement,
    CancelNotice,
    Complete,
    DecideRefund,
    Forward,
    Notify,
    Receive,
    Refuse,
    Return,
    Suspend,
    TickPaid,
)
from app.domain.deadline import due, working_minutes
from app.domain.dossier import (
    Delivery,
    Dossier,
    HistoryItem,
    Notice,
    Officer,
    Pause,
    Payment,
    Step,
    Suspension,
    ref,
)
from app.domain.notices import fee_status, find, gate_notices, open_notices, owing
from app.domain.words import (
    DeliveryChannel,
    DeliveryState,
    NoticeState,
    PauseKind,
    State,
    SubState,
)

Outcome = tuple[Dossier, tuple[HistoryItem, ...]]
Effect = Callable[[Dossier, Any, Officer, datetime, Calendar], Outcome]


def receive(dossier: Dossier, _command: Receive, actor: Officer, now: datetime, calendar: Calendar) -> Outcome:
    """1 → 2: the legal time starts; number and register entry come from the portal."""
    limit = dossier.procedure
    received = replace(
        dossier,
        state=State.RECEIVED,
        received_at=now,
        received_by=ref(actor),
        due_at=due(calendar, now, limit.limit_amount, limit.limit_unit),
        accept_by=None,
        accept_remaining_minutes=None,
        paid_since=None,
        step=dossier.procedure.steps[0],
    )
    return received, (HistoryItem("received", now, actor.name),)


def refuse(dossier: Dossier, command: Refuse, actor: Officer, now: datetime, _calendar: Calendar) -> Outcome:
    """1 → 3: open notices are cancelled and anything paid opens a refund case, in the same breath."""
    closed, events = _close_notices(dossier, command.reason, actor, now)
    refused = replace(closed, state=State.REFUSED, accept_by=None, end_reason=command.reason, paid_since=None)
    return _refund_all(refused, now, (HistoryItem("refused", now, actor.name, note=command.reason), *events))


def forward(dossier: Dossier, command: Forward, actor: Officer, now: datetime, _calendar: Calendar) -> Outcome:
    """2 or 4 → 4 at the next step, with a person or in a unit's queue."""
    step = _next_step(dossier, command.to_unit_id)
    moved = replace(
        dossier,
        state=State.PROCESSING,
        step=step,
        assigned_to=command.to_officer,
        assigned_at=now,
        paid_since=None,
    )
    target = command.to_officer.name if command.to_officer else command.to_unit_id
    note = f"{step.name} – {target}" + (f": {command.comment}" if command.comment else "")
    return moved, (HistoryItem("forwarded", now, actor.name, note=note),)


def _next_step(dossier: Dossier, unit_id: str) -> Step:
    steps = dossier.procedure.steps
    keys = [step.key for step in steps]
    at = keys.index(dossier.step.key) if dossier.step and dossier.step.key in keys else 0
    following = steps[min(at + 1, len(steps) - 1)]
    return replace(following, unit_id=unit_id)


def suspend(dossier: Dossier, command: Suspend, actor: Officer, now: datetime, calendar: Calendar) -> Outcome:
    """4 → 6: the clock stops with what is left, the dossier returns to the desk, its processor is remembered."""
    left = working_minutes(calendar, now, dossier.due_at) if dossier.due_at else 0
    known = command.nvtc_amount > 0
    suspended = replace(
        dossier,
        state=State.AWAITING_OBLIGATION,
        sub_state=SubState.DESK_TO_NOTIFY if known else SubState.AWAITING_TAX_NOTICE,
        pauses=(*dossier.pauses, Pause(PauseKind.FINANCIAL_OBLIGATION, now, left)),
        suspension=Suspension(
            reason=command.reason,
            at=now,
            by=ref(actor),
            nvtc_amount=command.nvtc_amount,
            tax_notice_no=command.tax_notice_no,
            tax_notice_date=command.tax_notice_date,
            treasury_account=command.treasury_account,
            files=command.files,
        ),
        assigned_to=None,
        return_to=dossier.assigned_to,
        paid_since=None,
    )
    return suspended, (HistoryItem("suspended", now, actor.name, note=command.reason, amount=command.nvtc_amount),)


def accept_supplement(
    dossier: Dossier, _command: AcceptSupplement, actor: Officer, now: datetime, _calendar: Calendar
) -> Outcome:
    """6/desk_to_notify → 6/desk_accepted: the clock goes on standing."""
    return (
        replace(dossier, sub_state=SubState.DESK_ACCEPTED),
        (HistoryItem("supplement_accepted", now, actor.name),),
    )


def complete(dossier: Dossier, command: Complete, actor: Officer, now: datetime, _calendar: Calendar) -> Outcome:
    """4 → 9: the result is ready; early, on time or late is judged by this date."""
    done = replace(
        dossier,
        state=State.COMPLETED,
        sub_state=SubState.POSTING if dossier.result_channel == "post" else SubState.AWAITING_PICKUP,
        completed_at=now,
        assigned_to=None,
        result_files=command.result_files,
        paid_since=None,
    )
    return done, (HistoryItem("completed", now, actor.name, note=command.comment),)


def return_result(dossier: Dossier, command: Return, actor: Officer, now: datetime, _calendar: Calendar) -> Outcome:
    """9 → 10: the result is handed over; notices still open stay as they are, with the written reason."""
    item = HistoryItem("returned", now, actor.name, note=command.reason, amount=owing(dossier))
    returned = replace(
        dossier,
        state=State.RETURNED,
        sub_state=None,
        returned_at=now,
        returned_to=command.to_name,
        end_reason=command.reason,
        paid_since=None,
    )
    return returned, (item,)


def notify(dossier: Dossier, command: Notify, actor: Officer, now: datetime, calendar: Calendar) -> Outcome:
    """Send a fee notice by every channel the citizen registered; in case 1 it gates, in case 2 it serves the pause."""
    if find(dossier, command.notice_id):
        return dossier, ()
    suspended = dossier.state is State.AWAITING_OBLIGATION
    events: list[HistoryItem] = []
    if command.replaces:
        dossier = _close(dossier, command.replaces, NoticeState.SUPERSEDED, command.reason, now)
        events.append(HistoryItem("notice_superseded", now, actor.name, command.replaces, command.reason))
        dossier, opened = payments.surplus_cases(dossier, now)
        events.extend(opened)
    notice = Notice(
        id=command.notice_id,
        number=max((n.number for n in dossier.notices), default=0) + 1,
        title=command.title,
        lines=command.lines,
        state=NoticeState.SENT,
        sent_by=ref(actor),
        sent_at=now,
        gating=dossier.state is State.SUBMITTED,
        for_pause=len(dossier.pauses) - 1 if suspended else None,
        pay_by=command.pay_by,
        files=command.files,
        deliveries=deliveries(dossier, now),
        replaces=command.replaces,
    )
    after = replace(dossier, notices=(*dossier.notices, notice), paid_since=None)
    if suspended:
        after = replace(after, sub_state=SubState.AWAITING_PAYMENT)
    after = acceptance.stand(replace(after, fee_status=fee_status(after)), now, calendar)
    events.append(HistoryItem("notice_sent", now, actor.name, notice.id, notice.title, notice.total))
    return after, tuple(events)


def deliveries(dossier: Dossier, now: datetime) -> tuple[Delivery, ...]:
    """Return one delivery per channel of the officer guide, to the submitter; a missing address is said at once."""
    to = dossier.submitter
    addresses = (
        (DeliveryChannel.ACCOUNT, to.account),
        (DeliveryChannel.EMAIL, to.email),
        (DeliveryChannel.SMS, to.phone),
    )
    return tuple(
        Delivery(channel, DeliveryState.QUEUED if address else DeliveryState.NO_ADDRESS, now, address)
        for channel, address in addresses
    )


def cancel_notice(
    dossier: Dossier, command: CancelNotice, actor: Officer, now: datetime, calendar: Calendar
) -> Outcome:
    """Close an open notice with a reason; never resumes case 2, lets the acceptance clock of case 1 go on."""
    closed = _close(dossier, command.notice_id, NoticeState.CANCELLED, command.reason, now)
    waiting = closed.sub_state is SubState.AWAITING_PAYMENT and not any(
        n.for_pause == len(closed.pauses) - 1 for n in open_notices(closed)
    )
    if waiting:
        closed = replace(closed, sub_state=SubState.DESK_ACCEPTED)
    if not gate_notices(closed):
        closed = acceptance.go_on(closed, now, calendar)
    cancelled = HistoryItem("notice_cancelled", now, actor.name, command.notice_id, command.reason)
    after, opened = payments.surplus_cases(closed, now)
    return after, (cancelled, *opened)


def tick_paid(dossier: Dossier, command: TickPaid, actor: Officer, now: datetime, calendar: Calendar) -> Outcome:
    """Record money taken in person; it counts from the moment the desk recorded it, never the document's date."""
    payment = Payment(
        id=command.payment_id,
        notice_id=command.notice_id,
        channel=command.channel,
        amount=command.amount,
        paid_at=min(command.made_at, now),
        recorded_at=min(command.made_at, now),
        payer=command.payer,
        reference=command.evidence.document_no,
        recorded_by=ref(actor),
        evidence=command.evidence,
    )
    return payments.record(dossier, payment, now, calendar)


def decide_refund(
    dossier: Dossier, command: DecideRefund, actor: Officer, now: datetime, _calendar: Calendar
) -> Outcome:
    """Choose which of two payments goes back; the other settles. Paying it back is the cashier's next step."""
    case = next(c for c in dossier.cases if c.id == command.case_id)
    chosen = payments.choose_refund(dossier, case, command.payment_id)
    cases = tuple(
        replace(c, decided_at=now, decided_by=ref(actor), method=command.method) if c.id == case.id else c
        for c in chosen.cases
    )
    item = HistoryItem("refund_decided", now, actor.name, case.id, command.method, case.amount)
    return replace(chosen, cases=cases), (item,)


def _close(dossier: Dossier, notice_id: str, state: NoticeState, reason: str, now: datetime) -> Dossier:
    notices = tuple(
        replace(n, state=state, closed_reason=reason, closed_at=now) if n.id == notice_id else n
        for n in dossier.notices
    )
    return payments.settle(replace(dossier, notices=notices))


def _close_notices(dossier: Dossier, reason: str, actor: Officer, now: datetime) -> Outcome:
    events: tuple[HistoryItem, ...] = ()
    for notice in open_notices(dossier):
        dossier = _close(dossier, notice.id, NoticeState.CANCELLED, reason, now)
        events = (*events, HistoryItem("notice_cancelled", now, actor.name, notice.id, reason))
    return dossier, events


def _refund_all(dossier: Dossier, now: datetime, events: tuple[HistoryItem, ...]) -> Outcome:
    after, opened = payments.surplus_cases(dossier, now)
    return after, (*events, *opened)
