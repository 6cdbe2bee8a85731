"""After a full resync a desk lists what the portal lists, and what it still has to say itself; nothing of before.

One portal that died and came back from the morning's backup, over real HTTP. Stands apart from ``test_left_behind``,
which makes the pages of the feed by hand.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import requests

from app.domain.dossier import Component
from app.domain.people import Person
from app.errors import BadInput
from app.services import counter, inbox, session
from app.services.desk import Desk
from app.store import mirror
from tests.fakes import FakeClock
from tests.integration.real_desk import notify, send_all, signed_in, tick
from tests.integration.sandbox_desk import file_dossier

PERSON = Person("Lê Văn Bốn", identity_no="056190001234", phone="0905123457")
FORM = counter.CounterForm("1.001193", PERSON, PERSON, (Component("Tờ khai", originals=1),))


def copied(source: Path, target: Path) -> None:
    """Copy a database whole, as an operator does; the portal may stand on either and goes on."""
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)


def listed(desk: Desk, dossiers: dict[str, str]) -> set[str]:
    """Name those that the desk still shows; what is in its list can be opened, and nothing else."""
    found = set()
    for name, dossier_id in dossiers.items():
        in_list = inbox.key_of(desk, dossier_id) is not None
        try:
            opened = bool(inbox.card(desk, dossier_id))
        except BadInput:
            opened = False
        assert in_list == opened, f"{name}: in the list {in_list}, to be opened {opened}"
        found |= {name} if in_list else set()
    return found


def test_what_a_restored_portal_has_lost_leaves_the_desk_but_never_money_nor_what_was_born_there(sandbox, tmp_path):
    address, database = sandbox.base_url, sandbox.portal.database.data_dir / "portal.db"
    there = {"of the morning": file_dossier(address)}
    desk = signed_in(address, tmp_path / "desk", FakeClock())
    try:
        copied(database, tmp_path / "backup.db")
        lost = ("nobody worked on it", "cash on its way", "cash that had arrived")
        there |= {name: file_dossier(address) for name in lost}
        desk.engine.puller.pull_all()
        unsent, sent = notify(desk, there["cash on its way"]), notify(desk, there["cash that had arrived"])
        tick(desk, sent)
        send_all(desk)
        desk.engine.puller.pull_all()
        tick(desk, unsent)
        there["born here"] = counter.register(desk, FORM).dossier_id
        assert listed(desk, there) == set(there)

        copied(tmp_path / "backup.db", database)
        assert requests.post(f"{address}/sandbox/epoch", timeout=10).status_code == 200
        desk.engine.puller.pull_all()
        rests = {"of the morning", "cash on its way", "cash that had arrived", "born here"}
        assert listed(desk, there) == rests
        with desk.store.read() as connection:
            assert there["nobody worked on it"] not in mirror.all_ids(connection)

        send_all(desk)
        desk.engine.puller.pull_all()
        assert listed(desk, there) == rests
        told = {name: inbox.card(desk, there[name]) for name in rests}
        assert {name: ([p.amount for p in card.dossier.payments], card.pending) for name, card in told.items()} == {
            "of the morning": ([], ()),
            "cash on its way": ([120_000], ("notify", "tick_paid")),
            "cash that had arrived": ([120_000], ("notify", "tick_paid")),
            "born here": ([], ()),
        }
        assert session.prove_journal(desk).rows == 2
    finally:
        desk.close()
