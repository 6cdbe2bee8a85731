"""What only the portal can give to an effect: numbers, and the messages that leave for the citizen.

Stands apart from ``commands`` because citizens' and gateways' changes need the same. Everything here is written in the
transaction of the effect: a message is queued if and only if its cause was committed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, update

from app.clock import to_ms
from app.domain.commands import Command, Remind, Suspend
from app.domain.dossier import Dossier, Notice
from app.domain.notice_making import deliveries
from app.domain.notices import waived_of
from app.domain.words import DeliveryState, NoticeState, State
from app.ids import IdSource
from app.sandbox import covers, tables
from app.sandbox.ledger import Ledger

_ids = IdSource()


def complete_effect(
    ledger: Ledger, before: Dossier, after: Dossier, command: Command | None, now: datetime
) -> Dossier:
    """Return ``after`` with its numbers and whoever is there, and queue what the citizen must be told.

    ``command`` is None for an act of the citizen.
    """
    if before.state is State.SUBMITTED and after.state is State.RECEIVED and after.receipt_code is None:
        after = replace(after, receipt_code=receipt_code(ledger, after.desk_unit_id, now))
    known = {notice.id: notice for notice in before.notices}
    for notice in after.notices:
        old = known.get(notice.id)
        fresh = tuple(d for d in notice.deliveries if old is None or d not in old.deliveries)
        if fresh:
            _withdraw_queued(ledger, notice.id)
            kind = "reminder" if isinstance(command, Remind) else "replace" if notice.replaces else "fee"
            _queue(ledger, after.id, replace(notice, deliveries=fresh), kind, now)
        elif old is not None and (kind := _told_of(notice, old, before, after)):
            _queue(ledger, after.id, replace(notice, deliveries=deliveries(after, now)), kind, now)
    if isinstance(command, Suspend):
        _queue(ledger, after.id, None, "suspension", now, dossier=after)
    return covers.resumed(ledger.connection, before, after, now)


def _told_of(notice: Notice, old: Notice, before: Dossier, after: Dossier) -> str:
    """Return the kind of message that a change of a known notice is worth: cancel, waiver, reversal, or none."""
    if notice.state is NoticeState.CANCELLED and old.state is not NoticeState.CANCELLED:
        return "cancel"
    if waived_of(after, notice.id) > waived_of(before, notice.id):
        return "waiver"
    reversed_before = {p.id for p in before.payments if p.reversed}
    taken_back = any(p.reversed and p.pays == notice.id and p.id not in reversed_before for p in after.payments)
    return "reversal" if taken_back else ""


def _withdraw_queued(ledger: Ledger, notice_id: str) -> None:
    """What is still on its way about this notice gives way to the newer word."""
    columns = tables.deliveries.c
    waiting = update(tables.deliveries).where(
        columns.notice_id == notice_id, columns.state == DeliveryState.QUEUED.value
    )
    ledger.connection.execute(waiting.values(state=DeliveryState.FAILED.value, code="overtaken"))


def receipt_code(ledger: Ledger, unit_id: str, now: datetime) -> str:
    """Return the next *mã biên nhận* of a desk's day: ``H32.8-20261120-0007``."""
    return f"{unit_id}-{now:%Y%m%d}-{ledger.next_number('receipt', unit_id, now):04d}"


def filing_code(ledger: Ledger, unit_id: str, now: datetime) -> str:
    """Return the next dossier code of a desk's day: ``H32.8-261120-0007``."""
    return f"{unit_id}-{now:%y%m%d}-{ledger.next_number('code', unit_id, now):04d}"


def _queue(
    ledger: Ledger, dossier_id: str, notice: Notice | None, kind: str, now: datetime, dossier: Dossier | None = None
) -> None:
    wanted = notice.deliveries if notice else deliveries(dossier, now) if dossier else ()
    rows = [
        {
            "id": _ids.new(), "dossier_id": dossier_id, "notice_id": notice.id if notice else "", "kind": kind,
            "channel": delivery.channel.value, "address": delivery.address, "state": DeliveryState.QUEUED.value,
            "code": "", "attempts": 0, "queued_ms": to_ms(now), "next_try_ms": to_ms(now),
        }
        for delivery in wanted
        if delivery.state is DeliveryState.QUEUED
    ]  # fmt: skip
    if rows:
        ledger.connection.execute(insert(tables.deliveries), rows)
