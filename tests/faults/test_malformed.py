"""A fixed slice of the malformed answers, in a process of its own; the long run is ``make campaign``."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.spoilt_deeds import DEEDS

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_a_spoilt_answer_is_believed_by_nobody():
    argv = [sys.executable, "-m", "tests.faults.malformed", "--runs", "70", "--seed", "slice"]
    ran = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert re.search(r"^0 violations, seed slice; checker: \d schedules, 0 violations", ran.stdout, re.MULTILINE)


def test_every_address_that_the_desk_reads_has_its_deed():
    """Compare with the paths as they stand in ``app/portal``."""
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "app" / "portal").glob("*.py"))
    named = {found.rstrip("/") for found in re.findall(r'f?"(/(?:v1|oauth)/[a-z/-]+)', source)}
    assert named - {"/oauth/authorize", "/oauth/revoke"} <= {name.split()[1].rstrip("/*") for name in DEEDS}
