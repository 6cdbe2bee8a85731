"""Conditions a command must meet beyond state and right, each with the code that explains it.

Stands apart so that the table in ``transitions`` reads as data. A guard returns ``None`` when it holds, otherwise the
code of a sentence in ``app.texts`` with its parameters. *Entry* guards need no command: they grey a button.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.domain.asking import Ask
from app.domain.deadline import check_limit
from app.domain.dossier import Evidence, Payment, ProcedureRef
from app.domain.money import MAX_AMOUNT_DONG, format_dong
from app.domain.notices import MAX_LINES, find, gate_notices, nvtc_line, open_notices, owing
from app.domain.refunds import cases_match, choose_refund
from app.domain.settlement import without_result
from app.domain.words import OPEN_NOTICE, CaseKind, CaseState, LineKind, Right, State, SubState
from app.errors import BadInput

Finding = tuple[str, dict[str, Any]] | None
Guard = Callable[[Ask], Finding]

STALE_AFTER = timedelta(minutes=30)
MIN_INFO_LENGTH = 10
_ACCEPTED = (SubState.DESK_ACCEPTED, SubState.AWAITING_PAYMENT)


def gate_is_open(ask: Ask) -> Finding:
    """No unpaid *thu trước* notice blocks receiving; ``receive_unpaid`` with a reason goes past it."""
    gates = gate_notices(ask.dossier)
    if not gates or ask.dossier.procedure.gate == "warn":
        return None
    if Right.RECEIVE_UNPAID in ask.actor.rights and ask.command is not None and ask.command.reason.strip():
        return None
    return "gate-unpaid", {"amount_dong": owing(ask.dossier), "since": min(n.sent_at for n in gates)}


def pays_online(ask: Ask) -> Finding:
    """The procedure may be paid online; a suspension is always notified, its money goes to the treasury."""
    if ask.dossier.procedure.pays_online or ask.dossier.state is State.AWAITING_OBLIGATION:
        return None
    return "not-online", {}


def accepted_first(ask: Ask) -> Finding:
    """Case 2: Tiếp nhận bổ sung comes before Thông báo công dân."""
    if ask.dossier.state is State.AWAITING_OBLIGATION and ask.dossier.sub_state not in _ACCEPTED:
        return "accept-first", {}
    return None


def limit_is_sound(ask: Ask) -> Finding:
    """The procedure has a limit that gives an appointment: nobody is promised a date made of nothing."""
    return unsound_limit(ask.dossier.procedure)


def unsound_limit(limit: ProcedureRef) -> Finding:
    """Return what is wrong with the limit of a procedure."""
    try:
        check_limit(limit.limit_amount, limit.limit_unit, limit.limit_cutoff)
    except BadInput as wrong:
        return wrong.code, wrong.params
    return None


def has_open_notice(ask: Ask) -> Finding:
    """Some notice still waits for money."""
    return None if open_notices(ask.dossier) else ("no-open-notice", {})


def has_open_case(ask: Ask) -> Finding:
    """Some refund case waits for a choice."""
    waiting = any(c.kind is CaseKind.REFUND and c.state is CaseState.OPEN for c in ask.dossier.cases)
    return None if waiting else ("no-open-case", {})


def reason_given(ask: Ask) -> Finding:
    """A reason was written."""
    return None if ask.command.reason.strip() else ("reason-needed", {})


def owing_explained(ask: Ask) -> Finding:
    """Returning with money owing names the sum and needs a reason (case 3)."""
    if owing(ask.dossier) == 0 or ask.command.reason.strip():
        return None
    return "owing-needs-reason", {"amount_dong": owing(ask.dossier)}


def receiver_named(ask: Ask) -> Finding:
    """The one who collects the result is named."""
    return None if ask.command.to_name.strip() else ("receiver-needed", {})


def lines_are_sound(ask: Ask) -> Finding:
    """At least one line, each a positive whole sum within bounds, a title."""
    amounts = [line.amount for line in ask.command.lines]
    if not ask.command.title.strip():
        return "title-needed", {}
    if len(amounts) > MAX_LINES:
        return "too-many-lines", {"limit": MAX_LINES}
    if not amounts or any(amount <= 0 for amount in amounts):
        return "no-line", {}
    if sum(amounts) > MAX_AMOUNT_DONG:
        return "amount-too-large", {"most": format_dong(MAX_AMOUNT_DONG)}
    return None


def nvtc_as_suspended(ask: Ask) -> Finding:
    """The NVTC line is the tax office's: exactly as suspended, and nowhere else (design §5 case 2)."""
    nvtc = [line for line in ask.command.lines if line.kind is LineKind.NVTC] if ask.command else []
    if not nvtc:
        return None
    demanded = nvtc_line(ask.dossier) if ask.dossier.state is State.AWAITING_OBLIGATION else None
    if demanded is None:
        return "nvtc-only-when-suspended", {}
    if len(nvtc) != 1 or (nvtc[0].amount, nvtc[0].tax_notice_no) != (demanded.amount, demanded.tax_notice_no):
        return "nvtc-not-as-suspended", {"amount_dong": demanded.amount}
    return None


def not_stale(ask: Ask) -> Finding:
    """A notice that waited over 30 minutes still meets the state and sums its officer saw (design §8)."""
    if ask.now - ask.command.made_at <= STALE_AFTER:
        return None
    if ask.dossier.state is ask.command.seen_state and owing(ask.dossier) == ask.command.seen_open_amount:
        return None
    return "stale-notice", {}


def replaced_is_open(ask: Ask) -> Finding:
    """The notice to be replaced is still open."""
    if not ask.command.replaces:
        return None
    old = find(ask.dossier, ask.command.replaces)
    return None if old is not None and old.state in OPEN_NOTICE else ("notice-closed", {})


def notice_is_open(ask: Ask) -> Finding:
    """The notice named is still open."""
    notice = find(ask.dossier, ask.command.notice_id)
    return None if notice is not None and notice.state in OPEN_NOTICE else ("notice-closed", {})


def amount_is_money(ask: Ask) -> Finding:
    """The sum taken is positive and within bounds."""
    if ask.command.amount <= 0:
        return "amount-not-positive", {}
    return (
        ("amount-too-large", {"most": format_dong(MAX_AMOUNT_DONG)}) if ask.command.amount > MAX_AMOUNT_DONG else None
    )


def has_evidence(evidence: Evidence) -> bool:
    """Say whether it holds one of: document number and date, file, or information of at least ten characters."""
    documented = bool(evidence.document_no.strip()) and evidence.document_date is not None
    return documented or evidence.file is not None or len(evidence.info.strip()) >= MIN_INFO_LENGTH


def evidence_given(ask: Ask) -> Finding:
    """Evidence comes with the money (design §5 note 2)."""
    return None if has_evidence(ask.command.evidence) else ("evidence-needed", {})


def case_is_open(ask: Ask) -> Finding:
    """The case waits for a choice, and the chosen payment is one of its notice."""
    case = next((c for c in ask.dossier.cases if c.id == ask.command.case_id), None)
    if case is None or case.kind is not CaseKind.REFUND or case.state is not CaseState.OPEN or case.decided_at:
        return "case-closed", {}
    chosen = next((p for p in ask.dossier.payments if p.id == ask.command.payment_id), None)
    if chosen is None or chosen.pays != case.notice_id or chosen.held < case.amount:
        return "not-this-payment", {}
    if ask.command.use_for:
        return _allottable(ask, chosen)
    if without_result(ask.dossier):
        # All of it goes back, each payment by its own case: a choice only says how.
        return None if chosen.id == case.payment_id else ("not-this-payment", {})
    fits = cases_match(choose_refund(ask.dossier, case, chosen.id), case.notice_id)
    return None if fits else ("not-this-payment", {})


def _allottable(ask: Ask, chosen: Payment) -> Finding:
    """Only money that settles nothing is used for another notice, and only for one that waits for it."""
    if chosen.settled:
        return "not-this-payment", {}
    target = find(ask.dossier, ask.command.use_for)
    return None if target is not None and target.state in OPEN_NOTICE else ("notice-closed", {})
