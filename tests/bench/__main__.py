"""Runs every figure and prints floor, ours, ratio: ``make bench`` (``--large``: a million dossiers)."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from app import bootstrap
from app.sandbox.robot import browser
from app.sandbox.server import SandboxServer
from app.services import inbox
from tests.bench import ingest, pdf, population, search
from tests.bench.figure import Figure


def main() -> int:
    """Measure and print; the exit code says whether every bound holds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--count", type=int, default=0)
    args = parser.parse_args()
    count = args.count or (1_000_000 if args.large else 100_000)
    figures: list[Figure] = []

    def tell(figure: Figure) -> None:
        figures.append(figure)
        print(figure.line(), flush=True)

    print(f"{count:,} dossiers")
    tell(pdf.measure())
    bodies, _ = population.templates()
    with tempfile.TemporaryDirectory() as name, SandboxServer(Path(name) / "portal") as portal:
        folder = Path(name)
        desk = bootstrap.sign_in(folder / "desk", portal.base_url, browser("tiepnhan1", "motcua-sandbox"), undo_s=0)
        try:
            pages = list(population.pages(bodies, count, desk))
            tell(ingest.measure(desk, pages, count, folder))
            del pages
            tell(search.measure(desk))
            print("queues:", inbox.counts(desk))
        finally:
            desk.close()
    missed = [figure.name for figure in figures if not figure.holds]
    print("all bounds hold" if not missed else f"missed: {', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
