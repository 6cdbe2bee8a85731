"""The words of the office as the wire and the store write them (design §4).

Stands apart so that every other module, the OpenAPI and the screens share one spelling. Values never change once
released; a newer portal may send others, which readers keep and show read-only.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class State(IntEnum):
    """National status codes 1-10 (TT 03/2025/TT-VPCP; Cổng DVCQG)."""

    SUBMITTED = 1
    RECEIVED = 2
    REFUSED = 3
    PROCESSING = 4
    AWAITING_SUPPLEMENT = 5
    AWAITING_OBLIGATION = 6
    WITHDRAWN = 7
    STOPPED = 8
    COMPLETED = 9
    RETURNED = 10


ENDED = frozenset({State.REFUSED, State.WITHDRAWN, State.RETURNED})
WITHOUT_RESULT = frozenset({State.REFUSED, State.WITHDRAWN})
PAUSED = frozenset({State.AWAITING_SUPPLEMENT, State.AWAITING_OBLIGATION, State.STOPPED})
"""States in which the time of the procedure stands; a dossier stopped for good does not come back from it."""


class SubState(StrEnum):
    """Where inside a state a dossier waits."""

    DESK_TO_ASK = "desk_to_ask"
    CITIZEN_ASKED = "citizen_asked"
    SUPPLEMENTED = "supplemented"
    AWAITING_TAX_NOTICE = "awaiting_tax_notice"
    DESK_TO_NOTIFY = "desk_to_notify"
    DESK_ACCEPTED = "desk_accepted"
    AWAITING_PAYMENT = "awaiting_payment"
    AWAITING_PICKUP = "awaiting_pickup"
    POSTING = "posting"


OBLIGATION_AT_DESK = frozenset({SubState.DESK_TO_NOTIFY, SubState.DESK_ACCEPTED})
"""Where a suspended dossier lies at the desk, and its citizen is not told yet."""


class FeeStatus(StrEnum):
    """Money of a whole dossier in one word; only ``PAID`` is green."""

    NONE = "none"
    DUE = "due"
    PAYING = "paying"
    PARTIAL = "partial"
    PAID = "paid"
    WAIVED = "waived"
    REFUNDED = "refunded"


class ClockState(StrEnum):
    """Whether working time runs against the dossier."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class Queue(StrEnum):
    """Work queues; exactly one per dossier and officer (``domain.queues``)."""

    PAID_NEXT = "paid_next"
    NEW = "new"
    RECEIVED = "received"
    TO_ASK = "to_ask"
    SUPPLEMENTED = "supplemented"
    TO_NOTIFY = "to_notify"
    AWAITING_PAYMENT = "awaiting_payment"
    TO_RETURN = "to_return"
    REFUNDS = "refunds"
    MINE = "mine"
    PAUSED = "paused"
    UNIT = "unit"


class LineKind(StrEnum):
    """Kinds of a notice line: never merged, own accounts, own receipts (Luật 97/2015/QH13 Điều 3)."""

    PHI = "PHI"
    LE_PHI = "LE_PHI"
    OTHER = "OTHER"
    NVTC = "NVTC"


class NoticeState(StrEnum):
    """Life of one fee notice."""

    DRAFT = "draft"
    QUEUED = "queued"
    SENT = "sent"
    VIEWED = "viewed"
    PAYING = "paying"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"
    WAIVED = "waived"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


OPEN_NOTICE = frozenset(
    {NoticeState.QUEUED, NoticeState.SENT, NoticeState.VIEWED, NoticeState.PAYING, NoticeState.PARTLY_PAID}
)
DROPPED_NOTICE = frozenset({NoticeState.DRAFT, NoticeState.CANCELLED, NoticeState.SUPERSEDED})


class DeliveryChannel(StrEnum):
    """Ways a notice reaches a citizen."""

    ACCOUNT = "account"
    EMAIL = "email"
    SMS = "sms"
    HANDED = "handed"
    CALL = "call"


class DeliveryState(StrEnum):
    """How far a delivery came."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    NO_ADDRESS = "no_address"


class PaymentChannel(StrEnum):
    """Ways money arrives."""

    GATEWAY = "gateway"
    TRANSFER = "transfer"
    COUNTER_CASH = "counter_cash"
    COUNTER_POS = "counter_pos"
    COUNTER_TRANSFER = "counter_transfer"
    TREASURY = "treasury"


class CaseKind(StrEnum):
    """Money cases a human must close."""

    REFUND = "refund"
    SHORTFALL = "shortfall"


class CaseState(StrEnum):
    """Life of a money case."""

    OPEN = "open"
    APPROVED = "approved"
    REFUNDED = "refunded"
    CLOSED = "closed"


class Gateway(StrEnum):
    """The nine payment partners of seed 003 §7.1."""

    VNPAY = "vnpay"
    MOMO = "momo"
    BIDV = "bidv"
    VIETINBANK = "vietinbank"
    VIETCOMBANK = "vietcombank"
    PAYOO = "payoo"
    VIETTELPAY = "viettelpay"
    NGANLUONG = "nganluong"
    VNPTPAY = "vnptpay"


class Role(StrEnum):
    """What an officer is in the unit."""

    RECEPTION = "reception"
    PROCESSOR = "processor"
    HEAD = "head"
    CASHIER = "cashier"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """Single rights beyond the roles (design §5)."""

    NOTIFY_FEE = "notify_fee"
    RECEIVE_UNPAID = "receive_unpaid"


class PauseKind(StrEnum):
    """Why working time stands."""

    SUPPLEMENT = "supplement"
    FINANCIAL_OBLIGATION = "financial_obligation"
    OTHER = "other"


class LimitUnit(StrEnum):
    """Units of a legal time limit."""

    WORKING_DAY = "working-day"
    CALENDAR_DAY = "calendar-day"
    HOUR = "hour"
    SAME_DAY = "same-day"


class OutboxState(StrEnum):
    """The six persisted states of a command on its way (design §8)."""

    QUEUED = "queued"
    SENDING = "sending"
    ACKED = "acked"
    NEEDS_DECISION = "needs_decision"
    PARKED = "parked"
    RESOLVED = "resolved"


class Way(StrEnum):
    """How far a command has come as far as this machine knows, what an officer must know first coming first."""

    HELD = "held"  # the portal did not take it: a person decides
    HERE = "here"  # it never reached the portal
    SENDING = "sending"
    UNANSWERED = "unanswered"  # perhaps in effect there: asked again with the same key
    THERE = "there"  # in effect there; the dossier has not been read back since


class CheckVerdict(StrEnum):
    """What was found of a component."""

    PASSED = "passed"
    FAILED = "failed"


class Signature(StrEnum):
    """How a result's signature stands."""

    SIGNED = "signed"
    UNSIGNED = "unsigned"
    UNCHECKED = "unchecked"


class FilingChannel(StrEnum):
    """How the citizen filed (KenhThucHien)."""

    COUNTER = "counter"
    ONLINE = "online"
    POST = "post"
