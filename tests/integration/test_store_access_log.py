"""The trace of looks at masked facts: written at once, never changed, and there after an older store is opened."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.clock import VN
from app.services import preferences, privacy
from app.services.preferences import Preferences
from app.services.privacy import Revealed
from app.store import access_log
from app.store.access_log import Look
from app.store.facts import SCHEMA_VERSION
from app.store.writer import Store
from tests.integration.store_ground import KEY, open_store
from tests.ui.desk_fixture import office


def test_a_look_is_kept_and_can_be_neither_changed_nor_removed(tmp_path):
    store = open_store(tmp_path)
    with store.write() as connection:
        access_log.append(connection, Look("officer-1", "d1", "phone", 1000))
        access_log.append(connection, Look("officer-1", "d2", "phone", 2000))
    for sql in ("UPDATE access_log SET actor_id = 'x'", "DELETE FROM access_log"):
        with pytest.raises(IntegrityError, match="insert-only"), store.write() as connection:
            connection.execute(text(sql))
    with store.read() as connection:
        assert access_log.of_dossier(connection, "d1") == (Look("officer-1", "d1", "phone", 1000),)
    store.close()


def test_a_store_of_the_first_version_gets_the_table_and_keeps_its_rows(tmp_path):
    store = open_store(tmp_path)
    with store.write() as connection:
        connection.execute(text("INSERT INTO sync_state VALUES ('me', 'kept')"))
        for table in ("access_log", "printed", "number_block", "journal_seal"):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        connection.execute(text("PRAGMA user_version = 1"))
    store.close()
    store = Store(tmp_path, KEY)
    with store.read() as connection:
        assert access_log.of_dossier(connection, "d1") == ()
        assert connection.execute(text("SELECT value FROM sync_state WHERE name = 'me'")).scalar() == "kept"
        assert connection.execute(text("PRAGMA user_version")).scalar() == SCHEMA_VERSION
    store.close()


@pytest.fixture
def desk(tmp_path: Path):
    with office(tmp_path) as town:
        yield town.desk()


def test_who_saw_which_fact_of_whom_and_when_is_written_down(desk):
    privacy.revealed(desk, "d1", "identity_no")
    privacy.revealed(desk, "d1", "phone")
    at = datetime(2026, 11, 20, 10, 12, tzinfo=VN)
    assert privacy.looks(desk, "d1") == (
        Revealed(desk.officer.id, "d1", "identity_no", at), Revealed(desk.officer.id, "d1", "phone", at),
    )


def test_preferences_are_kept_beside_each_other_and_nonsense_is_none(desk):
    assert preferences.load(desk) == Preferences()
    preferences.keep(desk, Preferences((("tab/new", 2),)))
    preferences.keep(desk, Preferences((("tab/all", 1), ("tab/new", 3))))
    assert preferences.load(desk) == Preferences((("tab/new", 3), ("tab/all", 1)))
    with desk.store.write() as connection:
        connection.execute(text("UPDATE sync_state SET value = '[7' WHERE name = 'preferences'"))
    assert preferences.load(desk) == Preferences()
