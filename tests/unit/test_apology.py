"""Form 04: one new appointment, signed by the head; the first one goes on judging."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from app.domain import appointments, payments
from app.domain.citizen_messages import messages
from app.domain.commands import Command, DeclineExtension, Extend, ProposeExtension
from app.domain.dossier import Dossier, Pause
from app.domain.people import Officer
from app.domain.transitions import Done, apply, check
from app.domain.words import PauseKind, State
from tests.unit.moments import CALENDAR, at
from tests.unit.sample_dossiers import DOSSIERS, OFFICERS

P, H = OFFICERS["P"], OFFICERS["H"]
WHY = "Chờ ý kiến của cơ quan chuyên môn"
# Received 19/11 10:00, ten working days: due 04/12 10:00.
OPEN = DOSSIERS["4"]


def act(dossier: Dossier, command: Command, who: Officer) -> Done | list[str]:
    result = apply(dossier, command, who, command.made_at, CALENDAR)
    return result if isinstance(result, Done) else [failed.code for failed in result.failed]


def signed(moment: str = "03/12 09:00", until: str = "11/12 10:00", dossier: Dossier = OPEN) -> Dossier:
    result = act(dossier, Extend(at(moment), WHY, at(until)), H)
    assert isinstance(result, Done), result
    return result.dossier


def stopped(dossier: Dossier, begins: str, ends: str, kind: PauseKind = PauseKind.OTHER) -> Dossier:
    left = appointments.left_minutes(dossier, at(begins), CALENDAR)
    stands = replace(dossier, state=State.STOPPED, pauses=(*dossier.pauses, Pause(kind, at(begins), left or 0)))
    return payments.resume(stands, at(ends), at(ends), CALENDAR)[0]


def test_who_holds_the_dossier_proposes_and_the_head_signs_as_proposed():
    proposed = act(OPEN, ProposeExtension(at("02/12 15:00"), WHY, at("11/12 10:00")), P)
    assert isinstance(proposed, Done)
    assert (proposed.dossier.due_at, proposed.dossier.extension.signed) == (at("04/12 10:00"), False)
    result = act(proposed.dossier, Extend(at("03/12 09:00"), WHY, at("11/12 10:00")), H)
    assert isinstance(result, Done)
    after = result.dossier
    assert after.due_at == at("11/12 10:00")
    assert (after.extension.first_due_at, after.extension.late) == (at("04/12 10:00"), False)
    assert (after.extension.proposed_by, after.extension.signed_by) == (P.name, H.name)
    assert [(item.kind, item.note) for item in after.history[-2:]] == [
        ("extension_proposed", f"10:00 thứ Sáu 11/12/2026: {WHY}"),
        ("extended", f"10:00 thứ Sáu 04/12/2026 → 10:00 thứ Sáu 11/12/2026: {WHY}"),
    ]


def test_the_head_declines_and_who_proposed_it_reads_why_and_may_propose_again():
    proposed = act(OPEN, ProposeExtension(at("02/12 15:00"), WHY, at("11/12 10:00")), P)
    assert isinstance(proposed, Done)
    no = DeclineExtension(at("03/12 09:00"), "Cơ quan chuyên môn đã trả lời")
    assert act(proposed.dossier, no, P) == ["not-your-right"]
    assert act(proposed.dossier, replace(no, reason=" "), H) == ["reason-needed"]
    declined = act(proposed.dossier, no, H)
    assert isinstance(declined, Done)
    after = declined.dossier
    assert (after.state, after.sub_state, after.due_at, after.assigned_to) == (
        OPEN.state, OPEN.sub_state, at("04/12 10:00"), OPEN.assigned_to,
    )  # fmt: skip
    assert (after.extension.signed, after.extension.declined_by) == (False, H.name)
    assert (after.history[-1].kind, after.history[-1].note) == ("extension_declined", "Cơ quan chuyên môn đã trả lời")
    assert act(after, no, H) == ["nothing-proposed"]
    assert [f.code for f in check(OPEN, "decline_extension", H, at("03/12 09:00"))] == ["nothing-proposed"]
    again = act(after, ProposeExtension(at("03/12 15:00"), "Chờ thẩm duyệt lại", at("14/12 10:00")), P)
    assert isinstance(again, Done)
    assert (again.dossier.extension.declined_at, again.dossier.extension.due_at) == (None, at("14/12 10:00"))
    assert isinstance(act(again.dossier, Extend(at("04/12 09:00"), WHY, at("14/12 10:00")), H), Done)


def test_the_head_who_declined_signs_a_letter_of_his_own():
    proposed = act(OPEN, ProposeExtension(at("02/12 15:00"), WHY, at("11/12 10:00")), P)
    declined = act(proposed.dossier, DeclineExtension(at("03/12 09:00"), "Hẹn quá dài"), H)
    after = signed("03/12 10:00", "08/12 10:00", declined.dossier).extension
    assert (after.proposed_by, after.signed_by, after.declined_at) == (H.name, H.name, None)


def test_after_the_date_it_is_still_written_and_says_so():
    after = signed("07/12 08:00")
    assert after.extension.late
    assert after.history[-1].note.startswith("10:00 thứ Sáu 04/12/2026 → 10:00 thứ Sáu 11/12/2026 (ký khi đã quá hẹn)")


def test_a_second_new_appointment_is_refused_to_everybody():
    after = signed()
    assert act(after, Extend(at("10/12 09:00"), WHY, at("18/12 10:00")), H) == ["already-extended"]
    assert act(after, ProposeExtension(at("10/12 09:00"), WHY, at("18/12 10:00")), P) == ["already-extended"]
    assert [f.code for f in check(after, "extend", H, at("10/12 09:00"))] == ["already-extended"]
    assert appointments.apology_due(after, at("10/12 16:00"), CALENDAR) == ""


@pytest.mark.parametrize("key", ["5b", "6t", "6p", "8"])
def test_while_the_clock_stands_nobody_apologises(key):
    assert act(DOSSIERS[key], Extend(at("03/12 09:00"), WHY, at("11/12 10:00")), H) == ["wrong-state"]


# Completed when, judged by the first date or (setting) by the newest → verdict.
@pytest.mark.parametrize(
    ("completed", "by_first", "by_newest"),
    [
        ("03/12 16:00", "early", "early"), ("04/12 16:00", "on_time", "early"), ("07/12 08:00", "late", "early"),
        ("11/12 16:00", "late", "on_time"), ("14/12 08:00", "late", "late"),
    ],
)  # fmt: skip
def test_late_is_judged_by_the_first_date_or_by_setting_the_newest(completed, by_first, by_newest):
    finished = replace(signed("03/12 09:00"), state=State.COMPLETED, completed_at=at(completed))
    newest = replace(CALENDAR, late_by_first_date=False)
    assert appointments.verdict(finished, at(completed), CALENDAR) == by_first
    assert appointments.verdict(finished, at(completed), newest) == by_newest


def dates(dossier: Dossier) -> tuple[datetime | None, datetime | None]:
    return dossier.extension.first_due_at, dossier.due_at


def test_a_later_pause_moves_both_dates_and_an_earlier_one_neither():
    assert dates(signed(dossier=stopped(OPEN, "20/11 09:00", "23/11 09:00"))) == (at("07/12 10:00"), at("11/12 10:00"))
    after = stopped(signed("02/12 09:00"), "03/12 10:00", "07/12 10:00")
    assert dates(after) == (at("08/12 10:00"), at("15/12 10:00"))
    assert appointments.relaid(after, CALENDAR) == after


def test_a_supplement_gives_the_full_time_again_and_a_new_date_to_be_judged_by():
    after = stopped(signed("02/12 09:00"), "03/12 10:00", "07/12 10:00", PauseKind.SUPPLEMENT)
    assert dates(after) == (at("21/12 10:00"), at("21/12 10:00"))
    assert appointments.relaid(after, CALENDAR) == after


def test_a_pause_that_had_not_ended_after_all_takes_both_dates_back():
    after = stopped(signed("02/12 09:00"), "03/12 10:00", "07/12 10:00")
    again = appointments.paused_again(after, CALENDAR)
    assert dates(again) == (at("04/12 10:00"), at("11/12 10:00"))
    assert again.pauses[-1].ended_at is None


def test_a_changed_calendar_keeps_the_date_of_the_letter_unless_the_office_is_closed_then():
    told = appointments.calendar_told(at("03/12 10:00"), "Đặng Quốc Bảo", "2026.5")
    for day, expected in (("02/12", ("07/12 10:00", "11/12 10:00")), ("11/12", ("04/12 10:00", "14/12 10:00"))):
        closed = replace(CALENDAR, off={**CALENDAR.off, at(f"{day} 00:00").date(): "Nghỉ theo công điện"})
        after = appointments.recounted(signed(), CALENDAR, closed, told)
        assert dates(after) == tuple(at(text) for text in expected)
    assert after.history[-1] == replace(
        told, note="10:00 thứ Sáu 11/12/2026 → 10:00 thứ Hai 14/12/2026: lịch làm việc 2026.5"
    )
    assert appointments.recounted(signed(), CALENDAR, CALENDAR, told).history == signed().history


def test_the_citizen_is_told_when_the_head_has_signed_and_not_before():
    command = ProposeExtension(at("02/12 15:00"), WHY, at("11/12 10:00"))
    proposed = act(OPEN, command, P)
    assert messages(OPEN, proposed.dossier, command, command.made_at) == ()
    extend = Extend(at("03/12 09:00"), WHY, at("11/12 10:00"))
    told = messages(OPEN, signed(), extend, extend.made_at)
    assert [(message.kind, len(message.deliveries)) for message in told] == [("extension", 3)]
