"""The money journal: insert-only for everyone, and whoever goes around the triggers breaks its chain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from app.store import journal
from app.store.journal import Entry
from app.store.writer import Store
from tests.integration.store_ground import open_store, raw


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = open_store(tmp_path / "store")
    for number in range(1, 5):
        with found.write() as connection:
            entry = Entry(f"k{number}", "tick_paid", "d1", "n1", f"p{number}", 1000 * number, "counter_cash", 7, "o1")
            journal.append(connection, entry)
    yield found
    found.close()


def verdict(store: Store) -> journal.Verdict:
    with store.read() as connection:
        return journal.verify(connection)


@pytest.mark.parametrize("sql", ["UPDATE journal SET amount = 1", "DELETE FROM journal WHERE seq = 4"])
def test_the_journal_refuses_change_and_deletion(store, sql):
    with pytest.raises(IntegrityError, match="insert-only"), store.write() as connection:
        connection.exec_driver_sql(sql)
    assert (verdict(store).rows, verdict(store).broken_at) == (4, None)


def test_a_payment_is_journalled_once(store):
    with pytest.raises(IntegrityError), store.write() as connection:
        journal.append(connection, Entry("k1", "tick_paid", "d1", "n1", "p1", 1000, "counter_cash", 7, "o1"))


FRAUDS = [
    ("UPDATE journal SET amount = 999 WHERE seq = 2", 2),
    ("UPDATE journal SET channel = 'treasury' WHERE seq = 1", 1),
    ("UPDATE journal SET actor_id = 'o2' WHERE seq = 4", 4),
    ("UPDATE journal SET made_ms = 8 WHERE seq = 3", 3),
    ("UPDATE journal SET prev_hash = hash WHERE seq = 3", 3),
    ("DELETE FROM journal WHERE seq = 2", 3),
    ("DELETE FROM journal WHERE seq = 1", 2),
    ("UPDATE journal SET seq = 9 WHERE seq = 4", 9),
]


@pytest.mark.parametrize(("sql", "broken_at"), FRAUDS)
def test_whoever_drops_the_triggers_and_changes_a_row_breaks_the_chain_there(store, sql, broken_at):
    sound = verdict(store)
    intruder = raw(store.folder / "store.db")
    intruder.execute("DROP TRIGGER journal_insert_only")
    intruder.execute("DROP TRIGGER journal_kept")
    intruder.execute(sql)
    intruder.close()
    found = verdict(store)
    assert found.broken_at == broken_at
    assert found.head != sound.head


def test_cutting_the_last_row_off_leaves_a_chain_with_another_head(store):
    sound = verdict(store)
    intruder = raw(store.folder / "store.db")
    intruder.execute("DROP TRIGGER journal_kept")
    intruder.execute("DELETE FROM journal WHERE seq = 4")
    intruder.close()
    assert verdict(store).head != sound.head
