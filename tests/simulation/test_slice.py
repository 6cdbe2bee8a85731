"""A fixed slice of the simulation, in processes of its own: the same seed twice the same history, and nothing violated.

The long run is ``make campaign``; a stranger's own seed is ``make audit SEED=n``. What it has found is kept as planted
bugs in ``tests/faults/mutants``, because a seed tells another story as soon as the story changes.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulation.coverage import FATES

ROOT = Path(__file__).parents[2]
CHECKER = ROOT / "tests" / "checker" / "check.py"
SLICE = [sys.executable, "-m", "tests.simulation", "--seed", "7", "--schedules", "16"]
LONGEST_S = 500
"""Of this machine's time, which says nothing of the simulated one: a machine under load is slow, not wrong."""

LEAST = {"acked": 15, "asked again": 40, "refused": 5, "undone": 5}
HAPPENED = {"faults": 60, "answers": 200, "events": 40}
"""Commands of these fates in sixteen schedules, and what happened meanwhile; a slice of less proves nothing."""


@pytest.mark.slow
@pytest.mark.timeout(LONGEST_S)
def test_one_seed_is_one_history_breaks_no_invariant_and_is_not_thin():
    running = [subprocess.Popen(SLICE, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [run.communicate()[0] for run in running]
    assert [run.returncode for run in running] == [0, 0], told[0]
    last = [words.splitlines()[-1] for words in told]
    assert last[0] == last[1]
    assert re.fullmatch("0 violations, seed 7, history [0-9a-f]{64}", last[0])

    lines = told[0].splitlines()
    rows = [line.split() for line in lines if re.match(r"[a-z_]+ +\d", line)]
    sums = {fate: sum(int(row[at]) for row in rows) for at, fate in enumerate(FATES, 1)}
    assert len(rows) >= 18, "types of commands"
    assert {fate: sums[fate] for fate, least in LEAST.items() if sums[fate] < least} == {}
    for heading, least in HAPPENED.items():
        line = next(line for line in lines if line.startswith(heading))
        assert sum(int(count) for count in re.findall(r" (\d+)(?:,|$)", line)) >= least, line


def test_hypothesis_breaks_nothing_in_a_few_runs_of_three_desks():
    """The long run is ``make campaign`` (MODELS); each run ends at rest and is judged by promises and checker."""
    argv = [sys.executable, "-m", "tests.simulation.models", "--seed", "slice", "--runs", "4", "--steps", "50"]
    ran = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False, timeout=110)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = ran.stdout.splitlines()
    assert re.fullmatch("0 violations, seed slice, history [0-9a-f]{64}", told[-1])
    assert told[-2].startswith("4 runs of 50 steps")


def test_the_checker_knows_nothing_of_the_program():
    imports = re.findall(r"^\s*(?:from|import) ([a-z_.]+)", CHECKER.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(imports) == {"hashlib", "json", "sys", "collections", "collections.abc", "typing"}
    assert CHECKER.read_text(encoding="utf-8").count("\n") <= 300
