"""A dossier and all that belongs to it, as one immutable value.

Stands apart because everything crosses borders in this shape: the portal stores and sends it, the mirror keeps its
bytes, the fold applies pending commands to it, the screens read it. Functions that change it return a new one and
live beside the rule they serve (``effects``, ``payments``, ``notices``). Money is whole đồng, instants are aware.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.accounts import PayeeAccount
from app.domain.extension import Extension
from app.domain.handling import Approval, Check, Collected, Rating, Result, Stop, SupplementRound
from app.domain.people import FileRef, Mailing, OfficerRef, Person
from app.domain.unit_settings import UNSET, UnitSettings
from app.domain.words import (
    PAUSED,
    CaseKind,
    CaseState,
    ClockState,
    DeliveryChannel,
    DeliveryState,
    FeeStatus,
    FilingChannel,
    LimitUnit,
    LineKind,
    NoticeState,
    PauseKind,
    PaymentChannel,
    Role,
    State,
    SubState,
)


@dataclass(frozen=True, slots=True)
class Component:
    """One required paper: the files handed in for it, and how many of each kind on paper."""

    name: str
    files: tuple[FileRef, ...] = ()
    originals: int = 0
    certified: int = 0
    copies: int = 0
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the procedure's process, as the dossier keeps it."""

    key: str
    name: str
    role: Role
    unit_id: str
    collects_fee: bool = False
    limit_working_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Hand:
    """Who had the dossier before it was passed on, at which step, and who passed it on: the way back."""

    step: Step
    officer: OfficerRef | None
    until: datetime
    passed_by_id: str


@dataclass(frozen=True, slots=True)
class ProcedureRef:
    """What a dossier keeps of its procedure version; ``gate``: block or warn while a *thu trước* notice is unpaid.

    ``limit_cutoff``: received after this local time (``HH:MM``) counts from the next working day; empty for none.
    """

    code: str
    name: str
    version: int
    pays_online: bool
    limit_amount: float
    limit_unit: LimitUnit
    steps: tuple[Step, ...]
    gate: str = "block"
    limit_cutoff: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which working time stands; ``remaining_minutes`` were left at its start (negative: late).

    ``ended_by`` is the payment that ended it: reversing that payment makes the pause continuous again.
    """

    kind: PauseKind
    started_at: datetime
    remaining_minutes: int
    ended_at: datetime | None = None
    ended_by: str = ""


@dataclass(frozen=True, slots=True)
class Suspension:
    """Dừng tính nghĩa vụ tài chính: the tax office's notice, if it has come."""

    reason: str
    at: datetime
    by: OfficerRef
    nvtc_amount: int = 0
    tax_notice_no: str = ""
    tax_notice_date: date | None = None
    treasury_account: str = ""
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One sum of a notice; NVTC lines carry the tax notice and never a payee account of ours."""

    kind: LineKind
    name: str
    amount: int
    account: PayeeAccount | None = None
    tax_notice_no: str = ""
    tax_notice_date: date | None = None
    treasury_account: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One channel of one notice, and how far it came."""

    channel: DeliveryChannel
    state: DeliveryState
    since: datetime
    address: str = ""
    code: str = ""
    attempts: int = 0
    next_try_at: datetime | None = None
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A fee notice (Thông báo công dân – Thanh toán phí/lệ phí).

    ``for_pause`` is the index of the suspension it serves, None outside case 2. ``copies`` went to the applicant.
    """

    id: str
    number: int
    title: str
    lines: tuple[NoticeLine, ...]
    state: NoticeState
    sent_by: OfficerRef
    sent_at: datetime
    gating: bool = False
    for_pause: int | None = None
    pay_by: date | None = None
    files: tuple[FileRef, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    viewed_at: datetime | None = None
    paying_since: datetime | None = None
    paying_with: str = ""
    replaces: str = ""
    closed_reason: str = ""
    closed_at: datetime | None = None
    reminded_at: datetime | None = None
    reminders: int = 0
    copies: tuple[Delivery, ...] = ()

    @property
    def total(self) -> int:
        """Sum of all lines, in đồng."""
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an in-person payment is believed: document, file or information (seed 000, note 2)."""

    document_no: str = ""
    document_date: date | None = None
    file: FileRef | None = None
    info: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that really moved: a fact, never edited. ``settled`` is what it pays of its notice.

    ``yields_to``: chosen to go back when there were so many payments; it settles after those, before later ones.
    ``used_for`` names another notice of the dossier that it was allotted to; ``refunded`` is what went back, in đồng.
    ``needs_second``: it counts only once another officer has confirmed it.
    """

    id: str
    notice_id: str
    channel: PaymentChannel
    amount: int
    paid_at: datetime
    recorded_at: datetime
    payer: str = ""
    gateway: str = ""
    reference: str = ""
    recorded_by: OfficerRef | None = None
    evidence: Evidence | None = None
    settled: int = 0
    reversed: bool = False
    yields_to: int = 0
    used_for: str = ""
    refunded: int = 0
    reversed_at: datetime | None = None
    reversed_by: OfficerRef | None = None
    reversed_reason: str = ""
    needs_second: bool = False
    confirmed_by: OfficerRef | None = None

    @property
    def to_refund(self) -> bool:
        """Whether a human chose it to go back."""
        return self.yields_to > 0

    @property
    def pays(self) -> str:
        """The notice this payment settles."""
        return self.used_for or self.notice_id

    @property
    def held(self) -> int:
        """What the office still holds of it and may count, in đồng."""
        void = self.reversed or (self.needs_second and self.confirmed_by is None)
        return 0 if void else self.amount - self.refunded

    @property
    def surplus(self) -> int:
        """What the office holds of it without any notice needing it, in đồng."""
        return self.held - self.settled


@dataclass(frozen=True, slots=True)
class Waiver:
    """So much of a notice need not be paid: ground, proof, who; ``line`` is its index, None for the whole rest."""

    id: str
    notice_id: str
    line: int | None
    amount: int
    ground: str
    by: OfficerRef
    at: datetime
    note: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A money case a human must close: this much of this payment goes back, or is missing.

    ``lapsed``: closed by the program: nothing is left to give back (reversed, allotted, needed after all).
    """

    id: str
    kind: CaseKind
    state: CaseState
    amount: int
    payment_id: str
    notice_id: str
    opened_at: datetime
    decided_at: datetime | None = None
    decided_by: OfficerRef | None = None
    method: str = ""
    approved_at: datetime | None = None
    approved_by: OfficerRef | None = None
    refunded_at: datetime | None = None
    refunded_by: OfficerRef | None = None
    evidence: Evidence | None = None
    closed_at: datetime | None = None
    note: str = ""
    lapsed: bool = False


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """Something that happened: the word of ``effects.EVENT_WORDS``, who, when, and what is worth reading."""

    kind: str
    at: datetime
    by: str
    subject_id: str = ""
    note: str = ""
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Dossier:
    """One application for one procedure; ``stands_in_for``: the absent officer whose work ``assigned_to`` does.

    ``step_at``: since when the present step is worked on; its own limit counts from there. ``sets``: how many sets of
    papers were handed in. ``mail_to``: where a posted result goes, None for the applicant's own address.
    ``result_also_online``: the result is wanted on the portal besides the paper of ``result_channel``.
    """

    id: str
    code: str
    receipt_code: str | None
    version: int
    procedure: ProcedureRef
    applicant: Person
    submitter: Person
    channel: FilingChannel
    desk_unit_id: str
    state: State
    sub_state: SubState | None
    submitted_at: datetime
    accept_by: datetime | None = None
    accept_remaining_minutes: int | None = None
    received_at: datetime | None = None
    received_by: OfficerRef | None = None
    due_at: datetime | None = None
    completed_at: datetime | None = None
    returned_at: datetime | None = None
    returned_to: str = ""
    step: Step | None = None
    step_at: datetime | None = None
    assigned_to: OfficerRef | None = None
    assigned_at: datetime | None = None
    return_to: OfficerRef | None = None
    stands_in_for: str = ""
    summary: str = ""
    result_channel: str = "counter"
    result_also_online: bool = False
    mail_to: Mailing | None = None
    sets: int = 1
    components: tuple[Component, ...] = ()
    result_files: tuple[FileRef, ...] = ()
    suspension: Suspension | None = None
    pauses: tuple[Pause, ...] = ()
    extension: Extension | None = None
    hands: tuple[Hand, ...] = ()
    supplements: tuple[SupplementRound, ...] = ()
    approvals: tuple[Approval, ...] = ()
    stop: Stop | None = None
    result: Result | None = None
    collected: Collected | None = None
    rating: Rating | None = None
    notices: tuple[Notice, ...] = ()
    payments: tuple[Payment, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    cases: tuple[Case, ...] = ()
    history: tuple[HistoryItem, ...] = ()
    fee_status: FeeStatus = FeeStatus.NONE
    paid_since: datetime | None = None
    end_reason: str = ""
    settings: UnitSettings = UNSET

    @property
    def paid(self) -> bool:
        """Whether the row is green (design §5 note 1)."""
        return self.fee_status is FeeStatus.PAID

    @property
    def clock(self) -> ClockState:
        """Whether working time runs: in state 1 the acceptance clock, afterwards the due date."""
        if self.state in _STOPPED or (self.state is State.STOPPED and self.stop is not None and self.stop.ends):
            return ClockState.STOPPED
        if self.state in PAUSED or (self.state is State.SUBMITTED and self.accept_by is None):
            return ClockState.PAUSED
        return ClockState.RUNNING


_STOPPED = frozenset({State.REFUSED, State.WITHDRAWN, State.COMPLETED, State.RETURNED})

Outcome = tuple[Dossier, tuple[HistoryItem, ...]]
"""A dossier after something was done with it, and what happened."""
