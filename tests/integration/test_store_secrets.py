"""The files of a desk: encrypted, keyed, locked, and every trouble with them a sentence and an exit code."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import os
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from app import bootstrap, gui_guard, texts
from app.cli.__main__ import main
from app.contract.wire import Capabilities
from app.errors import BugError, SignedOut, StoreTrouble
from app.portal.transport import RequestsTransport
from app.sandbox.robot import browser
from app.services import attachments, inbox, session
from app.services.desk import Desk
from app.store import cipher, migrate, schema
from app.store.blobs import BlobStore
from app.store.engine import open_engine
from app.store.profile import DeskFile, Profile
from app.store.writer import Store
from tests.fakes import FakeClock
from tests.integration.real_desk import PASSWORD, notify, reopened, signed_in, tick
from tests.integration.sandbox_desk import file_dossier
from tests.integration.store_ground import KEY, flip, open_store, raw

MARKERS = (
    "Nguyễn Văn Dấu Vết", "0987654321", "dau.vet@congdan.example", "Biên lai giấy số 7", "H32.8-261120", "MARKER-PDF",
)  # fmt: skip


@pytest.fixture(scope="module")
def used(sandbox, tmp_path_factory) -> Iterator[Path]:
    """A profile that was worked with: dossiers, a notice, money, an attachment. Closed again."""
    folder = tmp_path_factory.mktemp("used") / "profile"
    desk = signed_in(sandbox.base_url, folder, FakeClock())
    dossier_id = file_dossier(sandbox.base_url, name=MARKERS[0], phone=MARKERS[1], email=MARKERS[2])
    desk.engine.puller.pull_all()
    tick(desk, notify(desk, dossier_id))
    attachments.take(desk, b"%PDF-1.4 MARKER-PDF", "bien lai.pdf")
    desk.close()
    return folder


@pytest.fixture
def copy(used: Path, tmp_path: Path) -> Path:
    """The used profile as a folder of its own, to be spoilt."""
    import shutil

    return Path(shutil.copytree(used, tmp_path / "copy"))


def store_file(profile: Path, name: str = "store.db") -> Path:
    return next((profile / "officers").glob(f"*/{name}"))


def cli(profile: Path, *argv: str) -> tuple[int, dict[str, object]]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["desk", "--profile", str(profile), *argv])
    return code, json.loads(out.getvalue().splitlines()[-1])


def said(profile: Path, code: str, exit_code: int, *argv: str) -> None:
    """The command line ends with this exit code, this refusal and its sentence."""
    found = cli(profile, *(argv or ("queues",)))
    assert (found[0], found[1]["refused"]) == (exit_code, code)
    assert str(found[1]["message"]).endswith(".")
    assert "(mã " not in str(found[1]["message"])


# --- encryption

def test_no_file_of_the_profile_shows_a_name_a_number_or_a_paper_even_while_open(used):
    desk = reopened(used, FakeClock())
    try:
        files = [path for path in used.rglob("*") if path.is_file()]
        assert {"store.db", "store.db-wal", "blobs.db", "desk.json", "sandbox.key"} <= {path.name for path in files}
        for path in files:
            content = path.read_bytes()
            for marker in MARKERS:
                assert marker.encode() not in content, f"{marker} in {path.name}"
                assert marker.encode("utf-16-le") not in content
            if path.suffix == ".db":
                assert not content.startswith(b"SQLite format 3")
        assert [card.dossier.applicant.name for card in inbox.cards(desk, inbox.find(desk, "dau vet"))] == [MARKERS[0]]
    finally:
        desk.close()


def test_every_pragma_is_read_back(tmp_path):
    store = open_store(tmp_path)
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1,
              "temp_store": 2}  # fmt: skip
    with store.write() as connection:
        seen = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
        writes = connection.exec_driver_sql("PRAGMA query_only").scalar_one()
    with store.read() as connection:
        reads = connection.exec_driver_sql("PRAGMA query_only").scalar_one()
    store.close()
    assert (seen, writes, reads) == (wanted, 0, 1)


def test_a_pragma_that_does_not_take_is_an_error_and_so_is_a_build_without_cipher(tmp_path, monkeypatch):
    monkeypatch.setattr(cipher, "_PRAGMAS", (("synchronous", "OFF", 2),))
    with pytest.raises(StoreTrouble) as pragma:
        open_store(tmp_path)
    assert (pragma.value.code, pragma.value.params) == ("store-pragma", {"name": "synchronous"})
    monkeypatch.setattr(cipher, "sqlcipher", sqlite3)
    with pytest.raises(StoreTrouble) as plain:
        open_store(tmp_path / "plain")
    assert plain.value.code == "store-no-cipher"


# --- keys

def test_a_wrong_key_opens_nothing_and_changes_nothing(copy):
    path = store_file(copy)
    before = path.read_bytes()
    (copy / "sandbox.key").write_text("ab" * 32)
    said(copy, "store-damaged", 4)
    assert path.read_bytes() == before


def test_a_key_that_is_no_key_or_can_be_read_by_others_is_refused(copy):
    key = copy / "sandbox.key"
    key.write_text("xyz")
    said(copy, "key-damaged", 4)
    key.chmod(0o644)
    said(copy, "key-exposed", 1)
    key.unlink()
    with pytest.raises(StoreTrouble, match="no-keyring"):
        bootstrap.open_desk(copy)
    assert not key.exists(), "a new key would make the old data unreadable for ever"


def test_the_sandboxs_key_lies_in_the_profile_for_its_owner_only(used):
    assert stat.S_IMODE((used / "sandbox.key").stat().st_mode) == 0o600
    assert len(bytes.fromhex((used / "sandbox.key").read_text())) == 32


def test_without_a_keyring_a_portal_that_is_no_sandbox_is_refused_and_nothing_is_made(sandbox, tmp_path, monkeypatch):
    real = bootstrap.capabilities

    def no_sandbox(*args: object) -> Capabilities:
        return dataclasses.replace(real(*args), sandbox=False)

    monkeypatch.setattr(bootstrap, "capabilities", no_sandbox)
    folder = tmp_path / "profile"
    with pytest.raises(StoreTrouble, match="no-keyring"):
        bootstrap.sign_in(folder, sandbox.base_url, browser("tiepnhan1", PASSWORD))
    assert [path.name for path in folder.iterdir()] == ["lock"]


def test_a_profile_bound_to_one_portal_takes_no_other(copy):
    with pytest.raises(StoreTrouble) as refused:
        bootstrap.sign_in(copy, "http://127.0.0.1:9", browser("tiepnhan1", PASSWORD))
    assert refused.value.code == "profile-other-portal"


def test_before_the_first_sign_in_there_is_no_desk(tmp_path):
    with pytest.raises(SignedOut, match="sign-in-first"):
        bootstrap.open_desk(tmp_path / "new")
    said(tmp_path / "new", "sign-in-first", 1)


# --- damage

def damaged_header(profile: Path) -> None:
    flip(store_file(profile), 3)


def damaged_page(profile: Path) -> None:
    path = store_file(profile)
    for page in range(1, path.stat().st_size // 4096):
        flip(path, page * 4096 + 100)


def cut_short(profile: Path) -> None:
    path = store_file(profile)
    path.write_bytes(path.read_bytes()[:5000])


def no_database(profile: Path) -> None:
    store_file(profile).write_bytes(b"Khong phai du lieu" * 1000)


def damaged_desk_file(profile: Path) -> None:
    (profile / "desk.json").write_text("{nửa")


def another_desk_file(profile: Path) -> None:
    (profile / "desk.json").write_text('["x"]')


def half_a_desk_file(profile: Path) -> None:
    (profile / "desk.json").write_text('{"desk_id": "d"}')


def nobody(profile: Path) -> None:
    (profile / "officer.json").write_text("{}")


def strange_officer(profile: Path) -> None:
    (profile / "officer.json").write_text('{"officer_id": "../../etc"}')


def newer_schema(profile: Path) -> None:
    key = bytes.fromhex((profile / "sandbox.key").read_text())
    connection = raw(store_file(profile), key)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


DAMAGES = [
    (damaged_header, "store-damaged"), (damaged_page, "store-damaged"), (cut_short, "store-damaged"),
    (no_database, "store-damaged"), (damaged_desk_file, "profile-damaged"),
    (another_desk_file, "profile-damaged"), (strange_officer, "profile-damaged"),
    (half_a_desk_file, "profile-damaged"), (nobody, "profile-damaged"), (newer_schema, "store-newer"),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "code"), DAMAGES, ids=[row[0].__name__ for row in DAMAGES])
def test_damaged_local_data_is_exit_4_with_a_sentence_and_is_left_as_it_is(copy, damage, code):
    damage(copy)
    kept = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file() and path.suffix != ".db-shm"}
    said(copy, code, 4)
    for path, content in kept.items():
        if path.name.endswith((".db", ".json", ".key")):
            assert path.read_bytes() == content, path.name


def test_a_damaged_paper_is_not_here_any_more_and_the_next_start_says_so(copy):
    desk = reopened(copy, FakeClock())
    digest = attachments.take(desk, b"%PDF-1.4 " + b"x" * 50_000, "to khai.pdf").sha256
    desk.close()
    path = store_file(copy, "blobs.db")
    for page in range(3, path.stat().st_size // 4096):
        flip(path, page * 4096 + 100)
    desk = reopened(copy, FakeClock())
    assert (desk.blobs.get(digest), desk.mended) == (None, None)
    desk.close()
    desk = reopened(copy, FakeClock())
    assert (desk.blobs.get(digest), desk.mended.code) == (None, "papers-mended")
    desk.close()


@contextlib.contextmanager
def as_somebody_without_rights() -> Iterator[None]:
    """Act as nobody for a moment where the tests run as root, whom no file is closed to."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    import shutil

    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o777)
    shutil.rmtree(folder)


def test_a_folder_that_cannot_be_written_is_said_so(open_folder):
    open_folder.chmod(0o555)
    with as_somebody_without_rights(), pytest.raises(StoreTrouble, match="profile-read-only"):
        Profile(open_folder / "profile")
    with as_somebody_without_rights():
        said(open_folder / "profile", "profile-read-only", 1)


def test_a_read_only_database_is_said_so(open_folder):
    store = open_store(open_folder / "store")
    store.close()
    for path in (open_folder / "store").iterdir():
        path.chmod(0o444)
    (open_folder / "store").chmod(0o555)
    with as_somebody_without_rights(), pytest.raises(StoreTrouble) as refused:
        open_store(open_folder / "store")
    assert refused.value.code in ("store-read-only", "store-cannot-open")
    assert texts.of(refused.value).endswith(".")


def test_a_reader_can_never_write(tmp_path):
    store = open_store(tmp_path)
    with pytest.raises(StoreTrouble, match="store-read-only"), store.read() as connection:
        connection.exec_driver_sql("DELETE FROM drafts")
    store.close()


def test_a_full_disk_is_said_and_what_was_there_stays(tmp_path):
    store = open_store(tmp_path)
    with store.write() as connection:
        connection.exec_driver_sql("INSERT INTO drafts VALUES ('d', 'k', 'bản nháp', 1)")
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreTrouble, match="store-full"), store.write() as connection:
        connection.exec_driver_sql("INSERT INTO drafts VALUES ('e', 'k', ?, 1)", ("x" * 100_000,))
    with store.read() as connection:
        assert connection.exec_driver_sql("SELECT dossier_id, body FROM drafts").all() == [("d", "bản nháp")]
    store.close()


def test_a_database_held_by_another_program_is_said_after_the_time_to_wait(copy, monkeypatch):
    monkeypatch.setattr(cipher, "BUSY_TIMEOUT_MS", 50)
    intruder = raw(store_file(copy), bytes.fromhex((copy / "sandbox.key").read_text()))
    intruder.execute("BEGIN IMMEDIATE")
    try:
        said(copy, "store-locked", 1)
    finally:
        intruder.execute("ROLLBACK")
        intruder.close()
    assert cli(copy, "queues")[0] == 0


def test_a_second_program_on_the_profile_is_refused_until_the_first_is_closed(copy):
    first = reopened(copy, FakeClock())
    try:
        said(copy, "profile-in-use", 1)
    finally:
        first.close()
    assert cli(copy, "queues")[0] == 0


def test_what_a_newer_program_wrote_beside_the_desks_own_facts_is_left_alone(copy):
    told = json.loads((copy / "desk.json").read_text())
    (copy / "desk.json").write_text(json.dumps(told | {"colour": "xanh"}))
    assert cli(copy, "queues")[0] == 0


def test_binding_happens_once(tmp_path):
    profile = Profile(tmp_path)
    profile.bind(DeskFile("d", "https://a.example"))
    profile.bind(DeskFile("d2", "https://a.example"))
    assert profile.desk == DeskFile("d", "https://a.example")
    with pytest.raises(StoreTrouble, match="profile-other-portal"):
        profile.bind(DeskFile("d", "https://b.example"))
    profile.close()
    profile.close()


# --- schema

def test_a_migrated_database_has_the_very_columns_and_indexes_of_the_tables_in_code(tmp_path):
    migrated = open_engine(tmp_path / "m.db", KEY, read_only=False, pool_size=1)
    migrate.upgrade(migrated, 3)
    fresh = create_engine("sqlite://")
    schema.durable.create_all(fresh)

    def shape(engine: object, table: str) -> object:
        with engine.connect() as connection:  # type: ignore[attr-defined]
            def ask(sql: str) -> list[tuple[object, ...]]:
                return [tuple(row) for row in connection.exec_driver_sql(sql)]

            info = ask(f"PRAGMA table_info({table})")
            columns = [(r[1], r[2], bool(r[3]), str(r[4]).strip("'"), bool(r[5])) for r in info]
            indexes = {
                r[1]: [c[2] for c in ask(f"PRAGMA index_info('{r[1]}')")]
                for r in ask(f"PRAGMA index_list({table})") if r[3] == "c"
            }  # fmt: skip
            unique = sorted(
                tuple(c[2] for c in ask(f"PRAGMA index_info('{r[1]}')"))
                for r in ask(f"PRAGMA index_list({table})") if r[2]
            )  # fmt: skip
            return columns, indexes, unique

    for table in schema.durable.tables:
        assert shape(migrated, table) == shape(fresh, table), table
    with migrated.connect() as connection:
        triggers = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        assert [row[0] for row in triggers] == [
            "access_log_insert_only", "access_log_kept", "journal_insert_only", "journal_kept",
            "journal_seal_insert_only", "journal_seal_kept", "outbox_frozen", "outbox_kept", "outbox_legal_edges",
        ]  # fmt: skip
    migrated.dispose()
    fresh.dispose()


def test_opening_again_keeps_everything_and_rebuilds_nothing(used):
    desk = reopened(used, FakeClock())
    try:
        assert not desk.store.needs_rebuild
        assert session.prove_journal(desk).rows == 1
    finally:
        desk.close()


# --- the window's thread

def doors(desk: Desk) -> dict[str, object]:
    return {
        "read": lambda: desk.store.read().__enter__(),
        "write": lambda: desk.store.write().__enter__(),
        "open": lambda: Store(desk.store.folder / "other", KEY),
        "paper in": lambda: desk.blobs.put(b"x", "application/pdf"),
        "paper out": lambda: desk.blobs.get("0" * 64),
        "paper sent": lambda: desk.blobs.mark_uploaded("0" * 64),
        "papers": lambda: BlobStore(create_engine("sqlite://")),
        "network": lambda: RequestsTransport("http://127.0.0.1:9", clock=FakeClock()).request("GET", "/v1/me"),
        "question": lambda: desk.engine.ask.freshest("x"),
    }


def test_nothing_that_waits_can_be_entered_on_the_windows_thread(copy):
    desk = reopened(copy, FakeClock())
    gui_guard.forbid_current_thread()
    try:
        for door in doors(desk).values():
            with pytest.raises(BugError, match="GUI thread"):
                door()
    finally:
        gui_guard.release_current_thread()
        desk.close()
