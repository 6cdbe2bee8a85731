"""Dossiers made by hand in every state, and the officers around them; no rule of the program is used to make them.

A key is the national status code with a letter for the sub-state or what is special: ``1g`` has an unpaid notice that
blocks receiving, ``4f`` stands at a step that collects a fee, ``9o`` owes money.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from app.domain.dossier import (
    Case,
    Component,
    Dossier,
    Hand,
    HistoryItem,
    Notice,
    NoticeLine,
    Pause,
    Payment,
    ProcedureRef,
    Step,
    Suspension,
)
from app.domain.handling import SupplementRound
from app.domain.people import Officer, Person, ref
from app.domain.words import (
    CaseKind,
    CaseState,
    FeeStatus,
    FilingChannel,
    LimitUnit,
    LineKind,
    NoticeState,
    PauseKind,
    PaymentChannel,
    Right,
    Role,
    State,
    SubState,
)
from tests.unit.moments import at

NOW = at("20/11 10:00")
DESK, BUREAU = "H32.8", "H32.8.02"


def _officer(username: str, name: str, unit: str, role: Role, *rights: Right) -> Officer:
    return Officer(f"id-{username}", username, name, unit, frozenset({role}), frozenset(rights))


OFFICERS = {
    "R": _officer("tiepnhan1", "Nguyễn Thị Ấm", DESK, Role.RECEPTION, Right.RECEIVE_UNPAID),
    "R9": _officer("tiepnhan9", "Cao Thị Hồng", "H32.9", Role.RECEPTION),
    "P": _officer("thuly1", "Nguyễn Hữu Phước", BUREAU, Role.PROCESSOR, Right.NOTIFY_FEE),
    "P2": _officer("thuly2", "Lê Thị Kim Ngân", BUREAU, Role.PROCESSOR, Right.NOTIFY_FEE),
    "H": _officer("lanhdao1", "Phạm Văn Đức", DESK, Role.HEAD),
    "C": _officer("thuquy1", "Võ Thị Thu Hà", DESK, Role.CASHIER),
    "A": _officer("quantri", "Đặng Quốc Bảo", DESK, Role.ADMINISTRATOR),
}
STEPS = (
    Step("tiep-nhan", "Tiếp nhận", Role.RECEPTION, DESK),
    Step("tham-dinh", "Thẩm định", Role.PROCESSOR, BUREAU),
    Step("thu-phi", "Thu phí", Role.PROCESSOR, BUREAU, True),
)
PROCEDURE = ProcedureRef("1.013225", "Cấp giấy phép xây dựng", 1, True, 10, LimitUnit.WORKING_DAY, STEPS)
CITIZEN = Person("Trần Thị Mai", phone="0905123456", email="mai@congdan.example", account="mai")


def notice(identity: str, amount: int, state: NoticeState = NoticeState.SENT, **more: object) -> Notice:
    """A notice of one phí line, sent by reception an hour ago."""
    lines = (NoticeLine(LineKind.PHI, "Phí", amount),)
    sent = {"sent_by": ref(OFFICERS["R"]), "sent_at": NOW - timedelta(hours=1)}
    return Notice(identity, 1, "Nộp phí", lines, state, **(sent | more))  # type: ignore[arg-type]


def payment(identity: str, notice_id: str, amount: int, settled: int = 0, **more: object) -> Payment:
    """Cash taken at the counter."""
    fields = {"channel": PaymentChannel.COUNTER_CASH, "paid_at": NOW, "recorded_at": NOW, "settled": settled} | more
    return Payment(identity, notice_id, amount=amount, **fields)  # type: ignore[arg-type]


def _base(state: State, sub_state: SubState | None = None, **more: object) -> Dossier:
    fields: dict[str, object] = {
        "id": "d1", "code": "H32.8-261120-0001", "receipt_code": None, "version": 1, "procedure": PROCEDURE,
        "applicant": CITIZEN, "submitter": CITIZEN, "channel": FilingChannel.ONLINE, "desk_unit_id": DESK,
        "state": state, "sub_state": sub_state, "submitted_at": at("19/11 09:00"),
        "components": (Component("Tờ khai"),),
    }  # fmt: skip
    if state is not State.SUBMITTED:
        fields |= {"received_at": at("19/11 10:00"), "received_by": ref(OFFICERS["R"]), "due_at": at("04/12 10:00"),
                   "receipt_code": "H32.8-20261119-0001", "step": STEPS[1]}  # fmt: skip
    else:
        fields |= {"accept_by": at("20/11 09:00")}
    return Dossier(**(fields | more))  # type: ignore[arg-type]


_FORWARDED = {
    "hands": (Hand(STEPS[0], None, at("19/11 11:00"), "id-tiepnhan1"),),
    "history": (HistoryItem("forwarded", at("19/11 11:00"), "Nguyễn Thị Ấm"),),
}
_HELD = {"assigned_to": ref(OFFICERS["P"]), **_FORWARDED}
_PAUSED = {
    "return_to": ref(OFFICERS["P"]),
    "pauses": (Pause(PauseKind.FINANCIAL_OBLIGATION, at("20/11 09:00"), 390),),
    "suspension": Suspension(
        "Chờ thuế", at("20/11 09:00"), ref(OFFICERS["P"]), 500_000, "TB-1", at("19/11 08:00").date()
    ),
}
_SUPPLEMENT = {
    "return_to": ref(OFFICERS["P"]), "pauses": (Pause(PauseKind.SUPPLEMENT, at("20/11 09:00"), 390),),
    "supplements": (
        SupplementRound(("Tờ khai",), "Thiếu chữ ký", State.PROCESSING, "Nguyễn Hữu Phước", at("20/11 09:00")),
    ),
}  # fmt: skip
_DUE = {"fee_status": FeeStatus.DUE}

DOSSIERS: dict[str, Dossier] = {
    "1": _base(State.SUBMITTED),
    "1g": _base(State.SUBMITTED, accept_by=None, notices=(notice("n1", 120_000, gating=True),), **_DUE),
    "2": _base(State.RECEIVED),
    "3": _base(State.REFUSED),
    "4": _base(State.PROCESSING, **_HELD),
    "4u": _base(State.PROCESSING, **_FORWARDED),
    "4f": _base(State.PROCESSING, **_HELD, step=STEPS[2]),
    "5a": _base(State.AWAITING_SUPPLEMENT, SubState.DESK_TO_ASK, **_SUPPLEMENT),
    "5b": _base(State.AWAITING_SUPPLEMENT, SubState.CITIZEN_ASKED, **_SUPPLEMENT),
    "5c": _base(State.AWAITING_SUPPLEMENT, SubState.SUPPLEMENTED, **_SUPPLEMENT),
    "6t": _base(State.AWAITING_OBLIGATION, SubState.AWAITING_TAX_NOTICE, **_PAUSED),
    "6n": _base(State.AWAITING_OBLIGATION, SubState.DESK_TO_NOTIFY, **_PAUSED),
    "6a": _base(State.AWAITING_OBLIGATION, SubState.DESK_ACCEPTED, **_PAUSED),
    "6p": _base(
        State.AWAITING_OBLIGATION, SubState.AWAITING_PAYMENT, **_PAUSED,
        notices=(replace(notice("n1", 500_000, for_pause=0), lines=(NoticeLine(LineKind.NVTC, "Thuế", 500_000),)),),
        **_DUE,
    ),
    "7": _base(State.WITHDRAWN),
    "8": _base(State.STOPPED, return_to=ref(OFFICERS["P"])),
    "9w": _base(State.COMPLETED, SubState.AWAITING_PICKUP),
    "9p": _base(State.COMPLETED, SubState.POSTING),
    "9o": _base(State.COMPLETED, SubState.AWAITING_PICKUP, notices=(notice("n1", 20_000),), **_DUE),
    "10": _base(State.RETURNED),
}  # fmt: skip


def with_money(dossier: Dossier) -> Dossier:
    """The same dossier with an open notice ``n1``, and a notice ``n0`` paid twice whose refund ``c0`` is undecided."""
    twice = (payment("p1", "n0", 8000, 8000, recorded_by=ref(OFFICERS["R"])), payment("p2", "n0", 8000))
    case = Case("c0", CaseKind.REFUND, CaseState.OPEN, 8000, "p2", "n0", opened_at=NOW)
    notices = (notice("n0", 8000, NoticeState.PAID), notice("n1", 120_000, gating=dossier.state is State.SUBMITTED))
    return replace(dossier, notices=notices, payments=twice, cases=(case,), fee_status=FeeStatus.DUE)
