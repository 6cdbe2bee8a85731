"""How far seeded dossiers came, told by the same rules that officers' commands meet.

Stands apart from ``run``: here one dossier lives from filing to where it stands now. People and numbers are tokens
(``@name@``), put in afterwards, so that one life can be dressed as many dossiers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from app.domain import commands as act
from app.domain.calendar import Calendar
from app.domain.deadline import working_start
from app.domain.dossier import Dossier
from app.domain.people import FileRef, Officer, Person
from app.domain.procedures import Procedure
from app.domain.transitions import Done, apply
from app.domain.words import (
    FilingChannel,
    LimitUnit,
    Right,
    Role,
)
from app.sandbox.filing import Application, filed
from app.sandbox.offices import officer_id, officers


@dataclass
class Life:
    """One dossier on its way; each deed moves ``at`` on, never beyond ``now``."""

    dossier: Dossier
    rng: Random
    calendar: Calendar
    at: datetime
    now: datetime
    deeds_left: int

    def do(self, command: act.Command, officer: Officer) -> None:
        """Let an officer act; what the rules refuse does not happen."""
        outcome = apply(self.dossier, command, officer, self.at, self.calendar)
        if isinstance(outcome, Done):
            self.dossier = replace(outcome.dossier, version=self.dossier.version + 1)
        self.pass_time()

    def pass_time(self) -> None:
        """Go on to the moment of the next deed, in working hours where possible."""
        left = (self.now - self.at) / max(self.deeds_left, 1)
        moment = working_start(self.calendar, self.at + left * self.rng.uniform(0.2, 1.0))
        self.at = min(moment + timedelta(minutes=self.rng.randrange(0, 50)), self.now)
        self.deeds_left -= 1

    @property
    def desk(self) -> Officer:
        """The officer at the desk who works on this dossier."""
        desk = self.dossier.desk_unit_id
        found = [o for o in officers().values() if o.unit_id == desk and Role.RECEPTION in o.roles]
        return found[len(self.dossier.components) % len(found)]

    @property
    def processor(self) -> Officer:
        """The processor of the department that does the second step."""
        return processor_at(self.dossier.procedure.steps[1].unit_id)


def processor_at(unit_id: str) -> Officer:
    """Return the account of a department's processor, or a colleague who never signs in here."""
    found = next((o for o in officers().values() if o.unit_id == unit_id and Role.PROCESSOR in o.roles), None)
    if found is not None:
        return found
    names = ("Trương Minh Hiếu", "Hồ Thị Lan Anh", "Ngô Văn Tài", "Bùi Thị Ngọc Diệp", "Cao Xuân Lộc")
    name = names[sum(map(ord, unit_id)) % len(names)]
    username = f"thuly.{unit_id.lower()}"
    roles, rights = frozenset({Role.PROCESSOR}), frozenset({Right.NOTIFY_FEE})
    return Officer(officer_id(username), username, name, unit_id, roles, rights)


def begin(
    procedure: Procedure, desk: str, rng: Random, calendar: Calendar, filed_at: datetime, now: datetime,
    papers: tuple[FileRef, ...], deeds: int,
) -> Life:  # fmt: skip
    """Return a life at its filing; some citizens have no account or no e-mail."""
    citizen = Person(
        "@name@",
        "@kind@",
        "@identity@",
        "@phone@",
        "@handle@@congdan.example" if rng.random() < 0.8 else "",
        "@handle@" if rng.random() < 0.85 else "",
        "@address@",
    )
    channel = rng.choice((FilingChannel.ONLINE, FilingChannel.ONLINE, FilingChannel.COUNTER))
    by_post = "post" if rng.random() < 0.2 else "counter"
    files = tuple(rng.sample(papers, k=min(len(papers), max(1, len(procedure.components)))))
    application = Application(citizen, citizen, files, channel, f"{procedure.name} – @name@", by_post)
    dossier = filed("@id@", "@code@", procedure, desk, application, filed_at, calendar)
    life = Life(dossier, rng, calendar, filed_at, now, deeds)
    life.pass_time()
    return life


def limit_of(procedure: Procedure) -> timedelta:
    """Return roughly how long the procedure takes, for spreading filings over time."""
    amount = max(procedure.limit.amount, 0.5)
    return timedelta(hours=amount * 3) if procedure.limit.unit is LimitUnit.HOUR else timedelta(days=amount * 1.5)
