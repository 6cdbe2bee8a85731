"""``python -m tests.faults.malformed --runs N --seed S``: true answers of the portal, spoilt, read by a real desk.

Every answer comes from the real portal, which has done what was asked; what the desk then reads came over a socket and
is one of the ways of ``spoilt``. Each address the desk reads meets each way. Judged at once: nothing crashes or hangs,
a damaged answer is believed by nobody, mirror and cursor stand as before or as the whole page says, outbox and journal
lose nothing. Judged at the end of each schedule by the checker: the desk came to rest with the portal's truth. After a
portal's own wrong words (``SHAPES``) that needs a resync, which the end of such a schedule brings.
"""

from __future__ import annotations

import argparse
import faulthandler
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Unpack

from app.clock import SystemClock
from app.errors import KnownError
from app.portal import exchange
from app.portal.exchange import Response
from app.portal.transport import RequestsTransport
from app.sync.apply_page import forget_cursor
from tests.faults.raw_server import RawServer
from tests.faults.shares import share_out
from tests.faults.spoilt import BODIES, HARMLESS, JSON_TYPES, LINES, SHAPES, Answer, Spoil, pieces
from tests.faults.spoilt_deeds import DEEDS, SWALLOWED, Asked, endpoint
from tests.simulation.campaign import MEMORY, judged
from tests.simulation.ground import Ground, as_sent
from tests.simulation.line import Line
from tests.simulation.seat import Seat
from tests.simulation.seeded import Chance, take_over
from tests.simulation.story import Story

WAIT_S, DEADLINE_S, HUNG_S = 0.3, 0.5, 4.0
PER_SCHEDULE = 40
WIDE = ("GET /v1/sync", "GET /v1/dossiers/*", "POST /v1/commands")
"""Answers with so many places that one wrong value is drawn in forty of them."""
DAMAGE = LINES | BODIES | JSON_TYPES
ALL: dict[str, Spoil] = HARMLESS | DAMAGE | SHAPES
_BOX = "select key, sha256, state from outbox order by seq"
_TRUTH = "select id, version, body from mirror order by id"
_FEED = "select name, value from sync_state where name in ('cursor', 'epoch') order by name"
_JOURNAL = "select seq, key, hash from journal order by seq"


class SpoiltLine(Line):
    """The line of one desk; ``armed``: the address whose next answer is spoilt, and the way."""

    def __init__(self, *given: Any, server: RawServer, transport: RequestsTransport) -> None:
        super().__init__(*given)
        self._server, self._transport = server, transport
        self.armed: tuple[str, str] | None = None
        self.met = ""

    def request(self, method: str, path: str, **asked: Unpack[exchange.Asked]) -> Response:
        """Carry a request; the armed one's answer goes, spoilt, over a real socket."""
        if self.armed is None or self.armed[0] != endpoint(method, path):
            return super().request(method, path, **asked)
        way, self.armed = self.armed[1], None
        self._history.tell("asked", desk=self.desk, method=method, path=path, fault=way)
        told = self.deliver((method, path, *as_sent(asked)))
        has_body = method != "HEAD" and told.status not in (204, 304)
        answer = Answer(told.status, told.headers, told.body, has_body)
        self.met = _meets(way, answer)
        if not self.met:
            return told
        keep = way in HARMLESS or way in ("length too short", "garbage behind")
        self._server.lay(pieces(ALL[way], answer, self._dice), keep=keep and "until" not in way)
        return self._transport.request(method, path, **asked | {"timeout_s": WAIT_S, "deadline_s": DEADLINE_S})


def _meets(way: str, answer: Answer) -> str:
    """Return the class of a way if it changes anything about this answer, else nothing."""
    is_json = "json" in answer.headers.get("content-type", "") and answer.has_body
    fits = {
        "line": way in LINES,
        "body": way in BODIES and answer.has_body and len(answer.body) > 1,
        "type": way in JSON_TYPES and is_json and answer.status < 300,
        "shape": way in SHAPES and is_json and answer.body[:1] == b"{",
        "harmless": way in HARMLESS and answer.has_body and (is_json or way != "blanks around"),
    }
    return next((name for name, holds in fits.items() if holds), "")


class SpoiltStory(Story):
    """One schedule: two desks at work, each of ``plan`` (address, way) once, then rest."""

    def __init__(self, seed: str, chance: Chance, ground: Ground, plan: list[tuple[str, str]], wire: Any) -> None:
        self._seed, self._wire, self._plan = seed, wire, plan
        self._lies = any(way in SHAPES for _, way in plan)
        """Pages may leave out what they should have told; until the resync at the end nobody can know."""
        self.found: list[str] = []
        self.met: Counter[str] = Counter()
        super().__init__(seed, chance, ground)
        self._faults, self._rate = [], 0.0

    def run(self) -> list[str]:
        """Return the history's rows."""
        try:
            self._open()
            for address, way in self._plan:
                self._one(address, way)
            if self._lies:
                self._ground.restore(self._ground.backup(), "epoch-1")
                self.history.tell("restored", epoch="epoch-1")
            self._come_to_rest()
            self._dump()
        finally:
            for seat in self._seats:
                seat.desk.close()
        return self.history.lines

    def _desks(self) -> list[str]:
        return ["quay1", "truong"]

    def _line(self, name: str) -> Line:
        server, transport = self._wire
        return SpoiltLine(name, self._ground, self.history, self._dice, self._fault, server=server, transport=transport)

    def _open(self) -> None:
        for _ in range(3):
            self._crowd.file()
        for seat in self._seats:
            self._pull(seat)
        for _ in range(6):
            self._act(self._seats[0])
            self._chance.clock.advance(9)
            self._engine(self._seats[0])

    def _one(self, address: str, way: str) -> None:
        """Spoil one answer, and look at the desk before and after."""
        who, deed = DEEDS[address]
        seat = next(seat for seat in self._seats if seat.name == who)
        self._ready(seat)
        self._stir(seat)
        before, line, raised = _seen(seat), seat.line, []
        assert isinstance(line, SpoiltLine)
        line.armed, line.met = (address, way), ""

        def asked() -> None:
            try:
                deed(Asked(seat.desk, self._dice))
            except KnownError as error:
                raised.append(error.code)
                raise

        begun = time.monotonic()
        faulthandler.dump_traceback_later(60, exit=True)
        seat.do("pull" if address == "GET /v1/sync" and way not in SHAPES else f"{address}, {way}", asked)
        faulthandler.cancel_dump_traceback_later()
        took_s, line.armed = time.monotonic() - begun, None
        self.met[line.met] += 1
        wrong = [f"hung for {took_s:.1f} s"] if took_s > HUNG_S else []
        wrong += _wrong(address, line.met, raised, before, _seen(seat))
        self.found += [f"VIOLATION seed={self._seed} {address}, {way}: {what}" for what in wrong]

    def _stir(self, seat: Seat) -> None:
        """Let there be something to bring: a new dossier, what citizens paid, sometimes everything from the start."""
        if self._dice.random() < 0.4:
            self._crowd.file()
        if self._dice.random() < 0.5:
            self._pay(seat)
        if self._dice.random() < 0.4:
            forget_cursor(seat.desk.store)

    def _ready(self, seat: Seat) -> None:
        """Bring the desk back to a whole line, as time and its officer would."""
        self._chance.clock.advance(max(5.0, seat.desk.engine.sender.gate_until_s - self._chance.clock.monotonic()))
        if seat.desk.engine.link.state.state == "signed_out":
            seat.sign_in()
        seat.do("pull after a lie" if self._lies else "pull", seat.desk.engine.puller.pull_all)


def _seen(seat: Seat) -> dict[str, Any]:
    tables = {"box": _BOX, "mirror": _TRUTH, "feed": _FEED, "journal": _JOURNAL}
    return {name: seat.table(sql) for name, sql in tables.items()}


def _wrong(address: str, met: str, raised: list[str], before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return what a desk must not have done."""
    found = []
    damaged = met in ("line", "body", "type")
    old = {row["key"]: row for row in before["box"]}
    new = {row["key"]: row for row in after["box"]}
    if any(key not in new or new[key]["sha256"] != row["sha256"] for key, row in old.items()):
        found.append("the outbox lost work")
    if after["journal"][: len(before["journal"])] != before["journal"]:
        found.append("the journal was changed")
    changed = {key for key, row in new.items() if row["state"] != old.get(key, {}).get("state", "queued")}
    if damaged and changed:
        found.append(f"a damaged answer was believed: {sorted(new[key]['state'] for key in changed)}")
    if damaged and (before["mirror"], before["feed"]) != (after["mirror"], after["feed"]):
        found.append("a damaged answer changed the mirror")
    if damaged and not raised and address not in SWALLOWED:
        found.append("a damaged answer raised nothing")
    if raised and (before["mirror"], before["feed"]) != (after["mirror"], after["feed"]):
        found.append(f"raised {raised[0]} and changed the mirror")
    if met == "harmless" and set(raised) & {"bad-answer", "cut-answer", "no-answer", "captive-page"}:
        found.append(f"a whole answer was not taken: {raised[0]}")
    return found


def plans(runs: int, seed: str, chance: Chance) -> list[list[tuple[str, str]]]:
    """Return schedules in which every address meets every way, again and again, until there are ``runs``."""
    chance.begin(f"plan {seed}")
    cells = [(address, way) for address in DEEDS for way in ALL]
    cells += [(address, way) for address in WIDE for way in ("another value", "a value away") for _ in range(40)]
    drawn: list[tuple[str, str]] = []
    while len(drawn) < runs:
        chance.dice.shuffle(cells)
        drawn += cells
    drawn = drawn[:runs]
    lines = [cell for cell in drawn if cell[1] not in SHAPES]
    shapes = [cell for cell in drawn if cell[1] in SHAPES]
    return [part[at : at + PER_SCHEDULE] for part in (lines, shapes) for at in range(0, len(part), PER_SCHEDULE)]


def run(seed: str, runs: int, job: int, jobs: int, only: Sequence[str]) -> tuple[Counter[str], list[str], str]:
    """Run every ``jobs``-th schedule and let the checker judge; return what was met, violations, its last words."""
    met, found, history = Counter[str](), [], []
    chance, server = Chance(), RawServer()
    wire = (server, RequestsTransport(server.origin, clock=SystemClock()))
    with tempfile.TemporaryDirectory(prefix="motcua-malformed-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        take_over(chance)
        ground = Ground(Path(folder), chance.clock)
        for number, plan in list(enumerate(plans(runs, seed, chance)))[job::jobs]:
            name = f"{seed}:{number}"
            if only and name not in only:
                continue
            story = SpoiltStory(name, chance, ground, plan, wire)
            history += story.run()
            met += story.met
            found += story.found
            print(*story.found, sep="\n", end="\n" if story.found else "", flush=True)
    wire[1].close()
    server.close()
    violations, last = judged("\n".join(history) + "\n") if history else ([], "nothing to read")
    print(*violations, sep="\n", end="\n" if violations else "", flush=True)
    return met, found + violations, last


def main() -> int:
    """Run, judge, tell; 1 if anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.malformed", description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only", nargs="*", default=(), help="these schedules and no others")
    parser.add_argument("--jobs", type=int, default=1)
    asked, begun = parser.parse_args(), time.monotonic()
    shares = [(asked.seed, asked.runs, job, asked.jobs, asked.only) for job in range(asked.jobs)]
    parts = share_out(run, shares)
    met = sum((part[0] for part in parts), Counter[str]())
    bad = sum(len(part[1]) for part in parts)
    told = ", ".join(f"{count} {name or 'without effect'}" for name, count in sorted(met.items()))
    print(f"{met.total()} answers of {len(DEEDS)} addresses in {time.monotonic() - begun:.0f} s: {told}")
    print(f"{bad} violations, seed {asked.seed}; checker: {'; '.join(part[2] for part in parts)}")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
