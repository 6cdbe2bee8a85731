"""MoMo v2 as the portal meets it: a signed request, and the IPN as JSON that says whether money moved.

Stands apart because each partner signs and answers in its own way. The signature is HMAC-SHA256 over the fields in
alphabetical order, joined as ``name=value`` with ``&`` and led by the access key; the amount is whole đồng. MoMo wants
204 for a call that was understood; it calls again after anything else.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from app.clock import VN
from app.domain.words import Gateway
from app.sandbox.gateways import sessions
from app.sandbox.gateways.sessions import Call, Came
from app.sandbox.portal import Portal

PARTNER = "MOTCUA"
ACCESS_KEY = "sandbox-momo-access"
SECRET = "sandbox-momo-secret"
ASKED = (
    "accessKey", "amount", "extraData", "ipnUrl", "orderId", "orderInfo", "partnerCode", "redirectUrl", "requestId",
    "requestType",
)  # fmt: skip
TOLD = (
    "accessKey", "amount", "extraData", "message", "orderId", "orderInfo", "orderType", "partnerCode", "payType",
    "requestId", "responseTime", "resultCode", "transId",
)  # fmt: skip
STATUS = {
    Came.TAKEN: 204, Came.UNPAID: 204, Came.AGAIN: 204, Came.UNKNOWN: 404, Came.WRONG_AMOUNT: 400, Came.BROKEN: 500,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What the portal tells MoMo: an HTTP status; ``payment_id`` is the fact made of the call, if one was made."""

    status: int
    payment_id: str | None = None


def signature(fields: Mapping[str, str], names: tuple[str, ...], secret: str = SECRET) -> str:
    """Return the lower-case hex signature over ``names`` in their order."""
    known = {**fields, "accessKey": ACCESS_KEY}
    plain = "&".join(f"{name}={known.get(name, '')}" for name in names)
    return hmac.new(secret.encode(), plain.encode(), hashlib.sha256).hexdigest()


def payment_fields(session: str, amount: int, now: datetime) -> dict[str, str]:
    """Return the signed request with which a citizen begins to pay ``amount`` đồng."""
    fields = {
        "partnerCode": PARTNER,
        "requestId": session,
        "orderId": session,
        "amount": str(amount),
        "orderInfo": "Nop phi le phi ho so mot cua",
        "redirectUrl": "https://motcua.example/xong",
        "ipnUrl": "https://motcua.example/gateways/momo/ipn",
        "requestType": "captureWallet",
        "extraData": "",
        "createdAt": now.astimezone(VN).isoformat(),
    }
    return {**fields, "signature": signature(fields, ASKED)}


def take_ipn(portal: Portal, fields: Mapping[str, object]) -> Answer:
    """Judge one call of MoMo and record what it says, exactly once."""
    told = {name: str(value) for name, value in fields.items()}
    if not hmac.compare_digest(signature(told, TOLD).encode(), told.get("signature", "").lower().encode()):
        return Answer(401)
    if told.get("partnerCode") != PARTNER:
        return Answer(404)
    call = Call(
        gateway=Gateway.MOMO,
        session=told.get("orderId", ""),
        amount=int(told["amount"]) if told.get("amount", "").isdecimal() else None,
        paid=told.get("resultCode") == "0",
        paid_at=_paid_at(told.get("responseTime", ""), portal.clock.now()),
        reference=told.get("transId", ""),
    )
    came, fact = sessions.take(portal, call)
    return Answer(STATUS[came], fact)


def _paid_at(text: str, now: datetime) -> datetime:
    return datetime.fromtimestamp(int(text) / 1000, UTC).astimezone(VN) if text.isdecimal() and len(text) < 15 else now
