"""Lịch làm việc in real windows by keyboard: seen before it is in force, refused when wrong, kept when offline."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.clock import VN
from app.services import reception
from tests.ui.desk_fixture import no_waiting_here
from tests.ui.test_office_pages import by_palette, tab_to
from tests.ui.window_fixture import press, settle, until, window_of

CTRL = Qt.KeyboardModifier.ControlModifier
THREE_DAYS = "1.004859"
CULTURE = "T3 24/11, Ngày Văn hóa Việt Nam, Nghỉ"


def asked(page: Any) -> Any:
    """Return the page's dialog once it has the keyboard."""
    until(lambda: page.dialog is not None and QApplication.activeModalWidget() is page.dialog, "the dialog")
    until(lambda: page.dialog.isAncestorOf(QApplication.focusWidget()), "its first field")
    return page.dialog


def add_day_off(page: Any, day: str, name: str) -> None:
    tab_to(page.add)
    press(Qt.Key.Key_Space)
    box = asked(page)
    QTest.keyClicks(box.day, day)
    tab_to(box.name)
    QTest.keyClicks(box.name, name)
    press(Qt.Key.Key_Return, CTRL)


def lines(page: Any) -> list[str]:
    return [row.line.spoken for row in page.list.rows.values()]


def test_a_day_off_is_seen_before_it_is_in_force_and_every_history_says_who_moved_what(town):
    desk = town.desk()
    dossier = town.file("Đinh Công Thành", THREE_DAYS)
    town.card(desk, dossier)
    town.send(desk, reception.receive(desk, dossier))
    was = town.card(desk, dossier).dossier
    assert was.due_at == datetime(2026, 11, 26, 10, 12, tzinfo=VN)
    with window_of(town, "quantri") as window, no_waiting_here():
        page = by_palette(window, "lich lam viec")
        until(lambda: CULTURE in lines(page), "the year")
        assert page.count.text() == "15 ngày nghỉ · giờ làm việc 07:00–11:30, 13:30–17:00"
        assert [page.years.tabText(at) for at in range(4)] == ["2024", "2025", "2026", "2027 (tạm tính)"]

        add_day_off(page, "24/11/2026", "Trung ngay")
        until(lambda: page.dialog.problem.isVisible(), "why not")
        assert page.dialog.problem.text() == (
            "Ngày 24/11/2026 ghi hai lần trong lịch làm việc. Giữ một dòng; vẫn dùng lịch đang có."
        )
        press(Qt.Key.Key_Escape)
        until(lambda: page.dialog is None, "given up")
        window.activateWindow()
        assert (page.told.isVisible(), page.primary.isEnabled()) == (False, False)

        add_day_off(page, "25/11/2026", "Nghi theo cong dien")
        until(lambda: page.dialog is None, "added")
        window.activateWindow()
        assert page.told.text() == "Chưa áp dụng: thêm ngày nghỉ 25/11/2026 (Nghi theo cong dien)."
        assert "T4 25/11, Nghi theo cong dien, Chưa áp dụng" in lines(page)

        town.go_offline()
        press(Qt.Key.Key_Return, CTRL)
        box = asked(page)
        until(lambda: "cần có mạng" in box.told.text(), "nothing without the portal")
        assert box.primary.isEnabled() is False
        press(Qt.Key.Key_Escape)
        until(lambda: page.dialog is None, "put off")
        window.activateWindow()
        page.refresh()
        until(lambda: "còn nguyên trên máy này" in page.told.text(), "kept")
        assert "T4 25/11, Nghi theo cong dien, Chưa áp dụng" in lines(page)


def test_it_is_put_in_force_by_keyboard_and_the_others_only_look(town):
    desk = town.desk()
    dossier = town.file("Đinh Công Thành", THREE_DAYS)
    town.card(desk, dossier)
    town.send(desk, reception.receive(desk, dossier))
    code = town.card(desk, dossier).dossier.receipt_code
    with window_of(town, "quantri") as window, no_waiting_here():
        page = by_palette(window, "lich lam viec")
        until(lambda: CULTURE in lines(page), "the year")
        add_day_off(page, "25/11/2026", "Nghi theo cong dien")
        until(lambda: page.dialog is None, "added")
        window.activateWindow()
        press(Qt.Key.Key_Return, CTRL)
        box = asked(page)
        until(lambda: box.primary.isEnabled(), "what would move")
        assert box.told.text().startswith("1 hồ sơ đang mở sẽ đổi ngày hẹn. ")
        assert box.moved.text() == f"{code}: 10:12 thứ Năm 26/11 → 10:12 thứ Sáu 27/11"
        press(Qt.Key.Key_Return, CTRL)
        until(lambda: page.dialog is None, "in force")
        window.activateWindow()
        until(lambda: any("Bản 2026.5 · Đặng Quốc Bảo" in line for line in lines(page)), "who and when")
        done = "Đã áp dụng bản 2026.5. 1 hồ sơ đổi ngày hẹn, ghi vào tiến trình của từng hồ sơ."
        assert (page.told.text(), page.primary.isEnabled()) == (done, False)
        while page.list.current().key != "day 2026-11-25":
            tab_to(page.list.rows[page.list.current().key])
            press(Qt.Key.Key_Down)
        tab_to(page.remove)
        press(Qt.Key.Key_Space)
        assert page.told.text() == "Chưa áp dụng: bỏ ngày nghỉ 25/11/2026 (Nghi theo cong dien)."
    moved = town.card(desk, dossier).dossier
    assert moved.due_at == datetime(2026, 11, 27, 10, 12, tzinfo=VN)
    assert (moved.history[-1].by, moved.history[-1].note) == (
        "Đặng Quốc Bảo", "10:12 thứ Năm 26/11/2026 → 10:12 thứ Sáu 27/11/2026: lịch làm việc 2026.5",
    )  # fmt: skip
    with window_of(town) as window, no_waiting_here():
        page = by_palette(window, "lich lam viec")
        until(lambda: any("Nghi theo cong dien, Nghỉ" in line for line in lines(page)), "the other desk has it")
        settle(window)
        assert page.told.text() == "Chỉ quản trị viên được sửa lịch làm việc."
        buttons = (page.remove, page.hours, page.swap, page.add, page.primary)
        assert {(b.isEnabled(), b.toolTip()) for b in buttons} == {(False, "Chỉ quản trị viên được sửa lịch làm việc.")}
