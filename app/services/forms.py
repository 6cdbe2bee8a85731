"""The seven official forms as papers of this desk: which one, filled from the store, and counted when it was printed.

Stands apart from ``printing`` (the fee notice's slip) because these are acts of authority with numbers and reprints.
Nothing here asks the network: a form is printed at the counter, also when the line is down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from app import catalogues
from app.clock import VN, to_ms
from app.documents import (
    apology,
    control_sheet,
    reception_slip,
    refusal_slip,
    register_book,
    stop_notice,
    supplement_slip,
)
from app.documents.register_book import RegisterBook, RegisterRow
from app.domain import forms
from app.domain.appointments import verdict
from app.domain.dossier import Dossier
from app.domain.forms import Form
from app.domain.handovers import VERDICTS, responsible_units
from app.domain.words import State
from app.errors import BadInput
from app.services import form_filling, inbox, outbox
from app.services.desk import Desk
from app.services.form_filling import Filling
from app.services.views import Card
from app.store import lists, printed

_RENDER: dict[Form, Callable[[Filling], bytes]] = {
    Form.RECEPTION: lambda filling: reception_slip.render(form_filling.reception(filling)),
    Form.SUPPLEMENT: lambda filling: supplement_slip.render(form_filling.supplement(filling)),
    Form.REFUSAL: lambda filling: refusal_slip.render(form_filling.refusal(filling)),
    Form.APOLOGY: lambda filling: apology.render(form_filling.apology(filling)),
    Form.STOP: lambda filling: stop_notice.render(form_filling.stop(filling)),
    Form.CONTROL: lambda filling: control_sheet.render(form_filling.control(filling)),
}
_FILE_NAMES = {
    Form.RECEPTION: "Giay tiep nhan",
    Form.SUPPLEMENT: "Phieu bo sung",
    Form.REFUSAL: "Phieu tu choi",
    Form.APOLOGY: "Van ban xin loi",
    Form.STOP: "Thong bao dung",
    Form.CONTROL: "Phieu kiem soat",
    Form.REGISTER: "So theo doi",
}
_WAYS = {"counter": "Trực tiếp", "post": "Bưu chính"}
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper ready for the printer: file name, PDF, and what ``note_printed`` counts it by."""

    name: str
    pdf: bytes
    dossier_id: str
    key: str
    reprint: int = 0


def numbered(desk: Desk, dossier_id: str, text: str) -> Form:
    """Return the form that an officer calls ``01`` or ``reception``, in this province's edition of today."""
    dossier = inbox.card(desk, dossier_id).dossier
    province = catalogues.province_with(dossier.desk_unit_id)
    return forms.numbered(form_filling.edition_of(province, _today(desk)), text)


def form_paper(desk: Desk, dossier_id: str, form: Form) -> Paper:
    """Return a form of the dossier; queued work leaves at once, since the paper may be handed over.

    Raises BadInput ``form-does-not-fit``, ``no-such-dossier``. Thread: any but the GUI's.
    """
    dossier = inbox.card(desk, dossier_id).dossier
    if not forms.fits(form, dossier):
        raise BadInput("form-does-not-fit", code=dossier.receipt_code or dossier.code)
    again = times_printed(desk, dossier_id, form.value)
    filling = Filling(dossier, desk.officer, desk.calendar, desk.clock.now(), desk.unit_name, again)
    pdf = _RENDER[form](filling)
    outbox.send_now(desk)
    name = f"{_FILE_NAMES[form]} {dossier.receipt_code or dossier.code}".strip()
    return Paper(f"{name}.pdf", pdf, dossier_id, form.value, again)


def register_paper(desk: Desk, first: date, last: date) -> Paper:
    """Return the register of dossiers this officer's desk received from ``first`` to ``last``, both included."""
    unit_id = desk.officer.unit_id
    province = catalogues.province_with(unit_id)
    authority = province.authority_of(unit_id) if province else None
    desk_unit = authority.id if authority else unit_id
    day, key = _today(desk), f"{Form.REGISTER.value}:{first}:{last}"
    letterhead = form_filling.letterhead_of(province, desk_unit, last, desk.unit_name)
    edition = form_filling.edition_of(province, last)
    again = times_printed(desk, "", key)
    book = RegisterBook(
        head=form_filling.head_of(Form.REGISTER, letterhead, edition, day, reprint=again),
        first=first,
        last=last,
        rows=tuple(_register_row(desk, dossier) for dossier in _received(desk, desk_unit, first, last)),
        keeper=desk.officer.name,
    )
    return Paper(f"{_FILE_NAMES[Form.REGISTER]} {first} {last}.pdf", register_book.render(book), "", key, again)


def times_printed(desk: Desk, dossier_id: str, key: str) -> int:
    """Return how often this paper left this officer's desk."""
    with desk.store.read() as connection:
        return printed.count(connection, dossier_id, key)


def note_printed(desk: Desk, paper: Paper) -> None:
    """Remember that ``paper`` went to a printer or a file: the next one says that it is a reprint."""
    with desk.store.write() as connection:
        printed.add(connection, paper.dossier_id, paper.key, desk.officer.id, to_ms(desk.clock.now()))


def _today(desk: Desk) -> date:
    return desk.clock.now().astimezone(VN).date()


def _received(desk: Desk, unit_id: str, first: date, last: date) -> list[Dossier]:
    found = [
        (received, dossier)
        for dossier in _past_reception(desk)
        if dossier.desk_unit_id == unit_id
        and (received := dossier.received_at) is not None
        and first <= received.astimezone(VN).date() <= last
    ]
    return [dossier for _, dossier in sorted(found, key=_by_receipt)]


def _by_receipt(row: tuple[datetime, Dossier]) -> tuple[datetime, str]:
    return row[0], row[1].receipt_code or row[1].code


def _past_reception(desk: Desk) -> Iterator[Dossier]:
    with desk.store.read() as connection:
        ids = lists.past_reception(connection)
    for start in range(0, len(ids), _CHUNK):
        found = inbox.cards_of(desk, ids[start : start + _CHUNK])
        yield from (card.dossier for card in found if isinstance(card, Card))


def _register_row(desk: Desk, dossier: Dossier) -> RegisterRow:
    filling = Filling(dossier, desk.officer, desk.calendar, desk.clock.now())
    return RegisterRow(
        code=dossier.receipt_code or dossier.code,
        procedure=dossier.procedure.name,
        applicant=dossier.applicant.name,
        address=dossier.applicant.address,
        phone=dossier.applicant.phone,
        responsible=filling.unit_name_of(responsible_units(dossier)[0]),
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        returned_at=dossier.returned_at,
        way=_WAYS.get(dossier.result_channel, ""),
        sets=dossier.sets,
        note=_note(filling),
    )


def _note(filling: Filling) -> str:
    dossier = filling.dossier
    if dossier.state is State.WITHDRAWN:
        return "Công dân rút hồ sơ"
    return VERDICTS[verdict(dossier, filling.now, filling.calendar)] if dossier.completed_at else ""
