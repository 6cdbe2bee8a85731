"""What only the portal can give to an effect: numbers, and the messages that leave for the citizen.

Stands apart from ``commands`` because citizens' and gateways' changes need the same. Everything here is written in the
transaction of the effect: a message is queued if and only if its cause was committed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert

from app.clock import to_ms
from app.domain.commands import Command, Suspend
from app.domain.dossier import Dossier, Notice
from app.domain.notice_making import deliveries
from app.domain.words import DeliveryState, NoticeState, State
from app.ids import IdSource
from app.sandbox import tables
from app.sandbox.ledger import Ledger

_ids = IdSource()


def complete_effect(ledger: Ledger, before: Dossier, after: Dossier, command: Command, now: datetime) -> Dossier:
    """Return ``after`` with its numbers, and queue what the citizen must be told."""
    if before.state is State.SUBMITTED and after.state is State.RECEIVED and after.receipt_code is None:
        after = replace(after, receipt_code=receipt_code(ledger, after.desk_unit_id, now))
    known = {notice.id: notice for notice in before.notices}
    for notice in after.notices:
        old = known.get(notice.id)
        if old is None:
            _queue(ledger, after.id, notice, "replace" if notice.replaces else "fee", now)
        elif notice.state is NoticeState.CANCELLED and old.state is not NoticeState.CANCELLED:
            _queue(ledger, after.id, replace(notice, deliveries=deliveries(after, now)), "cancel", now)
    if isinstance(command, Suspend):
        _queue(ledger, after.id, None, "suspension", now, dossier=after)
    return after


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
