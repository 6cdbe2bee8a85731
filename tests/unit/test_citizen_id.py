"""Cards, identity numbers, telephones, tax codes."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import citizen_id
from app.errors import BadInput

PLAIN = "056090123456||Nguyễn Văn A|01021990|Nam|Tổ 1, Phường Nha Trang, Khánh Hòa|15042021"


def test_a_card_of_seven_fields_is_read() -> None:
    card = citizen_id.parse_card_qr(PLAIN)
    assert card == citizen_id.CardQr(
        number="056090123456",
        old_number="",
        name="Nguyễn Văn A",
        birth_date=date(1990, 2, 1),
        sex="Nam",
        address="Tổ 1, Phường Nha Trang, Khánh Hòa",
        issued_on=date(2021, 4, 15),
        extras=(),
    )
    assert citizen_id.card_warnings(card) == ()


@pytest.mark.parametrize(
    ("text", "old_number", "extras"),
    [
        (PLAIN.replace("||", "|225123456|"), "225123456", ()),
        (PLAIN + "|", "", ()),
        (PLAIN + "\r", "", ()),
        ("\ufeff" + PLAIN + "\r\n", "", ()),
        (PLAIN + "||Trần Thị B|056", "", ("", "Trần Thị B", "056")),
    ],
)
def test_old_numbers_scanner_endings_and_further_fields_are_taken(
    text: str, old_number: str, extras: tuple[str, ...]
) -> None:
    card = citizen_id.parse_card_qr(text)
    assert (card.number, card.old_number, card.extras) == ("056090123456", old_number, extras)


def test_a_name_that_came_decomposed_is_composed() -> None:
    decomposed = "Nguye\u0302\u0303n Va\u0306n A"
    assert citizen_id.parse_card_qr(PLAIN.replace("Nguyễn Văn A", decomposed)).name == "Nguyễn Văn A"


def test_a_card_without_day_of_issue_is_still_a_card() -> None:
    assert citizen_id.parse_card_qr(PLAIN.removesuffix("15042021")).issued_on is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "card-not-recognised"),
        ("H32.8-261120-0007", "card-not-recognised"),
        ("056090123456||Nguyễn Văn A|01021990|Nam|Tổ 1", "card-not-recognised"),
        ("HS4565621234567|4e677579e1bb856e|01/02/1990|1|x|y|z|0", "card-not-recognised"),
        (PLAIN.replace("||", "|12|"), "card-not-recognised"),
        (PLAIN.replace("01021990", "31021990"), "card-date-invalid"),
        (PLAIN.replace("01021990", "1990"), "card-date-invalid"),
        (PLAIN.replace("15042021", "15/4/2021"), "card-date-invalid"),
        (PLAIN.replace("Nguyễn Văn A", " "), "name-empty"),
    ],
)
def test_what_is_no_card_says_why(text: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        citizen_id.parse_card_qr(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("changed", "warnings"),
    [
        (PLAIN.replace("|Nam|", "|Nữ|"), ("number-sex-mismatch",)),
        (PLAIN.replace("01021990", "01021991"), ("number-birth-mismatch",)),
        (PLAIN.replace("056090", "056315").replace("01021990", "01022015").replace("|Nam|", "|Nữ|"), ()),
        (PLAIN.replace("056090", "056290"), ("number-birth-mismatch",)),
    ],
)
def test_a_number_that_disagrees_with_birth_or_sex_warns_only(changed: str, warnings: tuple[str, ...]) -> None:
    assert citizen_id.card_warnings(citizen_id.parse_card_qr(changed)) == warnings


@pytest.mark.parametrize(
    ("number", "born", "agrees"),
    [
        ("056 191 004 417", date(1991, 7, 14), True),
        ("056191004417", date(1992, 7, 14), False),
        ("056391004417", date(1991, 7, 14), False),
        ("B1234567", date(1991, 7, 14), True),
        ("", date(1991, 7, 14), True),
    ],
)
def test_only_an_identity_number_speaks_of_the_year_of_birth(number: str, born: date, agrees: bool) -> None:
    assert citizen_id.agrees_with_birth(number, born) is agrees


@pytest.mark.parametrize(
    ("born", "possible"),
    [(date(1899, 12, 31), False), (date(1900, 1, 1), True), (date(2026, 11, 20), True), (date(2026, 11, 21), False)],
)
def test_nobody_is_born_tomorrow(born: date, possible: bool) -> None:
    assert citizen_id.is_birth_date(born, date(2026, 11, 20)) is possible


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0905123214", "0905123214"),
        ("+84 905 123 214", "0905123214"),
        ("84905123214", "0905123214"),
        ("0084905123214", "0905123214"),
        ("+84 (0)905.123.214", "0905123214"),
        ("0905-123-214", "0905123214"),
        ("0258 3822 222", "02583822222"),
        ("1900 1023", "19001023"),
        ("19001023", "19001023"),
        ("0352000111", "0352000111"),
    ],
)
def test_telephones_are_kept_in_one_form(typed: str, kept: str) -> None:
    assert citizen_id.check_phone(typed) == kept
    assert citizen_id.normalise_phone(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "0123456789", "090512321", "09051232145", "0312345678", "abc", "+1 202 555 0101"]
)
def test_what_nobody_can_call_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="phone-invalid"):
        citizen_id.check_phone(typed)


def test_only_mobiles_get_a_message() -> None:
    assert citizen_id.is_mobile("+84905123214")
    assert not citizen_id.is_mobile("0258 3822 222")


@pytest.mark.parametrize(
    "code",
    ["0100109106", "0101248141", "0300588569", "0100686209", "4200240380", "0106869738", "0102100740", "0305482862"],
)
def test_real_tax_codes_pass_and_their_neighbours_do_not(code: str) -> None:
    assert citizen_id.is_tax_code(code)
    assert citizen_id.is_tax_code(f"{code}-001")
    assert not citizen_id.is_tax_code(code[:-1] + str((int(code[-1]) + 1) % 10))


@pytest.mark.parametrize(
    ("code", "valid"), [("056090123456", True), ("", False), ("0100109106-1", False), ("01001", False)]
)
def test_an_identity_number_is_a_tax_code_and_fragments_are_not(code: str, valid: bool) -> None:
    assert citizen_id.is_tax_code(code) is valid


def test_numbers_are_shown_masked() -> None:
    assert citizen_id.mask_number("056091004417") == "056 0•• ••4 417"
    assert citizen_id.mask_number("225123456") == "••••••456"
    assert citizen_id.mask_number("1234") == "••••"
    assert citizen_id.mask_number("") == ""
    assert citizen_id.mask_phone("0905123214") == "0905 ••• 214"
    assert citizen_id.mask_phone("+84905123214") == "0905 ••• 214"
    assert citizen_id.mask_phone("02583822222") == "0258 •••• 222"
    assert citizen_id.mask_phone("113") == "•13"


@pytest.mark.parametrize(("typed", "code"), [("225123456", "citizen-number-old"), ("12", "citizen-number-invalid")])
def test_a_number_that_is_no_document_is_refused(typed: str, code: str) -> None:
    assert citizen_id.check_citizen_number("056 091 004 417") == "056091004417"
    with pytest.raises(BadInput) as refused:
        citizen_id.check_citizen_number(typed)
    assert refused.value.code == code


@given(st.text(max_size=80) | st.lists(st.text(max_size=12), min_size=7, max_size=10).map("|".join))
def test_no_scan_breaks_the_reader(text: str) -> None:
    with suppress(BadInput):
        citizen_id.card_warnings(citizen_id.parse_card_qr(text))
    citizen_id.mask_number(text)
    citizen_id.mask_phone(text)
