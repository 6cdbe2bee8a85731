"""Which leaves can be set: a table written by hand. Today is Friday 20/11/2026; thuly1 is away 23/11 to 27/11."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.cover import Cover, refusal
from app.domain.people import OfficerRef

TODAY = date(2026, 11, 20)
PEOPLE = {name: OfficerRef(name, name, name.upper(), "H32.8.02") for name in ("thuly1", "thuly2", "thuly3")}
KNOWN = (
    Cover(PEOPLE["thuly1"], PEOPLE["thuly2"], date(2026, 11, 23), date(2026, 11, 27)),
    Cover(PEOPLE["thuly1"], None, date(2026, 11, 2), date(2026, 11, 6)),
)

# who | by whom, - for the unit's queue | first day | last day | answer, . for yes
TABLE = """
thuly2 | -      | 20/11 | 20/11 | .
thuly2 | thuly3 | 23/11 | 27/11 | .
thuly2 | thuly2 | 23/11 | 27/11 | leave-ends-first
thuly2 | thuly3 | 27/11 | 23/11 | leave-ends-first
thuly2 | thuly3 | 16/11 | 20/11 | .
thuly2 | thuly3 | 16/11 | 19/11 | leave-over
thuly2 | thuly1 | 27/11 | 30/11 | substitute-away
thuly2 | thuly1 | 28/11 | 30/11 | .
thuly2 | thuly1 | 20/11 | 22/11 | .
thuly1 | thuly3 | 23/11 | 30/11 | .
thuly1 | -      | 23/11 | 23/11 | .
thuly1 | thuly3 | 25/11 | 30/11 | leaves-overlap
thuly1 | thuly3 | 20/11 | 23/11 | leaves-overlap
thuly1 | thuly3 | 28/11 | 30/11 | .
thuly1 | -      | 02/11 | 03/11 | .
thuly1 | -      | 03/11 | 04/11 | leave-over
"""


def day(text: str) -> date:
    return date(2026, int(text[3:]), int(text[:2]))


@pytest.mark.parametrize("row", TABLE.strip().splitlines())
def test_a_leave_is_set_or_refused_with_the_reason(row):
    who, by, first, last, answer = (cell.strip() for cell in row.split("|"))
    found = refusal(Cover(PEOPLE[who], PEOPLE.get(by), day(first), day(last)), KNOWN, TODAY)
    assert (found[0] if found else ".") == answer


def test_the_reason_names_whom_and_when():
    taken = refusal(Cover(PEOPLE["thuly2"], PEOPLE["thuly1"], date(2026, 11, 27), date(2026, 11, 30)), KNOWN, TODAY)
    assert taken == (
        "substitute-away", {"name": "THULY1", "since": date(2026, 11, 23), "until": date(2026, 11, 27)}
    )  # fmt: skip
