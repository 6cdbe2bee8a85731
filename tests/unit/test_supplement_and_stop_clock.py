"""Papers asked for and brought, and what a proof may do: no clock, no paper and no money is lost on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain import commands as c
from app.domain.acceptance import ACCEPT_MINUTES, accept_by
from app.domain.dossier import Component, Evidence
from app.domain.transitions import Done, Refused, apply
from app.domain.words import State
from tests.unit.moments import CALENDAR, at
from tests.unit.sample_dossiers import DOSSIERS, NOW, OFFICERS

BROUGHT, ACCEPTED, DECIDED = at("20/11 14:00"), at("20/11 15:00"), at("23/11 09:00")


def after(dossier, *story):
    for who, command in story:
        done = apply(dossier, command, OFFICERS[who], command.made_at, CALENDAR)
        assert isinstance(done, Done), done
        dossier = done.dossier
    return dossier


SUPPLEMENTED = (
    ("R", c.RequestSupplement(NOW, ("Tờ khai",), "Thiếu chữ ký")),
    ("R", c.BringSupplement(BROUGHT, (Component("Tờ khai", originals=1),))),
    ("R", c.AcceptSupplement(ACCEPTED)),
)


@pytest.mark.parametrize(("who", "gone"), [
    ("R", c.CancelNotice(DECIDED, "n1", "Nhầm thủ tục")),
    ("H", c.Waive(DECIDED, "w1", "n1", "Thiên tai, theo đơn")),
])  # fmt: skip
def test_a_notice_that_falls_away_after_a_supplement_starts_the_full_eight_hours(who, gone):
    """What was left when papers were asked for is gone, the notice stood in the way when they came: eight hours."""
    waiting = after(DOSSIERS["1g"], *SUPPLEMENTED)
    assert (waiting.state, waiting.accept_by, waiting.accept_remaining_minutes) == (
        State.SUBMITTED, None, ACCEPT_MINUTES
    )  # fmt: skip
    free = after(waiting, (who, gone))
    assert (free.accept_by, free.accept_remaining_minutes) == (accept_by(DECIDED, CALENDAR), None)


def test_without_a_notice_the_eight_hours_run_from_when_the_papers_came():
    free = after(replace(DOSSIERS["1"], accept_by=at("20/11 15:00")), *SUPPLEMENTED)
    assert free.accept_by == accept_by(BROUGHT, CALENDAR)


def test_a_treasury_proof_that_comes_when_the_dossier_is_stopped_is_refused_and_not_swallowed():
    """It was queued while the dossier waited for it; going on from 8 by it would lose what was paid."""
    command = c.Resume(NOW, "p9", 500_000, Evidence(info="Giấy nộp tiền kho bạc"))
    refused = apply(DOSSIERS["8"], command, OFFICERS["P"], NOW, CALENDAR)
    assert isinstance(refused, Refused)
    assert [failed.code for failed in refused.failed] == ["wrong-state"]


def test_papers_that_bear_the_same_name_stay_two():
    twins = (Component("Bản vẽ", originals=1), Component("Bản vẽ", copies=2), Component("Tờ khai"))
    dossier = replace(DOSSIERS["5b"], components=twins)
    done = apply(dossier, c.BringSupplement(NOW, (Component("Bản vẽ", originals=1),)), OFFICERS["R"], NOW, CALENDAR)
    assert isinstance(done, Done)
    assert done.dossier.components == (replace(twins[0], originals=2), *twins[1:])
