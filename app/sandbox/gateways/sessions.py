"""Payment sessions, whatever partner they are at: closed once, and what came of them is a fact of the dossier.

Stands apart because each partner signs and answers in its own way, while the money is judged in one: the sum must be
the session's, a repeat changes nothing, and a payment that comes late is still a fact.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update

from app.clock import to_ms
from app.domain import payments
from app.domain.dossier import Dossier, Payment
from app.domain.words import Gateway, PaymentChannel
from app.sandbox import covers, tables
from app.sandbox.ledger import Ledger, writing
from app.sandbox.portal import Portal


class Came(StrEnum):
    """What a partner's call came to."""

    TAKEN = "taken"
    UNPAID = "unpaid"
    AGAIN = "again"
    UNKNOWN = "unknown"
    WRONG_AMOUNT = "wrong_amount"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a partner whose signature was right; ``amount`` in đồng, None when it is not a number."""

    gateway: Gateway
    session: str
    amount: int | None
    paid: bool
    paid_at: datetime
    reference: str


def payment_id(session: str, gateway: Gateway = Gateway.VNPAY) -> str:
    """Return the id of the payment fact of a session: the same however often the partner calls."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{gateway.value}:{session}"))


def take(portal: Portal, call: Call) -> tuple[Came, str | None]:
    """Judge one call and record what it says, exactly once; the id of the fact if there is one."""
    with writing(portal.database) as ledger:
        sessions = tables.payment_sessions.c
        query = select(tables.payment_sessions).where(
            sessions.id == call.session, sessions.gateway == call.gateway.value
        )
        session = ledger.connection.execute(query.with_for_update()).one_or_none()
        if session is None:
            return Came.UNKNOWN, None
        if call.amount != session.amount:
            return Came.WRONG_AMOUNT, None
        if session.state in ("paid", "failed"):
            return Came.AGAIN, payment_id(session.id, call.gateway) if session.state == "paid" else None
        _close_session(ledger, session.id, "paid" if call.paid else "failed")
        dossier = ledger.load(session.dossier_id)
        if dossier is None:
            return Came.BROKEN, None
        if not call.paid:
            ledger.save(dossier, _no_longer_paying(ledger, dossier, session.notice_id))
            return Came.UNPAID, None
        ledger.save(dossier, _with_payment(portal, ledger, dossier, session.notice_id, call))
        return Came.TAKEN, payment_id(session.id, call.gateway)


def _with_payment(portal: Portal, ledger: Ledger, dossier: Dossier, notice_id: str, call: Call) -> Dossier:
    now = portal.clock.now()
    fact = Payment(
        id=payment_id(call.session, call.gateway),
        notice_id=notice_id,
        channel=PaymentChannel.GATEWAY,
        amount=call.amount or 0,
        paid_at=min(call.paid_at, now),
        recorded_at=now,
        payer=dossier.submitter.name,
        gateway=call.gateway.value,
        reference=call.reference,
    )
    after, events = payments.record(dossier, fact, now, portal.calendar)
    return covers.resumed(ledger.connection, dossier, replace(after, history=(*after.history, *events)), now)


def end_overdue_sessions(portal: Portal) -> bool:
    """Take back the mark of payments that never came; return whether there were any."""
    sessions = tables.payment_sessions.c
    with writing(portal.database) as ledger:
        over = select(tables.payment_sessions).where(
            sessions.state == "open", sessions.expires_ms <= to_ms(portal.clock.now())
        )
        session = ledger.connection.execute(over.limit(1)).one_or_none()
        if session is None:
            return False
        _close_session(ledger, session.id, "expired")
        dossier = ledger.load(session.dossier_id)
        if dossier is not None:
            ledger.save(dossier, _no_longer_paying(ledger, dossier, session.notice_id))
    return True
def _no_longer_paying(ledger: Ledger, dossier: Dossier, notice_id: str) -> Dossier:
    """Return the dossier without the mark, unless another session of the notice is still at a gateway."""
    sessions = tables.payment_sessions.c
    others = select(sessions.id).where(sessions.notice_id == notice_id, sessions.state == "open").limit(1)
    still_paying = ledger.connection.execute(others).first() is not None
    return dossier if still_paying else payments.stop_paying(dossier, notice_id)


def _close_session(ledger: Ledger, session_id: str, state: str) -> None:
    of_session = tables.payment_sessions.c.id == session_id
    ledger.connection.execute(update(tables.payment_sessions).where(of_session).values(state=state))


