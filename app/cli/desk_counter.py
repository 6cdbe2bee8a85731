"""``motcua-cli desk register``, ``correct`` and the two ways of not receiving a dossier brought in person.

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
from app.domain.people import Mailing, Person
from app.errors import BadInput
from app.services import counter, inbox, turned_away
from app.services.counter import CounterForm
from app.services.desk import Desk
from app.services.views import Acted

_ONE_OF_EACH = 1


def register(desk: Desk, args: argparse.Namespace) -> int:
    """Tiếp nhận tại quầy; prints the numbers that were given."""
    acted = counter.register(desk, _form(desk, args, None))
    dossier = inbox.card(desk, acted.dossier_id).dossier
    return settled(desk, acted, id=dossier.id, dossier_code=dossier.code, receipt_code=dossier.receipt_code)


def refuse(desk: Desk, args: argparse.Namespace) -> int:
    """Từ chối tại quầy: written down with a code, refused in the same transaction."""
    return _turned_away(desk, turned_away.refuse(desk, _form(desk, args, None), args.reason))


def supplement(desk: Desk, args: argparse.Namespace) -> int:
    """Yêu cầu bổ sung tại quầy: written down with a code, sent for the papers that are missing."""
    form = _form(desk, args, None)
    if not args.paper:
        form = replace(form, components=tuple(c for c in form.components if c.name not in args.missing))
    acted = turned_away.request_supplement(desk, form, args.missing, args.reason, forms.day(args.by))
    return _turned_away(desk, acted)


def _turned_away(desk: Desk, acted: tuple[Acted, ...]) -> int:
    dossier = inbox.card(desk, acted[-1].dossier_id).dossier
    return settled(desk, acted[-1], id=dossier.id, dossier_code=dossier.code, state=int(dossier.state))


def correct(desk: Desk, args: argparse.Namespace) -> int:
    """Sửa thông tin tiếp nhận: what is not given stays as it was."""
    dossier = inbox.card(desk, inbox.locate(desk, args.code)).dossier
    return settled(desk, counter.correct(desk, dossier, _form(desk, args, counter.form_of(dossier)), args.reason))


def procedures(_desk: Desk, args: argparse.Namespace) -> int:
    """Tìm thủ tục, by code or words without diacritics."""
    for procedure in counter.procedures(args.text):
        papers = [paper.title for paper in procedure.components]
        emit({"code": procedure.code, "name": procedure.name, "components": papers})
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
    way = args.result or (before.result_channel if before else "counter")
    mail_to = Mailing(args.mail_name, args.mail_phone, args.mail_address) if args.mail_name else None
    also_online = bool(before and before.result_also_online)
    if args.result_also_online is not None:
        also_online = args.result_also_online
    return CounterForm(
        code, applicant, submitter, papers, summary, way, sets, mail_to or (before.mail_to if before else None),
        also_online,
    )  # fmt: skip


def _person(start: Person, args: argparse.Namespace, prefix: str) -> Person:
    given: dict[str, Any] = {
        field: getattr(args, f"{prefix}{option}", "")
        for field, option in (
            ("name", "name"), ("identity_no", "id_no"), ("phone", "phone"), ("email", "email"),
            ("address", "address"),
        )
    }  # fmt: skip
    if not prefix:
        given |= {"birth_date": forms.day(args.birth_date), "kind": "organisation" if args.organisation else ""}
    return replace(start, **{field: value for field, value in given.items() if value})


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
    listed = next((p.components for p in counter.procedures(code) if p.code == code), ())
    return tuple(Component(paper.title, originals=_ONE_OF_EACH) for paper in listed if not paper.when)


COUNTER_VERBS = {
    "register": register,
    "counter-refuse": refuse,
    "counter-supplement": supplement,
    "correct": correct,
    "procedures": procedures,
}
