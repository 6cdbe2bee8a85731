"""``python -m tests.simulation --seed N --schedules M [--jobs J]``: counts, violations and the history's hash.

The same seed gives the same hash, however many processes share the work: each schedule's dice depend on the seed and
its own number alone (``N:0``, ``N:1`` …; ``--stories N:17`` repeats one).
"""

from __future__ import annotations

import argparse

from tests.simulation.campaign import campaign


def main() -> int:
    """Run what was asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--schedules", type=int, default=100)
    parser.add_argument("--stories", nargs="*", default=(), help="these schedules and no others")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", default="", help="write the raw histories to files of this name")
    parser.add_argument("--stop-early", action="store_true", help="end after the first chunk with a violation")
    asked = parser.parse_args()
    seeds = asked.stories or [f"{asked.seed}:{number}" for number in range(asked.schedules)]
    return campaign(asked.seed, seeds, jobs=asked.jobs, keep=asked.keep, stop_early=asked.stop_early)


if __name__ == "__main__":
    raise SystemExit(main())
