"""Many schedules in some processes, judged as they come: counts, violations and the history's hash.

Stands apart from ``__main__`` because worker processes import it by name. The checker judges each chunk as a program
of its own and sees nothing but the rows.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
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


def run(folder: str, seeds: Sequence[str], keep: str) -> tuple[str, list[str], Counter[str]]:
    """Run one chunk of schedules; return its hash, the violations and how often what happened.

    ``keep``: a file that the raw history is written to.
    """
    chance, ground = _here(folder)
    lines = [line for seed in seeds for line in Story(seed, chance, ground).run()]
    text = "\n".join(lines) + "\n"
    if keep:
        Path(keep).write_text(text, encoding="utf-8")
    judged = subprocess.run(
        [sys.executable, str(CHECKER), "-"], input=text, capture_output=True, check=False, encoding="utf-8"
    )
    told = judged.stdout.splitlines()
    if judged.returncode not in (0, 1) or not told or "violations" not in told[-1]:
        raise RuntimeError(f"the checker died: {judged.stderr}")
    events = Counter(_field(line, "e") for line in lines)
    events += Counter("fault " + _field(line, "fault") for line in lines if '"fault":"' in line)
    del events["fault "]
    return told[-1].rsplit(" ", 1)[1], told[:-1], events


def campaign(seed: str, seeds: Sequence[str], *, jobs: int, keep: str = "", stop_early: bool = False) -> int:
    """Run all schedules, print what came of them; 1 if anything was violated, 0 if not."""
    begun, digest, bad, done = time.monotonic(), hashlib.sha256(), 0, 0
    events: Counter[str] = Counter()
    parts = [seeds[at : at + CHUNK] for at in range(0, len(seeds), CHUNK)]
    with (
        tempfile.TemporaryDirectory(prefix="motcua-simulation-", dir=MEMORY if MEMORY.is_dir() else None) as folder,
        ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool,
    ):
        running = [
            pool.submit(run, folder, part, f"{keep}.{number:05d}" if keep else "") for number, part in enumerate(parts)
        ]
        for part, chunk in zip(parts, running, strict=True):
            history, violations, found = chunk.result()
            digest.update(history.encode())
            bad, done, events = bad + len(violations), done + len(part), events + found
            print(*violations, sep="\n", end="\n" if violations else "", flush=True)
            if bad and stop_early:
                pool.shutdown(wait=False, cancel_futures=True)
                break
    seconds = time.monotonic() - begun
    faults = {name: count for name, count in events.items() if name.startswith("fault ")}
    print(
        f"{done} schedules in {seconds:.0f} s ({done / seconds:.1f}/s, {jobs} jobs): {events['intent']} commands, "
        f"{events['asked']} requests, {sum(faults.values())} faults of {len(faults)} kinds, {events['killed']} deaths, "
        f"{events['restored']} restored portals"
    )
    print(f"{bad} violations, seed {seed}, history {digest.hexdigest()}")
    return 1 if bad else 0


@cache
def _here(folder: str) -> tuple[Chance, Ground]:
    """Return this process's dice and ground, made at its first chunk."""
    chance = Chance()
    ground = Ground(Path(folder) / str(os.getpid()), chance.clock)
    take_over(chance)
    return chance, ground


def _field(line: str, name: str) -> str:
    return line.split(f'"{name}":"', 1)[1].split('"', 1)[0]
