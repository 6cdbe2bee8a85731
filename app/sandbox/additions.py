"""What only the portal can give to an effect: numbers, and the messages that leave for the citizen.

Stands apart from ``commands`` because citizens' and gateways' changes need the same. Everything here is written in the
transaction of the effect: a message is queued if and only if its cause was committed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, update

from app.clock import to_ms
from app.domain import dossier_code
from app.domain.citizen_messages import Message, messages
from app.domain.commands import Command
from app.domain.dossier import Dossier
from app.domain.words import DeliveryState, State
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
    if not after.code:
        after = replace(after, code=filing_code(ledger, after.desk_unit_id, now))
    for message in messages(before, after, command, now):
        if message.own:
            _withdraw_queued(ledger, message.notice_id)
        _queue(ledger, after.id, message, now)
    return covers.resumed(ledger.connection, before, after, now)


def _withdraw_queued(ledger: Ledger, notice_id: str) -> None:
    """What is still on its way about this notice gives way to the newer word."""
    columns = tables.deliveries.c
    waiting = update(tables.deliveries).where(
        columns.notice_id == notice_id, columns.state == DeliveryState.QUEUED.value
    )
    ledger.connection.execute(waiting.values(state=DeliveryState.FAILED.value, code="overtaken"))


def receipt_code(ledger: Ledger, unit_id: str, now: datetime) -> str:
    """Return the next *mã biên nhận* of a desk's day: ``H32.8-20261120-0007``."""
    return dossier_code.make_receipt(unit_id, now.date(), ledger.next_number("receipt", unit_id, now))


def filing_code(ledger: Ledger, unit_id: str, now: datetime) -> str:
    """Return the next dossier code of a desk's day: ``H32.8-261120-0007``."""
    return dossier_code.make(unit_id, now.date(), ledger.next_number("code", unit_id, now))


def _queue(ledger: Ledger, dossier_id: str, message: Message, now: datetime) -> None:
    rows = [
        {
            "id": _ids.new(), "dossier_id": dossier_id, "notice_id": message.notice_id, "kind": message.kind,
            "channel": delivery.channel.value, "address": delivery.address, "state": DeliveryState.QUEUED.value,
            "code": "", "attempts": 0, "queued_ms": to_ms(now), "next_try_ms": to_ms(now),
        }
        for delivery in (*message.deliveries, *message.copies)
        if delivery.state is DeliveryState.QUEUED
    ]  # fmt: skip
    if rows:
        ledger.connection.execute(insert(tables.deliveries), rows)
