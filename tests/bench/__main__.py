"""Runs every figure and prints floor, ours, ratio: ``make bench`` (``--large``: a million dossiers)."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app import bootstrap
from app.sandbox.robot import browser
from app.sandbox.server import SandboxServer
from app.services.desk import Desk
from tests.bench import ingest, painting, pdf, population, search, start
from tests.bench.figure import Figure

SYNCED = 100_000


def main() -> int:
    """Measure and print; the exit code says whether every bound holds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", action="store_true", help="a million dossiers")
    parser.add_argument("--count", type=int, default=0, help="another number of dossiers")
    args = parser.parse_args()
    count = args.count or (1_000_000 if args.large else 100_000)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    figures: list[Figure] = []
    began = time.monotonic()

    def tell(*measured: Figure) -> None:
        for figure in measured:
            figures.append(figure)
            print(figure.line(), flush=True)

    print(f"{count:,} dossiers")
    tell(pdf.measure())
    bodies, _ = population.templates()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with _desk(folder, "full") as desk:
            tell(ingest.measure(desk, population.Pages(folder / "pages", bodies, count, desk), count, folder))
            (folder / "pages").unlink()
            tell(search.measure(desk), painting.keystrokes(desk))
        tell(*start.measure(folder / "full"))
        with _desk(folder, "empty") as desk:
            tell(painting.stall(desk, population.Pages(folder / "pages", bodies, min(count, SYNCED), desk)))
    missed = [figure.name for figure in figures if not figure.holds]
    print("all bounds hold" if not missed else f"missed: {', '.join(missed)}", f"({time.monotonic() - began:.0f} s)")
    return 1 if missed else 0


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
