"""What officers correct of what was written down, as frozen values: a reception, and where notices go.

Stands apart from the other commands because two officers may correct at once: each says what it found (``edits``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.dossier import Component, ProcedureRef
from app.domain.people import Mailing, Person


@dataclass(frozen=True, slots=True)
class Reception:
    """What was written down of a dossier when it was received, as an officer finds it who corrects it."""

    procedure: ProcedureRef
    applicant: Person
    submitter: Person
    components: tuple[Component, ...]
    summary: str = ""
    result_channel: str = "counter"
    sets: int = 1
    mail_to: Mailing | None = None
    result_also_online: bool = False


@dataclass(frozen=True, slots=True)
class CorrectReception:
    """Mistakes found after the slip was printed: the whole reception as it should have been, with the reason.

    ``before``: as the officer found it; only what differs from it is changed. None from a desk that did not say.
    """

    made_at: datetime
    reason: str
    procedure: ProcedureRef
    applicant: Person
    submitter: Person
    components: tuple[Component, ...]
    summary: str = ""
    result_channel: str = "counter"
    sets: int = 1
    mail_to: Mailing | None = None
    result_also_online: bool = False
    before: Reception | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Where notices go."""

    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class CorrectContact:
    """Correct a wrong telephone number or e-mail address of the submitter; an empty one stays as it is.

    ``before``: as the officer found it. None from a desk that did not say.
    """

    made_at: datetime
    phone: str = ""
    email: str = ""
    before: Contact | None = None
