"""Masked facts of people: each look at one is written down before anything else happens with it.

Stands apart because it is the officer's own trace, kept on this machine: it asks no rule and is never sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.clock import from_ms, to_ms
from app.services.desk import Desk
from app.store import access_log
from app.store.access_log import Look


@dataclass(frozen=True, slots=True)
class Revealed:
    """Who saw which masked fact of which dossier, and when; ``field`` is the fact's key: ``phone``, ``identity_no``."""

    officer_id: str
    dossier_id: str
    field: str
    at: datetime


def revealed(desk: Desk, dossier_id: str, field: str) -> None:
    """Write down that this officer saw a masked fact in full now. Transaction: own. Thread: any but the GUI's."""
    look = Look(desk.officer.id, dossier_id, field, to_ms(desk.clock.now()))
    with desk.store.write() as connection:
        access_log.append(connection, look)


def looks(desk: Desk, dossier_id: str) -> tuple[Revealed, ...]:
    """Return who saw masked facts of this dossier on this desk, oldest first. Thread: any but the GUI's."""
    with desk.store.read() as connection:
        found = access_log.of_dossier(connection, dossier_id)
    return tuple(Revealed(look.actor_id, look.dossier_id, look.field, from_ms(look.at_ms)) for look in found)
