"""Fills the official forms from a dossier: every fact that the store holds, blanks for what only a pen knows.

Stands apart from ``forms``, which decides what is printed and counts it, because this is one mapping per form and
touches nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from app import catalogues
from app.clock import VN
from app.documents.apology import Apology
from app.documents.control_sheet import ControlSheet
from app.documents.official import HEAD_OF_OFFICE, Head, PaperRow, Parties
from app.documents.reception_slip import ReceptionSlip
from app.documents.refusal_slip import RefusalSlip
from app.documents.stop_notice import StopNotice
from app.documents.supplement_slip import SupplementSlip
from app.domain import dossier_code
from app.domain.appointments import promised
from app.domain.calendar import Calendar
from app.domain.dossier import Component, Dossier, HistoryItem
from app.domain.forms import Edition, Form, edition_on
from app.domain.handovers import handovers, responsible_units
from app.domain.money import grouped
from app.domain.notice_values import DESK_NAME
from app.domain.notices import of_last_pause, owing
from app.domain.people import Officer
from app.domain.provinces import Letterhead, Province
from app.domain.time_words import limit_words
from app.domain.words import CaseKind, CaseState, FilingChannel, PauseKind, State
from app.errors import BadInput

STAGE_TWO = "Tính tiếp phần còn lại sau khi hoàn thành nghĩa vụ tài chính"
_GOES_ON = {State.AWAITING_OBLIGATION: "đã hoàn thành nghĩa vụ tài chính"}
_WAITING = frozenset({CaseState.OPEN, CaseState.APPROVED})


@dataclass(frozen=True, slots=True)
class Filling:
    """One dossier about to be printed: who prints, when, by which calendar; ``unit_name`` is this desk's own."""

    dossier: Dossier
    officer: Officer
    calendar: Calendar
    now: datetime
    unit_name: str = ""
    reprint: int = 0

    @property
    def province(self) -> Province | None:
        """The province whose desk took the dossier."""
        return catalogues.province_with(self.dossier.desk_unit_id)

    def unit_name_of(self, unit_id: str) -> str:
        """Return how people call a unit; a unit of no known province by its id."""
        unit = self.province.unit(unit_id) if self.province else None
        return unit.name if unit else unit_id

    def happened(self, *kinds: str) -> HistoryItem | None:
        """Return the newest event of these kinds."""
        return next((item for item in reversed(self.dossier.history) if item.kind in kinds), None)


def edition_of(province: Province | None, day: date) -> Edition:
    """Return the edition of the forms that the province prints on that day."""
    return edition_on(catalogues.form_editions(), day, province.forms if province else "")


def letterhead_of(province: Province | None, unit_id: str, day: date, unit_name: str) -> Letterhead:
    """Return what the desk's papers of that day say of it; a unit of no known province bears only its own name."""
    found = province.letterhead(unit_id, day) if province else None
    if found is not None:
        return found
    return Letterhead(
        name=unit_name, authority=unit_name, desk_name=DESK_NAME, symbol="", place=unit_name, address="", contact="",
        portal="",
    )  # fmt: skip


def reception(filling: Filling) -> ReceptionSlip:
    """Form 01; the appointment is the one first given, also after pauses and apology."""
    dossier = filling.dossier
    head = _head(filling, Form.RECEPTION, dossier.received_at, number=_entry(dossier))
    stages = [pause for pause in dossier.pauses if pause.kind is PauseKind.FINANCIAL_OBLIGATION]
    return ReceptionSlip(
        head=head,
        parties=_parties(dossier),
        procedure=_procedure(dossier),
        papers=_papers(dossier),
        certified=_certified(dossier),
        sets=dossier.sets,
        limit=limit_words(dossier.procedure.limit_amount, dossier.procedure.limit_unit),
        received_at=dossier.received_at,
        due_at=_first_due(filling),
        stage_two_limit=STAGE_TWO if stages else "",
        stage_two_due=dossier.due_at if stages and stages[-1].ended_at else None,
        result_channel=_result_channel(filling, head),
        receiver=dossier.received_by.name if dossier.received_by else filling.officer.name,
        with_submitter=dossier.channel is FilingChannel.COUNTER,
        entry=_entry(dossier),
    )


def supplement(filling: Filling) -> SupplementSlip:
    """Form 02 of the latest round; before any was asked for, papers and day are left to the pen."""
    rounds = filling.dossier.supplements
    asked = rounds[-1] if rounds else None
    return SupplementSlip(
        head=_head(filling, Form.SUPPLEMENT, (asked.told_at or asked.asked_at) if asked else None),
        parties=_parties(filling.dossier),
        procedure=_procedure(filling.dossier),
        papers=tuple(PaperRow(paper) for paper in asked.papers) if asked else (),
        certified=_certified(filling.dossier),
        reason=asked.reason if asked else "",
        officer=(asked.told_by or asked.asked_by) if asked else filling.officer.name,
        by=asked.supply_by if asked else None,
        round=max(1, len(rounds)),
    )


def refusal(filling: Filling) -> RefusalSlip:
    """Form 03, with the officer's own reason."""
    dossier, refused = filling.dossier, filling.happened("refused")
    return RefusalSlip(
        head=_head(filling, Form.REFUSAL, refused.at if refused else None),
        parties=_parties(dossier),
        procedure=_procedure(dossier),
        submitted_at=dossier.submitted_at,
        papers=_handed_in(dossier) or None,
        reason=dossier.end_reason,
        officer=refused.by if refused else filling.officer.name,
        with_submitter=dossier.channel is FilingChannel.COUNTER,
    )


def apology(filling: Filling) -> Apology:
    """Form 04, proposed or signed; before it is proposed, or once it was declined, reason and date are blank."""
    dossier, extension = filling.dossier, filling.dossier.extension
    extension = extension if extension and not extension.declined_at else None
    signed = extension if extension and extension.signed else None
    due = signed.first_due_at if signed else dossier.due_at
    return Apology(
        head=_head(filling, Form.APOLOGY, signed.signed_at if signed else None),
        parties=_parties(dossier),
        procedure=_procedure(dossier),
        received_at=dossier.received_at,
        due_at=due,
        reason=extension.reason if extension else "",
        new_due_at=extension.due_at if extension else None,
        overdue=signed.late if signed else due is not None and filling.now > due,
        signer=signed.signed_by if signed else dossier.settings.signer_name,
        signer_title=_signer_title(dossier, signed.signed_by if signed else ""),
    )


def stop(filling: Filling) -> StopNotice:
    """Form 05: a withdrawal ends the dossier, a stop as the officer said, an obligation only pauses it."""
    dossier = filling.dossier
    item = filling.happened("suspended", "withdrawn", "stopped")
    withdrawn = dossier.state is State.WITHDRAWN
    step = dossier.step
    return StopNotice(
        head=_head(filling, Form.STOP, item.at if item else None),
        parties=_parties(dossier),
        procedure=_procedure(dossier),
        received_at=dossier.received_at,
        due_at=_first_due(filling),
        ends=withdrawn or (dossier.state is State.STOPPED and dossier.stop is not None and dossier.stop.ends),
        asked_by=dossier.applicant.name if withdrawn else item.by if item else "",
        asked_at=item.at if item else None,
        reason=item.note if item else dossier.end_reason,
        stage=f"{step.name}, {filling.unit_name_of(step.unit_id)}" if step else "",
        goes_on=_GOES_ON.get(dossier.state, ""),
        money=_money(dossier),
        signer=dossier.settings.signer_name,
        signer_title=_signer_title(dossier),
    )


def _signer_title(dossier: Dossier, signed_by: str = "") -> str:
    """Return the unit's own title, never over the name of another who signed."""
    unit = dossier.settings
    other = bool(signed_by and unit.signer_name and signed_by != unit.signer_name)
    return unit.signer_title if unit.signer_title and not other else HEAD_OF_OFFICE


def control(filling: Filling) -> ControlSheet:
    """Form 06: the hand-overs that the history tells."""
    dossier, head = filling.dossier, _head(filling, Form.CONTROL, filling.dossier.received_at)
    first, *others = responsible_units(dossier)
    return ControlSheet(
        head=head,
        applicant=dossier.applicant.name,
        procedure=_procedure(dossier),
        received_at=dossier.received_at,
        due_at=_first_due(filling),
        responsible=filling.unit_name_of(first),
        together_with="; ".join(filling.unit_name_of(unit) for unit in others),
        handovers=handovers(
            dossier,
            filling.now,
            filling.calendar,
            lambda unit: head.desk if unit == dossier.desk_unit_id else filling.unit_name_of(unit),
        ),
    )


def head_of(form: Form, letterhead: Letterhead, edition: Edition, day: date, *, reprint: int = 0) -> Head:
    """Return the head of a form of that desk and day, without code or number."""
    return Head(
        title=edition.names[form].title,
        label=edition.label(form),
        authority=letterhead.authority,
        desk=letterhead.desk_name,
        place=letterhead.place,
        contact=letterhead.contact,
        portal=letterhead.portal,
        issued_on=day,
        code="",
        reprint=reprint,
    )


def _head(filling: Filling, form: Form, at: datetime | None, number: str = "") -> Head:
    """Return the head; the act's day is that of its event, else today."""
    dossier, day = filling.dossier, (at or filling.now).astimezone(VN).date()
    letterhead = letterhead_of(filling.province, dossier.desk_unit_id, day, filling.unit_name)
    return replace(
        head_of(form, letterhead, edition_of(filling.province, day), day, reprint=filling.reprint),
        code=dossier.receipt_code or dossier.code,
        number=number,
        symbol=letterhead.symbol,
        number_pending=dossier.received_at is not None and not dossier.receipt_code,
    )


def _parties(dossier: Dossier) -> Parties:
    person = dossier.applicant
    return Parties(
        applicant=person.name,
        submitter=dossier.submitter.name,
        address=person.address,
        phone=person.phone,
        email=person.email,
        identity_no=person.identity_no,
        organised=person.kind != "person",
    )


def _procedure(dossier: Dossier) -> str:
    return f"{dossier.procedure.name} (mã {dossier.procedure.code})"


def _papers(dossier: Dossier) -> tuple[PaperRow, ...]:
    counted = dossier.channel is FilingChannel.COUNTER
    return tuple(_paper(component, counted) for component in dossier.components)


def _paper(component: Component, counted: bool) -> PaperRow:
    """Return one row; copies are counted where paper was handed over a counter, files where there are any."""
    files = len(component.files) or None
    if not counted:
        return PaperRow(component.name, files=files)
    return PaperRow(component.name, component.originals, component.certified, component.copies, files)


def _handed_in(dossier: Dossier) -> int:
    """Return how many papers came: all that a counter wrote down, online those with a file."""
    counted = dossier.channel is FilingChannel.COUNTER
    return sum(1 for component in dossier.components if counted or component.files)


def _certified(dossier: Dossier) -> bool:
    procedure = catalogues.procedures().get(dossier.procedure.code)
    return procedure is not None and procedure.field in catalogues.certified_fields()


def _first_due(filling: Filling) -> datetime | None:
    """Return the appointment as it was first given: later ones stand on papers of their own."""
    dossier = filling.dossier
    moved = dossier.pauses or (dossier.extension is not None and dossier.extension.signed)
    if dossier.received_at is None or not moved:
        return dossier.due_at
    return promised(dossier, dossier.received_at, filling.calendar)


def _result_channel(filling: Filling, head: Head) -> str:
    also = "; thêm bản điện tử trên Cổng" if filling.dossier.result_also_online else ""
    return _paper_way(filling, head) + also


def _paper_way(filling: Filling, head: Head) -> str:
    to = filling.dossier.mail_to
    if filling.dossier.result_channel == "post" and to is not None:
        return f"Qua bưu chính công ích, tới: {to.name}, điện thoại {to.phone}, {to.address}"
    if filling.dossier.result_channel == "post":
        return "Qua bưu chính công ích, tới địa chỉ nêu trên"
    return f"Trực tiếp tại {head.desk}"


def _money(dossier: Dossier) -> tuple[str, ...]:
    """Return what was paid, what is owed and what goes back."""
    refund = sum(c.amount for c in dossier.cases if c.kind is CaseKind.REFUND and c.state in _WAITING)
    suspension = dossier.suspension
    waits = dossier.state is State.AWAITING_OBLIGATION and not of_last_pause(dossier)
    demanded = suspension.nvtc_amount if suspension and waits else 0
    number = f" theo thông báo số {suspension.tax_notice_no}" if suspension and suspension.tax_notice_no else ""
    sums = (
        (sum(payment.held for payment in dossier.payments), "Đã nộp"),
        (owing(dossier), "Còn phải nộp theo thông báo thu"),
        (demanded, f"Nghĩa vụ tài chính{number}"),
        (refund, "Sẽ hoàn lại"),
    )
    return tuple(f"{what}: {grouped(amount)} đồng." for amount, what in sums if amount)


def _entry(dossier: Dossier) -> str:
    """Return the dossier's running number of the register, which its receipt code ends with."""
    try:
        return f"{dossier_code.parse(dossier.receipt_code).number:04d}" if dossier.receipt_code else ""
    except BadInput:
        return ""
