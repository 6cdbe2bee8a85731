"""Payments are facts; settlement says which notice they pay (design §7).

Stands apart because the counter's tick, the gateway's callback and the treasury's proof all end here. Nothing is ever
dropped: what a notice does not need opens a refund case. The first *committed* payment settles; order is the order
of ``Dossier.payments``, never a clock.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime

from app.domain.acceptance import start_anew
from app.domain.calendar import Calendar
from app.domain.deadline import shift
from app.domain.dossier import Case, Dossier, HistoryItem, Notice, Payment
from app.domain.notices import fee_status, open_notices, settled_of
from app.domain.words import (
    OPEN_NOTICE,
    CaseKind,
    CaseState,
    FeeStatus,
    LineKind,
    NoticeState,
    PaymentChannel,
    State,
)

_AT_ITS_OWN_TIME = frozenset({PaymentChannel.GATEWAY, PaymentChannel.TRANSFER})
_NOT_SETTLING = frozenset({NoticeState.CANCELLED, NoticeState.SUPERSEDED, NoticeState.DRAFT, NoticeState.WAIVED})


def case_id(payment_id: str) -> str:
    """Return the id of the refund case of a payment: the same on desk and portal."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"refund:{payment_id}"))


def clock_moment(payment: Payment) -> datetime:
    """Return the instant from which this payment lets clocks run (design §6)."""
    return payment.paid_at if payment.channel in _AT_ITS_OWN_TIME else payment.recorded_at


def settle(dossier: Dossier) -> Dossier:
    """Return the dossier with settlements, notice states and ``fee_status`` recomputed from its facts."""
    by_id = {p.id: 0 for p in dossier.payments}
    given_back = _given_back(dossier)
    notices = []
    for notice in dossier.notices:
        rest = 0 if notice.state in _NOT_SETTLING else notice.total
        paying = [p for p in dossier.payments if p.notice_id == notice.id and not p.reversed]
        for payment in paying:
            by_id[payment.id] = min(rest, max(0, payment.amount - given_back.get(payment.id, 0)))
            rest -= by_id[payment.id]
        notices.append(_with_state(notice, rest))
    payments = tuple(replace(p, settled=by_id[p.id]) if p.settled != by_id[p.id] else p for p in dossier.payments)
    settled = replace(dossier, notices=tuple(notices), payments=payments)
    return replace(settled, fee_status=fee_status(settled))


def _given_back(dossier: Dossier) -> dict[str, int]:
    """Return what the refund cases give back of each payment, in đồng: that part settles nothing any more."""
    sums: dict[str, int] = {}
    for case in dossier.cases:
        if case.kind is CaseKind.REFUND:
            sums[case.payment_id] = sums.get(case.payment_id, 0) + case.amount
    return sums


def _with_state(notice: Notice, rest: int) -> Notice:
    if notice.state in _NOT_SETTLING:
        return notice
    if rest == 0:
        state = NoticeState.PAID
    elif rest < notice.total:
        state = NoticeState.PAYING if notice.state is NoticeState.PAYING else NoticeState.PARTLY_PAID
    else:
        state = notice.state if notice.state not in (NoticeState.PAID, NoticeState.PARTLY_PAID) else _unpaid(notice)
    return notice if state is notice.state else replace(notice, state=state)


def _unpaid(notice: Notice) -> NoticeState:
    return NoticeState.VIEWED if notice.viewed_at else NoticeState.SENT


def surplus_cases(dossier: Dossier, now: datetime) -> tuple[Dossier, tuple[HistoryItem, ...]]:
    """Open a refund case for every surplus that has none yet; existing cases keep their life."""
    known = {c.payment_id for c in dossier.cases if c.kind is CaseKind.REFUND}
    cases, events = list(dossier.cases), []
    for payment in dossier.payments:
        surplus = 0 if payment.reversed else payment.amount - payment.settled
        if surplus <= 0 or payment.id in known:
            continue
        identity = case_id(payment.id)
        cases.append(
            Case(identity, CaseKind.REFUND, CaseState.OPEN, surplus, payment.id, payment.notice_id, opened_at=now)
        )
        events.append(HistoryItem("case_opened", now, "", identity, amount=surplus))
    return replace(dossier, cases=tuple(cases)), tuple(events)


def record(
    dossier: Dossier, payment: Payment, now: datetime, calendar: Calendar
) -> tuple[Dossier, tuple[HistoryItem, ...]]:
    """Add a payment fact and draw all its consequences; a payment id already there changes nothing.

    Consequences: settlement, acceptance clock (case 1), resume to the same processor (case 2), refund case.
    """
    if any(p.id == payment.id for p in dossier.payments):
        return dossier, ()
    by = payment.recorded_by.name if payment.recorded_by else ""
    event = HistoryItem("payment_recorded", now, by, payment.id, payment.gateway or payment.channel, payment.amount)
    was = dossier.fee_status
    if payment.channel is PaymentChannel.GATEWAY:
        dossier = stop_paying(dossier, payment.notice_id)
    after = settle(replace(dossier, payments=(*dossier.payments, payment)))
    after, opened = surplus_cases(after, now)
    events = (event, *opened)
    if after.fee_status is FeeStatus.PAID and was is not FeeStatus.PAID:
        after = replace(after, paid_since=now)
        after = start_anew(after, clock_moment(payment), calendar)
    if may_resume(after):
        after, resumed = resume(after, clock_moment(payment), now, calendar)
        events = (*events, resumed)
    return after, events


def may_resume(dossier: Dossier) -> bool:
    """Say whether every NVTC line of the suspension is settled or waived and no notice of it is open."""
    if dossier.state is not State.AWAITING_OBLIGATION:
        return False
    own = [n for n in dossier.notices if n.for_pause == len(dossier.pauses) - 1]
    done = [n for n in own if n.state in (NoticeState.PAID, NoticeState.WAIVED)]
    obliged = dossier.suspension.nvtc_amount if dossier.suspension else 0
    covered = sum(line.amount for n in done for line in n.lines if line.kind is LineKind.NVTC)
    return 0 < obliged <= covered and not any(n.state in OPEN_NOTICE for n in own)


def resume(dossier: Dossier, moment: datetime, now: datetime, calendar: Calendar) -> tuple[Dossier, HistoryItem]:
    """Return the dossier running again, with the same processor; remaining minutes are laid out from ``moment``."""
    pause = dossier.pauses[-1]
    resumed = replace(
        dossier,
        state=State.PROCESSING,
        sub_state=None,
        due_at=shift(calendar, moment, pause.remaining_minutes),
        pauses=(*dossier.pauses[:-1], replace(pause, ended_at=moment)),
        assigned_to=dossier.return_to,
        assigned_at=now,
        return_to=None,
    )
    name = dossier.return_to.name if dossier.return_to else ""
    return resumed, HistoryItem("resumed", now, "", note=name)


def begin_paying(dossier: Dossier, notice_id: str, gateway: str, now: datetime) -> Dossier:
    """Mark an open notice as being paid online right now."""
    if not any(n.id == notice_id for n in open_notices(dossier)):
        return dossier
    return _mark(dossier, notice_id, state=NoticeState.PAYING, paying_since=now, paying_with=gateway)


def stop_paying(dossier: Dossier, notice_id: str) -> Dossier:
    """Take the mark back when the payment session ended without money."""
    notice = next((n for n in dossier.notices if n.id == notice_id), None)
    if notice is None or notice.state is not NoticeState.PAYING:
        return dossier
    state = NoticeState.PARTLY_PAID if settled_of(dossier, notice_id) else _unpaid(notice)
    return _mark(dossier, notice_id, state=state, paying_since=None, paying_with="")


def mark_viewed(dossier: Dossier, notice_id: str, now: datetime) -> Dossier:
    """Remember that the citizen has seen the notice."""
    notice = next((n for n in dossier.notices if n.id == notice_id), None)
    if notice is None or notice.viewed_at is not None:
        return dossier
    state = NoticeState.VIEWED if notice.state is NoticeState.SENT else notice.state
    return _mark(dossier, notice_id, state=state, viewed_at=now)


def _mark(dossier: Dossier, notice_id: str, **changes: object) -> Dossier:
    notices = tuple(replace(n, **changes) if n.id == notice_id else n for n in dossier.notices)  # type: ignore[arg-type]
    marked = replace(dossier, notices=notices)
    return replace(marked, fee_status=fee_status(marked))


def choose_refund(dossier: Dossier, case: Case, payment_id: str) -> Dossier:
    """Return the dossier with ``payment_id`` as the payment of ``case`` that goes back; earlier choices stay."""
    cases = tuple(replace(c, payment_id=payment_id) if c.id == case.id else c for c in dossier.cases)
    going_back = {c.payment_id for c in cases if c.id == case.id or c.decided_at is not None}
    payments = tuple(
        replace(p, to_refund=p.id in going_back) if p.notice_id == case.notice_id else p for p in dossier.payments
    )
    return settle(replace(dossier, payments=payments, cases=cases))


def cases_match(dossier: Dossier, notice_id: str) -> bool:
    """Say whether every surplus of the notice's payments is exactly what their refund cases give back."""
    given_back = _given_back(dossier)
    own = [p for p in dossier.payments if p.notice_id == notice_id and not p.reversed]
    return all(p.amount - p.settled == given_back.get(p.id, 0) for p in own)
