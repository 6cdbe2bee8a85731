"""The background thread: delivers what is queued, and ends payments that never came.

Stands apart because delivery happens after the commit that asked for it, and each outcome is a transaction of its own:
version up, visible in the feed. It sleeps until something commits, the clock is moved or half a second is over.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from threading import Event, Thread
from typing import Any

from sqlalchemy import bindparam, exists, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from app.clock import from_ms, to_ms
from app.domain.citizen_texts import NoticeText
from app.domain.dossier import Delivery, Dossier
from app.domain.notices import find, with_notice
from app.domain.words import DeliveryChannel, DeliveryState
from app.sandbox import tables
from app.sandbox.channels import account, email, sms
from app.sandbox.channels.outcome import Outcome, failed, next_try
from app.sandbox.channels.texts import message_text
from app.sandbox.gateways.sessions import end_overdue_sessions
from app.sandbox.ledger import Ledger, parsed, writing
from app.sandbox.portal import Portal

_IDLE_S = 0.5
_BREATH_S = 0.05
"""Between two looks: under load something commits all the time, and hardly ever a message."""
_DUE = select(
    or_(
        exists().where(
            tables.deliveries.c.state == DeliveryState.QUEUED.value, tables.deliveries.c.next_try_ms <= bindparam("now")
        ),
        exists().where(
            tables.payment_sessions.c.state == "open", tables.payment_sessions.c.expires_ms <= bindparam("now")
        ),
    )
)
_log = logging.getLogger("motcua.sandbox")


class Worker:
    """Works the queue of deliveries; one thread."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._stopped = Event()
        self._sink = email.Sink(self._keep_letter)
        self._thread = Thread(target=self._run, name="sandbox deliveries", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._sink.start()
        self._thread.start()

    def stop(self) -> None:
        """End after the delivery at hand."""
        if self._stopped.is_set():
            return
        self._stopped.set()
        if self._thread.is_alive():
            self._portal.database.wake()
            self._thread.join(10)
            self._sink.stop()

    def _run(self) -> None:
        database = self._portal.database
        seen = -1
        while not self._stopped.is_set():
            seen = database.commits
            try:
                busy = self._is_due() and (self._work_one() or end_overdue_sessions(self._portal))
            except Exception:
                _log.exception("a delivery failed in the sandbox itself")
                busy = False
            if not busy and not self._stopped.wait(_BREATH_S):
                database.wait_for_commit(seen, _IDLE_S, self._stopped.is_set)

    def _is_due(self) -> bool:
        """Look before locking: most of the time there is nothing to deliver, and no payment is overdue."""
        with self._portal.database.asking() as connection:
            return bool(connection.execute(_DUE, {"now": to_ms(self._portal.clock.now())}).scalar_one())

    def _work_one(self) -> bool:
        columns = tables.deliveries.c
        due = select(tables.deliveries).where(
            columns.state == DeliveryState.QUEUED.value, columns.next_try_ms <= to_ms(self._portal.clock.now())
        )
        with self._portal.database.reading() as connection:
            row = connection.execute(due.order_by(columns.next_try_ms, columns.id).limit(1)).one_or_none()
            if row is None:
                return False
            body = select(tables.dossiers.c.body).where(tables.dossiers.c.id == row.dossier_id)
            dossier = parsed(connection.execute(body).scalar_one())
        channel = DeliveryChannel(row.channel)
        text, outcome = NoticeText("", ""), failed("server-refused")
        try:
            text = message_text(dossier, row.notice_id, row.kind, channel, from_ms(row.queued_ms))
            outcome = self._attempt(row, channel, text)
        except Exception:
            # One message that cannot be written must not stand in the way of all others.
            _log.exception("a message could not be written or handed over")
        self._record(row, text, outcome)
        return True

    def _attempt(self, row: Any, channel: DeliveryChannel, text: NoticeText) -> Outcome:
        if channel is DeliveryChannel.EMAIL:
            return email.send(self._sink.port, row.address, text.title, text.body, row.id)
        if channel is DeliveryChannel.SMS:
            return sms.send(row.address, text.body, row.attempts + 1)
        return account.put(row.address)

    def _record(self, row: Any, text: NoticeText, outcome: Outcome) -> None:
        now = self._portal.clock.now()
        attempts = row.attempts + 1
        retry = next_try(attempts, now, from_ms(row.queued_ms)) if outcome.state is DeliveryState.QUEUED else None
        if outcome.state is DeliveryState.QUEUED and retry is None:
            outcome = failed("gave-up")
        with writing(self._portal.database) as ledger:
            ledger.connection.execute(
                update(tables.deliveries)
                .where(tables.deliveries.c.id == row.id)
                .values(
                    state=outcome.state.value, code=outcome.code, attempts=attempts, next_try_ms=to_ms(retry or now)
                )
            )
            if outcome.state is DeliveryState.DELIVERED and row.channel != DeliveryChannel.EMAIL.value:
                _keep_message(ledger, row, text.title, text.body, now)
            dossier = ledger.load(row.dossier_id)
            if dossier is not None and row.kind in ("fee", "replace", "reminder"):
                ledger.save(dossier, _told(dossier, row, outcome, attempts, retry, now))

    def _keep_letter(self, delivery_id: str, address: str, title: str, body: str) -> None:
        with self._portal.database.reading() as connection:
            query = select(tables.deliveries).where(tables.deliveries.c.id == delivery_id)
            row = connection.execute(query).one_or_none()
        if row is None:
            return
        # A letter sent twice, because the portal died between sending and recording, is kept once.
        with suppress(IntegrityError), writing(self._portal.database) as ledger:
            _keep_message(ledger, row, title, body, self._portal.clock.now())


def _keep_message(ledger: Ledger, row: Any, title: str, body: str, now: datetime) -> None:
    ledger.connection.execute(
        insert(tables.citizen_messages).values(
            id=row.id, channel=row.channel, address=row.address, dossier_id=row.dossier_id, notice_id=row.notice_id,
            kind=row.kind, title=title, body=body, at_ms=to_ms(now),
        )
    )  # fmt: skip


def _told(
    dossier: Dossier, row: Any, outcome: Outcome, attempts: int, retry: datetime | None, now: datetime
) -> Dossier:
    """Return the dossier with the fate of one delivery of one notice."""

    def changed(delivery: Delivery) -> Delivery:
        if (delivery.channel.value, delivery.address) != (row.channel, row.address):
            return delivery
        since = delivery.since if delivery.state is outcome.state else now
        return replace(
            delivery, state=outcome.state, since=since, code=outcome.code, attempts=attempts, next_try_at=retry
        )

    notice = find(dossier, row.notice_id)
    if notice is None:
        return dossier
    deliveries, copies = tuple(map(changed, notice.deliveries)), tuple(map(changed, notice.copies))
    return with_notice(dossier, replace(notice, deliveries=deliveries, copies=copies))
