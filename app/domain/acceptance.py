"""The acceptance clock: eight working hours to receive or refuse what came online (domain facts §4).

Stands apart from the due date: it has its own start, stands while a *thu trước* notice is open, and starts anew when
that notice is paid; ``submitted_at`` never changes.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.domain.calendar import Calendar
from app.domain.deadline import add_minutes, shift, working_minutes, working_start
from app.domain.dossier import Dossier
from app.domain.notices import gate_notices
from app.domain.words import State

ACCEPT_MINUTES = 480


def accept_by(start: datetime, calendar: Calendar) -> datetime:
    """Return the instant eight working hours after ``start``."""
    return add_minutes(calendar, working_start(calendar, start), ACCEPT_MINUTES)


def stand(dossier: Dossier, now: datetime, calendar: Calendar) -> Dossier:
    """Stop the acceptance clock, keeping what is left; no effect when it stands or does not exist."""
    if dossier.state is not State.SUBMITTED or dossier.accept_by is None:
        return dossier
    left = working_minutes(calendar, now, dossier.accept_by)
    return replace(dossier, accept_by=None, accept_remaining_minutes=left)


def start_anew(dossier: Dossier, moment: datetime, calendar: Calendar) -> Dossier:
    """Start eight full hours at ``moment`` of payment; while another gating notice is open they stand."""
    if dossier.state is not State.SUBMITTED:
        return dossier
    if gate_notices(dossier):
        began = dossier.accept_by is not None or dossier.accept_remaining_minutes is not None
        return dossier if began else replace(dossier, accept_remaining_minutes=ACCEPT_MINUTES)
    return replace(dossier, accept_by=accept_by(moment, calendar), accept_remaining_minutes=None)


def go_on(dossier: Dossier, now: datetime, calendar: Calendar) -> Dossier:
    """Let the clock run on with what was left, after the last gating notice was cancelled."""
    left = dossier.accept_remaining_minutes
    if dossier.state is not State.SUBMITTED or left is None or gate_notices(dossier):
        return dossier
    return replace(dossier, accept_by=shift(calendar, now, left), accept_remaining_minutes=None)
