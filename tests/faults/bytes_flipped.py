"""``python -m tests.faults.bytes_flipped --runs N --seed S``: bytes of the desk's files change while it is closed.

One run: a desk in the middle of its day, closed or killed; one of its files gets a bit flipped, a few bytes or a page
overwritten, is cut short, emptied or removed. Then the program is started, as often as it asks for it. In the end
everything the officer was ever told is there: the same journal with the same head, every command with its bytes, and
it comes to rest with the portal. A wrong sum, a lost command or an error without a sentence is a violation; so is a
damaged file that was not kept.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

from app import texts
from app.errors import KnownError, Refused, SignedOut
from app.services import drafts, inbox
from app.services.desk import Desk
from app.store import journal
from tests.faults.desk_ground import DEEDS, SCAN, DeskGround, facts, new_dossiers
from tests.faults.shares import share_out
from tests.simulation.campaign import MEMORY

STARTS = 4
FILES = {"store.db": 6, "store.db-wal": 6, "store.db-shm": 1, "blobs.db": 2, "blobs.db-wal": 1, "redo.db": 2,
         "redo.db-wal": 1}  # fmt: skip
"""How often which file is spoilt, by weight; one that does not lie there leaves the run to another."""
PAGE = 4096


class Campaign:
    """One process's runs; ``found`` counts what was seen, ``bad`` holds the violations."""

    def __init__(self, ground: DeskGround, folder: Path) -> None:
        self.ground, self.aside = ground, folder / "died"
        self.found: Counter[str] = Counter()
        self.bad: list[str] = []

    def run(self, seed: str) -> None:
        """Spoil one file and start again."""
        try:
            wrong = self._one(seed, Random(seed))
        except Exception as bug:
            wrong = f"{type(bug).__name__}: {bug}"[:300]
        if wrong:
            self.bad.append(f"VIOLATION {seed}: {wrong}")

    def _one(self, seed: str, dice: Random) -> str:
        self.ground.lay(seed)
        desk = self.ground.open()
        self.ground.line.cut = True
        for name in dice.sample(list(DEEDS), dice.randint(1, 3)):
            with suppress(Refused):  # one may have made another pointless
                DEEDS[name](desk)
        told, head = facts(desk), _head(desk)
        how_it_ended = self._ended(desk, dice)
        name, what, spoilt = self._spoil(dice)
        wrong, words = self._lived_on(told, head)
        self.found[f"{name}: {words or 'no harm'}"] += 1
        kept = not spoilt or words in ("", "store-caught-up") or self._is_kept(name)
        return f"{name} {what} after {how_it_ended}: {wrong or 'the damaged file is gone'}" if wrong or not kept else ""

    def _ended(self, desk: Desk, dice: Random) -> str:
        """Close as usual, or leave the files as a death leaves them."""
        if dice.random() < 0.4:
            desk.close()
            return "a clean close"
        shutil.rmtree(self.aside, ignore_errors=True)
        if dice.random() < 0.5:
            with desk.store.read() as connection:
                connection.exec_driver_sql("SELECT 1")
        shutil.copytree(self.ground.profile, self.aside)
        desk.close()
        shutil.rmtree(self.ground.profile)
        shutil.copytree(self.aside, self.ground.profile)
        return "a death"

    def _spoil(self, dice: Random) -> tuple[str, str, bytes]:
        home = next((self.ground.profile / "officers").iterdir())
        names = [name for name in FILES if (home / name).exists() and (home / name).stat().st_size]
        name = dice.choices(names, [FILES[one] for one in names])[0]
        path, what = home / name, dice.choice(("bit", "bit", "bit", "bytes", "page", "cut", "cut", "empty", "gone"))
        data = bytearray(path.read_bytes())
        at = dice.randrange(len(data))
        if what == "bit":
            data[at] ^= 1 << dice.randrange(8)
        elif what == "bytes":
            piece = dice.randbytes(dice.randint(2, 64))
            data[at : at + len(piece)] = piece[: len(data) - at]
        elif what == "page":
            data[at - at % PAGE : at - at % PAGE + PAGE] = bytes(min(PAGE, len(data) - (at - at % PAGE)))
        elif what == "cut":
            del data[at:]
        path.write_bytes(b"" if what == "empty" else bytes(data))
        if what == "gone":
            path.unlink()
        return name, f"{what} at {at}", b"" if what in ("gone", "empty") or name.endswith("-shm") else bytes(data)

    def _lived_on(self, told: dict[str, Any], head: tuple[Any, ...]) -> tuple[str, str]:
        """Start as often as the program asks for it; return what is wrong and what it said."""
        said: list[str] = []
        for _ in range(STARTS):
            desk = None
            try:
                desk = self.ground.open()
                said += [desk.mended.code] if desk.mended else []
                self._look(desk)
                wrong = self._lost(desk, told, head) or self.ground.come_to_rest(desk) or self._lost(desk, told, None)
                if wrong or not (desk.store.hurt or desk.blobs.hurt):
                    return wrong and f"{wrong}, after {said}", "" if not said else said[-1]
            except SignedOut as error:
                said.append(error.code)
                self.ground.sign_in(desk)
            except KnownError as error:
                if error.code not in texts.SENTENCES:
                    return f"said {error.code}, which has no sentence", ""
                said.append(error.code)
            finally:
                if desk is not None:
                    desk.close()
        return f"never well: {said}", ""

    @staticmethod
    def _lost(desk: Desk, told: dict[str, Any], head: tuple[Any, ...] | None) -> str:
        have = facts(desk)
        missing = [row for row in told["outbox"] if row not in have["outbox"]]
        if missing:
            return f"{len(missing)} commands lost"
        return f"journal {_head(desk)} for {head}" if head and _head(desk) != head else ""

    def _look(self, desk: Desk) -> None:
        """Read what an officer reads: every dossier, draft and paper."""
        with desk.store.read() as connection:
            ids = connection.exec_driver_sql("SELECT id FROM dossier_row ORDER BY id").scalars().all()
        for dossier_id in ids:
            inbox.card(desk, dossier_id)
        for dossier_id in new_dossiers(desk):
            drafts.load(desk, dossier_id, "notice")
        data = desk.blobs.get(hashlib.sha256(SCAN).hexdigest())
        if data not in (None, SCAN):
            raise AssertionError("a paper is not what its name says")

    def _is_kept(self, name: str) -> bool:
        """Say whether the damaged file lies aside, as a technician needs it."""
        return any(self.ground.profile.glob(f"set-aside-*/{name.removesuffix('-wal')}"))


def _head(desk: Desk) -> tuple[Any, ...]:
    with desk.store.read() as connection:
        verdict = journal.verify(connection)
    return verdict.rows, verdict.head, verdict.broken_at


def run(seeds: Sequence[str]) -> tuple[list[str], Counter[str]]:
    """Run these on a ground of their own; return the violations and what was seen."""
    with tempfile.TemporaryDirectory(prefix="motcua-bytes-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        campaign = Campaign(DeskGround(Path(folder)), Path(folder))
        for seed in seeds:
            campaign.run(seed)
    return campaign.bad, campaign.found


def told(bad: list[str], found: Counter[str]) -> None:
    """Print the violations and what was seen how often."""
    print(*bad, sep="\n", end="\n" if bad else "")
    for what, count in sorted(found.items()):
        print(f"{count:6} {what}")


def main() -> int:
    """Run what was asked; 1 if anything was violated."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.bytes_flipped", description=__doc__)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--only", default="", help="repeat this one run, as a violation names it")
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args()
    begun = time.monotonic()
    seeds = [asked.only] if asked.only else [f"{asked.seed}:{number}" for number in range(asked.runs)]
    parts = share_out(run, [(seeds[job :: asked.jobs],) for job in range(asked.jobs)])
    bad = [line for part in parts for line in part[0]]
    told(bad, sum((part[1] for part in parts), Counter[str]()))
    print(f"{len(seeds)} runs in {time.monotonic() - begun:.0f} s, seed {asked.seed}")
    print(f"{len(bad)} violations")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
