"""The redo log: what officers did since the oldest backup, once more, in an encrypted file of its own.

Stands apart because it outlives the store beside it: a store restored from a backup, or one whose last commits a spoilt
WAL has swallowed without a word, is brought up to what the officer was told. A deed is written here after its commit
and before the screen says saved, so what stands here was certainly done; played back it keeps key, bytes and order,
hence the money journal's chain too.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, bindparam, insert, select, update

from app.domain.words import OutboxState
from app.errors import StoreTrouble
from app.store import journal
from app.store.cipher import connect, whole
from app.store.schema import durable, number_block, outbox

FILE = "redo.db"
_DDL = (
    "CREATE TABLE IF NOT EXISTS redo (n INTEGER PRIMARY KEY AUTOINCREMENT, "
    "what TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (what, key))"
)
_KEEP_SQL = (
    "INSERT INTO redo(what, key, body) VALUES (?, ?, ?) "
    "ON CONFLICT(what, key) DO UPDATE SET body = excluded.body WHERE what = 'number'"
)
_SOURCES = {"command": ("outbox", "key"), "money": ("journal", "key"), "resolved": ("outbox", "key"),
            "number": ("number_block", "id")}  # fmt: skip
_ORDER = tuple(_SOURCES)
_NEXT_NUMBER = select(number_block.c.next).where(number_block.c.id == bindparam("block"))
# Temporary: they live with the writing connection, see its transactions only, and leave no trace in the file.
_WATCH = (
    "CREATE TEMP TABLE IF NOT EXISTS deed (n INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT NOT NULL, key TEXT NOT NULL)",
    "CREATE TEMP TRIGGER IF NOT EXISTS saw_command AFTER INSERT ON main.outbox "
    "BEGIN INSERT INTO deed(what, key) VALUES ('command', NEW.key); END",
    "CREATE TEMP TRIGGER IF NOT EXISTS saw_resolved AFTER UPDATE OF state ON main.outbox "
    "WHEN NEW.state = 'resolved' BEGIN INSERT INTO deed(what, key) VALUES ('resolved', NEW.key); END",
    "CREATE TEMP TRIGGER IF NOT EXISTS saw_money AFTER INSERT ON main.journal "
    "BEGIN INSERT INTO deed(what, key) VALUES ('money', NEW.key); END",
    "CREATE TEMP TRIGGER IF NOT EXISTS saw_block AFTER INSERT ON main.number_block "
    "BEGIN INSERT INTO deed(what, key) VALUES ('number', NEW.id); END",
    "CREATE TEMP TRIGGER IF NOT EXISTS saw_number AFTER UPDATE OF next ON main.number_block "
    "BEGIN INSERT INTO deed(what, key) VALUES ('number', NEW.id); END",
)


class Redo:
    """One store's redo log; every function runs under the store's write lock."""

    def __init__(self, folder: Path, key: bytes, name: str = FILE) -> None:
        self._path, self._key = folder / name, key
        self._raw: Any = None
        self.behind = False
        """A deed could not be written here (full disk, damage): a new backup is due at once."""

    @staticmethod
    def watch(connection: Connection) -> None:
        """Let the writing connection remember the deeds of its transactions."""
        for statement in _WATCH:
            connection.exec_driver_sql(statement)

    def keep(self, writer: Any) -> None:
        """Write what the last transaction of ``writer`` (a raw connection) did. Never raises: it is committed."""
        try:
            deeds = writer.execute("SELECT DISTINCT what, key FROM temp.deed ORDER BY n").fetchall()
            if not deeds:
                return
            rows = [(what, key, _body(writer, what, key)) for what, key in deeds]
            log = self._open()
            log.execute("BEGIN IMMEDIATE")
            try:
                log.executemany(_KEEP_SQL, rows)
                log.execute("COMMIT")
            except sqlcipher.Error:
                log.execute("ROLLBACK")
                raise
            writer.execute("DELETE FROM temp.deed")
        except (sqlcipher.Error, StoreTrouble):
            self.behind = True

    def last(self) -> int:
        """Return the number of the newest entry; raises StoreTrouble, as ``entries`` and ``prune`` do."""
        return int(self._open().execute("SELECT coalesce(max(n), 0) FROM redo").fetchone()[0])

    def entries(self) -> list[tuple[str, dict[str, Any]]]:
        """Return (what, row) in the order in which it was done; nothing when there is no log yet."""
        if not self._path.exists():
            return []
        return [
            (what, json.loads(whole(body)))
            for what, body in self._open().execute("SELECT what, body FROM redo ORDER BY n")
        ]

    def prune(self, upto: int) -> None:
        """Forget the entries that every kept backup holds."""
        self._open().execute("DELETE FROM redo WHERE n <= ?", (upto,))

    def close(self) -> None:
        """Give the connection back; safe to call twice."""
        if self._raw is not None:
            self._raw.close()
            self._raw = None

    def _open(self) -> Any:
        if self._raw is None:
            raw = connect(self._path, self._key, read_only=False)
            raw.execute(_DDL)
            self._raw = raw
        return self._raw


def play_back(connection: Connection, entries: list[tuple[str, dict[str, Any]]]) -> int:
    """Do again, in the caller's transaction, what the store does not know; return how many commands came back.

    A command comes back as one whose outcome is unknown: it may have left, so it cannot be undone any more.
    """
    known = set(connection.execute(select(outbox.c.key)).scalars())
    booked = set(connection.execute(select(durable.tables["journal"].c.key)).scalars())
    found = 0
    for what, row in sorted(entries, key=lambda entry: _ORDER.index(entry[0])):
        if what == "command" and row["key"] not in known:
            known.add(row["key"])
            found += 1
            _insert_command(connection, row)
        elif what == "money" and row["key"] not in booked:
            booked.add(row["key"])
            journal.append(connection, journal.Entry(**{name: row[name] for name in journal.Entry.__slots__}))
        elif what == "resolved":
            _resolve(connection, row)
        elif what == "number":
            _number(connection, row)
    return found


def _body(writer: Any, what: str, key: str) -> str:
    table, column = _SOURCES[what]
    cursor = writer.execute(f'SELECT * FROM main.{table} WHERE "{column}" = ?', (key,))
    names = [told[0] for told in cursor.description]
    return json.dumps(dict(zip(names, cursor.fetchone(), strict=True)), ensure_ascii=False)


def _insert_command(connection: Connection, row: dict[str, Any]) -> None:
    values = {column.name: row[column.name] for column in outbox.columns if column.name in row}
    values |= {"state": OutboxState.QUEUED, "attempts": max(1, row["attempts"]), "last_problem": "unknown-outcome",
               "version": None, "resolved_by": "", "resolved_why": "", "replaced_by": ""}  # fmt: skip
    if connection.execute(select(outbox.c.seq).where(outbox.c.seq == row["seq"])).first():
        del values["seq"]
    connection.execute(insert(outbox).values(**values))


def _resolve(connection: Connection, row: dict[str, Any]) -> None:
    mine = outbox.c.key == row["key"]
    state = connection.execute(select(outbox.c.state).where(mine)).scalar()
    if state in (None, OutboxState.RESOLVED, OutboxState.ACKED):
        return
    if state == OutboxState.SENDING:
        connection.execute(update(outbox).where(mine).values(state=OutboxState.QUEUED))
    names = ("state", "changed_ms", "resolved_by", "resolved_why", "replaced_by")
    connection.execute(update(outbox).where(mine).values({name: row[name] for name in names}))


def _number(connection: Connection, row: dict[str, Any]) -> None:
    """Never give a number twice: a block goes on where it was, at the earliest."""
    at = connection.execute(_NEXT_NUMBER, {"block": row["id"]}).scalar()
    if at is None:
        connection.execute(insert(number_block).values(**row))
    elif at < row["next"]:
        mine = number_block.c.id == row["id"]
        connection.execute(update(number_block).where(mine).values(next=row["next"]))
