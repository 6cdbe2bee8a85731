"""Settings of the unit's desk: kept by the administrator, at the portal.

Stands apart from the officer's own preferences: these change what counts as paid and who is told.
"""

from __future__ import annotations

from app.domain.unit_settings import UnitSettings, may_change
from app.errors import BadInput
from app.services.desk import Desk


def settings(desk: Desk) -> UnitSettings:
    """Return what is in force; raises KnownError when the portal is not reached. Thread: any but the GUI's."""
    return desk.engine.ask.settings()


def change(desk: Desk, wanted: UnitSettings) -> UnitSettings:
    """Put settings in force; a dossier follows with its next change.

    Raises BadInput ``settings-not-yours``, ``amount-negative``, and KnownError without a network.
    """
    if not may_change(desk.officer):
        raise BadInput("settings-not-yours")
    if wanted.two_eyes_over < 0:
        raise BadInput("amount-negative")
    return desk.engine.ask.change_settings(wanted)
