"""Tiếp nhận tại quầy: how a dossier that the portal has never seen comes into the world, and how it is corrected.

Stands apart because everything else changes a dossier that is there. A ``Birth`` makes a newborn (version 0, state 1),
which the ordinary table then receives (``Register``), or leaves in state 1 (``Lodge``) for what is refused or lacks
papers: desk and portal do the same two steps. Received is when the citizen stood at the counter, not when the network
came back: the printed slip and the portal name the same appointment.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from app.domain.acceptance import start_anew
from app.domain.appointments import promised
from app.domain.asking import Ask
from app.domain.calendar import Calendar
from app.domain.citizen_id import is_birth_date, is_phone, is_tax_code
from app.domain.corrections import CorrectReception
from app.domain.dossier import Dossier, HistoryItem, Outcome
from app.domain.edits import rebased_reception
from app.domain.folding import LONGEST_NAME
from app.domain.guards import Finding, unsound_limit
from app.domain.people import Mailing, Officer, Person, ref
from app.domain.words import FilingChannel, State
from app.domain.work_commands import Birth, Lodge, Register

CLOCKS_DIFFER = timedelta(minutes=5)
MAX_COMPONENTS = 100
MAX_SETS = 99
ORGANISATION = "organisation"


def newborn(dossier_id: str, command: Birth) -> Dossier:
    """Return the dossier that ``command`` is about, before anything was done with it."""
    return Dossier(
        id=dossier_id,
        code=command.code,
        receipt_code=None,
        version=0,
        procedure=command.procedure,
        applicant=command.applicant,
        submitter=command.submitter,
        channel=FilingChannel.COUNTER,
        desk_unit_id=command.desk_unit_id,
        state=State.SUBMITTED,
        sub_state=None,
        submitted_at=command.made_at,
        summary=command.summary or command.procedure.name,
        result_channel=command.result_channel,
        result_also_online=command.result_also_online,
        mail_to=command.mail_to,
        sets=command.sets,
        components=command.components,
        history=(HistoryItem("submitted", command.made_at, command.submitter.name),),
    )


def came_with(dossier: Dossier, command: Birth) -> bool:
    """Say whether the dossier came into the world with this very reception, perhaps under another key.

    A portal restored from a backup may take a late copy of what it had refused, and the officer repeats it.
    """
    return dossier.version > 0 and dossier.submitted_at == command.made_at


def register(
    dossier: Dossier, command: Register, actor: Officer, now: datetime, calendar: Calendar
) -> Outcome:
    """Newborn → 2, with the numbers of the block if there were any left."""
    at = min(command.made_at, now)
    received = replace(
        dossier,
        state=State.RECEIVED,
        receipt_code=command.receipt_code or None,
        received_at=at,
        received_by=ref(actor),
        due_at=promised(dossier, at, calendar),
        step=dossier.procedure.steps[0],
        step_at=at,
    )
    return received, (HistoryItem("received", at, actor.name),)


def lodge(
    dossier: Dossier, command: Lodge, actor: Officer, now: datetime, calendar: Calendar
) -> Outcome:
    """Newborn stays 1: nothing is promised, no entry in the register; the desk has its eight hours to decide."""
    at = min(command.made_at, now)
    return start_anew(dossier, at, calendar), (HistoryItem("lodged", at, actor.name),)


def correct(
    dossier: Dossier, command: CorrectReception, actor: Officer, now: datetime, calendar: Calendar
) -> Outcome:
    """2 stays 2: numbers and the moment of receipt stay; another procedure has its own time from that moment."""
    command = rebased_reception(command, dossier)
    at, same = dossier.received_at or command.made_at, command.procedure == dossier.procedure
    meant = replace(dossier, procedure=command.procedure)
    corrected = replace(
        meant,
        applicant=command.applicant,
        submitter=command.submitter,
        components=command.components,
        summary=command.summary or command.procedure.name,
        result_channel=command.result_channel,
        result_also_online=command.result_also_online,
        mail_to=command.mail_to,
        sets=command.sets,
        due_at=dossier.due_at if same else promised(meant, at, calendar),
        step=dossier.step if same else command.procedure.steps[0],
        step_at=dossier.step_at if same else at,
    )
    return corrected, (HistoryItem("reception_corrected", now, actor.name, note=command.reason),)


# -- conditions ------------------------------------------------------------------------------------------------------


def never_seen(ask: Ask) -> Finding:
    """Only a newborn is registered; anything that has a version is there already."""
    return ("already-registered", {}) if ask.dossier.version else None


def made_in_time(ask: Ask) -> Finding:
    """A receipt is not dated ahead: a desk's clock may differ by minutes, not by a day."""
    ahead = ask.command.made_at > ask.now + CLOCKS_DIFFER
    return ("made-in-future", {"since": ask.command.made_at}) if ahead else None


def people_sound(ask: Ask) -> Finding:
    """Applicant and submitter have names; numbers and birth are what they claim to be; post has whom to go to."""
    for person in (ask.command.applicant, ask.command.submitter):
        if finding := _person(person, ask.command.made_at.date()):
            return finding
    return _mailing(ask.command.mail_to)


def papers_sound(ask: Ask) -> Finding:
    """Components are named, not endless, their counts not negative; at least one set."""
    components = ask.command.components
    if len(components) > MAX_COMPONENTS:
        return "too-many-components", {"limit": MAX_COMPONENTS}
    sound = all(c.name.strip() and min(c.originals, c.certified, c.copies) >= 0 for c in components)
    if not sound:
        return "component-unsound", {}
    sets = getattr(ask.command, "sets", 1)  # a supplement is brought paper by paper
    return None if 1 <= sets <= MAX_SETS else ("sets-unsound", {"limit": MAX_SETS})


def something_brought(ask: Ask) -> Finding:
    """At least one paper was brought."""
    return None if ask.command.components else ("papers-needed", {})


def procedure_can_run(ask: Ask) -> Finding:
    """The procedure has steps to walk and a limit that gives an appointment."""
    procedure = ask.command.procedure
    return unsound_limit(procedure) if procedure.steps else ("procedure-unsound", {})


def _person(person: Person, today: date) -> Finding:
    if not person.name.strip():
        return "name-empty", {}
    if len(person.name) > LONGEST_NAME:
        return "name-too-long", {"most": LONGEST_NAME}
    if person.phone and not is_phone(person.phone):
        return "phone-invalid", {}
    if person.kind == ORGANISATION and not is_tax_code(person.identity_no):
        return "tax-code-invalid", {}
    if person.birth_date is not None and not is_birth_date(person.birth_date, today):
        return "birth-date-off", {}
    return None


def _mailing(to: Mailing | None) -> Finding:
    if to is None:
        return None
    if not (to.name.strip() and to.address.strip()):
        return "mailing-unsound", {}
    if max(len(to.name), len(to.address)) > LONGEST_NAME:
        return "name-too-long", {"most": LONGEST_NAME}
    return None if is_phone(to.phone) else ("phone-invalid", {})
