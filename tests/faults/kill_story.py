"""One story of deaths: three desks at one portal, each life in a fork of a warm process, killed by its parent.

Stands apart from the campaign, which counts: this holds the processes together and writes the history that the checker
reads. The desks' tables are read from their files with the bare driver, the portal's from its database.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import socket
import sqlite3
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from multiprocessing import Pipe
from pathlib import Path
from random import Random
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from app.clock import Clock
from app.store.writer import OPEN_MARK
from tests.faults import kill_portal
from tests.faults.file_log import FileLog
from tests.faults.kill_life import Life, Plan
from tests.faults.kill_moments import LOST_ANSWERS, REFUSAL, SCRIPTS
from tests.simulation.deeds import CANARY
from tests.simulation.story import _BELONGING, _JOURNAL, _MIRROR, _OUTBOX, _PORTAL, _VIEW

DESKS = ("quay1", "quay2", "quay1b")
DOSSIERS, DOOMED = 10, 12
LONGEST_LIFE_S = 60.0
_TABLES = {"outbox": _OUTBOX, "journal": _JOURNAL, "mirror": _MIRROR, "view": _VIEW, "belonging": _BELONGING}
_UPTO = (
    "select d.id, d.version from dossier_scope s join dossiers d on d.id = s.dossier_id "
    "where s.unit_id = ? and s.feed_n <= ? order by d.id"
)
_ANYTHING = ("act", "act", "act with paper", "engine", "act behind", "lane", "decide", "pull", "send")
_REHEARSED = ("pull", *_ANYTHING, "act doomed", "send", "act to undo", "undo", "lane", "rest", "end", "rebuild")


class Story:
    """Runs lives until told to rest; ``deaths`` counts where they ended."""

    def __init__(
        self, seed: str, first: Path, folder: Path, listening: socket.socket, clock: Clock, log: FileLog
    ) -> None:
        self._seed, self._folder, self._clock, self._log = seed, folder, clock, log
        self.dice = Random(seed)
        shutil.copytree(first, folder)
        self.rows: list[dict[str, Any]] = [{"e": "begin", "t": time.monotonic(), "seed": seed, "desks": DESKS}]
        self.deaths: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self._lives = 0
        self._fresh: set[str] = set()
        ours, theirs = Pipe()
        self._portal_pid = os.fork()
        if self._portal_pid == 0:
            try:
                ours.close()
                kill_portal.serve(folder / "portal", listening, clock, seed, theirs)
            finally:
                os._exit(0)
        theirs.close()
        self._office = ours
        for _ in range(DOSSIERS):
            self._ask("file")
        self._spared: list[str] = []

    # --- lives

    def life(self, moment: str) -> None:
        """Let a desk live and kill it at ``moment``, at some write or at any time."""
        desk = self.dice.choice(DESKS)
        self.prepare(desk)
        ways = SCRIPTS.get(moment) or (tuple(self.dice.sample(_ANYTHING, 6)),)
        self._run(self._plan(desk, self.dice.choice(ways), moment), moment)
        self._ask("faults")
        if self.dice.random() < 0.15:
            self._ask("pay")

    def prepare(self, desk: str) -> None:
        """Let a desk know of dossiers whose citizens will withdraw them."""
        if not self._spared:
            self._spared = [self._ask("file") for _ in range(DOOMED)]
            self._fresh = set(DESKS)
        if desk in self._fresh:
            self._run(Plan(desk, self._seed, ("pull",)))
            self._fresh.discard(desk)

    def rehearse(self) -> None:
        """Run two long lives in this very process, so that all later ones find everything loaded and compiled."""
        desk = DESKS[0]
        self._spared = [self._ask("file")]
        nowhere = os.open(os.devnull, os.O_RDWR)
        plan = Plan(desk, self._seed, _REHEARSED, doomed=self._spared[0])
        for _ in range(2):  # the second begins as after a death: most of them do
            life = Life(plan, self._folder / "desks" / desk, self._clock, self._log, nowhere, nowhere)
            life.rehearse().close()
            (life.desk.store.folder / OPEN_MARK).touch()
        os.close(nowhere)

    def _plan(self, desk: str, script: tuple[str, ...], moment: str) -> Plan:
        self._lives += 1
        doomed = self._spared.pop() if "act doomed" in script else ""
        if doomed:
            self._ask("withdraw", doomed)
        seed, spared = f"{self._seed}/{self._lives}", frozenset((*self._spared, doomed))
        plan = Plan(desk, seed, script, moment, doomed=doomed, spared=spared)
        if moment == "parked":
            self._ask("faults", {"path": "/v1/commands", **REFUSAL})
        elif moment == "unknown":
            self._ask("faults", {"path": "/v1/commands", **self.dice.choice(LOST_ANSWERS)})
        elif moment == "a write":
            plan = replace(plan, write=self.dice.randint(1, 150))
        return plan

    def _run(self, plan: Plan, moment: str = "") -> None:
        """Fork, listen, and kill where the plan or the clock says."""
        plan = replace(plan, known=frozenset(row["key"] for row in self.rows if row["e"] == "intent"))
        reading, writing = os.pipe()
        never = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                os.close(reading)
                Life(plan, self._folder / "desks" / plan.desk, self._clock, self._log, writing, never[0]).run()
            finally:
                os._exit(0)
        os.close(writing)
        ends = time.monotonic() + (self.dice.uniform(0.0, 0.15) if moment == "any time" else LONGEST_LIFE_S)
        killed = self._listen(pid, reading, ends, plan)
        os.waitpid(pid, 0)
        for handle in (reading, *never):
            os.close(handle)
        if killed and not moment:
            self._tell("crashed", desk=plan.desk, during=plan.script[0], with_="did not end")
        elif killed:
            self.deaths[moment] += 1
            self._tell("killed", desk=plan.desk, during=moment)
        elif moment:
            self.missed[moment] += 1
        self._ask("quiet")

    def _listen(self, pid: int, reading: int, ends: float, plan: Plan) -> bool:
        """Take the child's rows until it is gone; return whether it was killed."""
        buffer, killed = b"", False
        while True:
            ready, _, _ = select.select([reading], [], [], max(0.0, ends - time.monotonic()) if not killed else None)
            if not ready:
                os.kill(pid, signal.SIGKILL)
                killed = True
                continue
            piece = os.read(reading, 1 << 16)
            if not piece:
                return killed
            *lines, buffer = (buffer + piece).split(b"\n")
            for row in map(json.loads, lines):
                if row["e"] == "held":
                    os.kill(pid, signal.SIGKILL)
                    killed = True
                else:
                    self.rows.append(self._completed(row))

    def _completed(self, row: dict[str, Any]) -> dict[str, Any]:
        """Add what the portal has under the cursor that a desk says it holds."""
        if row["e"] == "saw" and row["cursor"] is not None:
            row["upto"] = [list(found) for found in self._portal_rows(_UPTO, (row["unit"], row["cursor"]))]
        return row

    # --- rest

    def rest(self) -> list[str]:
        """Let every desk come to rest, read all tables and return the history; the portal ends here."""
        try:
            self._ask("calls_end")
            self._tell("calm")
            for _ in range(2):  # what one desk does last, the others must still hear of
                for desk in DESKS:
                    self._run(Plan(desk, self._seed, ("rest",)))
            self._tell("rest")
            for desk in DESKS:
                self._run(Plan(desk, self._seed, ("end",)))
                if not any(row["e"] == "desk end" and row["desk"] == desk for row in self.rows):
                    self._tell("desk end", desk=desk, shown=[], unit="", officer="", link="crashed")
                self._tell_desk(desk, _TABLES)
                self._run(Plan(desk, self._seed, ("rebuild",)))
                self._tell_desk(desk, {"view again": _VIEW, "belonging again": _BELONGING})
            self.rows += self._ask("rows")
            for name, sql in _PORTAL.items():
                with closing(self._open_portal()) as connection:
                    connection.row_factory = sqlite3.Row
                    rows = [dict(row) for row in connection.execute(sql)]
                self._tell("portal", table=name, rows=rows)
            return self._history()
        finally:
            self._office.close()
            os.kill(self._portal_pid, signal.SIGKILL)
            os.waitpid(self._portal_pid, 0)
            shutil.rmtree(self._folder, ignore_errors=True)

    def _history(self) -> list[str]:
        began = self.rows[0]["t"]
        owners = {row["key"]: row["desk"] for row in self.rows if row["e"] == "intent"}
        for row in self.rows:
            if row["e"] == "desk end":
                row["leaks"] = self._leaks(row["desk"])
            elif row["e"] == "asked" and not row["desk"] and row.get("commands"):
                row["desk"] = owners.get(row["commands"][0][0], "")  # the real program says no name
            elif row["e"] == "served" and not row["desk"] and row.get("results"):
                row["desk"] = owners.get(row["results"][0][0], "")
        ordered = sorted(self.rows, key=lambda row: row["t"])
        return [
            json.dumps({"at": round(row["t"] - began, 3)} | {k: v for k, v in row.items() if k != "t"})
            for row in ordered
        ]

    def _leaks(self, desk: str) -> list[str]:
        files = sorted(path for path in (self._folder / "desks" / desk).rglob("*") if path.is_file())
        return [path.name for path in files if CANARY.encode() in path.read_bytes()]

    def _tell_desk(self, desk: str, tables: dict[str, str]) -> None:
        profile = self._folder / "desks" / desk
        key = (profile / "sandbox.key").read_text(encoding="ascii").strip()
        (path,) = profile.rglob("store.db")
        with closing(sqlcipher.connect(str(path))) as connection:
            connection.execute(f"PRAGMA key = \"x'{key}'\"")
            connection.row_factory = sqlcipher.Row
            for name, sql in tables.items():
                rows = [{n: _plain(row[n]) for n in row.keys()} for row in connection.execute(sql)]  # noqa: SIM118
                self._tell("desk", desk=desk, table=name, rows=rows)

    # --- the portal

    def _ask(self, *what: Any) -> Any:
        self._office.send(what)
        return self._office.recv()

    def _open_portal(self) -> sqlite3.Connection:
        return sqlite3.connect(self._folder / "portal" / "portal.db", timeout=30)

    def _portal_rows(self, sql: str, values: tuple[Any, ...]) -> list[Any]:
        with closing(self._open_portal()) as connection:
            return connection.execute(sql, values).fetchall()

    def _tell(self, event: str, **values: Any) -> None:
        self.rows.append({"e": event, "t": time.monotonic(), **values})


def _plain(value: Any) -> Any:
    return value.decode() if isinstance(value, bytes) else value
