"""The first queue is painted before anything is loaded that it does not show; in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app import bootstrap
from app.sandbox.robot import browser
from app.sandbox.server import SandboxServer

ROOT = Path(__file__).resolve().parents[2]
LATER = {"sqlalchemy", "alembic", "requests", "urllib3", "pydantic", "reportlab", "oauthlib", "truststore", "segno",
         "pypdfium2", "openpyxl"}  # fmt: skip


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a start on a desk with sixty dossiers says: frame and queue in ms, and what is loaded by then."""
    folder = tmp_path_factory.mktemp("start")
    with SandboxServer(folder / "portal", dossiers=60) as portal:
        desk = bootstrap.sign_in(
            folder / "desk", portal.base_url, browser("tiepnhan1", "motcua-sandbox"), undo_s=0, sandbox_only=True
        )
        desk.engine.puller.pull_all()
        desk.close()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.started", str(folder / "desk")], cwd=ROOT, capture_output=True, text=True,
        check=True, timeout=60, env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "BENCH_BORN": str(time.time())},
    )  # fmt: skip
    return dict(line.split(" ", 1) for line in done.stdout.splitlines())


def test_frame_comes_before_the_list(said):
    assert 0 < float(said["frame"]) < float(said["queue"])


def test_no_library_is_loaded_that_the_first_list_does_not_need(said):
    loaded = set(said["loaded"].split(","))
    assert "sqlcipher3" in loaded, "the list came from the store"
    assert loaded & LATER == set()


def test_what_is_loaded_beside_the_painting_window_names_nothing_of_qt():
    """PySide makes a class or an enumeration when it is first named; on two threads at once it ends the process."""
    program = "import sys; from ui.__main__ import _load; _load(); import app.first_look; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert [name for name in done.stdout.split() if name.split(".")[0] in ("PySide6", "shiboken6", "ui")] == [
        "ui", "ui.__main__"
    ]  # fmt: skip


def test_the_first_list_needs_nothing_more_of_qt_than_the_window_has_loaded_for_it():
    program = (
        "import sys; from ui import first_look; before = set(sys.modules); from ui.present import queues; "
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
