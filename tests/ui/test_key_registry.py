"""One table of keys: nothing twice, nothing that Windows or Unikey owns."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from ui.keys import DEFAULT, KEYS, ActGuard, KeyMap, forbidden
from ui.widgets.key_sheet import sheet_rows

# from the printed table of the officer's keys
PRINTED = [
    ("help", "F1"), ("keys", "?"), ("counter", "F2"), ("scan", "F3"), ("due", "F4"), ("refresh", "F5"),
    ("notify", "F6"), ("suspend", "F7"), ("tick_paid", "F8"), ("forward", "F9"), ("collect", "F12"),
    ("enlarge", "F11"), ("palette", "Ctrl+K"), ("search", "Ctrl+F"), ("filter", "/"), ("print", "Ctrl+P"),
    ("next", "Ctrl+Enter"), ("next_stay", "Ctrl+Shift+Enter"), ("undo", "Ctrl+Z"), ("tab_1", "Ctrl+1"),
    ("tab_5", "Ctrl+5"), ("queue_1", "Alt+1"), ("queue_9", "Alt+9"), ("row_down", "Alt+↓"), ("row_up", "Alt+↑"),
    ("preview", "Space"), ("copy", "Ctrl+C"), ("into_preview", "Enter"), ("back", "Esc"), ("lock", "Ctrl+L"),
    ("privacy", "Ctrl+H"),
    ("save_draft", "Ctrl+S"), ("next_pane", "Ctrl+Tab"),
]


@pytest.mark.parametrize(("command", "cap"), PRINTED)
def test_the_caps_are_those_of_the_printed_table(command: str, cap: str) -> None:
    assert DEFAULT.cap(command) == cap


def test_no_key_and_no_command_stands_twice() -> None:
    assert DEFAULT.problems() == ()
    assert len({key.sequence for key in KEYS}) == len(KEYS)
    assert len({key.command for key in KEYS}) == len(KEYS)


def test_qt_understands_every_sequence() -> None:
    for key in KEYS:
        assert QKeySequence(key.sequence).count() == 1, key


@pytest.mark.parametrize(
    "sequence",
    ["F10", "Ctrl+Shift", "Ctrl+Shift+A", "Alt+Z", "Alt+Space", "Ctrl+Space", "Meta+K", "Ctrl+Alt+K", "d", "7"],
)
def test_keys_of_windows_unikey_and_typing_are_forbidden(sequence: str) -> None:
    assert forbidden(sequence)
    assert KeyMap({"notify": sequence}).problems() == ("notify",)


def test_a_key_can_be_changed_or_switched_off() -> None:
    changed = KeyMap({"notify": "Shift+F6", "row_down": "", "suspend": "F8"})
    assert changed.cap("notify") == "Shift+F6"
    assert changed.cap("row_down") == ""
    assert "tick_paid" in changed.problems()


def test_the_sheet_shows_every_command_once() -> None:
    rows = sheet_rows(DEFAULT)
    assert ("Alt+1…9", "hàng việc thứ n") in rows
    assert ("F6", "thông báo công dân") in rows
    assert len(rows) == len(KEYS) - 14 + 2


def test_acts_do_not_repeat_but_moving_does(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    notify, down = DEFAULT.bind(window, {"notify": lambda: None, "row_down": lambda: None})
    assert not notify.autoRepeat()
    assert down.autoRepeat()
    assert notify.context() == Qt.ShortcutContext.WindowShortcut


def test_acts_sleep_while_the_eye_is_still_on_the_last_dossier() -> None:
    now = [10.0]
    guard = ActGuard(lambda: now[0])
    assert guard.may_act()
    guard.dossier_changed()
    now[0] = 10.59
    assert not guard.may_act()
    now[0] = 10.61
    assert guard.may_act()
