"""What the officer sees: the portal's truth plus what waits on this desk (design §2).

Stands apart because it is the one place where an unconfirmed command touches a dossier; pure, so the projection can
be rebuilt at any time. A command the rules no longer allow is left out here and stays in the outbox for the portal
to judge.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.calendar import Calendar
from app.domain.commands import NAMES, Collect, Command, TickPaid
from app.domain.dossier import Dossier
from app.domain.people import Officer
from app.domain.rights import as_once
from app.domain.transitions import Done, Refused, apply
from app.domain.words import Way


@dataclass(frozen=True, slots=True)
class Waiting:
    """One command on its way: its outbox key, who made it, the command itself, and how far it came."""

    key: str
    actor: Officer
    command: Command
    way: Way = Way.HERE


@dataclass(frozen=True, slots=True)
class Folded:
    """A dossier as the screen shows it, with the outbox keys and types that shaped it and how far each came."""

    dossier: Dossier
    pending: tuple[tuple[str, str], ...] = ()
    ways: tuple[Way, ...] = ()

    @property
    def pending_types(self) -> tuple[str, ...]:
        """The wire types of the commands not yet confirmed."""
        return tuple(kind for _, kind in self.pending)


def fold(dossier: Dossier, waiting: tuple[Waiting, ...], calendar: Calendar) -> Folded:
    """Return the dossier with every waiting command applied in order, each at the moment it was made.

    Cash stays in sight whatever other role its officer holds by now.
    """
    pending = []
    for item in waiting:
        result = apply(dossier, item.command, item.actor, item.command.made_at, calendar)
        if isinstance(result, Refused) and isinstance(item.command, TickPaid | Collect):
            result = apply(dossier, item.command, as_once(item.actor), item.command.made_at, calendar)
        if isinstance(result, Done):
            dossier = result.dossier
        pending.append((item.key, NAMES[type(item.command)]))
    return Folded(dossier, tuple(pending), tuple(item.way for item in waiting))
