"""Sums in words: every anchor was checked by hand and with an independent implementation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.amount_words import in_words
from app.errors import BadInput

ANCHORS = [
    (0, "Không"),
    (5, "Năm"),
    (10, "Mười"),
    (11, "Mười một"),
    (14, "Mười bốn"),
    (15, "Mười lăm"),
    (20, "Hai mươi"),
    (21, "Hai mươi mốt"),
    (24, "Hai mươi tư"),
    (55, "Năm mươi lăm"),
    (101, "Một trăm linh một"),
    (105, "Một trăm linh năm"),
    (111, "Một trăm mười một"),
    (115, "Một trăm mười lăm"),
    (1_001, "Một nghìn không trăm linh một"),
    (8_000, "Tám nghìn"),
    (15_015, "Mười lăm nghìn không trăm mười lăm"),
    (21_021, "Hai mươi mốt nghìn không trăm hai mươi mốt"),
    (105_000, "Một trăm linh năm nghìn"),
    (120_000, "Một trăm hai mươi nghìn"),
    (1_000_005, "Một triệu không trăm linh năm"),
    (1_005_000, "Một triệu không trăm linh năm nghìn"),
    (1_943_000, "Một triệu chín trăm bốn mươi ba nghìn"),
    (12_345_678, "Mười hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám"),
    (1_000_000_001, "Một tỷ không trăm linh một"),
    (
        1_024_004_044,
        "Một tỷ không trăm hai mươi tư triệu không trăm linh bốn nghìn không trăm bốn mươi tư",
    ),
    (2_015_005_000, "Hai tỷ không trăm mười lăm triệu không trăm linh năm nghìn"),
    (10**12, "Một nghìn tỷ"),
    (1_234 * 10**9, "Một nghìn hai trăm ba mươi tư tỷ"),
]


@pytest.mark.parametrize(("amount", "words"), ANCHORS)
def test_a_sum_is_read_as_a_cashier_reads_it(amount: int, words: str) -> None:
    assert in_words(amount) == f"{words} đồng"


def test_the_south_and_even_sums_have_their_words() -> None:
    assert in_words(101_004, southern=True) == "Một trăm lẻ một ngàn không trăm lẻ bốn đồng"
    assert in_words(75_000, even=True) == "Bảy mươi lăm nghìn đồng chẵn"


@pytest.mark.parametrize(("amount", "code"), [(-1, "amount-negative"), (10**18, "amount-too-large")])
def test_what_has_no_words_is_refused(amount: int, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        in_words(amount)
    assert refused.value.code == code


DIGITS = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7,
          "tám": 8, "chín": 9}  # fmt: skip
SIZES = {"nghìn": 10**3, "triệu": 10**6}


def heard(words: str) -> int:
    """Read a sentence back, the way a listener adds it up."""
    billions = total = group = last = 0
    for word in words.lower().removesuffix(" đồng").split():
        if word in DIGITS:
            last = DIGITS[word]
        elif word == "trăm":
            group, last = last * 100, 0
        elif word == "mươi":
            group, last = group + last * 10, 0
        elif word == "mười":
            group, last = group + 10, 0
        elif word in SIZES:
            total, group, last = total + (group + last) * SIZES[word], 0, 0
        elif word == "tỷ":
            billions, total, group, last = (billions + total + group + last) * 10**9, 0, 0, 0
        else:
            assert word == "linh"
    return billions + total + group + last


@given(st.integers(0, 10**18 - 1))
def test_no_two_sums_sound_alike(amount: int) -> None:
    assert heard(in_words(amount)) == amount
