"""What a scanner or a card says is something to look for, whatever it says."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.services import outbox
from tests.payloads import payloads
from tests.ui.desk_fixture import BIRTH, office
from tests.ui.window_fixture import settle, window_of
from ui.scanning import what_was_scanned

CORPUS = payloads("/tmp/picture.png")
KEYS = ("\t", "\n", "\r", "\x1b", "\x0b", "\x0c", "\x10", "\x7f", "F6", "Ctrl+Return", "\x03", "\x1a")


def test_hostile_scans_only_look_something_up(tmp_path: Path):
    with office(tmp_path) as town:
        town.file("Nguyễn Thị Hồng Nhung", BIRTH)
        desk = town.desk()
        with window_of(town) as window:
            for text in (*CORPUS[::4], *KEYS, *(f"H32.8-{key}0001" for key in KEYS), "|" * 500, "9" * 5000):
                assert what_was_scanned(text)[0] in ("code", "search", "card")
                window.scanned(text)
                settle(window)
                assert [top for top in QApplication.topLevelWidgets() if top.isVisible()] == [window]
            assert outbox.unfinished(desk) == ()
