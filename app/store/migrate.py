"""Brings the durable tables to the present schema with Alembic.

Stands apart and is imported only when the version differs: Alembic costs more than a start is allowed to. Migrations
are additive and never rebuild a table in batch mode, which would drop its triggers silently.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine


def upgrade(engine: Engine, version: int) -> None:
    """Run every missing migration in one transaction and set ``user_version``."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")
