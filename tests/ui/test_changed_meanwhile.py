"""A dossier that somebody else changes while its dialog is open: said at once, shown on demand, what is typed stays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.dossier import HistoryItem
from app.domain.words import State, SubState
from app.sandbox.simulator import verbs
from app.services import processing
from tests.ui.desk_fixture import COPY, LAND
from tests.ui.window_fixture import dialog, press, settle, until, window_of
from tests.unit.moments import at
from tests.unit.sample_dossiers import DOSSIERS, OFFICERS, notice
from ui.dossier.changed import DifferencesDialog
from ui.present.changes import changed_words, differences, last_by_others

NOW = at("20/11 10:15")
RECEPTION = OFFICERS["R"]


def opened(window, dossier_id: str, command: str):
    window.open_dossier(dossier_id)
    until(lambda: (view := window.desk_page.preview.view()) is not None and view.id == dossier_id, "the dossier")
    settle(window)
    window.desk_page.do(command)
    shown = dialog(window)
    settle(window)
    return shown


def test_a_colleagues_act_is_named_and_what_differs_is_shown(town):
    dossier_id = town.file("Trần Văn Bình", LAND)
    town.suspended(dossier_id)
    back = town.desk("thuly1")
    with window_of(town) as window:
        shown = opened(window, dossier_id, "notify")
        typed = shown.state()
        town.send(back, processing.cancel_suspension(back, dossier_id, "Công dân không thuộc diện phải nộp"))
        assert not shown.changed.banner.isVisible()
        window.run("refresh")
        until(shown.changed.banner.isVisible, "the banner")
        assert shown.changed.banner.text() == (
            "Nguyễn Hữu Phước vừa đổi hồ sơ này lúc 10:12. Phần bạn đang gõ vẫn còn."
        )
        assert shown.state() == typed
        until(lambda: not shown.body_scrolls(), "room for it")
        button = shown.changed.banner.action_button()
        assert button.text() == "Xem khác nhau"
        button.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(button, Qt.Key.Key_Space)
        until(lambda: isinstance(QApplication.activeModalWidget(), DifferencesDialog), "what differs")
        press(Qt.Key.Key_Escape)
        until(lambda: QApplication.activeModalWidget() is shown, "the form again")
        assert shown.state() == typed
        shown.reject()
        settle(window)


def test_a_citizens_payment_is_told_and_the_officers_own_work_is_not(town):
    dossier_id = town.file("Trần Văn Bình", COPY)
    card = town.notified(town.desk(), dossier_id)
    with window_of(town) as window:
        shown = opened(window, dossier_id, "tick_paid")
        window.run("refresh")
        settle(window)
        assert not shown.changed.banner.isVisible()
        verbs.pay(town.url, notice=card.dossier.notices[0].id)
        window.run("refresh")
        until(shown.changed.banner.isVisible, "the banner")
        assert shown.changed.banner.text().startswith("Công dân vừa đổi hồ sơ này lúc 10:12.")
        shown.reject()
        settle(window)


SUSPENDED = replace(DOSSIERS["4"], state=State.AWAITING_OBLIGATION, sub_state=SubState.DESK_TO_NOTIFY)


@pytest.mark.parametrize(("before", "after", "found"), [
    (DOSSIERS["4"], DOSSIERS["4"], ()),
    (DOSSIERS["4"], SUSPENDED, (("Trạng thái", "Đang xử lý", "Dừng tính NVTC – cần thông báo"),)),
    (DOSSIERS["4"], replace(DOSSIERS["4"], assigned_to=None), (("Người giữ", "Nguyễn Hữu Phước", "chưa có"),)),
    (replace(DOSSIERS["4"], due_at=at("26/11 10:00")), replace(DOSSIERS["4"], due_at=at("30/11 10:00")),
     (("Hẹn trả", "10:00 T5 26/11", "10:00 T2 30/11"),)),
    (DOSSIERS["4"], replace(DOSSIERS["4"], notices=(notice("n1", 75_000),)),
     (("Còn phải nộp", "0 đ", "75.000 đ"), ("Thông báo lần 1", "chưa có", "75.000 đ · Chờ đóng"))),
])
def test_only_what_differs_is_listed_in_the_order_of_the_pane(before, after, found):
    seen = differences(before, after, RECEPTION, NOW)
    assert tuple((one.name, one.before, one.after) for one in seen) == found


@pytest.mark.parametrize(("item", "words"), [
    (HistoryItem("forwarded", at("20/11 10:13"), "Lê Thị Kim Ngân"),
     "Lê Thị Kim Ngân vừa đổi hồ sơ này lúc 10:13. Phần bạn đang gõ vẫn còn."),
    (HistoryItem("payment_recorded", at("20/11 10:13"), ""),
     "Công dân vừa đổi hồ sơ này lúc 10:13. Phần bạn đang gõ vẫn còn."),
    (HistoryItem("covered", at("19/11 16:00"), ""),
     "Cổng vừa đổi hồ sơ này lúc 16:00 hôm qua. Phần bạn đang gõ vẫn còn."),
    (HistoryItem("received", at("20/11 10:14"), RECEPTION.name), None),
])
def test_the_newest_act_of_somebody_else_names_him(item, words):
    before = DOSSIERS["4"]
    own = HistoryItem("forwarded", at("20/11 09:00"), RECEPTION.name)
    after = replace(before, history=(*before.history, own, item))
    last = last_by_others(before, after, RECEPTION)
    assert (None if last is None else "".join(changed_words(last, NOW))) == words
