"""The life of a dossier as one table, and the one function that walks it (design §5).

Four callers share ``apply``: the button (asks, does not keep), the fold over pending commands, the service before it
queues, and the portal inside its transaction. ``check`` answers the button without a command; its failures grey the
button and explain it ("Vì sao không bấm được?").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.domain import effects, guards, rights
from app.domain.calendar import Calendar
from app.domain.commands import NAMES, Command
from app.domain.dossier import Dossier, HistoryItem, Officer
from app.domain.words import State, SubState

S = State
EVERY = frozenset(State)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: from (states, sub-states or any), command, right (its action in ``rights``), guards, effect, to."""

    command: str
    from_states: frozenset[State]
    to_state: State | None
    effect: effects.Effect
    event: str
    sub_states: frozenset[SubState] | None = None
    entry: tuple[guards.Entry, ...] = ()
    offer: tuple[guards.Entry, ...] = ()
    content: tuple[guards.Content, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """One condition that was not met: code and parameters of a sentence, and who could act."""

    code: str
    params: tuple[tuple[str, Any], ...] = ()
    who_could: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """The dossier after the command, and what happened; ``dossier`` already carries ``events`` in its history."""

    dossier: Dossier
    events: tuple[HistoryItem, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """The table said no, and every reason why."""

    failed: tuple[Failed, ...]


def _states(*states: State) -> frozenset[State]:
    return frozenset(states)


TABLE: tuple[Rule, ...] = (
    Rule("receive", _states(S.SUBMITTED), S.RECEIVED, effects.receive, "received", entry=(guards.gate_is_open,)),
    Rule("refuse", _states(S.SUBMITTED), S.REFUSED, effects.refuse, "refused", content=(guards.reason_given,)),
    Rule("forward", _states(S.RECEIVED, S.PROCESSING), S.PROCESSING, effects.forward, "forwarded"),
    Rule(
        "suspend",
        _states(S.PROCESSING),
        S.AWAITING_OBLIGATION,
        effects.suspend,
        "suspended",
        content=(guards.reason_given,),
    ),
    Rule(
        "accept_supplement",
        _states(S.AWAITING_OBLIGATION),
        S.AWAITING_OBLIGATION,
        effects.accept_supplement,
        "supplement_accepted",
        sub_states=frozenset({SubState.DESK_TO_NOTIFY}),
    ),
    Rule("complete", _states(S.PROCESSING), S.COMPLETED, effects.complete, "completed"),
    Rule(
        "return",
        _states(S.COMPLETED),
        S.RETURNED,
        effects.return_result,
        "returned",
        content=(guards.receiver_named, guards.owing_explained),
    ),
    Rule(
        "notify",
        _states(S.SUBMITTED, S.PROCESSING, S.AWAITING_OBLIGATION, S.COMPLETED),
        None,
        effects.notify,
        "notice_sent",
        entry=(guards.pays_online, guards.accepted_first),
        content=(guards.lines_are_sound, guards.nvtc_as_suspended, guards.replaced_is_open, guards.not_stale),
    ),
    Rule(
        "cancel_notice",
        EVERY,
        None,
        effects.cancel_notice,
        "notice_cancelled",
        offer=(guards.has_open_notice,),
        content=(guards.notice_is_open, guards.reason_given),
    ),
    Rule(
        "tick_paid",
        EVERY,
        None,
        effects.tick_paid,
        "payment_recorded",
        offer=(guards.has_open_notice,),
        content=(guards.notice_exists, guards.amount_is_money, guards.evidence_given),
    ),
    Rule(
        "decide_refund",
        EVERY,
        None,
        effects.decide_refund,
        "refund_decided",
        offer=(guards.has_open_case,),
        content=(guards.case_is_open,),
    ),
)

RULES: dict[str, Rule] = {rule.command: rule for rule in TABLE}


def check(dossier: Dossier, command: str, actor: Officer, now: datetime, *, subject_id: str = "") -> tuple[Failed, ...]:
    """Return why ``command`` cannot be offered now; empty: the button is alive."""
    rule = RULES[command]
    return _before(rule, dossier, actor, subject_id, now, offered=True)


def apply(dossier: Dossier, command: Command, actor: Officer, now: datetime, calendar: Calendar) -> Done | Refused:
    """Return the dossier after ``command``, or every reason why not. Pure; same input, same answer."""
    rule = RULES[NAMES[type(command)]]
    subject = getattr(command, "notice_id", "") if rule.command == "cancel_notice" else ""
    failed = _before(rule, dossier, actor, subject, now, offered=False)
    if not failed:
        failed = tuple(_failed(finding) for guard in rule.content if (finding := guard(dossier, command, now)))
    if failed:
        return Refused(failed)
    after, events = rule.effect(dossier, command, actor, now, calendar)
    return Done(replace(after, history=(*after.history, *events)), events)


def _before(
    rule: Rule, dossier: Dossier, actor: Officer, subject_id: str, now: datetime, *, offered: bool
) -> tuple[Failed, ...]:
    if dossier.state not in rule.from_states or (rule.sub_states and dossier.sub_state not in rule.sub_states):
        state = Failed("wrong-state", (("state", int(dossier.state)), ("command", rule.command)))
        return (state,)
    failed = []
    if not rights.may(actor, rule.command, dossier, subject_id):
        failed.append(Failed("not-your-right", (("command", rule.command),), rights.who_could(rule.command, dossier)))
    for guard in rule.entry + (rule.offer if offered else ()):
        if finding := guard(dossier, now):
            failed.append(_failed(finding))
    return tuple(failed)


def _failed(finding: tuple[str, dict[str, Any]]) -> Failed:
    code, params = finding
    return Failed(code, tuple(params.items()))
