"""How long a desk keeps an ended dossier, so that a stolen or sold machine holds what is worked on and no more.

Stands apart from the states: a dossier may be ended and still owe money to somebody. The portal keeps everything.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from app.domain.dossier import Dossier
from app.domain.notices import open_notices
from app.domain.settlement import over
from app.domain.words import CaseState

KEEP_DAYS = 60
_OVER = frozenset({CaseState.CLOSED, CaseState.REFUNDED})


def kept_until(dossier: Dossier, days: int = KEEP_DAYS) -> datetime | None:
    """Return when an ended dossier may leave the desk; None while it is worked on or money is open."""
    if not over(dossier) or open_notices(dossier) or any(case.state not in _OVER for case in dossier.cases):
        return None
    known = [item.at for item in dossier.history] + ([dossier.returned_at] if dossier.returned_at else [])
    return max(known) + timedelta(days=days) if known else None
