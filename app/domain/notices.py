"""What fee notices say about a dossier: open, owing, gate, and the one word for its money.

Stands apart from ``payments`` because lists, guards and forms ask these questions without moving any money.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.dossier import Dossier, Notice, NoticeLine
from app.domain.words import DROPPED_NOTICE, OPEN_NOTICE, CaseKind, DeliveryState, FeeStatus, LineKind, NoticeState

MAX_LINES = 200


def open_notices(dossier: Dossier) -> tuple[Notice, ...]:
    """Return the notices that still wait for money."""
    return tuple(n for n in dossier.notices if n.state in OPEN_NOTICE)


def find(dossier: Dossier, notice_id: str) -> Notice | None:
    """Return the notice of that id, or None."""
    return next((n for n in dossier.notices if n.id == notice_id), None)


def with_notice(dossier: Dossier, notice: Notice) -> Dossier:
    """Return the dossier with ``notice`` in place of the one of its id."""
    return replace(dossier, notices=tuple(notice if n.id == notice.id else n for n in dossier.notices))


def settled_of(dossier: Dossier, notice_id: str) -> int:
    """Return how much of the notice is settled, in đồng."""
    return sum(p.settled for p in dossier.payments if p.pays == notice_id)


def waived_of(dossier: Dossier, notice_id: str) -> int:
    """Return how much of the notice need not be paid, in đồng."""
    return sum(w.amount for w in dossier.waivers if w.notice_id == notice_id)


def due_of(dossier: Dossier, notice: Notice) -> int:
    """Return what the notice demands after waivers, in đồng."""
    return notice.total - waived_of(dossier, notice.id)


def rest_of(dossier: Dossier, notice: Notice) -> int:
    """Return what is still to be paid of one notice, in đồng; 0 when it is not open."""
    return due_of(dossier, notice) - settled_of(dossier, notice.id) if notice.state in OPEN_NOTICE else 0


def overdue(notice: Notice, today: date) -> bool:
    """Say whether an open notice is past its *hạn nộp*; nothing happens by itself."""
    return notice.pay_by is not None and notice.state in OPEN_NOTICE and notice.pay_by < today


def unreached(notice: Notice) -> bool:
    """Say whether an open notice was sent and no channel brought it to anyone; a call or a paper by hand does."""
    if notice.state not in OPEN_NOTICE or notice.viewed_at is not None or not notice.deliveries:
        return False
    return all(d.state in (DeliveryState.FAILED, DeliveryState.NO_ADDRESS) for d in notice.deliveries)


def owing(dossier: Dossier) -> int:
    """Return what is still to be paid over all open notices, in đồng."""
    return sum(rest_of(dossier, notice) for notice in open_notices(dossier))


def gate_notices(dossier: Dossier) -> tuple[Notice, ...]:
    """Return the open *thu trước* notices that block receiving."""
    return tuple(n for n in open_notices(dossier) if n.gating)


def of_last_pause(dossier: Dossier) -> tuple[Notice, ...]:
    """Return the notices, open or not, that serve the dossier's latest suspension."""
    return tuple(n for n in dossier.notices if n.for_pause is not None and n.for_pause == len(dossier.pauses) - 1)


def fee_status(dossier: Dossier) -> FeeStatus:
    """Return the money of the dossier in one word (design §5 note 1).

    ``PAID`` needs at least one notice settled in full and no other one open; cancelling the only notice gives
    ``NONE``, or ``REFUNDED`` when its money went back.
    """
    live = [n for n in dossier.notices if n.state not in DROPPED_NOTICE]
    if any(n.state in OPEN_NOTICE for n in live):
        if any(n.state is NoticeState.PARTLY_PAID for n in live):
            return FeeStatus.PARTIAL
        return FeeStatus.PAYING if any(n.state is NoticeState.PAYING for n in live) else FeeStatus.DUE
    if any(n.state is NoticeState.PAID for n in live):
        return FeeStatus.PAID
    if live:
        return FeeStatus.WAIVED
    refunded = any(c.kind is CaseKind.REFUND and c.refunded_at is not None for c in dossier.cases)
    return FeeStatus.REFUNDED if refunded else FeeStatus.NONE


def nvtc_line(dossier: Dossier) -> NoticeLine | None:
    """Return the read-only NVTC line that the suspension demands, or None without a tax notice."""
    suspension = dossier.suspension
    if suspension is None or suspension.nvtc_amount <= 0:
        return None
    return NoticeLine(
        kind=LineKind.NVTC,
        name="Nghĩa vụ tài chính theo thông báo của cơ quan thuế",
        amount=suspension.nvtc_amount,
        tax_notice_no=suspension.tax_notice_no,
        tax_notice_date=suspension.tax_notice_date,
        treasury_account=suspension.treasury_account,
    )
