"""A locked window shows nothing of citizens, takes no key but the PIN's, and everything is there again afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.services import lock, outbox
from tests.ui.desk_fixture import BIRTH, Office, no_waiting_here, office
from tests.ui.test_program_life import SIZE, doors, end
from tests.ui.window_fixture import awake, dialog, names, press, settle, until, window_of
from ui.program import Program
from ui.window import Window

PIN = "482915"
NAME, PHONE = "Nguyễn Thị Hồng Nhung", "0914882662"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as made:
        made.file(NAME, BIRTH)
        yield made


def all_words() -> str:
    """Everything that any visible widget of the program says, shows in a field or tells a screen reader."""
    found = []
    for widget in QApplication.allWidgets():
        if widget.isVisible():
            said = (getattr(widget, name, None) for name in ("text", "toPlainText", "windowTitle", "accessibleName",
                                                             "accessibleDescription", "toolTip"))  # fmt: skip
            found += [str(word()) for word in said if callable(word)]
    return "\n".join(found)


def locked_by_key(window: Window) -> None:
    press(Qt.Key.Key_L, CTRL)
    assert window.locking.locked
    until(lambda: window.tasks.open_count() == 0, "the lock is written")


def type_pin(window: Window, digits: str) -> None:
    field = window.lock_screen.pin
    until(lambda: QApplication.focusWidget() is field, "the keyboard is at the PIN")
    QTest.keyClicks(field, digits)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_ctrl_l_hides_every_name_and_number_and_the_pin_brings_them_back(town):
    lock.set_pin(town.desk(), PIN)
    with window_of(town) as window:
        assert names(window) == [NAME]
        settle(window)
        assert NAME in all_words()
        table = window.desk_page.table
        locked_by_key(window)
        assert NAME not in all_words()
        assert PHONE not in all_words()
        assert not table.isVisible()
        assert window.isVisible()
        assert QApplication.focusWidget().property("takes_scan")
        type_pin(window, "111222")
        until(lambda: "Mã PIN chưa đúng. Còn 4 lần." in all_words(), "the sentence")
        assert NAME not in all_words()
        type_pin(window, PIN)
        until(lambda: not window.locking.locked, "unlocked")
        assert table.isVisible()
        assert QApplication.focusWidget() is table


def test_no_key_and_no_scanner_gets_behind_the_lock(town):
    desk = town.desk()
    with window_of(town) as window:
        awake(window)
        locked_by_key(window)
        for key, held in ((Qt.Key.Key_K, CTRL), (Qt.Key.Key_F, CTRL), (Qt.Key.Key_Return, CTRL), (Qt.Key.Key_F1, None),
                          (Qt.Key.Key_F5, None), (Qt.Key.Key_F6, None), (Qt.Key.Key_F8, None), (Qt.Key.Key_F12, None),
                          (Qt.Key.Key_Escape, None), (Qt.Key.Key_Tab, None), (Qt.Key.Key_Tab, CTRL),
                          (Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)):  # fmt: skip
            press(key, held or Qt.KeyboardModifier.NoModifier)
            shown = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
            assert shown == [window]
            focus = QApplication.focusWidget()
            assert focus is None or window.lock_screen.isAncestorOf(focus) or focus is window
        window.scanned("H32.8-261120-0001")
        QTest.qWait(0)
        assert NAME not in all_words()
        assert outbox.unfinished(desk) == ()


def test_an_open_dialog_is_hidden_with_what_was_typed_and_comes_back_with_it(town):
    lock.set_pin(town.desk(), PIN)
    with window_of(town) as window:
        names(window)
        awake(window)
        press(Qt.Key.Key_F6)
        form = dialog(window)
        until(form.isVisible, "the form")
        settle(window)
        field = next(item for item in form.findChildren(QLineEdit) if item.isVisible() and not item.isReadOnly())
        field.setText("Gõ dở")
        window.locking.lock()
        assert not form.isVisible()
        assert NAME not in all_words()
        until(lambda: window.tasks.open_count() == 0, "the lock is written")
        type_pin(window, PIN)
        until(lambda: not window.locking.locked, "unlocked")
        until(form.isVisible, "the form again")
        assert field.text() == "Gõ dở"
        assert window.desk_page.deeds.dialog() is form
        form.reject()


def test_a_desk_nobody_touches_locks_itself_and_a_touch_puts_it_off(town):
    with window_of(town) as window:
        assert window.locking.idle.interval() == 300_000
        window.locking.idle.setInterval(150)
        window.locking.idle.start()
        for _ in range(6):
            QTest.qWait(50)
            QTest.keyClick(window.windowHandle(), Qt.Key.Key_Down)
            assert not window.locking.locked
        until(lambda: window.locking.locked, "it locks itself")
        assert NAME not in all_words()


def test_without_a_pin_or_after_five_wrong_ones_only_the_browser_opens(town):
    desk = town.desk()
    with window_of(town) as window:
        locked_by_key(window)
        assert not window.lock_screen.pin.isVisible()
        assert "Bàn này chưa đặt mã PIN" in all_words()
        asked: list[bool] = []
        window.sign_in_asked.connect(lambda: asked.append(True))
        assert QApplication.focusWidget() is window.lock_screen.sign_in
        QTest.keyClick(window.lock_screen.sign_in, Qt.Key.Key_Space)
        assert asked == [True]
    lock.set_pin(desk, PIN)
    with window_of(town) as window:
        locked_by_key(window)
        for _ in range(5):
            until(lambda w=window: w.lock_screen.open_button.isEnabled(), "another try")
            type_pin(window, "111222")
            until(lambda w=window: w.tasks.open_count() == 0, "judged")
        assert not window.lock_screen.pin.isVisible()
        assert "Sai 5 lần. Đăng nhập lại qua trình duyệt để mở" in all_words()


def test_a_program_started_on_a_desk_with_a_pin_shows_nothing_before_it(town, tmp_path):
    folder = tmp_path / "profile"
    with no_waiting_here():
        first = Program(doors(town, folder), SIZE)
        first.start()
        until(lambda: first.page.button.isEnabled() and first.page.portal.count() == 1, "the page is ready")
        first.page.begin()
        until(lambda: first.window is not None and first.window.desk_page.model.rowCount() == 1, "the dossier")
        chosen = pin_dialog()
        QTest.keyClicks(chosen.pin, PIN)
        QTest.keyClicks(chosen.again, "999999")
        chosen.primary.click()
        assert "Hai lần gõ chưa giống nhau." in all_words()
        chosen.again.clear()
        QTest.keyClicks(chosen.again, PIN)
        chosen.primary.click()
        until(lambda: not any(name(top) == "PinDialog" for top in QApplication.topLevelWidgets()), "it is kept")
        settle(first.window)
        end(first)
        again = Program(doors(town, folder), SIZE)
        again.start()
        until(lambda: again.window is not None, "the window")
        assert again.window.locking.locked
        until(lambda: again.window.tasks.open_count() == 0, "read")
        assert NAME not in all_words()
        window = again.window
        window.lock_screen.sign_in.click()
        until(lambda: again.gate.isVisible() and again.page.with_pin.isVisible(), "the sign-in page")
        assert again.page.with_pin.text() == "Mất mạng? Mở khóa bằng mã PIN của Ng. T. Ấm"
        town.go_offline()
        again.page.with_pin.click()
        until(lambda: again.window is not None, "the window without the network")
        assert again.window.locking.locked
        until(lambda: again.window.tasks.open_count() == 0, "read")
        again.window.activateWindow()
        type_pin(again.window, PIN)
        until(lambda: not again.window.locking.locked, "unlocked")
        assert names(again.window) == [NAME]
        settle(again.window)
        end(again)


def name(widget: QWidget) -> str:
    return type(widget).__name__ if widget.isVisible() else ""


def pin_dialog() -> QWidget:
    def found() -> list[QWidget]:
        return [top for top in QApplication.topLevelWidgets() if name(top) == "PinDialog"]

    until(found, "the PIN is asked for")
    return found()[0]
