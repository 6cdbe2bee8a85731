"""Conditions a command must meet beyond state and right, each with the code that explains it.

Stands apart so that the table in ``transitions`` reads as data. A guard returns ``None`` when it holds, otherwise the
code of a sentence in ``app.texts`` with its parameters. *Entry* guards need no command: they grey a button.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from app.domain.commands import CancelNotice, DecideRefund, Notify, Refuse, Return, Suspend, TickPaid
from app.domain.dossier import Dossier
from app.domain.money import MAX_AMOUNT_DONG, format_dong
from app.domain.notices import MAX_LINES, find, gate_notices, nvtc_line, open_notices, owing
from app.domain.payments import cases_match, choose_refund
from app.domain.words import OPEN_NOTICE, CaseKind, CaseState, LineKind, State, SubState

Finding = tuple[str, dict[str, Any]] | None
Entry = Callable[[Dossier, datetime], Finding]
Content = Callable[[Dossier, Any, datetime], Finding]

STALE_AFTER = timedelta(minutes=30)
MIN_INFO_LENGTH = 10
_ACCEPTED = (SubState.DESK_ACCEPTED, SubState.AWAITING_PAYMENT)


def gate_is_open(dossier: Dossier, _now: datetime) -> Finding:
    """No unpaid *thu trước* notice stands in the way of receiving."""
    gates = gate_notices(dossier)
    if not gates:
        return None
    return "gate-unpaid", {"amount_dong": owing(dossier), "since": min(n.sent_at for n in gates)}


def pays_online(dossier: Dossier, _now: datetime) -> Finding:
    """The procedure may be paid online; a suspension is always notified, its money goes to the treasury."""
    if dossier.procedure.pays_online or dossier.state is State.AWAITING_OBLIGATION:
        return None
    return "not-online", {}


def accepted_first(dossier: Dossier, _now: datetime) -> Finding:
    """Case 2: Tiếp nhận bổ sung comes before Thông báo công dân."""
    if dossier.state is State.AWAITING_OBLIGATION and dossier.sub_state not in _ACCEPTED:
        return "accept-first", {}
    return None


def has_open_notice(dossier: Dossier, _now: datetime) -> Finding:
    """Some notice still waits for money."""
    return None if open_notices(dossier) else ("no-open-notice", {})


def has_open_case(dossier: Dossier, _now: datetime) -> Finding:
    """Some refund case waits for a choice."""
    waiting = any(c.kind is CaseKind.REFUND and c.state is CaseState.OPEN for c in dossier.cases)
    return None if waiting else ("no-open-case", {})


def reason_given(_dossier: Dossier, command: Refuse | CancelNotice | Suspend, _now: datetime) -> Finding:
    """A reason was written."""
    return None if command.reason.strip() else ("reason-needed", {})


def owing_explained(dossier: Dossier, command: Return, _now: datetime) -> Finding:
    """Returning with money owing names the sum and needs a reason (case 3)."""
    if owing(dossier) == 0 or command.reason.strip():
        return None
    return "owing-needs-reason", {"amount_dong": owing(dossier)}


def receiver_named(_dossier: Dossier, command: Return, _now: datetime) -> Finding:
    """The one who collects the result is named."""
    return None if command.to_name.strip() else ("receiver-needed", {})


def lines_are_sound(_dossier: Dossier, command: Notify, _now: datetime) -> Finding:
    """At least one line, each a positive whole sum within bounds, a title."""
    amounts = [line.amount for line in command.lines]
    if not command.title.strip():
        return "title-needed", {}
    if len(amounts) > MAX_LINES:
        return "too-many-lines", {"limit": MAX_LINES}
    if not amounts or any(amount <= 0 for amount in amounts):
        return "no-line", {}
    if sum(amounts) > MAX_AMOUNT_DONG:
        return "amount-too-large", {"most": format_dong(MAX_AMOUNT_DONG)}
    return None


def nvtc_as_suspended(dossier: Dossier, command: Notify, _now: datetime) -> Finding:
    """The NVTC line is the tax office's: exactly as suspended, and nowhere else (design §5 case 2)."""
    nvtc = [line for line in command.lines if line.kind is LineKind.NVTC]
    if not nvtc:
        return None
    demanded = nvtc_line(dossier) if dossier.state is State.AWAITING_OBLIGATION else None
    if demanded is None:
        return "nvtc-only-when-suspended", {}
    if len(nvtc) != 1 or (nvtc[0].amount, nvtc[0].tax_notice_no) != (demanded.amount, demanded.tax_notice_no):
        return "nvtc-not-as-suspended", {"amount_dong": demanded.amount}
    return None


def not_stale(dossier: Dossier, command: Notify, now: datetime) -> Finding:
    """A notice that waited over 30 minutes still meets the state and sums its officer saw (design §8)."""
    if now - command.made_at <= STALE_AFTER:
        return None
    if dossier.state is command.seen_state and owing(dossier) == command.seen_open_amount:
        return None
    return "stale-notice", {}


def replaced_is_open(dossier: Dossier, command: Notify, _now: datetime) -> Finding:
    """The notice to be replaced is still open."""
    if not command.replaces:
        return None
    old = find(dossier, command.replaces)
    return None if old is not None and old.state in OPEN_NOTICE else ("notice-closed", {})


def notice_is_open(dossier: Dossier, command: CancelNotice, _now: datetime) -> Finding:
    """The notice to be cancelled is still open."""
    notice = find(dossier, command.notice_id)
    return None if notice is not None and notice.state in OPEN_NOTICE else ("notice-closed", {})


def notice_exists(dossier: Dossier, command: TickPaid, _now: datetime) -> Finding:
    """The payment names a notice of this dossier; even a closed one, since a fact is never refused for that."""
    return None if find(dossier, command.notice_id) else ("no-such-notice", {})


def amount_is_money(_dossier: Dossier, command: TickPaid, _now: datetime) -> Finding:
    """The sum taken is positive and within bounds."""
    if command.amount <= 0:
        return "amount-not-positive", {}
    return ("amount-too-large", {"most": format_dong(MAX_AMOUNT_DONG)}) if command.amount > MAX_AMOUNT_DONG else None


def evidence_given(_dossier: Dossier, command: TickPaid, _now: datetime) -> Finding:
    """One of: document number and date, file, or information of at least ten characters (design §5 note 2)."""
    evidence = command.evidence
    documented = bool(evidence.document_no.strip()) and evidence.document_date is not None
    informed = len(evidence.info.strip()) >= MIN_INFO_LENGTH
    return None if documented or evidence.file is not None or informed else ("evidence-needed", {})


def case_is_open(dossier: Dossier, command: DecideRefund, _now: datetime) -> Finding:
    """The case waits for a choice, and the chosen payment is one of its notice that can give back just that sum."""
    case = next((c for c in dossier.cases if c.id == command.case_id), None)
    if case is None or case.state is not CaseState.OPEN or case.decided_at is not None:
        return "case-closed", {}
    chosen = next((p for p in dossier.payments if p.id == command.payment_id), None)
    if chosen is None or chosen.notice_id != case.notice_id or chosen.amount < case.amount:
        return "not-this-payment", {}
    if not cases_match(choose_refund(dossier, case, chosen.id), case.notice_id):
        return "not-this-payment", {}
    return None
