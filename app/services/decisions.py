"""Cần xem lại: what a human must decide, with every way out spelled out. Nothing here solves itself or is lost.

Stands apart from the outbox: a refund case lives on the portal, a refused command on this desk; the officer sees one
list.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from sqlalchemy import Connection

from app.clock import to_ms
from app.contract.codec import command_text, read_command, sha256_of
from app.domain.commands import BIRTHS, MOVED, DecideRefund
from app.domain.dossier import Dossier, Notice, Payment
from app.domain.notices import open_notices
from app.domain.words import OutboxState, PaymentChannel
from app.domain.work_commands import Birth
from app.errors import BadInput
from app.services import edited, inbox
from app.services.acting import act
from app.services.counter import procedure_ref
from app.services.desk import Desk
from app.services.outbox import problem_code, problem_params, unfinished
from app.services.views import Acted, Card, Choice, Decision, OutboxItem
from app.store import belongings, journal, outbox

_AT_COUNTER = frozenset(
    {
        PaymentChannel.COUNTER_CASH,
        PaymentChannel.COUNTER_POS,
        PaymentChannel.COUNTER_TRANSFER,
        PaymentChannel.TREASURY,
    }
)
_OTHERWISE: dict[str, Choice] = {
    "number-not-leased": Choice("new-number", "decision-new-number", "decision-new-number-effect", recommended=True),
    "procedure-changed": Choice("new-version", "decision-new-version", "decision-new-version-effect", recommended=True),
}
"""How a refused registration may go out changed, by what the portal said."""


def waiting(desk: Desk) -> tuple[Decision, ...]:
    """Return everything that waits for a decision, refund cases first; not what a page lets go just now."""
    with desk.store.read() as connection:
        cases = belongings.open_cases(connection)
    cards = {card.dossier.id: card for card in inbox.cards_of(desk, [d for _, d in cases]) if isinstance(card, Card)}
    asked = [_of_case(cards[dossier_id].dossier, case_id) for case_id, dossier_id in cases if dossier_id in cards]
    found = [decision for decision in asked if decision is not None]
    on_the_way = unfinished(desk)
    stuck = [item for item in on_the_way if item.state in (OutboxState.NEEDS_DECISION, OutboxState.PARKED)]
    lanes = Counter(item.dossier_id for item in on_the_way)
    return (*found, *(_of_stuck(desk, item, followed=lanes[item.dossier_id] > 1) for item in stuck))


def decide(desk: Desk, decision_id: str, choice_id: str) -> Acted | None:
    """Carry out a choice; None when it only ends a command of this desk, else what is on its way now.

    Raises BadInput ``no-such-decision``.
    """
    decision = next((item for item in waiting(desk) if item.id == decision_id), None)
    choice = next((item for item in decision.choices if item.id == choice_id), None) if decision else None
    if decision is None or choice is None or choice.why_not:
        raise BadInput("no-such-decision")
    if decision.kind in ("paid_twice", "surplus"):
        method, subject = choice_id.split(":", 1)
        payment_id = decision.surplus_id if method == "use" else subject
        use_for = subject if method == "use" else ""
        command = DecideRefund(desk.clock.now(), decision_id, payment_id, method, use_for)
        return act(desk, decision.dossier_id, command)
    changed = _changed(desk, decision, choice_id)
    with desk.store.write() as connection:
        key = _carry_out(desk, connection, decision, again=choice_id != "drop", changed=changed)
        # What stood behind it was told to wait for it, perhaps for minutes by now: it need not any longer.
        outbox.wake(connection, to_ms(desk.clock.now()))
        desk.projector.project(connection, [decision.dossier_id])
    desk.tell_changed(decision.dossier_id)
    return Acted(key, decision.dossier_id, decision.deed) if key else None


def _changed(desk: Desk, decision: Decision, choice_id: str) -> tuple[str, str] | None:
    """Return body and SHA-256 of what goes out otherwise than it was made; None: the same bytes."""
    if choice_id in ("again", "drop"):
        return None
    body = edited.again(desk, decision.id, choice_id) if decision.edited else _birth(desk, decision, choice_id)
    return body, sha256_of(body)


def _birth(desk: Desk, decision: Decision, choice_id: str) -> str:
    """Return the body of a registration with another number or another version of its procedure."""
    with desk.store.read() as connection:
        row = outbox.get(connection, decision.id)
    command = read_command(row.type, row.body) if row else None
    if not isinstance(command, Birth):
        raise BadInput("no-such-decision")
    if choice_id == "new-number":
        command = replace(command, code="", receipt_code="")
    else:
        command = replace(command, procedure=procedure_ref(desk, command.procedure.code))
    return command_text(command)


def _carry_out(
    desk: Desk, connection: Connection, decision: Decision, *, again: bool, changed: tuple[str, str] | None
) -> str:
    """End or repeat a command of this desk; return the key under which it goes out again, empty when it ended.

    A parked one goes out again under its own key. A refused one needs a new key, because the portal has answered the
    old one for good; the bytes are the same, so money keeps its payment id and cannot double;
    only a registration or an edit may be ``changed``, and what waits behind it goes on after it. Raises BadInput
    ``no-such-decision`` for one that the feed has let go meanwhile: it is on its way.
    """
    now_ms = to_ms(desk.clock.now())
    by = desk.officer.id

    def move(state: OutboxState, why: str, replaced_by: str = "") -> None:
        if not outbox.decide(connection, decision.id, state, now_ms, by=by, why=why, replaced_by=replaced_by):
            raise BadInput("no-such-decision")

    if not again:
        move(OutboxState.RESOLVED, outbox.DROPPED)
        journal.take_back(connection, outbox.original(connection, decision.id), desk.ids.new(), now_ms, by)
        return ""
    if decision.kind == "parked":
        move(OutboxState.QUEUED, "again")
        return decision.id
    key = desk.ids.new()
    move(OutboxState.RESOLVED, "again", key)
    outbox.enqueue_again(connection, decision.id, key, now_ms, changed)
    return key


def _of_case(dossier: Dossier, case_id: str) -> Decision | None:
    """Return what is to be decided; None for a case that a page has let go since it was listed."""
    case = next((c for c in dossier.cases if c.id == case_id), None)
    surplus = next((p for p in dossier.payments if case and p.id == case.payment_id), None)
    if case is None or surplus is None:
        return None
    payments = [p for p in dossier.payments if p.pays == surplus.pays and not p.reversed]
    other = next((p for p in payments if p.settled and p.id != surplus.id and p.amount == case.amount), None)
    common = {
        "id": case.id,
        "dossier_id": dossier.id,
        "dossier_code": dossier.receipt_code or dossier.code,
        "applicant": dossier.applicant.name,
        "since": case.opened_at,
        "amount": case.amount,
        "surplus_id": surplus.id,
    }
    uses = () if surplus.settled else tuple(_use_for(notice) for notice in open_notices(dossier))
    if other is None:
        return Decision(
            kind="surplus",
            code="decision-surplus" if surplus.surplus >= case.amount else "decision-no-result",
            params=(("applicant", dossier.applicant.name), ("amount_dong", case.amount)),
            choices=(_refund(surplus, recommended=True), *uses),
            theirs=surplus if surplus.recorded_by is None else None,
            mine=surplus if surplus.recorded_by is not None else None,
            **common,  # type: ignore[arg-type]
        )
    theirs, mine = sorted((surplus, other), key=lambda p: p.recorded_by is not None)
    # Cash goes back at the counter today; money on a gateway takes days.
    preferred = next((p for p in (mine, theirs) if p.channel in _AT_COUNTER), surplus)
    return Decision(
        kind="paid_twice",
        code="decision-paid-twice",
        params=(("applicant", dossier.applicant.name), ("amount_dong", case.amount)),
        choices=(
            *(_refund(p, recommended=p is preferred) for p in _preferred_first((mine, theirs), preferred)),
            *uses,
        ),
        theirs=theirs,
        mine=mine,
        **common,  # type: ignore[arg-type]
    )


def _preferred_first(payments: tuple[Payment, Payment], preferred: Payment) -> list[Payment]:
    return sorted(payments, key=lambda p: p is not preferred)


def _refund(payment: Payment, *, recommended: bool) -> Choice:
    counter = payment.channel in _AT_COUNTER
    return Choice(
        id=f"{'counter' if counter else 'gateway'}:{payment.id}",
        label="refund-at-counter" if counter else "refund-by-gateway",
        effect="refund-at-counter-effect" if counter else "refund-by-gateway-effect",
        recommended=recommended,
    )


def _use_for(notice: Notice) -> Choice:
    title = (("title", notice.title),)
    return Choice(f"use:{notice.id}", "use-for-notice", "use-for-notice-effect", params=title)


def _of_stuck(desk: Desk, item: OutboxItem, *, followed: bool) -> Decision:
    decision, differs = _of_command(item, followed=followed), edited.what_differs(desk, item)
    if differs is None:
        return decision
    told, choices = differs
    return replace(decision, kind="edited", choices=choices, edited=told)


def _of_command(item: OutboxItem, *, followed: bool) -> Decision:
    """``followed``: other commands of the dossier wait behind it; without its registration they would be lost."""
    refused = item.state is OutboxState.NEEDS_DECISION
    code = problem_code(item.last_problem) or "refused"
    stays = "decision-money-stays" if item.type in MOVED else ""
    there = code == "already-registered"
    stays = "decision-others-wait" if item.type in BIRTHS and followed and not there else stays
    drop = Choice("drop", "decision-drop", "decision-drop-effect", recommended=there, why_not=stays)
    if refused and item.type == "pay_refund":
        drop = Choice("drop", "decision-not-given", "decision-not-given-effect")
    again = Choice("again", "decision-again", "decision-again-effect", recommended=not refused)
    if refused and item.type in BIRTHS:
        again = _OTHERWISE.get(code, again)
    return Decision(
        id=item.key,
        kind="refused" if refused else "parked",
        dossier_id=item.dossier_id,
        dossier_code=item.dossier_code,
        applicant=item.applicant,
        since=item.changed_at,
        code=code,
        params=(("command", item.type), *problem_params(item.last_problem).items()),
        choices=(again, drop),
        amount=item.amount,
        deed=item.type,
    )
