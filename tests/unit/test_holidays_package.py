"""Our days off beside those of the ``holidays`` package, 2024 to 2027: every difference is known and has its reason."""

from __future__ import annotations

from datetime import date, timedelta

import holidays

from tests.unit.moments import CALENDAR

# The day → who has it off, and why the other has not.
DIFFERENCES = {
    "2025-02-01": ("theirs", "a Saturday: days off on a weekend move nothing here and are left out of the 2025 notice"),
    "2026-01-02": ("ours", "exchanged for Saturday 10/01 (12729/VPCP-KGVX); the package does not have it"),
    "2027-02-04": ("theirs", "no notice is out: they guess one day before 30 Tết, we none (provisional)"),
    "2027-02-11": ("ours", "in lieu of Sunday 07/02: Tết begins on Friday 05/02 in our guess (provisional)"),
}
# Weekend days worked in exchange: the package has no such list of its own.
WORKED = ("2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22")


def test_every_difference_is_known() -> None:
    theirs = holidays.country_holidays("VN", years=range(2024, 2028))
    found = {}
    day = date(2024, 1, 1)
    while day < date(2028, 1, 1):
        if (day in theirs) != (day in CALENDAR.off):
            found[day.isoformat()] = "theirs" if day in theirs else "ours"
        day += timedelta(days=1)
    assert found == {text: who for text, (who, _) in DIFFERENCES.items()}


def test_exchanged_days_are_no_holidays_there_either() -> None:
    theirs = holidays.country_holidays("VN", years=range(2024, 2028))
    assert sorted(day.isoformat() for day in CALENDAR.worked) == list(WORKED)
    assert not any(date.fromisoformat(day) in theirs for day in WORKED)


def test_a_guessed_year_says_so() -> None:
    differing = {date.fromisoformat(text).year for text, (_, why) in DIFFERENCES.items() if "provisional" in why}
    assert differing == CALENDAR.provisional_years == {2027}
