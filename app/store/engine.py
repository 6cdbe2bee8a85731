"""Opens the encrypted database for SQLAlchemy Core: one engine, its transactions, the driver's errors as ours.

Stands apart from ``cipher``, which knows the key and the PRAGMAs, because SQLAlchemy loads after the first list is
painted.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from app.errors import StoreTrouble
from app.store.cipher import connect, trouble


def open_engine(path: Path, key: bytes, *, read_only: bool, pool_size: int) -> Engine:
    """Return an engine on ``path`` with the raw 32-byte ``key``; connections are made lazily."""

    def raw() -> Any:
        return connect(path, key, read_only=read_only)

    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=raw,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=2,
        hide_parameters=True,
    )
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    def begun(dbapi_connection: Any) -> None:
        dbapi_connection.driver_connection.execute(begin)

    # The dialect's own word for it: with a single listener the engine would look for others at every statement.
    engine.dialect.do_begin = begun  # type: ignore[method-assign]
    return engine


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Turn what the driver raises inside into ours; a broken constraint stays as it is."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlcipher.IntegrityError):
            raise
        raise trouble(error) from error
    except sqlcipher.DatabaseError as error:
        raise trouble(error) from error
    except MemoryError as error:  # SQLCipher's word for a page whose check fails where it is read to be written
        raise StoreTrouble("store-damaged") from error
