"""Form 04 as a value: the written apology with a new appointment, first proposed, then signed or declined by the head.

Stands apart from the dossier that carries it so that the form, the message and the rules read one thing. A dossier is
given a new appointment once (TT 03/2025/TT-VPCP, form 04).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Extension:
    """``due_at`` is the date of the letter; names as people read them.

    ``first_due_at``: the appointment it replaces, by which lateness is judged; later pauses move it like the due date.
    ``late``: signed only after that appointment had passed. A declined proposal stays to be read until the next one.
    """

    reason: str
    due_at: datetime
    proposed_at: datetime
    proposed_by: str
    first_due_at: datetime | None = None
    signed_at: datetime | None = None
    signed_by: str = ""
    late: bool = False
    declined_at: datetime | None = None
    declined_by: str = ""
    declined_why: str = ""

    @property
    def signed(self) -> bool:
        """Whether the head has signed, and the new appointment counts."""
        return self.signed_at is not None

    @property
    def waiting(self) -> bool:
        """Whether it lies with the head: neither signed nor declined."""
        return self.signed_at is None and self.declined_at is None
