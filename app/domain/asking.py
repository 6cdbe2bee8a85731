"""One question to the rules: who wants what of which dossier, and when.

Stands apart so that rights and guards read the same facts; a button asks without a command.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.calendar import Calendar
from app.domain.dossier import Dossier
from app.domain.people import Officer


@dataclass(frozen=True, slots=True)
class Ask:
    """``command`` is None for a button; ``subject_id``: the notice, payment or ground it is about, empty for any.

    ``calendar``: the office's, for a command that is applied.
    """

    dossier: Dossier
    actor: Officer
    now: datetime
    command: Any = None
    subject_id: str = ""
    calendar: Calendar | None = None
