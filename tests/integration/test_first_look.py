"""What is painted before the desk is open equals what the open desk says, and is silent whenever it might not."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import bootstrap, first_look
from app.domain.words import Queue
from app.errors import BugError
from app.gui_guard import forbid_current_thread, release_current_thread
from app.sandbox.robot import browser
from app.sandbox.server import SandboxServer
from app.services import inbox
from app.services.views import FirstList


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A desk with sixty dossiers, closed again."""
    with SandboxServer(tmp_path / "portal", dossiers=60) as portal:
        desk = bootstrap.sign_in(
            tmp_path / "desk", portal.base_url, browser("tiepnhan1", "motcua-sandbox"), undo_s=0, sandbox_only=True
        )
        desk.engine.puller.pull_all()
        desk.close()
    return tmp_path / "desk"


@pytest.mark.parametrize("queue", [None, Queue.NEW, Queue.TO_NOTIFY])
def test_the_first_look_says_what_the_open_desk_says(profile, queue):
    look = first_look.read(profile, lambda officer: FirstList(queue))
    assert look is not None
    desk = bootstrap.open_desk(profile)
    try:
        keys = list(inbox.keys(desk, queue))[: len(look.rows)]
        assert [pk for pk, _ in look.rows] == keys
        assert len(keys) == min(40, inbox.how_many(desk, queue))
        assert [row for _, row in look.rows] == inbox.rows(desk, keys)
        assert look.counts == inbox.counts(desk)
        assert (look.officer, look.unit_name) == (desk.officer, desk.unit_name)
        assert look.calendar == desk.calendar
    finally:
        desk.close()


def test_a_look_works_beside_an_open_desk_and_leaves_it_alone(profile):
    desk = bootstrap.open_desk(profile)
    try:
        assert first_look.read(profile, lambda officer: FirstList()) is not None
        with desk.store.write() as connection:
            connection.exec_driver_sql("UPDATE sync_state SET value = 'older' WHERE name = 'projection'")
        assert first_look.read(profile, lambda officer: FirstList()) is None
    finally:
        desk.close()


def test_no_look_where_nobody_has_signed_in_and_none_with_a_wrong_key(profile, tmp_path):
    assert first_look.read(tmp_path / "new", lambda officer: FirstList()) is None
    assert not (tmp_path / "new").exists()
    (profile / "sandbox.key").write_text("00" * 32)
    assert first_look.read(profile, lambda officer: FirstList()) is None


def test_the_look_too_is_forbidden_on_the_gui_thread(profile):
    forbid_current_thread()
    try:
        with pytest.raises(BugError):
            first_look.read(profile, lambda officer: FirstList())
    finally:
        release_current_thread()
