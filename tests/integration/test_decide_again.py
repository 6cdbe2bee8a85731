"""A refused command that is sent again keeps its place in its dossier's lane and its bytes."""

from __future__ import annotations

from app.domain.words import OutboxState
from app.store import outbox
from app.store.writer import Store


def _queue(connection, key: str, now_ms: int) -> None:
    outbox.enqueue(
        connection,
        key=key,
        dossier_id="d1",
        type_="receive",
        actor_id="o1",
        body="{}",
        sha256="x",
        money=False,
        now_ms=now_ms,
        not_before_ms=0,
    )


def test_a_command_sent_again_leaves_before_those_that_waited_behind_it(tmp_path) -> None:
    store = Store(tmp_path, bytes(32))
    try:
        with store.write() as connection:
            _queue(connection, "first", 1)
            first = outbox.sendable(connection, "o1", 10, 50)
            outbox.mark_sending(connection, first, 10)
            outbox.settle(connection, first[0], OutboxState.NEEDS_DECISION, 11, problem="refused")
            _queue(connection, "second", 12)
            assert outbox.sendable(connection, "o1", 20, 50) == []

            outbox.enqueue_again(connection, "first", "first-again", 30)
            outbox.decide(
                connection, "first", OutboxState.RESOLVED, 30, by="o1", why="again", replaced_by="first-again"
            )

            leaving = outbox.sendable(connection, "o1", 40, 50)
            assert [(row.key, row.body, row.sha256) for row in leaving] == [
                ("first-again", "{}", "x"),
                ("second", "{}", "x"),
            ]
    finally:
        store.close()
