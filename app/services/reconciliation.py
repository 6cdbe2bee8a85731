"""Đối chiếu: the day's money as this desk wrote it, beside the portal's list of the same day, key by key.

Stands apart from ``collected``, which shows what was taken, and from ``sync.bookkeeper``, which confirms quietly: here
a person sees which sum stands on one side only, and its key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from app.clock import VN, from_ms, to_ms
from app.contract.wire import ReconciledKey
from app.domain.words import OutboxState
from app.services import inbox
from app.services.desk import Desk
from app.services.views import Card
from app.store import journal, outbox


@dataclass(frozen=True, slots=True)
class Difference:
    """One sum on which the two do not agree; ``here`` and ``there`` in đồng, None where that side has nothing.

    ``code``: reconcile-not-at-portal, reconcile-differs, reconcile-not-here.
    """

    code: str
    key: str
    dossier_id: str
    dossier_code: str
    here: int | None
    there: int | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A day's comparison as of ``at``: sums in đồng of this desk, of the portal for the same keys, and unsent."""

    day: date
    at: datetime
    here: int
    there: int
    waiting: int
    differences: tuple[Difference, ...]


def compared(desk: Desk, day: date) -> Compared:
    """Ask the portal and compare; raises KnownError when it cannot be reached. Thread: any but the GUI's."""
    with desk.store.read() as connection:
        rows = _of_day(connection, day)
    days = {day} | {from_ms(row.changed_ms).astimezone(VN).date() for _, row in rows if _sent(row)}
    lists = {asked: desk.engine.ask.reconciliation(asked).keys for asked in sorted(days)}
    there = {item.key: item for keys in lists.values() for item in keys}
    found = [_difference(entry, there.get(row.key)) for entry, row in rows if _sent(row)]
    with desk.store.read() as connection:
        known = {item.key for item in lists[day] if outbox.get(connection, item.key)}
    mine = [item for item in lists[day] if item.actor_id == desk.officer.id and item.key not in known]
    found += [Difference("reconcile-not-here", item.key, item.dossier_id, "", None, item.amount) for item in mine]
    return Compared(
        day=day,
        at=desk.clock.now(),
        here=sum(entry.amount for entry, _ in rows),
        there=sum(there[row.key].amount for _, row in rows if row.key in there) + sum(item.amount for item in mine),
        waiting=sum(entry.amount for entry, row in rows if not _sent(row)),
        differences=_named(desk, [item for item in found if item is not None]),
    )


def _of_day(connection: Connection, day: date) -> list[tuple[journal.Entry, outbox.OutboxRow]]:
    """Return the day's rows with their commands as they go out now; what was dropped, and its opposite, left out."""
    start = datetime.combine(day, time(), VN)
    entries = journal.made_between(connection, to_ms(start), to_ms(start + timedelta(days=1)))
    found = [(entry, outbox.newest(connection, entry.key)) for entry in entries]
    return [(entry, row) for entry, row in found if row is not None and row.state is not OutboxState.RESOLVED]


def _sent(row: outbox.OutboxRow) -> bool:
    return row.state is OutboxState.ACKED


def _difference(entry: journal.Entry, told: ReconciledKey | None) -> Difference | None:
    if told is None:
        return Difference("reconcile-not-at-portal", entry.key, entry.dossier_id, "", entry.amount, None)
    if (told.amount, told.channel, told.payment_id) == (entry.amount, entry.channel, entry.payment_id):
        return None
    return Difference("reconcile-differs", entry.key, entry.dossier_id, "", entry.amount, told.amount)


def _named(desk: Desk, found: list[Difference]) -> tuple[Difference, ...]:
    cards = [card for card in inbox.cards_of(desk, [item.dossier_id for item in found]) if isinstance(card, Card)]
    codes = {card.dossier.id: card.dossier.receipt_code or card.dossier.code for card in cards}
    return tuple(
        Difference(item.code, item.key, item.dossier_id, codes.get(item.dossier_id, ""), item.here, item.there)
        for item in found
    )
