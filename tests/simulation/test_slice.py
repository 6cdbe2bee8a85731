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

ROOT = Path(__file__).parents[2]
CHECKER = ROOT / "tests" / "checker" / "check.py"


def simulate(*arguments: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "tests.simulation", *arguments]
    return subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False, timeout=110)


@pytest.mark.slow
def test_one_seed_is_one_history_and_breaks_no_invariant():
    ran = [simulate("--seed", "slice", "--schedules", "25") for _ in range(2)]
    assert [run.returncode for run in ran] == [0, 0], ran[0].stdout + ran[0].stderr
    last = [run.stdout.splitlines()[-1] for run in ran]
    assert last[0] == last[1]
    assert re.fullmatch("0 violations, seed slice, history [0-9a-f]{64}", last[0])
    assert re.search(r"\d+ faults of 2\d kinds", ran[0].stdout), "hardly any fault was drawn"


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
