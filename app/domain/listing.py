"""One dossier as a list needs it: a dozen facts, no words, computed once when it is folded.

Stands apart from ``Dossier`` so that a list never decodes papers, notices and history: the projection stores these
facts beside the row, and painting a page reads nothing else. Instants are UTC milliseconds, money whole đồng.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.clock import VN, to_ms
from app.domain import second_officer
from app.domain.dossier import Case, Delivery, Dossier, Notice
from app.domain.notices import open_notices, owing, unreached
from app.domain.people import OfficerRef
from app.domain.words import ENDED, CaseKind, CaseState, DeliveryState, FeeStatus, State, Way

_REFUND = (CaseState.OPEN, CaseState.APPROVED, CaseState.REFUNDED)


@dataclass(frozen=True, slots=True)
class ListRow:
    """The facts of one row.

    ``fee_amount``: owing, else settled, else the suspension's NVTC. ``fee_channel``: gateway or channel of the last
    settled payment. ``fee_note``: second, sent, viewed, unseen, paying, unreachable, sms_failed, partly or ""
    ``holder``: who has it, or who suspended it. ``refund_amount``: what is still to go back; ``refund_state``: of the
    case that comes next. ``running_ms`` is the date that runs, ``fixed_ms`` the appointment even while paused or done,
    ``judged_ms`` the one that early and late are judged by.
    ``step`` is the step it is worked on in, with its own date and a quarter of it before that; 0 when it has none.
    ``expected_fee``: what the fee table asks before anybody has been asked. ``pay_late_ms``: from when an open notice
    is past its *hạn nộp*; ``unreached_ms``: since when no channel has brought one to anyone; 0 for neither.
    ``foreign``: written by a newer portal; shown, never acted on. ``ways``: how far each of ``pending`` came.
    """

    id: str
    code: str
    receipt_code: str
    applicant: str
    procedure: str
    state: int
    sub_state: str
    filing: str
    fee_status: str
    fee_amount: int
    fee_channel: str
    fee_note: str
    holder: str
    since_ms: int
    running_ms: int
    soon_ms: int
    fixed_ms: int
    paused_ms: int
    done_ms: int
    open_case: bool
    paid_next: bool
    pending: tuple[str, ...]
    foreign: bool = False
    step: str = ""
    step_fee: bool = False
    step_due_ms: int = 0
    step_soon_ms: int = 0
    expected_fee: int = 0
    refund_amount: int = 0
    refund_state: str = ""
    judged_ms: int = 0
    pay_late_ms: int = 0
    unreached_ms: int = 0
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates that run, as the projection reckons them; None for what does not run."""

    due_at: datetime | None = None
    soon_at: datetime | None = None
    step_due_at: datetime | None = None
    step_soon_at: datetime | None = None
    judged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What leaves only some rows of a list; each field left empty narrows nothing, all of them hold at once.

    ``overlay``: late, soon, alarm, today, pay_late (an open notice past its day) or unreached (brought to nobody);
    ``fee``: not_asked, owing or paid; ``states``: any of these; ``holders``: with any of these by name, "" nobody.
    """

    overlay: str = ""
    fee: str = ""
    states: tuple[int, ...] = ()
    holders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """How many rows of a list are in each state, and with each officer by name; "" for those nobody holds."""

    states: tuple[tuple[int, int], ...]
    holders: tuple[tuple[str, int], ...]


def holder_of(dossier: Dossier) -> OfficerRef | None:
    """Return who has the dossier, or will have it again once what it waits for is there."""
    return dossier.assigned_to or dossier.return_to


def list_row(
    dossier: Dossier, pending: tuple[str, ...], ways: tuple[Way, ...], dates: Dates, expected_fee: int = 0
) -> ListRow:
    """Return the list's facts of a folded dossier."""
    worked_on = dossier.step if dossier.state is State.PROCESSING else None
    paused = [pause for pause in dossier.pauses if pause.ended_at is None]
    holder = holder_of(dossier)
    return ListRow(
        id=dossier.id,
        code=dossier.code,
        receipt_code=dossier.receipt_code or "",
        applicant=dossier.applicant.name,
        procedure=dossier.procedure.name,
        state=int(dossier.state),
        sub_state=dossier.sub_state.value if dossier.sub_state else "",
        filing=dossier.channel.value,
        fee_status=dossier.fee_status.value,
        fee_amount=_fee_amount(dossier),
        fee_channel=_fee_channel(dossier),
        fee_note=_fee_note(dossier),
        holder=holder.name if holder else "",
        since_ms=_ms(_since(dossier)),
        running_ms=_ms(dates.due_at),
        soon_ms=_ms(dates.soon_at),
        fixed_ms=_ms(dossier.due_at),
        paused_ms=_ms(paused[-1].started_at) if paused else 0,
        done_ms=_ms(dossier.completed_at),
        judged_ms=_ms(dates.judged_at),
        open_case=any(c.state is CaseState.OPEN and c.decided_at is None for c in dossier.cases),
        paid_next=dossier.paid_since is not None,
        pending=pending,
        step=worked_on.name if worked_on else "",
        step_fee=worked_on is not None and worked_on.collects_fee,
        step_due_ms=_ms(dates.step_due_at),
        step_soon_ms=_ms(dates.step_soon_at),
        expected_fee=expected_fee,
        pay_late_ms=min((_ms(pay_late_at(n.pay_by)) for n in open_notices(dossier) if n.pay_by), default=0),
        unreached_ms=min((_ms(_lost_at(n)) for n in open_notices(dossier) if unreached(n)), default=0),
        refund_amount=to_refund(dossier),
        ways=ways,
        refund_state=next((c.state.value for state in _REFUND for c in dossier.cases if _stands(c, state)), ""),
    )


def to_refund(dossier: Dossier) -> int:
    """Return what waiting refund cases still give back, in đồng."""
    return sum(c.amount for c in dossier.cases if any(_stands(c, state) for state in _REFUND[:2]))


def _stands(case: Case, state: CaseState) -> bool:
    return case.kind is CaseKind.REFUND and case.state is state


def pay_late_at(pay_by: date) -> datetime:
    """Return the moment from which a *hạn nộp* is past: the day itself is still in time."""
    return datetime.combine(pay_by + timedelta(days=1), time.min, VN)


def _lost_at(notice: Notice) -> datetime:
    return max(delivery.since for delivery in notice.deliveries)


def _ms(moment: datetime | None) -> int:
    return to_ms(moment) if moment else 0


def _since(dossier: Dossier) -> datetime | None:
    if dossier.state is State.SUBMITTED:
        return dossier.submitted_at
    if dossier.state is State.PROCESSING:
        return dossier.assigned_at or dossier.received_at
    return dossier.returned_at or dossier.completed_at or dossier.received_at


def _fee_amount(dossier: Dossier) -> int:
    owed = owing(dossier)
    if owed:
        return owed
    settled = sum(p.settled for p in dossier.payments)
    if dossier.state is State.AWAITING_OBLIGATION and dossier.suspension and dossier.fee_status is not FeeStatus.PAID:
        return settled or dossier.suspension.nvtc_amount
    return settled


def _fee_channel(dossier: Dossier) -> str:
    paid = [p for p in dossier.payments if p.settled]
    return (paid[-1].gateway or paid[-1].channel.value) if paid else ""


def _fee_note(dossier: Dossier) -> str:
    waiting = open_notices(dossier)
    if second_officer.waiting(dossier):
        return "second"
    if not waiting or dossier.state in ENDED:
        return ""
    return _note(waiting[-1], dossier.fee_status)


def _note(notice: Notice, status: FeeStatus) -> str:
    if status is FeeStatus.PAYING:
        return "paying"
    if status is FeeStatus.PARTIAL:
        return "partly"
    if notice.viewed_at:
        return "viewed"
    if unreached(notice):
        return "unreachable"
    failed = _failed_sms(notice.deliveries)
    if failed:
        return "sms_failed"
    delivered = any(d.state is DeliveryState.DELIVERED for d in notice.deliveries)
    return "unseen" if delivered else "sent"


def _failed_sms(deliveries: tuple[Delivery, ...]) -> bool:
    return any(d.channel == "sms" and d.state is DeliveryState.FAILED for d in deliveries)
