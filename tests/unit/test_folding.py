"""Search keys and clean names."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.folding import clean_name, fold
from app.errors import BadInput

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
PLAIN = "a" * 18 + "e" * 12 + "i" * 6 + "o" * 18 + "u" * 12 + "y" * 6 + "d"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Đặng Thị Thu Hà", "dang thi thu ha"),
        ("  ĐẶNG\tTHỊ \u00a0Thu\nHÀ ", "dang thi thu ha"),
        ("H32.8-261120-0007", "h32.8-261120-0007"),
        ("Y Thiên Niê", "y thien nie"),
        ("Siu H\u2019Bơm", "siu h\u2019bom"),
        ("Nguyễn\u200b Văn\u202e A", "nguyen van a"),
        ("", ""),
    ],
)
def test_a_text_folds_to_its_search_key(text: str, key: str) -> None:
    assert fold(text) == key


def test_every_vietnamese_letter_folds_in_both_forms_and_cases() -> None:
    for text in (VIETNAMESE, VIETNAMESE.upper(), unicodedata.normalize("NFD", VIETNAMESE)):
        assert fold(text) == PLAIN


@given(st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " -.'0123456789", max_size=60))
def test_folding_twice_changes_nothing_and_form_does_not_matter(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Nguyễn   Văn  A ", "Nguyễn Văn A"),
        ("Nguye\u0302\u0303n\u00a0Văn\tA", "Nguyễn Văn A"),
        ("Nguyễn\u202e Văn\u200b A\u0000", "Nguyễn Văn A"),
        ("Cty TNHH “Gas” Vĩnh Hải", "Cty TNHH “Gas” Vĩnh Hải"),
        ("x" * 200, "x" * 200),
    ],
)
def test_a_name_is_kept_clean(typed: str, name: str) -> None:
    assert clean_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "code"), [("", "name-empty"), (" \u200b\u202e ", "name-empty"), ("x" * 201, "name-too-long")]
)
def test_what_is_no_name_is_refused(typed: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        clean_name(typed)
    assert refused.value.code == code
