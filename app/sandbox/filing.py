"""A citizen's application becomes a dossier: state 1 at a desk, with the procedure as it is today.

Stands apart because the citizen's endpoint and the seeding file alike, and both must keep the procedure's version,
steps and units the way a real portal does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from app import catalogues
from app.domain import acceptance
from app.domain.calendar import Calendar
from app.domain.dossier import Component, Dossier, HistoryItem, ProcedureRef
from app.domain.people import FileRef, Person
from app.domain.procedures import Procedure, reference
from app.domain.words import FilingChannel, State
from app.sandbox.offices import office_for


@dataclass(frozen=True, slots=True)
class Application:
    """What a citizen hands in; ``files`` are given to the required papers in order, the last takes the rest."""

    applicant: Person
    submitter: Person
    files: tuple[FileRef, ...] = ()
    channel: FilingChannel = FilingChannel.ONLINE
    summary: str = ""
    result_channel: str = "counter"


@cache
def procedure_ref(code: str, desk_unit_id: str) -> ProcedureRef:
    """Return what a dossier keeps of a procedure at a desk; KeyError for a code not in the catalogue."""
    return reference(catalogues.procedures()[code], lambda kind: office_for(desk_unit_id, kind).id)


def filed(
    dossier_id: str, code: str, procedure: Procedure, desk_unit_id: str, application: Application, now: datetime,
    calendar: Calendar,
) -> Dossier:  # fmt: skip
    """Return the new dossier; its acceptance clock of eight working hours starts now."""
    return Dossier(
        id=dossier_id,
        code=code,
        receipt_code=None,
        version=1,
        procedure=procedure_ref(procedure.code, desk_unit_id),
        applicant=application.applicant,
        submitter=application.submitter,
        channel=application.channel,
        desk_unit_id=desk_unit_id,
        state=State.SUBMITTED,
        sub_state=None,
        submitted_at=now,
        accept_by=acceptance.accept_by(now, calendar),
        summary=application.summary or procedure.name,
        result_channel=application.result_channel,
        components=components(tuple(paper.title for paper in procedure.components), application.files),
        history=(HistoryItem("submitted", now, application.submitter.name),),
    )


def components(names: tuple[str, ...], files: tuple[FileRef, ...]) -> tuple[Component, ...]:
    """Return the required papers with the files handed in for them."""
    last = max(len(names) - 1, 0)
    rows = [Component(name, files[at : at + 1] if at < last else files[at:]) for at, name in enumerate(names)]
    return tuple(rows) if names else (Component("Giấy tờ kèm theo", files),)
