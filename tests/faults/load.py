"""``python -m tests.faults.load``: the sandbox on PostgreSQL under load, counted while it runs, and the herd after.

Commands and delta reads come at a fixed rate whether the portal keeps up or not; latency counts from the moment a
request was due. One command in fifty is sent twice. Afterwards the portal's own tables are counted: each key once,
each sum once, each reader's mirror the portal's truth. Then twice the rate: whoever is not served must be told when to
come again. The figures are this machine's, with whatever else runs on it; ``--strict`` fails where a target is missed,
a violation always fails.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import multiprocessing
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any
from urllib.parse import quote

from sqlalchemy import create_engine, text

from app.domain.words import LineKind
from app.ids import IdSource
from app.sandbox.server import SandboxServer
from tests.faults.herd import herd
from tests.faults.postgres import postgres
from tests.integration.sandbox_desk import SandboxDesk, file_dossier

COMMANDS, READS, SECONDS, DOSSIERS = 100, 200, 20.0, 120
CLERKS, READERS = 25, 25
P95_MS = 200.0
_id = IdSource().new
_TRUTH = "select d.id, d.version from dossiers d join dossier_scope s on s.dossier_id = d.id where s.unit_id = 'H32.8'"


def serve(folder: str, url: str, told: Connection) -> None:
    """Run the portal in a process of its own until told to end."""
    with SandboxServer(Path(folder), database_url=url) as server:
        told.send(server.base_url)
        told.recv()


@dataclass
class Tally:
    """What came of the requests of one kind."""

    statuses: Counter[int] = field(default_factory=Counter)
    took_ms: list[float] = field(default_factory=list)
    alone_ms: list[float] = field(default_factory=list)
    """From the moment a request was due, and from the moment it left: the lag of a caller is between."""
    no_hint: int = 0
    failures: Counter[str] = field(default_factory=Counter)

    def line(self, name: str, seconds: float) -> str:
        """Return the figures in one line."""
        rate = self.statuses[200] / seconds
        return (
            f"{name}: {rate:.0f}/s served, p50 {self.at(0.5):.0f} ms, p95 {self.at(0.95):.0f} ms, "
            f"p99 {self.at(0.99):.0f} ms, p95 once sent {self.at(0.95, self.alone_ms):.0f} ms, "
            f"answers {dict(self.statuses)}, without Retry-After {self.no_hint}, failures {dict(self.failures)}"
        )

    def at(self, part: float, of: list[float] | None = None) -> float:
        """Return a percentile of the served requests."""
        ordered = sorted(self.took_ms if of is None else of)
        return ordered[int(part * (len(ordered) - 1))] if ordered else 0.0


class Caller(Thread):
    """One desk's thread: a request whenever one is due, on one kept connection."""

    def __init__(self, address: str, token: str, every_s: float, ends: float, tally: Tally, dice: Random) -> None:
        super().__init__(daemon=True)
        self._address, self._every_s, self._ends, self.tally, self._dice = address, every_s, ends, tally, dice
        self._headers = {"Authorization": token, "Content-Type": "application/json"}
        self._line = http.client.HTTPConnection(address, timeout=30)

    def run(self) -> None:
        """Ask at each due moment until the end; moments that passed meanwhile are asked for at once."""
        due = time.monotonic() + self._dice.random() * self._every_s
        while due < self._ends:
            time.sleep(max(0.0, due - time.monotonic()))
            if time.monotonic() > self._ends + 5:
                return
            self.once(due)
            due += self._every_s

    def once(self, due: float) -> None:
        raise NotImplementedError

    def ask(self, method: str, path: str, body: str | None, due: float) -> Any:
        """Return the answer's JSON, None unless it was 200."""
        left = time.monotonic()
        try:
            self._line.request(method, path, body, self._headers)
            answer = self._line.getresponse()
            data = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.tally.failures[type(error).__name__] += 1
            self._line.close()
            return None
        self.tally.statuses[answer.status] += 1
        if answer.status != 200:
            self.tally.no_hint += answer.getheader("Retry-After") is None
            return None
        now = time.monotonic()
        self.tally.took_ms.append((now - due) * 1000)
        self.tally.alone_ms.append((now - left) * 1000)
        return json.loads(data)


class Clerk(Caller):
    """Sends commands on its own dossiers: corrections and money."""

    def __init__(self, *given: Any, officer: str, ids: list[str], now: str) -> None:
        super().__init__(*given)
        self._officer, self._ids, self._now = officer, ids, now
        self.done: dict[str, int] = {}
        """Key → đồng of each command that the portal acknowledged."""
        self.unsure: dict[str, int] = {}

    def once(self, due: float) -> None:
        """Send one command, now and then twice."""
        amount = self._dice.choice((0, 0, 0, 15_000))
        key, body = _id(), self._body(amount)
        sent = {"key": key, "actor_id": self._officer, "type": "collect" if amount else "correct_contact",
                "dossier_id": self._dice.choice(self._ids), "if_match": None,
                "sha256": hashlib.sha256(body.encode()).hexdigest(), "body": body}  # fmt: skip
        for _ in range(1 + (self._dice.random() < 0.02)):
            found = self.ask("POST", "/v1/commands", json.dumps({"commands": [sent]}), due)
            status = found["results"][0]["status"] if found else ""
            if status in ("done", "replayed"):
                self.done[key] = amount
            elif found:
                self.tally.failures[f"{status} {found['results'][0]['problem']}"[:200]] += 1
            else:
                self.unsure[key] = amount

    def _body(self, amount: int) -> str:
        if not amount:
            return json.dumps({"made_at": self._now, "phone": f"09{self._dice.randrange(10**8):08d}"})
        line = {"kind": LineKind.OTHER.value, "name": f"Bản sao {_id()}", "amount": amount}
        return json.dumps({
            "made_at": self._now, "notice_id": _id(), "payment_id": _id(), "title": "Thu tại quầy", "lines": [line],
            "amount": amount, "channel": "counter_cash", "evidence": {"info": "Biên lai 7"}, "reason": "Thêm bản sao",
        })  # fmt: skip


class Reader(Caller):
    """Follows the feed."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.mirror: dict[str, int] = {}
        self.cursor, self.fell = "", 0

    def once(self, due: float) -> None:
        """Take one page."""
        page = self.ask("GET", f"/v1/sync?limit=50&cursor={quote(self.cursor)}", None, due)
        if page is None:
            return
        for change in page["changes"]:
            self.fell += change["version"] < self.mirror.get(change["id"], 0)
            self.mirror[change["id"]] = change["version"]
        self.cursor, self.more = page["next_cursor"], page["has_more"]

    def catch_up(self) -> None:
        """Take pages until there is no more."""
        self.more = True
        while self.more:
            self.once(time.monotonic())


def step(at: dict[str, Any], times: float, seconds: float, seed: str) -> tuple[Tally, Tally, list[Clerk], list[Reader]]:
    """Run one load, ``times`` the target's rate."""
    ends, writes, reads = time.monotonic() + seconds, Tally(), Tally()
    clerks = [
        Clerk(at["address"], at["token"], CLERKS / (COMMANDS * times), ends, writes, Random(f"{seed} clerk {n}"),
              officer=at["officer"], ids=at["ids"][n::CLERKS], now=at["now"])
        for n in range(CLERKS)
    ]  # fmt: skip
    readers = [
        Reader(at["address"], at["token"], READERS / (READS * times), ends, reads, Random(f"{seed} reader {n}"))
        for n in range(READERS)
    ]
    for reader in readers:
        reader.cursor, reader.mirror = at["cursor"], dict(at["mirror"])
    for caller in (*clerks, *readers):
        caller.start()
    for caller in (*clerks, *readers):
        caller.join()
    return writes, reads, clerks, readers


def judged(url: str, clerks: list[Clerk], readers: list[Reader]) -> list[str]:
    """Count the portal's own tables against what was acknowledged and read."""
    found = [f"{reader.fell} versions fell" for reader in readers if reader.fell]
    engine = create_engine(url)
    with engine.connect() as connection:
        kept = dict(
            connection.execute(text("select key, coalesce(amount, 0) from commands where status = 'done'")).all()
        )
        facts = connection.execute(text("select count(*), coalesce(sum(amount), 0) from payments")).one()
        truth = dict(connection.execute(text(_TRUTH)).all())
    engine.dispose()
    done = {key: amount for clerk in clerks for key, amount in clerk.done.items()}
    found += [f"{key} was acknowledged and is not there" for key in set(done) - set(kept)][:5]
    money = [amount for amount in kept.values() if amount]
    if tuple(facts) != (len(money), sum(money)):
        found.append(f"{facts} facts for {len(money)} commands of {sum(money)} đồng")
    if wrong := [key for key, amount in done.items() if kept.get(key, amount) != amount]:
        found.append(f"{len(wrong)} sums changed")
    for reader in readers:
        reader.catch_up()
        missed = [key for key, version in truth.items() if reader.mirror.get(key) != version]
        found += [f"a reader missed {len(missed)} dossiers"] if missed else []
    return found


def prepared(stack: ExitStack, folder: str, url: str) -> dict[str, Any]:
    """Start the portal and bring it received dossiers; return what callers need."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=serve, args=(folder, url, there), daemon=True)
    process.start()
    stack.callback(process.join, 20)
    stack.callback(here.send, "end")
    base_url = here.recv()
    desk = SandboxDesk(base_url, "tiepnhan1")
    stack.callback(desk.close)
    ids = [file_dossier(base_url) for _ in range(DOSSIERS)]
    for at in range(0, len(ids), 40):
        desk.send(*(desk.envelope("receive", dossier_id, reason="Khách chờ") for dossier_id in ids[at : at + 40]))
    now = json.loads(desk.envelope("receive", ids[0])["body"])["made_at"]
    token = str(desk._http.headers["Authorization"])
    found = {"address": base_url.removeprefix("http://"), "token": token, "officer": desk.me["officer_id"], "ids": ids}
    reader = Reader(found["address"], token, 1.0, 0.0, Tally(), Random(0))
    reader.catch_up()
    return found | {"now": now, "cursor": reader.cursor, "mirror": reader.mirror}


def main() -> int:
    """Run both loads and the herd; print the figures; 1 for a violation, or with ``--strict`` a missed target."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--times", type=float, nargs="*", default=(1.0, 2.0), help="of the target's rate")
    parser.add_argument("--strict", action="store_true")
    asked, bad, missed, clerks = parser.parse_args(), 0, [], []
    with ExitStack() as stack:
        url = stack.enter_context(postgres())
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="motcua-load-"))
        at = prepared(stack, folder, url)
        for times in asked.times:
            writes, reads, more, readers = step(at, times, asked.seconds, f"{asked.seed} {times}")
            clerks += more
            found = judged(url, clerks, readers)
            bad += len(found)
            print(f"{times:g} × ({COMMANDS} commands/s and {READS} delta reads/s) for {asked.seconds:.0f} s:")
            print(" ", writes.line("commands", asked.seconds))
            print(" ", reads.line("delta", asked.seconds))
            print(f"  {len(found)} violations", *found, sep="\n  ", flush=True)
            if times == 1 and max(writes.at(0.95), reads.at(0.95)) > P95_MS:
                missed.append("p95")
            if writes.no_hint + reads.no_hint or writes.failures or reads.failures:
                missed.append(f"{times:g} × without answer or hint")
    drained = herd(asked.seed)
    print(f"herd of 1,500 desks (simulated): {drained}")
    if drained.took_s > 1.5 * drained.ideal_s or drained.jain < 0.95 or drained.timed_out:
        missed.append("herd")
    print(f"{bad} violations, targets missed: {', '.join(missed) or 'none'}, seed {asked.seed}")
    return 1 if bad or (asked.strict and missed) else 0


if __name__ == "__main__":
    raise SystemExit(main())
