"""Codes of dossiers in their three generations."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import dossier_code
from app.errors import BadInput


@pytest.mark.parametrize(
    ("typed", "unit", "day", "number", "text", "tail"),
    [
        ("H32.8-261120-0007", "H32.8", date(2026, 11, 20), 7, "H32.8-261120-0007", ""),
        (" h32.8-261120-0007\r", "H32.8", date(2026, 11, 20), 7, "H32.8-261120-0007", ""),
        ("H32.8–261120–0007", "H32.8", date(2026, 11, 20), 7, "H32.8-261120-0007", ""),
        ("000.17.22.H56-210531-0001", "000.17.22.H56", date(2021, 5, 31), 1, "000.17.22.H56-210531-0001", ""),
        ("H56.14-240823-0001", "H56.14", date(2024, 8, 23), 1, "H56.14-240823-0001", ""),
        ("G09.20-20260609-0092637", "G09.20", date(2026, 6, 9), 92_637, "G09.20-20260609-0092637", ""),
        ("H32-261120-12345", "H32", date(2026, 11, 20), 12_345, "H32-261120-12345", ""),
        ("H21.1.22.333.4-261120-0007", "H21.1.22.333.4", date(2026, 11, 20), 7, "H21.1.22.333.4-261120-0007", ""),
        ("H32.8-261120-0007/bs1", "H32.8", date(2026, 11, 20), 7, "H32.8-261120-0007/BS1", "/BS1"),
        ("H32.8-269931-0007", "H32.8", None, 7, "H32.8-269931-0007", ""),
    ],
)
def test_every_generation_of_code_is_read(
    typed: str, unit: str, day: date | None, number: int, text: str, tail: str
) -> None:
    assert dossier_code.parse(typed) == dossier_code.DossierCode(unit, day, number, text, tail)


@pytest.mark.parametrize(
    "typed", ["", "0007", "H32.8", "H32.8-2611-0007", "H32.8-261120-007", "H32ă8-261120-0007", "-".join(["9" * 40] * 3)]
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="dossier-code-malformed"):
        dossier_code.parse(typed)


def test_a_made_code_has_at_least_four_digits() -> None:
    assert dossier_code.make("H32.8", date(2026, 11, 20), 7) == "H32.8-261120-0007"
    assert dossier_code.make("000.17.22.H56", date(2026, 1, 5), 12_345) == "000.17.22.H56-260105-12345"


@pytest.mark.parametrize(("unit", "number"), [("h32", 1), ("", 1), ("H32.8", 0), ("H32.8", 10**10)])
def test_no_code_is_made_that_could_not_be_read(unit: str, number: int) -> None:
    with pytest.raises(BadInput, match="dossier-code-malformed"):
        dossier_code.make(unit, date(2026, 11, 20), number)


@given(
    unit=st.from_regex(r"[A-Z][0-9]{2}(\.[0-9]{1,3}){0,4}", fullmatch=True),
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    number=st.integers(1, 10**10 - 1),
)
def test_what_is_made_is_read_back(unit: str, day: date, number: int) -> None:
    code = dossier_code.parse(dossier_code.make(unit, day, number))
    assert (code.unit, code.day, code.number) == (unit, day, number)
