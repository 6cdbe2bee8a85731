"""The wallet's own side: after the citizen has paid (or not), MoMo calls the portal with JSON.

Stands apart from the portal's side (``gateways.momo``) because it is the other party, with a signature of its own.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Event
from typing import Any

from app.clock import to_ms
from app.errors import BadInput
from app.sandbox.gateways.momo import ASKED, TOLD, signature
from app.sandbox.simulator.http import SandboxHttp
from app.sandbox.simulator.partner import PartnerCall

RESULT_CODES = {"no_funds": "1001", "wrong_otp": "1002", "cancelled": "1006", "timeout": "1005"}
FAILURES = (*RESULT_CODES, "bad_signature", "wrong_amount")


def call_portal(http: SandboxHttp, call: PartnerCall) -> str:
    """Play the wallet's callback and return the portal's HTTP status.

    Raises BadInput ``sandbox-refused`` for an unknown failure or a request that the portal did not sign.
    """
    if call.fail and call.fail not in FAILURES:
        raise BadInput("sandbox-refused", reason=f"--fail {call.fail}")
    if signature(call.fields, ASKED) != call.fields["signature"]:
        raise BadInput("sandbox-refused", reason="signature of the request")
    if call.delay_s > 0:
        Event().wait(call.delay_s)
    return str(http.status("/gateways/momo/ipn", _callback(call)))


def _callback(call: PartnerCall) -> dict[str, Any]:
    asked = call.fields
    paid_at = datetime.fromisoformat(asked["createdAt"]) + timedelta(seconds=call.delay_s)
    fields = {
        "partnerCode": asked["partnerCode"],
        "orderId": asked["orderId"],
        "requestId": asked["requestId"],
        "amount": str(int(asked["amount"]) + (1000 if call.fail == "wrong_amount" else 0)),
        "orderInfo": asked["orderInfo"],
        "orderType": "momo_wallet",
        "transId": str(int(asked["orderId"][:12], 16) % 10**10),
        "resultCode": RESULT_CODES.get(call.fail, "0"),
        "message": "Successful." if call.fail not in RESULT_CODES else "Failed.",
        "payType": "qr",
        "responseTime": str(to_ms(paid_at)),
        "extraData": asked["extraData"],
    }
    signed = {**fields, "signature": signature(fields, TOLD)}
    return {**signed, "signature": "0" * 64} if call.fail == "bad_signature" else signed
