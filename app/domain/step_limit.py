"""When the present step is due: its own share of the procedure's limit, counted from when it was handed over.

Stands apart from ``deadline``, which knows the law's limits: a step's share is the office's own plan and moves no
appointment.
"""

from __future__ import annotations

from datetime import datetime

from app.domain.calendar import Calendar
from app.domain.dossier import Dossier
from app.domain.procedures import Procedure
from app.domain.words import State
from app.domain.working_time import add_minutes, working_minutes


def step_due_at(dossier: Dossier, procedure: Procedure | None, calendar: Calendar) -> datetime | None:
    """Return when the step of a dossier in processing is due; None when it has no limit of its own.

    Working time in which the dossier stood since the step began is added.
    """
    limit = step_minutes(dossier, procedure)
    if dossier.state is not State.PROCESSING or dossier.assigned_at is None or limit is None:
        return None
    since = dossier.assigned_at
    stood = sum(
        working_minutes(calendar, max(pause.started_at, since), pause.ended_at)
        for pause in dossier.pauses
        if pause.ended_at is not None and pause.ended_at > since
    )
    return add_minutes(calendar, since, limit + stood)


def step_minutes(dossier: Dossier, procedure: Procedure | None) -> int | None:
    """Return the working minutes planned for the dossier's present step, None when nobody planned any."""
    if procedure is None or dossier.step is None:
        return None
    key = dossier.step.key
    return next((step.limit_working_minutes for step in procedure.steps if step.key == key), None)
