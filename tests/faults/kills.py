"""``python -m tests.faults.kills --kills N --seed S [--moment NAME | --program]``: SIGKILL, restart, rest, judgement.

The desk's real engine (store, services, sync over HTTP; no Qt) runs in forks of one warm process and is killed in each
of the twelve moments of a command's life, at single file operations and at any time; the portal's process survives.
After some lives every desk comes to rest and the checker reads the raw history. Prints deaths by moment, violations.
"""

from __future__ import annotations

import argparse
import gc
import os
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from app.clock import SystemClock
from app.store import engine
from tests.faults.file_log import FileLog
from tests.faults.kill_moments import SCRIPTS
from tests.faults.kill_program import WHERE, ProgramStory
from tests.faults.kill_story import DESKS, Story
from tests.faults.shares import share_out
from tests.simulation.campaign import MEMORY, judged
from tests.simulation.ground import first_morning
from tests.simulation.seeded import BEGIN, like_the_first

LIVES = 100
OTHERS = ("a write", "any time")
"""Deaths at no moment in particular."""
_BAG = (*SCRIPTS, *OTHERS, "a write")


class Clock:
    """A clock that runs from the same morning in every process of a story."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self._began = time.monotonic()

    def now(self) -> datetime:
        return BEGIN + timedelta(seconds=time.monotonic() - self._began)

    def monotonic(self) -> float:
        return time.monotonic()


class RealClock(SystemClock):
    """The machine's own: the whole program takes no other."""

    def begin(self) -> None:
        """Nothing begins."""


class Warm:
    """The process from which every life is forked: all modules loaded, no threads, one listening socket."""

    def __init__(self, folder: Path, clock: Clock | RealClock) -> None:
        self._folder, self.clock = folder, clock
        self.log = FileLog(lambda op: None)
        engine.create_engine = like_the_first(engine.create_engine)  # type: ignore[attr-defined]
        self._listening = socket.create_server(("127.0.0.1", _made_elsewhere(folder / "first", self.clock)))
        self._stories = 0

    def story(self, seed: str, kind: type[Story] = Story) -> Story:
        self.clock.begin()
        self._stories += 1
        where = self._folder / f"story{self._stories}"
        return kind(seed, self._folder / "first", where, self._listening, self.clock, self.log)


def _made_elsewhere(folder: Path, clock: Clock | RealClock) -> int:
    """Make portal and profiles in a fork, whose threads die with it; return the port that the profiles know."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(writing, first_morning(folder, clock, DESKS).encode())
        finally:
            os._exit(0)
    os.close(writing)
    address = os.read(reading, 100).decode()
    os.close(reading)
    os.waitpid(pid, 0)
    return int(address.rsplit(":", 1)[1])


def run(seed: str, numbers: range, kills: int, moment: str, keep: str) -> tuple[Counter[str], Counter[str], list[str]]:
    """Run stories until ``kills`` deaths; return deaths by moment, moments missed, and violations."""
    deaths: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    found: list[str] = []
    with tempfile.TemporaryDirectory(prefix="motcua-kills-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        warm = Warm(Path(folder), RealClock() if moment == WHERE else Clock())
        rehearsed = warm.story(f"{seed}:rehearsed")
        rehearsed.rehearse()
        rehearsed.rest()
        gc.freeze()
        ends = _ends(Random(seed))
        for number in numbers:
            name = f"{seed}:{number}"
            story = warm.story(name, ProgramStory if moment == WHERE else Story)
            for _ in range(min(LIVES, kills - sum(deaths.values()))):
                story.life(moment or next(ends))
            history = "\n".join(story.rest()) + "\n"
            deaths, missed = deaths + story.deaths, missed + story.missed
            if keep:
                Path(f"{keep}.{number:05d}").write_text(history, encoding="utf-8")
            violations, _ = judged(history)
            found += violations
            print(*violations, sep="\n", end="\n" if violations else "", flush=True)
            if sum(deaths.values()) >= kills:
                break
    return deaths, missed, found


def _ends(dice: Random) -> Iterator[str]:
    """Yield where the lives end, for ever: each moment as often as any other."""
    while True:
        yield from dice.sample(_BAG, len(_BAG))


def main() -> int:
    """Run what was asked; 1 if anything was violated or a moment was never reached, 0 if not."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.kills", description=__doc__)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--moment", default="", choices=("", *SCRIPTS, *OTHERS))
    parser.add_argument("--program", dest="moment", action="store_const", const=WHERE, help="kill python -m ui instead")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", default="", help="write the raw histories to files of this name")
    asked = parser.parse_args()
    begun, most = time.monotonic(), 1_000_000
    shares = [
        (asked.seed, range(job, most, asked.jobs), -(-asked.kills // asked.jobs), asked.moment, asked.keep)
        for job in range(asked.jobs)
    ]
    parts = share_out(run, shares)
    deaths = sum((part[0] for part in parts), Counter[str]())
    missed = sum((part[1] for part in parts), Counter[str]())
    found = [line for part in parts for line in part[2]]
    seconds, total = time.monotonic() - begun, sum(deaths.values())
    used = os.times()
    processor_s = used.user + used.system + used.children_user + used.children_system
    for moment in (*SCRIPTS, *OTHERS, WHERE):
        print(f"{moment:25} {deaths[moment]:6} killed {missed[moment]:5} not reached")
    print(
        f"{total} kills in {seconds:.0f} s, {processor_s:.0f} s of a processor ({total / processor_s:.1f} kills each), "
        f"{asked.jobs} jobs"
    )
    print(f"{len(found)} violations, seed {asked.seed}")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
