"""Makes, adds and closes notices: the few steps that every way of asking for money shares.

Stands apart so that a notice by three channels, a collection at the counter, a waiver and the treasury's proof all give
a notice the same number, gate and pause.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime

from app.domain.commands import Resume
from app.domain.dossier import Delivery, Dossier, HistoryItem, Notice, NoticeLine, Outcome
from app.domain.notices import fee_status, find, nvtc_line, of_last_pause, open_notices, with_notice
from app.domain.people import Officer, ref
from app.domain.settlement import settle
from app.domain.words import OPEN_NOTICE, DeliveryChannel, DeliveryState, NoticeState, State, SubState

BY_HAND = frozenset({DeliveryChannel.HANDED, DeliveryChannel.CALL})


def made_notice(
    dossier: Dossier, notice_id: str, title: str, lines: tuple[NoticeLine, ...], actor: Officer, now: datetime
) -> Notice:
    """Return an open notice with the dossier's next number; it gates in state 1 and serves the pause in state 6."""
    suspended = dossier.state is State.AWAITING_OBLIGATION
    return Notice(
        id=notice_id,
        number=max((n.number for n in dossier.notices), default=0) + 1,
        title=title,
        lines=lines,
        state=NoticeState.SENT,
        sent_by=ref(actor),
        sent_at=now,
        gating=dossier.state is State.SUBMITTED,
        for_pause=len(dossier.pauses) - 1 if suspended else None,
    )


def notice_added(dossier: Dossier, notice: Notice) -> Dossier:
    """Return the dossier with the notice; a suspended one waits for payment now."""
    after = replace(dossier, notices=(*dossier.notices, notice), paid_since=None)
    if notice.for_pause is not None:
        after = replace(after, sub_state=SubState.AWAITING_PAYMENT)
    return replace(after, fee_status=fee_status(after))


def treasury_notice(dossier: Dossier, command: Resume, actor: Officer, now: datetime) -> Notice | None:
    """Return the notice that a treasury proof pays when the citizen was never notified; None when there is one."""
    demanded = nvtc_line(dossier)
    new = treasury_notice_id(dossier, command) == _treasury_id(command)
    if demanded is None or not new or find(dossier, _treasury_id(command)):
        return None
    return made_notice(dossier, _treasury_id(command), "Nghĩa vụ tài chính", (demanded,), actor, now)


def treasury_notice_id(dossier: Dossier, command: Resume) -> str:
    """Return which notice a treasury proof pays; empty when the command brings none, or there is nothing to pay.

    The suspension's open notice, else one made for it; once the dossier goes on, the suspension's last notice: what was
    paid is a fact although another payment was faster.
    """
    own = of_last_pause(dossier)
    if not command.payment_id or dossier.state is State.STOPPED:
        return ""
    if dossier.state is not State.AWAITING_OBLIGATION:
        return own[-1].id if own else ""
    open_ = next((n.id for n in own if n.state in OPEN_NOTICE), "")
    return open_ or (_treasury_id(command) if nvtc_line(dossier) else "")


def _treasury_id(command: Resume) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"treasury:{command.payment_id}"))


def deliveries(dossier: Dossier, now: datetime) -> tuple[Delivery, ...]:
    """Return one delivery per channel of the officer guide, to the submitter; a missing address is said at once."""
    to = dossier.submitter
    addresses = (
        (DeliveryChannel.ACCOUNT, to.account),
        (DeliveryChannel.EMAIL, to.email),
        (DeliveryChannel.SMS, to.phone),
    )
    return tuple(
        Delivery(channel, DeliveryState.QUEUED if address else DeliveryState.NO_ADDRESS, now, address)
        for channel, address in addresses
    )


def copies(dossier: Dossier, now: datetime, before: tuple[Delivery, ...] = ()) -> tuple[Delivery, ...]:
    """Return the copies for an applicant who is not the submitter, where the unit sends them: own addresses only.

    An address that the submitter gave too is told once; one that failed for good ``before`` is not tried again.
    """
    if not dossier.settings.copy_to_applicant:
        return ()
    told = {(d.channel, d.address) for d in deliveries(dossier, now)}
    own = deliveries(replace(dossier, submitter=dossier.applicant), now)
    dead = {(d.channel, d.address): d for d in before if d.state is DeliveryState.FAILED}
    wanted = [d for d in own if d.address and (d.channel, d.address) not in told]
    return tuple(dead.get((d.channel, d.address), d) for d in wanted)


def sent_again(dossier: Dossier, notice: Notice, now: datetime) -> tuple[Delivery, ...]:
    """Return deliveries by every channel that may still arrive, keeping what was handed over or called."""
    return (*_fresh(dossier, notice, now), *(d for d in notice.deliveries if d.channel in BY_HAND))


def readdressed(dossier: Dossier, notice: Notice, now: datetime) -> tuple[Delivery, ...]:
    """Return the notice's deliveries, begun anew where the address has changed since."""
    now_at = {d.channel: d for d in deliveries(dossier, now)}
    return tuple(
        now_at[d.channel] if d.channel in now_at and now_at[d.channel].address != d.address else d
        for d in notice.deliveries
    )


def _fresh(dossier: Dossier, notice: Notice, now: datetime) -> tuple[Delivery, ...]:
    """Return deliveries to begin now; an address that failed for good is not tried again."""
    dead = {(d.channel, d.address): d for d in notice.deliveries if d.state is DeliveryState.FAILED}
    return tuple(dead.get((d.channel, d.address), d) for d in deliveries(dossier, now))


def close_notice(dossier: Dossier, notice_id: str, state: NoticeState, reason: str, now: datetime) -> Dossier:
    """Return the dossier with this notice closed and money settled anew."""
    notice = find(dossier, notice_id)
    if notice is not None:
        dossier = with_notice(dossier, replace(notice, state=state, closed_reason=reason, closed_at=now))
    return settle(dossier)


def close_open_notices(
    dossier: Dossier, reason: str, by: str, now: datetime
) -> Outcome:
    """Cancel every open notice, with one event each."""
    events: tuple[HistoryItem, ...] = ()
    for notice in open_notices(dossier):
        dossier = close_notice(dossier, notice.id, NoticeState.CANCELLED, reason, now)
        events = (*events, HistoryItem("notice_cancelled", now, by, notice.id, reason))
    return dossier, events
