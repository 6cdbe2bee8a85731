"""VNPAY 2.1.0 as the portal meets it: signed fields, and the IPN that says whether money moved.

Stands apart because each partner signs and answers in its own way. The signature is HMAC-SHA512 over the parameters
sorted by name and form-encoded; the amount is in hundredths. The answer words: 00 taken, 01 unknown, 02 taken before,
04 wrong amount, 97 wrong signature, 99 our failure.
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select, update

from app.clock import VN, to_ms
from app.domain import payments
from app.domain.dossier import Dossier, Payment
from app.domain.words import Gateway, PaymentChannel
from app.sandbox import tables
from app.sandbox.ledger import Ledger, writing
from app.sandbox.portal import Portal

TERMINAL = "MOTCUA01"
SECRET = "sandbox-vnpay-secret"
STAMP = "%Y%m%d%H%M%S"
_MESSAGES = {
    "00": "Confirm Success",
    "01": "Order not found",
    "02": "Order already confirmed",
    "04": "Invalid amount",
    "97": "Invalid signature",
    "99": "Unknown error",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the portal tells the gateway; ``payment_id`` is the fact made of it, if one was made."""

    code: str
    payment_id: str | None = None

    def as_object(self) -> dict[str, str]:
        """Return the two fields VNPAY reads."""
        return {"RspCode": self.code, "Message": _MESSAGES[self.code]}


def signature(fields: Mapping[str, str], secret: str = SECRET) -> str:
    """Return the lower-case hex signature over all fields but the signature's own."""
    plain = sorted((k, v) for k, v in fields.items() if k not in ("vnp_SecureHash", "vnp_SecureHashType") and v)
    return hmac.new(secret.encode(), urlencode(plain).encode(), hashlib.sha512).hexdigest()


def signed(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields with their signature."""
    return {**fields, "vnp_SecureHash": signature(fields)}


def payment_fields(session: str, amount: int, now: datetime) -> dict[str, str]:
    """Return what the portal sends to the gateway when a citizen begins to pay ``amount`` đồng."""
    return {
        "vnp_Version": "2.1.0",
        "vnp_Command": "pay",
        "vnp_TmnCode": TERMINAL,
        "vnp_Amount": str(amount * 100),
        "vnp_CurrCode": "VND",
        "vnp_TxnRef": session,
        "vnp_OrderInfo": "Nop phi le phi ho so mot cua",
        "vnp_OrderType": "other",
        "vnp_Locale": "vn",
        "vnp_IpAddr": "127.0.0.1",
        "vnp_CreateDate": f"{now.astimezone(VN):{STAMP}}",
        "vnp_ExpireDate": f"{now.astimezone(VN) + timedelta(minutes=15):{STAMP}}",
    }


def payment_id(session: str) -> str:
    """Return the id of the payment fact of a session: the same however often the gateway calls."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"vnpay:{session}"))


def take_ipn(portal: Portal, fields: Mapping[str, str]) -> Answer:
    """Judge one call of the gateway and record what it says, exactly once."""
    if not hmac.compare_digest(signature(fields), fields.get("vnp_SecureHash", "").lower()):
        return Answer("97")
    if fields.get("vnp_TmnCode") != TERMINAL:
        return Answer("01")
    with writing(portal.database) as ledger:
        sessions = tables.payment_sessions.c
        query = select(tables.payment_sessions).where(
            sessions.id == fields.get("vnp_TxnRef", ""), sessions.gateway == Gateway.VNPAY.value
        )
        session = ledger.connection.execute(query.with_for_update()).one_or_none()
        if session is None:
            return Answer("01")
        if fields.get("vnp_Amount") != str(session.amount * 100):
            return Answer("04")
        if session.state in ("paid", "failed"):
            return Answer("02", payment_id(session.id) if session.state == "paid" else None)
        paid = fields.get("vnp_ResponseCode") == "00" and fields.get("vnp_TransactionStatus") == "00"
        _close_session(ledger, session.id, "paid" if paid else "failed")
        dossier = ledger.load(session.dossier_id)
        if dossier is None:
            return Answer("99")
        if not paid:
            ledger.save(dossier, _no_longer_paying(ledger, dossier, session.notice_id))
            return Answer("00")
        ledger.save(dossier, _with_payment(portal, dossier, session, fields))
        return Answer("00", payment_id(session.id))


def _with_payment(portal: Portal, dossier: Dossier, session: Any, fields: Mapping[str, str]) -> Dossier:
    now = portal.clock.now()
    fact = Payment(
        id=payment_id(session.id),
        notice_id=session.notice_id,
        channel=PaymentChannel.GATEWAY,
        amount=session.amount,
        paid_at=min(_paid_at(fields, now), now),
        recorded_at=now,
        payer=dossier.submitter.name,
        gateway=Gateway.VNPAY.value,
        reference=fields.get("vnp_TransactionNo", ""),
    )
    after, events = payments.record(dossier, fact, now, portal.calendar)
    return replace(after, history=(*after.history, *events))


def _paid_at(fields: Mapping[str, str], now: datetime) -> datetime:
    try:
        return datetime.strptime(fields.get("vnp_PayDate", ""), STAMP).replace(tzinfo=VN)
    except ValueError:
        return now


def _no_longer_paying(ledger: Ledger, dossier: Dossier, notice_id: str) -> Dossier:
    """Return the dossier without the mark, unless another session of the notice is still at a gateway."""
    sessions = tables.payment_sessions.c
    others = select(sessions.id).where(sessions.notice_id == notice_id, sessions.state == "open").limit(1)
    still_paying = ledger.connection.execute(others).first() is not None
    return dossier if still_paying else payments.stop_paying(dossier, notice_id)


def _close_session(ledger: Ledger, session_id: str, state: str) -> None:
    of_session = tables.payment_sessions.c.id == session_id
    ledger.connection.execute(update(tables.payment_sessions).where(of_session).values(state=state))


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
