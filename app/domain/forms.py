"""The seven official forms: which one fits a dossier's state, and the numbers that each circular gives them.

Stands apart because numbers and names are data that changed with the law (TT 01/2018/TT-VPCP, TT 03/2025/TT-VPCP) while
the papers' contents hardly did; code knows a form by what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.appointments import apology_due
from app.domain.calendar import Calendar
from app.domain.dossier import Dossier
from app.domain.words import State
from app.errors import BadInput


class Form(StrEnum):
    """What a paper is for; the order is that of the circular in force."""

    RECEPTION = "reception"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    STOP = "stop"
    CONTROL = "control"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class FormName:
    """How a circular calls a form; no number: it does not have this form."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Edition:
    """The forms of one circular, printed from ``valid_from`` on."""

    key: str
    source: str
    valid_from: date
    names: Mapping[Form, FormName]

    def label(self, form: Form) -> str:
        """Return ``Mẫu số 01 (Thông tư số 03/2025/TT-VPCP)``, or nothing when it has no number."""
        number = self.names[form].number
        return f"Mẫu số {number} ({self.source})" if number else ""


def edition_on(editions: Sequence[Edition], day: date, key: str = "") -> Edition:
    """Return the edition a province named (``key``), else the newest in force on ``day``, else the oldest."""
    if key:
        return next(edition for edition in editions if edition.key == key)
    by_age = sorted(editions, key=lambda edition: edition.valid_from)
    return next((edition for edition in reversed(by_age) if edition.valid_from <= day), by_age[0])


def numbered(edition: Edition, text: str) -> Form:
    """Return the form that an officer calls ``01`` (in this edition) or ``reception``; raises BadInput."""
    wanted = text.strip().lower()
    for form, name in edition.names.items():
        if wanted in {form.value, name.number, name.number.lstrip("0")} - {""}:
            return form
    raise BadInput("no-such-form", form=text)


def _apologises(dossier: Dossier, now: datetime, calendar: Calendar) -> bool:
    written = dossier.extension is not None and dossier.extension.declined_at is None
    return written or apology_due(dossier, now, calendar) == "late"


def _always(_dossier: Dossier, _now: datetime, _calendar: Calendar) -> bool:
    return True


_FITTING: tuple[tuple[State, Callable[[Dossier, datetime, Calendar], bool], Form], ...] = (
    (State.RECEIVED, _always, Form.RECEPTION),
    (State.REFUSED, _always, Form.REFUSAL),
    (State.PROCESSING, _apologises, Form.APOLOGY),
    (State.PROCESSING, _always, Form.CONTROL),
    (State.AWAITING_SUPPLEMENT, _always, Form.SUPPLEMENT),
    (State.AWAITING_OBLIGATION, _always, Form.STOP),
    (State.WITHDRAWN, _always, Form.STOP),
    (State.STOPPED, _always, Form.STOP),
    (State.COMPLETED, _always, Form.CONTROL),
    (State.RETURNED, _always, Form.CONTROL),
)
"""Which form the step asks for: the first row that holds."""

_OPEN = frozenset({State.RECEIVED, State.PROCESSING, State.AWAITING_SUPPLEMENT, State.AWAITING_OBLIGATION})
_TAKEN = _OPEN | {State.STOPPED, State.COMPLETED, State.RETURNED}
_ALLOWED: dict[Form, frozenset[State]] = {
    Form.RECEPTION: _TAKEN,
    Form.SUPPLEMENT: frozenset({State.SUBMITTED, State.PROCESSING, State.AWAITING_SUPPLEMENT}),
    Form.REFUSAL: frozenset({State.REFUSED}),
    Form.APOLOGY: _OPEN | {State.COMPLETED, State.RETURNED},
    Form.STOP: frozenset({State.AWAITING_OBLIGATION, State.WITHDRAWN, State.STOPPED}),
    Form.CONTROL: _TAKEN,
    Form.REGISTER: frozenset(),
}
"""In which states a form says something true; a register is made of many dossiers, never of one."""


def form_for(dossier: Dossier, now: datetime, calendar: Calendar) -> Form | None:
    """Return the official form that fits the step; None while nothing was decided that a form could say."""
    rows = (form for state, holds, form in _FITTING if dossier.state is state and holds(dossier, now, calendar))
    return next(rows, None)


def fits(form: Form, dossier: Dossier) -> bool:
    """Tell whether the form says something true of the dossier: a refusal slip only for a refused one."""
    return dossier.state in _ALLOWED[form]
