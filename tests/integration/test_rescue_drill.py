"""The drill: a store is destroyed after the tick, the province's engineer opens the log, the money arrives once."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from app.cli.__main__ import main
from app.errors import StoreTrouble
from app.sandbox.province import sealing_seed
from app.services import inbox, outbox, rescued, session
from app.services.desk import Desk
from app.store import rescue, state
from app.store.state import Name
from tests.fakes import FakeClock
from tests.integration.desk_at_sandbox import line_down
from tests.integration.real_desk import notify, send_all, signed_in, tick
from tests.integration.sandbox_desk import file_dossier


@pytest.fixture
def desk(sandbox, tmp_path) -> Iterator[Desk]:
    found = signed_in(sandbox.base_url, tmp_path / "profile", FakeClock())
    yield found
    found.close()


@pytest.fixture
def key(sandbox, tmp_path) -> Path:
    """The province's secret, as its engineer brings it."""
    path = tmp_path / "province.key"
    path.write_text(sealing_seed(sandbox.portal.database).hex(), encoding="ascii")
    return path


def noticed(desk: Desk, base_url: str) -> str:
    dossier_id = file_dossier(base_url)
    desk.engine.puller.pull_all()
    return notify(desk, dossier_id)


def at_portal(sandbox, notice: str) -> list[int]:
    with sandbox.portal.database.reading() as connection:
        found = connection.execute(text("select amount from payments where notice_id = :n"), {"n": notice})
        return [row.amount for row in found]


def printed(capsys) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("delivered", [False, True])
def test_a_destroyed_store_gives_its_money_back_and_the_portal_counts_it_once(
    sandbox, desk, key, tmp_path, capsys, delivered
):
    notice = noticed(desk, sandbox.base_url)
    with line_down(sandbox.base_url):
        acted = tick(desk, notice, 120_000)
    if delivered:
        desk.engine.sender.step()
    desk.close()
    shutil.rmtree(tmp_path / "profile" / "officers")
    (tmp_path / "profile" / "sandbox.key").unlink()

    capsys.readouterr()
    assert main(["desk", "--profile", str(tmp_path / "profile"), "rescue", "read", "--key", str(key)]) == 0
    assert [(row["key"], row["amount"], row["type"]) for row in printed(capsys)] == [(acted.key, 120_000, "tick_paid")]

    again = signed_in(sandbox.base_url, tmp_path / "profile", FakeClock())
    try:
        assert inbox.counts(again).unsent == 0
        lines, strange = rescued.read(again.rescue.path, bytes.fromhex(key.read_text()))
        assert strange == 0, "signing in anew did not touch the log"
        assert (rescued.restore(again, lines), rescued.restore(again, lines)) == (1, 0)
        send_all(again)
        assert at_portal(sandbox, notice) == [120_000]
        assert (outbox.unfinished(again), session.prove_journal(again).rows) == ((), 1)
        session.reconcile(again)
        assert rescue.read(again.rescue.path) == []
    finally:
        again.close()


def test_what_cannot_be_written_into_the_rescue_log_is_not_saved_and_the_officer_is_told(sandbox, desk):
    notice = noticed(desk, sandbox.base_url)
    desk.rescue.path.parent.mkdir(parents=True, exist_ok=True)
    desk.rescue.path.unlink(missing_ok=True)
    desk.rescue.path.symlink_to("/dev/full")  # a disk without room
    with pytest.raises(StoreTrouble, match="rescue-not-written"):
        tick(desk, notice, 120_000)
    desk.rescue.path.unlink()
    with desk.store.write() as connection:
        sealing_key = state.get(connection, Name.SEALING_KEY)
        state.put(connection, Name.SEALING_KEY, "")
    with pytest.raises(StoreTrouble, match="rescue-no-key"):
        tick(desk, notice, 120_000)
    with desk.store.write() as connection:
        state.put(connection, Name.SEALING_KEY, sealing_key)
        rows = connection.execute(text("select count(*) from journal")).scalar()
    assert (outbox.unfinished(desk), rows) == ((), 0)
    tick(desk, notice, 120_000)
    assert [item.amount for item in outbox.unfinished(desk)] == [120_000]


def test_a_commit_that_fails_takes_its_line_back(desk):
    desk.rescue.append("first", b"{}", _key(desk))
    with contextlib.suppress(StoreTrouble), desk.rescue.with_commit():
        desk.rescue.append("second", b"{}", _key(desk))
        assert [line.key for line in rescue.read(desk.rescue.path)] == ["first", "second"]
        raise StoreTrouble("store-full")
    assert [line.key for line in rescue.read(desk.rescue.path)] == ["first"]


def test_the_log_holds_what_is_on_its_way_only_and_nobody_here_can_read_it(sandbox, desk):
    notice = noticed(desk, sandbox.base_url)
    first = tick(desk, notice, 40_000).key
    assert [line.key for line in rescue.read(desk.rescue.path)] == [first]
    content = desk.rescue.path.read_bytes()
    assert not any(word in content for word in (b"tick_paid", "Trần Thị Mai".encode(), b"counter_cash"))
    assert rescue.opened(desk.rescue.path, bytes(32)) == ([], 1)

    send_all(desk)
    session.reconcile(desk)
    assert rescue.read(desk.rescue.path) == []
    desk.rescue.append("of-a-lost-store", b"{}", _key(desk))
    second = tick(desk, notice, 40_000).key
    session.reconcile(desk)
    assert [line.key for line in rescue.read(desk.rescue.path)][1:] == [second]
    with desk.rescue.path.open("ab") as file:
        file.write(b"01a1f677 aGFsZiB3cml")  # the power went in the middle of a line
    third = tick(desk, notice, 40_000).key
    assert [line.key for line in rescue.read(desk.rescue.path)] == ["of-a-lost-store", second, third]


def _key(desk: Desk) -> str:
    with desk.store.read() as connection:
        return state.get(connection, Name.SEALING_KEY) or ""
