"""Đã thu hôm nay: what this officer took at this desk on one legal day, with what became of it.

Stands apart from the portal's reconciliation: this is the officer's own page, also offline, from the money journal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.clock import VN, from_ms, to_ms
from app.domain import second_officer
from app.domain.dossier import Dossier, Payment
from app.domain.words import LineKind, Way
from app.services import inbox
from app.services.desk import Desk
from app.services.views import Card
from app.store import journal, outbox


@dataclass(frozen=True, slots=True)
class Taken:
    """One tick or collection: when, whose dossier, payer, document, way, sum in đồng, how far it got."""

    at: datetime
    payment_id: str
    dossier_id: str
    code: str
    payer: str
    document: str
    channel: str
    amount: int
    way: Way
    reversed: bool
    document_missing: bool
    unconfirmed: bool

    @property
    def sent(self) -> bool:
        """Whether the portal is known to have it."""
        return self.way is Way.THERE


@dataclass(frozen=True, slots=True)
class Day:
    """A day's takings with totals by way and by kind; reversed ones are listed, not summed."""

    day: date
    taken: tuple[Taken, ...]
    by_channel: tuple[tuple[str, int], ...]
    by_kind: tuple[tuple[LineKind, int], ...]

    @property
    def total(self) -> int:
        """The sum that should be in the drawer and on the terminals, in đồng."""
        return sum(amount for _, amount in self.by_channel)


def on(desk: Desk, day: date) -> Day:
    """Return what this officer took on ``day``."""
    start = datetime.combine(day, time(), VN)
    with desk.store.read() as connection:
        entries = journal.between(connection, to_ms(start), to_ms(start + timedelta(days=1)), desk.officer.id)
        rows = {entry.key: outbox.newest(connection, entry.key) for entry in entries}
    cards = {
        c.dossier.id: c.dossier for c in inbox.cards_of(desk, [e.dossier_id for e in entries]) if isinstance(c, Card)
    }
    taken, channels, kinds = [], dict[str, int](), dict[LineKind, int]()
    for entry in entries:
        dossier = cards.get(entry.dossier_id)
        payment = next((p for p in dossier.payments if p.id == entry.payment_id), None) if dossier else None
        row = rows[entry.key]
        item = _taken(
            entry,
            dossier,
            payment,
            way=row.way if row is not None else Way.HERE,
            dropped=row is not None and row.resolved_why == outbox.DROPPED,
        )
        taken.append(item)
        if not item.reversed:
            channels[entry.channel] = channels.get(entry.channel, 0) + entry.amount
            for kind, amount in _kinds(dossier, payment, entry.amount):
                kinds[kind] = kinds.get(kind, 0) + amount
    return Day(day, tuple(taken), tuple(sorted(channels.items())), tuple(sorted(kinds.items())))


def _taken(
    entry: journal.Entry, dossier: Dossier | None, payment: Payment | None, *, way: Way, dropped: bool
) -> Taken:
    evidence = payment.evidence if payment else None
    return Taken(
        at=from_ms(entry.made_ms),
        payment_id=entry.payment_id,
        dossier_id=entry.dossier_id,
        code=(dossier.receipt_code or dossier.code) if dossier else "",
        payer=payment.payer if payment else "",
        document=evidence.document_no if evidence else "",
        channel=entry.channel,
        amount=entry.amount,
        way=way,
        reversed=dropped or (payment.reversed if payment else False),
        unconfirmed=bool(payment and second_officer.waits(payment)),
        document_missing=bool(evidence and not evidence.document_no and evidence.file is None),
    )


def _kinds(dossier: Dossier | None, payment: Payment | None, amount: int) -> list[tuple[LineKind, int]]:
    """Split a sum over its notice's kinds in the order of the lines; what is over belongs to the last."""
    notice = next((n for n in dossier.notices if payment and n.id == payment.pays), None) if dossier else None
    if notice is None:
        return []
    found, rest = [], amount
    for line in notice.lines:
        part = min(rest, line.amount)
        found.append((line.kind, part))
        rest -= part
    if rest and found:
        found[-1] = (found[-1][0], found[-1][1] + rest)
    return found
