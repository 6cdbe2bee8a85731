"""One schedule: a seed becomes desks, faults and deeds, then silence, rest and the tables as they then are.

Stands apart as the only place that knows the order of a schedule. The mix of faults is drawn anew for each seed
(swarm): a run with one kind of fault, again and again, finds other bugs than one with a little of everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import text

from app.domain.unit_settings import UnitSettings
from app.domain.words import Role
from app.sandbox import unit_settings
from app.sandbox.gateways.sessions import end_overdue_sessions
from app.sandbox.offices import officer_id
from app.services import absent, decisions
from app.sync.apply_page import rebuild
from tests.simulation import province
from tests.simulation.crowd import UNIT, Crowd
from tests.simulation.deeds import CANARY, SUMS, some_deed
from tests.simulation.ground import SEATS, SECOND, Ground
from tests.simulation.history import History
from tests.simulation.line import FAULTS, Line
from tests.simulation.seat import Seat
from tests.simulation.seeded import Chance

STEPS_PER_DEED = 4
REST_S = 600.0
MOST_TRIES = 3
WAITS_S = (*(1, 9, 9, 60, 400, 2400, 90_000) * 3, 61 * 86_400)
OLDEST_BACKUP_S = 35 * 86_400
WORKING_HOURS_S = 5000
"""After so long the head sees what an absent officer has left."""
_VIEW = (
    "select id, code, receipt_code, state, queue, fee_status, due_ms, soon_ms, pending, step_ms, name_key, code_key, "
    "procedure_key, fee_dong, pay_late_ms, unreached_ms, facts from dossier_row order by id"
)
_BELONGING = "select id, dossier_id, kind, open from belonging order by id, dossier_id"
_OUTBOX = "select * from outbox order by seq"
_JOURNAL = "select * from journal order by seq"
_MIRROR = "select id, version, body from mirror order by id"
_ON_ITS_WAY = (
    "select 1 from outbox o where state in ('queued', 'sending') and not exists (select 1 from outbox e where "
    "e.dossier_id = o.dossier_id and e.state in ('needs_decision', 'parked')) "
    "union all select 1 where not exists (select 1 from sync_state where name = 'cursor')"
)
_PORTAL = {
    "commands": "select * from commands order by at_ms, key",
    "dossiers": "select id, version, body from dossiers order by id",
    "dossier_scope": "select unit_id, dossier_id, feed_n from dossier_scope order by unit_id, dossier_id",
    "payments": "select * from payments order by id",
}


class Story:
    """Runs one seed on a ground; ``faults``: what may be drawn; ``deeds``: how many, at the least and at the most.

    Short schedules are the many (each doubling of the length is as likely as the last): most mistakes need few deeds,
    and those that need what has piled up meet the long ones.
    """

    faults: tuple[str, ...] = FAULTS
    deeds: tuple[int, int] = (3, 40)

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
        self._revoked: set[str] = set()
        self._tried: Counter[tuple[str, str]] = Counter()
        self._epochs = 0

    def run(self) -> list[str]:
        """Return the history's rows."""
        try:
            self._open_the_day()
            least, most = self.deeds
            wanted = round(least * (most / least) ** self._dice.random())
            for _ in range(STEPS_PER_DEED * wanted):
                if sum(seat.deeds for seat in self._seats) >= wanted:
                    break
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

    def _open_the_day(self) -> None:
        if self._dice.random() < 0.4:
            self.two_eyes(SUMS[0])
        for _ in range(self._dice.randint(1, 4)):
            self._crowd.file()
        for seat in self._seats:
            self._pull(seat)

    def two_eyes(self, over: int) -> None:
        """From now on money above ``over`` đồng needs a second officer; 0: never."""
        self.history.tell("two eyes", over=over)
        with self._ground.portal.database.writing() as connection:
            unit_settings.put(connection, UNIT, UnitSettings(two_eyes_over=over))

    def _desks(self) -> list[str]:
        """Draw who takes part; somebody always receives, and mostly somebody processes."""
        names = self._dice.sample([name for name in SEATS if name != "phong"], self._dice.choice((1, 1, 2, 2, 3)))
        if not any(SEATS[name].startswith("tiepnhan") for name in names):
            names[0] = "quay1"
        names += self._dice.choice(([], ["phong"], ["phong"]))
        if set(names) & set(SECOND) and "truong" not in names and self._dice.random() < 0.7:
            names.append("truong")  # who hands over what an absent officer has left
        return names

    def _line(self, name: str) -> Line:
        return Line(name, self._ground, self.history, self._dice, self._fault)

    def _fault(self) -> str:
        return self._dice.choice(self._faults) if self._dice.random() < self._rate else ""

    # --- the steps

    def _step(self) -> None:
        step = self._dice.choices(list(_STEPS), [weight for weight, _ in _STEPS.values()])[0]
        seat = self._dice.choice(self._seats)
        if seat.is_signed_out and self._dice.random() < 0.5:
            seat.sign_in()
        if self._revoked and self._dice.random() < 0.1:
            self._revoked = self._pardoned()
        _STEPS[step][1](self, seat)

    def _act(self, seat: Seat) -> None:
        with seat.desk.store.read() as connection:
            ids = list(connection.execute(text("select id from dossier_row order by id")).scalars())
        seat.do("act", lambda: some_deed(seat.desk, ids, self._dice))

    def _send(self, seat: Seat) -> None:
        seat.do("send", lambda: seat.desk.engine.sender.step())

    def _pull(self, seat: Seat) -> None:
        seat.do("pull", lambda: seat.desk.engine.puller.step())

    def _engine(self, seat: Seat) -> None:
        seat.do("engine", lambda: seat.desk.engine.step())

    def _round(self, _seat: Seat) -> None:
        """A little while in which every desk works by itself."""
        self._chance.clock.advance(9)
        for seat in self._seats:
            self._engine(seat)

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

    def _write(self, _seat: Seat) -> None:
        self._crowd.write(self._dice.choice(("supplement", "supplement", "read", "withdraw")))

    def _wait(self, _seat: Seat) -> None:
        seconds = self._dice.choice(WAITS_S)
        if seconds > OLDEST_BACKUP_S:
            self._backup = None  # nobody puts one so old back
            self.history.tell("long wait")
        self._chance.clock.advance(seconds)
        while end_overdue_sessions(self._ground.portal):
            pass

    def _shift_clock(self, seat: Seat) -> None:
        seat.clock.error = timedelta(seconds=self._dice.choice((0, 10, -10, 400, -400, 86_400, -86_400)))
        self.history.tell("clock", desk=seat.title, error_s=seat.clock.error.total_seconds())

    def _arm(self, seat: Seat) -> None:
        seat.fuse = self._dice.choice((1, 2, 3)) * self._dice.choice((1, -1))

    def _kill(self, seat: Seat) -> None:
        seat.die("nothing")

    def _sign_out(self, seat: Seat) -> None:
        self.history.tell("signed out", desk=seat.title)
        seat.do("sign out", seat.desk.sign_out)
        seat.reopen()

    def _revoke(self, seat: Seat) -> None:
        """Close an officer's account, for a while."""
        self._revoked.add(seat.username)
        self._ground.portal.identity.set_revoked(seat.username, True)
        self.history.tell("revoked", officer=seat.username)

    def _pardoned(self) -> set[str]:
        for username in sorted(self._revoked):
            self._ground.portal.identity.set_revoked(username, False)
            self._ground.portal.identity.set_roles(username, None)
        return set()

    def _end_cursors(self, _seat: Seat) -> None:
        """Let the portal forget what it signs cursors with: 410 at whatever page comes next."""
        self._ground.end_cursors(self._chance.identity())
        self.history.tell("cursors ended")

    def _change_over(self, seat: Seat) -> None:
        """Let the other officer of a shared desk sit down, perhaps for so long that the head hears of what waits."""
        shared = [seat for seat in self._seats if seat.name in SECOND]
        for seat in shared:
            first, second = SEATS[seat.name], SECOND[seat.name]
            self._act(seat)
            self.history.tell("changed over", desk=seat.name)
            seat.change_over(second if seat.username == first else first)
            if self._dice.random() < 0.7:
                self._pull(seat)
                self._chance.clock.advance(self._dice.choice((60, WORKING_HOURS_S, WORKING_HOURS_S)))
                self._pull(seat)
                self._hand_over(seat)

    def _hand_over(self, shared: Seat) -> None:
        """Let the head hand over what an absent officer left here, and whoever sits here send it."""
        heads = (seat for seat in self._seats if Role.HEAD in seat.desk.officer.roles)
        for head, desk in ((seat, seat.desk) for seat in heads):
            works = head.do("ask for unsent work", partial(absent.of_unit, desk)) or ()
            for absentee in [work.username for work in works if work.username != shared.username]:
                if head.do("hand over", partial(absent.hand_over, desk, absentee, shared.username)) is not None:
                    here = shared.desk.officer.id
                    self.history.tell("handed over", officer=officer_id(absentee), to=here)
                    shared.do("send for", partial(absent.send_for, shared.desk, absentee))

    def _bury(self, _seat: Seat) -> None:
        province.bury(self._ground.portal, self._dice, self.history)

    def _day_off(self, _seat: Seat) -> None:
        province.day_off(self._ground.portal, self._dice, self.history)

    def _leave(self, _seat: Seat) -> None:
        province.leave(self._ground.portal, self._dice, self.history)

    def _other_role(self, seat: Seat) -> None:
        province.other_role(self._ground.portal, self._dice, self.history, seat.username)

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
        self._revoked = {*SEATS.values(), *SECOND.values()}  # a restored backup remembers older words
        self._revoked = self._pardoned()
        self._crowd.calls_end()
        self._faults, self._rate = [], 0.0
        self.history.tell("calm")
        ends = self._chance.clock.monotonic() + REST_S
        turns = max(len(seat.people) for seat in self._seats)
        for turn in list(range(turns)) * turns:  # what one officer's work waits for may lie with the next one
            here = [seat for seat in self._seats if turn < len(seat.people)]
            self._tried.clear()
            for seat in here:
                seat.change_over(seat.people[turn])
            while sum(self._settle(seat) for seat in here) and self._chance.clock.monotonic() < ends:
                self._chance.clock.advance(5)

    def _everybody(self) -> Iterator[Seat]:
        """Yield the desks, a shared one once for each who worked there, with that officer at it."""
        for seat in self._seats:
            for username in seat.people:
                seat.change_over(username)
                yield seat

    def _settle(self, seat: Seat) -> bool:
        """Work one desk as its officer would; say whether something is still on its way."""
        if seat.is_signed_out:
            seat.sign_in()
        seat.do("engine", lambda: seat.desk.engine.step())
        for decision in decisions.waiting(seat.desk):
            if decision.kind in ("refused", "edited", "parked"):
                self._decide(seat, decision)
        return bool(seat.table(_ON_ITS_WAY)) or seat.desk.engine.link.state.state != "online"

    def _decide(self, seat: Seat, decision: Any) -> None:
        """Drop what may be dropped; money that was really taken, and a birth, are tried some times more."""
        free = [choice.id for choice in decision.choices if not choice.why_not]
        choice, deed = ("drop" if "drop" in free else free[0]), (decision.deed, decision.dossier_id)
        self._tried[deed] += 1
        if choice == "drop" or self._tried[deed] <= MOST_TRIES:
            seat.do(f"decide {choice}", lambda: decisions.decide(seat.desk, decision.id, choice))

    # --- the tables as they are

    def _dump(self) -> None:
        """Let every desk take the last pages, and write everybody's tables down."""
        self.history.tell("rest")
        for seat in self._everybody():
            seat.do("pull", seat.desk.engine.puller.pull_all)
            shown = [item.id for item in decisions.waiting(seat.desk)]
            tables = {"outbox": _OUTBOX, "journal": _JOURNAL, "mirror": _MIRROR, "view": _VIEW, "belonging": _BELONGING}
            for name, sql in tables.items():
                self._tell_table(seat, name, sql)
            rebuild(seat.desk.store, seat.desk.projector)
            self._tell_table(seat, "view again", _VIEW)
            self._tell_table(seat, "belonging again", _BELONGING)
            self.history.tell(
                "desk end", desk=seat.title, shown=shown, unit=seat.desk.officer.unit_id, officer=seat.desk.officer.id,
                link=seat.desk.engine.link.state.state, leaks=self._leaks(seat),
            )  # fmt: skip
        with self._ground.portal.database.reading() as connection:
            for name, sql in _PORTAL.items():
                rows = [dict(row) for row in connection.execute(text(sql)).mappings()]
                self.history.tell("portal", table=name, rows=rows)

    def _tell_table(self, seat: Seat, name: str, sql: str) -> None:
        self.history.tell("desk", desk=seat.title, table=name, rows=seat.table(sql))

    def _leaks(self, seat: Seat) -> list[str]:
        """Name the files under the profile that hold a citizen's name in the clear."""
        folder = self._ground.profiles / seat.name
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return [path.name for path in files if CANARY.encode() in path.read_bytes()]


_STEPS: dict[str, tuple[int, Any]] = {
    "act": (50, Story._act),
    "send": (6, Story._send),
    "pull": (5, Story._pull),
    "engine": (8, Story._engine),
    "round": (6, Story._round),
    "lane": (4, Story._lane),
    "wait": (9, Story._wait),
    "file": (3, Story._file),
    "pay": (8, Story._pay),
    "write": (4, Story._write),
    "clock": (2, Story._shift_clock),
    "arm": (3, Story._arm),
    "kill": (1, Story._kill),
    "late": (2, Story._late),
    "restore": (2, Story._backup_or_restore),
    "sign out": (1, Story._sign_out),
    "revoke": (1, Story._revoke),
    "end cursors": (1, Story._end_cursors),
    "change over": (3, Story._change_over),
    "bury": (1, Story._bury),
    "day off": (1, Story._day_off),
    "leave": (1, Story._leave),
    "other role": (1, Story._other_role),
}
