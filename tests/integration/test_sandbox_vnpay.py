"""Paying online: the gateway's calls and what the portal answers, as VNPAY's table has it."""

from __future__ import annotations

import pytest
import requests
from sqlalchemy import text

from app.errors import KnownError
from app.sandbox.gateways.vnpay import signature, signed
from app.sandbox.simulator import verbs
from tests.integration.sandbox_desk import SandboxDesk, file_dossier, move_clock


@pytest.fixture
def desk(sandbox):
    found = SandboxDesk(sandbox.base_url, "tiepnhan1")
    yield found
    found.close()


@pytest.fixture
def notice(sandbox, desk):
    return desk.notify(file_dossier(sandbox.base_url), 65_500)


def facts(sandbox, notice):
    with sandbox.portal.database.reading() as connection:
        query = text("select amount from payments where notice_id = :n")
        return list(connection.execute(query, {"n": notice}).scalars())


def truth(desk, notice):
    found = desk.get(f"/v1/notices/{notice}").json()
    return desk.dossier(found["dossier_id"])


def open_session(sandbox, notice):
    asked = {"notice_id": notice, "gateway": "vnpay"}
    return requests.post(sandbox.base_url + "/citizen/payments", json=asked, timeout=10).json()


def call(sandbox, fields):
    return requests.get(sandbox.base_url + "/gateways/vnpay/ipn", params=fields, timeout=10).json()["RspCode"]


def paid_fields(opened, **changed):
    asked = opened["fields"]
    return {
        "vnp_TmnCode": asked["vnp_TmnCode"], "vnp_TxnRef": asked["vnp_TxnRef"], "vnp_Amount": asked["vnp_Amount"],
        "vnp_ResponseCode": "00", "vnp_TransactionStatus": "00", "vnp_TransactionNo": "14226112",
        "vnp_PayDate": "20261120080500", **changed,
    }  # fmt: skip


def test_the_signature_is_the_published_one():
    """HMAC-SHA512 over the parameters sorted by name and form-encoded, the signature left out."""
    fields = {"vnp_TxnRef": "42", "vnp_Amount": "100", "vnp_OrderInfo": "Nop phi", "vnp_SecureHash": "x"}
    assert signature(fields, "secret") == (
        "dc8b67712b82cb87d8e8c752a366a6b8901fe3437361d4ce8740ce79bec1ba8d"
        "7bf7bf90dce46f4dd4e52e9315273e683df5ae460d1431b5150a318c527c698a"
    )


def test_paying_settles_the_notice_once(sandbox, desk, notice):
    result = verbs.pay(sandbox.base_url, notice=notice)
    assert (result["rsp_code"], result["notice_state"]) == ("00", "paid")
    body = truth(desk, notice)
    assert (body["fee_status"], [p["id"] for p in body["payments"]]) == ("paid", [result["payment_id"]])
    assert body["payments"][0]["channel"] == "gateway"
    assert facts(sandbox, notice) == [65_500]


def test_a_gateway_that_calls_twice_is_told_so_and_counted_once(sandbox, desk, notice):
    result = verbs.pay(sandbox.base_url, notice=notice, duplicate=True)
    assert (result["rsp_code"], result["duplicate_rsp_code"]) == ("00", "02")
    assert facts(sandbox, notice) == [65_500]


FAILURES = [
    ("no_funds", "00", "viewed"),
    ("wrong_otp", "00", "viewed"),
    ("cancelled", "00", "viewed"),
    ("timeout", "00", "viewed"),
    ("bad_signature", "97", "paying"),
    ("wrong_amount", "04", "paying"),
]


@pytest.mark.parametrize(("fail", "code", "state"), FAILURES)
def test_a_failed_payment_moves_no_money(sandbox, desk, notice, fail, code, state):
    result = verbs.pay(sandbox.base_url, notice=notice, fail=fail)
    assert result["payment_id"] is None
    assert result["rsp_code"] == code
    assert result["notice_state"] in (state, "sent")
    assert facts(sandbox, notice) == []
    assert truth(desk, notice)["fee_status"] != "paid"


def test_an_unknown_reference_or_terminal_is_not_found(sandbox, notice):
    opened = open_session(sandbox, notice)
    assert call(sandbox, signed(paid_fields(opened, vnp_TxnRef="0" * 32))) == "01"
    assert call(sandbox, signed(paid_fields(opened, vnp_TmnCode="SOMEONE"))) == "01"
    assert facts(sandbox, notice) == []


def test_while_the_citizen_pays_the_desk_sees_it(sandbox, desk, notice):
    open_session(sandbox, notice)
    body = truth(desk, notice)
    assert (body["notices"][0]["state"], body["notices"][0]["paying_with"]) == ("paying", "vnpay")
    assert body["fee_status"] == "paying"


def test_a_session_that_is_left_alone_ends_after_a_quarter_of_an_hour(sandbox, desk, notice):
    opened = open_session(sandbox, notice)
    move_clock(sandbox.base_url, advance_s=15 * 60 + 1)
    dossier = desk.get(f"/v1/notices/{notice}").json()["dossier_id"]
    body = desk.until(dossier, lambda b: b["notices"][0]["state"] != "paying")
    assert body["fee_status"] == "due"
    # The money came all the same, late: it is a fact.
    assert call(sandbox, signed(paid_fields(opened))) == "00"
    assert truth(desk, notice)["fee_status"] == "paid"
    assert facts(sandbox, notice) == [65_500]


def test_while_a_second_try_is_at_the_gateway_the_first_ones_failure_changes_nothing(sandbox, desk, notice):
    first = open_session(sandbox, notice)
    second = open_session(sandbox, notice)
    assert call(sandbox, signed(paid_fields(first, vnp_ResponseCode="24", vnp_TransactionStatus="02"))) == "00"
    assert truth(desk, notice)["fee_status"] == "paying"
    assert call(sandbox, signed(paid_fields(second))) == "00"
    assert truth(desk, notice)["fee_status"] == "paid"


def test_paid_at_the_counter_first_the_gateways_money_opens_a_refund_case(sandbox, desk, notice):
    opened = open_session(sandbox, notice)
    dossier = desk.get(f"/v1/notices/{notice}").json()["dossier_id"]
    assert desk.send(desk.tick(dossier, notice, 65_500))[0]["status"] == "done"
    assert call(sandbox, signed(paid_fields(opened))) == "00"
    body = desk.dossier(dossier)
    assert [p["settled"] for p in body["payments"]] == [65_500, 0]
    assert [(c["kind"], c["state"], c["amount"]) for c in body["cases"]] == [("refund", "open", 65_500)]
    assert facts(sandbox, notice) == [65_500, 65_500]


def test_money_for_a_cancelled_notice_is_a_fact_with_a_refund_case(sandbox, desk, notice):
    opened = open_session(sandbox, notice)
    dossier = desk.get(f"/v1/notices/{notice}").json()["dossier_id"]
    assert desk.do("cancel_notice", dossier, notice_id=notice, reason="Nhập sai")["status"] == "done"
    assert call(sandbox, signed(paid_fields(opened))) == "00"
    assert [c["amount"] for c in desk.dossier(dossier)["cases"]] == [65_500]


def test_money_for_an_ended_dossier_is_a_fact_with_a_refund_case(sandbox, desk, notice):
    opened = open_session(sandbox, notice)
    dossier = desk.get(f"/v1/notices/{notice}").json()["dossier_id"]
    assert desk.do("refuse", dossier, reason="Không thuộc thẩm quyền")["status"] == "refused"
    assert desk.do("refuse", dossier, reason="Không thuộc thẩm quyền", anyway=True)["status"] == "done"
    assert call(sandbox, signed(paid_fields(opened))) == "00"
    body = desk.dossier(dossier)
    assert (body["state"], [c["amount"] for c in body["cases"]]) == (3, [65_500])


def test_a_part_may_be_paid_and_then_the_rest(sandbox, desk, notice):
    assert verbs.pay(sandbox.base_url, notice=notice, amount=30_000)["notice_state"] == "partly_paid"
    assert verbs.pay(sandbox.base_url, notice=notice)["notice_state"] == "paid"
    assert facts(sandbox, notice) == [30_000, 35_500]


def test_a_paid_notice_cannot_be_paid_again(sandbox, notice):
    verbs.pay(sandbox.base_url, notice=notice)
    with pytest.raises(KnownError, match="sandbox-refused"):
        verbs.pay(sandbox.base_url, notice=notice)


@pytest.mark.parametrize("gateway", [
    "bidv", "vietinbank", "vietcombank", "payoo", "viettelpay", "nganluong", "vnptpay", "paypal",
])
def test_gateways_that_are_not_connected_say_so_and_leave_the_notice_alone(sandbox, desk, notice, gateway):
    with pytest.raises(KnownError, match=gateway):
        verbs.pay(sandbox.base_url, notice=notice, gateway=gateway)
    assert truth(desk, notice)["notices"][0]["state"] == "sent"


def test_paying_the_financial_obligation_resumes_the_dossier_with_the_same_processor(sandbox, desk):
    dossier = file_dossier(sandbox.base_url)
    processor = SandboxDesk(sandbox.base_url, "thuly2")
    officer = {"id": processor.me["officer_id"], "username": "thuly2", "name": processor.me["name"],
               "unit_id": "H32.8.01"}
    desk.do("receive", dossier)
    desk.do("forward", dossier, to_unit_id="H32.8.01", to_officer=officer)
    tax = {"tax_notice_no": "TB01/2026", "tax_notice_date": "2026-11-20", "treasury_account": "7111"}
    processor.do("suspend", dossier, reason="Thuế", nvtc_amount=4_800_000, **tax)
    assert desk.do("accept_supplement", dossier)["status"] == "done"
    line = {"kind": "NVTC", "name": "Thuế đất", "amount": 4_800_000, **tax}
    notice = desk.notify(dossier, lines=[line])
    assert desk.dossier(dossier)["sub_state"] == "awaiting_payment"
    verbs.pay(sandbox.base_url, notice=notice)
    body = desk.dossier(dossier)
    assert (body["state"], body["sub_state"], body["assigned_to"]["username"]) == (4, None, "thuly2")


def test_a_signature_of_strange_letters_is_a_wrong_one(sandbox, desk, notice):
    assert call(sandbox, {"vnp_TxnRef": "42", "vnp_Amount": "100", "vnp_SecureHash": "chữ ký"}) == "97"
