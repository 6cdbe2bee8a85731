"""The planted bugs are kept plantable; that each is caught, ``make mutants`` shows."""

from __future__ import annotations

import subprocess

import pytest

from tests.faults.mutants import JUDGES, ROOT, Mutant, mutants

ALL = mutants([])


@pytest.mark.parametrize("mutant", ALL, ids=lambda mutant: mutant.path.stem)
def test_every_planted_bug_still_applies_and_names_what_it_breaks(mutant: Mutant):
    checked = subprocess.run(
        ["git", "apply", "--check", str(mutant.path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
    assert mutant.invariant in {f"I{number}" for number in range(1, 19)}
    assert mutant.red in JUDGES or (ROOT / mutant.red.split()[0]).exists()


def test_there_are_thirty_and_more():
    assert len(ALL) >= 30
