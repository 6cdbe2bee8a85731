"""Fields that leave typing alone and understand what was meant."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.widgets.date_edit import DateEdit
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.text_field import ComboBox, TextField

TODAY = date(2026, 11, 20)


@pytest.fixture
def field(qtbot) -> MoneyEdit:
    made = MoneyEdit()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("typed", "amount", "left"),
    [
        ("65500", 65_500, "65.500"),
        ("65.500đ", 65_500, "65.500"),
        ("65,500", 65_500, "65.500"),
        ("1 200 000", 1_200_000, "1.200.000"),
        ("0", 0, "0"),
        ("", None, ""),
        ("sáu mươi", None, "sáu mươi"),
        ("-5", None, "-5"),
    ],
)
def test_a_sum_is_understood_and_grouped_only_as_the_focus_leaves(field, typed, amount, left) -> None:
    seen: list[int | None] = []
    field.amount_changed.connect(seen.append)
    for letter in typed:
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(field, key)
    assert field.text() == typed
    assert field.amount() == amount
    if typed:
        assert seen[-1] == amount
    field.editingFinished.emit()
    assert field.text() == left
    assert field.amount() == amount
    assert (field.problem() is None) == (amount is not None or not typed)


def test_empty_is_empty_and_not_zero(field) -> None:
    field.set_amount(None)
    assert field.text() == ""
    assert field.amount() is None


def test_arrows_step_a_thousand_and_never_below_zero(field) -> None:
    field.set_amount(500)
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == "1.500"
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.amount() == 0


def test_pasting_keeps_what_was_pasted_until_the_field_is_left(field) -> None:
    QGuiApplication.clipboard().setText("65.500đ")
    field.paste()
    assert field.text() == "65.500đ"
    assert field.amount() == 65_500


def test_composition_is_not_disturbed(field) -> None:
    field.setText("65")
    QApplication.sendEvent(field, QInputMethodEvent("đ", []))
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == "65"
    commit = QInputMethodEvent()
    commit.setCommitString("đ")
    QApplication.sendEvent(field, commit)
    assert field.text() == "65đ"


@pytest.mark.parametrize("make", [MoneyEdit, lambda: ComboBox((("a", "Một"), ("b", "Hai")))])
def test_the_wheel_changes_nothing(qtbot, make) -> None:
    widget = make()
    qtbot.addWidget(widget)
    widget.show()
    before = widget.text() if isinstance(widget, MoneyEdit) else widget.key()
    wheel = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(widget, wheel)
    assert (widget.text() if isinstance(widget, MoneyEdit) else widget.key()) == before


def test_vietnamese_is_cleaned_only_when_the_field_is_left(qtbot) -> None:
    name = TextField()
    qtbot.addWidget(name)
    decomposed = "  Tra\u0302\u0300n   Va\u0306n Bi\u0300nh "
    name.setText(decomposed)
    assert name.text() == decomposed
    name.editingFinished.emit()
    assert name.text() == "Trần Văn Bình"


@pytest.mark.parametrize(
    ("typed", "value", "left"),
    [
        ("20/11/2026", date(2026, 11, 20), "20/11/2026"),
        ("20112026", date(2026, 11, 20), "20/11/2026"),
        ("5-3", date(2026, 3, 5), "05/03/2026"),
        ("19.11.26", date(2026, 11, 19), "19/11/2026"),
        ("31/02/2026", None, "31/02/2026"),
        ("", None, ""),
    ],
)
def test_dates_are_typed_as_people_write_them(qtbot, typed, value, left) -> None:
    day = DateEdit(lambda: TODAY)
    qtbot.addWidget(day)
    QTest.keyClicks(day, typed)
    assert day.text() == typed
    assert day.value() == value
    assert day.is_wrong() == (bool(typed) and value is None)
    day.editingFinished.emit()
    assert day.text() == left
