"""Conditions of money commands: waivers, reversals, reminders, collections, refunds.

Stands apart from ``guards`` only by size; the same shape, the same codes table. A guard that also stands under *offer*
is asked without a command too.
"""

from __future__ import annotations

from app.domain import rights
from app.domain.asking import Ask
from app.domain.citizen_id import is_email, is_phone
from app.domain.dossier import Case, Payment
from app.domain.grounds import fits
from app.domain.guards import Finding, Guard, has_evidence
from app.domain.money import MAX_AMOUNT_DONG, format_dong
from app.domain.notice_making import BY_HAND, treasury_notice, treasury_notice_id
from app.domain.notices import MAX_LINES, find, of_last_pause, open_notices, rest_of
from app.domain.second_officer import waiting
from app.domain.words import (
    OBLIGATION_AT_DESK,
    OPEN_NOTICE,
    CaseKind,
    CaseState,
    DeliveryState,
    LineKind,
    NoticeState,
    State,
    SubState,
)

_COLLECTABLE = frozenset(
    {State.SUBMITTED, State.RECEIVED, State.PROCESSING, State.AWAITING_OBLIGATION, State.COMPLETED}
)
_LIVE = OPEN_NOTICE | {NoticeState.PAID, NoticeState.WAIVED}


def nobody_is_paying(ask: Ask) -> Finding:
    """Nobody stands on a payment page right now, or the officer goes on all the same."""
    paying = next((n for n in ask.dossier.notices if n.state is NoticeState.PAYING), None)
    if paying is None or ask.command.anyway:
        return None
    return "someone-paying", {"since": paying.paying_since}


def collectable(ask: Ask) -> Finding:
    """Money is asked for only while the dossier is worked on; what was taken all the same is never refused."""
    if ask.dossier.state in _COLLECTABLE:
        return None
    return "wrong-state", {"state": int(ask.dossier.state), "command": "collect"}


def lines_are_new(ask: Ask) -> Finding:
    """The same kind and name is not asked twice at once, unless a reason says why."""
    if ask.command is None or ask.command.reason.strip():
        return None
    replaced = getattr(ask.command, "replaces", "")
    asked = {(line.kind, line.name) for n in open_notices(ask.dossier) if n.id != replaced for line in n.lines}
    double = next((line for line in ask.command.lines if (line.kind, line.name) in asked), None)
    return ("same-line-open", {"name": double.name}) if double else None


def own_notice_replaced(ask: Ask) -> Finding:
    """A notice is replaced by its sender or the head, as it is cancelled."""
    replaced = find(ask.dossier, ask.command.replaces)
    if replaced is None or rights.may(ask.actor, "cancel_notice", ask.dossier, ask.now, replaced.id):
        return None
    return "not-your-notice", {}


def pay_by_is_ahead(ask: Ask) -> Finding:
    """*Hạn nộp* is not in the past."""
    pay_by = ask.command.pay_by
    return ("pay-by-past", {}) if pay_by is not None and pay_by < ask.now.date() else None


def somebody_reachable(ask: Ask) -> Finding:
    """A reminder has somewhere to go: an address that has not failed for good."""
    notice = find(ask.dossier, ask.command.notice_id)
    if notice is None:
        return None
    dead = {d.address for d in notice.deliveries if d.state is DeliveryState.FAILED}
    to = ask.dossier.submitter
    return None if any(a and a not in dead for a in (to.account, to.email, to.phone)) else ("nobody-reachable", {})


def contact_sound(ask: Ask) -> Finding:
    """A telephone number or an e-mail address is given, and looks like one."""
    phone, email = ask.command.phone, ask.command.email
    if not phone and not email:
        return "contact-needed", {}
    if phone and not is_phone(phone):
        return "phone-invalid", {}
    return ("email-malformed", {}) if email and not is_email(email) else None


def waived_lines_sound(ask: Ask) -> Finding:
    """A waiver before any notice: sums of zero or more within bounds, NVTC only for a suspended dossier."""
    command = ask.command
    if find(ask.dossier, command.notice_id) is not None:
        return None
    if len(command.lines) > MAX_LINES:
        return "too-many-lines", {"limit": MAX_LINES}
    if not command.lines or any(line.amount < 0 for line in command.lines):
        return "no-line", {}
    if sum(line.amount for line in command.lines) > MAX_AMOUNT_DONG:
        return "amount-too-large", {"most": format_dong(MAX_AMOUNT_DONG)}
    suspended = ask.dossier.state is State.AWAITING_OBLIGATION
    obliged = any(line.kind is LineKind.NVTC for line in command.lines)
    return ("nvtc-only-when-suspended", {}) if obliged and not suspended else None


def something_to_waive(ask: Ask) -> Finding:
    """What is waived is still owing: a paid notice or line is not waived, and no line twice."""
    command = ask.command
    notice = find(ask.dossier, command.notice_id)
    if notice is None:
        asked = {(line.kind, line.name) for n in ask.dossier.notices if n.state in _LIVE for line in n.lines}
        again = any((line.kind, line.name) in asked for line in command.lines)
        return ("nothing-to-waive", {}) if again else None
    if notice.state not in OPEN_NOTICE or rest_of(ask.dossier, notice) <= 0:
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


def ground_fits(ask: Ask) -> Finding:
    """A ground of the fee table waives fees, one of the tax office its obligation: never each other's lines."""
    command = ask.command
    notice = find(ask.dossier, command.notice_id)
    lines = notice.lines if notice else command.lines
    named = lines if command.line is None else lines[command.line : command.line + 1]
    other = next((line for line in named if not fits(command.ground, line)), None)
    return ("ground-not-for-line", {"ground": command.ground, "name": other.name}) if other else None


def reversible(ask: Ask) -> Finding:
    """The payment is a desk's own record, not reversed and not refunded."""
    payment = _payment(ask, ask.command.payment_id)
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
    return None if some or ask.command is not None else ("no-such-payment", {})


def unconfirmed(ask: Ask) -> Finding:
    """The payment named, or any for a button, waits for its second officer."""
    named = ask.command.payment_id if ask.command else ask.subject_id
    payment = _payment(ask, named) if named else None
    if payment is not None and payment.reversed:
        return "already-reversed", {}
    found = any(p.id == named or not named for p in waiting(ask.dossier))
    return None if found else ("nothing-to-confirm", {})


def none_unconfirmed(ask: Ask) -> Finding:
    """Nobody is reminded of money that lies at the desk and waits for a second officer only."""
    notice_id = ask.command.notice_id if ask.command else ask.subject_id
    found = waiting(ask.dossier, notice_id)
    return ("second-officer-first", {"amount_dong": sum(p.amount for p in found)}) if found else None


def at_desk(ask: Ask) -> Finding:
    """The suspended dossier lies at the desk and nothing of it is open."""
    if ask.dossier.sub_state in OBLIGATION_AT_DESK:
        return None
    if ask.dossier.sub_state is SubState.AWAITING_PAYMENT:
        return "already-notified", {}
    return "wrong-state", {"state": int(ask.dossier.state), "command": "send_back"}


def not_notified(ask: Ask) -> Finding:
    """Nothing of this suspension was notified or paid."""
    return ("already-notified", {}) if any(n.state in _LIVE for n in of_last_pause(ask.dossier)) else None


def suspended_sum_sound(ask: Ask) -> Finding:
    """The tax office's sum, if known: positive, within bounds, with the notice's number."""
    if ask.command.nvtc_amount == 0:
        return None
    return tax_notice_sound(ask)


def reached_by_hand(ask: Ask) -> Finding:
    """An officer reaches people by a call or by hand; the other channels are the portal's."""
    return None if ask.command.channel in BY_HAND else ("channel-not-by-hand", {})


def tax_notice_sound(ask: Ask) -> Finding:
    """Sum, number and date of the tax office's notice."""
    command = ask.command
    if command.nvtc_amount <= 0:
        return "amount-not-positive", {}
    if command.nvtc_amount > MAX_AMOUNT_DONG:
        return "amount-too-large", {"most": format_dong(MAX_AMOUNT_DONG)}
    return None if command.tax_notice_no.strip() else ("tax-notice-needed", {})


def proof_when_suspended(ask: Ask) -> Finding:
    """The treasury's proof is demanded; to go on from 8 none is, and one that was meant for 6 is not swallowed."""
    dossier, command = ask.dossier, ask.command
    if dossier.state is State.STOPPED:
        return ("wrong-state", {"state": int(dossier.state), "command": "resume"}) if command.payment_id else None
    if dossier.state is State.AWAITING_OBLIGATION and (not dossier.suspension or not dossier.suspension.nvtc_amount):
        return "tax-notice-needed", {}
    if command.evidence is None or not has_evidence(command.evidence):
        return "evidence-needed", {}
    return None if command.payment_id and command.amount > 0 else ("amount-not-positive", {})


def late_proof(ask: Ask) -> bool:
    """The dossier goes on already; what the treasury took for its last suspension is a payment nevertheless."""
    return ask.dossier.state is not State.AWAITING_OBLIGATION and bool(treasury_notice_id(ask.dossier, ask.command))


def proof_covers(ask: Ask) -> Finding:
    """The desk asks for a proof of all that still stands against going on; less is a part payment, made by a tick."""
    dossier, command = ask.dossier, ask.command
    if command is None or dossier.state is not State.AWAITING_OBLIGATION or proof_when_suspended(ask):
        return None
    made = treasury_notice(dossier, command, ask.actor, ask.now)
    open_ = [n for n in of_last_pause(dossier) if n.state in OPEN_NOTICE]
    rest = made.total if made else sum(rest_of(dossier, n) for n in open_)
    covers = made or (len(open_) == 1 and any(line.kind is LineKind.NVTC for line in open_[0].lines))
    return None if covers and command.amount >= rest else ("still-owing", {"amount_dong": rest})


def case_in(*states: CaseState, kind: CaseKind | None = None) -> Guard:
    """Return the guard that the case is in one of ``states``, and of ``kind`` if one is named."""

    def guard(ask: Ask) -> Finding:
        found = (
            ask.dossier.cases if ask.command is None else [c for c in ask.dossier.cases if c.id == ask.command.case_id]
        )
        if any(c.state in states and kind in (None, c.kind) for c in found):
            return None
        return ("no-open-case" if ask.command is None else "case-closed"), {}

    return guard


def refund_approved(ask: Ask) -> Finding:
    """The head has approved the refund."""
    case = _case(ask)
    if case is not None and case.state is CaseState.OPEN:
        return "refund-not-approved", {}
    return case_in(CaseState.APPROVED, kind=CaseKind.REFUND)(ask)


def note_given(ask: Ask) -> Finding:
    """A reason was written."""
    return None if ask.command.note.strip() else ("reason-needed", {})


def refund_is_the_case(ask: Ask) -> Finding:
    """What the desk gives back is exactly what the case says."""
    case = _case(ask)
    if case is None or ask.command.amount == case.amount:
        return None
    return "refund-not-the-case", {"amount_dong": case.amount}


def refund_fits(ask: Ask) -> Finding:
    """Never more goes back than the payment holds; that the case has lapsed meanwhile does not undo the fact."""
    case = _case(ask)
    payment = _payment(ask, case.payment_id) if case else None
    if case is None or payment is None or case.kind is not CaseKind.REFUND or case.refunded_at is not None:
        return "case-closed", {}
    if case.approved_at is None:
        return "refund-not-approved", {}
    if ask.command.amount <= 0:
        return "amount-not-positive", {}
    return ("refund-too-large", {"amount_dong": payment.held}) if ask.command.amount > payment.held else None


def nothing_kept(ask: Ask) -> Finding:
    """A case is not closed over money that nobody owes the office: that money goes back or is used for a notice."""
    case = _case(ask)
    payment = _payment(ask, case.payment_id) if case else None
    if case is None or payment is None or case.kind is not CaseKind.REFUND or case.state is CaseState.REFUNDED:
        return None
    return ("surplus-goes-back", {"amount_dong": payment.surplus}) if payment.surplus > 0 else None


def _case(ask: Ask) -> Case | None:
    if ask.command is None:
        return None
    return next((c for c in ask.dossier.cases if c.id == ask.command.case_id), None)


def _payment(ask: Ask, payment_id: str) -> Payment | None:
    return next((p for p in ask.dossier.payments if p.id == payment_id), None)
