"""``python -m tests.faults.races --runs N --seed S``: transactions that overtake each other on PostgreSQL.

In each run four officers' commands start at once, some of them the very same command twice; each transaction is held
up by the dice at its feed number and before its commit. Meanwhile a reader follows the feed in small pages; at the
dice's word its cursor is spoilt, or the portal gets another epoch as after a restore, in the middle of its pages (410).
Judged after each run: the reader has every dossier in the version that the portal has, no version ever fell, no page
was skipped, and every key took effect once.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from threading import Barrier
from typing import Any

import orjson
from sqlalchemy import create_engine, event, text

from app.clock import SystemClock
from app.contract.wire import CommandEnvelope
from app.domain.people import Officer, Person
from app.ids import IdSource
from app.sandbox.citizens import Citizens
from app.sandbox.database import set_setting
from app.sandbox.feed import CursorOver
from app.sandbox.filing import Application
from app.sandbox.offices import officers
from app.sandbox.portal import Portal
from tests.faults.postgres import postgres
from tests.faults.shares import share_out

WRITERS, DOSSIERS, LONGEST_MS = 4, 6, 6
PER_PORTAL = 100
_TRUTH = "select d.id, d.version from dossiers d join dossier_scope s on s.dossier_id = d.id where s.unit_id = :u"
_HELD_UP_AT = ("feed_counter", "INSERT INTO commands", "UPDATE dossier_scope SET feed_n")
_id = IdSource().new
_MAI = Person("Trần Thị Mai", phone="0905123456")


class Races:
    """One portal, its officers at the counter, and what one reader has."""

    def __init__(self, portal: Portal) -> None:
        self._portal, self._dice = portal, Random()
        self._clerks = [officers()["tiepnhan1"], officers()["tiepnhan2"]]
        self._mirror: dict[str, int] = {}
        self._cursor, self._epochs = "", 0
        self.seen: Counter[str] = Counter()
        self.found: list[str] = []
        citizens = Citizens(portal)
        self._ids = [citizens.file("1.001193", "H32.8", Application(_MAI, _MAI)).id for _ in range(DOSSIERS)]
        event.listen(portal.database.engine, "after_cursor_execute", self._held_up)

    def run(self, pool: ThreadPoolExecutor, seed: str) -> None:
        """Run one race and judge it."""
        self._dice = Random(seed)
        sent = [self._envelope() for _ in range(WRITERS)]
        if self._dice.random() < 0.4:
            sent[1] = sent[0]
        start = Barrier(WRITERS)
        running = [pool.submit(self._take, start, *one) for one in sent]
        while not all(one.done() for one in running):
            self._page()
        self._judge(sent, running)

    def _envelope(self) -> tuple[Officer, CommandEnvelope]:
        officer, now = self._dice.choice(self._clerks), self._portal.clock.now().isoformat()
        body = json.dumps({"made_at": now, "phone": f"09{self._dice.randrange(10**8):08d}"})
        digest = hashlib.sha256(body.encode()).hexdigest()
        dossier_id = self._dice.choice(self._ids)
        return officer, CommandEnvelope(_id(), officer.id, "correct_contact", dossier_id, None, digest, body)

    def _take(self, start: Barrier, officer: Officer, envelope: CommandEnvelope) -> str:
        start.wait(30)
        return self._portal.commands.take(officer, (envelope,))[0].status

    def _held_up(self, _conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        """Hold a transaction up where its number is given, and where it has one and is not committed."""
        if any(place in statement for place in _HELD_UP_AT):
            time.sleep(Random().random() * LONGEST_MS / 1000)

    def _page(self) -> bool:
        """Follow the feed by one small page; say whether more waits."""
        spoil = self._dice.random()
        if spoil < 0.03:
            self._epochs += 1
            with self._portal.database.writing() as connection:
                set_setting(connection, "epoch", f"epoch-{self._epochs}")
            self.seen["epochs"] += 1
        try:
            cursor = self._cursor[:-4] + "AAAA" if 0.03 <= spoil < 0.06 and self._cursor else self._cursor
            page = orjson.loads(self._portal.feed.page(self._clerks[0], cursor, 2, 0))
        except CursorOver:
            self._cursor, self._mirror = "", {}
            self.seen["410"] += 1
            return True
        self.seen["pages"] += 1
        for change in page["changes"]:
            if change["version"] < self._mirror.get(change["id"], 0):
                self.found.append(f"{change['id']} fell to {change['version']}")
            if change["body"]["version"] != change["version"]:
                self.found.append(f"{change['id']} has a body of another version")
            self._mirror[change["id"]] = change["version"]
        self._cursor = page["next_cursor"]
        return bool(page["has_more"])

    def _judge(self, sent: list[tuple[Officer, CommandEnvelope]], running: list[Future[str]]) -> None:
        while self._page():
            pass
        told = Counter[str]()
        for (_, envelope), one in zip(sent, running, strict=True):
            told[f"{envelope.key} {one.result()}"] += 1
        keys = {envelope.key for _, envelope in sent}
        done = {key: told[f"{key} done"] for key in keys}
        self.found += [f"{key} was done {count} times: {dict(told)}" for key, count in done.items() if count != 1]
        with self._portal.database.reading() as connection:
            truth = dict(connection.execute(text(_TRUTH), {"u": self._clerks[0].unit_id}).all())
            kept = connection.execute(text("select count(*) from commands")).scalar_one()
        self.seen["commands"] += len(keys)
        self.seen["the same twice"] += WRITERS - len(keys)
        if kept != self.seen["commands"]:
            self.found.append(f"{kept} keys kept of {self.seen['commands']}")
        missed = {key: (version, self._mirror.get(key)) for key, version in truth.items()}
        missed = {key: both for key, both in missed.items() if both[0] != both[1]}
        self.found += [f"the feed skipped {key}: {both[0]} there, {both[1]} here" for key, both in missed.items()]


def run(seed: str, numbers: Sequence[int]) -> tuple[Counter[str], list[str]]:
    """Run these races on a PostgreSQL of their own, up to the first violation; return what was seen and what was wrong.

    Dossiers grow with each command: after ``PER_PORTAL`` races the next ones have a portal in an empty database.
    """
    seen = Counter[str]()
    with postgres(durable=False) as url, ThreadPoolExecutor(WRITERS) as pool:
        for at in range(0, len(numbers), PER_PORTAL):
            with _portal(url, f"races{at}") as portal:
                races = Races(portal)
                for number in numbers[at : at + PER_PORTAL]:
                    races.run(pool, f"{seed}:{number}")
                    races.seen["runs"] += 1
                    if races.found:
                        return seen + races.seen, [f"VIOLATION run {number}: {what}" for what in races.found]
                seen += races.seen
    return seen, []


@contextmanager
def _portal(url: str, name: str) -> Iterator[Portal]:
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection, tempfile.TemporaryDirectory(prefix="motcua-races-") as folder:
        connection.execute(text(f"create database {name}"))
        portal = Portal(Path(folder), database_url=url.replace("/postgres?", f"/{name}?"), base=SystemClock())
        yield portal
        portal.close()
        connection.execute(text(f"drop database {name} with (force)"))
    server.dispose()


def main() -> int:
    """Run, tell; 1 if anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.races", description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=1)
    asked, begun = parser.parse_args(), time.monotonic()
    parts = share_out(run, [(asked.seed, range(job, asked.runs, asked.jobs)) for job in range(asked.jobs)])
    seen = sum((part[0] for part in parts), Counter[str]())
    found = [line for part in parts for line in part[1]]
    print(*found, sep="\n", end="\n" if found else "")
    told = ", ".join(f"{count} {name}" for name, count in sorted(seen.items()))
    print(f"{told}; {len(found)} violations, seed {asked.seed}, {time.monotonic() - begun:.0f} s")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
