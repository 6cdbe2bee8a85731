"""Hoàn tiền: open → approved → refunded → closed, each step a fact with its officer and evidence."""

from __future__ import annotations

from app.domain.commands import ApproveRefund, CloseCase, PayRefund
from app.domain.dossier import Evidence
from app.services import inbox
from app.services.acting import act
from app.services.desk import Desk
from app.services.payments import proofs
from app.services.views import Acted


def approve(desk: Desk, case_id: str, note: str = "") -> Acted:
    """Duyệt hoàn tiền (head); the note answers whether the work was already done."""
    return act(desk, inbox.locate_notice(desk, case_id), ApproveRefund(desk.clock.now(), case_id, note))


def pay(desk: Desk, case_id: str, evidence: Evidence) -> Acted:
    """Đã hoàn (cashier): the whole sum of the case went back, with evidence."""
    dossier_id = inbox.locate_notice(desk, case_id)
    command = whole(desk, dossier_id, case_id, evidence)
    return act(desk, dossier_id, command, proofs(evidence))


def whole(desk: Desk, dossier_id: str, case_id: str, evidence: Evidence) -> PayRefund:
    """Return the command that gives back the whole sum of the case."""
    case = next(c for c in inbox.card(desk, dossier_id).dossier.cases if c.id == case_id)
    return PayRefund(desk.clock.now(), case_id, case.amount, evidence)


def close(desk: Desk, case_id: str, note: str) -> Acted:
    """Khép việc, with the reason."""
    return act(desk, inbox.locate_notice(desk, case_id), CloseCase(desk.clock.now(), case_id, note))
