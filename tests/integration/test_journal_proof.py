"""The money journal before an inspector: the portal countersigns its head, every tampering shows where it begins."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from app.contract import province
from app.sandbox.province import signing_seed
from app.services import session
from app.services.desk import Desk
from app.store import journal, seals, state
from app.store.state import Name
from tests.fakes import FakeClock
from tests.integration.real_desk import notify, send_all, signed_in, tick
from tests.integration.sandbox_desk import file_dossier

FREE = ("journal_insert_only", "journal_kept", "journal_seal_insert_only", "journal_seal_kept")


class TakenBack(Exception):
    """Ends a tampering: nothing of it is committed."""


@pytest.fixture(scope="module")
def desk(sandbox, tmp_path_factory) -> Iterator[Desk]:
    with paid_in_three(sandbox, tmp_path_factory.mktemp("desk")) as found:
        yield found


@contextlib.contextmanager
def paid_in_three(sandbox, folder: Path) -> Iterator[Desk]:
    """A desk with three part payments, each countersigned by the portal."""
    found = signed_in(sandbox.base_url, folder / "profile", FakeClock())
    dossier_id = file_dossier(sandbox.base_url)
    found.engine.puller.pull_all()
    notice = notify(found, dossier_id)
    for _ in range(3):
        tick(found, notice, 40_000)
        send_all(found)
        found.engine.puller.pull_all()
    yield found
    found.close()


def proof_after(desk: Desk, *statements: str, key: str = "", forge: bool = False) -> seals.Proof:
    """Return the proof of a store tampered with by somebody who has its key; taken back afterwards."""
    found: list[seals.Proof] = []
    with contextlib.suppress(TakenBack), desk.store.write() as connection:
        for trigger in FREE:
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        for statement in statements:
            connection.execute(text(statement))
        if forge:
            chain_anew(connection)
        known = key or state.get(connection, Name.SIGNING_KEY) or ""
        found.append(seals.proof(connection, known, desk.officer.id, state.get(connection, Name.STORE_ID) or ""))
        raise TakenBack
    return found[0]


def chain_anew(connection: Connection) -> None:
    """Compute every hash again, as somebody would who wants the change to look old."""
    previous = journal.GENESIS
    for row in connection.execute(text("select * from journal order by seq")).mappings().all():
        entry = journal.Entry(**{name: row[name] for name in journal.Entry.__slots__})
        digest = journal._digest(previous, entry)
        anew = {"p": previous, "h": digest, "seq": row["seq"]}
        connection.execute(text("update journal set prev_hash = :p, hash = :h where seq = :seq"), anew)
        previous = digest


def test_every_row_stands_under_a_countersignature_of_the_province(desk, sandbox):
    found = session.prove_journal(desk, province.signing_key(signing_seed(sandbox.portal.database)))
    assert (found.rows, found.sealed, found.broken_at, found.why) == (3, 3, None, "")
    with desk.store.read() as connection:
        assert [told.rows for told in seals.every(connection)] == [1, 2, 3]


@pytest.mark.parametrize("table", ["journal", "journal_seal"])
@pytest.mark.parametrize("deed", ["update {} set rowid = rowid", "delete from {}"])
def test_neither_table_takes_a_change_or_loses_a_row(desk, table, deed):
    with pytest.raises(Exception, match="insert-only"), desk.store.write() as connection:
        connection.execute(text(deed.format(table)))


FIELDS = ("key", "kind", "dossier_id", "notice_id", "payment_id", "channel", "actor_id", "prev_hash", "hash")


@pytest.mark.parametrize(
    "change", [*(f"{name} = {name} || 'x'" for name in FIELDS), "amount = amount + 1", "made_ms = made_ms + 1"]
)
def test_a_changed_field_breaks_the_chain_at_its_row(desk, change):
    found = proof_after(desk, f"update journal set {change} where seq = 2")
    assert (found.broken_at, found.why, found.sealed) == (2, "chain", 1)


# what was done with the store's own key, hashes made anew | first row that does not hold, why, last proven row
FORGED = [
    ("update journal set amount = 400000 where seq = 2", (2, "other", 1)),
    ("update journal set actor_id = 'ai khác' where seq = 1", (1, "other", 0)),
    ("delete from journal where seq = 3", (3, "cut", 2)),
]


@pytest.mark.parametrize(("statement", "seen"), FORGED)
def test_whoever_makes_the_whole_chain_anew_still_lacks_the_provinces_word(desk, statement, seen):
    found = proof_after(desk, statement, forge=True)
    assert (found.broken_at, found.why, found.sealed) == seen


@pytest.mark.parametrize(
    "change",
    ["officer_id = 'ai khác'", "store_id = 'máy khác'", "rows = 9", "head = 'abc'", "at = '2026-01-01T00:00:00+07:00'",
     "signature = '00'", "signature = replace(signature, '0', '1')"],
)  # fmt: skip
def test_a_changed_countersignature_is_not_the_provinces(desk, change):
    found = proof_after(desk, f"update journal_seal set {change} where seq = 2")
    assert (found.broken_at, found.why) in {(2, "signature"), (4, "signature")}


def test_another_provinces_key_proves_nothing(desk):
    found = proof_after(desk, key=province.signing_key(bytes(32)))
    assert (found.broken_at, found.why, found.sealed) == (1, "signature", 0)


def test_rows_and_seals_cut_off_together_are_remembered_by_the_portal(sandbox, tmp_path):
    """With nothing left to compare, the chain on the desk looks whole; the next hour online says that it is not."""
    with paid_in_three(sandbox, tmp_path) as desk:
        with desk.store.write() as connection:
            for trigger in FREE:
                connection.execute(text(f"DROP TRIGGER {trigger}"))
            for statement in ("delete from journal where seq = 3", "delete from journal_seal where rows > 1"):
                connection.execute(text(statement))
        assert session.prove_journal(desk).broken_at is None
        desk.engine.puller.pull_all()
        found = session.prove_journal(desk)
        assert (found.rows, found.sealed, found.broken_at, found.why) == (2, 1, 3, "cut")
