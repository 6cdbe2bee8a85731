"""A story that fails leaves no window, dialog, menu or thread to the next one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_good_stories_pass_after_those_that_failed() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider",
               "tests/ui/poisoned_stories.py"]  # fmt: skip
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=100, check=False)
    lines = done.stdout.splitlines()
    failed = [line.partition("::")[2].split()[0] for line in lines if line.startswith(("FAILED", "ERROR"))]
    assert failed == [
        "test_1_fails_with_a_dialog_and_a_menu_open",
        "test_3_fails_with_a_dialog_and_work_under_way",
        "test_4_fails_with_two_programs_one_at_work_one_killed",
    ], done.stdout
    why = {line.split()[-1] for line in lines if line.startswith("E ")}
    assert why == {"tests.ui.poisoned_stories.AsPlanned"}, done.stdout
    assert lines[-1].startswith("3 failed, 2 passed")
