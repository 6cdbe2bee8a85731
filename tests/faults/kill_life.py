"""One life of a desk's process: the real program without a window opens its profile, works, and is killed somewhere.

Stands apart because it runs in a child that may end between any two machine instructions. Whatever it has to say goes
through a pipe at once; whether it was true, the files and the portal's ledger show later.
"""

from __future__ import annotations

import json
import os
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import text

from app import bootstrap
from app.clock import Clock
from app.errors import BadInput, KnownError, Refused
from app.portal.transport import RequestsTransport
from app.services import attachments, decisions, outbox, payments, reception
from app.services.desk import Desk
from app.store.profile import read_desk
from app.sync.apply_page import rebuild
from tests.faults.file_log import FileLog
from tests.faults.kill_moments import Moments
from tests.simulation import deeds
from tests.simulation.ground import Nobody
from tests.simulation.history import number_in
from tests.simulation.seat import _BORN, _BOX, _MIRROR

PAPER = b"%PDF-1.7 " + bytes(range(256)) * 40
REST_S = 20.0
_ON_ITS_WAY = (
    "select 1 from outbox o where state in ('queued', 'sending') and not exists (select 1 from outbox e where "
    "e.dossier_id = o.dossier_id and e.state in ('needs_decision', 'parked'))"
)


_NO_DEEDS = frozenset({"undo", "send_now", "decide", "reconcile"})
"""Steps of their own here."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a life is to do, and where it stops to be killed: at the n-th time of a moment, or at the n-th write."""

    desk: str
    seed: str
    script: tuple[str, ...]
    moment: str = ""
    nth: int = 1
    write: int = 0
    doomed: str = ""
    spared: frozenset[str] = field(default_factory=frozenset)
    """Dossiers that random deeds leave alone."""
    known: frozenset[str] = field(default_factory=frozenset)
    """Commands that earlier lives have told of."""


class Life:
    """Runs a plan; ``tell`` writes one row for the parent."""

    def __init__(self, plan: Plan, profile: Path, clock: Clock, log: FileLog, out: int, never: int) -> None:
        self._plan, self._profile, self._clock, self._out, self._never = plan, profile, clock, out, never
        self._dice = Random(plan.seed)
        self._left, self._writes_left = plan.nth, plan.write
        self._known = set(plan.known)
        self._last = ""
        self._acting = False
        if plan.write:  # nobody else counts writes, and each one told costs as much as the write itself
            log.tell, log.root = self._wrote, f"{profile}/"
        self._moments = Moments(self._moment)

    def run(self) -> None:
        """Live to the end of the script; a mistake of the program is a row."""
        self._moments.install()
        try:
            self.rehearse()
        except Exception as bug:
            self.tell("crashed", during="life", with_=f"{type(bug).__name__}: {bug} {traceback.format_exc()[-600:]}")

    def rehearse(self) -> Desk:
        """Do the same where nobody dies; return the open desk."""
        self._begin()
        for step in self._plan.script:
            self._step(step)
        return self.desk

    def tell(self, event: str, **values: Any) -> None:
        row = {"e": event, "t": time.monotonic(), "desk": self._plan.desk, **values}
        os.write(self._out, (json.dumps(row, ensure_ascii=False) + "\n").encode())

    def _moment(self, name: str) -> None:
        if name == "form-open" and not self._acting:
            return  # an identity made for something else than a deed
        self._last = name
        if name == self._plan.moment:
            self._left -= 1
            if self._left == 0:
                self._wait_for_death(name)

    def _wrote(self, op: Any) -> None:
        if op[0] != "mark" and self._writes_left:
            self._writes_left -= 1
            if self._writes_left == 0:
                self._wait_for_death("a write")

    def _wait_for_death(self, where: str) -> None:
        self.tell("held", where=where, last=self._last)
        os.read(self._never, 1)  # nobody ever writes there

    def _begin(self) -> None:
        found = read_desk(self._profile)
        assert found is not None
        transport = RequestsTransport(found.portal, clock=self._clock)
        self.desk: Desk = bootstrap.open_desk(
            self._profile, clock=self._clock, undo_s=0.0, locker=Nobody(), uniform=lambda low, high: low,
            transport=self._moments.wire(transport, self._plan.desk),
        )  # fmt: skip
        self._moments.watch(self.desk.store)
        self.saw("reopened", fully=True)

    def _step(self, name: str) -> None:
        acted = None
        try:
            self._acting = name.startswith("act")
            acted = STEPS[name](self)
        except KnownError as wrong:
            self.saw(name, code=wrong.code, fully=name in ("pull", "engine"))
            return
        finally:
            self._acting = False
        self.saw(name, told=getattr(acted, "key", ""), fully=name in ("pull", "engine"))

    def saw(self, what: str, told: str = "", code: str = "", *, fully: bool = False) -> None:
        """Tell what is new in the outbox and how it stands; ``fully``: what the mirror holds, too."""
        with self.desk.store.read() as connection:
            born = [dict(row) for row in connection.execute(text(_BORN)).mappings()]
            box = [list(row) for row in connection.execute(text(_BOX))]
            mirror = [list(row) for row in connection.execute(text(_MIRROR))] if fully else []
            facts = dict(connection.execute(text("select name, value from sync_state")).all())
        for row in born:
            if row["key"] not in self._known:
                self._known.add(row["key"])
                self.tell("intent", told=row["key"] == told, **row)
        if told and told not in self._known:
            self.tell("crashed", during=what, with_=f"{told} was said to be saved")
        cursor = number_in(facts.get("cursor")) if fully else None
        self.tell("saw", what=what, code=code, box=box, mirror=mirror, epoch=facts.get("epoch", ""), cursor=cursor,
                  upto=[], last=self._last, unit=self.desk.officer.unit_id)  # fmt: skip

    # --- what a life is made of

    def _act(self) -> Any:
        """Do some deed on some dossier that is not spared."""
        with self.desk.store.read() as connection:
            ids = list(connection.execute(text("select id from dossier_row order by id")).scalars())
        free = [identity for identity in ids if identity not in self._plan.spared]
        return deeds.some_deed(self.desk, free, self._dice, besides=_NO_DEEDS)

    def _act_with_paper(self) -> Any:
        """Take money at the counter with a file as its proof; a file of its own, so that it must go up."""
        file = attachments.take(self.desk, PAPER + self._dice.randbytes(64), "bien-lai.pdf")
        proof = deeds.Evidence(info="Biên lai", file=file)
        with self.desk.store.read() as connection:
            ids = list(connection.execute(text("select id from dossier_row order by id")).scalars())
        for identity in self._dice.sample(ids, len(ids)):
            dossier = deeds.dossier_at(self.desk, identity)
            try:
                lines = (deeds._line(self.desk, dossier, self._dice),)
                return payments.collect(self.desk, identity, title="Thu tại quầy", lines=lines, method=deeds.CASH,
                                        evidence=proof, reason="Khoản thu thêm")  # fmt: skip
            except (Refused, BadInput):
                continue
        return None

    def _act_doomed(self) -> Any:
        """Receive a dossier that its citizen has withdrawn meanwhile."""
        return reception.receive(self.desk, self._plan.doomed, "Khách chờ tại quầy")

    def _act_behind(self) -> Any:
        """Do something more to that dossier, or to another one that waits for a decision."""
        waiting = [item.dossier_id for item in decisions.waiting(self.desk) if item.kind in ("refused", "parked")]
        for identity in waiting[::-1]:
            dossier = deeds.dossier_at(self.desk, identity)
            try:
                return deeds.OFFICERS[self._dice.choice(("collect", "notify"))][1](self.desk, dossier, self._dice)
            except (IndexError, Refused, BadInput):
                continue
        return None

    def _act_to_undo(self) -> Any:
        self.desk.undo_s = 8.0
        return self._act()

    def _undo(self) -> Any:
        """Take the last deed back."""
        waiting = [item for item in outbox.unfinished(self.desk) if item.can_undo]
        return outbox.undo(self.desk, waiting[-1].key) if waiting else None

    def _decide(self) -> Any:
        for decision in decisions.waiting(self.desk):
            if decision.kind in ("refused", "parked"):
                free = [choice.id for choice in decision.choices if not choice.why_not]
                return decisions.decide(self.desk, decision.id, self._dice.choice(free))
        return None

    def _lane(self) -> Any:
        rows = [item for item in outbox.unfinished(self.desk) if item.state.value == "queued"]
        if rows:
            self.desk.engine.work_lane(rows[-1].dossier_id, rows[-1].key)

    def _send(self) -> Any:
        while self.desk.engine.sender.step():
            pass

    def _rest(self) -> Any:
        """Work as an officer would until nothing is left to do; what may be dropped is dropped."""
        ends = time.monotonic() + REST_S
        outbox.send_now(self.desk)
        while time.monotonic() < ends:
            pause_s = self.desk.engine.step()
            decided = self._drop_or_try_again()
            with self.desk.store.read() as connection:
                busy = connection.execute(text(_ON_ITS_WAY)).first() is not None
            if not (busy or decided or pause_s == 0.0):
                break
        self.desk.engine.puller.pull_all()

    def _drop_or_try_again(self) -> bool:
        moved = False
        for decision in decisions.waiting(self.desk):
            free = [choice.id for choice in decision.choices if not choice.why_not]
            if decision.kind == "parked" and "again" in free:
                decisions.decide(self.desk, decision.id, "again")
                moved = True
            elif decision.kind == "refused" and "drop" in free:
                decisions.decide(self.desk, decision.id, "drop")
                moved = True
        return moved

    def _end(self) -> Any:
        """Tell what the officer is shown at the end, and close."""
        shown = [item.id for item in decisions.waiting(self.desk)]
        officer = self.desk.officer
        self.tell("desk end", shown=shown, unit=officer.unit_id, officer=officer.id,
                  link=self.desk.engine.link.state.state)  # fmt: skip

    def _rebuild(self) -> Any:
        rebuild(self.desk.store, self.desk.projector)


STEPS: dict[str, Any] = {
    "act": Life._act,
    "act with paper": Life._act_with_paper,
    "act doomed": Life._act_doomed,
    "act behind": Life._act_behind,
    "act to undo": Life._act_to_undo,
    "undo": Life._undo,
    "decide": Life._decide,
    "send": Life._send,
    "engine": lambda life: life.desk.engine.step(),
    "pull": lambda life: life.desk.engine.puller.pull_all(),
    "lane": Life._lane,
    "rest": Life._rest,
    "end": Life._end,
    "rebuild": Life._rebuild,
}
