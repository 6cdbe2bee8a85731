"""Conditions of the commands of handling; the same shape and codes as ``guards``."""

from __future__ import annotations

from app.domain import rights
from app.domain.asking import Ask
from app.domain.guards import Finding
from app.domain.words import CheckVerdict, Role, Signature, State

MAX_PAPERS = 100


def findings_sound(ask: Ask) -> Finding:
    """Each finding is about a component that is there; what fails has a reason."""
    findings, components = ask.command.findings, ask.dossier.components
    if not findings or any(found.place(components) is None for found in findings):
        return "no-such-component", {}
    unexplained = next((f for f in findings if f.verdict is CheckVerdict.FAILED and not f.reason.strip()), None)
    if unexplained is None:
        return None
    return "failure-needs-reason", {"name": components[unexplained.place(components)].name}


def papers_named(ask: Ask) -> Finding:
    """The citizen is told which papers."""
    papers = ask.command.papers
    if not papers or any(not paper.strip() for paper in papers):
        return "papers-needed", {}
    return ("too-many-components", {"limit": MAX_PAPERS}) if len(papers) > MAX_PAPERS else None


def supply_by_is_ahead(ask: Ask) -> Finding:
    """The day asked for is not in the past."""
    day = ask.command.supply_by
    return ("supply-by-past", {}) if day is not None and day < ask.now.date() else None


def not_submitted(ask: Ask) -> Finding:
    """Nothing goes on past the head while a proposal waits for a decision."""
    waits = bool(ask.dossier.approvals) and ask.dossier.approvals[-1].approved is None
    return ("awaiting-approval", {"name": ask.dossier.approvals[-1].to}) if waits else None


def is_submitted(ask: Ask) -> Finding:
    """A proposal waits for a decision."""
    waits = bool(ask.dossier.approvals) and ask.dossier.approvals[-1].approved is None
    return None if waits else ("nothing-submitted", {})


def refusal_explained(ask: Ask) -> Finding:
    """*Không duyệt* says why."""
    return None if ask.command.approved or ask.command.reason.strip() else ("reason-needed", {})


def has_way_back(ask: Ask) -> Finding:
    """Somebody had it before."""
    return None if ask.dossier.hands else ("no-step-before", {})


def untouched(ask: Ask) -> Finding:
    """Nobody has worked on it since it was passed on."""
    last = ask.dossier.history[-1].kind if ask.dossier.history else ""
    return None if last == "forwarded" else ("already-worked-on", {})


def of_the_unit(ask: Ask) -> Finding:
    """The officer named works in the step's unit, or above it; without being the head one takes it for himself only."""
    to, step = ask.command.to, ask.dossier.step
    if step is None or not rights.above(to.unit_id, step.unit_id):
        return "not-of-the-unit", {"name": to.name}
    head = Role.HEAD in ask.actor.roles
    return None if head or to.id == ask.actor.id else ("not-of-the-unit", {"name": to.name})


def head_named(ask: Ask) -> Finding:
    """The proposal goes to somebody above the step's unit, not to oneself."""
    to, step = ask.command.to, ask.dossier.step
    above = step is not None and rights.above(to.unit_id, step.unit_id)
    return None if above and to.id != ask.actor.id else ("not-a-head", {"name": to.name})


def not_stopped_for_good(ask: Ask) -> Finding:
    """What was stopped for good does not go on."""
    stop = ask.dossier.stop
    ended = stop is not None and stop.ends and ask.dossier.state is State.STOPPED
    return ("stopped-for-good", {}) if ended else None


def signer_named(ask: Ask) -> Finding:
    """A result that is said to be signed names who signed it."""
    named = ask.command.signature is not Signature.SIGNED or ask.command.signed_by.strip()
    return None if named else ("signer-needed", {})
