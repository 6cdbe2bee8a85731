"""Runs every figure and prints floor, ours, ratio: ``make bench`` (``--large``: a million dossiers)."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app import bootstrap
from app.sandbox.robot import browser
from app.sandbox.server import SandboxServer
from app.services.desk import Desk
from tests.bench import clock, ingest, painting, pdf, population, search, stall, start
from tests.bench.figure import Figure

SYNCED = 100_000


def main() -> int:
    """Measure and print; the exit code says whether every bound holds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", action="store_true", help="a million dossiers")
    parser.add_argument("--count", type=int, default=0, help="another number of dossiers")
    parser.add_argument("--only", choices=_PARTS, help="one part alone")
    args = parser.parse_args()
    count = args.count or (1_000_000 if args.large else 100_000)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    began = time.monotonic()
    print(f"{count:,} dossiers")
    figures = []
    for part in [args.only] if args.only else _PARTS:
        with tempfile.TemporaryDirectory() as name:
            for figure in _PARTS[part](Path(name), count):
                print(figure.line(), flush=True)
                figures.append(figure)
    missed = [figure.name for figure in figures if not figure.holds]
    print("all bounds hold" if not missed else f"missed: {', '.join(missed)}", f"({time.monotonic() - began:.0f} s)")
    return 1 if missed else 0


def _pdf(_folder: Path, _count: int) -> Iterator[Figure]:
    yield pdf.measure()


def _clock(_folder: Path, _count: int) -> Iterator[Figure]:
    yield clock.measure()


def _full_desk(folder: Path, count: int) -> Iterator[Figure]:
    bodies = population.templates()
    with _desk(folder, "full") as desk:
        yield from ingest.measure(desk, population.Pages(folder / "pages", bodies, count, desk), count, folder)
        (folder / "pages").unlink()
        yield search.measure(desk)
        yield painting.keystrokes(desk)
    yield from start.measure(folder / "full")


def _stall(folder: Path, count: int) -> Iterator[Figure]:
    bodies = population.templates()
    with _desk(folder, "bare") as desk:
        pages = population.Pages(folder / "pages", bodies, min(count, SYNCED), desk)
        floor = stall.floor_ms(desk, pages)
    with _desk(folder, "empty") as desk:
        yield stall.measure(desk, pages, floor)


_PARTS: dict[str, Callable[[Path, int], Iterator[Figure]]] = {
    "clock": _clock,
    "pdf": _pdf,
    "full": _full_desk,
    "stall": _stall,
}


@contextmanager
def _desk(folder: Path, name: str) -> Iterator[Desk]:
    """Sign in to a portal without dossiers and close the desk afterwards; its profile stays in ``folder/name``."""
    with SandboxServer(folder / f"portal-{name}") as portal:
        robot = browser("tiepnhan1", "motcua-sandbox")
        desk = bootstrap.sign_in(folder / name, portal.base_url, robot, undo_s=0, sandbox_only=True)
        try:
            yield desk
        finally:
            desk.close()


if __name__ == "__main__":
    sys.exit(main())
