"""Refund cases: money that must go back, until a human has closed each one.

Stands apart from settlement: a case is opened once per payment, lives its own life (open, approved, refunded, closed)
and is evidence at every step.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime

from app.domain.dossier import Case, Dossier, HistoryItem
from app.domain.settlement import settle
from app.domain.words import CaseKind, CaseState


def case_id(payment_id: str) -> str:
    """Return the id of the refund case of a payment: the same on desk and portal."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"refund:{payment_id}"))


def surplus_cases(dossier: Dossier, now: datetime) -> tuple[Dossier, tuple[HistoryItem, ...]]:
    """Open a refund case for every surplus that has none yet; existing cases keep their life."""
    known = {c.payment_id for c in dossier.cases if c.kind is CaseKind.REFUND}
    cases, events = list(dossier.cases), []
    for payment in dossier.payments:
        surplus = payment.held - payment.settled
        if surplus <= 0 or payment.id in known:
            continue
        identity = case_id(payment.id)
        cases.append(Case(identity, CaseKind.REFUND, CaseState.OPEN, surplus, payment.id, payment.pays, opened_at=now))
        events.append(HistoryItem("case_opened", now, "", identity, amount=surplus))
    return replace(dossier, cases=tuple(cases)), tuple(events)


def open_refunds(dossier: Dossier, now: datetime) -> tuple[Dossier, tuple[HistoryItem, ...]]:
    """Open a refund case for all money held when a dossier ends without its result; surplus has its own already."""
    known = {c.payment_id for c in dossier.cases if c.kind is CaseKind.REFUND}
    cases, events = list(dossier.cases), []
    for payment in dossier.payments:
        if payment.held <= 0 or payment.id in known:
            continue
        identity = case_id(payment.id)
        cases.append(
            Case(identity, CaseKind.REFUND, CaseState.OPEN, payment.held, payment.id, payment.pays, opened_at=now)
        )
        events.append(HistoryItem("case_opened", now, "", identity, amount=payment.held))
    return replace(dossier, cases=tuple(cases)), tuple(events)


def choose_refund(dossier: Dossier, case: Case, payment_id: str) -> Dossier:
    """Return the dossier with ``payment_id`` as the payment of ``case`` that goes back; earlier choices stay."""
    cases = tuple(replace(c, payment_id=payment_id) if c.id == case.id else c for c in dossier.cases)
    going_back = {c.payment_id for c in cases if c.id == case.id or c.decided_at is not None}
    payments = tuple(
        replace(p, to_refund=p.id in going_back) if p.pays == case.notice_id else p for p in dossier.payments
    )
    return settle(replace(dossier, payments=payments, cases=cases))


def cases_match(dossier: Dossier, notice_id: str) -> bool:
    """Say whether every surplus of the notice's payments is exactly what their waiting refund cases give back."""
    given_back: dict[str, int] = {}
    for case in dossier.cases:
        if case.kind is CaseKind.REFUND and case.state in (CaseState.OPEN, CaseState.APPROVED):
            given_back[case.payment_id] = given_back.get(case.payment_id, 0) + case.amount
    own = [p for p in dossier.payments if p.pays == notice_id and not p.reversed]
    return all(p.held - p.settled == given_back.get(p.id, 0) for p in own)
