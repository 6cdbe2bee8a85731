"""Papers that leave the desk on paper: the slip of a fee notice, the list of a day's takings, what fits the step.

Stands apart because printing is an act: whoever holds the slip may pay at once, so nothing waits for its undo time any
longer, and no slip is made for a notice that is no longer to be paid.
"""

from __future__ import annotations

from app import texts
from app.clock import VN
from app.contract.codec import Foreign
from app.documents import collected, fee_notice
from app.documents.collected import CollectedForm, TakenRow
from app.documents.fee_notice import FeeNoticeForm, FormLine, NvtcBlock, QrBlock
from app.domain.amount_words import in_words
from app.domain.dossier import Dossier, Notice
from app.domain.forms import form_for
from app.domain.money import grouped
from app.domain.notice_values import DESK_NAME
from app.domain.notices import find, open_notices, rest_of, settled_of, waived_of
from app.domain.payee_codes import kinds_without_code
from app.domain.people import Person
from app.domain.provinces import Unit
from app.domain.words import OPEN_NOTICE, FilingChannel, LineKind, State
from app.errors import BadInput
from app.services import forms, inbox, outbox
from app.services.collected import Day, Taken
from app.services.desk import Desk
from app.services.fee_notices import NoticeForm
from app.services.forms import Paper
from app.services.notice_preview import codes, draft, kind_names, obligations, office_of
from app.store import mirror

_SIGNER_TITLE = "Cán bộ thông báo"
_PURPOSE = {
    State.SUBMITTED: "Để hồ sơ được tiếp nhận",
    State.AWAITING_OBLIGATION: "Để hồ sơ được giải quyết tiếp",
    State.COMPLETED: "Để được trả kết quả",
}
_PURPOSE_ELSE = "Để hồ sơ được giải quyết"
_CLOSING = {
    State.SUBMITTED: "Sau khi nộp, thời hạn tiếp nhận hồ sơ là 08 giờ làm việc tính từ lúc khoản nộp được ghi nhận.",
    State.AWAITING_OBLIGATION: "Sau khi nộp đủ, thời hạn giải quyết được tính tiếp.",
}
_OWN_RECEIPTS = "Biên lai phí và biên lai lệ phí được lập riêng."


_FEE_FIRST = frozenset({State.SUBMITTED, State.PROCESSING, State.AWAITING_OBLIGATION, State.COMPLETED})
"""States in which a notice that waits for money is what the citizen is handed."""


def slip_pdf(desk: Desk, dossier_id: str) -> Paper:
    """Return the paper that fits the dossier's step: the slip of a notice that waits for money, else the official form.

    Give it to ``forms.note_printed`` once it went to a printer or a file. Raises BadInput ``no-form-yet`` and as
    ``forms.form_paper`` and ``notice_paper``. Thread: any but the GUI's; never touches the network.
    """
    dossier = inbox.card(desk, dossier_id).dossier
    waiting = open_notices(dossier) if dossier.state in _FEE_FIRST else ()
    if waiting:
        return notice_paper(desk, dossier_id, waiting[-1].id)
    form = form_for(dossier, desk.clock.now(), desk.calendar)
    if form is None:
        raise BadInput("no-form-yet")
    return forms.form_paper(desk, dossier_id, form)


def notice_paper(desk: Desk, dossier_id: str, notice_id: str) -> Paper:
    """Return the slip of a notice by its id, marked when it was printed before; raises as ``fee_notice_pdf``."""
    pdf = fee_notice_pdf(desk, dossier_id, notice_id)
    dossier = inbox.card(desk, dossier_id).dossier
    name = f"Giay bao {dossier.receipt_code or dossier.code} N{_open_notice(dossier, notice_id).number}.pdf"
    key = _notice_key(notice_id)
    return Paper(name, pdf, dossier_id, key, forms.times_printed(desk, dossier_id, key))


def _notice_key(notice_id: str) -> str:
    return f"notice:{notice_id}"


def fee_notice_pdf(desk: Desk, dossier_id: str, notice: str | NoticeForm) -> bytes:
    """Return the slip of a notice, by its id or as it is written in the form, as a PDF; queued work leaves at once.

    Without the portal a notice that it has not seen yet is marked: its number comes later. A notice paid in part
    has no codes, since they would take the whole sum again. Raises BadInput ``no-such-notice``, ``notice-closed``
    and as ``preview``.
    """
    dossier = inbox.card(desk, dossier_id).dossier
    if isinstance(notice, NoticeForm):
        dossier, found = draft(desk, dossier, notice)
    else:
        found = _open_notice(dossier, notice)
    pdf = fee_notice.render(_slip(desk, dossier, found))
    outbox.send_now(desk)
    return pdf


def _open_notice(dossier: Dossier, notice_id: str) -> Notice:
    found = inbox.notice_of(dossier, notice_id)
    if found.state not in OPEN_NOTICE:
        raise BadInput("notice-closed")
    return found


def _slip(desk: Desk, dossier: Dossier, notice: Notice) -> FeeNoticeForm:
    province, office = office_of(desk, dossier.desk_unit_id)
    addressee, salutation = _addressed(dossier.applicant)
    in_part = rest_of(dossier, notice) < notice.total
    codeless = in_part or not dossier.code
    no_code = tuple(dict.fromkeys(line.kind for line in notice.lines)) if codeless else kinds_without_code(notice)
    return FeeNoticeForm(
        authority=office.authority or office.name,
        desk=office.desk_name or DESK_NAME,
        place=office.place or office.name,
        issued_on=desk.clock.now().date(),
        code=dossier.receipt_code or dossier.code,
        addressee=addressee,
        salutation=salutation,
        desk_and_unit=_desk_and_unit(office),
        filed_online=dossier.channel is FilingChannel.ONLINE,
        filed_at=dossier.submitted_at.astimezone(VN),
        procedure_name=dossier.procedure.name,
        procedure_code=dossier.procedure.code,
        purpose=_PURPOSE.get(dossier.state, _PURPOSE_ELSE),
        lines=tuple(FormLine(line.name, line.kind, line.amount) for line in notice.lines),
        total=notice.total,
        total_words=in_words(notice.total),
        qr_blocks=() if codeless else _qr_blocks(dossier, notice),
        nvtc=_nvtc_blocks(notice),
        without_account=tuple(kind_names((kind,)).lower() for kind in no_code if kind is not LineKind.NVTC),
        closing=_closing(dossier, notice),
        hotline=province.hotline,
        signer_title=_SIGNER_TITLE,
        signer_name=desk.officer.name,
        pay_by=notice.pay_by,
        number_pending=_number_pending(desk, dossier, notice),
        reprint=forms.times_printed(desk, dossier.id, _notice_key(notice.id)),
    )


def _addressed(person: Person) -> tuple[str, str]:
    """Return how the slip names its reader; nothing we hold says a person's sex, so both words stand."""
    if person.kind != "person":
        return person.name, "Quý đơn vị"
    return f"Ông/Bà {person.name}", "Ông/Bà"


def _desk_and_unit(office: Unit) -> str:
    """Return the desk with its authority's name inside a sentence: ``Phòng Tiếp nhận … phường Nha Trang``."""
    return f"{office.desk_name or DESK_NAME} {office.name[:1].lower()}{office.name[1:]}"


def _qr_blocks(dossier: Dossier, notice: Notice) -> tuple[QrBlock, ...]:
    return tuple(
        QrBlock(code.caption, code.amount, code.bank, code.account, code.purpose, code.payload)
        for code in codes(dossier, notice)
    )


def _nvtc_blocks(notice: Notice) -> tuple[NvtcBlock, ...]:
    return tuple(
        NvtcBlock(item.amount, item.treasury_account, item.tax_notice_no, item.tax_notice_date)
        for item in obligations(notice)
    )


def _closing(dossier: Dossier, notice: Notice) -> tuple[str, ...]:
    kinds = {line.kind for line in notice.lines}
    sentences = (
        _left(dossier, notice),
        _CLOSING.get(dossier.state, ""),
        _OWN_RECEIPTS if {LineKind.PHI, LineKind.LE_PHI} <= kinds else "",
    )
    return tuple(sentence for sentence in sentences if sentence)


def _left(dossier: Dossier, notice: Notice) -> str:
    """Return what was paid, what need not be paid and what is left; empty while all of it is asked."""
    paid, waived = settled_of(dossier, notice.id), waived_of(dossier, notice.id)
    sums = ((paid, "đã ghi nhận"), (waived, "được miễn"), (rest_of(dossier, notice), "còn phải nộp"))
    said = ", ".join(f"{what} {grouped(amount)} đồng" for amount, what in sums if amount)
    return f"{said[:1].upper()}{said[1:]}." if paid or waived else ""


def _number_pending(desk: Desk, dossier: Dossier, notice: Notice) -> bool:
    """Tell whether dossier or notice has no number yet: the portal is out of reach, or has not said it."""
    if not dossier.code:
        return True
    if desk.engine.link.state.state == "online":
        return False
    with desk.store.read() as connection:
        body = mirror.bodies(connection, [dossier.id]).get(dossier.id)
    known = desk.projector.folded(body, ()) if body else None
    return known is None or isinstance(known, Foreign) or find(known.dossier, notice.id) is None


def collected_pdf(desk: Desk, day: Day) -> bytes:
    """Return *Bảng kê tiền đã thu* of a day as a PDF; nothing is sent or changed."""
    _, office = office_of(desk, desk.officer.unit_id)
    form = CollectedForm(
        authority=office.authority or office.name,
        desk=office.desk_name or DESK_NAME,
        place=office.place or office.name,
        day=day.day,
        printed_at=desk.clock.now().astimezone(VN),
        officer=desk.officer.name,
        rows=tuple(_taken_row(item) for item in day.taken),
        by_way=tuple((texts.WAY_NAMES.get(way, way), amount) for way, amount in day.by_channel),
        by_kind=tuple((fee_notice.KIND_NAMES[kind], amount) for kind, amount in day.by_kind),
        total=day.total,
        total_words=in_words(day.total),
        unsent=sum(1 for item in day.taken if not item.sent),
    )
    return collected.render(form)


def _taken_row(item: Taken) -> TakenRow:
    marks = (
        "đã hủy ghi nhận" if item.reversed else "",
        "" if item.sent else texts.SENT_NAMES[item.way],
        "chờ bổ sung chứng từ" if item.document_missing else "",
    )
    return TakenRow(
        at=item.at,
        code=item.code,
        payer=item.payer,
        document=item.document,
        way=texts.WAY_NAMES.get(item.channel, item.channel),
        amount=item.amount,
        mark=", ".join(mark for mark in marks if mark),
    )
