"""Every dialog of the desk with its usual content on 1366×768, at 100 and 125 %: nothing cut, no scroll bar."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.parametrize(("scale", "highest"), [("1", 620), ("1.25", 500)])
def test_dialogs_fit_small_screens(tmp_path, scale, highest) -> None:
    """A child process, because a screen's scale is fixed when Qt starts."""
    command = [sys.executable, "-m", "tests.ui.dialog_pictures", str(tmp_path), scale]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stderr
    *told, last = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert last == {"flashes": []}
    assert len(told) >= 17
    assert [d["name"] for d in told if d["scrolls"]] == []
    assert {d["name"]: d["cut"] for d in told if d["cut"]} == {}
    assert [d["name"] for d in told if d["height"] > highest or d["width"] > 1060] == []
