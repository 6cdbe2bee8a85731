"""The town of the work stories in windows: every story is told once and lived twice, with the line and without it.

Stands apart from ``fee_town`` because these stories are about hands and dates, not about money. A row of a literal
table is step, who acts, what waits on that machine while the line is cut, dossier (state/sub-state), appointment, then
where each officer named in the head finds the dossier. Without a line a row is compared twice: on the machine of who
acts, with what waits there, then everywhere, once the line is back.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from PySide6.QtTest import QTest

from app.clock import VN
from app.domain.dossier import Dossier
from app.services.views import Card
from tests.e2e.counter_officer import Counter
from tests.e2e.fee_town import FeeTown
from tests.e2e.keyboard_officers import Hands
from tests.ui.desk_fixture import COPY, Office, office
from tests.ui.window_fixture import PATIENCE_S, until

NOBODY = "-"


class WorkTown(FeeTown):
    """Who works between reception and return; ``counter`` is who receives there, ``second`` a colleague."""

    def __init__(self, made: Office, *, offline: bool) -> None:
        super().__init__(made)
        self.counter, self.second = Counter(made, "tiepnhan1"), Hands(made, "tiepnhan2")
        self.offline = offline

    def officer(self, username: str) -> Hands:
        """Return who is here by that name."""
        return next(hands for hands in self.here if hands.username == username)

    def time_comes(self, now: datetime) -> None:
        """Let it be ``now``, for the desk too: an answer under way sets it by the old time, news by the new one."""
        self.office.clock.set(now)
        self.office.file("Trịnh Thị Thời", COPY)
        until(lambda: self.desk.heard_at() == now, "the portal told the time")

    def life(self, table: str, dossier_id: str = "") -> Life:
        """Return what tells a dossier's life along a literal table."""
        return Life(self, table, dossier_id)


class Life:
    """A dossier's life: each deed is the next row of the table. ``dossier_id`` is told later where a deed makes it."""

    def __init__(self, town: WorkTown, table: str, dossier_id: str) -> None:
        head, *lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
        self._town, self.dossier_id = town, dossier_id
        self._people = head[5:]
        self._left = {cells[0]: cells[1:] for cells in lines}

    def deed(self, step: str, act: Callable[[], object]) -> Dossier:
        """Let the officer of the row act, compare, and return the dossier as it is everywhere then."""
        assert next(iter(self._left), None) == step, f"the table goes on with {next(iter(self._left), None)}"
        by, waits, *facts = self._left.pop(step)
        alone = self._town.offline and by != NOBODY
        if alone:
            self._town.cut()
            self._town.officer(by).front()
        act()
        if alone:
            here = [*facts[:2], facts[2 + self._people.index(by)], waits]
            _until(lambda: self._on(by), here, f"{step}, on the machine of {by}")
            self._town.mend()
        _until(self._everywhere, facts, step)
        found = self._card(self._people[0])
        assert found is not None
        return found.dossier

    def _on(self, username: str) -> list[str]:
        card = self._card(username)
        return [] if card is None else [*_facts(card), str(card.queue or NOBODY), ", ".join(card.pending)]

    def _everywhere(self) -> list[str]:
        cards = [self._card(username) for username in self._people]
        known = [card for card in cards if card is not None]
        told = {tuple(_facts(card)) for card in known}
        if len(told) != 1 or any(card.pending for card in known):
            return [f"not the same everywhere: {sorted(told)}, {[card.pending for card in known]}"]
        return [*told.pop(), *(str(card.queue or NOBODY) if card else "unseen" for card in cards)]

    def _card(self, username: str) -> Card | None:
        return self._town.officer(username).card(self.dossier_id)


def _facts(card: Card) -> list[str]:
    dossier = card.dossier
    sub = f"/{dossier.sub_state}" if dossier.sub_state else ""
    due = f"{dossier.due_at.astimezone(VN):%d/%m/%Y %H:%M}" if dossier.due_at else NOBODY
    return [f"{int(dossier.state)}{sub}", due]


def _until(seen: Callable[[], list[str]], expected: list[str], step: str) -> None:
    ends = time.monotonic() + PATIENCE_S
    while seen() != expected and time.monotonic() < ends:
        QTest.qWait(50)
    found = seen()
    assert found == expected, f"{step}: {found}, not {expected}"


@contextmanager
def work_town(folder: Path, *, offline: bool) -> Iterator[WorkTown]:
    """Open a town in ``folder``; ``offline``: the line is cut whenever an officer acts."""
    with office(folder) as made:
        here = WorkTown(made, offline=offline)
        try:
            yield here
        finally:
            here.close()
