"""What the officer sees = the portal's truth and his own waiting commands, in order, each at the moment it was made."""

from __future__ import annotations

from datetime import timedelta

from app.domain.commands import AcceptSupplement, Collect, Complete, Forward, Notify, Receive, Refuse, TickPaid
from app.domain.dossier import Evidence, NoticeLine
from app.domain.fold import Waiting, fold
from app.domain.people import ref
from app.domain.words import DeliveryState, FeeStatus, LineKind, PaymentChannel, State, SubState
from tests.unit.moments import CALENDAR, at
from tests.unit.sample_dossiers import BUREAU, DOSSIERS, NOW, OFFICERS

R, P = OFFICERS["R"], OFFICERS["P"]
LINES = (NoticeLine(LineKind.PHI, "Phí", 8000),)
NOTIFY = Notify(NOW, "n9", "Nộp phí", LINES, State.SUBMITTED, 0)
TICK = TickPaid(NOW, "p9", "n9", 8000, PaymentChannel.COUNTER_CASH, Evidence(info="Biên lai số 12"))


def test_nothing_waiting_is_the_portals_truth_itself():
    folded = fold(DOSSIERS["4"], (), CALENDAR)
    assert (folded.dossier, folded.pending, folded.pending_types) == (DOSSIERS["4"], (), ())


def test_commands_are_applied_in_order_and_each_one_is_named():
    waiting = (
        Waiting("k1", R, Receive(NOW)),
        Waiting("k2", R, Forward(NOW + timedelta(minutes=1), BUREAU, ref(P))),
    )
    folded = fold(DOSSIERS["1"], waiting, CALENDAR)
    assert (folded.dossier.state, folded.pending_types) == (State.PROCESSING, ("receive", "forward"))
    assert folded.pending == (("k1", "receive"), ("k2", "forward"))
    assert folded.dossier.receipt_code is None, "only the portal gives numbers"
    assert [item.kind for item in folded.dossier.history] == ["received", "forwarded"]


def test_a_command_counts_from_the_moment_it_was_made_not_from_now():
    early = fold(DOSSIERS["1"], (Waiting("k", R, Receive(at("20/11 07:30"))),), CALENDAR)
    late = fold(DOSSIERS["1"], (Waiting("k", R, Receive(at("20/11 16:30"))),), CALENDAR)
    assert (early.dossier.received_at, early.dossier.due_at) == (at("20/11 07:30"), at("07/12 07:30"))
    assert (late.dossier.received_at, late.dossier.due_at) == (at("20/11 16:30"), at("07/12 16:30"))


def test_a_notice_and_its_payment_made_offline_are_seen_as_paid_and_not_yet_delivered():
    folded = fold(DOSSIERS["1"], (Waiting("k1", R, NOTIFY), Waiting("k2", R, TICK)), CALENDAR)
    dossier = folded.dossier
    assert (dossier.fee_status, dossier.payments[0].settled) == (FeeStatus.PAID, 8000)
    assert {delivery.state for delivery in dossier.notices[0].deliveries} == {DeliveryState.QUEUED}


def test_cash_stays_in_sight_whatever_other_role_its_officer_holds_by_now():
    head = OFFICERS["H"]
    collect = Collect(NOW, "n9", "p9", "Thu tại quầy", NOTIFY.lines, 8000, PaymentChannel.COUNTER_CASH, TICK.evidence)
    tick = fold(DOSSIERS["1"], (Waiting("k1", R, NOTIFY), Waiting("k2", head, TICK)), CALENDAR)
    at_once = fold(DOSSIERS["1"], (Waiting("k", head, collect),), CALENDAR)
    for folded in (tick, at_once):
        assert [(p.amount, p.needs_second, p.settled) for p in folded.dossier.payments] == [(8000, True, 0)]


def test_what_the_rules_no_longer_allow_is_left_out_but_stays_named():
    folded = fold(DOSSIERS["3"], (Waiting("k1", R, Receive(NOW)), Waiting("k2", R, Complete(NOW))), CALENDAR)
    assert (folded.dossier, folded.pending_types) == (DOSSIERS["3"], ("receive", "complete"))


def test_a_command_behind_one_that_no_longer_holds_is_judged_on_its_own():
    waiting = (Waiting("k1", P, Complete(NOW)), Waiting("k2", R, AcceptSupplement(NOW)))
    folded = fold(DOSSIERS["6n"], waiting, CALENDAR)
    assert folded.dossier.sub_state is SubState.DESK_ACCEPTED


def test_what_the_portal_has_already_is_not_applied_twice():
    with_notice = fold(DOSSIERS["1"], (Waiting("k1", R, NOTIFY), Waiting("k2", R, TICK)), CALENDAR).dossier
    again = fold(with_notice, (Waiting("k1", R, NOTIFY), Waiting("k2", R, TICK)), CALENDAR)
    assert again.dossier == with_notice


def test_each_command_is_judged_by_the_rights_of_who_made_it():
    assert fold(DOSSIERS["1"], (Waiting("k", P, Refuse(NOW, "Sai")),), CALENDAR).dossier.state is State.SUBMITTED
    assert fold(DOSSIERS["1"], (Waiting("k", R, Refuse(NOW, "Sai")),), CALENDAR).dossier.state is State.REFUSED
