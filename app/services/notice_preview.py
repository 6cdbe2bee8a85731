"""What the citizen will read: the texts of every channel and the VietQR codes, before anything is sent.

Stands apart from sending because it writes nothing. The notice is made by the very rule that makes the real one, its
texts by the templates and values the portal uses, so that the preview cannot differ from the message.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from app import catalogues
from app.documents.fee_notice import KIND_NAMES
from app.documents.qr import qr_matrix
from app.domain import fee_effects
from app.domain.amount_words import in_words
from app.domain.citizen_texts import NoticeText, render_notice_text
from app.domain.dossier import Delivery, Dossier, Notice
from app.domain.notice_making import BY_HAND, copies, sent_again
from app.domain.notice_values import kind_of, notice_values
from app.domain.notices import rest_of
from app.domain.payee_codes import PayeeCode, kinds_without_code, payee_codes
from app.domain.provinces import Province, Unit
from app.domain.words import DeliveryChannel, DeliveryState, LineKind
from app.services import inbox
from app.services.desk import Desk
from app.services.fee_notices import NoticeForm, sending


@dataclass(frozen=True, slots=True)
class ChannelText:
    """One message; an empty ``address`` means that the citizen cannot be reached this way."""

    channel: DeliveryChannel
    text: NoticeText
    address: str


@dataclass(frozen=True, slots=True)
class QrCode:
    """One VietQR: ``amount`` đồng for ``kinds`` to one account; ``matrix`` is True for black, without quiet zone."""

    caption: str
    kinds: tuple[LineKind, ...]
    amount: int
    bank: str
    account: str
    holder: str
    purpose: str
    payload: str
    matrix: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class NvtcInfo:
    """Where a financial obligation is paid; empty texts are not known."""

    amount: int
    treasury_account: str
    tax_notice_no: str
    tax_notice_date: date | None


@dataclass(frozen=True, slots=True)
class NoticePreview:
    """All that the citizen will see; ``without_account`` are kinds that get no code, ``number`` is the notice's own.

    ``copies`` go to the applicant, where the unit sends them."""

    texts: tuple[ChannelText, ...]
    qr: tuple[QrCode, ...]
    without_account: tuple[LineKind, ...]
    nvtc: NvtcInfo | None
    total: int
    words: str
    number: int
    copies: tuple[ChannelText, ...] = ()


def preview(desk: Desk, dossier_id: str, form: NoticeForm) -> NoticePreview:
    """Return what sending ``form`` now would show. Raises BadInput ``no-such-dossier`` and ``qr-bad-…``."""
    after, notice = draft(desk, inbox.card(desk, dossier_id).dossier, form)
    return NoticePreview(
        texts=texts_of(desk, after, notice.id, kind_of(notice), notice.deliveries, notice.sent_at),
        copies=texts_of(desk, after, notice.id, kind_of(notice), notice.copies, notice.sent_at),
        qr=codes(after, notice),
        without_account=kinds_without_code(notice),
        nvtc=next(iter(obligations(notice)), None),
        total=notice.total,
        words=in_words(notice.total),
        number=notice.number,
    )


def reminder(desk: Desk, notice_id: str) -> NoticePreview:
    """Return what reminding of an open notice now would say: the rest of it, by each channel that may still arrive.

    A channel whose address failed for good has no address here. Raises BadInput ``no-such-notice``.
    """
    dossier = inbox.card(desk, inbox.locate_notice(desk, notice_id)).dossier
    found = inbox.notice_of(dossier, notice_id)
    now = desk.clock.now()
    rest = rest_of(dossier, found)
    again = replace(found, deliveries=sent_again(dossier, found, now))
    return NoticePreview(
        texts=texts_of(desk, dossier, again.id, "reminder", again.deliveries, now),
        copies=texts_of(desk, dossier, again.id, "reminder", copies(dossier, now, found.copies), now),
        qr=(),
        without_account=(),
        nvtc=None,
        total=rest,
        words=in_words(rest),
        number=found.number,
    )


def call_script(desk: Desk, notice_id: str) -> str:
    """Return what to say on the telephone about an open notice. Raises BadInput ``no-such-notice``."""
    dossier = inbox.card(desk, inbox.locate_notice(desk, notice_id)).dossier
    found = inbox.notice_of(dossier, notice_id)
    province, office = office_of(desk, dossier.desk_unit_id)
    values = notice_values(dossier, notice_id, "reminder", province=province, desk=office, at=desk.clock.now())
    values |= {
        "officer": desk.officer.name,
        "submitter": dossier.submitter.name,
        "rest_words": in_words(rest_of(dossier, found)),
    }
    return render_notice_text(catalogues.notice_template("reminder", DeliveryChannel.CALL), **values).body


def draft(desk: Desk, dossier: Dossier, form: NoticeForm) -> tuple[Dossier, Notice]:
    """Return the dossier as it would be after sending, and its new notice; nothing is written."""
    command = sending(desk, dossier, form)
    after, _ = fee_effects.notify(dossier, command, desk.officer, command.made_at, desk.calendar)
    return after, after.notices[-1]


def codes(dossier: Dossier, notice: Notice) -> tuple[QrCode, ...]:
    """Return the VietQR codes of a notice, ready to be shown; none while the dossier waits for its number."""
    if not dossier.code:
        return ()
    return tuple(_qr(code) for code in payee_codes(dossier.code, notice))


def obligations(notice: Notice) -> tuple[NvtcInfo, ...]:
    """Return where the notice's financial obligations are paid."""
    return tuple(
        NvtcInfo(line.amount, line.treasury_account, line.tax_notice_no, line.tax_notice_date)
        for line in notice.lines
        if line.kind is LineKind.NVTC
    )


def kind_names(kinds: Sequence[LineKind]) -> str:
    """Return kinds as a caption.

    >>> kind_names((LineKind.PHI, LineKind.LE_PHI))
    'Phí, lệ phí'
    """
    names = ", ".join(KIND_NAMES[kind] if kind is LineKind.NVTC else KIND_NAMES[kind].lower() for kind in kinds)
    return names[:1].upper() + names[1:]


def office_of(desk: Desk, unit_id: str) -> tuple[Province, Unit]:
    """Return the province and the authority of a unit; an unknown one bears this desk's name."""
    province = catalogues.province_with(unit_id) or catalogues.province(catalogues.PROVINCE)
    return province, province.authority_of(unit_id) or Unit(unit_id, unit_id, "mot-cua", desk.unit_name)


def texts_of(
    desk: Desk, dossier: Dossier, notice_id: str, kind: str, deliveries: tuple[Delivery, ...], at: datetime
) -> tuple[ChannelText, ...]:
    """Return one message of that kind in the words of each channel; ``dossier`` as it will be then."""
    province, office = office_of(desk, dossier.desk_unit_id)
    values = notice_values(dossier, notice_id, kind, province=province, desk=office, at=at)
    return tuple(
        ChannelText(
            delivery.channel,
            render_notice_text(catalogues.notice_template(kind, delivery.channel), **values),
            delivery.address if delivery.state is not DeliveryState.FAILED else "",
        )
        for delivery in deliveries
        if delivery.channel not in BY_HAND
    )


def _qr(code: PayeeCode) -> QrCode:
    return QrCode(
        caption=kind_names(code.kinds),
        kinds=code.kinds,
        amount=code.amount,
        bank=code.account.bank,
        account=code.account.account,
        holder=code.account.holder,
        purpose=code.purpose,
        payload=code.payload,
        matrix=qr_matrix(code.payload),
    )
