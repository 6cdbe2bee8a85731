"""A fixed slice of the simulation, in processes of its own: the same seed twice the same history, and nothing violated.

The long run is ``make campaign``; a stranger's own seed is ``make audit SEED=n``.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHECKER = ROOT / "tests" / "checker" / "check.py"

# Schedules that once went wrong, with what was wrong.
FOUND = {
    "1:3": "what an undone notice had made was still found by its id",
    "1:92": "a reception that a restored portal had lost stayed acknowledged for ever",
    "1:277": "a wait set while the clock was a day ahead was kept for a day",
    "2:185": "a dossier that a restored portal never had stayed in the list after its work was dropped",
    "2:369": "a dossier registered anew at a restored portal kept the body of the dead one",
}


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


@pytest.mark.slow
def test_what_was_found_once_stays_mended():
    ran = simulate("--stories", *FOUND)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"\n{len(FOUND)} schedules" in "\n" + ran.stdout


def test_the_checker_knows_nothing_of_the_program():
    imports = re.findall(r"^\s*(?:from|import) ([a-z_.]+)", CHECKER.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(imports) == {"hashlib", "json", "sys", "collections", "collections.abc", "typing"}
    assert CHECKER.read_text(encoding="utf-8").count("\n") <= 300
