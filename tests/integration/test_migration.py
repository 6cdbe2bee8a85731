"""Migrations: a backup first, a check inside the transaction, and the old store as it was when anything fails."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

import pytest
from alembic import command

from app.errors import StoreTrouble
from app.store import backups, journal
from app.store.facts import SCHEMA_VERSION
from app.store.journal import Entry
from app.store.writer import Store
from tests.integration.store_ground import KEY, open_store, put, raw

OLD = 3
"""The version before the numbers; its golden store is made by leaving the last step out."""


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of version 3 with a command and money that wait."""
    folder = tmp_path_factory.mktemp("golden") / "officer"
    store = open_store(folder)
    put(store, "a", money=True)
    with store.write() as connection:
        journal.append(connection, Entry("a", "tick_paid", "d1", "n1", "p1", 50_000, "counter_cash", 1, "o"))
    store.close()
    with contextlib.closing(raw(folder / "store.db")) as connection:
        connection.execute("DROP TABLE number_block")
        connection.execute("DROP TABLE journal_seal")
        connection.execute("UPDATE alembic_version SET version_num = '0003'")
        connection.execute(f"PRAGMA user_version = {OLD}")
    shutil.rmtree(folder / "backups", ignore_errors=True)
    return folder


@pytest.fixture
def home(golden: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(golden, tmp_path / "officer"))


def seen(home: Path) -> tuple[int, list[tuple[str, str]], list[int]]:
    with contextlib.closing(raw(home / "store.db")) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        rows = connection.execute("SELECT key, state FROM outbox").fetchall()
        return version, rows, [row[0] for row in connection.execute("SELECT amount FROM journal")]


BEFORE = (OLD, [("a", "queued")], [50_000])


def test_an_old_store_is_backed_up_and_brought_up(home):
    Store(home, KEY).close()
    assert seen(home) == (SCHEMA_VERSION, *BEFORE[1:])
    (kept,) = backups.found(home)
    assert kept.before == SCHEMA_VERSION
    shutil.copyfile(kept.path, home / "store.db")
    assert seen(home) == BEFORE


def fails_in_the_middle(real):
    def upgrade(config, revision):
        real(config, revision)
        raise RuntimeError("a migration with a mistake")

    return upgrade


def loses_a_row(real):
    def upgrade(config, revision):
        real(config, revision)
        config.attributes["connection"].exec_driver_sql("DROP TRIGGER journal_kept")
        config.attributes["connection"].exec_driver_sql("DELETE FROM journal")

    return upgrade


@pytest.mark.parametrize("mistake", [fails_in_the_middle, loses_a_row])
def test_a_migration_that_fails_leaves_the_old_store_usable(home, monkeypatch, mistake):
    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", mistake(command.upgrade))
        with pytest.raises(StoreTrouble, match="store-not-migrated"):
            Store(home, KEY)
    assert seen(home) == BEFORE
    Store(home, KEY).close()
    assert seen(home) == (SCHEMA_VERSION, *BEFORE[1:])


def test_without_room_for_the_backup_nothing_is_begun(home, monkeypatch):
    monkeypatch.setattr(backups, "_ROOM", 1e18)
    with pytest.raises(StoreTrouble, match="store-full"):
        Store(home, KEY)
    assert seen(home) == BEFORE
