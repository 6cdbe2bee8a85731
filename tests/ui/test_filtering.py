"""Narrowing a list by keyboard: several states, whose dossiers; how it shows, how it is left, how it comes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.desk_fixture import BUILDING, COPY, Office, no_waiting_here, office
from tests.ui.window_fixture import names, press, settle, until, window_of
from ui.desk.filter_dialog import FilterDialog
from ui.window import Window

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NHUNG, BINH, DO = "Nguyễn Thị Hồng Nhung", "Trần Văn Bình", "Đặng Đức Độ"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("office")) as made:
        made.file(NHUNG, COPY)
        made.in_processing(made.file(BINH, BUILDING))
        made.in_processing(made.file(DO, BUILDING), "thuly2")
        yield made


def lines(window: Window) -> QMenu:
    """Press / and return the menu."""
    QTest.keyClick(window.desk_page.table, "/")
    until(lambda: isinstance(QApplication.activePopupWidget(), QMenu), "the menu")
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def pick(window: Window, words: str) -> None:
    menu = lines(window)
    assert words in [line.text() for line in menu.actions()]
    while menu.activeAction() is None or menu.activeAction().text() != words:
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def ask(window: Window) -> Any:
    """Open the dialog by / and wait until it offers something."""
    pick(window, "Trạng thái, người giữ…")
    until(lambda: isinstance(QApplication.activeModalWidget(), FilterDialog), "the dialog")
    dialog: Any = QApplication.activeModalWidget()
    until(lambda: dialog._states and QApplication.focusWidget() is next(iter(dialog._states.values())), "what there is")
    return dialog


def chips(window: Window) -> list[str]:
    return [chip.text() for chip in window.desk_page.list._chips.values() if chip.isChecked()]


def test_a_head_sees_one_officer_s_work_in_one_state_and_finds_it_so_again(town: Office) -> None:
    with window_of(town, "lanhdao1") as window, no_waiting_here():
        assert sorted(names(window)) == sorted([NHUNG, BINH, DO])
        dialog = ask(window)
        assert [box.text() for box in (*dialog._states.values(), *dialog._holders.values())] == [
            "Mới đăng ký (1)", "Đang xử lý (2)", "Lê Thị Kim Ngân (1)", "Nguyễn Hữu Phước (1)", "Chưa ai giữ (1)",
        ]  # fmt: skip
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
            press(key)
        press(Qt.Key.Key_Return, CTRL)
        until(lambda: names(window) == [DO], "one officer's, at work on")
        assert chips(window) == ["Đang xử lý ×", "Lê Thị Kim Ngân ×"]
        assert window.desk_page.list._count.text() == "1"
        press(Qt.Key.Key_2, ALT)
        until(lambda: chips(window) == [], "another queue, whole")
        press(Qt.Key.Key_1, ALT)
        until(lambda: names(window) == [DO] and len(chips(window)) == 2, "as it was left")
        window.desk_page.table.setFocus()
        press(Qt.Key.Key_Escape)
        until(lambda: len(names(window)) == 3 and chips(window) == [], "the whole queue")
        _several_and_none(window)


def _several_and_none(window: Window) -> None:
    """Both officers' are shown, then what nobody has in a state that there is none of."""
    window.desk_page.filtering.narrow((), ("Lê Thị Kim Ngân", "Nguyễn Hữu Phước"))
    until(lambda: sorted(names(window)) == sorted([BINH, DO]), "both")
    assert chips(window) == ["2 người giữ ×"]
    dialog = ask(window)
    assert [name for name, box in dialog._holders.items() if box.isChecked()] == ["Lê Thị Kim Ngân", "Nguyễn Hữu Phước"]
    press(Qt.Key.Key_Escape)
    until(lambda: QApplication.activeModalWidget() is None, "left as it was")
    window.desk_page.filtering.narrow((6, 7), ("",))
    until(window.desk_page.list.is_empty, "nothing")
    empty = window.desk_page.list.empty
    assert (empty._words.text(), empty.button.text()) == (
        "Hàng này không có hồ sơ nào “Yêu cầu thực hiện NVTC, Công dân yêu cầu rút · chưa ai giữ”.", "Bỏ lọc",
    )
    empty.button.click()
    until(lambda: len(names(window)) == 3, "the whole queue")
    assert "Bỏ lọc" not in "".join(line.text() for line in lines(window).actions())
    QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Escape)
    settle(window)


def test_the_chip_of_a_part_takes_it_away(town: Office) -> None:
    with window_of(town, "lanhdao1") as window:
        window.desk_page.filtering.narrow((4,), ("Nguyễn Hữu Phước",))
        until(lambda: names(window) == [BINH], "one")
        window.desk_page.list._chips["holders"].click()
        until(lambda: sorted(names(window)) == sorted([BINH, DO]), "any officer's")
        assert chips(window) == ["Đang xử lý ×"]
        pick(window, "Bỏ lọc\tEsc")
        until(lambda: len(names(window)) == 3, "the whole queue")
