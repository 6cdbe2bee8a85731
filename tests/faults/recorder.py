"""Runs stories of the simulation and keeps what every file operation and every commit of their desks was.

Stands apart from the judging of power cuts because it lives in the program: it follows each commit that returns, and
adds a deed with an attachment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection

from app.services import attachments, payments
from app.store import engine, journal, mending
from app.store.blobs import BlobStore
from app.store.journal import Entry
from app.store.writer import Store
from tests.faults.file_log import FileLog, Op
from tests.simulation import deeds
from tests.simulation.ground import Ground
from tests.simulation.seeded import Chance, take_over
from tests.simulation.story import Story

CHECKPOINTS = (1000, 1000, 200, 60)
"""Pages of write-ahead log after which SQLite moves them: its own default, and fewer, to get there more often."""
_TABLES = ("outbox", "journal", "mirror", "sync_state", "drafts", "number_block", "printed", "access_log",
           "dossier_row", "belonging")  # fmt: skip


@dataclass
class Recording:
    """What one story did to the files of its desks."""

    before: dict[str, bytes] = field(default_factory=dict)
    ops: list[Op] = field(default_factory=list)
    keys: dict[str, bytes] = field(default_factory=dict)
    marks: dict[str, list[str]] = field(default_factory=dict)
    """By store: the digest of all its tables after each commit."""


class Recorder:
    """Runs stories and keeps what happened to their files."""

    def __init__(self, folder: Path) -> None:
        self._now = Recording()
        self.log = FileLog(lambda op: self._now.ops.append(op))
        self._chance = Chance()
        take_over(self._chance)
        self._ground = Ground(folder, self._chance.clock)
        _mark_commits(self)
        deeds.OFFICERS["tick with paper"] = (12, _tick_with_paper)

    def story(self, seed: str) -> Recording:
        """Run one seed; the files as they were before and all that came after."""
        story = Story(seed, self._chance, self._ground)
        story.deeds = (3, 8)
        for seat in story._seats:  # the program starts anew: recording begins with closed files
            seat.desk.close()
        root = self._ground.profiles
        self._now = Recording({str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()})
        self.log.root = f"{root}/"
        pages = CHECKPOINTS[Random(seed).randrange(len(CHECKPOINTS))]
        with _checkpoint_after(pages):
            for seat in story._seats:
                seat.reopen()
            _born(root / "new" / "officers" / "o1")
            story.run()
        self.log.root = "/nowhere/"
        return self._now

    def committed(self, store: Store) -> None:
        """Note that a commit has returned, and what it left."""
        path = str(store.folder / "store.db")
        if not path.startswith(self.log.root):
            return
        with store.read() as connection:
            digest = digest_of(connection)
        self._now.keys[path] = store._key
        self._now.marks.setdefault(path, []).append(digest)
        self._now.ops.append(("mark", path))

    def kept(self, blobs: BlobStore, sha256: str) -> None:
        """Note that an attachment's bytes are promised to be there."""
        self._now.ops.append(("blob", _file_of(blobs), sha256))

    def given_up(self, blobs: BlobStore, digests: Collection[str]) -> None:
        """Note that these need not be there any more: their dossiers have left, or the whole desk is wiped."""
        self._now.ops.extend(("given up", _file_of(blobs), sha256) for sha256 in digests)


def _mark_commits(recorder: Recorder) -> None:
    real_write, real_put = Store.write, BlobStore.put
    real_drop, real_wipe = BlobStore.drop_uploaded, BlobStore.drop_all_but

    @contextmanager
    def write(store: Store) -> Iterator[Connection]:
        with real_write(store) as connection:
            yield connection
        recorder.committed(store)

    def put(blobs: BlobStore, *arguments: Any, **named: Any) -> str:
        sha256 = real_put(blobs, *arguments, **named)
        recorder.kept(blobs, sha256)
        return sha256

    def drop_uploaded(blobs: BlobStore, digests: Collection[str]) -> None:
        recorder.given_up(blobs, digests)
        real_drop(blobs, digests)

    def drop_all_but(blobs: BlobStore, kept: Collection[str]) -> None:
        with blobs._engine.connect() as connection:
            there = connection.exec_driver_sql("select sha256 from blob").scalars().all()
        recorder.given_up(blobs, set(there) - set(kept))
        real_wipe(blobs, kept)

    Store.write, BlobStore.put = write, put  # type: ignore[method-assign]
    BlobStore.drop_uploaded, BlobStore.drop_all_but = drop_uploaded, drop_all_but  # type: ignore[method-assign]


def _file_of(blobs: BlobStore) -> str:
    with blobs._engine.connect() as connection:
        return str(connection.exec_driver_sql("PRAGMA database_list").first()[2])


def _tick_with_paper(desk: Any, dossier: Any, dice: Random) -> Any:
    paper = attachments.take(desk, b"%PDF-1.7 " + dice.randbytes(dice.choice((500, 9_000, 40_000))), "bien-lai.pdf")
    notice = dice.choice(deeds.open_notices(dossier))
    proof = deeds.Evidence(info="Biên lai", file=paper)
    return payments.tick_paid(desk, notice.id, amount=5_000, method=deeds.CASH, evidence=proof)


def _born(folder: Path) -> None:
    """Make a store from nothing, as a first sign-in does, and take money at once."""
    store, _ = mending.open_store(folder, bytes(range(32)), folder.parent / "aside")
    for number in range(3):
        with store.write() as connection:
            entry = Entry(f"k{number}", "tick_paid", "d1", "n1", f"p{number}", 1000, "counter_cash", 7, "o1")
            journal.append(connection, entry)
    store.close()


@contextmanager
def _checkpoint_after(pages: int) -> Iterator[None]:
    real = engine.connect  # type: ignore[attr-defined]

    def connect(*arguments: Any, **named: Any) -> Any:
        raw = real(*arguments, **named)
        raw.execute(f"PRAGMA wal_autocheckpoint = {pages}")
        return raw

    engine.connect = connect  # type: ignore[attr-defined]
    yield
    engine.connect = real  # type: ignore[attr-defined]


def digest_of(connection: Connection) -> str:
    """Return a digest of every row of every table that lasts."""
    found = hashlib.blake2b(digest_size=16)
    raw: Any = connection.connection.driver_connection
    for table in _TABLES:
        found.update(repr(raw.execute(f"select * from {table} order by 1, 2").fetchall()).encode())
    return found.hexdigest()
