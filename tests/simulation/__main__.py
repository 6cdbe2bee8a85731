"""``python -m tests.simulation --seed N --schedules M [--jobs J]``: counts, violations and the history's hash.

The same seed gives the same hash, however many processes share the work: each schedule's dice depend on the seed and
its own number alone. The checker judges each chunk as a program of its own and sees nothing but the rows.
"""

from __future__ import annotations

import argparse

from tests.simulation.campaign import campaign


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--schedules", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", default="", help="write the raw histories to files of this name")
    parser.add_argument("--stop-early", action="store_true", help="end at the first violation")
    asked = parser.parse_args()
    return campaign(asked.seed, asked.schedules, asked.jobs, asked.keep, asked.stop_early)


if __name__ == "__main__":
    raise SystemExit(main())
