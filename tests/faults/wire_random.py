"""Schedules of the simulation over real sockets, with the breaking proxy between; judged by the checker.

Stands apart from ``wire``, which walks a table: here officers, citizens, deaths, clocks and restored portals come by
dice as in ``tests.simulation``, and only the line is another one.
"""

from __future__ import annotations

import gc
import json
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from typing import Any, Unpack

import uvicorn

from app.portal.exchange import Asked, Response
from app.sandbox.faults import FaultPlan
from app.sandbox.server import application
from tests.faults.proxy import FAULTS, Proxy, Said
from tests.faults.shares import share_out
from tests.faults.wire import Impatient
from tests.simulation.campaign import CHUNK, MEMORY, judged
from tests.simulation.ground import Ground
from tests.simulation.line import ORIGIN, Line, _commands, _results
from tests.simulation.seeded import Chance, take_over
from tests.simulation.story import Story


class WireLine(Line):
    """One desk's line through the proxy."""

    def __init__(self, *given: Any, proxy: Proxy) -> None:
        super().__init__(*given)
        self._proxy = proxy
        self._transport = Impatient(ORIGIN, proxy)

    def request(self, method: str, path: str, **asked: Unpack[Asked]) -> Response:
        """Carry one request over the socket, as the fault of the moment lets it."""
        fault = self._draw()
        body = asked.get("body") or b""
        self._history.tell("asked", desk=self.desk, method=method, path=path, fault=fault, **_commands(body, path))
        self._proxy.told = self.served
        self._proxy.lay(fault, path)
        return self._transport.request(method, path, **asked)

    def served(self, path: str, _body: bytes, said: Said) -> None:
        """Write down what passed between proxy and portal."""
        told = _results(Response(said.status, {}, said.body)) if path == "/v1/commands" else {}
        self._history.tell("served", desk=self.desk, path=path, status=said.status, **told)

    def late_ones_arrive(self) -> None:
        """Deliver what the proxy kept back."""
        self._proxy.lay("", "")
        self._proxy.late_ones_arrive()

    def close(self) -> None:
        """Hang up; the next start of the program has a line of its own again."""
        self._transport.close()
        self._transport = Impatient(ORIGIN, self._proxy)


class WireStory(Story):
    """A schedule whose lines are sockets. Without a wish of an hour, which I4 cannot await; and short."""

    faults = tuple(fault for fault in FAULTS if not fault.startswith("429 for ever"))
    deeds = (3, 8)

    def __init__(self, seed: str, chance: Chance, ground: Ground, proxy: Proxy) -> None:
        self._proxy = proxy
        super().__init__(seed, chance, ground)

    def _line(self, name: str) -> Line:
        return WireLine(name, self._ground, self.history, self._dice, self._fault, proxy=self._proxy)


def schedules(count: int, seed: str, jobs: int = 1) -> int:
    """Run and judge so many; print what came of them and return the number of violations."""
    begun = time.monotonic()
    names = [f"{seed}:{number}" for number in range(count)]
    parts = share_out(run, [(names[job::jobs],) for job in range(jobs)])
    seen, bad = sum((part[0] for part in parts), Counter[str]()), sum(part[1] for part in parts)
    del seen[""]
    print(
        f"{count} schedules over sockets: {seen.total()} faults of {len(seen)} kinds, {bad} violations, seed {seed}, "
        f"{time.monotonic() - begun:.0f} s"
    )
    return bad


def run(seeds: Sequence[str]) -> tuple[Counter[str], int]:
    """Run these on a ground of their own, judged by the ``CHUNK``; return the faults met and how much was wrong."""
    seen, bad, chance = Counter[str](), 0, Chance()
    with tempfile.TemporaryDirectory(prefix="motcua-wire-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        take_over(chance)
        ground = Ground(Path(folder), chance.clock)
        server = uvicorn.Server(
            uvicorn.Config(application(ground.portal, FaultPlan()), port=0, log_config=None, lifespan="off", ws="none")
        )
        Thread(target=server.run, daemon=True).start()
        while not server.started:
            time.sleep(0.01)
        proxy = Proxy(server.servers[0].sockets[0].getsockname()[1])
        gc.freeze()  # what the ground is made of stays; nobody looks through it again and again
        for at in range(0, len(seeds), CHUNK):
            lines = [line for name in seeds[at : at + CHUNK] for line in WireStory(name, chance, ground, proxy).run()]
            seen += Counter(json.loads(line)["fault"] for line in lines if '"fault":"' in line)
            violations, _ = judged("\n".join(lines) + "\n")
            print(*violations, sep="\n", end="\n" if violations else "", flush=True)
            bad += len(violations)
        proxy.close()
        server.should_exit = True
    return seen, bad
