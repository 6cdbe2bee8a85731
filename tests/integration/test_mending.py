"""A damaged store mends itself from its newest backup and the redo log; what is spoilt is put aside, never deleted."""

from __future__ import annotations

import contextlib
import shutil
from datetime import date, timedelta
from pathlib import Path
from threading import Thread

import pytest

from app.domain.words import OutboxState
from app.errors import StoreTrouble
from app.store import backups, drafts, journal, mending, numbers, outbox, state
from app.store.blobs import BlobStore
from app.store.journal import Entry
from app.store.state import Name
from app.store.writer import Store
from tests.fakes import FakeClock
from tests.integration.store_ground import KEY, OFFICER, flip, force, open_store, put, raw

PAGE = 4096
PAPER = b"%PDF-1.4 " + b"x" * 20_000


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store just made, closed: migrations are run once."""
    folder = tmp_path_factory.mktemp("new") / "officer"
    open_store(folder).close()
    return folder


@pytest.fixture
def home(new: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(new, tmp_path / "officer"))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def opened(home: Path) -> tuple[Store, str]:
    store, told = mending.open_store(home, KEY, home.parent / "set-aside")
    return store, told.code if told else ""


def pay(store: Store, key: str, amount: int) -> None:
    with store.write() as connection:
        outbox.enqueue(
            connection, key=key, dossier_id="d1", type_="tick_paid", actor_id=OFFICER, body='{"made_at":"x"}',
            sha256="0" * 64, money=True, now_ms=1000, not_before_ms=0,
        )  # fmt: skip
        journal.append(
            connection, Entry(key, "tick_paid", "d1", "n1", "p" + key, amount, "counter_cash", 1000, OFFICER)
        )


def held(store: Store) -> list[tuple[str, str]]:
    with store.read() as connection:
        rows = connection.exec_driver_sql("SELECT key, state FROM outbox ORDER BY seq")
        return [(row[0], row[1]) for row in rows]


def head(store: Store) -> tuple[int, str, int | None]:
    with store.read() as connection:
        verdict = journal.verify(connection)
    return verdict.rows, verdict.head, verdict.broken_at


def worked(home: Path, clock: FakeClock) -> tuple[list[tuple[str, str]], tuple[int, str, int | None]]:
    """A day: a backup in the morning, then money, an undone deed and one that was confirmed."""
    store, _ = opened(home)
    with store.write() as connection:
        store.renew(connection)
    pay(store, "morning", 50_000)
    assert mending.keep_backup(store, clock.now())
    pay(store, "noon", 120_000)
    put(store, "undone")
    force(store, "undone", OutboxState.RESOLVED)
    put(store, "confirmed", "d2")
    force(store, "confirmed", OutboxState.ACKED)
    found = held(store), head(store)
    store.close()
    return found


def page_of(home: Path, name: str) -> int:
    with contextlib.closing(raw(home / "store.db")) as connection:
        return int(connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0])


def spoil_first_page(home: Path) -> None:
    flip(home / "store.db", 200)


def spoil_every_page(home: Path) -> None:
    path = home / "store.db"
    for at in range(100, path.stat().st_size, PAGE):
        flip(path, at)


def cut_to_nothing(home: Path) -> None:
    (home / "store.db").write_bytes(b"")


def gone(home: Path) -> None:
    (home / "store.db").unlink()


@pytest.mark.parametrize("damage", [spoil_first_page, spoil_every_page, cut_to_nothing, gone])
def test_a_damaged_store_comes_back_whole_with_the_same_journal(home, clock, damage):
    before, journal_before = worked(home, clock)
    damage(home)
    (home / "open").touch()
    spoilt = (home / "store.db").read_bytes() if (home / "store.db").exists() else None
    store, told = opened(home)
    assert told == "store-mended"
    # What was confirmed is asked about once more with its own key; what was undone stays undone.
    assert held(store) == [("morning", "queued"), ("noon", "queued"), ("undone", "resolved"), ("confirmed", "queued")]
    assert [key for key, _ in before] == ["morning", "noon", "undone", "confirmed"]
    assert head(store) == journal_before
    assert store.needs_rebuild
    with store.read() as connection:
        assert outbox.get(connection, "noon").attempts == 1, "what may have left cannot be undone"
    if spoilt is not None:
        assert (home.parent / "set-aside" / "store.db").read_bytes() == spoilt
    store.close()
    store, told = opened(home)
    assert (told, head(store)) == ("", journal_before)
    assert store.needs_rebuild, "the program died before it had made its lists"
    with store.write() as connection:
        store.renew(connection)
    store.close()
    store, told = opened(home)
    assert not store.needs_rebuild
    store.close()


@pytest.mark.parametrize("damage", [cut_to_nothing, gone])
def test_whoever_opens_an_emptied_store_makes_no_new_one_of_it(home, clock, damage):
    _, journal_before = worked(home, clock)
    damage(home)
    with pytest.raises(StoreTrouble, match="store-damaged"):
        Store(home, KEY)
    store, told = opened(home)
    assert (told, head(store)) == ("store-mended", journal_before)
    store.close()


def test_commits_swallowed_by_a_spoilt_wal_are_done_again(home, clock):
    store, _ = opened(home)
    pay(store, "a", 10_000)
    store._writer.raw_connection().driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    pay(store, "b", 20_000)
    pay(store, "c", 30_000)
    wanted = head(store)
    copy = home.parent / "after-the-crash"
    shutil.copytree(home, copy)
    store.close()
    (copy / "store.db-shm").unlink(missing_ok=True)
    flip(copy / "store.db-wal", 32 + 24 + 50)
    with Store(copy, KEY).read() as connection:
        assert journal.verify(connection).rows == 1, "the ground of this test: SQLite drops them silently"
    store, told = opened(copy)
    assert (told, head(store), [key for key, _ in held(store)]) == ("store-caught-up", wanted, ["a", "b", "c"])
    store.close()


def test_damage_seen_while_running_is_mended_by_the_next_start(home, clock):
    _, journal_before = worked(home, clock)
    root = page_of(home, "ix_outbox_state_seq")
    flip(home / "store.db", (root - 1) * PAGE + 99)
    store, told = opened(home)
    assert told == "", "after a clean close nobody looks at every page"
    with pytest.raises(StoreTrouble, match="store-damaged"), store.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM outbox WHERE state = 'queued'").scalar()
    store.close()
    store, told = opened(home)
    assert (told, head(store)) == ("store-mended", journal_before)
    store.close()


def test_without_any_backup_it_says_so_and_changes_nothing(home):
    store, _ = opened(home)
    pay(store, "a", 10_000)
    store.close()
    spoil_first_page(home)
    before = (home / "store.db").read_bytes()
    with pytest.raises(StoreTrouble, match="store-damaged"):
        opened(home)
    assert (home / "store.db").read_bytes() == before
    store = mending.begin_anew(home, KEY, home.parent / "whole")
    assert [key for key, _ in held(store)] == ["a"], "the redo log alone brings it over"
    assert head(store)[0::2] == (1, None)
    store.close()


def test_numbers_are_never_given_twice_after_mending(home, clock):
    day = date(2026, 11, 20)
    store, _ = opened(home)
    with store.write() as connection:
        numbers.keep(connection, [("b1", "code", "u", day, 1, 9), ("b2", "receipt", "u", day, 1, 9)])
    mending.keep_backup(store, clock.now())
    with store.write() as connection:
        assert numbers.take(connection, "u", day) == (1, 1)
    with store.write() as connection:
        assert numbers.take(connection, "u", day) == (2, 2)
    store.close()
    spoil_first_page(home)
    store, _ = opened(home)
    with store.write() as connection:
        assert numbers.take(connection, "u", day) == (3, 3)
    store.close()


def test_seven_days_are_kept_and_a_bad_copy_lets_none_go(home, clock):
    store, _ = opened(home)
    for day in range(10):
        pay(store, f"day{day}", 1_000)
        assert mending.keep_backup(store, clock.now())
        assert not mending.keep_backup(store, clock.now()), "one a day"
        clock.advance(days=1)
    kept = backups.found(home)
    assert [item.made_at.day for item in kept] == [29, 28, 27, 26, 25, 24, 23]
    assert all(backups.is_sound(item.path, KEY) for item in kept)
    assert len(store.redo_entries()) == 12, "two for each day since the oldest backup"
    with contextlib.closing(raw(home / "store.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    flip(home / "store.db", (home / "store.db").stat().st_size - 100)
    with pytest.raises(StoreTrouble, match="store-damaged"):
        mending.keep_backup(store, clock.now())
    assert backups.found(home) == kept
    assert store.hurt
    store.close()
    assert (home / "open").exists(), "the next start looks"


def test_a_backup_is_encrypted_and_delays_nobody_who_writes_meanwhile(home, clock, monkeypatch):
    monkeypatch.setattr(backups, "_PAGES", 1)
    monkeypatch.setattr(backups, "_PAUSE_S", 0.01)
    store, _ = opened(home)
    with store.write() as connection:
        connection.exec_driver_sql("INSERT INTO drafts VALUES ('d', 'k', 'Nguyễn Chim Yến', 1)")
    making = Thread(target=mending.keep_backup, args=(store, clock.now()))
    making.start()
    part = home / "backups"
    while making.is_alive() and not list(part.glob("*.part")):
        making.join(0.001)
    pay(store, "meanwhile", 1_000)
    was_beside = making.is_alive()
    making.join()
    assert was_beside, "the deed waited for the copy"
    found = backups.found(home)[0].path
    assert b"SQLite format 3" not in found.read_bytes()
    assert "Chim Yến".encode() not in found.read_bytes()
    store.close()


def test_readable_drafts_of_a_damaged_file_are_brought_over(home, clock):
    store, _ = opened(home)
    mending.keep_backup(store, clock.now())
    with store.write() as connection:
        connection.exec_driver_sql("INSERT INTO drafts VALUES ('d', 'k', 'nửa chừng', 1)")
    store.close()
    flip(home / "store.db", (page_of(home, "mirror") - 1) * PAGE + 99)
    (home / "open").touch()
    store, told = opened(home)
    assert told == "store-mended"
    with store.read() as connection:
        assert connection.exec_driver_sql("SELECT body FROM drafts").scalar() == "nửa chừng"
    store.close()


def test_spoilt_papers_are_asked_for_again_and_the_readable_stay(home, clock):
    store, _ = opened(home)
    papers = BlobStore(store.open_blobs())
    first, second = papers.put(PAPER, "application/pdf"), papers.put(PAPER + b"2", "application/pdf", uploaded=True)
    papers.close()
    store.close()
    size = (home / "blobs.db").stat().st_size
    flip(home / "blobs.db", size - PAGE + 5)
    store, _ = opened(home)
    papers = BlobStore(store.open_blobs())
    assert (papers.get(first), papers.get(second), papers.hurt) == (PAPER, None, True)
    store.hurt |= papers.hurt
    papers.close()
    store.close()
    store, told = opened(home)
    papers = BlobStore(store.open_blobs())
    assert (told, papers.get(first), papers.get(second)) == ("papers-mended", PAPER, None)
    assert papers.put(PAPER + b"2", "application/pdf", uploaded=True) == second
    assert papers.get(second) == PAPER + b"2"
    papers.close()
    store.close()


def test_a_full_redo_log_never_fails_the_deed_and_asks_for_a_backup(home, clock):
    store, _ = opened(home)
    pay(store, "a", 1_000)
    mending.keep_backup(store, clock.now())
    log = store.redo._open()
    log.execute(f"PRAGMA max_page_count = {log.execute('PRAGMA page_count').fetchone()[0]}")
    for number in range(30):
        pay(store, f"b{number}", 1_000)
    assert head(store)[0::2] == (31, None)
    assert store.redo.behind
    assert mending.keep_backup(store, clock.now() + timedelta(seconds=1)), "at once, though it is the same day"
    store.close()
    spoil_first_page(home)
    store, _ = opened(home)
    assert head(store)[0::2] == (31, None)
    store.close()


def test_a_redo_log_that_is_spoilt_is_begun_anew(home, clock):
    _, journal_before = worked(home, clock)
    flip(home / "redo.db", 50)
    store, _ = opened(home)
    assert head(store) == journal_before
    pay(store, "later", 5_000)
    assert [what for what, _ in store.redo_entries()] == ["command", "money"]
    assert store.redo.behind or not mending.keep_backup(store, clock.now())
    store.close()


def long_text(letter: str) -> str:
    return letter * 3 * PAGE


def test_zeros_that_the_cipher_gives_for_a_spoilt_page_are_never_taken_for_the_text(home, clock):
    """The library returns zeros, and no error, for the spoilt last page of a long value."""
    store, _ = opened(home)
    with store.write() as connection:
        connection.exec_driver_sql("INSERT INTO drafts VALUES ('d', 'k', ?, 1)", (long_text("x"),))
    store.close()
    size = (home / "store.db").stat().st_size
    flip(home / "store.db", size - PAGE + 7)
    with contextlib.closing(raw(home / "store.db")) as connection:
        assert "\0" in connection.execute("SELECT body FROM drafts").fetchone()[0], "the ground of this test"
    store, _ = opened(home)
    with pytest.raises(StoreTrouble, match="store-damaged"), store.read() as reading:
        drafts.load(reading, "d", "k")
    with pytest.raises(StoreTrouble, match="store-damaged"):
        mending.keep_backup(store, clock.now())
    store.close()
    assert (home / "open").exists()


def test_no_backup_is_made_of_a_spoilt_page_in_a_table_without_papers(home, clock):
    """Zeros in a setting look right in the copy: the pages are judged before it is made."""
    store, _ = opened(home)
    with store.write() as connection:
        state.put(connection, Name.PHRASES, long_text("x"))
    store.close()
    flip(home / "store.db", (home / "store.db").stat().st_size - PAGE + 7)
    with contextlib.closing(raw(home / "store.db")) as connection:
        (value,) = connection.execute("SELECT value FROM sync_state WHERE name = 'phrases'").fetchone()
        assert "\0" in value, "the ground of this test"
    store, _ = opened(home)
    with pytest.raises(StoreTrouble, match="store-damaged"):
        mending.keep_backup(store, clock.now())
    assert backups.found(home) == ()
    store.close()


def test_what_the_cipher_says_of_a_spoilt_page_at_a_commit_is_taken_for_damage(home: Path):
    """SQLCipher answers "out of memory" there, which the driver raises as Python's own error."""
    store, _ = opened(home)
    with pytest.raises(StoreTrouble) as raised, store.write():
        raise MemoryError
    assert (raised.value.code, store.hurt) == ("store-damaged", True)
    store.close()
