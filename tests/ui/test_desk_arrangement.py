"""What an officer arranges: the order of lists, widths of panes, tabs, the large table; and what stays of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.services import preferences, privacy
from tests.ui.desk_fixture import BIRTH, BUILDING, COPY, Office, no_waiting_here, office
from tests.ui.window_fixture import names, press, settle, until, window_of
from ui.widgets.pane_grip import PaneGrip
from ui.window import Window

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NHUNG, BINH, DO = "Nguyễn Thị Hồng Nhung", "Trần Văn Bình", "Đặng Đức Độ"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as made:
        for name, procedure in ((NHUNG, BIRTH), (BINH, COPY), (DO, BUILDING)):
            made.file(name, procedure)
        yield made


@pytest.fixture
def window(town: Office) -> Iterator[Window]:
    with window_of(town) as shown, no_waiting_here():
        yield shown


def title(window: Window, column: int) -> str:
    return str(window.desk_page.model.headerData(column, Qt.Orientation.Horizontal))


def menu() -> QMenu:
    until(lambda: isinstance(QApplication.activePopupWidget(), QMenu), "the menu")
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def ask_for_orders(window: Window) -> QMenu:
    """The menu key, as Qt tells the focused widget."""
    table = window.desk_page.table
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), table.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(table, event)
    return menu()


def test_the_menu_key_orders_a_queue_by_code_and_turns_it_round(window):
    until(lambda: title(window, 3) == "Hẹn trả ▲", "the order it begins with")
    shown = ask_for_orders(window)
    assert [line.text() for line in shown.actions() if line.text()] == [
        "Hẹn trả", "Tên chủ hồ sơ", "Mã hồ sơ", "Tên thủ tục", "Số tiền phí, lệ phí", "Đảo thứ tự",
    ]
    for _ in range(2):
        QTest.keyClick(shown, Qt.Key.Key_Down)
    QTest.keyClick(shown, Qt.Key.Key_Down)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    until(lambda: title(window, 0) == "Chủ hồ sơ · mã ▲", "by code")
    assert (names(window), title(window, 3)) == ([NHUNG, BINH, DO], "Hẹn trả")
    shown = ask_for_orders(window)
    QTest.keyClick(shown, Qt.Key.Key_Up)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    until(lambda: names(window) == [DO, BINH, NHUNG], "the last code first")
    assert title(window, 0) == "Chủ hồ sơ · mã ▼"


def test_a_header_orders_by_its_column_and_each_queue_keeps_its_own_order(window):
    header = window.desk_page.table.horizontalHeader()
    header.sectionClicked.emit(0)
    until(lambda: names(window) == [DO, NHUNG, BINH], "by name, without accents")
    header.sectionClicked.emit(0)
    until(lambda: names(window) == [BINH, NHUNG, DO], "the other way round")
    press(Qt.Key.Key_2, ALT)
    until(lambda: title(window, 3) == "Hẹn trả ▲", "the next queue has its own")
    press(Qt.Key.Key_1, ALT)
    until(lambda: title(window, 0) == "Chủ hồ sơ ▼ · mã", "and the first its own again")
    assert names(window) == [BINH, NHUNG, DO]


def test_what_was_found_carries_no_arrow(window):
    window.title.search.setText("nguyen")
    until(lambda: names(window) == [NHUNG] and title(window, 3) == "Hẹn trả", "found")


def test_each_queue_remembers_its_tab_over_the_end_of_the_program(town):
    with window_of(town) as window:
        press(Qt.Key.Key_3, CTRL)
        press(Qt.Key.Key_2, ALT)
        until(lambda: window.desk_page.preview.tabs.currentIndex() == 0, "another queue, its own tab")
        press(Qt.Key.Key_1, ALT)
        assert window.desk_page.preview.tabs.currentIndex() == 2
        settle(window)
    assert preferences.load(town.desk()).values == (("tab/all", 2),)
    with window_of(town) as window:
        assert window.desk_page.preview.tabs.currentIndex() == 2


def drag(grip: PaneGrip, by: int) -> None:
    at = grip.mapToGlobal(QPoint(2, 50))
    for kind, x in ((QMouseEvent.Type.MouseButtonPress, 0), (QMouseEvent.Type.MouseMove, by),
                    (QMouseEvent.Type.MouseButtonRelease, by)):  # fmt: skip
        place = QPointF(at + QPoint(x, 0))
        left = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, QPointF(2, 50), place, left, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(grip, event)


def test_panes_are_dragged_within_limits_and_keep_their_width_per_screen(town):
    with window_of(town) as window:
        preview, side = window.desk_page.preview, window.side
        drag(preview.findChild(PaneGrip), -40)
        drag(side.findChild(PaneGrip), 500)
        assert (preview.width(), side.width()) == (434, 320)
        screen = window.screen().size()
        settle(window)
    size = f"{screen.width()}x{screen.height()}"
    assert dict(preferences.load(town.desk()).values) == {f"preview/{size}": 434, f"side/{size}": 320}
    with window_of(town) as window:
        until(lambda: (window.desk_page.preview.width(), window.side.width()) == (434, 320), "as it was left")
        drag(window.desk_page.preview.findChild(PaneGrip), 4000)
        assert window.desk_page.preview.width() == 320, "never too narrow to read"
        window.desk_page.preview.findChild(PaneGrip).reset.emit()
        assert window.desk_page.preview.width() == 394, "a double click gives the first width back"


def test_f11_gives_the_table_the_whole_window_and_esc_gives_it_back(window):
    table = window.desk_page.table
    press(Qt.Key.Key_F11)
    assert (window.side.isVisible(), window.desk_page.preview.isVisible()) == (False, False)
    until(lambda: table.width() == window.width(), "the whole width")
    assert table.hasFocus()
    press(Qt.Key.Key_Escape)
    assert (window.side.isVisible(), window.desk_page.preview.isVisible()) == (True, True)
    press(Qt.Key.Key_F11)
    press(Qt.Key.Key_F11)
    assert window.side.isVisible()


def test_space_hides_the_dossier_and_a_resize_does_not_bring_it_back(window):
    press(Qt.Key.Key_Space)
    assert not window.desk_page.preview.isVisible()
    window.resize(1300, 698)
    assert not window.desk_page.preview.isVisible()
    press(Qt.Key.Key_Space)
    assert window.desk_page.preview.isVisible()


def test_the_slash_filters_within_the_queue_by_keyboard_alone(window):
    until(lambda: window.desk_page.list._counts == (("not_asked", "Chưa báo phí", 3),), "the chips")
    QTest.keyClick(window.desk_page.table, "/")
    shown = menu()
    QTest.keyClick(shown, Qt.Key.Key_Down)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    until(lambda: window.desk_page._query.filter == "not_asked" and len(names(window)) == 3, "filtered")


def test_new_dossiers_wait_behind_a_strip_that_the_keyboard_reaches(window, town):
    town.file("Y Thiên Niê", COPY)
    press(Qt.Key.Key_F5)
    strip = window.desk_page.list._places.widget(0).strip
    until(strip.isVisible, "the strip")
    assert (strip.text(), len(names(window))) == ("1 hồ sơ mới – hiện", 3)
    strip.setFocus(Qt.FocusReason.BacktabFocusReason)
    QTest.keyClick(strip, Qt.Key.Key_Space)
    until(lambda: len(names(window)) == 4, "shown")


def test_a_look_at_a_masked_number_is_written_down(window):
    until(lambda: window.desk_page.preview.view() is not None, "a dossier")
    shown, desk, seen = window.desk_page.preview.view(), window.desk, []
    window.desk_page.preview.reveal("phone")
    settle(window)
    window.tasks.query(lambda: privacy.looks(desk, shown.id), seen.extend)
    until(lambda: seen, "the log")
    assert [(look.officer_id, look.field) for look in seen] == [(desk.officer.id, "phone")]
