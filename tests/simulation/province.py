"""What the province decides at its portal: dossiers taken out of sight or merged, days off, leave, other roles.

Stands apart from the citizens, who file and pay, and from the officers, who sit at desks: nobody here has a line.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import timedelta
from random import Random

from sqlalchemy import text

from app.contract.wire import CoverSetting, JsonObject
from app.contract.wire_unit import CalendarEdit
from app.domain.words import Role
from app.errors import BadInput
from app.sandbox import covers
from app.sandbox.ledger import writing
from app.sandbox.offices import officer_id
from app.sandbox.portal import Portal
from tests.simulation.history import History

LEAVE = timedelta(days=3)
ROLES = ((Role.RECEPTION,), (Role.PROCESSOR,), (Role.HEAD,), (Role.CASHIER,), ())
_IN_SIGHT = text("select distinct dossier_id from dossier_scope order by dossier_id")


def bury(portal: Portal, dice: Random, history: History) -> tuple[str, str | None] | None:
    """Take a dossier out of everybody's sight; return it and the one that it was merged into, if it was."""
    with writing(portal.database) as ledger:
        ids = list(ledger.connection.execute(_IN_SIGHT).scalars())
        if not ids:
            return None
        gone, *others = dice.sample(ids, len(ids))
        into = dice.choice([None, *others])
        ledger.bury(gone, "merged" if into else "deleted", into)
        history.tell("buried", id=gone, into=into)
        return gone, into


def day_off(portal: Portal, dice: Random, history: History) -> None:
    """Decide that a day of the next weeks is off: open appointments move, everywhere."""
    day = portal.clock.now().date() + timedelta(days=dice.randint(1, 14))
    kept = json.loads(portal.calendars.catalogue)["items"]
    year = next((item for item in kept if item["years"] == [day.year]), None)
    if year is None or any(off["day"] == day.isoformat() for off in year["off"]):
        return
    body = year | {"off": [*year["off"], {"day": day.isoformat(), "name": "Nghỉ tránh bão"}]}
    with suppress(BadInput):  # it may be off already for another reason
        edit = CalendarEdit(day.year, year["version"], JsonObject(json.dumps(body).encode()))
        portal.calendars.replace(edit, "Quản trị")
        history.tell("day off", day=day.isoformat())


def leave(portal: Portal, dice: Random, history: History) -> None:
    """Send a processor on leave for some days, with a substitute or without one."""
    today, instead = portal.clock.now().date(), dice.choice((None, officer_id("thuly2")))
    covers.put(portal.database, CoverSetting(officer_id("thuly1"), instead, today, today + LEAVE))
    history.tell("leave", substitute=instead)


def other_role(portal: Portal, dice: Random, history: History, username: str) -> None:
    """Give an officer another role, or none at all, or the own one back."""
    roles = dice.choice((None, *ROLES))
    portal.identity.set_roles(username, roles)
    history.tell("roles", officer=username, roles=roles)
