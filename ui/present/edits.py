"""One field that two people changed, in words: what it is called on the form, and a value as one line.

Stands apart because a value may be a name, a procedure or a list of papers, and both sides must read alike.
"""

from __future__ import annotations

from datetime import date

from app import texts
from app.domain.dossier import Component, ProcedureRef
from app.domain.edits import Clash
from app.domain.people import Mailing

_NOTHING = "để trống"
_KEYS = {
    ("result_channel", "counter"): "tại quầy",
    ("result_channel", "post"): "bưu chính",
    ("kind", "person"): "cá nhân",
    ("kind", "organisation"): "tổ chức",
}


def once(clashes: tuple[Clash, ...]) -> tuple[Clash, ...]:
    """Return the clashes without the submitter's that say the same as the applicant's: he filed for himself."""
    said = {(c.field.removeprefix("applicant."), c.mine, c.theirs) for c in clashes if c.field.startswith("applicant.")}
    return tuple(c for c in clashes if (c.field.removeprefix("submitter."), c.mine, c.theirs) not in said)


def field_words(clash: Clash) -> str:
    """Return the field's name with a capital letter."""
    name = texts.FIELD_NAMES.get(clash.field, clash.field)
    return name[:1].upper() + name[1:]


def value_words(field: str, value: object) -> str:
    """Return one value of ``field`` as one line; never empty."""
    if isinstance(value, ProcedureRef):
        return f"{value.code} {value.name}"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Mailing):
        return ", ".join((value.name, value.phone, value.address))
    if isinstance(value, tuple):
        return "; ".join(_paper(item) for item in value if isinstance(item, Component)) or _NOTHING
    text = "" if value is None else str(value)
    return _KEYS.get((field.rpartition(".")[2], text), text) or _NOTHING


def before_words(clash: Clash) -> str:
    """Return what stands under a value: what it was before anybody changed it."""
    return f"\ntrước đó {value_words(clash.field, clash.before)}"


def _paper(paper: Component) -> str:
    counts = ((paper.originals, "bản chính"), (paper.certified, "chứng thực"), (paper.copies, "bản sao"))
    files = ((len(paper.files), "tệp"),)
    told = ", ".join(f"{count} {what}" for count, what in (*counts, *files) if count)
    return f"{paper.name} ({told})" if told else paper.name
