"""Amounts as people type them, and as they read them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import money
from app.errors import BadInput


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("65.500đ", 65_500),
        ("65,500", 65_500),
        ("65 500 đ", 65_500),
        ("65500", 65_500),
        ("65\u00a0500\u00a0₫", 65_500),
        ("65.500 đồng", 65_500),
        ("1.943.000 VND", 1_943_000),
        ("1,943,000.00", 1_943_000),
        ("1.943.000,00 VNĐ", 1_943_000),
        ("65500.00", 65_500),
        ("６５５００", 65_500),
        ("65.500 đ\r\n", 65_500),
        ("0", 0),
        ("0 đ", 0),
        ("8000", 8_000),
        ("999.999.999.999", 999_999_999_999),
    ],
)
def test_every_way_of_writing_a_sum_is_understood(typed: str, amount: int) -> None:
    assert money.parse_amount(typed) == amount


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "amount-empty"),
        ("  \u00a0", "amount-empty"),
        ("65,5", "amount-not-whole"),
        ("65.50", "amount-not-whole"),
        ("65.00", "amount-not-whole"),
        ("65.500,50", "amount-not-whole"),
        ("1.94.300", "amount-not-whole"),
        ("1.943,000", "amount-not-whole"),
        ("0.500", "amount-not-whole"),
        ("65k", "amount-not-whole"),
        ("đ", "amount-not-whole"),
        ("sáu mươi", "amount-not-whole"),
        ("1e5", "amount-not-whole"),
        ("٦٥٥٠٠", "amount-not-whole"),
        ("-65.500", "amount-negative"),
        ("−5", "amount-negative"),
        ("1.000.000.000.000", "amount-too-large"),
        ("9" * 5000, "amount-too-large"),
        ("-" + "0" * 5000 + "1", "amount-negative"),
    ],
)
def test_what_is_not_a_sum_says_why(typed: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        money.parse_amount(typed)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("amount", "code"),
    [(True, "amount-not-whole"), (65.5, "amount-not-whole"), ("65500", "amount-not-whole"), (-1, "amount-negative"),
     (10**12, "amount-too-large")],
)  # fmt: skip
def test_a_number_from_elsewhere_is_checked_alike(amount: Any, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        money.check_amount(amount)
    assert refused.value.code == code


def test_screen_and_paper_have_their_own_form() -> None:
    assert money.format_dong(65_500) == "65.500 đ"
    assert money.format_dong(0) == "0 đ"
    assert money.format_print(1_943_000) == "1.943.000 đồng"


@given(st.integers(0, money.MAX_AMOUNT_DONG))
def test_what_is_shown_can_be_typed_again(amount: int) -> None:
    assert money.parse_amount(money.format_dong(amount)) == amount
    assert money.parse_amount(money.format_print(amount)) == amount
    assert money.parse_amount(str(amount)) == amount


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    with suppress(BadInput):
        assert 0 <= money.parse_amount(text) <= money.MAX_AMOUNT_DONG
