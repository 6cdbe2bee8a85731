"""The one expected next action of a dossier, and the few beside it.

Stands apart because the filled button, Ctrl+Enter and the timeline of *Việc tiếp theo* must name the same deed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain import second_officer
from app.domain.dossier import Dossier, Step
from app.domain.money import format_dong
from app.domain.notices import gate_notices, open_notices, owing, unreached
from app.domain.people import Officer
from app.domain.time_words import due_moment
from app.domain.words import CaseKind, CaseState, NoticeState, Role, State, SubState
from ui import commands
from ui.commands import WhyNot

MOST_SECONDARY = 2
_MORE: dict[State, tuple[str, ...]] = {
    State.SUBMITTED: (
        "notify", "tick_paid", "refuse", "collect_receive", "replace_notice", "cancel_notice", "print_notice",
        "collect", "waive", "request_supplement", "check_components", "withdraw",
    ),
    State.RECEIVED: ("tick_paid", "print_notice", "collect", "waive", "check_components", "withdraw"),
    State.PROCESSING: (
        "notify", "tick_paid", "suspend", "complete", "forward", "replace_notice", "cancel_notice", "print_notice",
        "collect", "waive", "submit_to_head", "request_supplement", "check_components", "assign", "give_back",
        "stop_handling", "withdraw",
    ),
    State.AWAITING_SUPPLEMENT: ("bring_supplement", "check_components", "withdraw"),
    State.AWAITING_OBLIGATION: (
        "accept_supplement", "notify", "tick_paid", "print_notice", "replace_notice", "cancel_notice",
        "collect", "waive", "withdraw",
    ),
    State.STOPPED: ("withdraw",),
    State.COMPLETED: (
        "notify", "tick_paid", "print_notice", "replace_notice", "cancel_notice", "collect", "waive",
    ),
    State.RETURNED: ("tick_paid",),
}  # fmt: skip
_REFUND_STEPS = (
    (Role.HEAD, CaseState.OPEN, "approve_refund"),
    (Role.CASHIER, CaseState.APPROVED, "pay_refund"),
    (Role.CASHIER, CaseState.REFUNDED, "close_case"),
)
_FORMS = tuple(command.id for command in commands.COMMANDS if command.id.startswith("form_"))
_BEHIND = frozenset({"waive", "reverse_payment", "ask_receive", "receive_unpaid", "withdraw", *_FORMS})
"""Rare deeds: behind the dots and in the palette, never beside the filled button."""
_NOTICES_TOO = ("remind", "call", "hand_over", "correct_contact")
_FORM_04 = ("propose_extension", "decline_extension", "extend")
_WHERE_FITTING: dict[State, tuple[str, ...]] = {
    State.SUBMITTED: ("ask_receive", "receive_unpaid", *_NOTICES_TOO),
    State.RECEIVED: ("call", "hand_over", "correct_contact", *_FORM_04),
    State.PROCESSING: ("disapprove", "recall", *_FORM_04, *_NOTICES_TOO),
    State.AWAITING_OBLIGATION: ("send_back", "cancel_suspension", "resume", "add_tax_notice", *_NOTICES_TOO),
    State.STOPPED: ("resume",),
    State.COMPLETED: _NOTICES_TOO,
}
"""Offered only where there is such a notice or such a suspension: grey, they would hide what can be done."""
_NOTHING_TO_DO = frozenset(
    {
        "wrong-state",
        "no-open-notice",
        "no-such-payment",
        "nothing-in-the-way",
        "nothing-to-confirm",
        "nothing-submitted",
        "no-step-before",
        "already-worked-on",
        "already-extended",
        "nothing-proposed",
        "no-appointment",
    }
)
_RECEIVED_HINT = "Tiếp nhận xong: cấp số, in phiếu hẹn, sang hồ sơ kế tiếp."


_SUPPLEMENT: dict[SubState | None, str] = {
    SubState.DESK_TO_ASK: "ask_citizen",
    SubState.SUPPLEMENTED: "accept_supplement",
}


@dataclass(frozen=True, slots=True)
class Action:
    """A deed as a button shows it; ``reason`` greys it. ``id`` "" is a state without a deed (*Chờ công dân đóng*)."""

    id: str
    label: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Actions:
    """The filled button (None: nothing is expected of anyone here), the ones beside it, the ones behind ⋯."""

    primary: Action | None
    secondary: tuple[Action, ...]
    more: tuple[Action, ...]
    hint: str = ""


def actions(dossier: Dossier, officer: Officer, why_not: WhyNot, now: datetime) -> Actions:
    """Return what this officer sees for this dossier, every grey one with its reason."""
    primary = _primary(dossier, officer, why_not, now)
    rare = (*_WHERE_FITTING.get(dossier.state, ()), "confirm_payment", "reverse_payment", *_FORMS)
    fitting = [name for name in rare if _fits(name, dossier, why_not)]
    named = (*_MORE.get(dossier.state, ()), *fitting)
    wanted = [name for name in named if primary is None or name != primary.id]
    if Role.HEAD not in officer.roles:  # without being the head one takes it for oneself: that is *Nhận xử lý*
        wanted = [name for name in wanted if name != "assign"]
    offered = [Action(name, _label(name, dossier), commands.reason(name, dossier, why_not, now)) for name in wanted]
    shown = [action for action in _sorted(offered, dossier) if not action.reason and action.id not in _BEHIND]
    shown = shown[:MOST_SECONDARY]
    more = tuple(action for action in offered if action not in shown)
    hint = _RECEIVED_HINT if primary and primary.id == "receive" and not primary.reason else ""
    return Actions(primary, tuple(shown), more, hint)


def _fits(name: str, dossier: Dossier, why_not: WhyNot) -> bool:
    command = commands.BY_ID[name]
    if command.needs is not None and command.needs(dossier):
        return False
    return not command.rule or not any(failed.code in _NOTHING_TO_DO for failed in why_not(command.rule, ""))


def _sorted(offered: list[Action], dossier: Dossier) -> list[Action]:
    """Money first while money is owed, and paper by hand when nothing else arrives; else in the table's order."""
    if awaits_decision(dossier):
        return sorted(offered, key=lambda action: action.id != "disapprove")
    waiting = open_notices(dossier)
    if not waiting:
        head = () if dossier.procedure.pays_online else ("collect_receive",)
        return sorted(offered, key=lambda action: action.id not in head)
    paper = "hand_over" if any(unreached(notice) for notice in waiting) else "print_notice"
    first = ("confirm_payment", "tick_paid", paper)
    return sorted(offered, key=lambda action: first.index(action.id) if action.id in first else len(first))


def _primary(dossier: Dossier, officer: Officer, why_not: WhyNot, now: datetime) -> Action | None:
    name = _expected(dossier, officer)
    if name is None:
        return None
    if name == "" and second_officer.waiting(dossier):
        return _second(dossier, why_not, now)
    if name == "":
        return Action("", "Chờ công dân đóng", _waiting_words(dossier, now))
    return Action(name, _label(name, dossier), commands.reason(name, dossier, why_not, now))


def _second(dossier: Dossier, why_not: WhyNot, now: datetime) -> Action:
    """The money is here: what is expected is the second officer's look, of whoever may."""
    amount = format_dong(second_officer.waiting(dossier)[0].amount)
    reason = commands.reason("confirm_payment", dossier, why_not, now)
    if not reason:
        return Action("confirm_payment", f"Xác nhận {amount}…")
    return Action("", "Chờ người thứ hai xác nhận", f"Khoản thu {amount} đã ghi, chờ cán bộ khác xác nhận.")


def _expected(dossier: Dossier, officer: Officer) -> str | None:
    """Return the command expected next; "" while only the citizen can go on, None when nothing is expected."""
    refund = _refund_step(dossier, officer)
    if refund:
        return refund
    match dossier.state:
        case State.SUBMITTED:
            return "" if gate_notices(dossier) and dossier.procedure.gate != "warn" else "receive"
        case State.RECEIVED:
            return "forward"
        case State.PROCESSING:
            if dossier.assigned_to is None or dossier.assigned_to.id != officer.id:
                return _with_others(dossier, officer)
            if awaits_decision(dossier):
                return "approve"
            return "complete" if next_step(dossier) is None else "forward"
        case State.AWAITING_SUPPLEMENT:
            return _SUPPLEMENT.get(dossier.sub_state) if Role.RECEPTION in officer.roles else None
        case State.AWAITING_OBLIGATION:
            return _in_obligation(dossier, officer)
        case State.COMPLETED:
            return "return"
        case State.STOPPED:
            return "resume" if _comes_back_to(dossier, officer) else None
        case _:
            return None


def _refund_step(dossier: Dossier, officer: Officer) -> str:
    """Return the head's or the cashier's step of the oldest refund that waits for it, "" when none does."""
    for role, state, command in _REFUND_STEPS:
        if role in officer.roles and any(c.kind is CaseKind.REFUND and c.state is state for c in dossier.cases):
            return command
    return ""


def _with_others(dossier: Dossier, officer: Officer) -> str | None:
    """What is expected of one who does not hold it: to take or give away what waits, to wait for money."""
    if dossier.assigned_to is None and dossier.step is not None:
        if Role.HEAD in officer.roles:
            return "assign"
        if Role.PROCESSOR in officer.roles and dossier.step.unit_id == officer.unit_id:
            return "take"
    return "" if open_notices(dossier) and Role.RECEPTION in officer.roles else None


def awaits_decision(dossier: Dossier) -> bool:
    """Say whether the head has not decided yet on what was proposed."""
    return bool(dossier.approvals) and dossier.approvals[-1].approved is None


def _in_obligation(dossier: Dossier, officer: Officer) -> str | None:
    if dossier.sub_state is SubState.AWAITING_TAX_NOTICE:
        return "add_tax_notice" if _comes_back_to(dossier, officer) else None
    if Role.RECEPTION not in officer.roles:
        return "" if dossier.sub_state is SubState.AWAITING_PAYMENT else None
    steps = {SubState.DESK_TO_NOTIFY: "accept_notify", SubState.DESK_ACCEPTED: "notify", SubState.AWAITING_PAYMENT: ""}
    return steps.get(dossier.sub_state) if dossier.sub_state else None


def _comes_back_to(dossier: Dossier, officer: Officer) -> bool:
    return dossier.return_to is not None and dossier.return_to.id == officer.id


def _waiting_words(dossier: Dossier, now: datetime) -> str:
    since = min(notice.sent_at for notice in open_notices(dossier))
    lead = "Chưa tiếp nhận được: còn" if gate_notices(dossier) else "Còn"
    return f"{lead} {format_dong(owing(dossier))} chờ công dân đóng (báo {due_moment(since, now)})."


def next_step(dossier: Dossier) -> Step | None:
    """Return the step after the present one, None at the last step that is worked on (the desk's return follows)."""
    steps = dossier.procedure.steps
    keys = [step.key for step in steps]
    if dossier.step is None or dossier.step.key not in keys:
        return steps[0] if steps else None
    after = steps[keys.index(dossier.step.key) + 1 :]
    return after[0] if after and after[0].role is not Role.RECEPTION else None


def _label(name: str, dossier: Dossier) -> str:
    if name == "forward":
        step = next_step(dossier)
        return f"Chuyển: {step.name[:1].lower()}{step.name[1:]}" if step else "Chuyển xử lý"
    if name == "accept_supplement" and dossier.state is State.AWAITING_SUPPLEMENT:
        return "Tiếp nhận bổ sung"
    if name in ("tick_paid", "cancel_notice") and any(n.state is NoticeState.PARTLY_PAID for n in dossier.notices):
        return {"tick_paid": "Thu nốt tại quầy", "cancel_notice": "Hoàn phần đã nộp…"}[name]
    if name == "pay_refund":
        case = next((c for c in dossier.cases if c.kind is CaseKind.REFUND and c.state is CaseState.APPROVED), None)
        return f"Ghi đã hoàn {format_dong(case.amount)}" if case else commands.BY_ID[name].label
    return commands.BY_ID[name].label
