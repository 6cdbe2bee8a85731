"""What officers found and decided while they worked on a dossier, as values it carries.

Stands apart from the dossier so that each record is read on its own. People stand here by name, as a history does; who
may act is told by the dossier's own holder fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.words import CheckVerdict, Signature, State


@dataclass(frozen=True, slots=True)
class Check:
    """What was found of one component. ``unopened``: passed without its files having been looked at."""

    verdict: CheckVerdict
    by: str
    at: datetime
    reason: str = ""
    unopened: bool = False


@dataclass(frozen=True, slots=True)
class SupplementRound:
    """Yêu cầu bổ sung: which papers, why, by when; asked by the processor or at the desk, told, supplied, accepted.

    ``from_state`` is where the dossier goes on: 1 when it was asked before reception, else 4.
    """

    papers: tuple[str, ...]
    reason: str
    from_state: State
    asked_by: str
    asked_at: datetime
    supply_by: date | None = None
    told_by: str = ""
    told_at: datetime | None = None
    supplied_at: datetime | None = None
    accepted_by: str = ""
    accepted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """Trình lãnh đạo: proposed by whom to whom, and what was decided; ``approved`` None while it waits."""

    asked_by: str
    asked_at: datetime
    to: str
    note: str = ""
    approved: bool | None = None
    decided_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """Form 05: the handling stops; ``ends``: for good, otherwise it may go on."""

    reason: str
    by: str
    at: datetime
    ends: bool


@dataclass(frozen=True, slots=True)
class Result:
    """How the result file stands: signed by whom, known to be unsigned, or not checked."""

    signature: Signature
    signed_by: str = ""


@dataclass(frozen=True, slots=True)
class Collected:
    """How the result was handed over: identity checked how, signed for on paper, or posted under a number."""

    identity: str = ""
    signed: bool = False
    post_code: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """What the citizen says of the service: 1 to 5."""

    stars: int
    at: datetime
    note: str = ""
