"""Two hundred hostile texts as names of citizens and as what is searched for: kept, found, and nothing else."""

from __future__ import annotations

import pytest

from app.errors import KnownError
from app.services import inbox
from app.store import mirror
from tests.fakes import FakeClock
from tests.integration.real_desk import signed_in
from tests.integration.sandbox_desk import file_dossier
from tests.payloads import payloads

CORPUS = payloads("/tmp/picture.png")


@pytest.fixture(scope="module")
def desk(sandbox, tmp_path_factory):
    for name in CORPUS[::10]:
        file_dossier(sandbox.base_url, name=name)
    opened = signed_in(sandbox.base_url, tmp_path_factory.mktemp("hostile") / "profile", FakeClock())
    yield opened
    opened.close()


def test_hostile_names_are_kept_as_they_are_by_portal_and_store(desk):
    with desk.store.read() as connection:
        ids = mirror.all_ids(connection)
    names = {inbox.card(desk, identity).dossier.applicant.name for identity in ids}
    assert len(ids) == 20
    assert {name for name in CORPUS[::10] if name.isprintable() and name == name.strip()} <= names


def test_hostile_words_find_nothing_and_break_nothing(desk):
    with desk.store.read() as connection:
        before = mirror.all_ids(connection)
    for words in (*CORPUS, *(f"{text} Nguyen" for text in CORPUS)):
        found = inbox.find(desk, words)
        assert len(found) <= 20, words
        with pytest.raises(KnownError):
            inbox.locate(desk, words)
    with desk.store.read() as connection:
        assert mirror.all_ids(connection) == before
