"""``python -m tests.simulation.models --seed N --runs 5000 --steps 100 [--jobs J]``: rules fired, violations, a hash.

Hypothesis draws every run; a failing one is shrunk and told as a story. The same seed gives the same runs and the same
hash, however many processes share the work: each part of ``PART`` runs has dice of its own.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import tempfile
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.simulation.campaign import MEMORY
from tests.simulation.ground import Ground
from tests.simulation.luck import Fate
from tests.simulation.machine import Tally, machine
from tests.simulation.office import COUNTERS, THIRDS
from tests.simulation.seeded import leave_alone, take_over

PART = 50


@dataclass(frozen=True)
class Asked:
    """What the command line wants."""

    seed: str
    runs: int
    steps: int
    jobs: int
    shrink: bool


@dataclass
class Found:
    """What came of some runs; ``broken`` is what Hypothesis says of a failing one, empty when none was."""

    runs: int = 0
    steps: int = 0
    fired: Counter[str] = field(default_factory=Counter)
    did: Counter[str] = field(default_factory=Counter)
    history: str = ""
    broken: str = ""

    def add(self, other: Found) -> None:
        """Count another part's runs too; in the order of the parts, for the history's sake."""
        self.runs, self.steps = self.runs + other.runs, self.steps + other.steps
        self.fired, self.did = self.fired + other.fired, self.did + other.did
        self.history = hashlib.sha256((self.history + other.history).encode()).hexdigest()


def part(folder: str, asked: Asked, number: int, runs: int) -> Found:
    """Run one part; the same wherever and whenever it runs."""
    chance, ground = _here(folder)
    tally = Tally()
    dice = int.from_bytes(hashlib.sha256(f"{asked.seed}:{number}".encode()).digest()[:8], "big")
    phases = (Phase.generate, Phase.shrink) if asked.shrink else (Phase.generate,)
    limits = settings(
        max_examples=runs, stateful_step_count=asked.steps, deadline=None, database=None, phases=phases,
        report_multiple_bugs=False, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    broken = ""
    try:
        run_state_machine_as_test(seed(dice)(machine(chance, ground, tally)), settings=limits)
    except Exception as wrong:
        broken = f"{wrong}\n" + "\n".join(getattr(wrong, "__notes__", ()))
        if not isinstance(wrong, AssertionError):
            broken = "".join(traceback.format_exception(wrong))
    return Found(tally.runs, tally.steps, tally.fired, tally.did, tally.digest.hexdigest(), broken)


@cache
def _here(folder: str) -> tuple[Fate, Ground]:
    """Return this process's fate and ground, made at its first part."""
    chance = Fate()
    take_over(chance)
    ground = Ground(Path(folder) / str(os.getpid()), chance.clock, (*COUNTERS, *THIRDS))
    leave_alone()
    return chance, ground


def campaign(asked: Asked) -> int:
    """Run all parts, print what came of them; 1 if anything was violated, 0 if not."""
    begun, bad, total = time.monotonic(), 0, Found()
    with (
        tempfile.TemporaryDirectory(prefix="motcua-models-", dir=MEMORY if MEMORY.is_dir() else None) as folder,
        ProcessPoolExecutor(asked.jobs, mp_context=get_context("spawn")) as pool,
    ):
        sizes = [min(PART, asked.runs - at) for at in range(0, asked.runs, PART)]
        running = {pool.submit(part, folder, asked, number, size): number for number, size in enumerate(sizes)}
        for done in as_completed(running):
            if done.result().broken:
                bad += 1
                print(f"part {running[done]}:\n{done.result().broken}", flush=True)
                if not asked.shrink:
                    pool.shutdown(wait=False, cancel_futures=True)
                    break
        for done in running:
            if done.done() and not done.cancelled():
                total.add(done.result())
    seconds = time.monotonic() - begun
    for name, count in sorted(total.fired.items()):
        print(f"{name:32} {count:8} fired {total.did[name]:8} had an effect")
    print(
        f"{total.runs} runs of {asked.steps} steps ({total.steps} rules fired) in {seconds:.0f} s "
        f"({total.runs / seconds:.1f}/s, {asked.jobs} jobs)"
    )
    print(f"{bad} violations, seed {asked.seed}, history {total.history}")
    return 1 if bad else 0


def main() -> int:
    """Run what was asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.models", description=__doc__)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--stop-early", action="store_true", help="end at the first violation, as it was drawn")
    asked = parser.parse_args()
    return campaign(Asked(asked.seed, asked.runs, asked.steps, asked.jobs, not asked.stop_early))


if __name__ == "__main__":
    raise SystemExit(main())
