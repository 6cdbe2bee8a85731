"""``python -m tests.faults.load``: the sandbox on PostgreSQL under load, counted while it runs, and the herd after.

Commands and delta reads come at a fixed rate whether the portal keeps up or not; latency counts from the moment a
request was due. One command in fifty is sent twice. Afterwards the portal's own tables are counted: each key once,
each sum once, each reader's mirror the portal's truth. Then twice the rate: whoever is not served must be told when to
come again. The figures are this machine's, with whatever else runs on it, so the CPU time of portal, database and
callers is told beside the clock's; ``--strict`` fails where a target is missed, a violation always fails.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import create_engine, text

from app.sandbox.server import SandboxServer
from tests.faults.herd import herd
from tests.faults.load_callers import Clerk, Reader, Tally
from tests.faults.postgres import cpu_s, postgres
from tests.integration.sandbox_desk import SandboxDesk, file_dossier

COMMANDS, READS, SECONDS, DOSSIERS = 100, 200, 20.0, 120
CLERKS, READERS = 25, 25
ALONE, PAGE = 150, 12
"""Requests of each kind one after the other, for the cost of one; and changes in each page then, as under load."""
P95_MS = 200.0
_TRUTH = "select d.id, d.version from dossiers d join dossier_scope s on s.dossier_id = d.id where s.unit_id = 'H32.8'"


def serve(folder: str, url: str, told: Connection) -> None:
    """Run the portal in a process of its own until told to end; tell its CPU seconds whenever asked."""
    with SandboxServer(Path(folder), database_url=url) as server:
        told.send(server.base_url)
        while told.recv() == "cpu":
            told.send(time.process_time())


@dataclass(frozen=True)
class Cpu:
    """Seconds of CPU that portal, database and callers have taken so far."""

    portal: float
    database: float
    callers: float

    @classmethod
    def now(cls, at: dict[str, Any]) -> Cpu:
        """Ask everybody."""
        at["portal"].send("cpu")
        return cls(at["portal"].recv(), cpu_s(at["url"]), time.process_time())

    def since(self, before: Cpu, parts: float) -> str:
        """Return milliseconds per part, of which there were ``parts``."""
        portal, database = self.portal - before.portal, self.database - before.database
        callers = self.callers - before.callers
        told = (("portal", portal), ("PostgreSQL", database), ("callers", callers))
        return ", ".join(f"{name} {seconds * 1000 / parts:.2f} ms" for name, seconds in told)


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
    return found | {"now": now, "cursor": reader.cursor, "mirror": reader.mirror, "portal": here, "url": url}


def alone(at: dict[str, Any], seed: str) -> tuple[Clerk, str]:
    """Send one request after the other; return the clerk and what one command and one read cost."""
    clerk = Clerk(at["address"], at["token"], 1.0, 0.0, Tally(), Random(seed),
                  officer=at["officer"], ids=at["ids"], now=at["now"])  # fmt: skip
    reader = Reader(at["address"], at["token"], 1.0, 0.0, Tally(), Random(seed))
    begun = Cpu.now(at)
    for number in range(ALONE + PAGE):
        if number == ALONE:
            reader.catch_up()
        clerk.once(time.monotonic())
    commands = Cpu.now(at)
    cursor = reader.cursor
    for _ in range(ALONE):
        reader.cursor = cursor
        reader.once(time.monotonic())
    told = f"a command: {commands.since(begun, ALONE + PAGE)}; a page: {Cpu.now(at).since(commands, ALONE)}"
    return clerk, told


def main() -> int:
    """Run both loads and the herd; print the figures; 1 for a violation, or with ``--strict`` a missed target."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--times", type=float, nargs="*", default=(1.0, 2.0), help="of the target's rate")
    parser.add_argument("--strict", action="store_true")
    asked, bad, missed = parser.parse_args(), 0, []
    with ExitStack() as stack:
        url = stack.enter_context(postgres())
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="motcua-load-"))
        at = prepared(stack, folder, url)
        first, told = alone(at, asked.seed)
        clerks = [first]
        print(f"CPU of one after the other ({ALONE} each, {PAGE} changes in a page): {told}", flush=True)
        for times in asked.times:
            begun = Cpu.now(at)
            writes, reads, more, readers = step(at, times, asked.seconds, f"{asked.seed} {times}")
            spent = Cpu.now(at).since(begun, asked.seconds)
            clerks += more
            found = judged(url, clerks, readers)
            bad += len(found)
            print(f"{times:g} × ({COMMANDS} commands/s and {READS} delta reads/s) for {asked.seconds:.0f} s:")
            print(" ", writes.line("commands", asked.seconds))
            print(" ", reads.line("delta", asked.seconds))
            print(f"  CPU a second: {spent}")
            print(f"  {len(found)} violations", *found, sep="\n  ", flush=True)
            missed += short(times, writes, reads, asked.seconds)
    drained = herd(asked.seed)
    print(f"herd of 1,500 desks (simulated): {drained}")
    if drained.took_s > 1.5 * drained.ideal_s or drained.jain < 0.95 or drained.timed_out:
        missed.append("herd")
    print(f"{bad} violations, targets missed: {', '.join(missed) or 'none'}, seed {asked.seed}")
    return 1 if bad or (asked.strict and missed) else 0


def short(times: float, writes: Tally, reads: Tally, seconds: float) -> list[str]:
    """Return the targets that a run missed; the rate and its latency are promised at the target's own rate."""
    missed = []
    if times == 1 and min(writes.statuses[200] / COMMANDS, reads.statuses[200] / READS) < 0.98 * seconds:
        missed.append("rate")
    if times == 1 and max(writes.at(0.95), reads.at(0.95)) > P95_MS:
        missed.append("p95")
    if writes.no_hint + reads.no_hint or writes.failures or reads.failures:
        missed.append(f"{times:g} × without answer or hint")
    return missed


if __name__ == "__main__":
    raise SystemExit(main())
