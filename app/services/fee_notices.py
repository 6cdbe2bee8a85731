"""Thông báo công dân – Thanh toán phí/lệ phí: propose, preview, send, cancel, print.

Stands apart because the officer guide's three cases all pass through this form. What the citizen will read comes from
the same templates as the portal's own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app import catalogues
from app.domain.accounts import PayeeAccount
from app.domain.commands import AcceptSupplement, CancelNotice, Notify, Reach, Remind
from app.domain.corrections import CorrectContact
from app.domain.dossier import Delivery, Dossier, NoticeLine
from app.domain.edits import EDITED, contact_of
from app.domain.notice_making import deliveries
from app.domain.notices import nvtc_line, owing
from app.domain.people import FileRef
from app.domain.words import DeliveryChannel, LineKind, State
from app.services import inbox
from app.services.acting import act, act_twice
from app.services.desk import Desk
from app.services.views import Acted


@dataclass(frozen=True, slots=True)
class Proposal:
    """One line offered by the form; ``amount``: what the fee table says for one unit.

    None: set by the province, the officer types it. ``locked`` lines (NVTC) cannot be edited.
    """

    kind: LineKind
    name: str
    amount: int | None
    account: PayeeAccount | None
    per: str = ""
    locked: bool = False


@dataclass(frozen=True, slots=True)
class NoticeForm:
    """What the officer wrote."""

    title: str
    lines: tuple[NoticeLine, ...]
    files: tuple[FileRef, ...] = ()
    pay_by: date | None = None
    replaces: str = ""
    reason: str = ""


def default_title(dossier: Dossier) -> str:
    """Return the title the form begins with (officer guide, step 4)."""
    return f"Nộp phí, lệ phí hồ sơ {dossier.receipt_code or dossier.code}".strip()


def propose(desk: Desk, dossier: Dossier) -> tuple[Proposal, ...]:
    """Return the lines the form begins with: the procedure's fees, and the suspension's NVTC, read-only."""
    procedure = catalogues.procedures().get(dossier.procedure.code)
    fees = procedure.fees if procedure else ()
    proposals = [
        Proposal(fee.kind, fee.name, fee.amount, payee(desk, dossier, fee.kind), fee.per)
        for fee in fees
        if fee.kind is not LineKind.NVTC
    ]
    demanded = nvtc_line(dossier) if dossier.state is State.AWAITING_OBLIGATION else None
    if demanded is not None:
        return (Proposal(LineKind.NVTC, demanded.name, demanded.amount, None, locked=True),)
    return tuple(proposals)


def payee(desk: Desk, dossier: Dossier, kind: LineKind) -> PayeeAccount | None:
    """Return the account that takes this kind of money for the dossier's desk today; None: no QR."""
    province = catalogues.province(catalogues.PROVINCE)
    return province.account_for(dossier.desk_unit_id, kind, desk.clock.now().date())


def line(desk: Desk, dossier: Dossier, kind: LineKind, name: str, amount: int) -> NoticeLine:
    """Return one line of a notice with its payee account, or the suspension's own NVTC line."""
    if kind is LineKind.NVTC:
        demanded = nvtc_line(dossier)
        return demanded if demanded and demanded.amount == amount else NoticeLine(kind, name, amount)
    return NoticeLine(kind, name, amount, payee(desk, dossier, kind))


def where_it_goes(desk: Desk, dossier: Dossier) -> tuple[Delivery, ...]:
    """Return the three channels as they would start: a missing address is known before sending."""
    return deliveries(dossier, desk.clock.now())


def notify(desk: Desk, dossier_id: str, form: NoticeForm) -> Acted:
    """Thông báo: queue the notice; it leaves after the undo time. Raises Refused with every failed condition."""
    command = sending(desk, inbox.card(desk, dossier_id).dossier, form)
    return act(desk, dossier_id, command, [file.sha256 for file in form.files])


def accept_and_notify(desk: Desk, dossier_id: str) -> tuple[Acted, ...]:
    """Accept the supplement and send the tax office's demand as it is: one press, two commands, both or neither."""
    return act_twice(
        desk, dossier_id, AcceptSupplement(desk.clock.now()), lambda dossier: (_demand(desk, dossier), ())
    )


def _demand(desk: Desk, dossier: Dossier) -> Notify:
    lines = tuple(
        line(desk, dossier, item.kind, item.name, item.amount) for item in propose(desk, dossier) if item.amount
    )
    return sending(desk, dossier, NoticeForm(default_title(dossier), lines))


def sending(desk: Desk, dossier: Dossier, form: NoticeForm) -> Notify:
    """Return the command that the form asks for, as of now."""
    return Notify(
        made_at=desk.clock.now(),
        notice_id=desk.ids.new(),
        title=form.title.strip(),
        lines=form.lines,
        seen_state=dossier.state,
        seen_open_amount=owing(dossier),
        files=form.files,
        pay_by=form.pay_by,
        replaces=form.replaces,
        reason=form.reason,
    )


def cancel(desk: Desk, notice_id: str, reason: str) -> Acted:
    """Hủy thông báo with a reason that the citizen reads."""
    dossier_id = inbox.locate_notice(desk, notice_id)
    return act(desk, dossier_id, CancelNotice(desk.clock.now(), notice_id, reason))


def remind(desk: Desk, notice_id: str) -> Acted:
    """Nhắc: the same debt again, by every channel that has an address."""
    dossier_id = inbox.locate_notice(desk, notice_id)
    return act(desk, dossier_id, Remind(desk.clock.now(), notice_id))


def reached(desk: Desk, notice_id: str, channel: DeliveryChannel, note: str = "") -> Acted:
    """In và giao tay, or called by the template."""
    dossier_id = inbox.locate_notice(desk, notice_id)
    return act(desk, dossier_id, Reach(desk.clock.now(), notice_id, channel, note))


def correct_contact(desk: Desk, seen: Dossier, *, phone: str = "", email: str = "") -> Acted:
    """Correct the submitter's telephone number or e-mail address; ``seen``: the dossier as the officer saw it."""
    command = CorrectContact(desk.clock.now(), phone.strip(), email.strip(), contact_of(seen))
    return act(desk, seen.id, command, portal_judges=frozenset({EDITED}))


def obligation_of_nothing(dossier: Dossier) -> tuple[NoticeLine, ...]:
    """Return the line that says no obligation is owed: a tax notice of 0 đồng, or a debt recorded elsewhere."""
    if dossier.state is State.AWAITING_OBLIGATION:
        return (NoticeLine(LineKind.NVTC, "Nghĩa vụ tài chính", 0),)
    return (NoticeLine(LineKind.LE_PHI, "Phí, lệ phí", 0),)
