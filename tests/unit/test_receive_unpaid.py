"""Tiếp nhận khi chưa đóng: a right of its own, offered only where an unpaid notice stands in the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.transitions import check
from tests.unit.sample_dossiers import DOSSIERS, NOW, OFFICERS

PLAIN = replace(OFFICERS["R"], rights=frozenset())
WARNED = replace(DOSSIERS["1g"], procedure=replace(DOSSIERS["1g"].procedure, gate="warn"))


@pytest.mark.parametrize(("dossier", "officer", "codes"), [
    (DOSSIERS["1g"], OFFICERS["R"], []),
    (DOSSIERS["1g"], PLAIN, ["not-your-right"]),
    (DOSSIERS["1g"], OFFICERS["R9"], ["not-your-right", "not-your-right"]),
    (DOSSIERS["1"], OFFICERS["R"], ["nothing-in-the-way"]),
    (WARNED, OFFICERS["R"], ["nothing-in-the-way"]),
    (DOSSIERS["2"], OFFICERS["R"], ["wrong-state"]),
])  # fmt: skip
def test_who_may_receive_past_an_unpaid_notice(dossier, officer, codes):
    assert [failed.code for failed in check(dossier, "receive_unpaid", officer, NOW)] == codes


def test_without_the_right_the_officers_who_have_it_are_named():
    (failed,) = check(DOSSIERS["1g"], "receive_unpaid", PLAIN, NOW)
    assert failed.who_could == ("receive_unpaid",)
