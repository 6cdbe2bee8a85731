"""On PostgreSQL the feed's number and the commit leave in one packet: whatever goes wrong in it, nobody hears "done".

Needs Debian's PostgreSQL, like races and load; skipped where it is not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from app.contract.wire import CommandEnvelope
from app.domain.people import Person
from app.ids import IdSource
from app.sandbox.citizens import Citizens
from app.sandbox.filing import Application
from app.sandbox.offices import officers
from app.sandbox.portal import Portal
from tests.faults.postgres import postgres, programs

pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed")
_MAI = Person("Trần Thị Mai", phone="0905123456")
_NO = """create function no() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
create constraint trigger no after insert on commands deferrable initially deferred
for each row execute function no()"""
_id = IdSource().new


@contextmanager
def counter_held(portal: Portal, _url: str) -> Iterator[None]:
    """Let another transaction hold the feed's counter for longer than anybody waits."""

    def hurry(connection: Any) -> None:
        connection.exec_driver_sql("set local lock_timeout = '100ms'")

    with portal.database.engine.connect() as other:
        other.execute(text("select n from feed_counter for update"))
        event.listen(portal.database.engine, "begin", hurry)
        yield
        event.remove(portal.database.engine, "begin", hurry)


@contextmanager
def server_process_dies(portal: Portal, url: str) -> Iterator[None]:
    """Let the server's process die when the packet is begun."""

    def kill(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("UPDATE feed_counter"):
            with psycopg.connect(user="motcua", host=url.partition("host=")[2], autocommit=True) as killer:
                pid = connection.connection.driver_connection.info.backend_pid
                killer.execute("select pg_terminate_backend(%s, 5000)", (pid,))

    event.listen(portal.database.engine, "before_cursor_execute", kill)
    yield
    event.remove(portal.database.engine, "before_cursor_execute", kill)


@contextmanager
def commit_refused(portal: Portal, _url: str) -> Iterator[None]:
    """Let the commit itself fail."""
    with portal.database.engine.begin() as connection:
        connection.exec_driver_sql(_NO)
    yield
    with portal.database.engine.begin() as connection:
        connection.exec_driver_sql("drop function no cascade")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Portal, str, str]]:
    with postgres(durable=False) as url:
        portal = Portal(Path(tmp_path_factory.mktemp("portal")), database_url=url)
        yield portal, url, Citizens(portal).file("1.001193", "H32.8", Application(_MAI, _MAI)).id
        portal.close()


def send(portal: Portal, dossier_id: str, key: str) -> str:
    officer, body = officers()["tiepnhan1"], json.dumps({"made_at": "2026-11-20T08:00:00+07:00", "phone": "0905111222"})
    digest = hashlib.sha256(body.encode()).hexdigest()
    envelope = CommandEnvelope(key, officer.id, "correct_contact", dossier_id, None, digest, body)
    return portal.commands.take(officer, (envelope,))[0].status


def kept(portal: Portal, key: str) -> tuple[int, int, int]:
    with portal.database.reading() as connection:
        return tuple(connection.execute(text(
            "select (select count(*) from commands where key = :key), version, n from dossiers, feed_counter"
        ), {"key": key}).one())  # fmt: skip


@pytest.mark.parametrize("broken", [counter_held, server_process_dies, commit_refused])
def test_a_packet_that_fails_is_told_leaves_nothing_and_can_be_sent_again(server, broken):
    portal, url, dossier_id = server
    key = _id()
    _, version, n = kept(portal, key)
    with broken(portal, url), pytest.raises(DBAPIError):
        send(portal, dossier_id, key)
    assert kept(portal, key) == (0, version, n)
    assert send(portal, dossier_id, key) == "done"
    assert kept(portal, key) == (1, version + 1, n + 1)
