"""What the administrator has set for a unit's desk, as its dossiers carry it.

Stands apart because rules read only a dossier and an officer: the portal writes the setting in force into the dossier
with its next change, so desk and portal judge by the same words.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.people import Officer
from app.domain.words import Role


@dataclass(frozen=True, slots=True)
class UnitSettings:
    """``two_eyes_over``: above this sum, in đồng, a second officer confirms money taken at the desk; 0: never.

    ``copy_to_applicant``: what the submitter is told goes to the applicant's own addresses too. ``gate_warns``: codes
    of the procedures whose unpaid *thu trước* notice only warns at the reception; it blocks everywhere else.
    ``signer_title``, ``signer_name``: who signs the unit's letters (forms 04 and 05); empty: the form's own title, and
    the name to the pen.
    """

    two_eyes_over: int = 0
    copy_to_applicant: bool = False
    gate_warns: tuple[str, ...] = ()
    signer_title: str = ""
    signer_name: str = ""


UNSET = UnitSettings()
LONGEST_SIGNER = 80
"""Letters of a signer's title or name: two lines over a signature."""


def may_change(officer: Officer) -> bool:
    """Say whether this officer keeps the settings of his unit."""
    return Role.ADMINISTRATOR in officer.roles
