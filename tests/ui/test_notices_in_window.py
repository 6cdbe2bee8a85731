"""Notices that nobody answers, in the whole window: the rare lists, the banner's way, from one dialog to the next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.words import LineKind, SubState
from app.services import fee_notices
from app.services.fee_notices import NoticeForm
from tests.ui.desk_fixture import NOW, no_waiting_here
from tests.ui.notice_scenes import DEAD, told, waiting_for_tax
from tests.ui.test_money_in_window import buttons, ready, view
from tests.ui.window_fixture import dialog, names, press, settle, until, window_of
from ui.dossier.obligation_dialogs import AddTaxNoticeDialog
from ui.notice.contact_dialog import ContactDialog
from ui.notice.reach_dialogs import CallDialog
from ui.notice.remind_dialog import RemindDialog

CTRL = Qt.KeyboardModifier.ControlModifier


def test_whom_nobody_reached_is_called_from_the_banner_and_leaves_the_list(town):
    told(town, "Trần Văn Bình", **DEAD)
    with window_of(town) as window, no_waiting_here():
        window.go("unreached")
        ready(window, "Trần Văn Bình")
        assert names(window) == ["Trần Văn Bình"]
        assert [item.short for item in window.desk_page.items() if item.group == "Cần để mắt"] == [
            "Không tới được", "Cần xem lại", "Chờ gửi",
        ]  # fmt: skip
        buttons(window)["Mẫu gọi…"].click()
        call = dialog(window)
        assert isinstance(call, CallDialog)
        settle(window)
        call.note.setPlainText("Ông Bình nghe máy, mai nộp")
        press(Qt.Key.Key_Return, CTRL)
        toast = window.desk_page.list.toast
        until(toast.isVisible, "the toast")
        assert toast._title.text() == "Đã ghi báo tận tay – Trần Văn Bình"
        settle(window)
        assert "phone" not in [banner.icon for banner in view(window).banners]
        assert "Không tới được" not in [item.short for item in window.desk_page.items() if item.count]


def test_a_dead_number_leads_from_the_reminder_to_its_correction(town):
    told(town, "Trần Văn Bình", **DEAD)
    with window_of(town) as window, no_waiting_here():
        ready(window, "Trần Văn Bình")
        window.desk_page.do("remind")
        form = dialog(window)
        assert isinstance(form, RemindDialog)
        until(form.problem.isVisible, "the refusal")
        until(lambda: QApplication.focusWidget() is form.correct, "the way out")
        press(Qt.Key.Key_Space)
        until(lambda: isinstance(window.desk_page.deeds.dialog(), ContactDialog), "the correction")
        settle(window)
        contact = dialog(window)
        assert isinstance(contact, ContactDialog)
        contact.phone.setText("0905123214")
        press(Qt.Key.Key_Return, CTRL)
        toast = window.desk_page.list.toast
        until(toast.isVisible, "the toast")
        assert toast._title.text() == "Đã lưu sửa liên hệ – Trần Văn Bình"
        settle(window)


def test_without_a_line_a_notice_past_its_day_is_reminded_of_from_its_list(town):
    desk = town.desk()
    dossier_id = town.file("Lê Thị Ơn")
    dossier = town.card(desk, dossier_id).dossier
    line = fee_notices.line(desk, dossier, LineKind.LE_PHI, "Lệ phí hộ tịch", 75_000)
    town.send(desk, fee_notices.notify(desk, dossier_id, NoticeForm("Nộp lệ phí", (line,), pay_by=NOW.date())))
    town.desk()
    town.clock.advance(days=1)
    town.go_offline()
    desk.engine.ask.freshest("nothing", deadline_s=0.5)
    with window_of(town) as window, no_waiting_here():
        window.go("pay_late")
        ready(window, "Lê Thị Ơn")
        buttons(window)["Nhắc…"].click()
        form = dialog(window)
        assert isinstance(form, RemindDialog)
        until(lambda: "còn phải nộp 75.000 đồng" in form.citizen.text.toPlainText(), "the words")
        press(Qt.Key.Key_Return, CTRL)
        until(lambda: view(window).card.pending == ("remind",), "queued")
        words = [banner.text for banner in view(window).banners]
        assert "Đã lưu trên máy – chưa gửi. Việc tự gửi khi có mạng." in words
        assert any("Đã nhắc 1 lần, lần cuối hôm nay" in text for text in words)
        settle(window)


def test_ctrl_enter_adds_the_tax_notice_to_a_suspension_that_waits_for_it(town):
    waiting_for_tax(town)
    with window_of(town, "thuly1", undo_s=0) as window, no_waiting_here():
        window.go("paused")
        ready(window, "Lê Thị Ơn")
        press(Qt.Key.Key_Return, CTRL)
        form = dialog(window)
        assert isinstance(form, AddTaxNoticeDialog)
        settle(window)
        until(lambda: QApplication.focusWidget() is form.tax.number, "the first field")
        form.tax.number.setText("LTB2656012/TB-CCT")
        form.tax.day.setText("20/11/2026")
        form.tax.registration.set_amount(4_250_000)
        press(Qt.Key.Key_Return, CTRL)
        until(lambda: view(window).card.dossier.sub_state is SubState.DESK_TO_NOTIFY, "the sum is known")
        assert view(window).card.pending == ("add_tax_notice",)
        settle(window)
