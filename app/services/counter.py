"""Tiếp nhận tại quầy: a dossier that a citizen brings in person, received at once, with or without a network.

Stands apart from reception of what was filed online, because the dossier is made here: its id, its numbers (from the
block leased by this store) and everything that is known of it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app import catalogues
from app.domain import citizen_id, dossier_code
from app.domain.dossier import Component, Dossier, Person, ProcedureRef
from app.domain.folding import clean_name, fold
from app.domain.listing import ListRow
from app.domain.procedures import Procedure, reference
from app.domain.registration import ORGANISATION
from app.domain.words import ENDED
from app.domain.work_commands import CorrectReception, Register
from app.errors import BadInput
from app.services import inbox
from app.services.acting import act, bear
from app.services.desk import Desk
from app.services.views import Acted
from app.store import numbers, search, state
from app.store.state import Name

MOST_PROCEDURES = 20
_MOST_ALIKE = 5


@dataclass(frozen=True, slots=True)
class CounterForm:
    """What the officer wrote; people and papers as they stand on the form, not yet cleaned."""

    procedure_code: str
    applicant: Person
    submitter: Person
    components: tuple[Component, ...]
    summary: str = ""
    result_channel: str = "counter"
    sets: int = 1


def register(desk: Desk, form: CounterForm) -> Acted:
    """Tiếp nhận: the dossier is received now; *chờ cấp số* only when the block of numbers is used up.

    Raises BadInput for what cannot be read, Refused with every failed condition; then nothing was written.
    """
    command = Register(
        made_at=desk.clock.now(),
        procedure=procedure_ref(desk, form.procedure_code),
        desk_unit_id=desk.officer.unit_id,
        applicant=_cleaned(form.applicant),
        submitter=_cleaned(form.submitter),
        components=form.components,
        summary=form.summary.strip(),
        result_channel=form.result_channel,
        sets=form.sets,
    )
    day = command.made_at.date()

    def with_numbers(connection: Connection) -> Register:
        unit_id = command.desk_unit_id
        given = numbers.take(connection, unit_id, day)
        if given is None:
            return command
        code, receipt = given
        return replace(
            command,
            code=dossier_code.make(unit_id, day, code),
            receipt_code=dossier_code.make_receipt(unit_id, day, receipt),
        )

    return bear(desk, with_numbers, _blobs(form.components))


def correct(desk: Desk, dossier_id: str, form: CounterForm, reason: str) -> Acted:
    """Correct a reception after its slip was printed: numbers and the moment of receipt stay."""
    command = CorrectReception(
        made_at=desk.clock.now(),
        reason=reason.strip(),
        procedure=procedure_ref(desk, form.procedure_code),
        applicant=_cleaned(form.applicant),
        submitter=_cleaned(form.submitter),
        components=form.components,
        summary=form.summary.strip(),
        result_channel=form.result_channel,
        sets=form.sets,
    )
    return act(desk, dossier_id, command, _blobs(form.components))


def form_of(dossier: Dossier) -> CounterForm:
    """Return the form that would make this dossier: what a correction starts from."""
    return CounterForm(
        dossier.procedure.code,
        dossier.applicant,
        dossier.submitter,
        dossier.components,
        dossier.summary,
        dossier.result_channel,
        dossier.sets,
    )


def numbers_left(desk: Desk) -> int:
    """Return how many dossiers may still get their numbers here today without a network."""
    day = desk.clock.now().date()
    with desk.store.read() as connection:
        return min(item.count for item in numbers.left(connection, desk.officer.unit_id, [day]))


def procedures(typed: str, recent: Sequence[str] = ()) -> tuple[Procedure, ...]:
    """Return the procedures that match every typed word, without diacritics, by code or name; recent ones first.

    Pure; any thread.
    """
    words = fold(typed).split()
    order = {code: at for at, code in enumerate(recent)}
    found = [
        procedure
        for procedure in catalogues.procedures().values()
        if all(word in fold(f"{procedure.code} {procedure.name} {procedure.field}") for word in words)
    ]
    found.sort(key=lambda procedure: (order.get(procedure.code, len(order)), procedure.code != typed.strip()))
    return tuple(found[:MOST_PROCEDURES])


def recent_procedures(desk: Desk) -> tuple[str, ...]:
    """Return the codes this officer received most lately and most often, from this desk's own memory."""
    with desk.store.read() as connection:
        text = state.get(connection, Name.RECENT_PROCEDURES)
    return tuple(json.loads(text)) if text else ()


def remember_procedure(desk: Desk, code: str) -> None:
    """Move a procedure to the front of the recent ones."""
    with desk.store.write() as connection:
        text = state.get(connection, Name.RECENT_PROCEDURES)
        known = [code, *(other for other in (json.loads(text) if text else ()) if other != code)]
        state.put(connection, Name.RECENT_PROCEDURES, json.dumps(known[:MOST_PROCEDURES]))


def open_dossiers_of(desk: Desk, person: Person) -> tuple[ListRow, ...]:
    """Return open dossiers of the same applicant on this desk ("người này đang có hồ sơ…"), by number, else name and
    telephone. A warning, never a block.
    """
    if not person.identity_no and not (person.name and person.phone):
        return ()
    with desk.store.read() as connection:
        keys = search.alike(connection, person.identity_no, person.name, person.phone, _MOST_ALIKE)
    rows = (row for row in inbox.rows(desk, keys) if row is not None)
    return tuple(row for row in rows if row.state not in {int(state) for state in ENDED})


def procedure_ref(desk: Desk, code: str) -> ProcedureRef:
    """Return the version of a procedure that this desk receives under; raises BadInput ``no-such-procedure``."""
    procedure = catalogues.procedures().get(code.strip())
    if procedure is None:
        raise BadInput("no-such-procedure", code=code)
    with desk.store.read() as connection:
        text = state.get(connection, Name.UNITS)
    units = json.loads(text) if text else []
    own = desk.officer.unit_id

    def unit_for(kind: str) -> str:
        return next((str(unit["id"]) for unit in units if unit["parent"] == own and unit["kind"] == kind), own)

    return reference(procedure, unit_for)


def from_card(text: str) -> tuple[Person, tuple[str, ...]]:
    """Return the person on a scanned identity card and the codes of what does not agree on it.

    Raises BadInput: card-not-recognised, card-date-invalid, name-empty, name-too-long.
    """
    card = citizen_id.parse_card_qr(text)
    return Person(card.name, identity_no=card.number, address=card.address), citizen_id.card_warnings(card)


def _cleaned(person: Person) -> Person:
    """Return the person as it is kept; raises BadInput for numbers that are no numbers."""
    phone = citizen_id.check_phone(person.phone) if person.phone.strip() else ""
    number = person.identity_no.strip()
    if number and person.kind != ORGANISATION:
        number = citizen_id.check_identity(number)
    if person.kind == ORGANISATION and not citizen_id.is_tax_code(number):
        raise BadInput("tax-code-invalid")
    address = " ".join(person.address.split())
    return replace(
        person, name=clean_name(person.name), phone=phone, identity_no=number, address=address,
        email=person.email.strip(),
    )  # fmt: skip


def _blobs(components: Sequence[Component]) -> list[str]:
    return [file.sha256 for component in components for file in component.files]
