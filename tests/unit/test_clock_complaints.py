"""What users of other systems complained of about clocks and due dates (peers, table C1), each as a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import appointments, payments
from app.domain.commands import CancelSuspension, Forward, Receive, Resume, Suspend
from app.domain.dossier import Dossier, Evidence, Pause
from app.domain.people import ref
from app.domain.time_words import clock_text
from app.domain.transitions import Done, Refused, apply
from app.domain.words import ClockState, LimitUnit, PauseKind, PaymentChannel, State, SubState
from tests.unit.moments import CALENDAR, at
from tests.unit.sample_dossiers import BUREAU, DOSSIERS, NOW, OFFICERS, PROCEDURE, STEPS, payment

R, P, H = OFFICERS["R"], OFFICERS["P"], OFFICERS["H"]
NVTC, SUPPLEMENT, OTHER = PauseKind.FINANCIAL_OBLIGATION, PauseKind.SUPPLEMENT, PauseKind.OTHER


def limited(amount: float, unit: LimitUnit = LimitUnit.WORKING_DAY, cutoff: str = "", key: str = "1") -> Dossier:
    procedure = replace(PROCEDURE, limit_amount=amount, limit_unit=unit, limit_cutoff=cutoff)
    return replace(DOSSIERS[key], procedure=procedure)


def done(result: Done | Refused) -> Dossier:
    assert isinstance(result, Done), result
    return result.dossier


def received(amount: float, moment: str, **more: object) -> Dossier:
    return done(apply(limited(amount, **more), Receive(at(moment)), R, at(moment), CALENDAR))  # type: ignore[arg-type]


def in_hand(amount: float = 3, moment: str = "20/11 10:00") -> Dossier:
    forward = Forward(at(moment), BUREAU, ref(P))
    return done(apply(received(amount, moment), forward, R, at(moment), CALENDAR))


def paused(kind: PauseKind, moment: str, dossier: Dossier) -> Dossier:
    state = {SUPPLEMENT: State.AWAITING_SUPPLEMENT, NVTC: State.AWAITING_OBLIGATION, OTHER: State.STOPPED}[kind]
    left = appointments.left_minutes(dossier, at(moment), CALENDAR)
    pause = Pause(kind, at(moment), left or 0)
    return replace(dossier, state=state, pauses=(*dossier.pauses, pause), return_to=dossier.assigned_to)


def resumed(dossier: Dossier, moment: str) -> Dossier:
    return payments.resume(dossier, at(moment), at(moment), CALENDAR)[0]


# 1: filled in though nothing was configured; holidays not subtracted; the hour is that of the officer's click.
@pytest.mark.parametrize("amount", [0.0, -1.0, 4000.0])
def test_a_procedure_without_a_sound_limit_promises_nothing(amount):
    refused = apply(limited(amount), Receive(NOW), R, NOW, CALENDAR)
    assert isinstance(refused, Refused)
    assert [f.code for f in refused.failed] == ["limit-zero" if amount == 0 else "limit-not-valid"]
    assert amount == 0 or refused.failed[0].params == (("given", str(amount)),)


def test_a_receipt_dated_ahead_is_refused_and_one_on_a_holiday_counts_from_the_next_morning():
    ahead = apply(limited(3), Receive(NOW + timedelta(days=1)), R, NOW, CALENDAR)
    assert isinstance(ahead, Refused)
    assert [f.code for f in ahead.failed] == ["made-in-future"]
    holiday = received(3, "24/11 09:00")
    assert (holiday.received_at, holiday.due_at) == (at("24/11 09:00"), at("30/11 07:00"))


@pytest.mark.parametrize(
    ("moment", "amount", "unit", "cutoff", "due"),
    [
        ("20/11 10:00", 3, LimitUnit.WORKING_DAY, "", "26/11 10:00"),
        ("23/11 10:00", 1, LimitUnit.WORKING_DAY, "", "25/11 10:00"),
        ("23/11 10:00", 5, LimitUnit.WORKING_DAY, "", "01/12 10:00"),
        ("20/11 15:30", 1, LimitUnit.WORKING_DAY, "15:00", "25/11 07:00"),
        ("20/11 15:30", 0, LimitUnit.SAME_DAY, "15:00", "23/11 17:00"),
    ],
)
def test_the_appointment_follows_receipt_holidays_and_cut_off(moment, amount, unit, cutoff, due):
    assert received(amount, moment, unit=unit, cutoff=cutoff).due_at == at(due)


# 2 and 4: step limits always 0 or not shown; nobody is warned past the limit of one step.
def test_a_step_has_its_own_date_and_zero_is_no_limit():
    timed = replace(STEPS[1], limit_working_minutes=240)
    dossier = replace(in_hand(10), step=timed)
    assert appointments.step_due_at(dossier, CALENDAR) == at("20/11 16:00")
    assert appointments.step_due_at(dossier, CALENDAR) < dossier.due_at
    for none in (None, 0):
        untimed = replace(dossier, step=replace(timed, limit_working_minutes=none))
        assert appointments.step_due_at(untimed, CALENDAR) is None
    stands = paused(NVTC, "20/11 11:00", dossier)
    assert appointments.step_due_at(stands, CALENDAR) is None
    assert appointments.step_due_at(resumed(stands, "23/11 08:00"), CALENDAR) == at("23/11 11:00")


def test_handing_a_dossier_over_within_a_step_gives_the_step_no_new_time():
    last = replace(in_hand(), step=STEPS[-1])
    later = done(apply(last, Forward(at("23/11 09:00"), BUREAU, ref(OFFICERS["P2"])), P, at("23/11 09:00"), CALENDAR))
    assert (later.step, later.step_at) == (STEPS[-1], at("20/11 10:00"))


# 3 and 10: the countdown is in working time; lunch and weekends do not count.
@pytest.mark.parametrize(
    ("now", "shown"),
    [
        ("20/11 10:00", "còn 3 ngày"), ("20/11 11:30", "còn 2 ngày 6h"), ("20/11 13:30", "còn 2 ngày 6h"),
        ("22/11 23:00", "còn 2 ngày 3h"), ("24/11 12:00", "còn 1 ngày 3h"), ("26/11 06:00", "còn 3h"),
        ("26/11 10:00", "còn 0 phút"), ("26/11 11:30", "Quá 1h30"), ("27/11 13:30", "Quá 1 ngày 1h"),
    ],
)  # fmt: skip
def test_the_countdown_says_working_time(now, shown):
    left = appointments.left_minutes(in_hand(), at(now), CALENDAR)
    assert clock_text(left) == shown


# 5: "waiting more than a day" after five minutes: one working day before the date is one working day.
@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("20/11 10:05", ""), ("25/11 09:59", ""), ("25/11 10:00", "soon"), ("26/11 10:00", "soon"),
        ("26/11 10:01", "late"), ("30/11 08:00", "late"),
    ],
)  # fmt: skip
def test_an_apology_is_asked_for_one_working_day_before_the_date(now, said):
    assert appointments.apology_due(in_hand(), at(now), CALENDAR) == said
    assert appointments.apology_due(paused(NVTC, "25/11 08:00", in_hand()), at(now), CALENDAR) == ""


# 6 and 7: several rounds; each kind of pause by its own rule, which is a setting.
def test_several_rounds_are_a_list_and_each_is_laid_out_by_its_kind():
    dossier = in_hand()
    dossier = resumed(paused(NVTC, "20/11 11:00", dossier), "23/11 08:00")
    assert dossier.due_at == at("26/11 17:00")
    dossier = resumed(paused(SUPPLEMENT, "23/11 09:00", dossier), "25/11 14:00")
    assert dossier.due_at == at("30/11 14:00")
    dossier = resumed(paused(SUPPLEMENT, "26/11 09:00", dossier), "27/11 09:00")
    assert dossier.due_at == at("02/12 09:00")
    dossier = resumed(paused(OTHER, "02/12 08:00", dossier), "04/12 16:30")
    assert dossier.due_at == at("07/12 07:30")
    assert [(p.kind, p.remaining_minutes) for p in dossier.pauses] == [
        (NVTC, 1380), (SUPPLEMENT, 1320), (SUPPLEMENT, 1140), (OTHER, 60),
    ]  # fmt: skip
    assert appointments.relaid(dossier, CALENDAR) == dossier


def test_what_a_supplement_does_is_the_offices_setting():
    keeps = replace(CALENDAR, supplement_restarts=False)
    asked = paused(SUPPLEMENT, "20/11 11:00", in_hand())
    assert payments.resume(asked, at("23/11 08:00"), NOW, CALENDAR)[0].due_at == at("27/11 08:00")
    assert payments.resume(asked, at("23/11 08:00"), NOW, keeps)[0].due_at == at("26/11 17:00")


# 8: shown as paused while the clock runs on; not reckoned again on resume.
@settings(max_examples=200, deadline=None)
@given(
    start=st.integers(0, 6 * 1440), length=st.integers(0, 20 * 1440), look=st.floats(0, 1),
    kind=st.sampled_from(PauseKind),
)  # fmt: skip
def test_while_paused_what_is_left_never_changes_and_is_laid_out_again(start, length, look, kind):
    dossier, begins = in_hand(), at("20/11 10:00") + timedelta(minutes=start)
    ends = begins + timedelta(minutes=length)
    left = appointments.left_minutes(dossier, begins, CALENDAR)
    stands = paused(kind, f"{begins:%d/%m %H:%M}", dossier)
    assert stands.clock is ClockState.PAUSED
    assert appointments.left_minutes(stands, begins + (ends - begins) * look, CALENDAR) == left
    on = payments.resume(stands, ends, ends, CALENDAR)[0]
    expected = 3 * 480 if kind is SUPPLEMENT else left
    assert appointments.left_minutes(on, ends, CALENDAR) == expected


# 9: pauses lost when the limit changes: they belong to the dossier.
def test_another_limit_or_calendar_keeps_every_pause():
    dossier = resumed(paused(NVTC, "23/11 09:00", in_hand(3)), "25/11 14:00")
    longer = replace(dossier, procedure=replace(dossier.procedure, limit_amount=5))
    again = appointments.relaid(longer, CALENDAR)
    assert [(p.started_at, p.ended_at) for p in again.pauses] == [(at("23/11 09:00"), at("25/11 14:00"))]
    assert (dossier.due_at, again.due_at) == (at("27/11 15:00"), at("01/12 15:00"))


# 11: overdue stays after the end; reopened work alarms at once.
def test_late_is_judged_by_dates_at_completion_and_never_after_the_end():
    told = {
        "25/11 16:00": "early", "26/11 16:59": "on_time", "27/11 07:00": "late",
    }  # fmt: skip
    for moment, word in told.items():
        finished = replace(in_hand(), state=State.COMPLETED, completed_at=at(moment))
        assert appointments.verdict(finished, at("30/12 10:00"), CALENDAR) == word
        assert appointments.apology_due(finished, at("30/12 10:00"), CALENDAR) == ""
        assert appointments.left_minutes(finished, at("30/12 10:00"), CALENDAR) is None
    withdrawn = replace(in_hand(), state=State.WITHDRAWN)
    assert appointments.verdict(withdrawn, at("30/12 10:00"), CALENDAR) == ""


def test_what_was_in_time_when_it_stopped_is_not_late_meanwhile():
    stands = paused(NVTC, "25/11 09:00", in_hand())
    assert appointments.verdict(stands, at("30/12 10:00"), CALENDAR) == "on_time"
    assert appointments.verdict(in_hand(), at("30/12 10:00"), CALENDAR) == "late"
    assert appointments.verdict(resumed(stands, "28/12 09:00"), at("28/12 09:05"), CALENDAR) == "on_time"


# 12: the citizen answers by another way and the clock does not run on: every way in ends in the same rule.
def by_payment(channel: PaymentChannel, dossier: Dossier) -> Dossier:
    fact = payment("p9", "n1", 500_000, channel=channel, paid_at=at("25/11 09:00"), recorded_at=at("25/11 09:00"))
    return payments.record(dossier, fact, at("25/11 09:00"), CALENDAR)[0]


@pytest.mark.parametrize("channel", list(PaymentChannel))
def test_every_way_of_paying_lets_the_clock_run_on(channel):
    after = by_payment(channel, DOSSIERS["6p"])
    assert (after.state, after.clock, after.due_at) == (State.PROCESSING, ClockState.RUNNING, at("26/11 07:30"))


@pytest.mark.parametrize("command", [
    CancelSuspension(at("25/11 09:00"), "Dừng nhầm"),
    Resume(at("25/11 09:00"), "p9", 500_000, Evidence(info="Giấy nộp tiền kho bạc")),
])  # fmt: skip
def test_every_way_of_resuming_by_hand_lets_it_run_on_alike(command):
    after = done(apply(DOSSIERS["6n"], command, P, at("25/11 09:00"), CALENDAR))
    assert (after.state, after.due_at) == (State.PROCESSING, at("26/11 07:30"))


def test_money_that_came_before_the_pause_ends_it_where_it_began():
    early = replace(
        payment("p9", "n1", 500_000, channel=PaymentChannel.GATEWAY), paid_at=at("19/11 09:00"), recorded_at=NOW
    )
    after = payments.record(DOSSIERS["6p"], early, NOW, CALENDAR)[0]
    assert after.pauses[-1].ended_at == after.pauses[-1].started_at == at("20/11 09:00")
    assert after.due_at == at("23/11 07:30")


def test_a_suspension_over_tet_gives_back_what_was_left():
    dossier = in_hand(3, "11/02 10:00")
    command = Suspend(at("12/02 15:00"), "Chờ thuế", 500_000, "TB-1", at("12/02 08:00").date())
    stopped = done(apply(dossier, command, P, at("12/02 15:00"), CALENDAR))
    assert (stopped.due_at, stopped.pauses[-1].remaining_minutes) == (at("23/02 10:00"), 780)
    assert stopped.sub_state is SubState.DESK_TO_NOTIFY
    assert resumed(stopped, "20/02 09:00").due_at == at("24/02 14:00")
