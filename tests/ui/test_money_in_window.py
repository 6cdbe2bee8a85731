"""Money at the counter in the whole window: keys, undo bar, a payment's own button, paid in part, the gate offline."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.words import FeeStatus, State
from tests.ui.desk_fixture import BIRTH, COPY, no_waiting_here
from tests.ui.window_fixture import awake, dialog, press, settle, until, window_of
from ui.dossier.tabs import FEES
from ui.payment.collect_dialog import CollectDialog, CollectReceiveDialog
from ui.payment.reverse_dialog import ReverseDialog
from ui.payment.tick_dialog import TickDialog
from ui.present.dossier import DossierView
from ui.widgets.buttons import Button
from ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
NOT_ONLINE = "1.000894"


def view(window: Window) -> DossierView:
    found = window.desk_page.preview.view()
    assert found is not None
    return found


def ready(window: Window, name: str) -> None:
    until(lambda: window.desk_page.preview.view() is not None and view(window).name == name, name)
    settle(window)
    awake(window)


def buttons(window: Window) -> dict[str, Button]:
    """The buttons of the pane by their words."""
    found = window.desk_page.preview.findChildren(Button)
    return {button.text(): button for button in found if button.isVisible()}


def test_f12_collects_where_f6_cannot_notify(town):
    town.file("Trần Văn Bình", NOT_ONLINE)
    with window_of(town) as window, no_waiting_here():
        ready(window, "Trần Văn Bình")
        assert not view(window).card.dossier.procedure.pays_online
        press(Qt.Key.Key_F6)
        toast = window.desk_page.list.toast
        until(toast.isVisible, "the toast")
        assert toast._title.text() == "Thủ tục này chưa cho thanh toán trực tuyến. Dùng Thu tại quầy (F12)."
        press(Qt.Key.Key_F12)
        form = dialog(window)
        assert isinstance(form, CollectDialog)
        form.reject()
        settle(window)


def test_undoing_a_collection_with_reception_keeps_the_money(town):
    town.file("Trần Văn Bình", COPY)
    with window_of(town) as window, no_waiting_here():
        ready(window, "Trần Văn Bình")
        window.desk_page.do("collect_receive")
        form = dialog(window)
        assert isinstance(form, CollectReceiveDialog)
        until(lambda: bool(form.lines.rows), "the fee table")
        form.money.proof.number.setText("BL 3")
        press(Qt.Key.Key_Return, CTRL)
        bar = window.desk_page.list.undo_bar
        until(bar.isVisible, "the undo bar")
        assert bar._title.text().startswith("Đã thu 8.000 đ và lưu tiếp nhận – Trần Văn Bình")
        settle(window)
        window.desk_page.undoing.undo()
        toast = window.desk_page.list.toast
        until(toast.isVisible, "the toast")
        assert toast._title.text() == "Đã hoàn tác tiếp nhận. Khoản thu giữ nguyên."
        until(lambda: view(window).card.dossier.state is State.SUBMITTED, "not received")
        settle(window)
        assert view(window).card.dossier.fee_status is FeeStatus.PAID
        assert [chip.text for chip in view(window).chips][1] == "Đã đóng – chưa gửi"


def test_each_payment_has_its_own_way_back(town):
    desk = town.desk()
    card = town.ticked(desk, town.notified(desk, town.file("Phạm Quốc Khánh")))
    with window_of(town) as window, no_waiting_here():
        ready(window, "Phạm Quốc Khánh")
        window.desk_page.preview.set_tab(FEES)
        buttons(window)["Ghi nhầm…"].click()
        form = dialog(window)
        assert isinstance(form, ReverseDialog)
        assert form.choice.key() == card.dossier.payments[0].id
        form.reject()
        settle(window)


def test_paid_in_part_the_rest_is_reminded_collected_or_given_back(town):
    desk = town.desk()
    card = town.ticked(desk, town.notified(desk, town.file("Phạm Quốc Khánh"), 65_500), 60_000)
    notice = card.dossier.notices[0].id
    with window_of(town) as window, no_waiting_here():
        ready(window, "Phạm Quốc Khánh")
        banner = view(window).banners[0]
        assert banner.text == "Công dân chuyển 60.000 đ, thông báo là 65.500 đ. Còn thiếu 5.500 đ."
        assert banner.action == ("Báo đóng thêm", "remind", notice)
        offered = {action.id: action.label for action in (*view(window).actions.secondary, *view(window).actions.more)}
        assert (offered["tick_paid"], offered["cancel_notice"]) == ("Thu nốt tại quầy", "Hoàn phần đã nộp…")
        buttons(window)["Báo đóng thêm"].click()
        form = dialog(window)
        assert form.primary.text() == "Nhắc nộp 5.500 đ"
        form.reject()
        settle(window)
        buttons(window)["Thu nốt tại quầy"].click()
        tick = dialog(window)
        assert isinstance(tick, TickDialog)
        until(lambda: tick.primary.text() == "Ghi đã đóng 5.500 đ", "the rest")
        tick.reject()
        settle(window)


def test_offline_a_reception_with_an_open_notice_waits_for_the_portals_word(town, expected_logs):
    desk = town.desk()
    town.notified(desk, town.file("Phạm Quốc Khánh", BIRTH))
    with window_of(town) as window:
        town.go_offline()
        with no_waiting_here():
            ready(window, "Phạm Quốc Khánh")
            assert "ask_receive" in {action.id for action in view(window).actions.more}
            window.desk_page.do("ask_receive")
            bar = window.desk_page.list.undo_bar
            until(bar.isVisible, "the undo bar")
            assert bar._title.text() == "Đã xếp hàng tiếp nhận – Phạm Quốc Khánh"
            settle(window)
            until(lambda: view(window).card.pending == ("receive",), "queued")
            assert view(window).card.dossier.state is State.SUBMITTED
            assert [chip.text for chip in view(window).chips][-1] == "Chờ Cổng xác nhận đã nộp"
            assert view(window).banners[0].text.startswith("Đã xếp hàng – chờ Cổng xác nhận đã nộp. ")
            assert view(window).reason("ask_receive").startswith("Đã lưu trên máy, chờ Cổng xác nhận đã nộp.")
            assert QApplication.activeModalWidget() is None
