"""Brings the durable tables to the present schema with Alembic.

Stands apart and is imported only when the version differs: Alembic costs more than a start is allowed to. Migrations
are additive and never rebuild a table in batch mode, which would drop its triggers silently.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import DBAPIError

from app.errors import StoreTrouble
from app.store.schema import durable


def upgrade(engine: Engine, version: int) -> None:
    """Run every missing migration in one transaction, check, and set ``user_version``.

    Raises StoreTrouble ``store-not-migrated`` when a migration or its check fails: then nothing was changed. What the
    disk refuses is raised as the driver says it.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            before = _counts(connection)
            command.upgrade(config, "head")
            connection.exec_driver_sql(f"PRAGMA user_version = {version}")
            _check(connection, before)
    except (DBAPIError, StoreTrouble):
        raise
    except Exception as error:  # whatever Alembic or a migration raises: the old tables stand
        raise StoreTrouble("store-not-migrated") from error


def _check(connection: Connection, before: dict[str, int]) -> None:
    after = _counts(connection)
    is_whole = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() == "ok"
    if not is_whole or any(after.get(name) != count for name, count in before.items()):
        raise StoreTrouble("store-not-migrated")


def _counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each durable table has; those that are not there yet are left out."""
    names = set(inspect(connection).get_table_names()) & set(durable.tables)
    return {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one() for name in names}
