"""Settlement: which notice each payment pays, recomputed from facts alone (design §7).

Stands apart because it is the one arithmetic of money: deterministic, without clock, and safe to run again at any time.
The first committed payment settles; one chosen to be refunded comes last.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.dossier import Dossier, Notice, Payment
from app.domain.notices import due_of, fee_status
from app.domain.words import DROPPED_NOTICE, WITHOUT_RESULT, NoticeState, State

_SETTLED_STATES = frozenset({NoticeState.PAID, NoticeState.PARTLY_PAID, NoticeState.WAIVED})


def settle(dossier: Dossier) -> Dossier:
    """Return the dossier with settlements, notice states and ``fee_status`` recomputed from its facts."""
    by_id = {p.id: 0 for p in dossier.payments}
    in_turn = _in_turn(dossier.payments)
    notices = []
    for notice in dossier.notices:
        paying = [p for p in in_turn if p.pays == notice.id]
        due = rest = _due(dossier, notice, paying)
        for payment in paying:
            by_id[payment.id] = min(rest, payment.held)
            rest -= by_id[payment.id]
        notices.append(_with_state(notice, due, rest))
    payments = tuple(replace(p, settled=by_id[p.id]) if p.settled != by_id[p.id] else p for p in dossier.payments)
    settled = replace(dossier, notices=tuple(notices), payments=payments)
    return replace(settled, fee_status=fee_status(settled))


def _in_turn(payments: tuple[Payment, ...]) -> list[Payment]:
    """Return payments as they settle: in commit order, but one chosen to go back after all there were at that time.

    A payment that comes later never moves what was decided before it.
    """
    turns = {p.id: (p.yields_to - 1, 1) if p.to_refund else (at, 0) for at, p in enumerate(payments)}
    return sorted(payments, key=lambda p: turns[p.id])


def without_result(dossier: Dossier) -> bool:
    """Say whether the dossier ended without its result: refused, withdrawn, or stopped for good."""
    for_good = dossier.state is State.STOPPED and dossier.stop is not None and dossier.stop.ends
    return dossier.state in WITHOUT_RESULT or for_good


def over(dossier: Dossier) -> bool:
    """Say whether nothing leads on: the result was handed over, or there will be none."""
    return dossier.state is State.RETURNED or without_result(dossier)


def _due(dossier: Dossier, notice: Notice, paying: list[Payment]) -> int:
    if notice.state in DROPPED_NOTICE:
        return 0
    due = due_of(dossier, notice)
    if without_result(dossier):
        # Nothing more is asked of a refused or withdrawn dossier: what went back does not make its notice open again.
        return min(due, sum(p.held for p in paying))
    return due


def _with_state(notice: Notice, due: int, rest: int) -> Notice:
    if notice.state in DROPPED_NOTICE:
        return notice
    if due == 0:
        state = NoticeState.CANCELLED if notice.state is NoticeState.PAID else NoticeState.WAIVED
    elif rest == 0:
        state = NoticeState.PAID
    elif rest < due:
        state = NoticeState.PAYING if notice.state is NoticeState.PAYING else NoticeState.PARTLY_PAID
    else:
        state = notice.state if notice.state not in _SETTLED_STATES else unpaid_state(notice)
    return notice if state is notice.state else replace(notice, state=state)


def unpaid_state(notice: Notice) -> NoticeState:
    """Return the state of an open notice without money: seen or only sent."""
    return NoticeState.VIEWED if notice.viewed_at else NoticeState.SENT
