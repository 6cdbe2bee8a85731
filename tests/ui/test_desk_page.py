"""The daily page over a real desk: lists, search, keys, scanner, and the rules that keep rows still."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.services import reception
from tests.ui.desk_fixture import BIRTH, BUILDING, COPY, Office, no_waiting_here, office
from tests.ui.window_fixture import awake, names, press, settle, until, window_of
from ui.keys import KEYS
from ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
UNREMEMBERED = {
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"',
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"',
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"',
    "x-kde-passwordManagerHint",
}
PEOPLE = (("Nguyễn Thị Hồng Nhung", BIRTH), ("Trần Văn Bình", COPY), ("Đặng Đức Độ", BUILDING))


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as made:
        for at, (name, procedure) in enumerate(PEOPLE):
            made.file(name, procedure, phone=f"091488266{at}")
        yield made


@pytest.fixture
def window(town: Office) -> Iterator[Window]:
    with window_of(town) as shown, no_waiting_here():
        yield shown


def shown_name(window: Window) -> str:
    view = window.desk_page.preview.view()
    return view.name if view is not None else ""


def shows(window: Window, name: str) -> None:
    until(lambda: shown_name(window) == name, name)


def test_the_list_begins_with_what_is_due_first_and_shows_its_dossier(window):
    assert names(window) == [name for name, _ in PEOPLE]
    shows(window, PEOPLE[0][0])
    assert window.desk_page.list._title.text() == "Tất cả việc của quầy"
    assert window.desk_page.list._count.text() == "3"


@pytest.mark.parametrize(("typed", "found"), [
    ("dang duc", ["Đặng Đức Độ"]),
    ("TRAN van", ["Trần Văn Bình"]),
    ("261120-0001", ["Nguyễn Thị Hồng Nhung"]),
    ("khai sinh", ["Trần Văn Bình", "Nguyễn Thị Hồng Nhung"]),
    ("0914882661", ["Trần Văn Bình"]),
])
def test_search_needs_no_accents_and_looks_at_names_codes_and_procedures(window, typed, found):
    press(Qt.Key.Key_F, CTRL)
    until(lambda: window.title.search.hasFocus(), "the search field")
    QTest.keyClicks(window.title.search, typed)
    until(lambda: names(window) == found, str(found))
    press(Qt.Key.Key_Escape)
    until(lambda: len(names(window)) == 3, "the whole queue again")
    assert window.desk_page.table.hasFocus()


def test_a_new_search_opens_its_first_row_and_stays_where_the_officer_goes_from_there(window):
    nhung, binh, _ = (name for name, _ in PEOPLE)
    shows(window, nhung)
    press(Qt.Key.Key_F, CTRL)
    until(lambda: window.title.search.hasFocus(), "the search field")
    QTest.keyClicks(window.title.search, "khai sinh")
    until(lambda: names(window) == [binh, nhung], "what was sought")
    shows(window, binh)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down)
    shows(window, nhung)
    window.desk_page._read()  # the same list, read anew
    settle(window)
    assert shown_name(window) == nhung
    press(Qt.Key.Key_Escape)
    until(lambda: len(names(window)) == 3, "the whole queue again")
    settle(window)
    assert shown_name(window) == nhung


def test_an_empty_list_says_truly_why_once_everything_is_counted(town):
    with window_of(town, "quantri") as window, no_waiting_here():
        words = window.desk_page.list.empty._words
        until(lambda: words.text() == "Tài khoản này không có hàng việc. Tìm hồ sơ bằng Ctrl+F.", "the administrator")


def test_a_search_without_hits_says_what_else_may_be_typed(window):
    window.title.search.setText("không có ai")
    until(window.desk_page.list.is_empty, "the empty state")
    assert "Không có hồ sơ nào khớp “không có ai”" in window.desk_page.list.empty._words.text()
    until(lambda: window.desk_page.preview.view() is None, "no dossier")


def test_an_empty_queue_says_so_and_leads_to_the_next_one_with_work(window):
    window.go("to_return")
    until(window.desk_page.list.is_empty, "the empty state")
    assert window.desk_page.list.empty._words.text() == "Không có kết quả nào chờ trả."
    assert window.desk_page.list.empty.button.text() == "Sang “Mới nộp” (3)"
    window.desk_page.list.empty.button.click()
    until(lambda: len(names(window)) == 3, "the queue with work")
    assert window.side.queues.current_key() == "new"


def test_filter_chips_carry_counts_and_narrow_the_list(window):
    assert window.desk_page.list._counts == (("not_asked", "Chưa báo phí", 3),)
    window.desk_page.filtering.choose("owing")
    until(window.desk_page.list.is_empty, "nothing owing")
    assert window.desk_page.list.empty._words.text() == "Hàng này không có hồ sơ nào “Chờ đóng”."


def test_alt_and_arrows_walk_dossiers_alt_and_digits_queues_ctrl_and_digits_tabs(window):
    press(Qt.Key.Key_Down, ALT)
    shows(window, "Trần Văn Bình")
    press(Qt.Key.Key_Up, ALT)
    shows(window, "Nguyễn Thị Hồng Nhung")
    press(Qt.Key.Key_4, CTRL)
    assert window.desk_page.preview.tabs.currentIndex() == 3
    press(Qt.Key.Key_2, ALT)
    until(lambda: window.side.queues.current_key() == "new", "the second queue")


def test_acts_sleep_until_the_officer_has_seen_whose_dossier_it_is(town):
    now = [100.0]
    desk = town.desk()
    desk.undo_s = 8.0
    from ui.window import Engine

    window = Window(desk, Engine(lambda: None, lambda: None), monotonic_s=lambda: now[0])
    window.show()
    window.activateWindow()
    settle(window)
    press(Qt.Key.Key_Return, CTRL)
    settle(window)
    assert window.desk_page.preview.view().card.pending == ()
    now[0] += 0.61
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: window.desk_page.list.undo_bar.isVisible(), "the undo bar")
    assert window.desk_page.list.undo_bar._title.text() == "Đã lưu tiếp nhận – Nguyễn Thị Hồng Nhung"
    settle(window)
    close(window)


def close(window: Window) -> None:
    window.news.close()
    window.tasks.close()
    window.closing.over = True
    window.close()


def test_a_grey_action_pressed_by_key_says_why(window):
    shows(window, "Nguyễn Thị Hồng Nhung")
    awake(window)
    press(Qt.Key.Key_F8)
    toast = window.desk_page.list.toast
    until(toast.isVisible, "the reason")
    assert toast._title.text() == "Hồ sơ này không có thông báo nào đang chờ thanh toán."


def test_copying_twice_takes_the_name_as_well_and_asks_histories_to_forget_it(window):
    shows(window, "Nguyễn Thị Hồng Nhung")
    press(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "H32.8-261120-0001"
    assert QGuiApplication.clipboard().mimeData().formats() == ["text/plain"]
    press(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "H32.8-261120-0001 Nguyễn Thị Hồng Nhung"
    assert set(QGuiApplication.clipboard().mimeData().formats()) >= UNREMEMBERED


def test_space_hides_the_dossier_and_enter_goes_into_it_and_esc_back(window):
    shows(window, "Nguyễn Thị Hồng Nhung")
    press(Qt.Key.Key_Space)
    assert not window.desk_page.preview.isVisible()
    press(Qt.Key.Key_Space)
    assert window.desk_page.preview.isVisible()
    press(Qt.Key.Key_Return)
    assert window.desk_page.preview.isAncestorOf(window.focusWidget())
    press(Qt.Key.Key_Escape)
    assert window.desk_page.table.hasFocus()


def test_a_scanned_code_opens_its_dossier_from_anywhere(window):
    window.go("outbox")
    window.scanned("H32.8-261120-0003")
    shows(window, "Đặng Đức Độ")
    assert window.on_desk()


def test_a_scanned_code_that_is_not_here_is_named(window):
    window.scanned("H32.8-261120-0099")
    toast = window.desk_page.list.toast
    until(toast.isVisible, "the sentence")
    assert "H32.8-261120-0099" in toast._title.text()


def test_a_scan_bent_by_an_input_method_is_explained(window):
    window.garbled("H32ă8")
    assert window.news.trouble.text().startswith("Máy quét bị bộ gõ tiếng Việt đổi chữ.")


def test_new_dossiers_wait_behind_a_strip_and_nothing_moves(town, window):
    shows(window, "Nguyễn Thị Hồng Nhung")
    town.file("Võ Thành Long", COPY)
    window.run("refresh")
    strip = window.desk_page.list._places.widget(0).strip
    until(strip.isVisible, "the strip")
    assert strip.text() == "1 hồ sơ mới – hiện"
    assert len(names(window)) == 3
    strip.click()
    until(lambda: "Võ Thành Long" in names(window), "the new row")
    assert shown_name(window) == "Nguyễn Thị Hồng Nhung"


def test_the_row_an_officer_looks_at_stays_when_its_dossier_leaves_the_queue(window):
    window.go("new")
    settle(window)
    shows(window, "Nguyễn Thị Hồng Nhung")
    desk = window.desk
    dossier = window.desk_page.preview.view().id
    window.tasks.command(lambda: reception.receive(desk, dossier))
    until(lambda: window.desk_page.preview.view().card.pending, "the act shows")
    settle(window)
    assert names(window)[0] == "Nguyễn Thị Hồng Nhung"
    press(Qt.Key.Key_Down, ALT)
    until(lambda: names(window) == ["Trần Văn Bình", "Đặng Đức Độ"], "it leaves when it is left")


def test_f4_explains_the_due_date(window):
    shows(window, "Nguyễn Thị Hồng Nhung")
    press(Qt.Key.Key_F4)
    until(lambda: window.desk_page.deeds.dialog() is not None, "the ledger")
    window.desk_page.deeds.dialog().reject()


def test_the_palette_finds_deeds_without_accents_and_says_why_not(window):
    shows(window, "Nguyễn Thị Hồng Nhung")
    press(Qt.Key.Key_K, CTRL)
    until(lambda: QApplication.activeModalWidget() is not None, "the palette")
    palette = QApplication.activeModalWidget()
    palette.field.setText("thong bao")
    lines = {line.label: line for line in palette.lines()}
    assert lines["Thông báo công dân"].enabled
    assert not lines["Hủy thông báo…"].enabled
    assert lines["Hủy thông báo…"].detail == "Hồ sơ này không có thông báo nào đang chờ thanh toán."
    palette.field.setText("cho thanh toan")
    QTest.keyClick(palette, Qt.Key.Key_Return)
    until(lambda: window.side.queues.current_key() == "awaiting_payment", "the queue")


def test_the_key_sheet_shows_every_key_of_the_table_because_each_one_works(window):
    shown = {key.command for key in window._keyboard.in_use.all()}
    in_reason_fields_alone = {"phrases"}
    assert shown == {key.command for key in KEYS} - in_reason_fields_alone


def test_f5_and_the_minute_keep_running_without_a_portal(town, window):
    town.go_offline()
    press(Qt.Key.Key_F5)
    until(window.news.link.isVisible, "the banner")
    assert window.news.link.action_button().key() == "F5"
    window.news.tick()
    settle(window)


@pytest.mark.parametrize(("size", "side", "preview", "palette"), [
    ((1366, 698), 222, 394, True), ((1093, 544), 56, 352, False), ((1920, 1010), 240, 520, True),
])
def test_panes_collapse_in_the_order_of_the_specification(window, size, side, preview, palette):
    window.resize(*size)
    settle(window)
    assert window.side.width() == side
    assert window.desk_page.preview.width() == preview
    assert window.title.palette_button.isVisible() == palette
    assert window.width() == size[0]


def test_below_a_thousand_the_dossier_is_called_up_with_space(window):
    window.resize(980, 544)
    settle(window)
    assert not window.desk_page.preview.isVisible()
    press(Qt.Key.Key_Space)
    assert window.desk_page.preview.isVisible()


@pytest.mark.parametrize("size", [(1366, 698), (1093, 544), (960, 520)])
def test_nothing_is_wider_or_higher_than_the_window(window, size):
    window.resize(*size)
    settle(window)
    assert (window.width(), window.height()) == size
    outside = [
        type(child).__name__ for child in window.findChildren(QWidget)
        if child.isVisible() and child.parentWidget() is window and not window.rect().contains(child.geometry())
    ]
    assert not outside


def test_everything_that_can_be_pressed_has_a_name(window):
    from PySide6.QtWidgets import QAbstractButton

    silent = [
        child.objectName() or type(child).__name__ for child in window.findChildren(QAbstractButton)
        if child.isVisible() and not (child.accessibleName() or child.text())
    ]
    assert not silent
