"""What officers do, as frozen values: what the outbox stores and the portal applies.

Stands apart because the same bytes are written by the desk, hashed, delivered and applied by the portal. Class names
match the wire's ``type`` (``TYPES``). ``made_at`` is the desk's best estimate of portal time when the officer acted;
ids of things made here (notices, payments) are UUIDv7 minted by the desk, so a repeat is seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.corrections import CorrectContact, CorrectReception
from app.domain.dossier import Evidence, NoticeLine
from app.domain.people import FileRef, OfficerRef
from app.domain.words import DeliveryChannel, PaymentChannel, Signature, State
from app.domain.work_commands import (
    AskCitizen,
    Assign,
    BringSupplement,
    CheckComponents,
    DecideApproval,
    GiveBack,
    Lodge,
    Recall,
    Register,
    RequestSupplement,
    StopHandling,
    SubmitToHead,
    Withdraw,
)


@dataclass(frozen=True, slots=True)
class Receive:
    """Tiếp nhận; ``reason`` lets an officer with that right receive while a *thu trước* notice is unpaid."""

    made_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Refuse:
    """Từ chối tiếp nhận; the reason is read by the citizen. ``anyway``: although someone is paying right now."""

    made_at: datetime
    reason: str
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class Forward:
    """Chuyển xử lý to the next step: a person, or a unit's queue when ``to_officer`` is None."""

    made_at: datetime
    to_unit_id: str
    to_officer: OfficerRef | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Suspend:
    """Dừng tính nghĩa vụ tài chính."""

    made_at: datetime
    reason: str
    nvtc_amount: int = 0
    tax_notice_no: str = ""
    tax_notice_date: date | None = None
    treasury_account: str = ""
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True)
class AcceptSupplement:
    """Tiếp nhận bổ sung: of papers, and the time runs again; of an obligation, and it goes on standing."""

    made_at: datetime


@dataclass(frozen=True, slots=True)
class Complete:
    """Hoàn thành: the result is ready."""

    made_at: datetime
    result_files: tuple[FileRef, ...] = ()
    comment: str = ""
    signature: Signature = Signature.UNCHECKED
    signed_by: str = ""


@dataclass(frozen=True, slots=True)
class Return:
    """Trả kết quả to a named person; ``reason`` is needed when money is owing.

    ``identity``: how it was checked who collects; ``signed`` for on paper, or posted under ``post_code``.
    """

    made_at: datetime
    to_name: str
    reason: str = ""
    identity: str = ""
    signed: bool = False
    post_code: str = ""


@dataclass(frozen=True, slots=True)
class Notify:
    """Thông báo công dân – Thanh toán phí/lệ phí.

    ``seen_state`` and ``seen_open_amount`` are what the officer looked at; the portal checks them again when the
    notice waited more than 30 minutes (design §8).
    """

    made_at: datetime
    notice_id: str
    title: str
    lines: tuple[NoticeLine, ...]
    seen_state: State
    seen_open_amount: int
    files: tuple[FileRef, ...] = ()
    pay_by: date | None = None
    replaces: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CancelNotice:
    """Hủy thông báo; the citizen is told, the clock is not restarted in case 2."""

    made_at: datetime
    notice_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class TickPaid:
    """Đã thanh toán phí, lệ phí: money was taken in person. A fact, so never refused for what the portal knows."""

    made_at: datetime
    payment_id: str
    notice_id: str
    amount: int
    channel: PaymentChannel
    evidence: Evidence
    payer: str = ""


@dataclass(frozen=True, slots=True)
class DecideRefund:
    """Choose which payment of a refund case goes back, and how; ``use_for`` allots it to an open notice instead."""

    made_at: datetime
    case_id: str
    payment_id: str
    method: str
    use_for: str = ""


@dataclass(frozen=True, slots=True)
class Collect:
    """Thu tại quầy: notice without a channel and payment in one deed. A fact, like ``TickPaid``."""

    made_at: datetime
    notice_id: str
    payment_id: str
    title: str
    lines: tuple[NoticeLine, ...]
    amount: int
    channel: PaymentChannel
    evidence: Evidence
    payer: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Waive:
    """Miễn / không phải nộp: a notice, one line of it, or (``notice_id`` new, with ``lines``) before any notice."""

    made_at: datetime
    waiver_id: str
    notice_id: str
    ground: str
    line: int | None = None
    lines: tuple[NoticeLine, ...] = ()
    note: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class ReversePayment:
    """Ghi nhầm – hủy ghi nhận: the fact stays and is marked; money that never was."""

    made_at: datetime
    payment_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class ConfirmPayment:
    """Xác nhận khoản thu: the second officer has seen it too; from now on it counts."""

    made_at: datetime
    payment_id: str


@dataclass(frozen=True, slots=True)
class Remind:
    """Nhắc: the same debt, with what is left of it; never a second one."""

    made_at: datetime
    notice_id: str


@dataclass(frozen=True, slots=True)
class Reach:
    """In và giao tay, or a call by the template: the officer reached the citizen himself."""

    made_at: datetime
    notice_id: str
    channel: DeliveryChannel
    note: str = ""


@dataclass(frozen=True, slots=True)
class AddTaxNotice:
    """Thêm thông báo thuế: the tax office has answered."""

    made_at: datetime
    nvtc_amount: int
    tax_notice_no: str
    tax_notice_date: date
    treasury_account: str = ""
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True)
class SendBack:
    """Trả lại thụ lý: the suspension is wrong; the clock goes on standing."""

    made_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class CancelSuspension:
    """Hủy dừng tính: while nothing was notified; the clock runs on."""

    made_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Tiếp tục by hand: state 8; or 6 with the tax office's proof, written first as a treasury payment."""

    made_at: datetime
    payment_id: str = ""
    amount: int = 0
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class ApproveRefund:
    """Duyệt hoàn tiền."""

    made_at: datetime
    case_id: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PayRefund:
    """Đã hoàn tiền: a fact with evidence."""

    made_at: datetime
    case_id: str
    amount: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class CloseCase:
    """Khép việc tiền: nothing more to do, with the reason."""

    made_at: datetime
    case_id: str
    note: str


@dataclass(frozen=True, slots=True)
class ProposeExtension:
    """Đề nghị gia hạn: the draft of form 04, for the head to sign; ``due_at`` is the new appointment."""

    made_at: datetime
    reason: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DeclineExtension:
    """Không duyệt gia hạn: the head does not sign the proposed form 04, with the reason."""

    made_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Extend:
    """Ký văn bản xin lỗi và hẹn lại (form 04), as proposed or with the head's own words and date."""

    made_at: datetime
    reason: str
    due_at: datetime


Command = (
    Receive | Refuse | Register | Lodge | CorrectReception | Forward | Suspend | AcceptSupplement | Complete | Return |
    CheckComponents | RequestSupplement | AskCitizen | BringSupplement | Assign | GiveBack | Recall | SubmitToHead |
    DecideApproval | StopHandling | Withdraw |
    Notify | CancelNotice | TickPaid | DecideRefund | Collect | Waive | ReversePayment | ConfirmPayment | Remind |
    Reach | CorrectContact | AddTaxNotice | SendBack | CancelSuspension | Resume | ApproveRefund | PayRefund |
    CloseCase | ProposeExtension | DeclineExtension | Extend
)  # fmt: skip

TYPES: dict[str, type[Command]] = {
    "receive": Receive,
    "refuse": Refuse,
    "register": Register,
    "lodge": Lodge,
    "check_components": CheckComponents,
    "request_supplement": RequestSupplement,
    "ask_citizen": AskCitizen,
    "bring_supplement": BringSupplement,
    "assign": Assign,
    "give_back": GiveBack,
    "recall": Recall,
    "submit_to_head": SubmitToHead,
    "decide_approval": DecideApproval,
    "stop_handling": StopHandling,
    "withdraw": Withdraw,
    "correct_reception": CorrectReception,
    "forward": Forward,
    "suspend": Suspend,
    "accept_supplement": AcceptSupplement,
    "complete": Complete,
    "return": Return,
    "notify": Notify,
    "cancel_notice": CancelNotice,
    "tick_paid": TickPaid,
    "decide_refund": DecideRefund,
    "collect": Collect,
    "waive": Waive,
    "reverse_payment": ReversePayment,
    "confirm_payment": ConfirmPayment,
    "remind": Remind,
    "reach": Reach,
    "correct_contact": CorrectContact,
    "add_tax_notice": AddTaxNotice,
    "send_back": SendBack,
    "cancel_suspension": CancelSuspension,
    "resume": Resume,
    "approve_refund": ApproveRefund,
    "pay_refund": PayRefund,
    "close_case": CloseCase,
    "propose_extension": ProposeExtension,
    "decline_extension": DeclineExtension,
    "extend": Extend,
}

NAMES: dict[type[Command], str] = {kind: name for name, kind in TYPES.items()}

MONEY = frozenset({"tick_paid", "collect", "reverse_payment", "pay_refund", "resume"})
"""Facts about money: never undone, kept until reconciled. A resume is one when it brings the treasury's proof."""

BIRTHS = frozenset({"register", "lodge"})
"""The commands that make a dossier where there was none; they stay in sight although the portal refused them."""

MOVED = MONEY - {"reverse_payment", "resume"}
"""Money that went through our hands: stays in sight although the portal refused it, and is never dropped."""

TAKEN_IN = frozenset({"tick_paid", "collect"})
"""Money that a citizen gave at the counter: each makes one payment, whose id the command bears."""

UNDOABLE = frozenset({"notify", "receive", "refuse", "suspend", "complete", "return", "accept_supplement"})
"""Commands that wait 8 seconds before they leave (design §8)."""
