"""``python -m tests.faults.disk_full --runs N --seed S``: the disk refuses at the n-th write, for every n.

One run: a desk in the middle of its day does one thing while writes fail (from the n-th on, or at the n-th alone); it
must be told so with a sentence, leave nothing half done and read on, do the same thing once the fault is over, and
come to rest with the portal: everything sent, journal and list as they should be. Stands apart from the damage of
files: here every byte that was written is true.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from app import texts
from app.errors import KnownError, StoreTrouble
from app.services.desk import Desk
from app.store import cipher
from tests.faults import bytes_flipped, failing_disk
from tests.faults.desk_ground import DEEDS, SCAN, DeskGround, facts
from tests.faults.shares import share_out
from tests.simulation.campaign import MEMORY

SAID = {"store-full", "store-io", "store-locked", "store-read-only", "store-cannot-open", "rescue-not-written"}
_UNTIL_CALLED_OFF = 1_000_000
_DISK_KIB = 32_768
_OF_THE_PORTAL_TOO = ("page", "send")  # its own database lies on the same disk
STORIES = (*DEEDS, "page", "paper", "send", "backup", "open", "close")


class Campaign:
    """One process's runs; ``found`` counts what was seen, ``bad`` holds the violations."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        disk = folder / "disk"
        self.has_disk = stack.enter_context(failing_disk.memory_disk(disk, _DISK_KIB))
        self.disk = disk
        self.ground = DeskGround(disk)
        self.calls = failing_disk.FailingCalls(disk)
        self.holder = failing_disk.Holder()
        stack.callback(self.holder.close)
        self.found: Counter[str] = Counter()
        self.bad: list[str] = []
        self.writes = {story: self._writes_of(story) for story in STORIES}

    def run(self, seed: str) -> None:
        """Do one thing on a disk that refuses."""
        dice = Random(seed)
        story, how = dice.choice(STORIES), dice.choice(("calls",) * 8 + ("limit", "pages", "disk", "lock"))
        try:
            wrong = self._one(seed, story, how, dice)
        except Exception as bug:
            wrong = f"{type(bug).__name__}: {bug}"[:300]
        if wrong:
            self.bad.append(f"VIOLATION {seed} {story} {how}: {wrong}")

    def _one(self, seed: str, story: str, how: str, dice: Random) -> str:
        self.ground.lay(seed)
        desk = None if story == "open" else self.ground.open()
        before = facts(desk) if desk else {}
        fault = self._fault(story, how, desk, dice)
        with fault:
            opened, told = self._try(story, desk)
            if told and told not in SAID:
                return f"said {told}"
            if desk and story != "close" and facts(desk) != before and (told or story not in DEEDS):
                return f"told {told or 'done'}, and yet something changed"
        desk = opened or desk
        self.found[f"{story}: {told or 'done all the same'}"] += 1
        if desk is None or story == "close":
            desk = self.ground.open()
        wrong = self._afterwards(desk, before, story, told)
        desk.close()
        return wrong

    def _afterwards(self, desk: Desk, before: dict[str, Any], story: str, told: str) -> str:
        """The fault is over: do it again, come to rest, look at everything."""
        if before and story not in DEEDS and facts(desk) != before:
            return "what had been saved is not there any more"
        if told:
            _, again = self._try(story, desk) if story not in ("open", "close") else (None, "")
            if again:
                return f"not done even when the disk was well: {again}"
        elif story in DEEDS and facts(desk) == before:
            return "told done, and nothing is there"
        wrong = self.ground.come_to_rest(desk)
        if wrong or desk.store.hurt:
            return wrong or "a full disk was taken for damage"
        kept = facts(desk)
        desk.close()
        with_marks = self.ground.open()
        try:
            if facts(with_marks) != kept or with_marks.mended is not None:
                return "another start sees something else"
        finally:
            with_marks.close()
        return ""

    def _try(self, story: str, desk: Desk | None) -> tuple[Desk | None, str]:
        """Do it; return a desk that was opened, and what was said."""
        try:
            if desk is None:
                return self.ground.open(), ""
            self._do(story, desk)
        except KnownError as error:
            return None, error.code if error.code in texts.SENTENCES else f"{error.code}, which has no sentence"
        return None, ""

    def _do(self, story: str, desk: Desk) -> None:
        self.ground.line.cut = story in DEEDS
        steps: dict[str, Callable[[], object]] = {
            "page": desk.engine.puller.step, "paper": lambda: desk.blobs.put(SCAN + b"2", "application/pdf"),
            "send": desk.engine.sender.step, "close": desk.close,
            "backup": lambda: desk.store.back_up(desk.clock.now()),
        }  # fmt: skip
        if story in DEEDS:
            DEEDS[story](desk)
        elif story == "page":
            self._page(desk, steps["page"])
        else:
            steps[story]()

    @staticmethod
    def _page(desk: Desk, step: Callable[[], object]) -> None:
        try:
            step()
        except StoreTrouble:
            raise
        except KnownError as error:  # what the link says of a store is the store's word
            raise StoreTrouble(error.code) from error

    def _fault(self, story: str, how: str, desk: Desk | None, dice: Random) -> AbstractContextManager[Any]:
        at = dice.randint(1, max(1, self.writes[story]))
        if how == "lock":
            store = self.ground.profile / "officers"
            path = next(store.glob("*/store.db"))
            key = bytes.fromhex((self.ground.profile / "sandbox.key").read_text())
            return self.holder.holding(path, key)
        if how == "limit" and story not in _OF_THE_PORTAL_TOO:
            return failing_disk.no_larger_than(dice.choice((4096, 32_768, 65_536, 131_072)))
        if how == "pages" and desk and story in DEEDS:
            return failing_disk.no_more_pages(desk, 0)
        if how == "disk" and self.has_disk and story not in _OF_THE_PORTAL_TOO:
            return failing_disk.filled(self.disk, 4096 * dice.randint(0, at))
        kind = dice.choice(list(failing_disk.ERRORS))
        until = at + 1 if dice.random() < 0.4 else _UNTIL_CALLED_OFF
        return self.calls.failing(range(at, until), failing_disk.ERRORS[kind])

    def _writes_of(self, story: str) -> int:
        """Return how many writes it takes when nothing is wrong."""
        self.ground.lay("count")
        desk = None if story == "open" else self.ground.open()
        with self.calls.failing(range(0), 0), nullcontext():
            opened, _ = self._try(story, desk)
            count = self.calls.count
        for one in (desk, opened):
            if one:
                one.close()
        return count


@dataclass
class Found:
    """What some runs came to: violations, what was seen how often, and how a quiet disk was written to."""

    bad: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    flips_seen: Counter[str] = field(default_factory=Counter)
    quiet: str = ""

    def __add__(self, other: Found) -> Found:
        return Found(
            self.bad + other.bad, self.seen + other.seen, self.flips_seen + other.flips_seen, other.quiet or self.quiet
        )


def run(seeds: Sequence[str], flips: Sequence[str]) -> Found:
    """Run these on a ground of their own, then the flips on the same."""
    cipher.BUSY_TIMEOUT_MS = 30  # nobody waits five seconds for each lock here
    place = tempfile.TemporaryDirectory(prefix="motcua-disk-", dir=MEMORY if MEMORY.is_dir() else None)
    with place as folder, ExitStack() as stack:
        campaign = Campaign(Path(folder), stack)
        for seed in seeds:
            campaign.run(seed)
        spoilt = bytes_flipped.Campaign(campaign.ground, Path(folder))
        for seed in flips:
            spoilt.run(seed)
    disk = "with" if campaign.has_disk else "without"
    quiet = f"writes: {campaign.writes}, {disk} a small disk of its own"
    return Found(campaign.bad + spoilt.bad, campaign.found, spoilt.found, quiet)


def main() -> int:
    """Run what was asked; 1 if anything was violated."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.disk_full", description=__doc__)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--only", default="", help="repeat this one run, as a violation names it")
    parser.add_argument("--flips", type=int, default=0, help="then so many runs of bytes_flipped on the same ground")
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args()
    begun = time.monotonic()
    seeds = [asked.only] if asked.only else [f"{asked.seed}:{number}" for number in range(asked.runs)]
    flips = [f"{asked.seed}:{number}" for number in range(asked.flips)]
    parts = share_out(run, [(seeds[job :: asked.jobs], flips[job :: asked.jobs]) for job in range(asked.jobs)])
    found = sum(parts, Found())
    bytes_flipped.told(found.bad, found.seen)
    refused = sum(count for what, count in found.seen.items() if not what.endswith("done all the same"))
    print(found.quiet)
    print(f"{len(seeds)} runs in {time.monotonic() - begun:.0f} s, {refused} refused by the disk, seed {asked.seed}")
    bytes_flipped.told([], found.flips_seen)
    print(f"{len(found.bad)} violations")
    return 1 if found.bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
