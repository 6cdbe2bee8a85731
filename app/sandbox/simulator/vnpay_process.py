"""The gateway's own side: after the citizen has paid (or not), VNPAY calls the portal over HTTP.

Stands apart from the portal's side (``gateways.vnpay``) because it is the other party: it takes the signed request,
waits as long as a citizen takes, and calls back with a signature of its own.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Event

from app.clock import VN
from app.errors import BadInput
from app.sandbox.gateways.vnpay import STAMP, signature, signed
from app.sandbox.simulator.http import SandboxHttp
from app.sandbox.simulator.partner import PartnerCall

RESPONSE_CODES = {"no_funds": "51", "wrong_otp": "13", "cancelled": "24", "timeout": "11"}
FAILURES = (*RESPONSE_CODES, "bad_signature", "wrong_amount")
_HUNDREDTHS_MORE = 100_000


def call_portal(http: SandboxHttp, call: PartnerCall) -> str:
    """Play the gateway's callback and return the portal's RspCode.

    Raises BadInput ``sandbox-refused`` for an unknown failure or a request that the portal did not sign.
    """
    if call.fail and call.fail not in FAILURES:
        raise BadInput("sandbox-refused", reason=f"--fail {call.fail}")
    if signature(call.fields) != call.fields["vnp_SecureHash"]:
        raise BadInput("sandbox-refused", reason="signature of the request")
    if call.delay_s > 0:
        Event().wait(call.delay_s)
    answer = http.get("/gateways/vnpay/ipn", **_callback(call))
    return str(answer["RspCode"])


def _callback(call: PartnerCall) -> dict[str, str]:
    asked = call.fields
    code = RESPONSE_CODES.get(call.fail, "00")
    begun = datetime.strptime(asked["vnp_CreateDate"], STAMP).replace(tzinfo=VN)
    paid_at = begun + timedelta(seconds=call.delay_s)
    amount = int(asked["vnp_Amount"]) + (_HUNDREDTHS_MORE if call.fail == "wrong_amount" else 0)
    fields = {
        "vnp_TmnCode": asked["vnp_TmnCode"],
        "vnp_TxnRef": asked["vnp_TxnRef"],
        "vnp_Amount": str(amount),
        "vnp_OrderInfo": asked["vnp_OrderInfo"],
        "vnp_ResponseCode": code,
        "vnp_TransactionStatus": "00" if code == "00" else "02",
        "vnp_TransactionNo": str(int(asked["vnp_TxnRef"][:12], 16) % 10**8).zfill(8),
        "vnp_BankCode": "NCB",
        "vnp_CardType": "ATM",
        "vnp_PayDate": f"{paid_at:{STAMP}}",
    }
    whole = signed(fields)
    if call.fail == "bad_signature":
        whole["vnp_SecureHash"] = "0" * 128
    return whole
