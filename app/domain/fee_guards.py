"""Conditions of money commands: waivers, reversals, reminders, collections, refunds.

Stands apart from ``guards`` only by size; the same shape, the same codes table.
"""

from __future__ import annotations

from app.domain.asking import Ask
from app.domain.guards import Finding, Guard, has_evidence
from app.domain.notices import find, open_notices, rest_of
from app.domain.words import OPEN_NOTICE, CaseKind, CaseState, DeliveryState, NoticeState, State, SubState

_HOPELESS = frozenset({DeliveryState.FAILED, DeliveryState.NO_ADDRESS})
_AT_DESK = frozenset({SubState.DESK_TO_NOTIFY, SubState.DESK_ACCEPTED})


def nobody_is_paying(ask: Ask) -> Finding:
    """Nobody stands on a payment page right now, or the officer goes on all the same."""
    paying = next((n for n in ask.dossier.notices if n.state is NoticeState.PAYING), None)
    if paying is None or ask.command.anyway:
        return None
    return "someone-paying", {"since": paying.paying_since}


def lines_are_new(ask: Ask) -> Finding:
    """The same kind and name is not asked twice at once, unless a reason says why."""
    if ask.command.reason.strip():
        return None
    replaced = getattr(ask.command, "replaces", "")
    asked = {(line.kind, line.name) for n in open_notices(ask.dossier) if n.id != replaced for line in n.lines}
    double = next((line for line in ask.command.lines if (line.kind, line.name) in asked), None)
    return ("same-line-open", {"name": double.name}) if double else None


def pay_by_is_ahead(ask: Ask) -> Finding:
    """*Hạn nộp* is not in the past."""
    pay_by = ask.command.pay_by
    return ("pay-by-past", {}) if pay_by is not None and pay_by < ask.now.date() else None


def notice_waits(ask: Ask) -> Finding:
    """The notice named is open."""
    notice = find(ask.dossier, ask.command.notice_id)
    return None if notice is not None and notice.state in OPEN_NOTICE else ("notice-closed", {})


def somebody_reachable(ask: Ask) -> Finding:
    """A reminder has somewhere to go: not every channel failed for good or has no address."""
    notice = find(ask.dossier, ask.command.notice_id)
    if notice is None or not notice.deliveries or any(d.state not in _HOPELESS for d in notice.deliveries):
        return None
    addressed = {d.address for d in notice.deliveries if d.state is DeliveryState.FAILED}
    to = ask.dossier.submitter
    corrected = {address for address in (to.account, to.email, to.phone) if address} - addressed
    return None if corrected else ("nobody-reachable", {})


def something_to_waive(ask: Ask) -> Finding:
    """What is waived is still owing: a paid notice or line is not waived, and no line twice."""
    command = ask.command
    notice = find(ask.dossier, command.notice_id)
    if notice is None:
        return None if command.lines else ("no-line", {})
    if rest_of(ask.dossier, notice) <= 0:
        return "nothing-to-waive", {}
    if command.line is None:
        return None
    if not 0 <= command.line < len(notice.lines):
        return "no-such-line", {}
    twice = any(w.notice_id == notice.id and w.line == command.line for w in ask.dossier.waivers)
    return ("nothing-to-waive", {}) if twice else None


def ground_given(ask: Ask) -> Finding:
    """A ground was named."""
    return None if ask.command.ground.strip() else ("ground-needed", {})


def reversible(ask: Ask) -> Finding:
    """The payment is a desk's own record, not reversed and not refunded."""
    payment = next((p for p in ask.dossier.payments if p.id == ask.command.payment_id), None)
    if payment is None:
        return "no-such-payment", {}
    if payment.reversed:
        return "already-reversed", {}
    if payment.recorded_by is None:
        return "not-a-desk-payment", {}
    return ("already-refunded", {}) if payment.refunded else None


def has_desk_payment(ask: Ask) -> Finding:
    """Some payment recorded at a desk could be reversed."""
    some = any(p.recorded_by is not None and not p.reversed and not p.refunded for p in ask.dossier.payments)
    return None if some else ("no-such-payment", {})


def at_desk(ask: Ask) -> Finding:
    """The suspended dossier lies at the desk and nothing of it is open."""
    return None if ask.dossier.sub_state in _AT_DESK else ("already-notified", {})


def not_notified(ask: Ask) -> Finding:
    """Nothing of this suspension was notified or paid."""
    own = [n for n in ask.dossier.notices if n.for_pause == len(ask.dossier.pauses) - 1]
    live = [n for n in own if n.state not in (NoticeState.CANCELLED, NoticeState.SUPERSEDED)]
    return ("already-notified", {}) if live else None


def tax_notice_sound(ask: Ask) -> Finding:
    """Sum, number and date of the tax office's notice."""
    command = ask.command
    if command.nvtc_amount <= 0:
        return "amount-not-positive", {}
    return None if command.tax_notice_no.strip() else ("tax-notice-needed", {})


def proof_when_suspended(ask: Ask) -> Finding:
    """In 6 the treasury's proof is demanded, with the whole sum."""
    if ask.dossier.state is not State.AWAITING_OBLIGATION:
        return None
    if ask.command.evidence is None or not has_evidence(ask.command.evidence):
        return "evidence-needed", {}
    if not ask.command.payment_id or ask.command.amount <= 0:
        return "amount-not-positive", {}
    return None if ask.dossier.suspension and ask.dossier.suspension.nvtc_amount else ("tax-notice-needed", {})


def case_in(*states: CaseState) -> Guard:
    """Return the guard that the refund case is in one of ``states``."""

    def guard(ask: Ask) -> Finding:
        case = next((c for c in ask.dossier.cases if c.id == ask.command.case_id), None)
        return None if case is not None and case.state in states else ("case-closed", {})

    return guard


def note_given(ask: Ask) -> Finding:
    """A reason was written."""
    return None if ask.command.note.strip() else ("reason-needed", {})


def refund_is_the_case(ask: Ask) -> Finding:
    """What goes back is what the case says, never more than the payment holds."""
    case = next((c for c in ask.dossier.cases if c.id == ask.command.case_id), None)
    payment = next((p for p in ask.dossier.payments if case and p.id == case.payment_id), None)
    if case is None or payment is None or case.kind is not CaseKind.REFUND:
        return "case-closed", {}
    if ask.command.amount > min(case.amount, payment.held):
        return "refund-too-large", {"amount_dong": min(case.amount, payment.held)}
    return None if ask.command.amount == case.amount else ("refund-not-the-case", {"amount_dong": case.amount})
