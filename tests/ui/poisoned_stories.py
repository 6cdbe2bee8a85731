"""Stories that fail half way, each in its own manner, and good ones after them; not collected by itself.

``test_one_failure_stays_one`` runs them in a process of their own: those that fail are meant to.
"""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.services import inbox
from tests.e2e.keyboard_officers import Town
from tests.ui.desk_fixture import BIRTH, Office, office
from tests.ui.dialog_story import story
from tests.ui.window_fixture import awake, dialog, names, press, settle, until, window_of
from ui.notice.dialog import NoticeDialog

NAME = "Nguyễn Thị Hồng Nhung"


class AsPlanned(Exception):
    """The failure of a story here."""


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory):
    with office(tmp_path_factory.mktemp("office")) as made:
        made.file(NAME, BIRTH)
        yield made


def test_1_fails_with_a_dialog_and_a_menu_open(here: Office) -> None:
    with window_of(here) as window:
        names(window)
        settle(window)
        awake(window)
        press(Qt.Key.Key_F6)
        until(dialog(window).isVisible, "the form")
        window.desk_page.ordering.open_menu()
        raise AsPlanned


def test_2_a_good_story_finds_the_screen_empty(here: Office) -> None:
    empty_and_still()
    with window_of(here) as window:
        assert names(window) == [NAME]
        settle(window)
        awake(window)
        press(Qt.Key.Key_F6)
        until(dialog(window).isVisible, "the form")
        settle(window)
        dialog(window).reject()
        settle(window)


def test_3_fails_with_a_dialog_and_work_under_way(qtbot, here: Office) -> None:
    desk = here.desk()
    card = here.card(desk, _first(here))
    gate = threading.Event()
    with story(qtbot) as tale:
        tale.open(lambda window, tasks: NoticeDialog(window, desk, tasks, card))
        tale.tasks.query(lambda: gate.wait(0.2), lambda _: None)
        raise AsPlanned


def test_4_fails_with_two_programs_one_at_work_one_killed(tmp_path: Path) -> None:
    with office(tmp_path) as made:
        made.file(NAME, BIRTH)
        town = Town(made)
        try:
            town.open()
            town.desk.shows(NAME)
            town.desk.asked(Qt.Key.Key_F6)
            town.processor.kill()
            stray = QWidget()
            stray.show()
            raise AsPlanned
        finally:
            town.close()


def test_5_a_good_story_finds_the_screen_empty(here: Office) -> None:
    empty_and_still()
    with window_of(here) as window:
        assert NAME in names(window)


def _first(here: Office) -> str:
    desk = here.desk()
    rows = inbox.rows(desk, inbox.keys(desk, None))
    return next(row.id for row in rows if row is not None)


def empty_and_still() -> None:
    assert [top for top in QApplication.topLevelWidgets() if top.isVisible()] == []
    assert QApplication.activeModalWidget() is None
    assert QApplication.activePopupWidget() is None
    assert [thread.name for thread in threading.enumerate() if thread.name in ("sender", "puller", "keeper")] == []
