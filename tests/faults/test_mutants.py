"""Planted bugs and controls taken away still apply; that each is noticed, ``make mutants`` and the campaign show."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.faults.mutants import JUDGES, ROOT, Mutant, mutants
from tests.faults.removals.__main__ import Removal, removals

ALL = mutants([])


def applies(patch: Path) -> str:
    """Return why git would not apply a patch, "" if it would."""
    argv = ["git", "apply", "--check", str(patch)]
    return subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False).stderr


@pytest.mark.parametrize("mutant", ALL, ids=lambda mutant: mutant.path.stem)
def test_every_planted_bug_still_applies_and_names_what_it_breaks(mutant: Mutant):
    assert not applies(mutant.path)
    assert mutant.invariant in {f"I{number}" for number in range(1, 19)}
    assert mutant.red in JUDGES or (ROOT / mutant.red.split()[0]).exists()


@pytest.mark.parametrize("removal", removals(), ids=lambda removal: removal.name)
def test_every_control_can_still_be_taken_away(removal: Removal):
    assert not applies(removal.patch)


def test_there_are_thirty_and_more():
    assert len(ALL) >= 30
