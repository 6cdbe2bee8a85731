"""``motcua-cli desk register`` and ``correct``: a dossier brought in person, received and put right.

Stands apart from the other verbs for its many options about people and papers.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from app.cli import desk_forms as forms
from app.cli.lane import settled
from app.cli.output import DONE, emit
from app.domain.dossier import Component
from app.domain.people import Person
from app.errors import BadInput
from app.services import counter, inbox
from app.services.counter import CounterForm
from app.services.desk import Desk

_ONE_OF_EACH = 1


def register(desk: Desk, args: argparse.Namespace) -> int:
    """Tiếp nhận tại quầy; prints the numbers that were given."""
    acted = counter.register(desk, _form(desk, args, None))
    dossier = inbox.card(desk, acted.dossier_id).dossier
    return settled(desk, acted, id=dossier.id, dossier_code=dossier.code, receipt_code=dossier.receipt_code)


def correct(desk: Desk, args: argparse.Namespace) -> int:
    """Sửa thông tin tiếp nhận: what is not given stays as it was."""
    dossier = inbox.card(desk, inbox.locate(desk, args.code)).dossier
    return settled(desk, counter.correct(desk, dossier.id, _form(desk, args, counter.form_of(dossier)), args.reason))


def procedures(_desk: Desk, args: argparse.Namespace) -> int:
    """Tìm thủ tục, by code or words without diacritics."""
    for procedure in counter.procedures(args.text):
        emit({"code": procedure.code, "name": procedure.name, "components": list(procedure.components)})
    return DONE


def _form(desk: Desk, args: argparse.Namespace, before: CounterForm | None) -> CounterForm:
    scanned = counter.from_card(args.card)[0] if args.card else None
    start = before.applicant if before else Person("")
    applicant = _person(scanned or start, args, "")
    other = before.submitter if before and before.submitter != before.applicant else None
    submitter = _person(other or Person(""), args, "submitter_") if args.submitter_name or other else applicant
    code = args.procedure or (before.procedure_code if before else "")
    papers = components(desk, args) or (before.components if before else _listed(desk, code))
    summary = args.summary or (before.summary if before else "")
    sets = args.sets or (before.sets if before else 1)
    return CounterForm(code, applicant, submitter, papers, summary, args.result or "counter", sets)


def _person(start: Person, args: argparse.Namespace, prefix: str) -> Person:
    given: dict[str, Any] = {
        field: getattr(args, f"{prefix}{option}", "")
        for field, option in (
            ("name", "name"), ("identity_no", "id_no"), ("phone", "phone"), ("email", "email"),
            ("address", "address"),
        )
    }  # fmt: skip
    kind = {"kind": "organisation"} if not prefix and args.organisation else {}
    return replace(start, **{field: value for field, value in given.items() if value}, **kind)


def components(desk: Desk, args: argparse.Namespace) -> tuple[Component, ...]:
    """Return the papers written ``NAME=ORIGINALS/CERTIFIED/COPIES``; files are handed in for them in order."""
    files = forms.attach(desk, args.file)
    found = [_component(text) for text in args.paper]
    for at, file in enumerate(files):
        place = min(at, len(found) - 1)
        if place < 0:
            raise BadInput("component-unsound")
        found[place] = replace(found[place], files=(*found[place].files, file))
    return tuple(found)


def _component(text: str) -> Component:
    name, _, counts = text.rpartition("=")
    try:
        originals, certified, copies = (int(part) for part in counts.split("/"))
    except ValueError:
        return Component(text.strip(), originals=_ONE_OF_EACH)
    return Component(name.strip(), (), originals, certified, copies)


def _listed(desk: Desk, code: str) -> tuple[Component, ...]:
    names = next((p.components for p in counter.procedures(code) if p.code == code), ())
    return tuple(Component(name, originals=_ONE_OF_EACH) for name in names)


COUNTER_VERBS = {"register": register, "correct": correct, "procedures": procedures}
