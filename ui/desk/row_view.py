"""What one row of the dossier table shows: finished words and kinds, ready to paint.

Stands apart because it is the whole contract between what a dossier means (``ui.present``) and how a row looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FeeKind = Literal["none", "due", "paid", "paid_unsent", "waived", "refunded", "partial", "not_charged"]
DueKind = Literal["plain", "soon", "late", "paused", "done", "none"]
Stripe = Literal["none", "paid", "pause", "soon", "late", "conflict"]


@dataclass(frozen=True, slots=True)
class RowView:
    """One dossier in four columns of two lines each.

    ``fee_kind`` paid alone fills the row green; ``paid_unsent`` is the outlined badge. ``fee_alarm`` warns before the
    second line of the money: past its day, or nobody reached. ``queued`` puts the mark of unsent work before
    ``status_line``. ``accessible`` is the sentence a screen reader says for the row.
    """

    id: str | int
    name: str
    code: str
    procedure: str
    status_line: str
    fee_kind: FeeKind = "none"
    fee_line1: str = ""
    fee_line2: str = ""
    fee_alarm: bool = False
    due_kind: DueKind = "none"
    due_line1: str = ""
    due_line2: str = ""
    stripe: Stripe = "none"
    queued: bool = False
    accessible: str = ""
