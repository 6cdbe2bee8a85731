"""VNPAY 2.1.0 as the portal meets it: signed fields, and the IPN that says whether money moved.

Stands apart because each partner signs and answers in its own way. The signature is HMAC-SHA512 over the parameters
sorted by name and form-encoded; the amount is in hundredths. The answer words: 00 taken, 01 unknown, 02 taken before,
04 wrong amount, 97 wrong signature, 99 our failure.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from app.clock import VN
from app.domain.words import Gateway
from app.sandbox.gateways import sessions
from app.sandbox.gateways.sessions import Call, Came
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
_CODES = {
    Came.TAKEN: "00", Came.UNPAID: "00", Came.AGAIN: "02", Came.UNKNOWN: "01", Came.WRONG_AMOUNT: "04",
    Came.BROKEN: "99",
}  # fmt: skip


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


def take_ipn(portal: Portal, fields: Mapping[str, str]) -> Answer:
    """Judge one call of the gateway and record what it says, exactly once."""
    if not hmac.compare_digest(signature(fields).encode(), fields.get("vnp_SecureHash", "").lower().encode()):
        return Answer("97")
    if fields.get("vnp_TmnCode") != TERMINAL:
        return Answer("01")
    hundredths = fields.get("vnp_Amount", "")
    call = Call(
        gateway=Gateway.VNPAY,
        session=fields.get("vnp_TxnRef", ""),
        amount=int(hundredths[:-2]) if hundredths.isdecimal() and hundredths[-2:] == "00" and hundredths[:-2] else None,
        paid=fields.get("vnp_ResponseCode") == "00" and fields.get("vnp_TransactionStatus") == "00",
        paid_at=_paid_at(fields, portal.clock.now()),
        reference=fields.get("vnp_TransactionNo", ""),
    )
    came, fact = sessions.take(portal, call)
    return Answer(_CODES[came], fact)


def _paid_at(fields: Mapping[str, str], now: datetime) -> datetime:
    try:
        return datetime.strptime(fields.get("vnp_PayDate", ""), STAMP).replace(tzinfo=VN)
    except ValueError:
        return now
