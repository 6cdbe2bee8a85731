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
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from tests.simulation.coverage import FATES, coverage
from tests.simulation.coverage import told as table
from tests.simulation.ground import Ground
from tests.simulation.seeded import Chance, leave_alone, take_over
from tests.simulation.story import Story

CHECKER = Path(__file__).parents[1] / "checker" / "check.py"
CHUNK = 25
MEMORY = Path("/dev/shm")
"""Where there is one, files lie in memory: ``synchronous=FULL`` stays, and waits for no disk."""


Chunk = tuple[str, list[str], Counter[tuple[str, str]]]
"""A chunk's hash, its violations and what it has exercised."""


def run(folder: str, seeds: Sequence[str], keep: str) -> Chunk:
    """Run one chunk of schedules; return its hash, the violations and what was exercised.

    ``keep``: a file that the raw history is written to.
    """
    chance, ground = _here(folder)
    lines: list[str] = []
    exercised: Counter[tuple[str, str]] = Counter()
    for seed in seeds:
        story = Story(seed, chance, ground)
        lines += story.run()
        exercised += coverage(story.history.rows)
    text = "\n".join(lines) + "\n"
    if keep:
        Path(keep).write_text(text, encoding="utf-8")
    violations, last = judged(text)
    return last.rsplit(" ", 1)[1], violations, exercised


def judged(history: str) -> tuple[list[str], str]:
    """Let the checker read raw rows; return the violations and its last line. Raises RuntimeError when it died."""
    ran = subprocess.run(
        [sys.executable, str(CHECKER), "-"], input=history, capture_output=True, check=False, encoding="utf-8"
    )
    told = ran.stdout.splitlines()
    if ran.returncode not in (0, 1) or not told or "violations" not in told[-1]:
        raise RuntimeError(f"the checker died: {ran.stderr}")
    return told[:-1], told[-1]


def campaign(seed: str, seeds: Sequence[str], *, jobs: int, keep: str = "", stop_early: bool = False) -> int:
    """Run all schedules, print what came of them; 1 if anything was violated, 0 if not."""
    begun, digest, bad, done = time.monotonic(), hashlib.sha256(), 0, 0
    exercised: Counter[tuple[str, str]] = Counter()
    parts = [seeds[at : at + CHUNK] for at in range(0, len(seeds), CHUNK)]
    with tempfile.TemporaryDirectory(prefix="motcua-simulation-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        tasks = [(folder, part, f"{keep}.{number:05d}" if keep else "") for number, part in enumerate(parts)]
        with _running(jobs, tasks) as chunks:
            for part, (history, violations, found) in zip(parts, chunks, strict=True):
                digest.update(history.encode())
                bad, done, exercised = bad + len(violations), done + len(part), exercised + found
                print(*violations, sep="\n", end="\n" if violations else "", flush=True)
                if bad and stop_early:
                    break
    seconds = time.monotonic() - begun
    commands = sum(count for (_, fate), count in exercised.items() if fate in FATES and fate != "refused")
    faults = {name: count for (kind, name), count in exercised.items() if kind == "fault"}
    print(*table(exercised), sep="\n")
    print(
        f"{done} schedules in {seconds:.0f} s ({done / seconds:.1f}/s, {jobs} jobs): {commands} commands, "
        f"{sum(faults.values())} faults of {len(faults)} kinds"
    )
    print(f"{bad} violations, seed {seed}, history {digest.hexdigest()}")
    return 1 if bad else 0


@contextmanager
def _running(jobs: int, tasks: Sequence[tuple[str, Sequence[str], str]]) -> Iterator[Iterator[Chunk]]:
    """Lend what the chunks come to, in order; one job needs no process of its own."""
    if jobs == 1:
        yield (run(*task) for task in tasks)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield (chunk.result() for chunk in [pool.submit(run, *task) for task in tasks])
        pool.shutdown(wait=False, cancel_futures=True)


@cache
def _here(folder: str) -> tuple[Chance, Ground]:
    """Return this process's dice and ground, made at its first chunk, the first morning's secrets drawn too."""
    chance = Chance()
    take_over(chance)
    chance.begin("first morning")
    ground = Ground(Path(folder) / str(os.getpid()), chance.clock)
    leave_alone()
    return chance, ground
