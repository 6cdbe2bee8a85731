"""Money never appears and never vanishes: settlement, surplus and refund cases under every order of events."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.commands import CancelNotice, Collect, DecideRefund, Notify, ReversePayment, TickPaid
from app.domain.dossier import Dossier, Evidence, NoticeLine
from app.domain.notices import fee_status
from app.domain.payments import begin_paying, mark_viewed, record, settle, stop_paying
from app.domain.people import ref
from app.domain.transitions import Done, apply
from app.domain.words import CaseState, FeeStatus, LineKind, NoticeState, PaymentChannel, State
from app.domain.work_commands import SubmitToHead
from tests.unit.moments import CALENDAR, at
from tests.unit.sample_dossiers import DOSSIERS, NOW, OFFICERS, notice, payment

OFFICER = OFFICERS["R"]
PAPER = Evidence(info="Biên lai giấy số 12")
amounts = st.sampled_from([1, 20, 30, 50, 60, 100, 120, 120_000])
notices = st.sampled_from(["n1", "n1", "n2"])

KINDS = ("notify", "replace", "tick", "collect", "gateway", "again", "cancel", "decide", "view", "begin", "stop")
# One event: what happens, to which notice, with how much, to the how-manieth payment or case.
events = st.lists(
    st.tuples(
        st.sampled_from(KINDS), notices, amounts, st.integers(0, 5),
    ),
    min_size=1, max_size=14,
)  # fmt: skip


def take_place(dossier: Dossier, number: int, event: tuple[str, str, int, int]) -> Dossier:
    """Return the dossier after one event; what the rules refuse changes nothing."""
    kind, notice_id, amount, which = event
    command: object
    if kind in ("notify", "replace"):
        lines = (NoticeLine(LineKind.PHI, "Phí", amount),)
        fresh = notice_id if kind == "notify" else f"{notice_id}-{number}"
        replaces = "" if kind == "notify" else notice_id
        command = Notify(NOW, fresh, "Nộp phí", lines, dossier.state, 0, replaces=replaces, reason="Thay")
    elif kind == "cancel":
        command = CancelNotice(NOW, notice_id, "Nhầm")
    elif kind == "tick":
        command = TickPaid(NOW, f"p{number}", notice_id, amount, PaymentChannel.COUNTER_CASH, PAPER)
    elif kind == "collect":
        command = collection(f"p{number}", notice_id, amount)
    elif kind == "decide":
        if not dossier.cases:
            return dossier
        case = dossier.cases[which % len(dossier.cases)]
        choices = [p.id for p in dossier.payments if p.notice_id == case.notice_id]
        command = DecideRefund(NOW, case.id, choices[(which + number) % len(choices)], "counter")
    elif kind == "gateway":
        if not any(n.id == notice_id for n in dossier.notices):
            return dossier
        paid = payment(f"g{number}", notice_id, amount, channel=PaymentChannel.GATEWAY, gateway="vnpay")
        return record(dossier, paid, NOW, CALENDAR)[0]
    elif kind == "again":
        if not dossier.payments:
            return dossier
        return record(dossier, dossier.payments[which % len(dossier.payments)], NOW, CALENDAR)[0]
    elif kind == "view":
        return mark_viewed(dossier, notice_id, NOW)
    elif kind == "begin":
        return begin_paying(dossier, notice_id, "vnpay", NOW)
    else:
        return stop_paying(dossier, notice_id)
    result = apply(dossier, command, OFFICER, NOW, CALENDAR)  # type: ignore[arg-type]
    if not isinstance(result, Done):
        return dossier
    if isinstance(command, TickPaid | Collect):
        assert command.payment_id in {p.id for p in result.dossier.payments}, "what was taken is written down"
    return result.dossier


def collection(payment_id: str, notice_id: str, amount: int) -> Collect:
    lines = (NoticeLine(LineKind.PHI, "Phí", amount),)
    return Collect(NOW, notice_id, payment_id, "Thu tại quầy", lines, amount, PaymentChannel.COUNTER_CASH, PAPER)


def open_surplus(dossier: Dossier, payment_id: str) -> int:
    return sum(c.amount for c in dossier.cases if c.payment_id == payment_id and c.state is CaseState.OPEN)


def holds(dossier: Dossier, paid_in: dict[str, int]) -> None:
    """I8: paid − refunded − reversed = settled + surplus, settled ≤ due, each surplus has its case."""
    assert {p.id: p.amount for p in dossier.payments} == paid_in, "facts are never edited, dropped or doubled"
    assert len({c.id for c in dossier.cases}) == len(dossier.cases)
    for item in dossier.notices:
        own = [p for p in dossier.payments if p.notice_id == item.id]
        settled = sum(p.settled for p in own)
        due = 0 if item.state in (NoticeState.CANCELLED, NoticeState.SUPERSEDED) else item.total
        assert 0 <= settled <= due
        assert settled == min(due, sum(p.amount for p in own)), "no money lies idle while its notice is open"
        assert (item.state is NoticeState.PAID) == (due > 0 and settled == due)
    for fact in dossier.payments:
        assert 0 <= fact.settled <= fact.amount
        assert fact.amount - fact.settled == open_surplus(dossier, fact.id), f"surplus of {fact.id} without its case"
    assert dossier.fee_status is fee_status(dossier), "stored = recomputed"
    assert settle(dossier) == dossier, "settling again changes nothing"
    assert dossier.paid == plainly_paid(dossier)


def plainly_paid(dossier: Dossier) -> bool:
    """Design §5 note 1 in other words: one notice settled in full, every other one settled or dropped."""
    closed = {NoticeState.PAID, NoticeState.WAIVED, NoticeState.CANCELLED, NoticeState.SUPERSEDED}
    states = [n.state for n in dossier.notices]
    return NoticeState.PAID in states and set(states) <= closed


@given(st.sampled_from(["1", "9w"]), events)
def test_money_is_conserved_through_every_order_of_events(start, happened):
    dossier, paid_in = DOSSIERS[start], {}
    for number, event in enumerate(happened):
        after = take_place(dossier, number, event)
        fresh = [p for p in after.payments if p.id not in paid_in]
        assert len(fresh) <= 1
        paid_in |= {p.id: p.amount for p in fresh}
        dossier = after
        holds(dossier, paid_in)


@given(st.lists(amounts, min_size=1, max_size=6), st.permutations(range(6)))
def test_the_first_committed_settles_whatever_the_clocks_say(sums, hours):
    dossier = replace(DOSSIERS["9w"], notices=(notice("n1", 100),), fee_status=FeeStatus.DUE)
    left, expected = 100, []
    for number, amount in enumerate(sums):
        moment = NOW - timedelta(hours=hours[number])
        fact = payment(f"p{number}", "n1", amount, paid_at=moment, recorded_at=moment)
        dossier, _ = record(dossier, fact, NOW, CALENDAR)
        expected.append(min(left, amount))
        left -= expected[-1]
    assert [p.settled for p in dossier.payments] == expected


# notice of 100 đồng, payments in order of commit → settled of each, cases, fee_status
BY_HAND = [
    ((100,), (100,), (), "paid"),
    ((100, 100), (100, 0), (100,), "paid"),
    ((60,), (60,), (), "partial"),
    ((60, 60), (60, 40), (20,), "paid"),
    ((30, 30, 100), (30, 30, 40), (60,), "paid"),
    ((150,), (100,), (50,), "paid"),
    ((150, 100), (100, 0), (50, 100), "paid"),
]


@pytest.mark.parametrize(("paid", "settled", "cases", "word"), BY_HAND)
def test_settlement_by_hand(paid, settled, cases, word):
    dossier = replace(DOSSIERS["9w"], notices=(notice("n1", 100),), fee_status=FeeStatus.DUE)
    for number, amount in enumerate(paid):
        dossier, _ = record(dossier, payment(f"p{number}", "n1", amount), NOW, CALENDAR)
    assert tuple(p.settled for p in dossier.payments) == settled
    assert tuple(c.amount for c in dossier.cases) == cases
    assert dossier.fee_status.value == word


# state of the notices → fee_status; only "paid" is green.
WORDS = [
    ((), "none"),
    (("cancelled",), "none"),
    (("superseded", "cancelled"), "none"),
    (("sent",), "due"),
    (("viewed", "paid"), "due"),
    (("queued", "cancelled"), "due"),
    (("paying",), "paying"),
    (("partly_paid", "paying"), "partial"),
    (("paid",), "paid"),
    (("paid", "cancelled", "waived", "superseded"), "paid"),
    (("waived",), "waived"),
]


@pytest.mark.parametrize(("states", "word"), WORDS)
def test_the_money_of_a_dossier_in_one_word(states, word):
    found = tuple(notice(f"n{at_}", 100, NoticeState(state)) for at_, state in enumerate(states))
    dossier = replace(DOSSIERS["9w"], notices=found)
    assert fee_status(dossier).value == word
    assert replace(dossier, fee_status=fee_status(dossier)).paid == (word == "paid")


def test_a_payment_to_a_cancelled_notice_or_an_ended_dossier_is_a_fact_with_a_refund_case():
    cancelled = replace(DOSSIERS["9w"], notices=(notice("n1", 100, NoticeState.CANCELLED),))
    after, _ = record(cancelled, payment("p1", "n1", 100), NOW, CALENDAR)
    assert ([p.settled for p in after.payments], [c.amount for c in after.cases]) == ([0], [100])
    ended = replace(DOSSIERS["10"], notices=(notice("n1", 100),), fee_status=FeeStatus.DUE)
    after, _ = record(ended, payment("p1", "n1", 100), NOW, CALENDAR)
    assert ([p.settled for p in after.payments], after.state) == ([100], State.RETURNED)


# Case 2: payments and notices of a suspension over 500.000 đồng, and whether the clock starts again.
RESUMES = [
    ("paid in full", (("n1", 500_000, "NVTC", 0),), (("n1", 500_000),), True),
    ("half", (("n1", 500_000, "NVTC", 0),), (("n1", 250_000),), False),
    ("in two halves", (("n1", 500_000, "NVTC", 0),), (("n1", 250_000), ("n1", 250_000)), True),
    ("a fee alone", (("n1", 8000, "PHI", 0),), (("n1", 8000),), False),
    ("fee still open", (("n1", 500_000, "NVTC", 0), ("n2", 8000, "PHI", 0)), (("n1", 500_000),), False),
    ("fee paid too", (("n1", 500_000, "NVTC", 0), ("n2", 8000, "PHI", 0)), (("n1", 500_000), ("n2", 8000)), True),
    ("notice of another pause", (("n1", 500_000, "NVTC", None),), (("n1", 500_000),), False),
]


@pytest.mark.parametrize(("sent", "paid", "resumed"), [r[1:] for r in RESUMES], ids=[r[0] for r in RESUMES])
def test_the_clock_starts_again_iff_the_whole_obligation_is_settled(sent, paid, resumed):
    made = tuple(
        replace(notice(name, amount, for_pause=pause), lines=(NoticeLine(LineKind(kind), "x", amount),))
        for name, amount, kind, pause in sent
    )
    dossier = replace(DOSSIERS["6p"], notices=made)
    for number, (name, amount) in enumerate(paid):
        dossier, _ = record(dossier, payment(f"p{number}", name, amount), NOW, CALENDAR)
    assert (dossier.state is State.PROCESSING) == resumed
    if resumed:
        assert dossier.assigned_to is not None
        assert (dossier.assigned_to.username, dossier.return_to, dossier.sub_state) == ("thuly1", None, None)


# channel, paid at, recorded at → due with 390 working minutes left (Tuesday 24/11/2026 is a holiday)
MOMENTS = [
    ("gateway", "20/11 20:10", "20/11 20:11", "23/11 15:30"),
    ("gateway", "20/11 09:00", "23/11 16:30", "23/11 07:30"),
    ("counter_cash", "20/11 09:00", "23/11 16:30", "25/11 15:00"),
    ("treasury", "19/11 09:00", "23/11 16:30", "25/11 15:00"),
    ("counter_pos", "23/11 07:00", "23/11 07:00", "23/11 15:30"),
]


@pytest.mark.parametrize(("channel", "paid_at", "recorded_at", "due"), MOMENTS)
def test_a_resume_counts_from_the_payment_online_and_from_the_record_at_the_desk(channel, paid_at, recorded_at, due):
    lines = (NoticeLine(LineKind.NVTC, "Thuế", 500_000),)
    dossier = replace(DOSSIERS["6p"], notices=(replace(notice("n1", 0, for_pause=0), lines=lines),))
    fact = payment(
        "p1", "n1", 500_000, channel=PaymentChannel(channel), paid_at=at(paid_at), recorded_at=at(recorded_at)
    )
    after, _ = record(dossier, fact, at(recorded_at), CALENDAR)
    assert after.due_at == at(due)


def paid_in_order(*sums: int) -> Dossier:
    dossier = replace(DOSSIERS["9w"], notices=(notice("n1", 100),), fee_status=FeeStatus.DUE)
    for number, amount in enumerate(sums):
        dossier, _ = record(dossier, payment(f"p{number}", "n1", amount), NOW, CALENDAR)
    return dossier


def choose(dossier: Dossier, case: int, payment_id: str) -> Done | str:
    result = apply(dossier, DecideRefund(NOW, dossier.cases[case].id, payment_id, "counter"), OFFICER, NOW, CALENDAR)
    return result if isinstance(result, Done) else result.failed[0].code


def test_replacing_a_partly_paid_notice_opens_a_refund_case_for_what_was_paid():
    lines = (NoticeLine(LineKind.PHI, "Phí", 200),)
    command = Notify(NOW, "n2", "Nộp phí", lines, State.COMPLETED, 0, replaces="n1", reason="Sai số tiền")
    result = apply(paid_in_order(60), command, OFFICER, NOW, CALENDAR)
    assert isinstance(result, Done)
    after = result.dossier
    assert ([p.settled for p in after.payments], [c.amount for c in after.cases]) == ([0], [60])
    assert [item.kind for item in result.events] == ["notice_superseded", "case_opened", "notice_sent"]


def test_a_choice_that_would_not_give_back_the_very_sum_is_refused():
    dossier = paid_in_order(120, 50)
    assert [(c.payment_id, c.amount) for c in dossier.cases] == [("p0", 20), ("p1", 50)]
    assert choose(dossier, 0, "p1") == "not-this-payment"
    swapped = choose(dossier, 1, "p0")
    assert isinstance(swapped, Done)
    assert [p.settled for p in swapped.dossier.payments] == [50, 50]


def test_a_second_choice_of_the_same_notice_keeps_the_first():
    dossier = paid_in_order(100, 100, 100)
    first = choose(dossier, 0, "p0")
    assert isinstance(first, Done)
    assert [p.settled for p in first.dossier.payments] == [0, 100, 0]
    second = choose(first.dossier, 1, "p2")
    assert isinstance(second, Done)
    assert [p.settled for p in second.dossier.payments] == [0, 100, 0]
    assert choose(second.dossier, 1, "p1") == "case-closed"


def test_a_payment_page_stays_open_while_the_counter_takes_a_part():
    dossier = begin_paying(paid_in_order(), "n1", "vnpay", NOW)
    dossier, _ = record(dossier, payment("p0", "n1", 30), NOW, CALENDAR)
    assert (dossier.notices[0].state, dossier.notices[0].paying_with) == (NoticeState.PAYING, "vnpay")
    fact = payment("p1", "n1", 30, channel=PaymentChannel.GATEWAY, gateway="vnpay")
    dossier, _ = record(dossier, fact, NOW, CALENDAR)
    assert (dossier.notices[0].state, dossier.notices[0].paying_with) == (NoticeState.PARTLY_PAID, "")


def test_a_decided_refund_is_not_disturbed_by_a_payment_that_comes_later():
    chosen = choose(paid_in_order(120), 0, "p0")
    assert isinstance(chosen, Done)
    after, _ = record(chosen.dossier, payment("p1", "n1", 50), NOW, CALENDAR)
    assert [(p.amount, p.settled) for p in after.payments] == [(120, 100), (50, 0)]
    assert [(c.payment_id, c.amount) for c in after.cases] == [("p0", 20), ("p1", 50)]


def test_money_taken_back_while_the_head_decides_leaves_the_dossier_with_who_proposed():
    paid = DOSSIERS["6p"]
    told = (
        (OFFICERS["R"], TickPaid(NOW, "p1", "n1", 500_000, PaymentChannel.COUNTER_CASH, PAPER)),
        (OFFICERS["P"], SubmitToHead(NOW, ref(OFFICERS["H"]), "Xin ký")),
        (OFFICERS["C"], ReversePayment(NOW, "p1", "Ghi nhầm hồ sơ")),
    )
    for actor, command in told:
        done = apply(paid, command, actor, NOW, CALENDAR)
        assert isinstance(done, Done), done
        paid = done.dossier
    assert (paid.state, paid.return_to, paid.approvals) == (State.AWAITING_OBLIGATION, ref(OFFICERS["P"]), ())
    again = TickPaid(NOW, "p2", "n1", 500_000, PaymentChannel.COUNTER_CASH, PAPER)
    back = apply(paid, again, OFFICERS["R"], NOW, CALENDAR)
    assert isinstance(back, Done)
    assert (back.dossier.state, back.dossier.assigned_to) == (State.PROCESSING, ref(OFFICERS["P"]))
    proposed = apply(back.dossier, SubmitToHead(NOW, ref(OFFICERS["H"]), "Xin ký"), OFFICERS["P"], NOW, CALENDAR)
    assert isinstance(proposed, Done)


TICK = TickPaid(NOW, "p1", "n9", 15_000, PaymentChannel.COUNTER_CASH, PAPER)
COLLECT = collection("p2", "n9", 15_000)
REVERSE = ReversePayment(NOW, "p2", "Ghi nhầm hồ sơ")


@pytest.mark.parametrize("order", [(COLLECT, REVERSE, TICK), (TICK, COLLECT, REVERSE)], ids=["as done", "restored"])
def test_a_tick_that_a_restored_portal_has_before_the_collection_swallows_no_money(order):
    """Collected, taken back, ticked; the portal lost the first two, got the tick first and then them again."""
    dossier = DOSSIERS["9w"]
    for command in order:
        done = apply(dossier, command, OFFICERS["C"], NOW, CALENDAR)
        assert isinstance(done, Done), (command, done)
        dossier = done.dossier
    assert {(p.id, p.amount, p.settled, bool(p.reversed)) for p in dossier.payments} == {
        ("p1", 15_000, 15_000, False), ("p2", 15_000, 0, True),
    }  # fmt: skip
    assert [(n.id, n.title, n.total, n.state) for n in dossier.notices] == [
        ("n9", "Thu tại quầy", 15_000, NoticeState.PAID)
    ]
    assert not [c for c in dossier.cases if c.state is CaseState.OPEN]
