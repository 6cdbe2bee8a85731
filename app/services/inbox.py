"""Lists, counts, search and one dossier: everything an officer reads before acting. Never touches the network."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from app.clock import to_ms
from app.contract.codec import Foreign
from app.domain import notices
from app.domain.appointments import apology_due, judged_at, step_due_at
from app.domain.deadline import working_minutes
from app.domain.dossier import Dossier, Notice
from app.domain.fold import Folded
from app.domain.listing import ListRow, Narrowing, Parts
from app.domain.queues import queue_of, queues_of
from app.domain.transitions import Failed, check
from app.domain.words import Queue
from app.errors import BadInput
from app.services.acting import load
from app.services.desk import Desk
from app.services.views import Card, ForeignCard, QueueCounts
from app.store import belongings, lists, mirror, search, unconfirmed
from app.store.projection import running_due, soon_from

_MOST_EARLIER = 5
_WHOLE = Narrowing()


def counts(desk: Desk) -> QueueCounts:
    """Return the live counts of the side bar."""
    with desk.store.read() as connection:
        found = lists.counts(connection, to_ms(desk.clock.now()))
    queues = tuple((queue, found.queues.get(queue.value, 0)) for queue in queues_of(desk.officer))
    return QueueCounts(queues, found.soon, found.late, found.unsent, found.decisions, found.pay_late,
                       found.unreached)  # fmt: skip


def keys(
    desk: Desk, queue: Queue | None, narrowing: Narrowing = _WHOLE, *, order: str = "due", descending: bool = False
) -> array[int]:
    """Return the row numbers of a list in its order; words as in ``store.lists.keys``."""
    now_ms, day_end_ms = _today(desk)
    with desk.store.read() as connection:
        return lists.keys(connection, queue=queue, narrowing=narrowing, now_ms=now_ms, day_end_ms=day_end_ms,
                          order=order, descending=descending)  # fmt: skip


def how_many(desk: Desk, queue: Queue | None, narrowing: Narrowing = _WHOLE) -> int:
    """Return the length of a list without reading it."""
    now_ms, day_end_ms = _today(desk)
    with desk.store.read() as connection:
        return lists.count(connection, queue=queue, narrowing=narrowing, now_ms=now_ms, day_end_ms=day_end_ms)


def parts(desk: Desk, queue: Queue | None, overlay: str = "") -> Parts:
    """Return in which states and with whom the rows of a list are, however it is narrowed."""
    now_ms, day_end_ms = _today(desk)
    with desk.store.read() as connection:
        return lists.parts(connection, queue=queue, overlay=overlay, now_ms=now_ms, day_end_ms=day_end_ms)


def _today(desk: Desk) -> tuple[int, int]:
    now = desk.clock.now()
    end = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return to_ms(now), to_ms(end) - 1


def find(desk: Desk, typed: str, limit: int = search.LIMIT) -> list[int]:
    """Return the row numbers of dossiers that match what was typed, newest first."""
    with desk.store.read() as connection:
        return search.find(connection, typed, limit)


def rows(desk: Desk, pks: Sequence[int]) -> list[ListRow | None]:
    """Return the list's facts of each row number, in the order asked; None for a row that is gone."""
    with desk.store.read() as connection:
        found = lists.rows(connection, pks)
    return [found.get(pk) for pk in pks]


def key_of(desk: Desk, dossier_id: str) -> int | None:
    """Return the row number under which lists show this dossier."""
    with desk.store.read() as connection:
        return lists.key_of(connection, dossier_id)


def cards(desk: Desk, pks: Sequence[int]) -> list[Card | ForeignCard | None]:
    """Return one card per row number, in the order asked; None for a row that is gone."""
    with desk.store.read() as connection:
        ids = lists.ids(connection, pks)
        found = {card_id(card): card for card in _cards(desk, connection, list(ids.values()))}
    return [found.get(ids.get(pk, "")) for pk in pks]


def cards_of(desk: Desk, ids: Sequence[str]) -> list[Card | ForeignCard]:
    """Return the cards of these dossiers, those that are here, in the order asked."""
    with desk.store.read() as connection:
        return _cards(desk, connection, ids)


def earlier(desk: Desk, dossier: Dossier) -> tuple[ListRow, ...]:
    """Return the applicant's other dossiers that this desk knows, newest first: by number, else name and phone."""
    person = dossier.applicant
    with desk.store.read() as connection:
        found = search.alike(connection, person.identity_no, person.name, person.phone, _MOST_EARLIER + 1)
        known = lists.rows(connection, found)
    others = (known[pk] for pk in found if pk in known and known[pk].id != dossier.id)
    return tuple(others)[:_MOST_EARLIER]


def card(desk: Desk, dossier_id: str) -> Card:
    """Return one dossier; raises BadInput ``no-such-dossier`` or ``newer-words``."""
    with desk.store.read() as connection:
        folded = load(desk, connection, dossier_id)
    return _card(desk, folded, desk.clock.now())


def locate(desk: Desk, code: str) -> str:
    """Return the id of the dossier with this code, receipt code or id; raises BadInput ``no-such-dossier``."""
    with desk.store.read() as connection:
        found = search.by_code(connection, code)
    if found is None:
        raise BadInput("no-such-dossier", code=code)
    return found


def locate_notice(desk: Desk, notice_id: str) -> str:
    """Return the id of the dossier that has this notice; raises BadInput ``no-such-notice``."""
    with desk.store.read() as connection:
        found = belongings.owner_of(connection, notice_id)
    if found is None:
        raise BadInput("no-such-notice")
    return found


def notice_of(dossier: Dossier, notice_id: str) -> Notice:
    """Return this notice of the dossier; raises BadInput ``no-such-notice``."""
    found = notices.find(dossier, notice_id)
    if found is None:
        raise BadInput("no-such-notice")
    return found


def why_not(desk: Desk, dossier: Dossier, command: str, subject_id: str = "") -> tuple[Failed, ...]:
    """Return why an action cannot be offered now; empty when it can. Pure, hence allowed on any thread."""
    return check(dossier, command, desk.officer, desk.clock.now(), subject_id=subject_id)


def card_id(card: Card | ForeignCard) -> str:
    """Return the dossier id of either kind of card."""
    return card.id if isinstance(card, ForeignCard) else card.dossier.id


def _cards(desk: Desk, connection: Connection, ids: Sequence[str]) -> list[Card | ForeignCard]:
    bodies = mirror.bodies(connection, ids)
    waiting = unconfirmed.waiting(connection, ids)
    now = desk.clock.now()
    found: list[Card | ForeignCard] = []
    for identity in ids:
        folded = desk.projector.folded(bodies.get(identity), waiting.get(identity, []))
        if folded is None:
            continue
        if isinstance(folded, Foreign):
            found.append(ForeignCard(folded.id, folded.code, folded.applicant, folded.procedure))
        else:
            found.append(_card(desk, folded, now))
    return found


def _card(desk: Desk, folded: Folded, now: datetime) -> Card:
    dossier = folded.dossier
    due = running_due(dossier)
    return Card(
        dossier=dossier,
        queue=queue_of(dossier, desk.officer),
        pending=folded.pending_types,
        ways=folded.ways,
        due_at=due,
        soon_at=soon_from(dossier, due, desk.calendar) if due else None,
        left_minutes=working_minutes(desk.calendar, now, due) if due else None,
        step_due_at=step_due_at(dossier, desk.calendar),
        judged_at=judged_at(dossier, desk.calendar),
        apology=apology_due(dossier, now, desk.calendar),
    )
