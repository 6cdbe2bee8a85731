"""What reception may know of a dossier that is not its own: where it stands, and nothing of the person or the papers.

Stands apart from the dossier so that nothing else can slip through the one door that is open to every desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.dossier import Dossier
from app.domain.listing import holder_of
from app.domain.notices import owing


@dataclass(frozen=True, slots=True)
class LookedUp:
    """State, holder, due date and what is owing, in đồng; no name of the citizen, no number, no paper."""

    code: str
    receipt_code: str
    procedure: str
    state: int
    sub_state: str
    unit: str
    holder: str
    due_at: datetime | None
    owing: int


def looked_up(dossier: Dossier, unit_name: str) -> LookedUp:
    """Return what may be told; ``unit_name``: of the unit where it stands."""
    holder = holder_of(dossier)
    return LookedUp(
        code=dossier.code,
        receipt_code=dossier.receipt_code or "",
        procedure=dossier.procedure.name,
        state=int(dossier.state),
        sub_state=dossier.sub_state.value if dossier.sub_state else "",
        unit=unit_name,
        holder=holder.name if holder else "",
        due_at=dossier.due_at,
        owing=owing(dossier),
    )
