"""Đã thu hôm nay and Người xử lý thay in a real window, by keyboard, with the line and without it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.dossier import Evidence
from app.domain.words import PaymentChannel
from app.services import covers, fee_notices, payments, processing
from app.services.desk import Desk
from app.services.processing import SuspendForm
from tests.ui.desk_fixture import BIRTH, COPY, LAND, NOW, Office, no_waiting_here
from tests.ui.window_fixture import press, settle, until, window_of
from ui.palette import Palette
from ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = NOW.date()
PAPER = Evidence(document_no="BI-26T · 0001231", document_date=TODAY)
CALL = Evidence(info="Kế toán báo đã nhận tiền lúc 10 giờ")


def tick(town: Office, name: str, procedure: str, evidence: Evidence, method: PaymentChannel, *, send: bool) -> str:
    desk = town.desk()
    notice = town.notified(desk, town.file(name, procedure)).dossier.notices[-1]
    acted = payments.tick_paid(desk, notice.id, amount=75_000, method=method, evidence=evidence)
    if send:
        town.send(desk, acted)
    return acted.dossier_id


def by_palette(window: Window, typed: str) -> Any:
    """Ctrl+K, a few letters, Enter; return the page that stands there then."""
    press(Qt.Key.Key_K, CTRL)
    until(lambda: isinstance(QApplication.activeModalWidget(), Palette), "the palette")
    QTest.keyClicks(QApplication.activeModalWidget().field, typed)
    press(Qt.Key.Key_Return)
    until(lambda: not isinstance(QApplication.activeModalWidget(), Palette), "the palette is gone")
    settle(window)
    return window.pages.currentWidget()


def tab_to(widget: QWidget) -> None:
    for _ in range(40):
        if QApplication.focusWidget() is widget:
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {widget.accessibleName()}")


def words(page: Any) -> list[str]:
    """Return what each line says, in its columns; the portal's numbers are its own."""
    return [re.sub(r"H32\.8-261120-\d{4}", "<mã>", row.line.spoken) for row in page.list.rows.values()]


TAKEN = [
    "10:12, Trần Văn Bình, <mã>, BI-26T · 0001231, Tiền mặt, 75.000 đ, Đã lên Cổng",
    "10:12, Hồ Thị Kim Liên, <mã>, chờ bổ sung chứng từ, Thẻ (POS), 75.000 đ, Chưa gửi, lưu trên máy này",
]
SUMS = [
    "Tổng cộng 150.000 đ · 2 khoản · 1 khoản chưa lên Cổng, đã lưu trên máy này",
    "Theo hình thức: Tiền mặt 75.000 đ · Thẻ (POS) 75.000 đ",
    "Theo loại khoản: Lệ phí 150.000 đ",
]


@pytest.mark.parametrize("offline", [False, True])
def test_what_was_taken_today_is_listed_summed_opened_and_printed(town, offline):
    tick(town, "Trần Văn Bình", COPY, PAPER, PaymentChannel.COUNTER_CASH, send=True)
    last = tick(town, "Hồ Thị Kim Liên", BIRTH, CALL, PaymentChannel.COUNTER_POS, send=False)
    if offline:
        town.go_offline()
    with window_of(town) as window, no_waiting_here():
        page = by_palette(window, "da thu hom nay")
        until(lambda: page.list.rows, "the day's takings")
        assert page.title.text() == "Đã thu hôm nay"
        assert words(page) == TAKEN
        assert [label.text() for label in page.sums] == SUMS
        press(Qt.Key.Key_Return, CTRL)
        until(lambda: page.viewer is not None and window.tasks.open_count() == 0, "the list on paper")
        assert page.viewer.windowTitle() == "Bảng kê tiền đã thu"
        press(Qt.Key.Key_Escape)
        until(lambda: page.viewer is None, "the viewer is gone")
        window.activateWindow()
        tab_to(page.list.rows[next(iter(page.list.rows))])
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Return)
        until(lambda: window.on_desk() and window.desk_page.preview.view() is not None, "the dossier")
        until(lambda: window.desk_page.preview.view().id == last, "Hồ Thị Kim Liên")


def test_an_earlier_day_is_chosen_by_typing_and_an_empty_one_prints_nothing(town):
    tick(town, "Trần Văn Bình", COPY, PAPER, PaymentChannel.COUNTER_CASH, send=True)
    with window_of(town) as window, no_waiting_here():
        page = by_palette(window, "da thu hom nay")
        until(lambda: page.list.rows, "the day's takings")
        assert page.after.isEnabled() is False
        tab_to(page.before)
        press(Qt.Key.Key_Space)
        until(lambda: page.title.text() == "Đã thu hôm qua", "yesterday")
        assert page.list.rows == {}
        assert page.primary.toolTip() == "Ngày này không có khoản thu nào để in."
        assert not any(label.isVisible() for label in page.sums)
        tab_to(page.day)
        page.day.selectAll()
        QTest.keyClicks(page.day, "18/11")
        until(lambda: page.title.text() == "Đã thu T4 18/11", "Wednesday")
        page.day.selectAll()
        QTest.keyClicks(page.day, "2011")
        assert page.title.text() == "Đã thu T4 18/11"
        page.day.selectAll()
        QTest.keyClicks(page.day, "201126")
        until(lambda: page.list.rows, "today again")


def test_a_tick_taken_back_is_listed_but_not_summed(town):
    desk = town.desk()
    dossier = tick(town, "Trần Văn Bình", COPY, PAPER, PaymentChannel.COUNTER_CASH, send=True)
    payment = town.card(desk, dossier).dossier.payments[0].id
    town.send(desk, payments.reverse(desk, payment, "Ghi nhầm hồ sơ"))
    with window_of(town) as window, no_waiting_here():
        page = by_palette(window, "bang ke")
        until(lambda: page.list.rows, "the day's takings")
        assert [line.rpartition("75.000 đ, ")[2] for line in words(page)] == ["Đã hủy ghi nhận, không tính vào tổng"]
        assert not any(label.isVisible() for label in page.sums)


PHUOC_BACK_EARLIER = "Nguyễn Hữu Phước, Lê Thị Kim Ngân, T6 20/11, T2 23/11, Đang nghỉ"
PHUOC_AWAY = "Nguyễn Hữu Phước, Lê Thị Kim Ngân, T6 20/11, T3 24/11, Đang nghỉ"


def add_leave(page: Any, *, until_day: str) -> None:
    """Ctrl+Enter, the officer, who stands in, the last day, Ctrl+Enter."""
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: page.dialog is not None and QApplication.activeModalWidget() is page.dialog, "the dialog")
    box = page.dialog
    until(lambda: QApplication.focusWidget() is box.officer, "the officer's field")
    for field, name in ((box.officer, "Nguyễn Hữu Phước"), (box.substitute, "Lê Thị Kim Ngân")):
        tab_to(field)
        press(Qt.Key.Key_Home)
        for _ in range(field.count()):
            if field.currentText() != name:
                press(Qt.Key.Key_Down)
        assert field.currentText() == name
    tab_to(box.to_day)
    QTest.keyClicks(box.to_day, until_day)
    press(Qt.Key.Key_Return, CTRL)


def test_the_head_sets_and_ends_a_leave_by_keyboard(town):
    with window_of(town, "lanhdao1") as window, no_waiting_here():
        page = by_palette(window, "nghi phep")
        until(lambda: page.primary.isEnabled(), "the portal answered")
        assert words(page) == []
        add_leave(page, until_day="24/11/2026")
        until(lambda: page.dialog is None and words(page) == [PHUOC_AWAY], "the leave")
        window.activateWindow()
        add_leave(page, until_day="23/11/2026")
        until(lambda: page.dialog is None and words(page) == [PHUOC_BACK_EARLIER], "the same first day changes it")
        window.activateWindow()
        settle(window)
        tab_to(page.end)
        assert page.end.text() == "Đi làm lại từ hôm nay"
        press(Qt.Key.Key_Space)
        until(lambda: words(page) == [], "nobody is away")


def test_without_the_portal_the_page_says_so_and_what_was_seen_stays(town):
    head = town.desk("lanhdao1")
    covers.set_leave(head, "thuly1", "thuly2", TODAY, TODAY + timedelta(days=4))
    with window_of(town, "lanhdao1") as window, no_waiting_here():
        page = by_palette(window, "nghi phep")
        until(lambda: words(page) == [PHUOC_AWAY], "the leave")
        town.go_offline()
        press(Qt.Key.Key_F5)
        page.refresh()
        until(page.told.isVisible, "the banner")
        assert page.told.text() == "Xem và sửa phân công cần có mạng. Thử lại khi trực tuyến."
        assert words(page) == [PHUOC_AWAY]
        assert (page.primary.isEnabled(), page.end.isEnabled()) == (False, False)
        assert page.primary.toolTip() == "Cần có mạng. Thử lại khi trực tuyến."


def resumed(town: Office, substitute: str) -> tuple[str, Desk]:
    """Let a suspended dossier be paid while its processor is away; return it and the substitute's desk."""
    head, front = town.desk("lanhdao1"), town.desk()
    covers.set_leave(head, "thuly1", substitute, TODAY, TODAY + timedelta(days=4))
    dossier = town.suspended(town.file("Lê Thị Ơn", LAND)).dossier.id
    card = town.card(front, dossier)
    form = fee_notices.NoticeForm("Nộp nghĩa vụ tài chính", tuple(
        fee_notices.line(front, card.dossier, item.kind, item.name, item.amount)
        for item in fee_notices.propose(front, card.dossier) if item.amount
    ))  # fmt: skip
    town.send(front, fee_notices.notify(front, dossier, form))
    notice = town.card(front, dossier).dossier.notices[-1]
    acted = payments.tick_paid(front, notice.id, amount=notice.total, method=PaymentChannel.TREASURY, evidence=PAPER)
    town.send(front, acted)
    return dossier, town.desk("thuly2")


def facts(window: Window, dossier: str) -> dict[str, str]:
    """Open a dossier and return its facts."""
    window.open_dossier(dossier)
    until(lambda: window.desk_page.preview.view() is not None, "a dossier")
    until(lambda: window.desk_page.preview.view().id == dossier, "the dossier")
    return {fact.name: fact.value for fact in window.desk_page.preview.view().facts}


def happened(window: Window, title: str) -> str:
    view = window.desk_page.preview.view()
    return next(entry.second for entry in view.timeline if entry.title.startswith(title))


def test_a_resumed_dossier_finds_the_substitute_and_both_names_are_shown(town):
    dossier, other = resumed(town, "thuly2")
    with window_of(town, "thuly2") as window, no_waiting_here():
        assert facts(window, dossier)["Người giữ"] == "Lê Thị Kim Ngân (thay Nguyễn Hữu Phước)"
        assert happened(window, "Chuyển người xử lý thay").endswith(
            "Nguyễn Hữu Phước vắng đến 24/11/2026, Lê Thị Kim Ngân xử lý thay"
        )
    town.send(other, processing.suspend(other, dossier, SuspendForm("Chờ xác minh thêm")))
    town.desk("lanhdao1")
    with window_of(town, "lanhdao1") as window, no_waiting_here():
        facts(window, dossier)
        assert "Lê Thị Kim Ngân (thay Nguyễn Hữu Phước)" in happened(window, "Dừng tính")


def test_without_a_substitute_it_waits_in_the_units_queue_with_the_reason(town):
    dossier, _other = resumed(town, "")
    town.desk("lanhdao1")
    with window_of(town, "lanhdao1") as window, no_waiting_here():
        assert "Người giữ" not in facts(window, dossier)
        assert happened(window, "Chuyển người xử lý thay").endswith(
            "Nguyễn Hữu Phước vắng đến 24/11/2026, chờ đơn vị phân công"
        )
        assert window.desk_page.model.view_at(window.desk_page.table.currentIndex().row()).status_line == (
            "Đang xử lý · chờ phân công"
        )
