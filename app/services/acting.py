"""The one way an officer's act enters the outbox: ask the rule, write once, show at once.

Stands apart because every use case that changes a dossier ends here, in one transaction: outbox row, journal row when
it is money, and the projection. Nothing here waits for the network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from sqlalchemy import Connection

from app.clock import to_ms
from app.contract.codec import Foreign, command_text, sha256_of
from app.domain.commands import NAMES, UNDOABLE, Command
from app.domain.dossier import Dossier
from app.domain.fold import Folded
from app.domain.money_facts import money_fact
from app.domain.registration import newborn
from app.domain.transitions import Done, apply
from app.domain.work_commands import Lodge, Register
from app.errors import BadInput, Refused
from app.services import rescued
from app.services.desk import Desk
from app.services.views import Acted
from app.store import journal, mirror, outbox, unconfirmed


def load(desk: Desk, connection: Connection, dossier_id: str) -> Folded:
    """Return the dossier as this desk sees it; raises BadInput ``no-such-dossier`` or ``newer-words``."""
    rows = unconfirmed.waiting(connection, [dossier_id]).get(dossier_id, [])
    folded = desk.projector.folded(mirror.bodies(connection, [dossier_id]).get(dossier_id), rows)
    if folded is None:
        raise BadInput("no-such-dossier", code=dossier_id)
    if isinstance(folded, Foreign):
        raise BadInput("newer-words", code=folded.code)
    return folded


def act(
    desk: Desk,
    dossier_id: str,
    command: Command,
    blobs: Iterable[str] = (),
    *,
    portal_judges: frozenset[str] = frozenset(),
    note: str = "",
) -> Acted:
    """Queue ``command`` for the dossier. Transaction: own; thread: any but the GUI's.

    ``portal_judges``: codes of conditions that only the portal can know now; then it is queued without local effect.
    Raises Refused with every failed condition, BadInput, StoreTrouble; then nothing was written.
    """
    with desk.rescue.with_commit(), desk.store.write() as connection:
        folded = load(desk, connection, dossier_id)
        acted = _queue(desk, connection, folded.dossier, command, blobs, portal_judges, note)
    desk.tell_changed(dossier_id)
    return acted


Next = Callable[[Dossier], tuple[Command, Iterable[str]]]
"""Makes the second command of a press, with its blobs, from the dossier that the first one made."""


def act_twice(desk: Desk, dossier_id: str, first: Command, then: Next) -> tuple[Acted, ...]:
    """Queue both commands of one press, or neither. Transaction: own; thread, errors: as ``act``.

    ``then`` runs in the same transaction: it may read catalogues, not the store.
    """
    with desk.rescue.with_commit(), desk.store.write() as connection:
        dossier = load(desk, connection, dossier_id).dossier
        acted = _queue(desk, connection, dossier, first, (), frozenset(), "")
        acted_then = _queue_next(desk, connection, dossier_id, then)
    desk.tell_changed(dossier_id)
    return acted, acted_then


def bear(
    desk: Desk, make: Callable[[Connection], Register | Lodge], blobs: Iterable[str] = (), then: Next | None = None
) -> tuple[Acted, ...]:
    """Queue the first command of a dossier that nobody has seen. Transaction, thread, errors: as ``act``.

    ``make`` and ``then`` run in the same transaction: what they take (numbers of a block) is given back if either
    fails, and money is never without its dossier.
    """
    with desk.rescue.with_commit(), desk.store.write() as connection:
        command = make(connection)
        dossier = newborn(desk.ids.new(), command)
        acted = [_queue(desk, connection, dossier, command, blobs, frozenset(), "")]
        if then is not None:
            acted.append(_queue_next(desk, connection, dossier.id, then))
    desk.tell_changed(dossier.id)
    return tuple(acted)


def _queue_next(desk: Desk, connection: Connection, dossier_id: str, then: Next) -> Acted:
    dossier = load(desk, connection, dossier_id).dossier
    command, blobs = then(dossier)
    return _queue(desk, connection, dossier, command, blobs, frozenset(), "")


def _queue(
    desk: Desk,
    connection: Connection,
    dossier: Dossier,
    command: Command,
    blobs: Iterable[str],
    portal_judges: frozenset[str],
    note: str,
) -> Acted:
    now = desk.clock.now()
    now_ms = to_ms(now)
    kind = NAMES[type(command)]
    key = desk.ids.new()
    body = command_text(command)
    undo_s = desk.undo_s if kind in UNDOABLE else 0.0
    _check(desk, dossier, command, portal_judges)
    entries = _entries(desk, key, dossier, command)
    outbox.enqueue(
        connection,
        key=key,
        dossier_id=dossier.id,
        type_=kind,
        actor_id=desk.officer.id,
        body=body,
        sha256=sha256_of(body),
        money=bool(entries),
        now_ms=now_ms,
        not_before_ms=now_ms + round(undo_s * 1000),
        blobs=blobs,
    )
    desk.projector.project(connection, [dossier.id])
    for entry in entries:
        journal.append(connection, entry)
        # Last of all: on the disk before the commit, so before anybody is told that it was saved.
        rescued.keep(desk, connection, entry)
    return Acted(key, dossier.id, kind, now + timedelta(seconds=undo_s) if undo_s else None, note)


def _check(desk: Desk, dossier: Dossier, command: Command, portal_judges: frozenset[str]) -> None:
    result = apply(dossier, command, desk.officer, desk.clock.now(), desk.calendar, offered=True)
    if not isinstance(result, Done) and any(item.code not in portal_judges for item in result.failed):
        raise Refused(result.failed)


def _entries(desk: Desk, key: str, dossier: Dossier, command: Command) -> tuple[journal.Entry, ...]:
    """Return what the money journal writes of a command; a reversal is a row of its own, with the sum taken back."""
    fact = money_fact(dossier, command)
    if fact is None:
        return ()
    entry = journal.Entry(
        key=key,
        kind=NAMES[type(command)],
        dossier_id=dossier.id,
        notice_id=fact.notice_id,
        payment_id=fact.payment_id,
        amount=fact.amount,
        channel=fact.channel,
        made_ms=to_ms(command.made_at),
        actor_id=desk.officer.id,
    )
    return (entry,)
