"""What a replaced calendar does to one dossier: what it touches moves and says so, the rest stays as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain import appointments
from app.domain.calendar import Calendar
from app.domain.dossier import Pause
from app.domain.words import LimitUnit, PauseKind, State
from tests.unit.moments import CALENDAR, at
from tests.unit.sample_dossiers import DOSSIERS, PROCEDURE

TOLD = appointments.calendar_told(at("20/11 10:00"), "Đặng Quốc Bảo", "2026.5")


def with_day_off(text: str) -> Calendar:
    return replace(CALENDAR, off={**CALENDAR.off, at(f"{text} 00:00").date(): "Nghỉ theo công điện"})


# Samples were received on 19/11 at 10:00 for ten working days: due 04/12 10:00, or (1) to be received by 20/11 ….
@pytest.mark.parametrize(
    ("key", "day", "due"),
    [
        ("2", "02/12", "07/12 10:00"), ("4", "02/12", "07/12 10:00"), ("4", "04/12", "07/12 10:00"),
        ("4", "07/12", "04/12 10:00"), ("4", "28/11", "04/12 10:00"), ("9w", "02/12", "04/12 10:00"),
        ("10", "02/12", "04/12 10:00"), ("7", "02/12", "04/12 10:00"),
    ],
)  # fmt: skip
def test_a_day_off_within_the_time_moves_the_appointment(key, day, due):
    before = DOSSIERS[key]
    after = appointments.recounted(before, CALENDAR, with_day_off(day), TOLD)
    assert after.due_at == at(due)
    if due == "04/12 10:00":
        assert after is before
    else:
        assert after.history[-1] == replace(
            TOLD, note="10:00 thứ Sáu 04/12/2026 → 10:00 thứ Hai 07/12/2026: lịch làm việc 2026.5"
        )


def test_a_worked_saturday_brings_it_nearer():
    works = replace(CALENDAR, worked=CALENDAR.worked | {at("28/11 00:00").date()})
    assert appointments.recounted(DOSSIERS["4"], CALENDAR, works, TOLD).due_at == at("03/12 10:00")


def test_what_is_left_of_the_acceptance_time_is_laid_out_anew():
    new = replace(DOSSIERS["1"], accept_by=at("23/11 09:00"))
    after = appointments.recounted(new, CALENDAR, with_day_off("23/11"), TOLD)
    assert (after.accept_by, after.history[-1].kind) == (at("25/11 09:00"), "calendar_changed")
    for untouched in (DOSSIERS["1g"], replace(new, accept_by=at("20/11 09:00"))):
        assert appointments.recounted(untouched, CALENDAR, with_day_off("23/11"), TOLD) is untouched


def test_a_pause_that_lasts_keeps_what_is_left_unless_the_limit_is_in_calendar_days():
    pause = Pause(PauseKind.FINANCIAL_OBLIGATION, at("20/11 10:00"), 0)
    for amount, unit, left, then in (
        (10, LimitUnit.WORKING_DAY, 9 * 480, 9 * 480),
        (15, LimitUnit.CALENDAR_DAY, 9 * 480, 8 * 480),
    ):
        procedure = replace(PROCEDURE, limit_amount=amount, limit_unit=unit)
        stands = replace(DOSSIERS["4"], state=State.AWAITING_OBLIGATION, procedure=procedure, pauses=(pause,))
        stands = appointments.relaid(stands, CALENDAR)
        after = appointments.recounted(stands, CALENDAR, with_day_off("02/12"), TOLD)
        assert (stands.pauses[0].remaining_minutes, after.pauses[0].remaining_minutes) == (left, then)


def test_a_date_that_came_about_otherwise_stays_when_the_change_does_not_touch_it():
    odd = replace(DOSSIERS["4"], due_at=at("30/12 10:00"))
    assert appointments.recounted(odd, CALENDAR, with_day_off("24/12"), TOLD) is odd
