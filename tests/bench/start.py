"""Cold start on a full desk: frame and first queue painted, against a bare Qt window and the libraries of a store.

Every start is a process of its own, timed from its birth by one clock; floor and ours take turns, so that what else
the machine does falls on both. The median counts. Bytecode lies ready for both, as in an installed program.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.figure import Figure

ROUNDS = 7
FRAME_BOUND, QUEUE_BOUND = 1.5, 1.25
_ROOT = Path(__file__).resolve().parents[2]


def measure(profile: Path) -> tuple[Figure, Figure]:
    """Start the program on a closed ``profile`` and the two floors, in turns."""
    with tempfile.TemporaryDirectory() as bytecode:
        return _measure(str(profile), bytecode)


def _measure(profile: str, bytecode: str) -> tuple[Figure, Figure]:
    for what in (profile, "--bare-libraries"):
        _started(what, bytecode)  # warm files, fresh bytecode
    times: dict[str, list[float]] = {"bare": [], "libraries": [], "frame": [], "queue": []}
    for _ in range(ROUNDS):
        times["bare"].append(float(_started("--bare", bytecode)["frame"]))
        said = _started(profile, bytecode)
        times["frame"].append(float(said["frame"]))
        times["queue"].append(float(said["queue"]))
        times["libraries"].append(float(_started("--bare-libraries", bytecode)["frame"]))
    middle = {name: statistics.median(found) for name, found in times.items()}
    return (
        _figure("frame painted", middle["bare"], middle["frame"], FRAME_BOUND),
        _figure("first queue painted", middle["libraries"], middle["queue"], QUEUE_BOUND),
    )


def _figure(name: str, floor: float, ours: float, bound: float) -> Figure:
    return Figure(name, floor, ours, "ms", f"≤ {bound} × floor", ours <= bound * floor)


def _started(what: str, bytecode: str) -> dict[str, str]:
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": bytecode,
        "BENCH_BORN": repr(time.time()),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.started", what],
        cwd=_ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return dict(line.split(" ", 1) for line in done.stdout.splitlines())
