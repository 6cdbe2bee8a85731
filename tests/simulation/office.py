"""Three desks, their portal and the citizens, moved from outside one verb at a time and asked after each.

Stands apart from ``machine``, which chooses the verbs: this is the simulation's world (desks, bad line, citizens, the
way to rest) without a schedule of its own, and with the promises kept beside it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import text

from app.errors import BadInput
from app.sandbox.gateways.sessions import end_overdue_sessions
from app.services import decisions, inbox, outbox
from tests.checker.check import violations
from tests.simulation import province
from tests.simulation.crowd import WRITES
from tests.simulation.deeds import NOT_NOW, OFFICERS, dossier_at
from tests.simulation.ground import SEATS, Ground
from tests.simulation.line import Line
from tests.simulation.luck import Fate
from tests.simulation.promises import Promises, Row
from tests.simulation.seat import Seat
from tests.simulation.story import Story
from tests.simulation.tale import tale

COUNTERS = ("quay1", "quay2")
DEEDS = {name: deed for name, (_, deed) in OFFICERS.items() if name not in ("undo", "decide")}
_BOX = "select key, type, dossier_id, sha256, body, state, resolved_why from outbox order by seq"
_IDS = "select id from dossier_row order by id"
_BODIES = text("select body from dossiers order by id")
_NOTICES = text("select id from notices order by id")
_FEED = text("select n from feed_counter")


class Violated(AssertionError):
    """Something that must hold does not; says what, and tells the whole story."""


class Office(Story):
    """``third`` sits beside the two counters: the specialist or the head."""

    def __init__(self, third: str, chance: Fate, ground: Ground) -> None:
        self._third = third
        self._plans: dict[str, list[str]] = {}
        self._promises = Promises()
        self._feed, self._gateways = -1, 0
        super().__init__("model", chance, ground)
        self.seats: dict[str, Seat] = dict(zip((*COUNTERS, "third"), self._seats, strict=True))
        self._crowd.file()
        for seat in self._seats:
            self._pull(seat)

    def _mix(self) -> tuple[list[str], float]:
        return [], 0.0

    def _desks(self) -> list[str]:
        return [*COUNTERS, self._third]

    def _line(self, name: str) -> Line:
        """A line that breaks when it is told to, and only then."""
        plan = self._plans[name] = []
        return Line(name, self._ground, self.history, self._dice, lambda: plan.pop(0) if plan else "")

    def throw(self, number: int) -> None:
        """Let this number decide what the next verb leaves open."""
        self._dice.left = number  # type: ignore[attr-defined]

    # --- officers

    def officer(self, desk: str, names: Sequence[str], which: int) -> str:
        """Do the first of some deeds that fits, to one of two dossiers from ``which`` on; return what was saved."""
        seat, number = self.seats[desk], self._dice.left  # type: ignore[attr-defined]
        ids = [row["id"] for row in seat.table(_IDS)]
        tried = ""

        def deed() -> Any:
            nonlocal tried
            for at in range(min(2, len(ids))):
                dossier = dossier_at(seat.desk, ids[(which + at) % len(ids)])
                for tried in names:
                    self.throw(number)
                    with suppress(*NOT_NOW):
                        return DEEDS[tried](seat.desk, dossier, self._dice)
            return None

        found = seat.do("/".join(names), deed)
        acted = found if isinstance(found, tuple) else (found,)
        saved = {item.key: seat.name for item in acted if hasattr(item, "key")}
        self._promises.told |= saved
        self.ask(seat)
        return tried if saved else ""

    def undo(self, desk: str) -> bool:
        seat = self.seats[desk]
        waiting = outbox.unfinished(seat.desk)
        if not waiting:
            return False
        item = self._dice.choice(waiting)
        if item.can_undo:
            self._promises.allowed[item.key].add("undone")
        done = seat.do("undo", lambda: outbox.undo(seat.desk, item.key))
        self.ask(seat)
        return bool(done)

    def decide(self, desk: str) -> bool:
        """Take one of the ways out of one of the decisions that wait."""
        seat = self.seats[desk]
        waiting = decisions.waiting(seat.desk)
        if not waiting:
            return False
        decision = self._dice.choice(waiting)
        choice = self._dice.choice([item.id for item in decision.choices if not item.why_not])
        self._carry_out(seat, decision, choice)
        self.ask(seat)
        return True

    def sign_in(self, desk: str) -> bool:
        seat = self.seats[desk]
        out = seat.is_signed_out
        if out:
            seat.sign_in()
        return out

    def work(self, desk: str, how: str) -> bool:
        """Let the desk's own engine do something; say whether it had anything to do with the portal."""
        seat, before = self.seats[desk], len(self.history.lines)
        WORK[how](self, seat)
        self.ask(seat, screen=True)
        return any('"e":"served"' in line for line in self.history.lines[before:])

    def all_work(self) -> bool:
        """Let every desk's engine take a turn; say whether any had anything to do with the portal."""
        return sum(self.work(desk, "engine") for desk in self.seats) > 0

    # --- citizens and portal

    def citizen(self, name: str) -> bool:
        """Let a citizen do something; say whether the portal took it."""
        before, notices = self._upto_now(), self._at_portal(_NOTICES)
        acts: dict[str, Callable[[], None]] = {"file": self._crowd.file, "pay": lambda: self._crowd.pay(notices)}
        acts |= {what: partial(self._crowd.write, what) for what in WRITES}
        acts[name]()
        self._ask_portal()
        return self._upto_now() != before

    def back_up(self) -> None:
        self._backup = self._ground.backup()
        self._promises.backed_up()
        self.history.tell("backup")

    def restore(self) -> bool:
        """Bring the last backup into force, under a new epoch."""
        if self._backup is None:
            return False
        self._epochs += 1
        self._ground.restore(self._backup, f"epoch-{self._epochs}")
        self.history.tell("restored", epoch=f"epoch-{self._epochs}")
        self._promises.restored()
        return True

    def bury(self) -> bool:
        """Take a dossier out of everybody's sight, perhaps for another one."""
        found = province.bury(self._ground.portal, self._dice, self.history)
        if found is not None:
            self._promises.bury(*found)
            self._ask_portal()
        return found is not None

    def holiday(self, who: str) -> None:
        """Let everybody have a day off, or the processor some."""
        (province.day_off if who == "all" else province.leave)(self._ground.portal, self._dice, self.history)
        self._ask_portal()

    def other_role(self, desk: str) -> None:
        """Give the officer of a desk another role, or none, or the own one back."""
        province.other_role(self._ground.portal, self._dice, self.history, self.seats[desk].username)

    def forget_cursors(self) -> None:
        """Change what the portal signs cursors with: every desk is told to begin anew (410)."""
        self._end_cursors(self._seats[0])

    # --- line, machine, clock

    def breaks(self, desk: str, faults: list[str]) -> None:
        self._plans[self.seats[desk].name].extend(faults)
        self.history.tell("line breaks", desk=self.seats[desk].name, faults=faults)

    def late_arrive(self, desk: str) -> bool:
        line = self.seats[desk].line
        some = bool(line.afloat)
        line.late_ones_arrive()
        self._ask_portal()
        return some

    def arm(self, desk: str, fuse: int) -> None:
        self.seats[desk].fuse = fuse
        self.history.tell("armed", desk=self.seats[desk].name, fuse=fuse)

    def kill(self, desk: str) -> None:
        self._kill(self.seats[desk])
        self.ask(self.seats[desk], screen=True)

    def wait(self, seconds: int) -> None:
        self._chance.clock.advance(seconds)
        self.history.tell("time", passed_s=seconds)
        while end_overdue_sessions(self._ground.portal):
            pass

    def clock(self, desk: str, error_s: int) -> None:
        seat = self.seats[desk]
        seat.clock.error = timedelta(seconds=error_s)
        self.history.tell("clock", desk=seat.name, error_s=error_s)

    # --- what must hold

    def ask(self, seat: Seat, *, screen: bool = False) -> None:
        """Ask whether everything holds at one desk and at the portal; raises Violated."""
        broken = list(self._promises.of_desk(seat.name, seat.table(_BOX)))
        if screen:
            broken += self._on_screen(seat)
        self._raise(broken)
        self._ask_portal()

    def rest(self) -> list[str]:
        """Let all come to rest, then ask everybody everything; return the history's rows, raise Violated."""
        self._come_to_rest()
        self._promises.heard()
        for seat in self._seats:
            self.ask(seat, screen=True)
        self._dump()
        broken = list(self._promises.at_rest([json.loads(body) for body in self._at_portal(_BODIES)]))
        judged = [line.split(" ", 2)[2] for line in violations([json.loads(line) for line in self.history.lines])]
        self._raise([*broken, *judged])
        return self.history.lines

    def close(self) -> None:
        for seat in self._seats:
            seat.desk.close()

    def _come_to_rest(self) -> None:
        for plan in self._plans.values():
            plan.clear()
        super()._come_to_rest()

    def _decide(self, seat: Seat, decision: Any) -> None:
        for why in ("drop", "again"):
            self._promises.allowed[decision.id].add(why)
        super()._decide(seat, decision)

    def _carry_out(self, seat: Seat, decision: Any, choice: str) -> None:
        self._promises.allowed[decision.id].add("drop" if choice == "drop" else "again")
        seat.do(f"decide {choice}", lambda: decisions.decide(seat.desk, decision.id, choice))

    def _on_screen(self, seat: Seat) -> Iterator[str]:
        for dossier_id in self._promises.cash_in_sight(seat.name):
            try:
                card = inbox.card(seat.desk, dossier_id)
            except BadInput as gone:
                yield f"I7 {seat.name} took money on {dossier_id}, which its screen does not have: {gone.code}"
                continue
            shown = [payment.id for payment in card.dossier.payments]
            yield from self._promises.on_screen(seat.name, dossier_id, shown, Counter(card.pending))

    def _ask_portal(self) -> None:
        new, self._gateways = self.history.lines[self._gateways :], len(self.history.lines)
        for row in (json.loads(line) for line in new if '"e":"gateway"' in line):
            if row["came"] == "taken":
                self._promises.online[row["payment_id"]] = row["amount"]
        upto = self._upto_now()
        if upto != self._feed:
            self._feed = upto
            bodies: list[Row] = [json.loads(body) for body in self._at_portal(_BODIES)]
            self._raise(list(self._promises.at_portal(bodies)))

    def _upto_now(self) -> int:
        return int(self._at_portal(_FEED)[0])

    def _at_portal(self, query: Any) -> list[Any]:
        with self._ground.portal.database.reading() as connection:
            return list(connection.execute(query).scalars())

    def _raise(self, broken: list[str]) -> None:
        if broken:
            told = [f"VIOLATION seed=model {line}" for line in broken]
            raise Violated("\n".join([*told, "It happened so:", *tale(self.history.lines)]))


WORK: dict[str, Callable[[Office, Seat], None]] = {
    "engine": Office._engine,
    "send": Office._send,
    "pull": Office._pull,
    "lane": Office._lane,
}
THIRDS = tuple(name for name in SEATS if name in ("phong", "truong"))
