"""Facts of people here: each look at a masked one or a paper is written down, and what ended long ago leaves.

Stands apart because it is about what this machine shows and keeps: it asks no rule of a dossier. The portal is told of
the looks afterwards (``sync.looks``), never asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.clock import from_ms, to_ms
from app.domain.keeping import KEEP_DAYS
from app.errors import BadInput
from app.services.desk import Desk
from app.store import access_log, state
from app.store.access_log import Look
from app.store.state import Name

MOST_DAYS = 3650

_PAPER = "paper:"


@dataclass(frozen=True, slots=True)
class Revealed:
    """Who saw which masked fact or paper of which dossier, when; ``field``: ``phone``, ``paper:<digest>``."""

    officer_id: str
    dossier_id: str
    field: str
    at: datetime


def revealed(desk: Desk, dossier_id: str, field: str) -> None:
    """Write down that this officer saw a masked fact in full now. Transaction: own. Thread: any but the GUI's."""
    look = Look(desk.officer.id, dossier_id, field, to_ms(desk.clock.now()))
    with desk.store.write() as connection:
        access_log.append(connection, look)


def opened(desk: Desk, dossier_id: str, sha256: str) -> None:
    """Write down that this officer looked at a file of the dossier. Transaction: own. Thread: any but the GUI's."""
    revealed(desk, dossier_id, f"{_PAPER}{sha256}")


def opened_files(desk: Desk, dossier_id: str) -> frozenset[str]:
    """Return the digests of the dossier's files that this officer has looked at here, ever."""
    seen = (look.field for look in looks(desk, dossier_id) if look.officer_id == desk.officer.id)
    return frozenset(field.removeprefix(_PAPER) for field in seen if field.startswith(_PAPER))


def looks(desk: Desk, dossier_id: str) -> tuple[Revealed, ...]:
    """Return who saw masked facts of this dossier on this desk, oldest first. Thread: any but the GUI's."""
    with desk.store.read() as connection:
        found = access_log.of_dossier(connection, dossier_id)
    return tuple(Revealed(look.actor_id, look.dossier_id, look.field, from_ms(look.at_ms)) for look in found)


def days_kept(desk: Desk) -> int:
    """Return how many days an ended dossier stays on this desk. Thread: any but the GUI's."""
    with desk.store.read() as connection:
        return int(state.get(connection, Name.KEEP_DAYS) or KEEP_DAYS)


def keep_ended(desk: Desk, days: int) -> None:
    """Change how many days an ended dossier stays; raises BadInput ``keep-days``. Transaction: own."""
    if not 1 <= days <= MOST_DAYS:
        raise BadInput("keep-days", most=MOST_DAYS)
    with desk.store.write() as connection:
        state.put(connection, Name.KEEP_DAYS, str(days))


def purge(desk: Desk) -> tuple[str, ...]:
    """Let go now of ended dossiers older than that; return their ids. Transaction: own. Thread: any but the GUI's."""
    return desk.engine.puller.keeping.purge()
