"""VietQR payloads: known-good ones to the byte, and ours read back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import vietqr
from app.errors import BadInput

STATIC = (
    "00020101021238540010A00000072701240006970436011010234567890208QRIBFTTA5303704540719430005802VN62120808TT000069"
    "6304A8E5"
)
CHARITY = (
    "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA530370454061200005802VN62170813ung ho"
    " lu lut6304C15C"
)
CARD = (
    "00020101021238600010A00000072701300006970403011697040311012345670208QRIBFTTC530370454061800005802VN62340107NPS"
    "68690819thanh toan don hang6304A203"
)


def sealed(body: str) -> str:
    return f"{body}6304{vietqr.crc(body + '6304')}"


def test_the_crc_is_the_published_one() -> None:
    assert vietqr.crc("123456789") == "29B1"


@pytest.mark.parametrize(
    ("text", "bank_bin", "account", "service", "amount", "purpose", "bill"),
    [
        (STATIC, "970436", "1023456789", "QRIBFTTA", 1_943_000, "TT000069", None),
        (CHARITY, "970415", "0011001932418", "QRIBFTTA", 120_000, "ung ho lu lut", None),
        (CARD, "970403", "9704031101234567", "QRIBFTTC", 180_000, "thanh toan don hang", "NPS6869"),
    ],
)
def test_known_good_payloads_are_read_and_written_back_to_the_byte(
    text: str, bank_bin: str, account: str, service: str, amount: int, purpose: str, bill: str | None
) -> None:
    read = vietqr.parse(text)
    assert (read.bank_bin, read.account, read.service) == (bank_bin, account, service)
    assert (read.amount, read.purpose, read.bill_number) == (amount, purpose, bill)
    assert (read.point_of_initiation, read.currency, read.country, read.extras) == ("12", "704", "VN", ())
    assert vietqr.encode(read) == text


def test_ours_equals_a_known_good_payload_with_the_same_fields() -> None:
    made = vietqr.payload(bank_bin="970436", account="1023456789", amount=1_943_000, purpose="TT000069")
    assert made == STATIC


def test_a_changed_sum_changes_the_text_and_its_seal() -> None:
    changed = vietqr.encode(replace(vietqr.parse(STATIC), amount=65_500))
    assert "540565500" in changed
    assert vietqr.parse(changed).amount == 65_500


def test_a_static_code_has_no_sum_and_unknown_fields_survive() -> None:
    body = (
        "00020101021138540010A00000072701240006970436011010234567890208QRIBFTTA5204599953037045802VN5904CHOI62070503A 1"
    )
    read = vietqr.parse(sealed(body))
    assert (read.point_of_initiation, read.amount, read.purpose, read.payee_name) == ("11", None, None, "CHOI")
    assert read.extras == (("52", "5999"), ("62.05", "A 1"))
    assert vietqr.encode(read) == sealed(body)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "qr-malformed"),
        ("https://example.org", "qr-malformed"),
        (STATIC[:-4] + "A8E4", "qr-bad-crc"),
        (STATIC.replace("1943000", "9943000"), "qr-bad-crc"),
        (STATIC[:-1], "qr-malformed"),
        (sealed("000201"), "qr-malformed"),
        (sealed(STATIC[:-8].replace("A000000727", "A000000728")), "qr-malformed"),
        (sealed(STATIC[:-8] + "5802VN"), "qr-malformed"),
        (sealed(STATIC[:-8].replace("5303704", "5303840")), "qr-malformed"),
        (sealed(STATIC[:-8].replace("970436", "97043X")), "qr-bad-bank"),
        (sealed(STATIC[:-8].replace("1023456789", "10234-6789")), "qr-bad-account"),
        (sealed(STATIC[:-8].replace("1943000", "19430.5")), "qr-bad-amount"),
        (sealed(STATIC[:-8].replace("62120808", "62990808")), "qr-malformed"),
    ],
)
def test_a_payload_that_is_not_right_says_why(text: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        vietqr.parse(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"bank_bin": "97043"}, "qr-bad-bank"),
        ({"account": ""}, "qr-bad-account"),
        ({"account": "1" * 20}, "qr-bad-account"),
        ({"account": "1023 456"}, "qr-bad-account"),
        ({"amount": 0}, "qr-bad-amount"),
        ({"amount": -1}, "amount-negative"),
        ({"amount": 10**12}, "amount-too-large"),
        ({"purpose": ""}, "qr-bad-purpose"),
        ({"purpose": "Lệ phí"}, "qr-bad-purpose"),
        ({"purpose": "A" * 26}, "qr-bad-purpose"),
        ({"purpose": "A\n"}, "qr-bad-purpose"),
    ],
)
def test_ours_is_never_made_from_bad_parts(change: dict[str, object], code: str) -> None:
    parts: dict[str, object] = {"bank_bin": "970436", "account": "1023456789", "amount": 65_500, "purpose": "A"}
    with pytest.raises(BadInput) as refused:
        vietqr.payload(**(parts | change))  # type: ignore[arg-type]
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("code", "number", "purpose"),
    [
        ("H32.8-261120-0005", 1, "H3282611200005N1"),
        ("h32.8-261120-0005", 12, "H3282611200005N12"),
        ("000.17.22.H56-210531-0001", 1, "0001722H562105310001N1"),
        ("G09.20-20260609-0092637", 999, "G0920202606090092637N999"),
    ],
)
def test_the_purpose_is_the_code_and_the_notice(code: str, number: int, purpose: str) -> None:
    assert vietqr.purpose_of(code, number) == purpose


@pytest.mark.parametrize(("code", "number"), [("", 1), ("H32.8-261120-0005", 0), ("H32.8-261120-0000000000000005", 1)])
def test_a_purpose_that_a_bank_would_cut_is_not_made(code: str, number: int) -> None:
    with pytest.raises(BadInput, match="qr-bad-purpose"):
        vietqr.purpose_of(code, number)


@given(
    bank_bin=st.from_regex(r"[0-9]{6}", fullmatch=True),
    account=st.from_regex(r"[0-9A-Za-z]{1,19}", fullmatch=True),
    amount=st.integers(1, 999_999_999_999),
    purpose=st.from_regex(r"[!-~]([ -~]{0,23}[!-~])?", fullmatch=True),
)
def test_what_we_make_is_read_back(bank_bin: str, account: str, amount: int, purpose: str) -> None:
    text = vietqr.payload(bank_bin=bank_bin, account=account, amount=amount, purpose=purpose)
    read = vietqr.parse(text)
    assert (read.bank_bin, read.account, read.amount, read.purpose) == (bank_bin, account, amount, purpose)
    assert vietqr.encode(read) == text


@given(position=st.integers(0, len(STATIC) - 1), char=st.characters(min_codepoint=32, max_codepoint=126))
def test_one_wrong_character_is_always_noticed(position: int, char: str) -> None:
    if STATIC[position] == char:
        return
    with pytest.raises(BadInput):
        vietqr.parse(STATIC[:position] + char + STATIC[position + 1 :])


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    for tried in (text, sealed("000201" + text), sealed(STATIC[:-8] + text)):
        with suppress(BadInput):
            vietqr.encode(vietqr.parse(tried))
