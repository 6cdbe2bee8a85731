"""``python -m tests.faults.mutants [NAME …] [--by models]``: plants each bug in a scratch copy; it must be noticed.

A patch in ``mutants/`` begins with ``Bug:``, ``Invariant:`` and ``Red:`` (``simulation``, ``models``, or what pytest
shall run). A patch that no longer applies fails, and so does one that only another invariant than its own notices.
``--by``: let one harness judge them all, whatever the patches say.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "mutants"
SCHEDULES = os.environ.get("MOTCUA_MUTANT_SCHEDULES", "400")
RUNS = os.environ.get("MOTCUA_MUTANT_RUNS", "100")
JOBS = os.environ.get("MOTCUA_JOBS", "2")
JUDGES = {
    "simulation": ["tests.simulation", "--seed", "mutant", "--schedules", SCHEDULES],
    "models": ["tests.simulation.models", "--seed", "mutant", "--runs", RUNS],
}
"""Programs that print violations by invariant; anything else in ``Red:`` is for pytest."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One planted bug."""

    path: Path
    bug: str
    invariant: str
    red: str


def read(path: Path) -> Mutant:
    """Return a patch with what its head says; raises KeyError when it says too little."""
    head = dict(line.split(": ", 1) for line in path.read_text(encoding="utf-8").splitlines()[:3])
    return Mutant(path, head["Bug"], head["Invariant"], head["Red"])


def mutants(names: list[str]) -> list[Mutant]:
    """Return all patches, or those named."""
    return [read(path) for path in sorted(FOLDER.glob("*.patch")) if not names or path.stem in names]


def verdict(mutant: Mutant, scratch: Path) -> str:
    """Plant, run, take out again; return what happened: ``caught …`` or why not."""
    planted = subprocess.run(
        ["git", "apply", str(mutant.path)], cwd=scratch, capture_output=True, text=True, check=False
    )
    if planted.returncode:
        return f"DOES NOT APPLY: {planted.stderr.strip()[:200]}"
    try:
        return _judge(mutant, scratch)
    finally:
        subprocess.run(["git", "apply", "-R", str(mutant.path)], cwd=scratch, check=True)


def _judge(mutant: Mutant, scratch: Path) -> str:
    judged = mutant.red in JUDGES
    tested = ["pytest", "-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider", *mutant.red.split()]
    argv = [*JUDGES[mutant.red], "--jobs", JOBS, "--stop-early"] if judged else tested
    ran = subprocess.run(
        [sys.executable, "-m", *argv], cwd=scratch, capture_output=True,
        text=True, check=False, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    if ran.returncode == 0:
        return "SURVIVED"
    if not judged:
        return "caught by " + mutant.red if "failed" in ran.stdout else f"BROKEN: {ran.stdout[-200:]}"
    seen = sorted({line.split()[2] for line in ran.stdout.splitlines() if line.startswith("VIOLATION")})
    if mutant.invariant in seen:
        return "caught by " + " ".join(seen)
    return f"NOT BY ITS OWN INVARIANT: {' '.join(seen) or ran.stderr[-300:]}"


def main(names: list[str], by: str = "") -> int:
    """Print one row for each mutant; 1 unless all are caught."""
    missed, rows = 0, [replace(mutant, red=by or mutant.red) for mutant in mutants(names)]
    with tempfile.TemporaryDirectory(prefix="motcua-mutants-") as folder:
        for name in ("app", "tests", "resources", "pyproject.toml"):
            source, target = ROOT / name, Path(folder) / name
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copyfile(source, target)
        for mutant in rows:
            begun = time.monotonic()
            found = verdict(mutant, Path(folder))
            missed += not found.startswith("caught")
            print(f"{mutant.path.stem:28} {mutant.invariant:4} {time.monotonic() - begun:4.0f} s  {found}", flush=True)
    print(f"{len(rows) - missed} of {len(rows)} planted bugs caught")
    return 1 if missed or not rows else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.faults.mutants", description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--by", choices=JUDGES, default="")
    asked = parser.parse_args()
    raise SystemExit(main(asked.names, asked.by))
