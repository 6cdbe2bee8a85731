"""A fixed slice of the disk that refuses and of spoilt files, in one process of its own; ``make campaign`` runs on."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.faults.mutants import ROOT


@pytest.mark.slow
def test_no_disk_loses_or_halves_a_deed_and_no_spoilt_file_a_fact():
    argv = [sys.executable, "-m", "tests.faults.disk_full", "--seed", "slice", "--runs", "16", "--flips", "8"]
    run = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False, timeout=170)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.endswith("\n0 violations\n")
    assert re.search(r"^16 runs in .* \d{1,2} refused by the disk", run.stdout, re.MULTILINE)
    assert "store-mended" in run.stdout, "no damage was met"
