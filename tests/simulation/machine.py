"""The stateful model: Hypothesis writes the story of three desks rule by rule, and shrinks the one that breaks.

Stands apart because it only names what may happen. What it means is in ``office``, what must hold in ``promises`` and
in the checker. Unlike a schedule of ``story``, a failing run is cut down to the few steps that matter.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.simulation.crowd import WRITES
from tests.simulation.ground import Ground
from tests.simulation.line import FAULTS
from tests.simulation.luck import Fate
from tests.simulation.office import DEEDS, THIRDS, WORK, Office

DESKS = st.sampled_from(("quay1", "quay2", "third"))
LUCK = st.integers(0, 2**12 - 1)
WHICH = st.integers(0, 4)
AFTER = st.sampled_from(("send", "", "lane", "engine"))
MONEY = ("receive", "notify", "tick_paid", "collect", "register", "reverse_payment", "approve_refund", "pay_refund")
OTHER = tuple(name for name in DEEDS if name not in MONEY)
HOW = st.sampled_from(tuple(WORK))
BROKEN = st.lists(st.sampled_from(FAULTS), min_size=1, max_size=3)
CITIZEN = st.sampled_from(("file", *(name for name in WRITES if name != "withdraw")) * 4 + ("withdraw",))
"""Who takes a dossier back ends its story: one act in thirteen."""
FUSES = st.sampled_from((1, -1, 2, -2, 3, -3))
SECONDS = (9, 1, 60, 400, 2400, 90_000)
ERRORS_S = (0, 10, -10, 400, -400, 86_400, -86_400)


@dataclass
class Tally:
    """What has happened in this process: runs that were judged, steps, rules by name and how many had an effect."""

    runs: int = 0
    steps: int = 0
    fired: Counter[str] = field(default_factory=Counter)
    did: Counter[str] = field(default_factory=Counter)
    digest: Any = field(default_factory=hashlib.sha256)


def machine(chance: Fate, ground: Ground, tally: Tally) -> type[RuleBasedStateMachine]:
    """Return the machine on this process's ground; every run of it writes into ``tally``."""
    return type("ThreeDesks", (_ThreeDesks,), {"chance": chance, "ground": ground, "tally": tally})


class _ThreeDesks(RuleBasedStateMachine):
    chance: Fate
    ground: Ground
    tally: Tally
    office: Office | None = None

    @initialize(third=st.sampled_from(THIRDS))
    def morning(self, third: str) -> None:
        self.office = Office(third, self.chance, self.ground)

    def did(self, name: str, effect: bool = True) -> None:
        """Count a rule that has fired."""
        self.tally.steps += 1
        self.tally.fired[name] += 1
        self.tally.did[name] += effect

    def after(self, desk: str, how: str) -> None:
        """The desk's engine is woken by what was saved, or sleeps."""
        if how:
            self.world.work(desk, how)

    @property
    def world(self) -> Office:
        assert self.office is not None
        return self.office

    # --- officers (one rule for each deed of ``MONEY`` is added below)

    def officer(self, desk: str, names: Sequence[str], which: int, luck: int, after: str) -> None:
        self.world.throw(luck)
        done = self.world.officer(desk, names, which)
        self.did(f"officer_{done or names[0]}", bool(done))
        if done:
            self.after(desk, after)

    @rule(desk=DESKS, first=st.integers(0, len(OTHER) - 1), which=WHICH, luck=LUCK, after=AFTER)
    def officer_goes_on(self, desk: str, first: int, which: int, luck: int, after: str) -> None:
        """What is neither money nor the first step: the first few deeds from one on are tried."""
        self.officer(desk, [*OTHER, *OTHER][first : first + 5], which, luck, after)

    @rule(desk=DESKS, luck=LUCK)
    def officer_undoes(self, desk: str, luck: int) -> None:
        self.world.throw(luck)
        self.did("officer_undoes", self.world.undo(desk))

    @rule(desk=DESKS, luck=LUCK, after=AFTER)
    def officer_decides(self, desk: str, luck: int, after: str) -> None:
        self.world.throw(luck)
        self.did("officer_decides", self.world.decide(desk))
        self.after(desk, after)

    @rule(desk=DESKS)
    def officer_signs_in(self, desk: str) -> None:
        self.did("officer_signs_in", self.world.sign_in(desk))

    # --- the program at work

    @rule(desk=DESKS, how=HOW)
    def desk_works(self, desk: str, how: str) -> None:
        self.did("desk_works", self.world.work(desk, how))

    @rule()
    def all_desks_work(self) -> None:
        self.did("all_desks_work", self.world.all_work())

    @rule(desk=DESKS, fuse=FUSES, after=AFTER)
    def program_dies_at_a_commit(self, desk: str, fuse: int, after: str) -> None:
        self.world.arm(desk, fuse)
        self.did("program_dies_at_a_commit")
        self.after(desk, after)

    @rule(desk=DESKS)
    def program_is_killed(self, desk: str) -> None:
        self.world.kill(desk)
        self.did("program_is_killed")

    # --- citizens

    @rule(luck=LUCK)
    def citizen_pays(self, luck: int) -> None:
        self.world.throw(luck)
        self.did("citizen_pays", self.world.citizen("pay"))

    @rule(name=CITIZEN, luck=LUCK)
    def citizen_acts(self, name: str, luck: int) -> None:
        self.world.throw(luck)
        self.did(f"citizen_{name}", self.world.citizen(name))

    # --- line, portal, clock

    @rule(desk=DESKS, faults=BROKEN, after=AFTER)
    def line_breaks(self, desk: str, faults: list[str], after: str) -> None:
        self.world.breaks(desk, faults)
        self.did("line_breaks")
        self.after(desk, after)

    @rule(desk=DESKS, luck=LUCK)
    def late_requests_arrive(self, desk: str, luck: int) -> None:
        self.world.throw(luck)
        self.did("late_requests_arrive", self.world.late_arrive(desk))

    @rule()
    def portal_is_backed_up(self) -> None:
        self.world.back_up()
        self.did("portal_is_backed_up")

    @rule()
    def portal_is_restored(self) -> None:
        self.did("portal_is_restored", self.world.restore())

    @rule(luck=LUCK, wanted=st.sampled_from((False, False, True)))
    def portal_buries(self, luck: int, wanted: bool) -> None:
        """Out of everybody's sight ends a dossier's story: one such rule in three."""
        self.world.throw(luck)
        self.did("portal_buries", wanted and self.world.bury())

    @rule(luck=LUCK, who=st.sampled_from(("all", "processor")))
    def holiday(self, luck: int, who: str) -> None:
        self.world.throw(luck)
        self.world.holiday(who)
        self.did("holiday")

    @rule(desk=DESKS, luck=LUCK)
    def officer_gets_other_role(self, desk: str, luck: int) -> None:
        self.world.throw(luck)
        self.world.other_role(desk)
        self.did("officer_gets_other_role")

    @rule()
    def portal_forgets_cursors(self) -> None:
        self.world.forget_cursors()
        self.did("portal_forgets_cursors")

    @rule(over=st.sampled_from((0, 100_000)))
    def portal_wants_two_eyes(self, over: int) -> None:
        self.world.two_eyes(over)
        self.did("portal_wants_two_eyes")

    @rule(seconds=st.sampled_from(SECONDS))
    def time_passes(self, seconds: int) -> None:
        self.world.wait(seconds)
        self.did("time_passes")

    @rule(desk=DESKS, error_s=st.sampled_from(ERRORS_S))
    def clock_is_wrong(self, desk: str, error_s: int) -> None:
        self.world.clock(desk, error_s)
        self.did("clock_is_wrong")

    # --- the end of a run

    def teardown(self) -> None:
        """Come to rest and be judged; a run that has already failed, or was given up, only ends."""
        if self.office is None:
            return
        try:
            if sys.exc_info()[0] is None:
                lines = self.office.rest()
                self.tally.runs += 1
                self.tally.digest.update("\n".join(lines).encode())
        finally:
            self.office.close()


def _rule_of(name: str) -> Callable[..., None]:
    def officer(self: _ThreeDesks, desk: str, which: int, luck: int, after: str) -> None:
        self.officer(desk, (name,), which, luck, after)

    officer.__name__ = officer.__qualname__ = f"officer_{name}"
    return rule(desk=DESKS, which=WHICH, luck=LUCK, after=AFTER)(officer)


for _name in MONEY:
    setattr(_ThreeDesks, f"officer_{_name}", _rule_of(_name))
