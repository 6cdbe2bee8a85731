"""Paying by MoMo: the wallet's signed JSON calls and the portal's HTTP answers."""

from __future__ import annotations

import hashlib
import hmac

import pytest
import requests

from app.sandbox.gateways.momo import ASKED, TOLD, signature
from app.sandbox.simulator import verbs
from tests.integration.sandbox_desk import SandboxDesk, file_dossier, move_clock

# Written out by hand from the wallet's table: alphabetical, access key first, empty fields stay.
BY_HAND = (
    "accessKey=sandbox-momo-access&amount=65500&extraData=&message=Successful.&orderId=abc&orderInfo=Nop phi"
    "&orderType=momo_wallet&partnerCode=MOTCUA&payType=qr&requestId=abc&responseTime=1795140300000&resultCode=0"
    "&transId=4088878653"
)


@pytest.fixture
def desk(sandbox):
    found = SandboxDesk(sandbox.base_url, "tiepnhan1")
    yield found
    found.close()


@pytest.fixture
def notice(sandbox, desk):
    return desk.notify(file_dossier(sandbox.base_url), 65_500)


def truth(desk, notice):
    return desk.dossier(desk.get(f"/v1/notices/{notice}").json()["dossier_id"])


def opened(sandbox, notice):
    asked = {"notice_id": notice, "gateway": "momo"}
    return requests.post(sandbox.base_url + "/citizen/payments", json=asked, timeout=10).json()["fields"]


def told(fields, **changed):
    plain = {
        "partnerCode": fields["partnerCode"], "orderId": fields["orderId"], "requestId": fields["requestId"],
        "amount": fields["amount"], "orderInfo": "Nop phi", "orderType": "momo_wallet", "transId": "4088878653",
        "resultCode": "0", "message": "Successful.", "payType": "qr", "responseTime": "1795140300000", "extraData": "",
    } | changed  # fmt: skip
    return {**plain, "signature": signature(plain, TOLD)}


def call(sandbox, fields):
    answer = requests.post(sandbox.base_url + "/gateways/momo/ipn", json=fields, timeout=10)
    assert answer.content == b""
    return answer.status_code


def test_the_signature_is_over_the_fields_in_the_wallets_order():
    fields = told({"partnerCode": "MOTCUA", "orderId": "abc", "requestId": "abc", "amount": "65500"})
    assert fields["signature"] == hmac.new(b"sandbox-momo-secret", BY_HAND.encode(), hashlib.sha256).hexdigest()


def test_the_request_for_the_wallet_is_signed_too(sandbox, notice):
    fields = opened(sandbox, notice)
    assert fields["signature"] == signature(fields, ASKED)
    assert (fields["amount"], fields["partnerCode"]) == ("65500", "MOTCUA")


def test_money_by_the_wallet_settles_the_notice(sandbox, desk, notice):
    result = verbs.pay(sandbox.base_url, notice=notice, gateway="momo")
    assert (result["rsp_code"], result["notice_state"]) == ("204", "paid")
    body = truth(desk, notice)
    assert [(p["id"], p["gateway"], p["amount"]) for p in body["payments"]] == [(result["payment_id"], "momo", 65_500)]


def test_a_repeated_call_is_understood_and_changes_nothing(sandbox, desk, notice):
    result = verbs.pay(sandbox.base_url, notice=notice, gateway="momo", duplicate=True)
    assert (result["rsp_code"], result["duplicate_rsp_code"]) == ("204", "204")
    assert len(truth(desk, notice)["payments"]) == 1


@pytest.mark.parametrize(("fail", "status", "state"), [
    ("bad_signature", "401", "paying"), ("wrong_amount", "400", "paying"), ("no_funds", "204", "viewed"),
    ("wrong_otp", "204", "viewed"), ("cancelled", "204", "viewed"), ("timeout", "204", "viewed"),
])
def test_what_is_not_money_leaves_no_fact(sandbox, desk, notice, fail, status, state):
    result = verbs.pay(sandbox.base_url, notice=notice, gateway="momo", fail=fail)
    assert (result["payment_id"], result["rsp_code"], result["notice_state"]) == (None, status, state)
    assert truth(desk, notice)["payments"] == []


@pytest.mark.parametrize(("changed", "status"), [
    ({"orderId": "nothing"}, 404), ({"partnerCode": "OTHER"}, 404), ({"amount": "65499"}, 400), ({"amount": "-1"}, 400),
    ({"amount": "6.55e4"}, 400),
])
def test_calls_about_something_else_are_refused(sandbox, desk, notice, changed, status):
    assert call(sandbox, told(opened(sandbox, notice), **changed)) == status
    assert truth(desk, notice)["payments"] == []


def test_a_call_without_signature_or_for_another_partner_is_refused(sandbox, notice):
    fields = opened(sandbox, notice)
    assert call(sandbox, {**told(fields), "signature": ""}) == 401
    assert call(sandbox, {**told(fields), "amount": "1"}) == 401
    assert call(sandbox, {**told(fields), "signature": "ký"}) == 401


def test_money_that_comes_after_the_session_is_over_is_still_a_fact(sandbox, desk, notice):
    fields = opened(sandbox, notice)
    move_clock(sandbox.base_url, advance_s=16 * 60)
    assert call(sandbox, told(fields)) == 204
    assert truth(desk, notice)["fee_status"] == "paid"


def test_money_for_a_cancelled_notice_is_a_fact_with_a_refund_case(sandbox, desk, notice):
    fields = opened(sandbox, notice)
    dossier = desk.get(f"/v1/notices/{notice}").json()["dossier_id"]
    assert desk.do("cancel_notice", dossier, notice_id=notice, reason="Nhầm")["status"] == "done"
    assert call(sandbox, told(fields)) == 204
    body = desk.dossier(dossier)
    assert [(p["amount"], p["settled"]) for p in body["payments"]] == [(65_500, 0)]
    assert [(c["kind"], c["amount"], c["state"]) for c in body["cases"]] == [("refund", 65_500, "open")]
