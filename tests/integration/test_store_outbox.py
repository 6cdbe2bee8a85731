"""The outbox on disk: legal edges by trigger, frozen columns, nothing deleted, lanes, times."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from app.domain.words import OutboxState
from app.store import outbox, reconciled, restored
from app.store.writer import Store
from tests.integration.store_ground import OFFICER, force, open_store, put

# Design §8, from → to: every other change of state is refused by the database itself.
DAY_MS = 86_400_000
EDGES = """
queued          sending resolved
sending         queued acked needs_decision parked
acked           queued
needs_decision  queued resolved
parked          queued resolved
resolved
"""
LEGAL = {words[0]: set(words[1:]) for line in EDGES.strip().splitlines() if (words := line.split())}
STATES = ["queued", "sending", "acked", "needs_decision", "parked", "resolved"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = open_store(tmp_path / "store")
    yield found
    found.close()


def test_every_edge_between_states_is_allowed_or_refused_as_the_design_says(store):
    seen: dict[str, set[str]] = {}
    for old in STATES:
        seen[old] = set()
        for new in STATES:
            if new == old:
                continue
            key = f"{old}-{new}"
            put(store, key, key)
            force(store, key, OutboxState(old))
            try:
                with store.write() as connection:
                    connection.exec_driver_sql("UPDATE outbox SET state = ? WHERE key = ?", (new, key))
                seen[old].add(new)
            except IntegrityError:
                continue
    assert seen == LEGAL


@pytest.mark.parametrize("column", ["key", "dossier_id", "type", "actor_id", "body", "sha256"])
def test_what_was_frozen_cannot_be_changed_even_with_sql(store, column):
    put(store, "a")
    with pytest.raises(IntegrityError, match="frozen outbox column"), store.write() as connection:
        connection.exec_driver_sql(f"UPDATE outbox SET {column} = 'x'")


def test_no_row_is_ever_deleted_and_no_unknown_state_is_taken(store):
    put(store, "a")
    with pytest.raises(IntegrityError, match="never deleted"), store.write() as connection:
        connection.exec_driver_sql("DELETE FROM outbox")
    with pytest.raises(IntegrityError), store.write() as connection:
        connection.exec_driver_sql("UPDATE outbox SET state = 'lost'")
    with store.read() as connection:
        assert [row.key for row in outbox.unfinished(connection)] == ["a"]


def test_the_same_key_is_stored_once(store):
    put(store, "a")
    with pytest.raises(IntegrityError):
        put(store, "a", "d2")


def sendable(store: Store, now: int, actor: str = OFFICER) -> list[str]:
    with store.read() as connection:
        return [row.key for row in outbox.sendable(connection, actor, now, 50)]


# The head of dossier d1's lane in a state; what may leave then, of d1 (two rows) and of d2 (one row).
LANES = [
    ("queued", ["a", "b", "c"]),
    ("sending", ["c"]),
    ("needs_decision", ["c"]),
    ("parked", ["c"]),
    ("acked", ["b", "c"]),
    ("resolved", ["b", "c"]),
]


@pytest.mark.parametrize(("head", "leaving"), LANES, ids=[row[0] for row in LANES])
def test_a_lane_waits_for_its_head_and_other_lanes_go_on(store, head, leaving):
    for key, dossier in (("a", "d1"), ("b", "d1"), ("c", "d2")):
        put(store, key, dossier)
    force(store, "a", OutboxState(head))
    assert sendable(store, 2000) == leaving


def test_undo_time_and_another_officers_command_hold_the_lane(store):
    put(store, "a", now=1000, not_before=9000)
    put(store, "b", now=1000)
    assert sendable(store, 8999) == []
    assert sendable(store, 9000) == ["a", "b"]
    put(store, "x", "d3", actor="officer-2")
    put(store, "y", "d3")
    assert sendable(store, 9000) == ["a", "b"]
    assert sendable(store, 9000, "officer-2") == ["x"]


def test_a_clock_put_back_by_a_day_does_not_hold_yesterdays_work(store):
    day = 86_400_000
    put(store, "a", now=10 * day, not_before=10 * day + 8000)
    assert sendable(store, 10 * day) == []
    assert sendable(store, 9 * day) == ["a"]
    assert sendable(store, 10 * day - 30_000) == [], "half a minute is a clock set right, and undo goes on"


def test_a_late_answer_of_an_older_attempt_changes_nothing(store):
    put(store, "a")
    with store.write() as connection:
        first = outbox.get(connection, "a")
        outbox.mark_sending(connection, [first], 2000)
        outbox.recover(connection, 3000)
        again = outbox.get(connection, "a")
        outbox.mark_sending(connection, [again], 4000)
        assert not outbox.settle(connection, first, OutboxState.NEEDS_DECISION, 5000)
        assert outbox.settle(connection, again, OutboxState.ACKED, 5000, version=7)
        assert outbox.get(connection, "a").state is OutboxState.ACKED


def test_an_interrupted_sending_is_due_at_once_at_the_next_start(store):
    put(store, "a", now=1000, not_before=500_000)
    force(store, "a", OutboxState.SENDING)
    with store.write() as connection:
        assert len(outbox.recover(connection, 2000)) == 1
    assert sendable(store, 2000) == ["a"]


@pytest.mark.parametrize(
    ("state", "attempts", "money", "undone"),
    [("queued", 0, False, True), ("queued", 1, False, False), ("queued", 0, True, False), ("sending", 1, False, False),
     ("acked", 1, False, False)],
)  # fmt: skip
def test_only_what_never_left_and_is_not_money_can_be_taken_back(store, state, attempts, money, undone):
    put(store, "a", money=money)
    force(store, "a", OutboxState(state))
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE outbox SET attempts = ?", (attempts,))
        assert outbox.undo(connection, "a", OFFICER, 2000) is undone
        row = outbox.get(connection, "a")
    assert (row.state.value, row.resolved_why) == (("resolved", "undone") if undone else (state, ""))


# last problem of a queued row that waits until 9000 → may it leave at 2000 once the line is back?
WAKING = [
    ("", False),  # never failed: its undo time
    ('{"code": "connection-refused", "failed": []}', True),
    ("cut-answer", True),
    ('{"code": "internal", "failed": []}', True),
    ('{"code": "rate-limited", "failed": []}', False),
    ('{"code": "unavailable", "failed": []}', False),
]


@pytest.mark.parametrize(("problem", "leaves"), WAKING)
def test_a_line_that_is_back_ends_backoff_but_not_undo_nor_the_portals_own_wish(store, problem, leaves):
    put(store, "a", not_before=9000)
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE outbox SET last_problem = ?", (problem,))
        outbox.wake(connection, 2000)
    assert sendable(store, 2000) == (["a"] if leaves else [])


def test_what_money_was_taken_upon_cannot_be_undone_any_more(store):
    put(store, "notice", not_before=9000)
    put(store, "cash", money=True)
    with store.write() as connection:
        assert not outbox.undo(connection, "notice", OFFICER, 2000)
    put(store, "other", "d2", not_before=9000)
    with store.write() as connection:
        assert outbox.undo(connection, "other", OFFICER, 2000)


def test_a_command_whose_wait_was_set_before_the_clock_was_put_back_does_not_wait_for_that_hour(store):
    day = 86_400_000
    put(store, "a", now=1000)
    with store.write() as connection:
        outbox.mark_sending(connection, [outbox.get(connection, "a")], day)
        outbox.recover(connection, day)  # the program died while the clock was a day ahead
    assert sendable(store, 2000) == ["a"]


@pytest.mark.parametrize("away_days", [0, 61])
def test_after_a_restored_portal_all_recent_work_and_unreconciled_money_go_again_with_the_same_bytes(store, away_days):
    """Recent as of when the desk last heard of the portal: whoever comes back from a long leave loses nothing."""
    heard = 100 * DAY_MS
    now = heard + away_days * DAY_MS
    table = [
        # key, money, reconciled, acknowledged days ago → state
        ("deed", False, False, 1, "queued"),
        ("checked", True, True, 1, "queued"),
        ("old deed", False, False, 36, "acked"),
        ("old money", True, False, 36, "queued"),
        ("old checked", True, True, 36, "acked"),
    ]
    for key, money, confirmed, days, _ in table:
        put(store, key, key, money=money)
        force(store, key, OutboxState.ACKED)
        with store.write() as connection:
            connection.exec_driver_sql("UPDATE outbox SET changed_ms = ? WHERE key = ?", (heard - days * DAY_MS, key))
            assert reconciled.mark_reconciled(connection, [key] if confirmed else [], 2000) == int(confirmed)
    with store.write() as connection:
        assert restored.requeue(connection, now, heard) == 3
        rows = {key: outbox.get(connection, key) for key, *_ in table}
    assert {key: row.state.value for key, row in rows.items()} == {key: state for key, *_, state in table}
    assert (rows["deed"].body, rows["deed"].sha256) == ("{}", "0" * 64)
    assert sendable(store, now) == ["deed", "checked", "old money"]
