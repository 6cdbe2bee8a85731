"""Two people edit one dossier: what an edit changes, and what somebody else changed meanwhile, field by field.

Stands apart because desk, portal and screen must compare alike. An edit carries ``before``, the values its officer
looked at: what it leaves as it was then is not its business, so edits of different fields both stand. An edit without
``before`` was queued by an older desk; all it says counts, whatever stands there now.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from app.domain.asking import Ask
from app.domain.corrections import Contact, CorrectContact, CorrectReception, Reception
from app.domain.dossier import Component, Dossier
from app.domain.guards import Finding
from app.domain.people import Person

Edit = CorrectReception | CorrectContact
Fields = dict[str, Any]

_PERSON = tuple(field.name for field in fields(Person))
_WHOLE = ("procedure", "components", "result_channel", "sets", "mail_to", "result_also_online")
EDITED = "edited-meanwhile"


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that two people changed: what it was, what this officer wrote, what somebody else wrote."""

    field: str
    before: Any
    mine: Any
    theirs: Any


def clashes(dossier: Dossier, edit: Edit) -> tuple[Clash, ...]:
    """Return the fields that ``edit`` changes and that are neither as it found them nor as it wants them."""
    if edit.before is None:
        return ()
    now, mine, base = _now(dossier, edit), _mine(edit), _base(edit)
    return tuple(
        Clash(name, base[name], mine[name], now[name])
        for name in changed(edit)
        if now[name] not in (base[name], mine[name])
    )


def changed(edit: Edit) -> tuple[str, ...]:
    """Return the fields that ``edit`` means to change, in the order of the form; needs its ``before``."""
    mine, base = _mine(edit), _base(edit)
    return tuple(name for name in mine if mine[name] != base[name])


def rebased_contact(edit: CorrectContact, dossier: Dossier, give_up: Collection[str] = ()) -> CorrectContact:
    """Return ``edit`` as it reads over the dossier of now: only what it changes, less the fields given up."""
    if edit.before is None:
        return edit
    mine = _mine(edit)
    kept = {name: mine[name] for name in changed(edit) if name not in give_up}
    phone, email = kept.get("submitter.phone", ""), kept.get("submitter.email", "")
    return replace(edit, phone=phone, email=email, before=contact_of(dossier))


def rebased_reception(edit: CorrectReception, dossier: Dossier, give_up: Collection[str] = ()) -> CorrectReception:
    """Return ``edit`` as it reads over the dossier of now: what it does not change, or gives up, is as it is now."""
    if edit.before is None:
        return edit
    mine = _mine(edit)
    kept = {name: mine[name] for name in changed(edit) if name not in give_up}
    fields_now = _now(dossier, edit) | kept
    whole = {name: fields_now[name] for name in (*_WHOLE, "summary")}
    whole["components"] = _checked(edit, dossier) if "components" in kept else dossier.components
    return replace(
        edit,
        applicant=_person("applicant", fields_now),
        submitter=_person("submitter", fields_now),
        before=reception_of(dossier),
        **whole,
    )


def rebased(edit: Edit, dossier: Dossier, give_up: Collection[str] = ()) -> Edit:
    """Return either kind of edit over the dossier of now."""
    if isinstance(edit, CorrectContact):
        return rebased_contact(edit, dossier, give_up)
    return rebased_reception(edit, dossier, give_up)


def contact_of(dossier: Dossier) -> Contact:
    """Return what an officer sees who is about to correct where notices go."""
    return Contact(dossier.submitter.phone, dossier.submitter.email)


def reception_of(dossier: Dossier) -> Reception:
    """Return what an officer sees who is about to correct a reception."""
    return Reception(**{field.name: getattr(dossier, field.name) for field in fields(Reception)})


def nobody_changed_the_same(ask: Ask) -> Finding:
    """What the officer changes is as he found it: nobody's work is written over unread."""
    found = clashes(ask.dossier, ask.command)
    return (EDITED, {"fields": tuple(clash.field for clash in found)}) if found else None


def _now(dossier: Dossier, edit: Edit) -> Fields:
    return _contact(contact_of(dossier)) if isinstance(edit, CorrectContact) else _reception(dossier)


def _mine(edit: Edit) -> Fields:
    if isinstance(edit, CorrectReception):
        return _reception(edit)
    base = edit.before or Contact()
    return _contact(Contact(edit.phone or base.phone, edit.email or base.email))


def _base(edit: Edit) -> Fields:
    if isinstance(edit, CorrectReception):
        return _reception(edit.before) if edit.before else {}
    return _contact(edit.before or Contact())


def _contact(of: Contact) -> Fields:
    return {"submitter.phone": of.phone, "submitter.email": of.email}


def _reception(of: Dossier | CorrectReception | Reception) -> Fields:
    """What was found of a paper is no part of its reception: a check made meanwhile is no clash."""
    papers = tuple(replace(component, check=None) for component in of.components)
    people = {"applicant": of.applicant, "submitter": of.submitter}
    return {
        **{f"{who}.{name}": getattr(person, name) for who, person in people.items() for name in _PERSON},
        **{name: getattr(of, name) for name in _WHOLE},
        "components": papers,
        "summary": of.summary or of.procedure.name,
    }


def _person(who: str, found: Mapping[str, Any]) -> Person:
    return Person(**{name: found[f"{who}.{name}"] for name in _PERSON})


def _checked(edit: CorrectReception, dossier: Dossier) -> tuple[Component, ...]:
    now = {component.name: component.check for component in dossier.components}
    return tuple(replace(component, check=now.get(component.name, component.check)) for component in edit.components)
