"""One schedule: a seed becomes desks, faults and deeds, then silence, rest and the tables as they then are.

Stands apart as the only place that knows the order of a schedule. The mix of faults is drawn anew for each seed
(swarm): a run with one kind of fault, again and again, finds other bugs than one with a little of everything.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from app.errors import BadInput, Refused
from app.services import decisions
from app.sync.apply_page import rebuild
from tests.simulation.deeds import CANARY, OFFICERS, Crowd, dossier_at
from tests.simulation.ground import SEATS, Ground
from tests.simulation.history import History
from tests.simulation.line import FAULTS, Line
from tests.simulation.seat import Seat
from tests.simulation.seeded import Chance

STEPS = 24
REST_S = 600.0
_VIEW = (
    "select id, code, receipt_code, state, queue, fee_status, due_ms, soon_ms, pending, step_ms, name_key, code_key, "
    "procedure_key, fee_dong, pay_late_ms, unreached_ms, facts from dossier_row order by id"
)
_BELONGING = "select id, dossier_id, kind, open from belonging order by id"
_OUTBOX = "select * from outbox order by seq"
_JOURNAL = "select * from journal order by seq"
_MIRROR = "select id, version, body from mirror order by id"
_ON_ITS_WAY = (
    "select 1 from outbox o where state in ('queued', 'sending') and not exists (select 1 from outbox e where "
    "e.dossier_id = o.dossier_id and e.state in ('needs_decision', 'parked'))"
)
_PORTAL = {
    "commands": "select * from commands order by at_ms, key",
    "dossiers": "select id, version, body from dossiers order by id",
    "dossier_scope": "select unit_id, dossier_id, feed_n from dossier_scope order by unit_id, dossier_id",
    "payments": "select * from payments order by id",
}


class Story:
    """Runs one seed on a ground; ``faults``: what may be drawn."""

    faults: tuple[str, ...] = FAULTS

    def __init__(self, seed: str, chance: Chance, ground: Ground) -> None:
        chance.begin(seed)
        ground.reset()
        self._chance, self._ground, self._dice = chance, ground, chance.dice
        self.history = History(chance.clock)
        self._faults, self._rate = self._mix()
        names = self._desks()
        self.history.tell("begin", seed=seed, desks=names, faults=sorted(self._faults), rate=self._rate)
        self._seats = [Seat(name, ground, self.history, self._dice, self._line(name)) for name in names]
        self._crowd = Crowd(ground.portal, self.history, self._dice)
        self._backup: Path | None = None
        self._epochs = 0

    def run(self) -> list[str]:
        """Return the history's rows."""
        try:
            self._crowd.file()
            for seat in self._seats:
                self._pull(seat)
            for _ in range(STEPS):
                self._step()
            self._come_to_rest()
            self._dump()
        finally:
            for seat in self._seats:
                seat.desk.close()
        return self.history.lines

    def _mix(self) -> tuple[list[str], float]:
        """Draw which faults this run knows, and how often one strikes."""
        faults = self._dice.sample(self.faults, self._dice.choice((0, 1, 1, 2, 3, 5, len(self.faults))))
        return faults, self._dice.choice((0.1, 0.3, 0.6)) if faults else 0.0

    def _desks(self) -> list[str]:
        """Draw who takes part; somebody always receives."""
        names = self._dice.sample(list(SEATS), self._dice.choice((1, 2, 2, 3)))
        if not any(SEATS[name].startswith("tiepnhan") for name in names):
            names[0] = "quay1"
        return names

    def _line(self, name: str) -> Line:
        return Line(name, self._ground, self.history, self._dice, self._fault)

    def _fault(self) -> str:
        return self._dice.choice(self._faults) if self._dice.random() < self._rate else ""

    # --- the steps

    def _step(self) -> None:
        step = self._dice.choices(list(_STEPS), [weight for weight, _ in _STEPS.values()])[0]
        _STEPS[step][1](self, self._dice.choice(self._seats))

    def _act(self, seat: Seat) -> None:
        with seat.desk.store.read() as connection:
            ids = list(connection.execute(text("select id from dossier_row order by id")).scalars())
        if not ids:
            return
        weights = [weight for weight, _ in OFFICERS.values()]
        tries = self._dice.choices(list(OFFICERS), weights, k=4)

        def deed() -> Any:
            dossier = dossier_at(seat.desk, self._dice.choice(ids))
            for name in tries:
                try:
                    return OFFICERS[name][1](seat.desk, dossier, self._dice)
                except (IndexError, Refused, BadInput):  # nothing there to do it with, or the rules say no
                    continue
            return None

        seat.do("act", deed)

    def _send(self, seat: Seat) -> None:
        seat.do("send", lambda: seat.desk.engine.sender.step())

    def _pull(self, seat: Seat) -> None:
        seat.do("pull", lambda: seat.desk.engine.puller.step())

    def _engine(self, seat: Seat) -> None:
        seat.do("engine", lambda: seat.desk.engine.step())

    def _lane(self, seat: Seat) -> None:
        waiting = seat.table("select key, dossier_id from outbox where state = 'queued' order by seq limit 1")
        for row in waiting:
            seat.do("lane", lambda row=row: seat.desk.engine.work_lane(row["dossier_id"], row["key"]))

    def _file(self, _seat: Seat) -> None:
        self._crowd.file()

    def _pay(self, _seat: Seat) -> None:
        with self._ground.portal.database.reading() as connection:
            ids = list(connection.execute(text("select id from notices order by id")).scalars())
        self._crowd.pay(ids)

    def _withdraw(self, _seat: Seat) -> None:
        self._crowd.withdraw()

    def _wait(self, _seat: Seat) -> None:
        self._chance.clock.advance(self._dice.choice((1, 9, 60, 400, 2400, 90_000)))

    def _shift_clock(self, seat: Seat) -> None:
        seat.clock.error = timedelta(seconds=self._dice.choice((0, 10, -10, 400, -400, 86_400, -86_400)))
        self.history.tell("clock", desk=seat.name, error_s=seat.clock.error.total_seconds())

    def _arm(self, seat: Seat) -> None:
        seat.fuse = self._dice.choice((1, 2, 3)) * self._dice.choice((1, -1))

    def _kill(self, seat: Seat) -> None:
        self.history.tell("killed", desk=seat.name, during="nothing")
        seat.reopen()

    def _late(self, seat: Seat) -> None:
        seat.line.late_ones_arrive()

    def _backup_or_restore(self, _seat: Seat) -> None:
        if self._backup is None:
            self._backup = self._ground.backup()
            self.history.tell("backup")
        elif self._dice.random() < 0.7:
            self._epochs += 1
            self._ground.restore(self._backup, f"epoch-{self._epochs}")
            self.history.tell("restored", epoch=f"epoch-{self._epochs}")
        else:
            self._backup = None

    # --- silence and rest

    def _come_to_rest(self) -> None:
        """No more faults: what was kept back arrives, then the desks work until nothing is left to do."""
        for seat in self._seats:
            seat.line.late_ones_arrive()
            seat.fuse, seat.clock.error = 0, timedelta(0)
        self._crowd.calls_end()
        self._faults, self._rate = [], 0.0
        self.history.tell("calm")
        ends = self._chance.clock.monotonic() + REST_S
        while self._chance.clock.monotonic() < ends:
            busy = sum(self._settle(seat) for seat in self._seats)
            if not busy:
                break
            self._chance.clock.advance(5)
        for seat in self._seats:
            seat.do("pull", seat.desk.engine.puller.pull_all)
        self.history.tell("rest")

    def _settle(self, seat: Seat) -> bool:
        """Work one desk as its officer would; say whether something is still on its way."""
        if seat.desk.engine.link.state.state == "signed_out":
            seat.sign_in()
        pause_s = seat.do("engine", lambda: seat.desk.engine.step())
        for decision in decisions.waiting(seat.desk):
            if decision.kind in ("refused", "parked"):
                self._decide(seat, decision)
        states = seat.table(_ON_ITS_WAY)
        return pause_s == 0.0 or bool(states) or seat.desk.engine.link.state.state != "online"

    def _decide(self, seat: Seat, decision: Any) -> None:
        """Drop what may be dropped; money that was really taken, and a birth, are tried once more."""
        free = [choice.id for choice in decision.choices if not choice.why_not]
        tried = len(seat.table(f"select 1 from outbox where type = '{decision.deed}' and resolved_why = 'again'"))
        choice = "drop" if "drop" in free else free[0]
        if choice != "drop" and tried >= 3:
            return
        seat.do(f"decide {choice}", lambda: decisions.decide(seat.desk, decision.id, choice))

    # --- the tables as they are

    def _dump(self) -> None:
        with self._ground.portal.database.reading() as connection:
            for name, sql in _PORTAL.items():
                rows = [dict(row) for row in connection.execute(text(sql)).mappings()]
                self.history.tell("portal", table=name, rows=rows)
        for seat in self._seats:
            shown = [item.id for item in decisions.waiting(seat.desk)]
            tables = {"outbox": _OUTBOX, "journal": _JOURNAL, "mirror": _MIRROR, "view": _VIEW, "belonging": _BELONGING}
            for name, sql in tables.items():
                self._tell_table(seat, name, sql)
            rebuild(seat.desk.store, seat.desk.projector)
            self._tell_table(seat, "view again", _VIEW)
            self._tell_table(seat, "belonging again", _BELONGING)
            self.history.tell(
                "desk end", desk=seat.name, shown=shown, unit=seat.desk.officer.unit_id, officer=seat.desk.officer.id,
                link=seat.desk.engine.link.state.state, leaks=self._leaks(seat),
            )  # fmt: skip

    def _tell_table(self, seat: Seat, name: str, sql: str) -> None:
        self.history.tell("desk", desk=seat.name, table=name, rows=seat.table(sql))

    def _leaks(self, seat: Seat) -> list[str]:
        """Name the files under the profile that hold a citizen's name in the clear."""
        folder = self._ground.profiles / seat.name
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return [path.name for path in files if CANARY.encode() in path.read_bytes()]


_STEPS: dict[str, tuple[int, Any]] = {
    "act": (30, Story._act),
    "send": (12, Story._send),
    "pull": (9, Story._pull),
    "engine": (10, Story._engine),
    "lane": (5, Story._lane),
    "wait": (12, Story._wait),
    "file": (3, Story._file),
    "pay": (12, Story._pay),
    "withdraw": (1, Story._withdraw),
    "clock": (2, Story._shift_clock),
    "arm": (4, Story._arm),
    "kill": (2, Story._kill),
    "late": (3, Story._late),
    "restore": (3, Story._backup_or_restore),
}
