"""Mẫu câu: picked by keyboard beside what was typed, kept and let go as one's own; the office's are sound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app import catalogues, texts
from app.domain.commands import TYPES
from app.errors import BadInput
from app.services import phrases
from tests.ui import dialog_scenes
from tests.ui.desk_fixture import BUILDING, Office, no_waiting_here, office
from tests.ui.dialog_story import story
from tests.ui.window_fixture import dialog, press, settle, until, window_of
from ui.widgets.text_field import TextArea

CTRL = Qt.KeyboardModifier.ControlModifier
NOT_OURS = "Hồ sơ không thuộc thẩm quyền giải quyết của đơn vị; đề nghị ông/bà nộp tại …"
OF_COMMANDS = {"disapprove": "decide_approval", "receive_unpaid": "receive"}


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("office")) as made:
        yield made


def menu_of(form: Any) -> QMenu:
    """Ctrl+M in the reason; return the sentences."""
    press(Qt.Key.Key_M, CTRL)
    until(lambda: form.phrases.menu is not None and QApplication.activePopupWidget() is form.phrases.menu, "sentences")
    return form.phrases.menu


def pick(form: Any, words: str) -> None:
    """Go down to a line and press Enter."""
    menu = menu_of(form)
    for _ in range(12):
        if menu.activeAction().text() == words:
            break
        QTest.keyClick(menu, Qt.Key.Key_Down)
    assert menu.activeAction().text() == words
    QTest.keyClick(menu, Qt.Key.Key_Return)
    until(lambda: form.phrases.menu is None, "the sentences are gone")
    until(lambda: QApplication.focusWidget() is form.reason, "back in the reason")


def test_a_sentence_is_set_in_beside_what_was_typed_and_one_s_own_is_offered_first(town):
    dossier = town.file("Lê Quang Dũng", BUILDING)
    town.desk()
    with window_of(town) as window, no_waiting_here():
        window.open_dossier(dossier)
        settle(window)
        window.run("refuse")
        form: Any = dialog(window)
        until(lambda: QApplication.focusWidget() is form.reason, "the reason")
        QTest.keyClicks(form.reason, "Thua dat o xa khac.")
        form.reason.selectAll()
        pick(form, NOT_OURS)
        assert form.reason.text() == f"Thua dat o xa khac. {NOT_OURS}"
        press(Qt.Key.Key_Z, CTRL)
        assert form.reason.text() == "Thua dat o xa khac."
        pick(form, "Giữ câu đang gõ làm mẫu của tôi")
        until(lambda: window.tasks.open_count() == 0, "kept")
        form.reason.clear()
        pick(form, "Thua dat o xa khac.")
        assert form.reason.text() == "Thua dat o xa khac."
        assert menu_of(form).activeAction().text() == "Thua dat o xa khac."
        QTest.keyClick(form.phrases.menu, Qt.Key.Key_Escape)
        until(lambda: form.phrases.menu is None, "closed")
        assert form.isVisible()
        form.reject()
        until(lambda: window.desk_page.deeds.dialog() is None, "put off")
    assert (phrases_of(town, "tiepnhan1").own, phrases_of(town, "tiepnhan2").own) == (("Thua dat o xa khac.",), ())


@pytest.mark.parametrize(("scene", "field"), [
    ("reverse", "reason"), ("cancel", "reason"), ("waive", "note"), ("refund", "note"), ("close-case", "reason"),
])
def test_reasons_about_money_are_offered_theirs(qtbot, town, scene, field):
    build = dialog_scenes.SCENES[scene](town)
    with story(qtbot) as tale:
        form: Any = tale.open(build)
        area = getattr(form, field)
        area.setFocus()
        QTest.keyClicks(area, "Da xem.")
        office = next(line for line in menu_of(form).actions() if line.text())
        assert form.phrases.menu.activeAction() is office
        QTest.keyClick(form.phrases.menu, Qt.Key.Key_Return)
        until(lambda: form.phrases.menu is None and QApplication.focusWidget() is area, "back in the field")
        assert area.text() == f"Da xem. {office.toolTip()}"
        form.reject()


def phrases_of(town: Office, username: str) -> phrases.Phrases:
    return phrases.of(town.desk(username), "refuse")


def test_one_s_own_are_kept_newest_first_let_go_and_never_too_many(town):
    desk = town.desk("tiepnhan2")
    for text in ("Một.", "Hai.", "Một."):
        phrases.keep(desk, "refuse", text)
    assert phrases.of(desk, "refuse").own == ("Một.", "Hai.")
    assert phrases.of(desk, "withdraw").own == ()
    assert phrases.forget(desk, "refuse", "Hai.").own == ("Một.",)
    for at in range(29):
        phrases.keep(desk, "withdraw", f"Câu {at}.")
    phrases.keep(desk, "withdraw", "Câu cuối.")
    for text, said in (
        ("thêm", "Đã có 30 mẫu của bạn cho việc này. Bỏ bớt một mẫu rồi giữ lại."),
        (" ", "Gõ câu vào ô lý do trước, rồi giữ làm mẫu."),
        ("x" * 501, "Mẫu câu dài nhất 500 chữ cái. Rút ngắn rồi giữ lại; chữ đã gõ còn nguyên."),
    ):
        with pytest.raises(BadInput) as refused:
            phrases.keep(desk, "withdraw", text)
        assert texts.of(refused.value) == said
    with desk.store.write() as connection:
        connection.exec_driver_sql("UPDATE sync_state SET value = '[7' WHERE name = 'phrases'")
    assert phrases.of(desk, "refuse").own == ()


@pytest.mark.parametrize(("typed", "at", "expected"), [
    ("", 0, "Câu mẫu."), ("Đã gõ.", 6, "Đã gõ. Câu mẫu."), ("Đã gõ. ", 7, "Đã gõ. Câu mẫu."),
    ("Trước sau", 6, "Trước Câu mẫu. sau"), ("Trước sau", 0, "Câu mẫu. Trước sau"), ("Dòng\n", 5, "Dòng\nCâu mẫu."),
])  # fmt: skip
def test_a_sentence_stands_apart_from_its_neighbours(qtbot, typed, at, expected):
    area = TextArea()
    qtbot.addWidget(area)
    area.setPlainText(typed)
    cursor = area.textCursor()
    cursor.setPosition(at)
    area.setTextCursor(cursor)
    area.add("Câu mẫu.")
    assert area.toPlainText() == expected


def test_the_office_s_sentences_are_of_commands_and_name_no_place():
    for kind, lines in catalogues.phrases().items():
        assert OF_COMMANDS.get(kind, kind) in TYPES
        assert len(set(lines)) == len(lines) > 0
        for line in lines:
            assert line.endswith((".", "…")), line
            assert len(line) <= 120, line
            assert not any(name in line for name in ("Khánh Hòa", "Kon Tum", "Gia Lai", "Nha Trang")), line
