"""``python -m tests.faults.wire --cells | --random N --seed S``: desks and a portal with a breaking proxy between.

``--cells``: every fault of ``proxy`` with every type of command of ``walk``, each once. The real client of a real desk
sends; after each cell the portal's own database is counted: one key, one event, one fact. ``--random``: schedules of
the simulation over the same proxy and real sockets, judged by the checker.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, Unpack

from sqlalchemy import text

from app import bootstrap
from app.clock import SystemClock
from app.contract.codec import read_dossier
from app.domain.dossier import Dossier
from app.domain.people import OfficerRef
from app.domain.transition_table import RULES
from app.errors import BadInput, KnownError, Refused
from app.portal.exchange import Asked, Response
from app.portal.transport import RequestsTransport
from app.sandbox.offices import PASSWORD
from app.sandbox.robot import browser
from app.sandbox.server import SandboxServer
from app.services import acting
from app.services.desk import Desk
from app.store import outbox
from tests.fakes import FakeClock
from tests.faults.proxy import FAULTS, Proxy
from tests.faults.shares import share_out
from tests.faults.walk import Town, walks
from tests.integration.sandbox_desk import file_dossier
from tests.simulation.campaign import MEMORY

OFFICERS = ("tiepnhan1", "thuly1", "lanhdao1", "thuquy1")
PATIENCE_S = 0.4
TRIES = 12


class Impatient:
    """The real transport to the proxy; it waits only shortly where a fault is laid."""

    def __init__(self, origin: str, proxy: Proxy) -> None:
        self.origin, self._proxy = origin, proxy
        self._real = RequestsTransport(f"http://127.0.0.1:{proxy.port}", clock=SystemClock())

    def request(self, method: str, path: str, **asked: Unpack[Asked]) -> Response:
        """Exchange through the proxy."""
        short = self._proxy.is_laid_for(path)
        asked["timeout_s"], asked["deadline_s"] = (PATIENCE_S, PATIENCE_S * 1.5) if short else (20.0, 30.0)
        return self._real.request(method, path, **asked)

    def close(self) -> None:
        self._real.close()


@dataclass
class Bench:
    """The portal, the proxy and a desk for each officer."""

    server: SandboxServer
    proxy: Proxy
    clock: FakeClock
    desks: dict[str, Desk]
    ran: Counter[str] = field(default_factory=Counter)
    found: list[str] = field(default_factory=list)

    def town(self) -> Town:
        """Return who may be forwarded to."""
        one, head = self.desks["thuly1"].officer, self.desks["lanhdao1"].officer
        refs = [OfficerRef(o.id, o.username, o.name, o.unit_id) for o in (one, head)]
        return Town(refs[0], refs[1], refs[0].unit_id)

    def rows(self, sql: str, **values: str) -> list[dict[str, Any]]:
        """Return rows of the portal's own database."""
        with self.server.portal.database.reading() as connection:
            return [dict(row) for row in connection.execute(text(sql), values).mappings()]

    def dossier(self, dossier_id: str) -> Dossier:
        """Return the portal's truth."""
        found = read_dossier(self.rows("select body from dossiers where id = :i", i=dossier_id)[0]["body"].encode())
        assert isinstance(found, Dossier)
        return found

    def step(self, dossier_id: str, kind: str, made: Any, fault: str) -> bool:
        """Let whoever may do it do it, over a line that breaks; count what the portal has. False: nobody may."""
        before, last = self.dossier(dossier_id), KnownError("nobody")
        for desk in self.desks.values():
            try:
                desk.engine.ask.freshest(dossier_id)
                acted = acting.act(desk, dossier_id, made(before, self.clock.now()))
                break
            except (Refused, BadInput) as refused:
                last = refused if isinstance(refused, Refused) else last
        else:
            self.found.append(f"NOBODY may {kind}: {last}")
            return False
        self.proxy.lay(fault)
        state = self._sent(desk, acted.key)
        self.proxy.late_ones_arrive()
        self.ran[kind] += 1
        wrong = self._wrong(dossier_id, kind, acted.key, state, before)
        self.found += [f"VIOLATION {kind}, {fault}: {what}" for what in wrong]
        return True

    def _sent(self, desk: Desk, key: str) -> str:
        for _ in range(TRIES):
            desk.engine.sender.step()
            with desk.store.read() as connection:
                row = outbox.get(connection, key)
            if row is None or row.state.value not in ("queued", "sending"):
                break
            gate_s = desk.engine.sender.gate_until_s - self.clock.monotonic()
            self.clock.advance(seconds=max(1.0, gate_s))
        desk.engine.puller.pull_all()
        return row.state.value if row else "gone"

    def _wrong(self, dossier_id: str, kind: str, key: str, state: str, before: Dossier) -> Iterable[str]:
        after, event = self.dossier(dossier_id), RULES[kind].event
        kept = self.rows("select status from commands where key = :k", k=key)
        events = sum(item.kind == event for item in after.history) - sum(item.kind == event for item in before.history)
        facts = self.rows("select id from payments where dossier_id = :i", i=dossier_id)
        if state != "acked":
            yield f"the desk came to rest at {state}"
        if [row["status"] for row in kept] != ["done"]:
            yield f"the portal has the key as {kept}"
        if events != 1:
            yield f"{events} times {event}"
        if sorted(row["id"] for row in facts) != sorted(payment.id for payment in after.payments):
            yield "ledger and dossier count other money"


@contextmanager
def bench() -> Iterator[Bench]:
    """Start everything; the desks are signed in without the proxy and then sit behind it."""
    clock = FakeClock()
    with (
        tempfile.TemporaryDirectory(prefix="motcua-wire-", dir=MEMORY if MEMORY.is_dir() else None) as folder,
        SandboxServer(Path(folder) / "portal", base_clock=clock) as server,
    ):
        proxy = Proxy(int(server.base_url.rpartition(":")[2]))
        desks = {name: _behind(proxy, server.base_url, Path(folder) / name, name, clock) for name in OFFICERS}
        try:
            yield Bench(server, proxy, clock, desks)
        finally:
            for desk in desks.values():
                desk.close()
            proxy.close()


def _behind(proxy: Proxy, base_url: str, profile: Path, username: str, clock: FakeClock) -> Desk:
    bootstrap.sign_in(profile, base_url, browser(username, PASSWORD), clock=clock, timeout_s=30).close()
    return bootstrap.open_desk(
        profile, clock=clock, undo_s=0, uniform=lambda low, high: low, transport=Impatient(base_url, proxy)
    )


def cells(seed: str, limit: int, faults: Sequence[str] = FAULTS) -> tuple[int, Bench]:
    """Run walk after walk, each step with one of ``faults`` not met yet, until all are met or ``limit`` ran."""
    dice, done = Random(seed), 0
    with bench() as at:
        table = walks(at.town())
        kinds = {kind for steps in table.values() for kind, _ in steps}
        left = {kind: dice.sample(faults, len(faults)) for kind in sorted(kinds)}
        for _ in count():
            for steps in table.values():
                if not any(left[kind] for kind, _ in steps):
                    continue
                dossier_id = file_dossier(at.server.base_url)
                for kind, made in steps:
                    fault = left[kind].pop() if left[kind] else ""
                    if not at.step(dossier_id, kind, made, fault):
                        break
                    done += bool(fault)
                    if done >= limit:
                        return done, at
            if not any(left.values()) or any(row.startswith("NOBODY") for row in at.found):
                return done, at
    raise AssertionError


def share(seed: str, limit: int, faults: Sequence[str]) -> tuple[int, Counter[str], list[str]]:
    """Run the cells of these faults; return how many, each type of command how often, and what was wrong."""
    done, at = cells(seed, limit, faults)
    return done, at.ran, at.found


def main() -> int:
    """Run, tell; 1 if anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.wire", description=__doc__)
    parser.add_argument("--cells", type=int, nargs="?", const=10**9, default=0, help="every cell, or so many of them")
    parser.add_argument("--random", type=int, default=0)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=1, help="more than there are processors: a silent line costs none")
    asked, begun, bad = parser.parse_args(), time.monotonic(), 0
    if asked.cells:
        limit = -(-asked.cells // asked.jobs)
        parts = share_out(share, [(asked.seed, limit, FAULTS[job :: asked.jobs]) for job in range(asked.jobs)])
        kinds, found = {kind for part in parts for kind in part[1]}, [line for part in parts for line in part[2]]
        bad += len(found)
        print(*found, sep="\n", end="\n" if found else "")
        print(
            f"{sum(part[0] for part in parts)} cells: {len(kinds)} types of command, {len(FAULTS)} faults, "
            f"{len(found)} violations, seed {asked.seed}, {time.monotonic() - begun:.0f} s"
        )
    if asked.random:
        from tests.faults.wire_random import schedules

        bad += schedules(asked.random, asked.seed, asked.jobs)
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
