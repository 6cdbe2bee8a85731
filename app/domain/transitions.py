"""Walks the table of a dossier's life (design §5): one pure function that applies a command, one that asks a button.

Four callers share ``apply``: the button (asks, does not keep), the fold over pending commands, the service before it
queues, and the portal inside its transaction. ``check`` answers the button without a command; its failures grey the
button and explain it ("Vì sao không bấm được?").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.domain import rights
from app.domain.asking import Ask
from app.domain.calendar import Calendar
from app.domain.commands import NAMES, Command
from app.domain.dossier import Dossier, HistoryItem, Outcome
from app.domain.people import Officer
from app.domain.transition_table import PAST, RULES, Rule


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


def check(dossier: Dossier, command: str, actor: Officer, now: datetime, *, subject_id: str = "") -> tuple[Failed, ...]:
    """Return why ``command``, or a right of ``PAST``, cannot be offered now; empty: the button is alive."""
    name, condition = PAST.get(command, (command, ""))
    failed = _before(RULES[name], Ask(dossier, actor, now, None, subject_id), offered=True)
    if not condition:
        return failed
    if not any(item.code == condition for item in failed):
        return failed or (Failed("nothing-in-the-way"),)
    others = tuple(item for item in failed if item.code != condition)
    if rights.may(actor, command, dossier, now, subject_id):
        return others
    return (*others, Failed("not-your-right", (("command", command),), rights.who_could(command, dossier)))


def apply(
    dossier: Dossier, command: Command, actor: Officer, now: datetime, calendar: Calendar, *, offered: bool = False
) -> Done | Refused:
    """Return the dossier after ``command``, or every reason why not. Pure; same input, same answer.

    ``offered``: the officer is about to do it, so what would be kept as a fact once done is refused too.
    """
    rule = RULES[NAMES[type(command)]]
    ask = Ask(dossier, actor, now, command, getattr(command, rule.subject) if rule.subject else "", calendar)
    failed = _before(rule, ask, offered=offered)
    if not failed:
        failed = tuple(_failed(finding) for guard in rule.content if (finding := guard(ask)))
    if failed:
        return Refused(failed)
    after, events = rule.effect(dossier, command, actor, now, calendar)
    if dossier.stands_in_for:
        after, events = _covered(dossier, after, events, actor)
    return Done(replace(after, history=(*after.history, *events)), events)


def _covered(
    before: Dossier, after: Dossier, events: tuple[HistoryItem, ...], actor: Officer
) -> Outcome:
    """A substitute's acts show both names, as long as the dossier is his."""
    if before.assigned_to and before.assigned_to.id == actor.id:
        name = f"{actor.name} (thay {before.stands_in_for})"
        events = tuple(replace(item, by=name) if item.by == actor.name else item for item in events)
    return (after if after.assigned_to == before.assigned_to else replace(after, stands_in_for="")), events


def _before(rule: Rule, ask: Ask, *, offered: bool) -> tuple[Failed, ...]:
    dossier = ask.dossier
    in_time = dossier.state in rule.from_states and (not rule.sub_states or dossier.sub_state in rule.sub_states)
    if not in_time and (offered or rule.late is None or not rule.late(ask)):
        return (Failed("wrong-state", (("state", int(dossier.state)), ("command", rule.command))),)
    failed = []
    kept = not offered and rule.taken is not None and rule.taken(ask)
    if not kept and not rights.may(ask.actor, rule.command, dossier, ask.now, ask.subject_id):
        failed.append(Failed("not-your-right", (("command", rule.command),), rights.who_could(rule.command, dossier)))
    for guard in rule.entry + (rule.offer if offered else ()):
        if finding := guard(ask):
            failed.append(_failed(finding))
    return tuple(failed)


def _failed(finding: tuple[str, dict[str, Any]]) -> Failed:
    code, params = finding
    return Failed(code, tuple(params.items()))
