"""A store that cannot be read is set aside whole at the next sign-in, and the portal fills a new one."""

from __future__ import annotations

import pytest

from app import bootstrap
from app.errors import StoreTrouble
from app.sandbox.robot import browser
from app.services import inbox


def _sign_in(folder, sandbox):
    desk = bootstrap.sign_in(folder, sandbox.base_url, browser("tiepnhan1", "motcua-sandbox"), undo_s=0)
    desk.engine.puller.pull_all()
    return desk


def test_a_damaged_store_is_set_aside_and_the_feed_fills_a_new_one(tmp_path, sandbox) -> None:
    folder = tmp_path / "desk"
    desk = _sign_in(folder, sandbox)
    before = list(inbox.keys(desk, None))
    store_file = desk.store.folder / "store.db"
    desk.close()
    damaged = b"\x00" * 4096 + store_file.read_bytes()[4096:]
    store_file.write_bytes(damaged)
    with pytest.raises(StoreTrouble, match="store-damaged"):
        bootstrap.open_desk(folder)

    desk = _sign_in(folder, sandbox)
    try:
        aside = [path for path in folder.iterdir() if path.name.startswith("set-aside-")]
        assert len(aside) == 1
        assert (aside[0] / "store.db").read_bytes() == damaged
        assert len(inbox.keys(desk, None)) == len(before)
    finally:
        desk.close()
