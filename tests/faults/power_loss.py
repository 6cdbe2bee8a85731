"""``python -m tests.faults.power_loss --images N --seed S``: cuts the power and looks again.

Stories of the simulation (real store, services and engine, deaths and restarts) run while every file operation of
SQLite is written down; then states that the disk may be in after a cut at some operation are laid out and opened as
the next start does. Each must open, without a word of damage, and hold exactly what some commit left: the last one that
had returned to the officer, or the one being made. Stands apart from the simulation because that one sees no disk.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

from app.errors import MotCuaError
from app.store import cipher, engine, journal, mending
from app.store.writer import Store
from tests.faults.disk import Disk
from tests.faults.file_log import Op
from tests.faults.recorder import Recorder, Recording, digest_of
from tests.faults.shares import share_out
from tests.simulation.campaign import MEMORY

PER_STORY = 100
WALKS, DRAWS = 30, 4
"""How often a story is followed, and how often a state is drawn at one cut, to find as many different ones."""
OURS = "ours"
PLANTED = {"NORMAL": 1, "OFF": 0}
"""Settings of the store that sync too little: the harness must notice both, each time it runs."""
Files = dict[str, bytes]
_State = tuple[str, int, int, frozenset[tuple[str, bytes]]]
"""A store, how many of its commits and attachments had returned, and what lay on the disk."""
_TROUBLES = (MotCuaError, DBAPIError, sqlcipher.Error)


class Judge:
    """Lays images out and opens them with the program's own store."""

    def __init__(self, folder: Path, recording: Recording) -> None:
        self._folder, self._recording = folder, recording

    def judge(self, files: Files, path: str, returned: int, blobs: set[str], *, closely: bool) -> str:
        """Return what is wrong with the image of one store, or nothing; ``returned``: commits that had returned."""
        self._lay(files, os.path.dirname(path))
        key = self._recording.keys[path]
        try:
            store, told = mending.open_store(self._folder, key, self._folder.parent / "aside")
        except _TROUBLES as trouble:
            return f"damaged: {trouble}" if returned else ""
        try:
            mended = f"mended: {told}" if told else ""  # a cut is no damage: nothing is to be mended, nobody frightened
            return mended or self._of_store(store, path, returned, closely) or self._of_blobs(key, blobs)
        except _TROUBLES as trouble:
            return f"damaged: {trouble}"
        finally:
            store.close()

    def _lay(self, files: Files, home: str) -> None:
        shutil.rmtree(self._folder.parent, ignore_errors=True)
        self._folder.mkdir(parents=True)
        for name, data in files.items():
            there = f"{self._folder}{name.removeprefix(home)}"
            os.makedirs(os.path.dirname(there), exist_ok=True)
            with open(there, "wb", buffering=0) as file:
                file.write(data)

    def _of_store(self, store: Store, path: str, returned: int, closely: bool) -> str:
        marks = self._recording.marks[path]
        with store.read() as connection:
            digest, verdict = digest_of(connection), journal.verify(connection)
        if returned and digest not in marks[returned - 1 : returned + 1]:
            older = digest in marks[:returned]
            return f"lost {returned - 1 - marks.index(digest)} commits" if older else "mixed: a state no commit left"
        if verdict.broken_at is not None:
            return f"chain breaks at {verdict.broken_at}"
        return _integrity(store) if closely else ""

    def _of_blobs(self, key: bytes, wanted: set[str]) -> str:
        if not wanted:
            return ""
        opened = engine.open_engine(self._folder / "blobs.db", key, read_only=True, pool_size=1)
        try:
            with opened.connect() as connection:
                rows = connection.exec_driver_sql("select sha256, data from blob").fetchall()
        finally:
            opened.dispose()
        whole = {sha256 for sha256, data in rows if hashlib.sha256(data).hexdigest() == sha256}
        return "" if wanted <= whole else f"blob: {len(wanted - whole)} of {len(wanted)} attachments are gone"


def _integrity(store: Store) -> str:
    with store._writer.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        told = raw.execute("PRAGMA cipher_integrity_check").fetchall()
        told += [row for row in raw.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
    return f"integrity: {told[0][0]}" if told else ""


def cut(recording: Recording, folder: Path, seed: str, count: int) -> Iterator[tuple[str, str]]:
    """Yield (store, what is wrong) of ``count`` images of one story, no two of them the same.

    The cuts lie anywhere and right after commits. A story in which little happened may not have as many.
    """
    dice, judge, seen = Random(seed), Judge(folder, recording), set[_State]()
    for _ in range(WALKS):
        for path, trouble in _walk(recording, judge, dice, seen, count):
            count -= 1
            yield path, trouble


def _walk(recording: Recording, judge: Judge, dice: Random, seen: set[_State], count: int) -> Iterator[tuple[str, str]]:
    """Follow the story once and judge at most ``count`` states that were not ``seen`` before."""
    disk = Disk(recording.before)
    after_marks = [place + 1 for place, op in enumerate(recording.ops) if op[0] == "mark"]
    anywhere = range(len(recording.ops) + 1)
    points = Counter(dice.choice(after_marks if dice.random() < 0.4 else anywhere) for _ in range(count))
    returned: Counter[str] = Counter()
    blobs: dict[str, set[str]] = {}
    for place in anywhere[: max(points, default=-1) + 1]:
        for _ in range(points[place]):
            for path in dice.choices(list(recording.marks), k=DRAWS):
                home = os.path.dirname(path)
                files, wanted = disk.image(dice, home), blobs.get(home, set())
                state = (path, returned[path], len(wanted), frozenset(files.items()))
                if state not in seen:
                    seen.add(state)
                    yield path, judge.judge(files, path, returned[path], wanted, closely=dice.random() < 0.25)
                    break
        if place < len(recording.ops):
            _follow(recording.ops[place], disk, returned, blobs)


def _follow(op: Op, disk: Disk, returned: Counter[str], blobs: dict[str, set[str]]) -> None:
    if op[0] == "mark":
        returned[op[1]] += 1
    elif op[0] == "blob":
        blobs.setdefault(os.path.dirname(op[1]), set()).add(op[2])
    elif op[0] == "given up":
        blobs.setdefault(os.path.dirname(op[1]), set()).discard(op[2])
    else:
        disk.follow(op)


def _called(op: Op) -> str:
    endings = {"write": " of the log" if op[1].endswith("-wal") else " of the file"}
    return op[0] + endings.get(op[0], "")


@dataclass
class Found:
    """What some cuts came to."""

    images: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Found) -> Found:
        return Found(self.images + other.images, self.wrong + other.wrong, self.seen + other.seen)


def run(seed: str, numbers: Sequence[int], images: int, planted: int) -> dict[str, Found]:
    """Run these stories and ``images`` cuts of each; before, ``planted`` cuts with each planted setting."""
    with tempfile.TemporaryDirectory(prefix="motcua-power-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        recorder, image = Recorder(Path(folder) / "ground"), Path(folder) / "image" / "officer"
        found = {level: _stories(recorder, image, level, seed, numbers[:1], planted) for level in PLANTED if planted}
        return found | {OURS: _stories(recorder, image, OURS, seed, numbers, images)}


def _stories(recorder: Recorder, image: Path, level: str, seed: str, numbers: Sequence[int], images: int) -> Found:
    found = Found()
    with _synchronous(level):
        for done, name in enumerate(f"{seed}:{number}" for number in numbers):
            recording = recorder.story(name)
            found.seen.update(_called(op) for op in recording.ops)
            with recorder.log.silent():
                owed = images * (done + 1) - found.images  # what an earlier story did not have, too
                troubles = list(cut(recording, image, name, owed))
            found.images += len(troubles)
            for path, trouble in troubles:
                if trouble:
                    found.wrong[trouble.split(":")[0].split(" ")[0]] += 1
                    if level == OURS:
                        print(f"VIOLATION seed={name} {Path(path).parts[-4]}: {trouble}", flush=True)
    return found


@contextmanager
def _synchronous(level: str) -> Iterator[None]:
    """Plant another setting in the desk's list, or none; every connection still reads back what it was told."""
    real = cipher._PRAGMAS
    cipher._PRAGMAS = tuple(  # type: ignore[assignment]
        (name, level, PLANTED[level]) if name == "synchronous" and level in PLANTED else (name, wanted, seen)
        for name, wanted, seen in real
    )
    yield
    cipher._PRAGMAS = real


def main() -> int:
    """Run what was asked; 1 if an image had lost something or a planted setting lost nothing, else 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.power_loss", description=__doc__)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--images", type=int, default=2_000)
    parser.add_argument("--per-story", type=int, default=PER_STORY)
    parser.add_argument("--planted", type=int, default=100, help="cuts with NORMAL and with OFF")
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args()
    begun, stories = time.monotonic(), max(1, -(-asked.images // asked.per_story))
    shares = [
        (asked.seed, range(job, stories, asked.jobs), asked.per_story, 0 if job else asked.planted)
        for job in range(min(asked.jobs, stories))
    ]
    parts = share_out(run, shares)
    ours = sum((part[OURS] for part in parts), Found())
    planted = {level: part[level] for part in parts for level in PLANTED if level in part}
    seconds, used = time.monotonic() - begun, os.times()
    processor_s = used.user + used.system + used.children_user + used.children_system
    counted = ", ".join(f"{count} {kind}" for kind, count in sorted(ours.seen.items()))
    print(
        f"{ours.images} images of {stories} stories, none twice, in {seconds:.0f} s, {processor_s:.0f} s of a "
        f"processor ({ours.images / processor_s:.0f} each), {asked.jobs} jobs: {counted}"
    )
    for level, found in planted.items():
        print(f"planted {level}: {sum(found.wrong.values())} of {found.images} images caught {dict(found.wrong)}")
    print(f"{sum(ours.wrong.values())} violations, seed {asked.seed} {dict(ours.wrong) if ours.wrong else ''}".rstrip())
    return 1 if ours.wrong or not all(found.wrong for found in planted.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
