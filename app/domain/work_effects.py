"""What the commands of handling do to a dossier, once the table has said yes.

Stands apart from ``effects`` by size; same shape, pure as those.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from app.domain import effects, payments, refunds
from app.domain.acceptance import start_anew
from app.domain.appointments import left_minutes
from app.domain.calendar import Calendar
from app.domain.dossier import Component, Dossier, HistoryItem, Outcome, Pause, Step
from app.domain.handling import Approval, Check, Rating, Stop, SupplementRound
from app.domain.notice_making import close_open_notices
from app.domain.people import Officer
from app.domain.settlement import settle
from app.domain.words import PauseKind, Role, State, SubState
from app.domain.work_commands import (
    AskCitizen,
    Assign,
    BringSupplement,
    CheckComponents,
    DecideApproval,
    GiveBack,
    Recall,
    RequestSupplement,
    StopHandling,
    SubmitToHead,
    Withdraw,
)


def check_components(
    dossier: Dossier, command: CheckComponents, actor: Officer, now: datetime, _calendar: Calendar
) -> Outcome:
    """Write down what was found; one event for the whole list, which names what failed and what was never opened."""
    components = list(dossier.components)
    failed, unopened = list[str](), list[str]()
    for found in command.findings:
        at = found.place(dossier.components)
        if at is None:
            continue
        check = Check(found.verdict, actor.name, now, found.reason, found.unopened) if found.verdict else None
        components[at] = replace(components[at], check=check)
        failed += [components[at].name] if found.verdict == "failed" else []
        unopened += [components[at].name] if found.unopened else []
    parts = (("không đạt: ", failed), ("chưa mở xem: ", unopened))
    note = "; ".join(lead + ", ".join(names) for lead, names in parts if names)
    checked = replace(dossier, components=tuple(components))
    return checked, (HistoryItem("components_checked", now, actor.name, note=note),)


def request_supplement(
    dossier: Dossier, command: RequestSupplement, actor: Officer, now: datetime, calendar: Calendar
) -> Outcome:
    """1 → 5 and the citizen is told at once; 4 → 5 at the desk, the clock stands and the processor is remembered."""
    before_reception = dossier.state is State.SUBMITTED
    round_ = SupplementRound(
        command.papers, command.reason, dossier.state, actor.name, now, command.supply_by,
        told_by=actor.name if before_reception else "", told_at=now if before_reception else None,
    )  # fmt: skip
    asked = replace(
        dossier,
        state=State.AWAITING_SUPPLEMENT,
        sub_state=SubState.CITIZEN_ASKED if before_reception else SubState.DESK_TO_ASK,
        supplements=(*dossier.supplements, round_),
        paid_since=None,
    )
    item = HistoryItem("supplement_requested", now, actor.name, note=_asked_words(command))
    if before_reception:
        return replace(asked, accept_by=None, accept_remaining_minutes=None), (item,)
    return _paused(asked, dossier, PauseKind.SUPPLEMENT, now, calendar), (item,)


def ask_citizen(dossier: Dossier, _command: AskCitizen, actor: Officer, now: datetime, _calendar: Calendar) -> Outcome:
    """5/desk_to_ask → 5/citizen_asked."""
    told = _last_round(dossier, told_by=actor.name, told_at=now)
    return replace(told, sub_state=SubState.CITIZEN_ASKED), (HistoryItem("citizen_asked", now, actor.name),)


def bring_supplement(
    dossier: Dossier, command: BringSupplement, actor: Officer, now: datetime, _calendar: Calendar
) -> Outcome:
    """5/citizen_asked → 5/supplemented: the papers were brought to the counter."""
    return supplied(dossier, command.components, now, actor.name)


def supplied(dossier: Dossier, components: Iterable[Component], now: datetime, by: str) -> Outcome:
    """Đã bổ sung, by the citizen online or at the counter: papers join the components of their name, unchecked."""
    merged = list(dossier.components)
    brought = tuple(components)
    for new in brought:
        at = next((at for at, old in enumerate(merged) if old.name == new.name), len(merged))
        old = merged[at] if at < len(merged) else Component(new.name)
        counts = {kind: getattr(old, kind) + getattr(new, kind) for kind in ("originals", "certified", "copies")}
        merged[at : at + 1] = [replace(old, files=(*old.files, *new.files), check=None, **counts)]
    after = _last_round(replace(dossier, components=tuple(merged)), supplied_at=now)
    note = ", ".join(component.name for component in brought)
    return replace(after, sub_state=SubState.SUPPLEMENTED), (HistoryItem("supplemented", now, by, note=note),)


def accept_supplement(
    dossier: Dossier, command: object, actor: Officer, now: datetime, calendar: Calendar
) -> Outcome:
    """6/desk_to_notify: the clock goes on standing; 5/supplemented: back to where it was asked, full time again.

    The time counts from when the papers came, not from when the office looked at them.
    """
    if dossier.state is State.AWAITING_OBLIGATION:
        return effects.accept_obligation(dossier, actor, now)
    accepted = _last_round(dossier, accepted_by=actor.name, accepted_at=now)
    item = HistoryItem("supplement_accepted", now, actor.name)
    came = accepted.supplements[-1].supplied_at or now
    if accepted.supplements[-1].from_state is State.SUBMITTED:
        return start_anew(replace(accepted, state=State.SUBMITTED, sub_state=None), came, calendar), (item,)
    resumed, told = payments.resume(accepted, came, now, calendar)
    return resumed, (item, told)


def assign(dossier: Dossier, command: Assign, actor: Officer, now: datetime, _calendar: Calendar) -> Outcome:
    """4 stays 4, with another officer."""
    note = command.to.name + (f": {command.comment}" if command.comment else "")
    given = replace(dossier, assigned_to=command.to, assigned_at=now, stands_in_for="")
    return given, (HistoryItem("assigned", now, actor.name, note=note),)


def give_back(dossier: Dossier, command: GiveBack, actor: Officer, now: datetime, _calendar: Calendar) -> Outcome:
    """4 → the step before and whoever had it; before the first one back to the desk (2)."""
    return _back(dossier, now), (HistoryItem("given_back", now, actor.name, note=command.reason),)


def recall(dossier: Dossier, command: Recall, actor: Officer, now: datetime, _calendar: Calendar) -> Outcome:
    """4 → as it was before the last hand-over."""
    return _back(dossier, now), (HistoryItem("recalled", now, actor.name, note=command.reason),)


def submit_to_head(
    dossier: Dossier, command: SubmitToHead, actor: Officer, now: datetime, _calendar: Calendar
) -> Outcome:
    """4 stays 4, before the head; the clock runs on."""
    asked = Approval(actor.name, now, command.to.name, command.note)
    submitted = replace(
        dossier,
        approvals=(*dossier.approvals, asked),
        assigned_to=command.to,
        assigned_at=now,
        return_to=dossier.assigned_to,
        paid_since=None,
    )
    return submitted, (HistoryItem("submitted_to_head", now, actor.name, note=command.to.name),)


def decide_approval(
    dossier: Dossier, command: DecideApproval, actor: Officer, now: datetime, _calendar: Calendar
) -> Outcome:
    """4 stays 4, back with who proposed it."""
    last = replace(dossier.approvals[-1], approved=command.approved, decided_at=now, reason=command.reason)
    decided = replace(
        dossier,
        approvals=(*dossier.approvals[:-1], last),
        assigned_to=dossier.return_to,
        assigned_at=now,
        return_to=None,
    )
    if command.approved:
        return decided, (HistoryItem("approved", now, actor.name, note=command.reason),)
    return decided, (HistoryItem("not_approved", now, actor.name, note=command.reason),)


def stop_handling(
    dossier: Dossier, command: StopHandling, actor: Officer, now: datetime, calendar: Calendar
) -> Outcome:
    """4 → 8 (form 05): open notices are cancelled; for good, or with the clock standing until it goes on."""
    closed, cancelled = close_open_notices(dossier, command.reason, actor.name, now)
    stop = Stop(command.reason, actor.name, now, command.ends)
    stopped = replace(closed, state=State.STOPPED, sub_state=None, stop=stop, paid_since=None)
    if command.ends:
        stopped = replace(stopped, assigned_to=None, end_reason=command.reason)
    else:
        stopped = _paused(stopped, dossier, PauseKind.OTHER, now, calendar)
    after, opened = refunds.reconciled(settle(stopped), now)
    return after, (HistoryItem("stopped", now, actor.name, note=command.reason), *cancelled, *opened)


def withdraw(dossier: Dossier, command: Withdraw, actor: Officer, now: datetime, _calendar: Calendar) -> Outcome:
    """Any open state → 7 at the citizen's written wish; the money is treated as in a refusal."""
    item = HistoryItem("withdrawn", now, actor.name, note=command.reason)
    return effects.end(dossier, State.WITHDRAWN, command.reason, item, now)


def rate(dossier: Dossier, stars: int, note: str, now: datetime) -> Outcome:
    """What the citizen says of the service, 1 to 5."""
    item = HistoryItem("rated", now, dossier.submitter.name, note=note, amount=stars)
    return replace(dossier, rating=Rating(stars, now, note)), (item,)


def _back(dossier: Dossier, now: datetime) -> Dossier:
    hand = dossier.hands[-1]
    return replace(
        dossier,
        state=State.RECEIVED if _at_desk(hand.step) and hand.officer is None else State.PROCESSING,
        step=hand.step,
        step_at=now,
        assigned_to=hand.officer,
        assigned_at=now,
        hands=dossier.hands[:-1],
        paid_since=None,
    )


def _at_desk(step: Step) -> bool:
    return step.role is Role.RECEPTION


def _paused(after: Dossier, before: Dossier, kind: PauseKind, now: datetime, calendar: Calendar) -> Dossier:
    left = left_minutes(before, now, calendar) or 0
    return replace(
        after, pauses=(*before.pauses, Pause(kind, now, left)), assigned_to=None, return_to=before.assigned_to
    )


def _last_round(dossier: Dossier, **changes: object) -> Dossier:
    *earlier, last = dossier.supplements
    return replace(dossier, supplements=(*earlier, replace(last, **changes)))  # type: ignore[arg-type]


def _asked_words(command: RequestSupplement) -> str:
    papers = ", ".join(command.papers)
    return f"{papers}: {command.reason}" if papers else command.reason
