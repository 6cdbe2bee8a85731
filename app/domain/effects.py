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

from app.domain import payments, refunds
from app.domain.appointments import promised
from app.domain.calendar import Calendar
from app.domain.commands import (
    AddTaxNotice,
    CancelSuspension,
    Complete,
    Forward,
    Receive,
    Refuse,
    Resume,
    Return,
    SendBack,
    Suspend,
)
from app.domain.deadline import working_minutes
from app.domain.dossier import Dossier, Hand, HistoryItem, Outcome, Pause, Payment, Step, Suspension
from app.domain.handling import Collected, Result
from app.domain.notice_making import close_open_notices, notice_added, treasury_notice, treasury_notice_id
from app.domain.notices import owing
from app.domain.people import Officer, ref
from app.domain.settlement import settle
from app.domain.words import PauseKind, PaymentChannel, State, SubState

Effect = Callable[[Dossier, Any, Officer, datetime, Calendar], Outcome]


def receive(dossier: Dossier, command: Receive, actor: Officer, now: datetime, calendar: Calendar) -> Outcome:
    """1 → 2: the legal time starts; number and register entry come from the portal."""
    received = replace(
        dossier,
        state=State.RECEIVED,
        received_at=now,
        received_by=ref(actor),
        due_at=promised(dossier, now, calendar),
        accept_by=None,
        accept_remaining_minutes=None,
        paid_since=None,
        step=dossier.procedure.steps[0],
        step_at=now,
    )
    return received, (HistoryItem("received", now, actor.name, note=command.reason, amount=owing(dossier)),)


def refuse(dossier: Dossier, command: Refuse, actor: Officer, now: datetime, calendar: Calendar) -> Outcome:
    """1 → 3: open notices are cancelled and all money held opens a refund case, in the same breath."""
    item = HistoryItem("refused", now, actor.name, note=command.reason)
    return end(dossier, State.REFUSED, command.reason, item, now)


def withdraw(dossier: Dossier, now: datetime, reason: str) -> Outcome:
    """Any open state → 7 at the citizen's wish; the money is treated as in a refusal."""
    return end(dossier, State.WITHDRAWN, reason, HistoryItem("withdrawn", now, "", note=reason), now)


def end(dossier: Dossier, state: State, reason: str, item: HistoryItem, now: datetime) -> Outcome:
    """End a dossier without its result: cancel open notices, open refund cases for what was paid."""
    closed, cancelled = close_open_notices(dossier, reason, item.by, now)
    ended = replace(
        closed, state=state, sub_state=None, accept_by=None, end_reason=reason, paid_since=None, assigned_to=None
    )
    after, opened = refunds.reconciled(settle(ended), now)
    return after, (item, *cancelled, *opened)


def forward(dossier: Dossier, command: Forward, actor: Officer, now: datetime, _calendar: Calendar) -> Outcome:
    """2 or 4 → 4 at the next step, with a person or in a unit's queue."""
    step = _next_step(dossier, command.to_unit_id)
    moved = replace(
        dossier,
        state=State.PROCESSING,
        step=step,
        step_at=dossier.step_at if dossier.step and dossier.step.key == step.key else now,
        assigned_to=command.to_officer,
        assigned_at=now,
        hands=(*dossier.hands, *_hand(dossier, actor, now)),
        paid_since=None,
    )
    target = command.to_officer.name if command.to_officer else command.to_unit_id
    note = f"{step.name} – {target}" + (f": {command.comment}" if command.comment else "")
    return moved, (HistoryItem("forwarded", now, actor.name, note=note),)


def _hand(dossier: Dossier, actor: Officer, now: datetime) -> tuple[Hand, ...]:
    """Return the way back to whoever has the dossier now."""
    return (Hand(dossier.step, dossier.assigned_to, now, actor.id),) if dossier.step else ()


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


def accept_obligation(dossier: Dossier, actor: Officer, now: datetime) -> Outcome:
    """6/desk_to_notify → 6/desk_accepted: the clock goes on standing."""
    return replace(dossier, sub_state=SubState.DESK_ACCEPTED), (HistoryItem("supplement_accepted", now, actor.name),)


def add_tax_notice(
    dossier: Dossier, command: AddTaxNotice, actor: Officer, now: datetime, _calendar: Calendar
) -> Outcome:
    """6/awaiting_tax_notice → 6/desk_to_notify: the sum is known now; one pause goes on."""
    before = dossier.suspension or Suspension("", now, ref(actor))
    known = replace(
        before,
        nvtc_amount=command.nvtc_amount,
        tax_notice_no=command.tax_notice_no,
        tax_notice_date=command.tax_notice_date,
        treasury_account=command.treasury_account,
        files=(*before.files, *command.files),
    )
    item = HistoryItem("tax_notice_added", now, actor.name, note=command.tax_notice_no, amount=command.nvtc_amount)
    return replace(dossier, sub_state=SubState.DESK_TO_NOTIFY, suspension=known), (item,)


def send_back(dossier: Dossier, command: SendBack, actor: Officer, now: datetime, _calendar: Calendar) -> Outcome:
    """6 at the desk → 6/awaiting_tax_notice with its processor: the clock goes on standing."""
    item = HistoryItem("sent_back", now, actor.name, note=command.reason)
    return replace(dossier, sub_state=SubState.AWAITING_TAX_NOTICE), (item,)


def cancel_suspension(
    dossier: Dossier, command: CancelSuspension, actor: Officer, now: datetime, calendar: Calendar
) -> Outcome:
    """6 → 4 while nothing is notified: the clock runs on with what was left."""
    resumed, item = payments.resume(dossier, now, now, calendar)
    cancelled = HistoryItem("suspension_cancelled", now, actor.name, note=command.reason)
    return replace(resumed, suspension=None), (cancelled, item)


def resume(dossier: Dossier, command: Resume, actor: Officer, now: datetime, calendar: Calendar) -> Outcome:
    """8 → 4; or 6 → 4 with the tax office's proof, which is first written as a payment to the treasury.

    A proof that comes when the dossier goes on already, or that covers only a part, is a payment all the same.
    """
    if dossier.state is State.STOPPED:
        resumed, item = payments.resume(dossier, now, now, calendar)
        return resumed, (item,)
    notice = treasury_notice(dossier, command, actor, now)
    with_notice = notice_added(dossier, notice) if notice else dossier
    payment = Payment(
        id=command.payment_id,
        notice_id=treasury_notice_id(dossier, command),
        channel=PaymentChannel.TREASURY,
        amount=command.amount,
        paid_at=min(command.made_at, now),
        recorded_at=min(command.made_at, now),
        payer=dossier.applicant.name,
        reference=command.evidence.document_no if command.evidence else "",
        recorded_by=ref(actor),
        evidence=command.evidence,
    )
    return payments.record(with_notice, payment, now, calendar)


def complete(dossier: Dossier, command: Complete, actor: Officer, now: datetime, _calendar: Calendar) -> Outcome:
    """4 → 9: the result is ready; early, on time or late is judged by this date."""
    done = replace(
        dossier,
        state=State.COMPLETED,
        sub_state=SubState.POSTING if dossier.result_channel == "post" else SubState.AWAITING_PICKUP,
        completed_at=now,
        assigned_to=None,
        result_files=command.result_files,
        result=Result(command.signature, command.signed_by) if command.result_files else None,
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
        collected=Collected(command.identity, command.signed, command.post_code),
        paid_since=None,
    )
    return returned, (item,)
