"""Settings of the unit's desk: kept by the administrator, at the portal.

Stands apart from the officer's own preferences: these change what counts as paid and who is told.
"""

from __future__ import annotations

from dataclasses import replace

from app import catalogues
from app.domain.unit_settings import LONGEST_SIGNER, UnitSettings, may_change
from app.errors import BadInput
from app.services.desk import Desk


def settings(desk: Desk) -> UnitSettings:
    """Return what is in force; raises KnownError when the portal is not reached. Thread: any but the GUI's."""
    return desk.engine.ask.settings()


def change(desk: Desk, wanted: UnitSettings) -> UnitSettings:
    """Put settings in force; a dossier follows with its next change.

    Raises BadInput settings-not-yours, amount-negative, no-such-procedure, signer-too-long, and KnownError without a
    network.
    """
    if not may_change(desk.officer):
        raise BadInput("settings-not-yours")
    if wanted.two_eyes_over < 0:
        raise BadInput("amount-negative")
    for code in wanted.gate_warns:
        if code not in catalogues.procedures():
            raise BadInput("no-such-procedure", code=code)
    tidy = replace(wanted, signer_title=clean(wanted.signer_title), signer_name=clean(wanted.signer_name))
    if max(len(tidy.signer_title), len(tidy.signer_name)) > LONGEST_SIGNER:
        raise BadInput("signer-too-long", most=LONGEST_SIGNER)
    return desk.engine.ask.change_settings(tidy)


def clean(text: str) -> str:
    """Return one line with single spaces: it is set in capitals over a signature."""
    return " ".join(text.split())
