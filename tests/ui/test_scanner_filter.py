"""A scanner is heard from anywhere; hands and input methods are left in peace."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.scanner import Scanner


class Hands:
    """Sends key presses to a field at a chosen pace."""

    def __init__(self, field: QLineEdit, scanner: Scanner, now: list[float]) -> None:
        self.field, self.scanner, self.now = field, scanner, now
        self.heard: list[str] = []
        self.bent: list[str] = []
        scanner.scanned.connect(self.heard.append)
        scanner.garbled.connect(self.bent.append)

    def press(self, key: Qt.Key, text: str, after_s: float) -> None:
        if after_s > 0.08:
            self.now[0] += 0.08
            self.scanner.silence()
            after_s -= 0.08
        self.now[0] += after_s
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
        QApplication.sendEvent(self.field, event)

    def type(self, text: str, after_s: float) -> None:
        for letter in text:
            self.press(Qt.Key.Key_A, letter, after_s)

    def enter(self, after_s: float = 0.01) -> None:
        self.press(Qt.Key.Key_Return, "\r", after_s)


@pytest.fixture
def hands(qtbot, qapp) -> Hands:
    now = [100.0]
    scanner = Scanner(lambda: now[0])
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    scanner.listen(qapp)
    return Hands(field, scanner, now)


def test_a_fast_line_ended_by_enter_is_a_scan_and_leaves_the_field_as_it_was(hands: Hands) -> None:
    hands.field.setText("Trần")
    hands.type("H32.8-261120-0007", 0.01)
    hands.enter()
    assert hands.heard == ["H32.8-261120-0007"]
    assert hands.field.text() == "Trần"


def test_silence_ends_a_scan_too(hands: Hands) -> None:
    hands.type("1.001612", 0.02)
    hands.scanner.silence()
    assert hands.heard == ["1.001612"]
    assert hands.field.text() == ""


def test_a_card_with_a_name_in_it_is_one_line(hands: Hands) -> None:
    card = "056191004417|220123456|Nguyễn Thị Cẩm Tú|14071991|Nữ|Tổ 6, phường Nha Trang|01012021"
    hands.type(card, 0.005)
    hands.enter()
    assert hands.heard == [card]
    assert hands.bent == []


def test_shift_between_letters_does_not_break_a_scan(hands: Hands) -> None:
    for letter in "H32.8-":
        hands.press(Qt.Key.Key_Shift, "", 0.001)
        hands.type(letter, 0.01)
    hands.enter()
    assert hands.heard == ["H32.8-"]


def test_typing_by_hand_is_never_held(hands: Hands) -> None:
    for at, letter in enumerate("Nguyễn Văn"):
        hands.type(letter, 0.09 if at % 3 else 0.05)
        assert hands.field.text() == "Nguyễn Văn"[: at + 1]
    hands.enter(0.2)
    assert hands.heard == []


def test_a_short_burst_is_given_back_in_order(hands: Hands) -> None:
    hands.type("abcd", 0.01)
    hands.type("e", 0.3)
    assert hands.field.text() == "abcde"
    assert hands.heard == []


def test_enter_after_a_short_burst_comes_after_its_letters(hands: Hands) -> None:
    entered: list[str] = []
    hands.field.returnPressed.connect(lambda: entered.append(hands.field.text()))
    hands.type("0007", 0.01)
    hands.enter()
    assert entered == ["0007"]


def test_the_quick_corrections_of_unikey_pass_at_once(hands: Hands) -> None:
    hands.field.setText("nghieng")
    for _ in range(4):
        hands.press(Qt.Key.Key_Backspace, "\b", 0.001)
    hands.type("iêngwx", 0.001)
    assert hands.field.text() == "nghiêngwx"
    assert hands.heard == []


def test_a_scan_that_unikey_changed_on_the_way_is_named_so(hands: Hands) -> None:
    hands.type("H32aw", 0.01)
    hands.press(Qt.Key.Key_Backspace, "\b", 0.01)
    hands.type("ă8-2611", 0.01)
    hands.enter()
    assert hands.heard == []
    assert len(hands.bent) == 1


def test_a_field_that_asks_for_it_gets_the_line(hands: Hands) -> None:
    hands.field.setProperty("takes_scan", True)
    hands.type("BI-26T0001235", 0.005)
    assert hands.field.text() == "BI-26T0001235"
    assert hands.heard == []
