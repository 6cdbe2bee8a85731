"""Long random stories of one dossier: whatever officers, citizens and gateways do, no đồng appears or vanishes.

``make test`` tells 300 stories of 60 steps; ``make campaign`` 5,000 of 100, and prints its seed. The expectations are
written here in other words than the program's: plain sums over the facts, not its settlement.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain import commands as c
from app.domain import effects, payments
from app.domain.dossier import Dossier, Evidence, Notice, NoticeLine, Payment
from app.domain.notices import fee_status, open_notices, rest_of
from app.domain.people import ref
from app.domain.settlement import settle
from app.domain.transitions import Done, apply
from app.domain.unit_settings import UnitSettings
from app.domain.words import (
    CaseKind,
    CaseState,
    ClockState,
    DeliveryChannel,
    LineKind,
    NoticeState,
    PaymentChannel,
    State,
    SubState,
)
from tests.unit.moments import CALENDAR
from tests.unit.sample_dossiers import BUREAU, DOSSIERS, NOW, OFFICERS, STEPS, payment

STORIES = int(os.environ.get("MOTCUA_STORIES", "300"))
STEPS_EACH = int(os.environ.get("MOTCUA_STEPS", "60"))
PAPER = Evidence(info="Biên lai giấy số 12")
SUMS = (1, 20, 30, 50, 100, 120_000)
GROUNDS = ("ho-ngheo", "thue-0-dong", "Thiên tai, theo đơn")
WITHOUT_RESULT = (State.REFUSED, State.WITHDRAWN)

# "wait" comes first: a failing story shrinks towards steps in which nothing happens.
KINDS = (
    "wait", "receive", "forward", "suspend", "suspend", "suspend_unknown", "add_tax_notice", "accept", "accept",
    "send_back", "cancel_suspension", "notify", "notify", "notify", "replace", "cancel", "tick", "tick", "tick",
    "tick_over", "gateway", "gateway", "collect", "waive", "waive_line", "waive_dossier", "reverse", "reverse",
    "decide", "use_for", "approve", "pay_refund", "close_case", "remind", "reach", "resume", "complete", "return",
    "refuse", "withdraw", "begin", "stop", "again", "confirm", "confirm",
)  # fmt: skip
ENDINGS = frozenset({"refuse", "withdraw", "return"})

steps = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 7), st.integers(0, 7)), min_size=STEPS_EACH, max_size=STEPS_EACH
)


@dataclass
class Story:
    """A dossier on its way, and what an outsider wrote down about it."""

    dossier: Dossier
    now: datetime = NOW
    paid_in: dict[str, int] = field(default_factory=dict)
    told: int = 0

    def act(self, command: c.Command) -> None:
        """Let the first officer who may do it; what the rules refuse changes nothing."""
        for officer in OFFICERS.values():
            result = apply(self.dossier, command, officer, self.now, CALENDAR)
            if isinstance(result, Done):
                self.dossier = result.dossier
                self.told += 1
                return

    def some(self, items: tuple[Any, ...], which: int) -> Any:
        return items[which % len(items)] if items else None


def line(which: int, amount: int) -> NoticeLine:
    return NoticeLine((LineKind.PHI, LineKind.LE_PHI, LineKind.OTHER)[which % 3], f"Khoản {which}", amount)


def asked(story: Story, a: int, b: int) -> tuple[NoticeLine, ...]:
    """The suspension's own line where there is one, otherwise one or two fees."""
    suspension = story.dossier.suspension
    if story.dossier.state is State.AWAITING_OBLIGATION and suspension and suspension.nvtc_amount:
        obliged = NoticeLine(
            LineKind.NVTC, "Thuế", suspension.nvtc_amount, None, suspension.tax_notice_no, suspension.tax_notice_date
        )
        return (obliged,) if a % 3 else (obliged, line(b, SUMS[b % 6]))
    return (line(a, SUMS[b % 6]),) if b % 2 else (line(a, SUMS[b % 6]), line(a + 1, SUMS[a % 6]))


def happens(story: Story, number: int, kind: str, a: int, b: int) -> None:
    """Let one step take place."""
    dossier, now = story.dossier, story.now
    notice: Notice | None = story.some(dossier.notices, a)
    fact: Payment | None = story.some(dossier.payments, a)
    case = story.some(dossier.cases, a)
    rest = rest_of(dossier, notice) if notice else 0
    fresh = f"n{number}"
    reason = "Lý do" if a % 2 else ""
    lines = asked(story, a, b)
    amount = {0: rest, 1: SUMS[b % 6], 2: max(1, rest // 2)}[b % 3] or SUMS[b % 6]
    plain: dict[str, Callable[[], c.Command]] = {
        "receive": lambda: c.Receive(now, "Bưu điện nộp hộ"),
        "refuse": lambda: c.Refuse(now, "Không đủ", anyway=bool(b % 2)),
        "forward": lambda: c.Forward(now, BUREAU, ref(OFFICERS["P"])),
        "suspend": lambda: c.Suspend(now, "Chờ thuế", SUMS[b % 6], "TB-1", now.date()),
        "suspend_unknown": lambda: c.Suspend(now, "Chờ thuế"),
        "add_tax_notice": lambda: c.AddTaxNotice(now, SUMS[b % 6], "TB-2", now.date()),
        "accept": lambda: c.AcceptSupplement(now),
        "send_back": lambda: c.SendBack(now, "Sai"),
        "cancel_suspension": lambda: c.CancelSuspension(now, "Nhầm"),
        "notify": lambda: c.Notify(now, fresh, "Nộp phí", lines, dossier.state, 0, reason=reason),
        "collect": lambda: c.Collect(
            now, fresh, f"p{number}", "Thu", lines, sum(item.amount for item in lines), PaymentChannel.COUNTER_CASH,
            PAPER,
        ),
        "waive_dossier": lambda: c.Waive(now, f"w{number}", fresh, GROUNDS[b % 3], lines=lines),
        "resume": lambda: c.Resume(
            now, f"p{number}", dossier.suspension.nvtc_amount if dossier.suspension else 0, PAPER
        ),
        "complete": lambda: c.Complete(now),
        "return": lambda: c.Return(now, "Trần Thị Mai", "Nợ phí, có cam kết"),
    }
    if kind in plain:
        story.act(plain[kind]())
    elif kind == "withdraw" and dossier.state not in (State.REFUSED, State.WITHDRAWN, State.RETURNED):
        story.dossier = with_events(effects.withdraw(dossier, now, "Không còn nhu cầu"))
    elif kind == "gateway" and notice:
        paid = payment(
            f"g{number}", notice.id, amount, channel=PaymentChannel.GATEWAY, gateway="vnpay", paid_at=now,
            recorded_at=now,
        )  # fmt: skip
        story.dossier = with_events(payments.record(dossier, paid, now, CALENDAR))
    elif kind == "again" and fact:
        story.dossier = payments.record(dossier, fact, now, CALENDAR)[0]
    elif kind == "begin" and notice:
        story.dossier = payments.begin_paying(dossier, notice.id, "vnpay", now)
    elif kind == "stop" and notice:
        story.dossier = payments.stop_paying(dossier, notice.id)
    elif notice and kind in ("replace", "cancel", "tick", "tick_over", "waive", "waive_line", "remind", "reach"):
        about_notice(story, number, kind, b, notice, amount, lines)
    elif fact and kind == "reverse":
        story.act(c.ReversePayment(now, fact.id, "Ghi nhầm"))
    elif fact and kind == "confirm":
        story.act(c.ConfirmPayment(now, fact.id))
    elif case and kind in ("decide", "use_for", "approve", "pay_refund", "close_case"):
        about_case(story, kind, b, case)


def about_notice(
    story: Story, number: int, kind: str, b: int, notice: Notice, amount: int, lines: tuple[NoticeLine, ...]
) -> None:
    now, state = story.now, story.dossier.state
    made: dict[str, Callable[[], c.Command]] = {
        "replace": lambda: c.Notify(
            now, f"n{number}", "Thay", lines, state, 0, replaces=notice.id, reason="Thay bằng thông báo mới"
        ),
        "cancel": lambda: c.CancelNotice(now, notice.id, "Nhầm"),
        "tick": lambda: c.TickPaid(now, f"p{number}", notice.id, amount, PaymentChannel.COUNTER_CASH, PAPER),
        "tick_over": lambda: c.TickPaid(
            now, f"p{number}", notice.id, notice.total + 50, PaymentChannel.COUNTER_POS, PAPER
        ),
        "waive": lambda: c.Waive(now, f"w{number}", notice.id, GROUNDS[b % 3]),
        "waive_line": lambda: c.Waive(now, f"w{number}", notice.id, GROUNDS[b % 3], line=b % 3),
        "remind": lambda: c.Remind(now, notice.id),
        "reach": lambda: c.Reach(now, notice.id, DeliveryChannel.CALL, "Đã gọi"),
    }
    story.act(made[kind]())


def about_case(story: Story, kind: str, b: int, case: Any) -> None:
    now, dossier = story.now, story.dossier
    chosen = story.some(tuple(p.id for p in dossier.payments if p.pays == case.notice_id), b)
    target = story.some(tuple(n.id for n in open_notices(dossier)), b)
    if kind == "decide" and chosen:
        story.act(c.DecideRefund(now, case.id, chosen, "counter"))
    elif kind == "use_for" and target:
        story.act(c.DecideRefund(now, case.id, case.payment_id, "use", use_for=target))
    elif kind == "approve":
        story.act(c.ApproveRefund(now, case.id))
    elif kind == "pay_refund":
        story.act(c.PayRefund(now, case.id, case.amount, PAPER))
    elif kind == "close_case":
        story.act(c.CloseCase(now, case.id, "Đã thực hiện việc"))


def with_events(outcome: effects.Outcome) -> Dossier:
    """The dossier with its history, as the portal keeps it."""
    after, events = outcome
    return replace(after, history=(*after.history, *events))


def holds(story: Story) -> None:
    """All that must be true after any step."""
    dossier = story.dossier
    for fact in dossier.payments:
        assert story.paid_in.setdefault(fact.id, fact.amount) == fact.amount, "a fact was edited"
    assert [p.id for p in dossier.payments] == list(story.paid_in), "a fact was dropped, doubled or reordered"
    for notice in dossier.notices:
        fee_holds(dossier, notice)
    for fact in dossier.payments:
        case_holds(dossier, fact)
    assert len({case.id for case in dossier.cases}) == len(dossier.cases)
    assert dossier.fee_status is fee_status(dossier), "stored = recomputed"
    assert settle(dossier) == dossier, "settling again changes nothing"
    owed = sum(rest_of(dossier, notice) for notice in dossier.notices)
    assert not (dossier.paid and owed), "green with money owing"
    if dossier.state in WITHOUT_RESULT:
        assert owed == 0
        assert not open_notices(dossier)
    pauses_hold(dossier)


def fee_holds(dossier: Dossier, notice: Notice) -> None:
    """paid − refunded − reversed = settled + surplus; settled ≤ due."""
    own = [p for p in dossier.payments if p.pays == notice.id]
    kept = sum(p.amount for p in own) - sum(p.refunded for p in own if not p.reversed)
    kept -= sum(p.amount for p in own if p.reversed)
    kept -= sum(p.amount for p in own if unconfirmed(p))
    settled, surplus = sum(p.settled for p in own), sum(p.surplus for p in own)
    assert kept == settled + surplus
    waived = sum(w.amount for w in dossier.waivers if w.notice_id == notice.id)
    due = 0 if notice.state in (NoticeState.CANCELLED, NoticeState.SUPERSEDED) else notice.total - waived
    assert 0 <= settled <= due, f"{notice.id}: {settled} of {due}"
    assert settled == min(due, kept), "no money lies idle while its notice is open"
    if notice.state is NoticeState.PAID and dossier.state not in WITHOUT_RESULT:
        assert settled == due > 0


def unconfirmed(fact: Payment) -> bool:
    """Recorded, and waiting for a second officer: it counts nowhere, but it is there."""
    if fact.needs_second and not fact.reversed and fact.confirmed_by is None:
        assert (fact.settled, fact.surplus, fact.refunded) == (0, 0, 0)
        assert fact.recorded_by is not None
        return True
    assert fact.confirmed_by is None or fact.confirmed_by != fact.recorded_by, "one pair of eyes"
    return False


def case_holds(dossier: Dossier, fact: Payment) -> None:
    """Every surplus is in exactly one waiting case, was given back or is used elsewhere."""
    own = [case for case in dossier.cases if case.kind is CaseKind.REFUND and case.payment_id == fact.id]
    waiting = [case for case in own if case.state in (CaseState.OPEN, CaseState.APPROVED)]
    assert all(case.amount > 0 for case in own)
    assert 0 <= fact.settled <= fact.held <= fact.amount
    assert sum(case.amount for case in own if case.refunded_at) == fact.refunded
    if dossier.state in WITHOUT_RESULT:
        assert fact.surplus <= sum(case.amount for case in waiting) <= fact.held
    else:
        assert sum(case.amount for case in waiting) == fact.surplus, f"surplus of {fact.id} without its case"
    assert len([case for case in waiting if case.state is CaseState.OPEN and not case.decided_at]) <= 1


def pauses_hold(dossier: Dossier) -> None:
    """One pause at a time, each ended at most once, in order; the clock agrees with them."""
    running = [pause for pause in dossier.pauses if pause.ended_at is None]
    if dossier.state not in (State.REFUSED, State.WITHDRAWN):
        assert len(running) == (dossier.state is State.AWAITING_OBLIGATION)
        assert (dossier.clock is ClockState.PAUSED) == (bool(running) or _not_accepting(dossier))
    waiting = any(n.for_pause == len(dossier.pauses) - 1 for n in open_notices(dossier))
    if dossier.state is State.AWAITING_OBLIGATION:
        assert (dossier.sub_state is SubState.AWAITING_PAYMENT) == waiting, "lost between two queues"
    for before, after in zip(dossier.pauses, dossier.pauses[1:], strict=False):
        assert before.ended_at is not None
        assert before.started_at <= before.ended_at <= after.started_at


def _not_accepting(dossier: Dossier) -> bool:
    return dossier.state is State.SUBMITTED and dossier.accept_by is None


@settings(max_examples=STORIES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(["1", "4f", "6n", "9w"]), st.sampled_from([0, 40, 100_000]), steps)
def test_no_dong_appears_or_vanishes_in_any_story(start, two_eyes_over, told):
    step = STEPS[2] if start == "4f" else DOSSIERS[start].step
    story = Story(replace(DOSSIERS[start], step=step, settings=UnitSettings(two_eyes_over)))
    for number, (kind, a, b) in enumerate(told):
        # Endings come late, otherwise most stories would be over at once.
        if kind in ENDINGS and number < STEPS_EACH * 2 // 3:
            continue
        ended = [p.ended_at for p in story.dossier.pauses[:-1]]
        happens(story, number, kind, a, b)
        assert [p.ended_at for p in story.dossier.pauses[: len(ended)]] == ended, "a pause that was over ended again"
        holds(story)
        story.now += timedelta(minutes=(a * 8 + b) % 50)
