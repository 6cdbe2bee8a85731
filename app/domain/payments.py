"""Payments are facts; settlement says which notice they pay (design §7).

Stands apart because the counter's tick, the gateway's callback and the treasury's proof all end here. Nothing is ever
dropped: what a notice does not need opens a refund case. The first *committed* payment settles; order is the order
of ``Dossier.payments``, never a clock.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime

from app.domain.acceptance import go_on, start_anew
from app.domain.appointments import after_pause, paused_again
from app.domain.calendar import Calendar
from app.domain.dossier import Case, Dossier, HistoryItem, Notice, Outcome, Payment
from app.domain.notices import (
    fee_status,
    find,
    gate_notices,
    of_last_pause,
    rest_of,
    settled_of,
    with_notice,
)
from app.domain.people import OfficerRef
from app.domain.refunds import reconciled
from app.domain.second_officer import judged
from app.domain.settlement import settle, unpaid_state
from app.domain.words import (
    OPEN_NOTICE,
    CaseKind,
    CaseState,
    FeeStatus,
    LineKind,
    NoticeState,
    PauseKind,
    PaymentChannel,
    State,
    SubState,
)

_AT_ITS_OWN_TIME = frozenset({PaymentChannel.GATEWAY, PaymentChannel.TRANSFER})
_RESULT_READY = frozenset({State.COMPLETED, State.RETURNED})


def clock_moment(payment: Payment) -> datetime:
    """Return the instant from which this payment lets clocks run (design §6)."""
    return payment.paid_at if payment.channel in _AT_ITS_OWN_TIME else payment.recorded_at


def with_payment(dossier: Dossier, payment: Payment) -> Dossier:
    """Return the dossier with ``payment`` in place of the one of its id; nothing is settled."""
    return replace(dossier, payments=tuple(payment if p.id == payment.id else p for p in dossier.payments))


def record(
    dossier: Dossier, payment: Payment, now: datetime, calendar: Calendar
) -> Outcome:
    """Add a payment fact and draw all its consequences; a payment id already there changes nothing.

    Consequences: settlement, acceptance clock (case 1), resume to the same processor (case 2), refund case.
    """
    if any(p.id == payment.id for p in dossier.payments):
        return dossier, ()
    payment = judged(dossier, payment)
    by = payment.recorded_by.name if payment.recorded_by else ""
    event = HistoryItem("payment_recorded", now, by, payment.id, payment.gateway or payment.channel, payment.amount)
    if payment.channel is PaymentChannel.GATEWAY:
        dossier = stop_paying(dossier, payment.notice_id)
    added = replace(dossier, payments=(*dossier.payments, payment))
    return settled_anew(added, clock_moment(payment), now, calendar, (event,), ended_by=payment.id)


def confirm(
    dossier: Dossier, payment: Payment, by: OfficerRef, now: datetime, calendar: Calendar
) -> Outcome:
    """Let a payment count that waited for a second officer; clocks run since it was recorded."""
    confirmed = with_payment(dossier, replace(payment, confirmed_by=by))
    event = HistoryItem("payment_confirmed", now, by.name, payment.id, amount=payment.amount)
    moment = clock_moment(payment)
    return settled_anew(confirmed, moment, now, calendar, (event,), ended_by=payment.id)


def settled_anew(
    dossier: Dossier,
    moment: datetime,
    now: datetime,
    calendar: Calendar,
    events: tuple[HistoryItem, ...],
    *,
    ended_by: str = "",
) -> Outcome:
    """Draw all consequences of changed facts; ``moment``: since when clocks run, ``ended_by``: the payment that did it.

    The acceptance clock starts anew when a payment has lifted the gate, and goes on when a waiver has.
    """
    was, gated = dossier.fee_status, bool(gate_notices(dossier))
    after, cases = reconciled(settle(dossier), now)
    events = (*events, *cases)
    if after.fee_status is FeeStatus.PAID and was is not FeeStatus.PAID:
        after = replace(after, paid_since=now)
    if gated and ended_by:
        after = start_anew(after, moment, calendar)
    elif gated:
        after = go_on(after, now, calendar)
    if not may_resume(after):
        return waiting_where_it_waits(after), events
    resumed, item = resume(after, moment, now, calendar, ended_by=ended_by)
    return resumed, (*events, item)


def waiting_where_it_waits(dossier: Dossier) -> Dossier:
    """Return a suspended dossier with the sub-state of its notices: waiting for payment only while one is open."""
    if dossier.state is not State.AWAITING_OBLIGATION:
        return dossier
    if any(n.state in OPEN_NOTICE for n in of_last_pause(dossier)):
        return replace(dossier, sub_state=SubState.AWAITING_PAYMENT)
    if dossier.sub_state is SubState.AWAITING_PAYMENT:
        return replace(dossier, sub_state=SubState.DESK_ACCEPTED)
    return dossier


def reverse(
    dossier: Dossier, payment: Payment, by: OfficerRef, reason: str, now: datetime, calendar: Calendar
) -> Outcome:
    """Take a wrongly recorded payment back: the notice is open again, and so is a pause that it had ended.

    A dossier already in 9 or 10 keeps its state and gets a shortfall case for what is owing again.
    """
    marked = replace(payment, reversed=True, reversed_at=now, reversed_by=by, reversed_reason=reason)
    after, cases = reconciled(settle(replace(with_payment(dossier, marked), paid_since=None)), now)
    events = (HistoryItem("payment_reversed", now, by.name, payment.id, reason, payment.amount), *cases)
    if after.state in _RESULT_READY:
        return _open_shortfall(after, payment, now, events)
    return waiting_where_it_waits(_suspend_again(after, calendar) if _obliged_again(after) else after), events


def _obliged_again(dossier: Dossier) -> bool:
    """A processed dossier whose last suspension is no longer covered: half of its money never was."""
    if dossier.state is not State.PROCESSING or not dossier.pauses or dossier.suspension is None:
        return False
    return dossier.pauses[-1].kind is PauseKind.FINANCIAL_OBLIGATION and not _covered(dossier)


def _open_shortfall(
    dossier: Dossier, payment: Payment, now: datetime, events: tuple[HistoryItem, ...]
) -> Outcome:
    notice = find(dossier, payment.pays)
    missing = rest_of(dossier, notice) if notice else 0
    if missing <= 0 or not payment.settled:
        return dossier, events
    identity = str(uuid.uuid5(uuid.NAMESPACE_OID, f"shortfall:{payment.id}"))
    case = Case(identity, CaseKind.SHORTFALL, CaseState.OPEN, missing, payment.id, payment.pays, opened_at=now)
    item = HistoryItem("case_opened", now, "", identity, "shortfall", missing)
    return replace(dossier, cases=(*dossier.cases, case)), (*events, item)


def _suspend_again(dossier: Dossier, calendar: Calendar) -> Dossier:
    """A proposal that waits for the head lapses, and its processor has the dossier back: it built on this money."""
    return replace(
        paused_again(dossier, calendar),
        state=State.AWAITING_OBLIGATION,
        sub_state=SubState.AWAITING_PAYMENT,
        assigned_to=None,
        return_to=dossier.return_to or dossier.assigned_to,
        approvals=tuple(one for one in dossier.approvals if one.approved is not None),
    )


def may_resume(dossier: Dossier) -> bool:
    """Say whether every NVTC line of the suspension is settled or waived and no notice of it is open."""
    return dossier.state is State.AWAITING_OBLIGATION and _covered(dossier)


def _covered(dossier: Dossier) -> bool:
    own = of_last_pause(dossier)
    done = [n for n in own if n.state in (NoticeState.PAID, NoticeState.WAIVED)]
    obliged = dossier.suspension.nvtc_amount if dossier.suspension else 0
    covered = [line.amount for n in done for line in n.lines if line.kind is LineKind.NVTC]
    return bool(covered) and sum(covered) >= obliged and not any(n.state in OPEN_NOTICE for n in own)


def resume(
    dossier: Dossier, moment: datetime, now: datetime, calendar: Calendar, *, ended_by: str = ""
) -> tuple[Dossier, HistoryItem]:
    """Return the dossier running again, with the same processor; the appointment is laid out from ``moment``."""
    resumed = replace(
        dossier,
        state=State.PROCESSING,
        sub_state=None,
        assigned_to=dossier.return_to,
        assigned_at=now,
        return_to=None,
    )
    if dossier.pauses and dossier.pauses[-1].ended_at is None:
        resumed = after_pause(resumed, moment, calendar, ended_by=ended_by)
    name = dossier.return_to.name if dossier.return_to else ""
    return resumed, HistoryItem("resumed", now, "", note=name)


def begin_paying(dossier: Dossier, notice_id: str, gateway: str, now: datetime) -> Dossier:
    """Mark an open notice as being paid online right now."""
    notice = find(dossier, notice_id)
    if notice is None or notice.state not in OPEN_NOTICE:
        return dossier
    return _marked(dossier, notice, state=NoticeState.PAYING, paying_since=now, paying_with=gateway)


def stop_paying(dossier: Dossier, notice_id: str) -> Dossier:
    """Take the mark back when the payment session ended without money."""
    notice = find(dossier, notice_id)
    if notice is None or notice.state is not NoticeState.PAYING:
        return dossier
    state = NoticeState.PARTLY_PAID if settled_of(dossier, notice_id) else unpaid_state(notice)
    return _marked(dossier, notice, state=state, paying_since=None, paying_with="")


def mark_viewed(dossier: Dossier, notice_id: str, now: datetime) -> Dossier:
    """Remember that the citizen has seen the notice."""
    notice = find(dossier, notice_id)
    if notice is None or notice.viewed_at is not None:
        return dossier
    state = NoticeState.VIEWED if notice.state is NoticeState.SENT else notice.state
    return _marked(dossier, notice, state=state, viewed_at=now)


def _marked(dossier: Dossier, notice: Notice, **changes: object) -> Dossier:
    marked = with_notice(dossier, replace(notice, **changes))  # type: ignore[arg-type]
    return replace(marked, fee_status=fee_status(marked))
