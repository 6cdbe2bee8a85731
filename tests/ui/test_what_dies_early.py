"""Widgets that go before what was begun with them is over: nothing stays behind, and nobody speaks to the dead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.services import lock
from tests.ui.desk_fixture import BIRTH, Office, office
from tests.ui.test_lock import CTRL, PIN, type_pin
from tests.ui.window_fixture import names, press, settle, until, window_of
from ui.opening import Opening
from ui.palette import Palette
from ui.scanner import Scanner
from ui.widgets.buttons import Button
from ui.widgets.dialog_frame import DialogFrame, Scrim
from ui.widgets.focus_ring import FocusRing


@pytest.fixture
def parent(qtbot: Any) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    return window


@pytest.mark.parametrize("end", ["accept", "reject", "close", "deleteLater"])
def test_a_dialog_takes_its_shade_and_itself_away_however_it_ends(qtbot, parent: QWidget, end: str) -> None:
    dialog = DialogFrame(parent, "Bảng phím")
    dialog.open()
    shade = parent.findChild(Scrim)
    assert shade.isVisible()
    getattr(dialog, end)()
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog) and not shiboken6.isValid(shade))


def test_a_viewer_over_a_dialog_that_is_done_leaves_no_shade_over_the_window(qtbot, parent: QWidget) -> None:
    below = DialogFrame(parent, "Thông báo công dân")
    below.open()
    above = DialogFrame(below, "Giấy báo")
    above._window = parent  # as viewers do, to be as large as the desk's window allows
    above.open()
    assert len(parent.findChildren(Scrim)) == 2
    below.accept()
    qtbot.waitUntil(lambda: not parent.findChildren(Scrim))


def test_the_ring_of_a_button_goes_with_it(qtbot, parent: QWidget) -> None:
    button, other = Button("Nhắc…"), Button("Thay…")
    column = QVBoxLayout(parent)
    column.addWidget(button)
    column.addWidget(other)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.sendEvent(button, QEvent(QEvent.Type.Move))
    button.focusInEvent(_focus_in())
    assert len(parent.findChildren(FocusRing)) == 1
    button.deleteLater()
    qtbot.waitUntil(lambda: not parent.findChildren(FocusRing))
    assert shiboken6.isValid(other)


def _focus_in() -> Any:
    from PySide6.QtGui import QFocusEvent

    return QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason)


def test_a_scan_whose_first_keys_closed_a_dialog_is_heard_all_the_same(qtbot, parent: QWidget) -> None:
    now = [100.0]
    scanner, field, heard = Scanner(lambda: now[0]), QLineEdit(parent), []
    scanner.scanned.connect(heard.append)
    field.show()
    for letter in "H32.8-261120-0007":
        now[0] += 0.01
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, letter)
        scanner._press(field, event)
    shiboken6.delete(field)
    scanner.silence()
    assert heard == ["H32.8-261120-0007"]


def test_the_opening_frame_may_go_before_it_says_that_it_was_painted(qtbot) -> None:
    frame = Opening()
    frame.show()
    frame.grab()
    shiboken6.delete(frame)
    QTest.qWait(0)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as made:
        made.file("Nguyễn Thị Hồng Nhung", BIRTH)
        lock.set_pin(made.desk(), PIN)
        yield made


def test_behind_a_lock_the_focus_may_die_and_an_open_palette_leaves_no_second_shade(town: Office) -> None:
    with window_of(town) as window:
        assert names(window) == ["Nguyễn Thị Hồng Nhung"]
        window.run("outbox")
        settle(window)
        held = QLineEdit(window.pages.currentWidget())
        held.show()
        held.setFocus()
        window.locking.lock()
        until(lambda: window.tasks.open_count() == 0, "the lock is written")
        shiboken6.delete(held)
        type_pin(window, PIN)
        until(lambda: not window.locking.locked, "unlocked")
        assert window.locking.idle.isActive()  # it locks itself again when nobody is here

        press(Qt.Key.Key_K, CTRL)
        until(lambda: isinstance(QApplication.activeModalWidget(), Palette), "the palette")
        window.locking.lock()
        until(lambda: window.tasks.open_count() == 0, "the lock is written")
        type_pin(window, PIN)
        until(lambda: isinstance(QApplication.activeModalWidget(), Palette), "the palette again")
        QApplication.activeModalWidget().reject()
        until(lambda: not window.findChildren(Scrim), "the window in full light")
