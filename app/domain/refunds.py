"""Refund cases: money that must go back, until a human has closed each one.

Stands apart from settlement: a case lives its own life (open, approved, refunded, closed) and is evidence at every
step. One rule keeps cases and money together: what a payment holds without a notice needing it is exactly what its
waiting cases give back; of a dossier that ended without result, all it holds that nobody decided to keep.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime

from app.domain.dossier import Case, Dossier, HistoryItem, Outcome, Payment
from app.domain.notices import find, rest_of
from app.domain.settlement import settle, without_result
from app.domain.words import CaseKind, CaseState

WAITING = frozenset({CaseState.OPEN, CaseState.APPROVED})


def case_id(payment_id: str, number: int = 0) -> str:
    """Return the id of the ``number``-th refund case of a payment: the same on desk and portal."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"refund:{payment_id}" + (f":{number}" if number else "")))


def reconciled(dossier: Dossier, now: datetime) -> Outcome:
    """Open a refund case for every surplus without one, and let cases lapse whose money is needed or never was."""
    cases: list[Case] = list(dossier.cases)
    events: list[HistoryItem] = []
    for payment in dossier.payments:
        missing = _to_give_back(dossier, payment, cases) - _waiting(payment, cases)
        for at in range(len(cases) - 1, -1, -1):
            if missing and _waits(cases[at], payment):
                cases[at], missing, event = _adjusted(cases[at], missing, now)
                events.extend(event)
        if missing > 0:
            opened = _opened(payment, missing, cases, now)
            cases.append(opened)
            events.append(HistoryItem("case_opened", now, "", opened.id, amount=missing))
    for at, case in enumerate(cases):
        if case.kind is CaseKind.SHORTFALL and case.state in WAITING and not _still_short(dossier, case):
            cases[at] = replace(case, state=CaseState.CLOSED, closed_at=now, lapsed=True)
            events.append(HistoryItem("case_lapsed", now, "", case.id, amount=case.amount))
    return replace(dossier, cases=tuple(cases)), tuple(events)


def _adjusted(case: Case, missing: int, now: datetime) -> tuple[Case, int, tuple[HistoryItem, ...]]:
    """Fit one waiting case to what must go back, and return what is still missing (negative: too much is given back).

    An open case changes its sum. An approved one is the head's word: it stands, or lapses as a whole.
    """
    if case.state is CaseState.OPEN and case.decided_at is None and case.amount + missing > 0:
        changed = replace(case, amount=case.amount + missing)
        return changed, 0, (HistoryItem("case_changed", now, "", case.id, amount=changed.amount),)
    if missing > 0:
        return case, missing, ()
    lapsed = replace(case, state=CaseState.CLOSED, closed_at=now, lapsed=True)
    return lapsed, missing + case.amount, (HistoryItem("case_lapsed", now, "", case.id, amount=case.amount),)


def _still_short(dossier: Dossier, case: Case) -> bool:
    notice = find(dossier, case.notice_id)
    return notice is not None and rest_of(dossier, notice) > 0


def _to_give_back(dossier: Dossier, payment: Payment, cases: list[Case]) -> int:
    """All that is held of a dossier without result, less what a human decided to keep; otherwise the surplus."""
    if not without_result(dossier):
        return payment.surplus
    kept = sum(c.amount for c in cases if c.payment_id == payment.id and _kept(c))
    return max(payment.surplus, payment.held - kept)


def _kept(case: Case) -> bool:
    """A case closed by a human without the money going back: the work was done already."""
    return case.state is CaseState.CLOSED and case.refunded_at is None and not case.lapsed


def _waits(case: Case, payment: Payment) -> bool:
    return case.kind is CaseKind.REFUND and case.payment_id == payment.id and case.state in WAITING


def _waiting(payment: Payment, cases: list[Case]) -> int:
    return sum(c.amount for c in cases if _waits(c, payment))


def _opened(payment: Payment, amount: int, cases: list[Case], now: datetime) -> Case:
    number = sum(1 for c in cases if c.kind is CaseKind.REFUND and c.payment_id == payment.id)
    known = {c.id for c in cases}
    # A choice can move a case to another payment, so the number alone may be taken.
    while case_id(payment.id, number) in known:
        number += 1
    identity = case_id(payment.id, number)
    return Case(identity, CaseKind.REFUND, CaseState.OPEN, amount, payment.id, payment.pays, opened_at=now)


def choose_refund(dossier: Dossier, case: Case, payment_id: str) -> Dossier:
    """Return the dossier with ``payment_id`` as the payment of ``case`` that goes back; earlier choices stay."""
    cases = tuple(replace(c, payment_id=payment_id) if c.id == case.id else c for c in dossier.cases)
    going_back = {c.payment_id for c in cases if c.id == case.id or (c.decided_at is not None and c.state in WAITING)}
    payments = tuple(
        replace(p, yields_to=(p.yields_to or len(dossier.payments)) if p.id in going_back else 0)
        if p.pays == case.notice_id
        else p
        for p in dossier.payments
    )
    return settle(replace(dossier, payments=payments, cases=cases))


def cases_match(dossier: Dossier, notice_id: str) -> bool:
    """Say whether every surplus of the notice's payments is exactly what their waiting refund cases give back."""
    own = [p for p in dossier.payments if p.pays == notice_id and not p.reversed]
    return all(_to_give_back(dossier, p, list(dossier.cases)) == _waiting(p, list(dossier.cases)) for p in own)
