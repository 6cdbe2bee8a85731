"""Every dossier stands in exactly one queue of each officer, or in none: a table written by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.dossier import Dossier
from app.domain.handling import Stop
from app.domain.people import ref
from app.domain.queues import queue_of, queues_of, table_of
from app.domain.words import FeeStatus, NoticeState
from tests.unit.sample_dossiers import DOSSIERS, NOW, OFFICERS, notice, with_money

# R reception, P the processor who has it (or gets it back), P2 a colleague of the same bureau, H head, C cashier,
# A administrator; "-" is no queue.
TABLE = """
state   R                 P       P2     H       C
1       new               -       -      unit    -
1g      awaiting_payment  -       -      unit    awaiting_payment
2       received          -       -      unit    -
3       -                 -       -      -       -
4       -                 mine    unit   unit    -
4u      -                 unit    unit   unit    -
4f      -                 mine    unit   unit    -
5a      to_ask            paused  -      unit    -
5b      -                 paused  -      unit    -
5c      supplemented      paused  -      unit    -
6t      -                 paused  -      unit    -
6n      to_notify         paused  -      unit    -
6a      to_notify         paused  -      unit    -
6p      awaiting_payment  paused  -      unit    awaiting_payment
7       -                 -       -      -       -
8       -                 paused  -      unit    -
9w      to_return         -       -      unit    -
9p      to_return         -       -      unit    -
9o      awaiting_payment  -       -      unit    awaiting_payment
10      -                 -       -      -       -
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]
ROLES = ("R", "P", "P2", "H", "C")


def where(dossier: Dossier, role: str) -> str:
    found = queue_of(dossier, OFFICERS[role])
    return found.value if found else "-"


def test_the_table_names_every_state():
    assert [row[0] for row in ROWS] == list(DOSSIERS)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_each_officer_finds_the_dossier_in_one_queue(row):
    assert [where(DOSSIERS[row[0]], role) for role in ROLES] == row[1:]


def test_an_administrator_has_no_queue_and_other_roles_have_theirs_in_order():
    assert {key for key in DOSSIERS if where(DOSSIERS[key], "A") != "-"} == set()
    assert [queue.value for queue in queues_of(OFFICERS["R"])] == [
        "paid_next", "awaiting_payment", "new", "received", "to_ask", "supplemented", "to_notify", "to_return"
    ]  # fmt: skip
    assert [queue.value for queue in queues_of(OFFICERS["P"])] == ["paid_next", "mine", "paused", "unit"]


@pytest.mark.parametrize("role", ROLES)
def test_no_queue_is_reached_that_the_officers_side_bar_does_not_show(role):
    shown = queues_of(OFFICERS[role])
    assert len(shown) == len(set(shown)) == len(table_of(OFFICERS[role]))
    for dossier in DOSSIERS.values():
        for variant in (dossier, with_money(dossier)):
            found = queue_of(variant, OFFICERS[role])
            assert found is None or found in shown


def paid(key: str, *, since: bool = True) -> Dossier:
    done = replace(DOSSIERS[key], notices=(notice("n1", 8000, NoticeState.PAID),), fee_status=FeeStatus.PAID)
    return replace(done, paid_since=NOW if since else None)


# A payment that arrived moves the dossier to "Đã đóng – làm tiếp" until somebody worked on it.
PAID = [
    ("1", "R", "paid_next"), ("2", "R", "paid_next"), ("9w", "R", "paid_next"), ("4", "P", "paid_next"),
    ("4", "P2", "unit"), ("4", "R", "-"), ("10", "R", "-"), ("4u", "P", "unit"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "role", "queue"), PAID)
def test_a_paid_dossier_goes_to_who_must_go_on(key, role, queue):
    assert where(paid(key), role) == queue


def test_once_worked_on_a_paid_dossier_stands_where_its_state_says():
    assert where(paid("1", since=False), "R") == "new"
    assert where(paid("4", since=False), "P") == "mine"


def test_refunds_are_the_cashiers_and_the_heads_even_of_ended_dossiers():
    for key in ("1", "4", "9w", "10"):
        dossier = with_money(DOSSIERS[key])
        assert (where(dossier, "C"), where(dossier, "H")) == ("refunds", "refunds")
    assert where(with_money(DOSSIERS["10"]), "R") == "-"


def test_what_was_stopped_for_good_leaves_the_heads_and_the_processors_queues():
    stop = Stop("Đã trả lại theo Mẫu 05", "Phạm Văn Đức", NOW, ends=True)
    for_good = replace(DOSSIERS["8"], stop=stop)
    assert [where(for_good, role) for role in ROLES] == ["-"] * 5
    assert (where(with_money(for_good), "C"), where(with_money(for_good), "H")) == ("refunds", "refunds")
    assert where(replace(for_good, stop=replace(stop, ends=False)), "H") == "unit"


def test_another_bureau_does_not_find_what_is_not_its_own():
    elsewhere = replace(OFFICERS["P2"], unit_id="H32.8.01")
    assert queue_of(DOSSIERS["4"], elsewhere) is None
    other = replace(DOSSIERS["4"], assigned_to=ref(OFFICERS["P2"]))
    assert (where(other, "P"), where(other, "P2")) == ("unit", "mine")
