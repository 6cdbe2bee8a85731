"""Tiếp nhận tại quầy: a dossier that a citizen brings in person, received at once, with or without a network.

Stands apart from reception of what was filed online, because the dossier is made here: its id, its numbers (from the
block leased by this store) and everything that is known of it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from app import catalogues
from app.domain import citizen_id, dossier_code, registration
from app.domain.appointments import promised
from app.domain.commands import Command
from app.domain.corrections import CorrectReception
from app.domain.dossier import Component, Dossier, Evidence, ProcedureRef
from app.domain.edits import EDITED, reception_of
from app.domain.folding import clean_name, fold
from app.domain.listing import ListRow
from app.domain.people import Mailing, Person
from app.domain.procedures import Procedure, reference
from app.domain.registration import ORGANISATION, newborn
from app.domain.words import ENDED
from app.domain.work_commands import Birth, Lodge, Register
from app.errors import BadInput, StoreTrouble
from app.services import fee_notices, inbox, payments, waivers
from app.services.acting import act, bear
from app.services.desk import Desk
from app.services.fee_notices import Proposal
from app.services.payments import Taking
from app.services.views import Acted
from app.store import numbers, search, state
from app.store.state import Name

B = TypeVar("B", bound=Birth)
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
    mail_to: Mailing | None = None
    result_also_online: bool = False


@dataclass(frozen=True, slots=True)
class Exemption:
    """Nothing need be paid: the ground, and what proves it."""

    ground: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Prospect:
    """What receiving now would come to: the dossier and its appointment, the fee table's lines, numbers left here."""

    dossier: Dossier
    due_at: datetime
    fees: tuple[Proposal, ...]
    numbers_left: int


def register(desk: Desk, form: CounterForm) -> Acted:
    """Tiếp nhận: the dossier is received now; *chờ cấp số* only when the block of numbers is used up.

    Raises BadInput for what cannot be read, Refused with every failed condition; then nothing was written.
    """
    return receive(desk, form)[0]


def receive(desk: Desk, form: CounterForm, fee: Taking | Exemption | None = None) -> tuple[Acted, ...]:
    """Thu và tiếp nhận: register, and in the same transaction take the money or write down why there is none.

    Raises as ``register``; then neither was written.
    """
    command = birth(desk, form, Register)
    then = None if fee is None else lambda dossier: _fee_command(desk, dossier, fee)
    acted = bear(desk, lambda connection: _numbered(connection, command), _blobs(form.components), then)
    _written_down(desk, form)
    return acted


def prospect(desk: Desk, code: str) -> Prospect:
    """Return what receiving a procedure at this moment would come to; nothing is written. BadInput as ``register``."""
    nobody = Person("")
    command = Register(desk.clock.now(), procedure_ref(desk, code), desk.officer.unit_id, nobody, nobody, ())
    dossier = newborn("", command)
    due_at = promised(dossier, command.made_at, desk.calendar)
    received, _ = registration.register(dossier, command, desk.officer, command.made_at, desk.calendar)
    return Prospect(received, due_at, fee_notices.propose(desk, dossier), numbers_left(desk))


def _fee_command(desk: Desk, dossier: Dossier, fee: Taking | Exemption) -> tuple[Command, list[str]]:
    if isinstance(fee, Exemption):
        return waivers.of_table(desk, dossier, fee.ground, fee.evidence), payments.proofs(fee.evidence)
    lines = tuple(fee_notices.line(desk, dossier, line.kind, line.name, line.amount) for line in fee.lines)
    title = fee_notices.default_title(dossier)
    return payments.collection(desk, dossier, replace(fee, lines=lines), title), payments.proofs(fee.evidence)


def lodge(desk: Desk, form: CounterForm, decide: Command) -> tuple[Acted, ...]:
    """Ghi hồ sơ nộp tại quầy, and in the same transaction ``decide``: refused, or sent for papers; never received.

    Raises as ``register``; then neither was written.
    """
    command = birth(desk, form, Lodge)

    def numbered(connection: Connection) -> Lodge:
        given = numbers.take(connection, command.desk_unit_id, command.made_at.date(), ["code"])
        return replace(command, code=_code(command, given[0])) if given else command

    acted = bear(desk, numbered, _blobs(form.components), lambda _dossier: (decide, ()))
    _written_down(desk, form)
    return acted


def _written_down(desk: Desk, form: CounterForm) -> None:
    """Remember the procedure; the dossier is written down: what only saves typing may not say that it is not."""
    with suppress(StoreTrouble):
        remember_procedure(desk, form.procedure_code.strip())


def birth(desk: Desk, form: CounterForm, kind: type[B]) -> B:
    """Return what the form says as the command that makes the dossier, without numbers; BadInput as ``register``."""
    return kind(
        made_at=desk.clock.now(),
        procedure=procedure_ref(desk, form.procedure_code),
        desk_unit_id=desk.officer.unit_id,
        applicant=_cleaned(form.applicant),
        submitter=_cleaned(form.submitter),
        components=form.components,
        summary=form.summary.strip(),
        result_channel=form.result_channel,
        sets=form.sets,
        mail_to=_mailing(form),
        result_also_online=form.result_also_online,
    )


def _numbered(connection: Connection, command: Register) -> Register:
    unit_id, day = command.desk_unit_id, command.made_at.date()
    given = numbers.take(connection, unit_id, day)
    if given is None:
        return command
    code, receipt = given
    return replace(
        command, code=_code(command, code), receipt_code=dossier_code.make_receipt(unit_id, day, receipt)
    )


def _code(command: Birth, number: int) -> str:
    return dossier_code.make(command.desk_unit_id, command.made_at.date(), number)


def correct(desk: Desk, seen: Dossier, form: CounterForm, reason: str) -> Acted:
    """Correct a reception after its slip was printed: numbers, the moment of receipt and what was checked stay.

    ``seen``: the dossier as the officer saw it; what he left as it was there is not changed.
    """
    checks = {component.name: component.check for component in seen.components}
    components = tuple(replace(c, check=c.check or checks.get(c.name)) for c in form.components)
    # No form asks for an account, so nobody means to take it away; who files for himself has one.
    account = (seen.submitter if form.applicant == form.submitter else seen.applicant).account
    command = CorrectReception(
        made_at=desk.clock.now(),
        reason=reason.strip(),
        procedure=procedure_ref(desk, form.procedure_code),
        applicant=replace(_cleaned(form.applicant), account=account),
        submitter=replace(_cleaned(form.submitter), account=seen.submitter.account),
        components=components,
        summary=form.summary.strip(),
        result_channel=form.result_channel,
        sets=form.sets,
        mail_to=_mailing(form),
        result_also_online=form.result_also_online,
        before=reception_of(seen),
    )
    return act(desk, seen.id, command, _blobs(form.components), portal_judges=frozenset({EDITED}))


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
        dossier.mail_to,
        dossier.result_also_online,
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


def procedure(code: str) -> Procedure | None:
    """Return the procedure of exactly this code. Pure; any thread."""
    return catalogues.procedures().get(code)


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
    person = Person(card.name, identity_no=card.number, address=card.address, birth_date=card.birth_date)
    return person, citizen_id.card_warnings(card)


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
        email=person.email.strip(), birth_date=None if person.kind == ORGANISATION else person.birth_date,
    )  # fmt: skip


def _mailing(form: CounterForm) -> Mailing | None:
    """Return the address of its own that a posted result goes to; raises BadInput as ``register``."""
    to = form.mail_to
    if to is None or form.result_channel != "post":
        return None
    return Mailing(clean_name(to.name), citizen_id.check_phone(to.phone), " ".join(to.address.split()))


def _blobs(components: Sequence[Component]) -> list[str]:
    return [file.sha256 for component in components for file in component.files]
