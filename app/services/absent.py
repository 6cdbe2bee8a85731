"""Unsent work of absent officers: what waits on this desk for others, who may send it, and sending it for them.

Stands apart from the outbox, which is the officer's own. A fact keeps its officer: whoever is handed the work delivers
the same frozen bytes, and the history shows both names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from app.clock import from_ms, to_ms
from app.contract.wire import HandOver, UnsentWork
from app.domain.people import Officer, OfficerRef
from app.domain.words import OutboxState, Role
from app.errors import BadInput, PortalProblem
from app.services.desk import Desk
from app.services.processing import officer_named, officers_by_id
from app.store import outbox
from app.store.blobs import BlobStore
from app.store.writer import Store
from app.sync.apply_page import rebuild
from app.sync.sender import Sender


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work of an absent officer: how many commands, how much money in đồng, since when.

    ``undecided`` more wait for that officer's own decision. ``handed_to`` may send it; None: nobody yet.
    """

    officer: str
    username: str
    desk_id: str
    desk_name: str
    count: int
    undecided: int
    amount: int
    oldest_at: datetime
    handed_to: OfficerRef | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of handed-over commands: on the portal, still waiting, or for their own officer to decide."""

    sent: int
    left: int
    undecided: int


def here(desk: Desk) -> tuple[Waiting, ...]:
    """Return what waits on this desk for its other officers; never the network. Thread: any but the GUI's."""
    teller = desk.engine.puller.teller
    return tuple(
        Waiting(
            officer=item.officer.name,
            username=item.officer.username,
            desk_id=teller.desk_id,
            desk_name=teller.desk_name,
            count=len(item.to_send),
            undecided=item.undecided,
            amount=item.amount,
            oldest_at=from_ms(item.oldest_ms),
        )
        for item in desk.neighbours.unsent()
    )


def of_unit(desk: Desk) -> tuple[Waiting, ...]:
    """Return what has waited a working hour on any desk of the head's unit that is online.

    Raises BadInput ``hand-over-not-yours``, and KnownError without a network. Thread: any but the GUI's.
    """
    _only_the_head(desk)
    return tuple(_of_work(desk, work) for work in desk.engine.ask.unsent().works)


def hand_over(desk: Desk, username: str, to: str, desk_id: str = "") -> tuple[Waiting, ...]:
    """Let ``to`` deliver what waits for ``username``, on one desk or on all; return the work as it stands now.

    Raises BadInput ``hand-over-not-yours``, ``no-such-target``, ``nothing-unsent``, and KnownError without a network.
    """
    _only_the_head(desk)
    officer, other = officer_named(desk, username), officer_named(desk, to)
    works = [
        work for work in desk.engine.ask.unsent().works
        if work.officer_id == officer.id and desk_id in ("", work.desk_id)
    ]  # fmt: skip
    if not works or officer == other:
        raise BadInput("nothing-unsent", name=officer.name)
    for work in works:
        _hand_over(desk, HandOver(work.desk_id, officer.id, other.id), officer.name)
    return of_unit(desk)


def send_for(desk: Desk, username: str) -> Sent:
    """Send the handed-over commands of an absent officer from this desk; what is not sent waits as before.

    Raises BadInput ``no-such-target``, ``not-handed-over``, and KnownError without a network.
    """
    officer = officer_named(desk, username)
    works = [work for work in desk.engine.puller.teller.tell() if work.officer_id == officer.id]
    absent = next((item.officer for item in desk.neighbours.unsent() if item.officer.id == officer.id), None)
    if not works or absent is None:
        raise BadInput("not-handed-over", name=officer.name)
    keys = frozenset(works[0].keys)
    store = desk.neighbours.open(officer.id)
    try:
        sent = _sent(desk, store, absent, keys)
    finally:
        store.close()
        desk.neighbours.forget()
    desk.engine.puller.teller.tell()
    return sent


def _sent(desk: Desk, store: Store, absent: Officer, keys: frozenset[str]) -> Sent:
    blobs = BlobStore(store.open_blobs())
    try:
        projector = replace(desk.projector, officer=absent)
        if store.needs_rebuild:
            rebuild(store, projector)
        _work(replace(desk.engine.sender, store=store, blobs=blobs, projector=projector, only=keys), keys)
        with store.read() as connection:
            states = [row.state for key in keys if (row := outbox.get(connection, key))]
    finally:
        blobs.close()
    undecided = sum(state in (OutboxState.NEEDS_DECISION, OutboxState.PARKED) for state in states)
    return Sent(states.count(OutboxState.ACKED), len(states) - states.count(OutboxState.ACKED) - undecided, undecided)


def _work(sender: Sender, keys: frozenset[str]) -> None:
    sender.recover()
    with sender.store.write() as connection:
        outbox.take_up(connection, to_ms(sender.clock.now()), keys)
    for _ in range(2):  # cash that came in one batch with a refused deed was told to wait for it
        with sender.store.write() as connection:
            outbox.send_now(connection, to_ms(sender.clock.now()), keys=keys)
        while sender.step():
            pass


def _hand_over(desk: Desk, wanted: HandOver, name: str) -> None:
    try:
        desk.engine.ask.hand_over(wanted)
    except PortalProblem as problem:
        if problem.code == "not-found":
            raise BadInput("nothing-unsent", name=name) from problem
        raise


def _of_work(desk: Desk, work: UnsentWork) -> Waiting:
    people = officers_by_id(desk)
    officer = people.get(work.officer_id)
    return Waiting(
        officer=officer.name if officer else "",
        username=officer.username if officer else work.officer_id,
        desk_id=work.desk_id,
        desk_name=work.desk_name,
        count=work.count,
        undecided=work.undecided,
        amount=work.amount,
        oldest_at=work.oldest_at,
        handed_to=people.get(work.handed_to),
    )


def _only_the_head(desk: Desk) -> None:
    if Role.HEAD not in desk.officer.roles:
        raise BadInput("hand-over-not-yours")
