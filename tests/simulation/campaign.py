"""Many schedules in some processes, judged as they come: counts, violations and the history's hash.

Stands apart from ``__main__`` because worker processes import it by name.

The same seed gives the same hash, however many processes share the work: each schedule's dice depend on the seed and
its own number alone. The checker runs beside each worker as a program of its own and sees nothing but the rows.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from tests.simulation.ground import Ground
from tests.simulation.seeded import Chance, take_over
from tests.simulation.story import Story

CHECKER = Path(__file__).parents[1] / "checker" / "check.py"
CHUNK = 25
MEMORY = Path("/dev/shm")
"""Where there is one, files lie in memory: ``synchronous=FULL`` stays, and waits for no disk."""


def run(folder: str, seed: str, first: int, count: int, keep: str = "") -> tuple[str, list[str], Counter[str]]:
    """Run schedules ``first`` to ``first + count``; return their hash, violations and counts of events."""
    chance, ground = _here(folder)
    lines = [line for n in range(first, first + count) for line in Story(f"{seed}:{n}", chance, ground).run()]
    text = "\n".join(lines) + "\n"
    if keep:
        Path(f"{keep}.{first:06d}").write_text(text, encoding="utf-8")
    judged = subprocess.run(
        [sys.executable, str(CHECKER), "-"], input=text, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    told = judged.stdout.splitlines()
    if judged.returncode not in (0, 1) or not told or "violations" not in told[-1]:
        raise RuntimeError(f"the checker died: {judged.stderr}")
    events = Counter(line.split('"e":"', 1)[1].split('"', 1)[0] for line in lines)
    events += Counter("fault " + line.split('"fault":"', 1)[1].split('"', 1)[0] for line in lines if '"fault":"' in line)
    return told[-1].rsplit(" ", 1)[1], told[:-1], events


@cache
def _here(folder: str) -> tuple[Chance, Ground]:
    """Return this process's dice and ground, made at its first chunk."""
    chance = Chance()
    ground = Ground(Path(folder) / str(os.getpid()), chance.clock)
    take_over(chance)
    return chance, ground


def campaign(seed: str, schedules: int, jobs: int, keep: str, stop_early: bool) -> int:
    """Run all, print what came of it; 1 if anything was violated."""
    begun, digest, bad, done = time.monotonic(), hashlib.sha256(), 0, 0
    events: Counter[str] = Counter()
    starts = range(0, schedules, CHUNK)
    memory = MEMORY if MEMORY.is_dir() else None
    with (
        tempfile.TemporaryDirectory(prefix="motcua-simulation-", dir=memory) as folder,
        ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool,
    ):
        chunks = [pool.submit(run, folder, seed, at, min(CHUNK, schedules - at), keep) for at in starts]
        for chunk in chunks:
            found_hash, violations, found = chunk.result()
            digest.update(found_hash.encode())
            bad, done, events = bad + len(violations), done + CHUNK, events + found
            print(*violations, sep="\n", end="\n" if violations else "", flush=True)
            if bad and stop_early:
                pool.shutdown(wait=False, cancel_futures=True)
                break
    seconds = time.monotonic() - begun
    faults = sum(count for name, count in events.items() if name.startswith("fault ") and name != "fault ")
    print(
        f"{min(done, schedules)} schedules in {seconds:.0f} s ({min(done, schedules) / seconds:.1f}/s, {jobs} jobs): "
        f"{events['intent']} commands, {events['asked']} requests, {faults} faults of {len(_kinds(events))} kinds, "
        f"{events['killed']} deaths, {events['restored']} restores"
    )
    print(f"{bad} violations, seed {seed}, history {digest.hexdigest()}")
    return 1 if bad else 0


def _kinds(events: Counter[str]) -> list[str]:
    return [name for name in events if name.startswith("fault ") and name != "fault "]
