"""The sandbox's database: one engine, short transactions, and the word that something was committed.

Stands apart so that handlers never meet drivers. On SQLite a writer says ``BEGIN IMMEDIATE`` and holds an in-process
lock, so that nobody is told "database is locked"; on PostgreSQL rows are locked where they are read for writing.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Condition, RLock
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, create_engine, event, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from app.sandbox import tables

SIDE_BY_SIDE = 8
_SETTING = select(tables.settings.c.value).where(tables.settings.c.name == bindparam("name"))


class Database:
    """Opens, creates and closes; ``committed`` is told after every writing transaction; any thread."""

    def __init__(self, data_dir: Path, url: str | None = None) -> None:
        data_dir.mkdir(parents=True, exist_ok=True)
        self.data_dir = data_dir
        self.is_sqlite = url is None or url.startswith("sqlite")
        self.engine = _sqlite_engine(data_dir / "portal.db", url) if self.is_sqlite else _server_engine(str(url))
        self._asked = self.engine if self.is_sqlite else _server_engine(str(url), isolation_level="AUTOCOMMIT")
        """Connections of its own: who only asks stands in no line behind those who wait for a row or for the disk."""
        self.committed = Condition()
        self.commits = 0
        self.closing = False
        self._one_writer = RLock()
        tables.metadata.create_all(self.engine)
        with self.writing() as connection:
            _first_rows(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one consistent state and writes nothing."""
        with self.engine.connect() as connection:
            # One snapshot for all statements: a version and whether it is in sight must be of the same moment.
            if self.is_sqlite:
                _begin(connection, "BEGIN")
            else:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """Give a connection for one statement, which sees one consistent state by itself and opens no transaction."""
        with self._asked.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, last: Callable[[], None] = lambda: None) -> Iterator[Connection]:
        """Give a connection whose work is committed at the end, or not at all; ``last`` is done just before.

        A server gets ``last`` and the commit in one packet: a row that all want is held while the disk writes, not
        while our threads take turns. What ``last`` executes is therefore not to be read.
        """
        with self._one_writer if self.is_sqlite else nullcontext(), self.engine.connect() as connection:
            if self.is_sqlite:
                _begin(connection, "BEGIN IMMEDIATE")
            with connection.begin() as transaction:
                yield connection
                with self._packet(connection):
                    last()
                    transaction.commit()
        self.wake()

    @contextmanager
    def _packet(self, connection: Connection) -> Iterator[None]:
        if self.is_sqlite:
            yield
            return
        driver: Any = connection.connection.driver_connection
        try:
            with driver.pipeline():
                yield
        except BaseException:
            connection.invalidate()  # the server's no comes after the engine has booked a commit
            raise

    def wake(self) -> None:
        """Tell every waiting thread that something may have changed."""
        with self.committed:
            self.commits += 1
            self.committed.notify_all()

    def wait_for_commit(self, seen: int, timeout_s: float, also: Callable[[], bool] = lambda: False) -> int:
        """Wait until a commit after ``seen`` (or ``also``, or closing), at most ``timeout_s``; return the count."""
        with self.committed:
            self.committed.wait_for(lambda: self.commits > seen or self.closing or also(), timeout_s)
            return self.commits

    def close(self) -> None:
        """End all waiting and all connections."""
        self.closing = True
        self.wake()
        self.engine.dispose()
        self._asked.dispose()


def take_numbers(connection: Connection, kind: str, unit_id: str, day: str, count: int = 1) -> int:
    """Return the last of the next ``count`` numbers of a unit's day; given back when the transaction is."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    row: Any = dialect.insert(tables.numbers).values(kind=kind, unit_id=unit_id, day=day, last=count)
    last = tables.numbers.c.last
    statement = row.on_conflict_do_update(
        index_elements=["kind", "unit_id", "day"], set_={"last": last + count}
    ).returning(last)
    return int(connection.execute(statement).scalar_one())


def setting(connection: Connection, name: str) -> str | None:
    """Return a stored setting, or None."""
    value: str | None = connection.execute(_SETTING, {"name": name}).scalar_one_or_none()
    return value


def set_setting(connection: Connection, name: str, value: str) -> None:
    """Store a setting."""
    connection.execute(tables.settings.delete().where(tables.settings.c.name == name))
    connection.execute(insert(tables.settings).values(name=name, value=value))


def _first_rows(connection: Connection) -> None:
    if setting(connection, "secret") is None:
        set_setting(connection, "secret", secrets.token_hex(32))
        set_setting(connection, "epoch", secrets.token_hex(8))
        connection.execute(insert(tables.feed_counter).values(id=1, n=0))


def _server_engine(url: str, **how: Any) -> Engine:
    """Let few transactions run side by side: all run in one interpreter, and more would only take turns."""
    return create_engine(url, pool_size=SIDE_BY_SIDE, max_overflow=0, pool_use_lifo=True, **how)


def _sqlite_engine(path: Path, url: str | None) -> Engine:
    engine = create_engine(url or f"sqlite:///{path}", connect_args={"check_same_thread": False, "timeout": 30})

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin by itself
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.close()

    return engine


def _begin(connection: Connection, how: str) -> None:
    """Begin at the driver, which ends it as the engine tells: a listener would cost every statement something."""
    driver: Any = connection.connection.driver_connection
    driver.execute(how)
