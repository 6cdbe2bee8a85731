"""What the citizen will read before an act is done: money cancelled, waived, taken back, refunded,
suspended; and of what is asked for, stopped, or put off.

Stands apart from acting because it writes nothing. The act is played on a copy by the very rule that will do it; the
messages it is worth, their addresses and words are the portal's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.domain import work_effects
from app.domain.citizen_messages import messages
from app.domain.commands import NAMES, CancelNotice, Command, Extend, ReversePayment
from app.domain.dossier import Dossier, Evidence
from app.domain.transition_table import RULES
from app.domain.words import State
from app.domain.work_commands import AskCitizen, RequestSupplement, StopHandling
from app.services import inbox, processing, refunds, waivers
from app.services.desk import Desk
from app.services.notice_preview import ChannelText, texts_of
from app.services.processing import SuspendForm


@dataclass(frozen=True, slots=True)
class MessagePreview:
    """One message in the words of each channel; ``kind`` names its template, ``copies`` go to the applicant."""

    kind: str
    texts: tuple[ChannelText, ...]
    copies: tuple[ChannelText, ...] = ()


def cancellation(desk: Desk, notice_id: str, reason: str) -> tuple[MessagePreview, ...]:
    """Return what *Hủy thông báo* would send; the reason may still be empty."""
    return _told(desk, inbox.locate_notice(desk, notice_id), CancelNotice(desk.clock.now(), notice_id, reason))


def waiver(desk: Desk, notice_id: str, ground: str, line: int | None = None) -> tuple[MessagePreview, ...]:
    """Return what waiving an open notice, or its line of that index (from 0), would send."""
    command = waivers.of_notice(desk, notice_id, ground, line)
    return _told(desk, inbox.locate_notice(desk, notice_id), command)


def dossier_waiver(desk: Desk, dossier_id: str, ground: str) -> tuple[MessagePreview, ...]:
    """Return what waiving a whole dossier would send: nothing when the citizen was never notified."""
    return _told(desk, dossier_id, waivers.of_dossier(desk, dossier_id, ground))


def reversal(desk: Desk, payment_id: str, reason: str) -> tuple[MessagePreview, ...]:
    """Return what *Ghi nhầm – hủy ghi nhận* would send."""
    return _told(desk, inbox.locate_notice(desk, payment_id), ReversePayment(desk.clock.now(), payment_id, reason))


def refund(desk: Desk, case_id: str, evidence: Evidence | None = None) -> tuple[MessagePreview, ...]:
    """Return what *Đã hoàn tiền* would send; the evidence may still be missing."""
    dossier_id = inbox.locate_notice(desk, case_id)
    return _told(desk, dossier_id, refunds.whole(desk, dossier_id, case_id, evidence or Evidence()))


def suspension(desk: Desk, dossier_id: str, form: SuspendForm) -> tuple[MessagePreview, ...]:
    """Return what *Dừng tính nghĩa vụ tài chính* would send."""
    return _told(desk, dossier_id, processing.suspension(desk, form))


def supplement(
    desk: Desk, dossier_id: str, papers: Sequence[str], reason: str, supply_by: date | None
) -> tuple[MessagePreview, ...]:
    """Return what the citizen will read of *Yêu cầu bổ sung*: now, or once the desk tells him."""
    return supplement_of(desk, inbox.card(desk, dossier_id).dossier, papers, reason, supply_by)


def supplement_of(
    desk: Desk, dossier: Dossier, papers: Sequence[str], reason: str, supply_by: date | None
) -> tuple[MessagePreview, ...]:
    """Return the same of a dossier that need not be kept anywhere yet."""
    now = desk.clock.now()
    asked = RequestSupplement(now, tuple(papers), reason, supply_by)
    if dossier.state is State.SUBMITTED:
        return _played(desk, dossier, asked)
    waiting, _ = work_effects.request_supplement(dossier, asked, desk.officer, now, desk.calendar)
    return _played(desk, waiting, AskCitizen(now))


def stop(desk: Desk, dossier_id: str, reason: str, *, ends: bool) -> tuple[MessagePreview, ...]:
    """Return what *Dừng giải quyết* would send."""
    return _told(desk, dossier_id, StopHandling(desk.clock.now(), reason, ends))


def extension(desk: Desk, dossier_id: str, reason: str, due_at: datetime) -> tuple[MessagePreview, ...]:
    """Return what signing form 04 would send."""
    return _told(desk, dossier_id, Extend(desk.clock.now(), reason, due_at))


def _told(desk: Desk, dossier_id: str, command: Command) -> tuple[MessagePreview, ...]:
    return _played(desk, inbox.card(desk, dossier_id).dossier, command)


def _played(desk: Desk, before: Dossier, command: Command) -> tuple[MessagePreview, ...]:
    """Play the command whether or not it is complete: a form is previewed while it is being filled in."""
    now = desk.clock.now()
    after, _ = RULES[NAMES[type(command)]].effect(before, command, desk.officer, now, desk.calendar)
    return tuple(
        MessagePreview(
            m.kind,
            texts_of(desk, after, m.notice_id, m.kind, m.deliveries, now),
            texts_of(desk, after, m.notice_id, m.kind, m.copies, now),
        )
        for m in messages(before, after, command, now)
    )
