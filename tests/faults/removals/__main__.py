"""Proves that tests guard the controls: ``python -m tests.faults.removals [name…]`` takes one control away at a time.

Each ``NAME.patch`` beside this file removes one control and begins with a line ``Removes: …`` and a line ``Test: …``,
what pytest is to run. On a scratch copy of the project that test must pass before the patch and fail with it. A patch
that no longer applies fails: the control has moved, and nobody would notice its end.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).resolve().parent
_COPIED = ("app", "ui", "tests", "resources", "requirements", "pyproject.toml", "Makefile")
_PATIENCE_S = 300
_FAILED = 1  # pytest: tests ran and some failed; every other code says that nothing was proved


@dataclass(frozen=True, slots=True)
class Removal:
    """One patch: its name, what it takes away and the test that must notice."""

    name: str
    removes: str
    test: str
    patch: Path


def removals() -> list[Removal]:
    """Return every patch, in the order of names; a head that lacks a line is an error."""
    found = []
    for path in sorted(HERE.glob("*.patch")):
        head = dict(re.findall(r"^(Test|Removes): (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE))
        found.append(Removal(path.stem, head["Removes"], head["Test"], path))
    return found


def judged(removal: Removal, scratch: Path) -> str:
    """Return what is wrong with a removal, "" if its test noticed it."""
    if _pytest(scratch, removal.test) != 0:
        return "its test does not pass even with the control"
    applied = ["git", "apply", "--whitespace=nowarn", str(removal.patch)]
    if subprocess.run(applied, cwd=scratch, capture_output=True, check=False).returncode != 0:
        return "the patch no longer applies"
    code = _pytest(scratch, removal.test)
    subprocess.run([*applied[:2], "-R", *applied[2:]], cwd=scratch, capture_output=True, check=True)
    return "" if code == _FAILED else f"the test ends with {code} without the control, wanted {_FAILED}"


def _pytest(scratch: Path, test: str) -> int:
    own = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(scratch)}
    line = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider", *test.split()]
    try:
        done = subprocess.run(line, cwd=scratch, env=own, capture_output=True, timeout=_PATIENCE_S, check=False)
    except subprocess.TimeoutExpired:
        return -1
    return done.returncode


def _copy(scratch: Path) -> None:
    for name in _COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, scratch / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, scratch / name)


def main() -> int:
    """Try every removal, or the named ones; return how many were not noticed."""
    wanted = [item for item in removals() if not sys.argv[1:] or item.name in sys.argv[1:]]
    unnoticed = 0
    with tempfile.TemporaryDirectory(prefix="motcua-removals-") as folder:
        scratch = Path(folder)
        _copy(scratch)
        for item in wanted:
            wrong = judged(item, scratch)
            unnoticed += bool(wrong)
            sys.stdout.write(f"{'NOT NOTICED' if wrong else 'noticed'}  {item.name}: {item.removes}. {wrong}\n")
            sys.stdout.flush()
    sys.stdout.write(f"removals: {len(wanted) - unnoticed} of {len(wanted)} noticed\n")
    return unnoticed


if __name__ == "__main__":
    sys.exit(main())
