"""A fixed slice of the deaths: every moment of a command's life at least once, and nothing lost or doubled.

The long run is ``make campaign``.
"""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.faults.kill_moments import SCRIPTS
from tests.faults.mutants import ROOT


@pytest.mark.slow
def test_a_desk_killed_at_every_moment_of_a_commands_life_loses_and_doubles_nothing():
    argv = [sys.executable, "-m", "tests.faults.kills", "--seed", "slice", "--kills", "30"]
    run = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False, timeout=110)
    assert run.returncode == 0, run.stdout + run.stderr
    killed = dict(re.findall(r"^(\S.*?) +(\d+) killed", run.stdout, re.MULTILINE))
    assert all(killed[moment] != "0" for moment in SCRIPTS), run.stdout
    assert "0 violations, seed slice" in run.stdout


def test_the_moments_are_twelve():
    assert len(SCRIPTS) == 12
