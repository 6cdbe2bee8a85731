"""Who may do what with which dossier: design §5 *Rights* as data.

Stands apart because the button, the desk's services and the portal ask the same question. It reads only what
``GET /v1/me`` says of the officer and what the dossier carries; the portal's answer is the one that binds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from app.domain.asking import Ask
from app.domain.dossier import Dossier
from app.domain.grounds import GROUNDS
from app.domain.people import Officer
from app.domain.second_officer import waiting
from app.domain.words import Right, Role, State

Ground = Callable[[Ask], bool]

_WORK = frozenset(
    {
        "received", "forwarded", "suspended", "completed", "returned", "supplement_accepted", "refused", "withdrawn",
        "payment_confirmed",
    }
)  # fmt: skip


def above(unit_id: str, part_id: str) -> bool:
    """Say whether ``part_id`` is the unit itself or part of it."""
    return part_id == unit_id or part_id.startswith(unit_id + ".")


def covers(officer: Officer, unit_id: str) -> bool:
    """Say whether ``unit_id`` is the officer's unit or part of it.

    >>> chief = Officer("1", "a", "A", "H32.8", frozenset())
    >>> covers(chief, "H32.8"), covers(chief, "H32.8.01"), covers(chief, "H32.80")
    (True, True, False)
    """
    return above(officer.unit_id, unit_id)


def _desk(ask: Ask) -> bool:
    return Role.RECEPTION in ask.actor.roles and ask.actor.unit_id == ask.dossier.desk_unit_id


def _desk_past_the_gate(ask: Ask) -> bool:
    return Right.RECEIVE_UNPAID in ask.actor.rights and _desk(ask)


def _desk_outside_processing(ask: Ask) -> bool:
    return ask.dossier.state is not State.PROCESSING and _desk(ask)


def _holder(ask: Ask) -> bool:
    return ask.dossier.assigned_to is not None and ask.dossier.assigned_to.id == ask.actor.id


def _suspender(ask: Ask) -> bool:
    """Whom a suspended dossier comes back to, or has come back to."""
    back_to = ask.dossier.return_to or ask.dossier.assigned_to
    return back_to is not None and back_to.id == ask.actor.id


def takes_fees_at_steps(ask: Ask) -> bool:
    """Say whether the officer may take fees of dossiers in his hands: this one may have left them while offline."""
    return Right.NOTIFY_FEE in ask.actor.rights and Role.ADMINISTRATOR not in ask.actor.roles


def _fee_holder(ask: Ask) -> bool:
    return ask.dossier.state is State.PROCESSING and _holder(ask) and Right.NOTIFY_FEE in ask.actor.rights


def _holder_at_fee_step(ask: Ask) -> bool:
    return _fee_holder(ask) and ask.dossier.step is not None and ask.dossier.step.collects_fee


def _desk_while_received(ask: Ask) -> bool:
    return ask.dossier.state is State.RECEIVED and _desk(ask)


def _holder_while_processing(ask: Ask) -> bool:
    return ask.dossier.state is State.PROCESSING and _holder(ask)


def _desk_before_reception(ask: Ask) -> bool:
    return ask.dossier.state is State.SUBMITTED and _desk(ask)


def _in_unit_queue(ask: Ask) -> bool:
    """A processor of the step's unit, while nobody has the dossier."""
    dossier, step = ask.dossier, ask.dossier.step
    free = dossier.state is State.PROCESSING and dossier.assigned_to is None and step is not None
    return free and Role.PROCESSOR in ask.actor.roles and step is not None and step.unit_id == ask.actor.unit_id


def _passed_it_on(ask: Ask) -> bool:
    return bool(ask.dossier.hands) and ask.dossier.hands[-1].passed_by_id == ask.actor.id


def _head(ask: Ask) -> bool:
    units = {ask.dossier.desk_unit_id} | ({ask.dossier.step.unit_id} if ask.dossier.step else set())
    return Role.HEAD in ask.actor.roles and any(covers(ask.actor, unit) for unit in units)


def _head_while_processing(ask: Ask) -> bool:
    return ask.dossier.state is State.PROCESSING and _head(ask)


def _cashier(ask: Ask) -> bool:
    return Role.CASHIER in ask.actor.roles and covers(ask.actor, ask.dossier.desk_unit_id)


def _sender(ask: Ask) -> bool:
    return any(n.sent_by.id == ask.actor.id for n in ask.dossier.notices if ask.subject_id in ("", n.id))


def _own_payment(ask: Ask) -> bool:
    ticked = [p for p in ask.dossier.payments if ask.subject_id in ("", p.id) and p.recorded_by is not None]
    return any(p.recorded_by is not None and p.recorded_by.id == ask.actor.id for p in ticked)


def _ticker_same_day(ask: Ask) -> bool:
    """The ticker, on the same day, while nobody worked on the dossier since."""
    for payment in ask.dossier.payments:
        mine = payment.recorded_by is not None and payment.recorded_by.id == ask.actor.id
        if not mine or ask.subject_id not in ("", payment.id) or payment.recorded_at.date() != ask.now.date():
            continue
        kinds = [(item.kind, item.subject_id) for item in ask.dossier.history]
        at = kinds.index(("payment_recorded", payment.id)) if ("payment_recorded", payment.id) in kinds else 0
        if not any(kind in _WORK for kind, _ in kinds[at + 1 :]):
            return True
    return False


def _head_not_ticker(ask: Ask) -> bool:
    return _head(ask) and not _own_payment(ask)


def _cashier_not_ticker(ask: Ask) -> bool:
    return _cashier(ask) and not _own_payment(ask)


def _another_ticked(ask: Ask) -> bool:
    """What waits for a second officer was recorded by somebody else; a payment nobody knows is judged elsewhere."""
    found = [p.recorded_by for p in waiting(ask.dossier) if ask.subject_id in ("", p.id)]
    return not found or any(by is not None and by.id != ask.actor.id for by in found)


def _second_at_desk(ask: Ask) -> bool:
    return _desk(ask) and _another_ticked(ask)


def _second_cashier(ask: Ask) -> bool:
    return _cashier(ask) and _another_ticked(ask)


def _second_head(ask: Ask) -> bool:
    return _head(ask) and _another_ticked(ask)


def _cashier_not_approver(ask: Ask) -> bool:
    """A refund always has two pairs of eyes: who approved it does not pay it out."""
    approved = [c.approved_by for c in ask.dossier.cases if c.approved_by and ask.subject_id in ("", c.id)]
    return _cashier(ask) and not any(by.id == ask.actor.id for by in approved)


def _desk_within_table(ask: Ask) -> bool:
    return _desk(ask) and (ask.subject_id == "" or ask.subject_id in GROUNDS)


GRANTS: dict[str, tuple[tuple[str, Ground], ...]] = {
    "receive": (("reception", _desk),),
    "receive_unpaid": (("receive_unpaid", _desk_past_the_gate),),
    "refuse": (("reception", _desk),),
    "register": (("reception", _desk),),
    "lodge": (("reception", _desk),),
    "correct_reception": (("reception", _desk),),
    "accept_supplement": (("reception", _desk),),
    "return": (("reception", _desk),),
    "notify": (("reception", _desk_outside_processing), ("fee_holder", _holder_at_fee_step)),
    "check_components": (("reception", _desk_outside_processing), ("holder", _holder_while_processing)),
    "request_supplement": (("reception", _desk_before_reception), ("holder", _holder_while_processing)),
    "ask_citizen": (("reception", _desk),),
    "bring_supplement": (("reception", _desk),),
    "assign": (("head", _head_while_processing), ("unit", _in_unit_queue)),
    "give_back": (("holder", _holder_while_processing), ("head", _head_while_processing)),
    "recall": (("passer", _passed_it_on),),
    "submit_to_head": (("holder", _holder_while_processing),),
    "decide_approval": (("holder", _holder_while_processing),),
    "stop_handling": (("holder", _holder_while_processing), ("head", _head_while_processing)),
    "withdraw": (("reception", _desk),),
    "forward": (
        ("reception", _desk_while_received),
        ("holder", _holder_while_processing),
        ("head", _head_while_processing),
    ),
    "suspend": (("holder", _holder),),
    "complete": (("holder", _holder),),
    "cancel_notice": (("sender", _sender), ("head", _head)),
    "tick_paid": (("reception", _desk), ("cashier", _cashier), ("fee_holder", _fee_holder)),
    "decide_refund": (("reception", _desk), ("cashier", _cashier), ("head", _head)),
    "collect": (("reception", _desk), ("cashier", _cashier), ("fee_holder", _fee_holder)),
    "remind": (("reception", _desk_outside_processing), ("fee_holder", _holder_at_fee_step)),
    "reach": (("reception", _desk), ("fee_holder", _fee_holder)),
    "correct_contact": (("reception", _desk), ("fee_holder", _fee_holder)),
    "waive": (("reception", _desk_within_table), ("head", _head)),
    "reverse_payment": (
        ("ticker_today", _ticker_same_day),
        ("head", _head_not_ticker),
        ("cashier", _cashier_not_ticker),
    ),
    "confirm_payment": (("reception", _second_at_desk), ("cashier", _second_cashier), ("head", _second_head)),
    "add_tax_notice": (("suspender", _suspender),),
    "send_back": (("reception", _desk),),
    "cancel_suspension": (("suspender", _suspender), ("head", _head)),
    "resume": (("suspender", _suspender), ("reception", _desk)),
    "approve_refund": (("head", _head),),
    "pay_refund": (("cashier", _cashier_not_approver),),
    "close_case": (("cashier", _cashier), ("head", _head)),
    "propose_extension": (("reception", _desk_while_received), ("holder", _holder_while_processing)),
    "decline_extension": (("head", _head),),
    "extend": (("head", _head),),
}

NOT_MONEY = frozenset(
    {
        "check_components",
        "request_supplement",
        "ask_citizen",
        "bring_supplement",
        "assign",
        "give_back",
        "recall",
        "submit_to_head",
        "decide_approval",
        "stop_handling",
        "withdraw",
        "receive",
        "receive_unpaid",
        "refuse",
        "register",
        "lodge",
        "correct_reception",
        "accept_supplement",
        "return",
        "forward",
        "suspend",
        "complete",
        "add_tax_notice",
        "send_back",
        "cancel_suspension",
        "propose_extension",
        "decline_extension",
        "extend",
    }
)


def may(officer: Officer, action: str, dossier: Dossier, now: datetime, subject_id: str = "") -> bool:
    """Say whether ``officer`` may do ``action`` at ``now``; ``subject_id`` names what it is about, empty for any.

    An administrator performs no money act.
    """
    if Role.ADMINISTRATOR in officer.roles and action not in NOT_MONEY:
        return False
    ask = Ask(dossier, officer, now, subject_id=subject_id)
    return any(ground(ask) for _, ground in GRANTS[action])


def as_once(officer: Officer) -> Officer:
    """Return the officer as cash is judged that he took when he might: a fact, which a second one confirms."""
    return replace(officer, rights=officer.rights | {Right.NOTIFY_FEE})


def may_change_calendar(officer: Officer) -> bool:
    """Say whether this officer keeps the working calendar."""
    return Role.ADMINISTRATOR in officer.roles


def may_see_looks(officer: Officer) -> bool:
    """Say whether this officer sees who looked at what: the head and the administrator."""
    return bool(officer.roles & {Role.HEAD, Role.ADMINISTRATOR})


def who_could(action: str, dossier: Dossier) -> tuple[str, ...]:
    """Return the kinds of officers that could; for the holder, the holder's name."""
    named = {"holder": dossier.assigned_to, "fee_holder": dossier.assigned_to, "suspender": dossier.return_to}
    found = ((word, named.get(word)) for word, _ in GRANTS[action])
    return tuple(officer.name if officer else word for word, officer in found)
