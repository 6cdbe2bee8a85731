"""Cài đặt của đơn vị in a real window by keyboard: the administrator sets, everybody reads, and what it then says."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.unit_settings import UnitSettings
from app.sandbox.faults import Fault
from app.services import fee_notices, unit_settings
from app.services.fee_notices import NoticeForm
from tests.ui.desk_fixture import BIRTH, BUILDING, COPY, no_waiting_here
from tests.ui.dialog_story import story
from tests.ui.window_fixture import press, settle, until, window_of
from ui.notice.remind_dialog import RemindDialog
from ui.office.settings_dialog import SettingsDialog
from ui.palette import Palette
from ui.present.notices import notice_views
from ui.tasks import Tasks
from ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
CUT = [Fault("/v1/*", "drop_before", times=10**9)]
FIRM = {"name": "Công ty TNHH Biển Xanh", "kind": "organisation", "email": "vanthu@bienxanh.example"}


def opened(window: Window) -> Any:
    """Ctrl+K, a few letters, Enter; return the dialog once the portal has answered, or was not reached."""
    press(Qt.Key.Key_K, CTRL)
    until(lambda: isinstance(QApplication.activeModalWidget(), Palette), "the palette")
    QTest.keyClicks(QApplication.activeModalWidget().field, "cai dat cua don vi")
    press(Qt.Key.Key_Return)
    until(lambda: isinstance(QApplication.activeModalWidget(), SettingsDialog), "the dialog")
    dialog: Any = QApplication.activeModalWidget()
    until(lambda: window.tasks.open_count() == 0, "an answer")
    settle(window)
    return dialog


def tab_to(widget: QWidget) -> None:
    for _ in range(10):
        if QApplication.focusWidget() is widget:
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {widget.accessibleName()}")


def over(field: Any, text: str) -> None:
    """Write over what stands in a field, then Ctrl+Enter."""
    tab_to(field)
    field.selectAll()
    QTest.keyClicks(field, text)
    press(Qt.Key.Key_Return, CTRL)


BAD_SUMS = {
    "-5000": "Số tiền không thể nhỏ hơn 0 đồng.",
    "hai tram": "Số tiền “hai tram” không đọc được. Nhập số đồng nguyên, ví dụ 65.500.",
    "9" * 20: "Số tiền lớn nhất ghi được là 999.999.999.999 đ.",
}


def test_the_administrator_sets_without_a_line_nothing_typed_is_lost_and_others_read(town):
    with window_of(town, "quantri") as window, no_waiting_here():
        dialog = opened(window)
        until(lambda: QApplication.focusWidget() is dialog.limit, "the sum")
        assert (dialog.limit.text(), dialog.copy.isChecked()) == ("", False)
        for typed, said in BAD_SUMS.items():
            over(dialog.limit, typed)
            assert dialog._limit_row._error.text() == said
        dialog.limit.clear()
        over(dialog.warned, "9.999999")
        until(lambda: dialog._warned_row._error.text(), "an answer")
        assert dialog._warned_row._error.text() == (
            "Không có thủ tục “9.999999” trên máy này. Kiểm tra mã, hoặc đồng bộ rồi thử lại."
        )
        dialog.warned.setText(f"{BIRTH}, {COPY}")
        town.server.faults.replace(CUT)
        tab_to(dialog.copy)
        press(Qt.Key.Key_Space)
        over(dialog.limit, "2000000")
        until(lambda: dialog.told.isVisible(), "an answer")
        assert dialog.told.text() == (
            "Chưa lưu: cài đặt cần có mạng. Những gì vừa nhập còn nguyên, lưu lại khi trực tuyến."
        )
        assert (dialog.limit.amount(), dialog.copy.isChecked()) == (2_000_000, True)
        town.server.faults.replace([])
        tab_to(dialog.signer_title)
        QTest.keyClicks(dialog.signer_title, "Chu tich  UBND phuong")
        tab_to(dialog.signer_name)
        QTest.keyClicks(dialog.signer_name, "Le Van Khoi ")
        press(Qt.Key.Key_Return, CTRL)
        toast = window.desk_page.list.toast
        until(lambda: toast.isVisible() and toast._title.text() == "Đã lưu cài đặt của đơn vị", "kept")
    desk = town.desk("quantri")
    assert unit_settings.settings(desk) == UnitSettings(
        2_000_000, True, (BIRTH, COPY), signer_title="Chu tich UBND phuong", signer_name="Le Van Khoi"
    )  # fmt: skip
    with window_of(town, "lanhdao1") as window, no_waiting_here():
        town.server.faults.replace(CUT)
        dialog = opened(window)
        assert dialog.told.text() == "Xem và sửa cài đặt cần có mạng. Thử lại khi trực tuyến."
        assert (dialog.primary.isEnabled(), dialog.primary.toolTip()) == (False, "Chưa biết cài đặt đang dùng.")
        town.server.faults.replace([])
        again = dialog.told._button
        tab_to(again)
        press(Qt.Key.Key_Space)
        until(lambda: dialog.limit.amount() == 2_000_000, "what is in force")
        assert (dialog.copy.isChecked(), dialog.warned.text()) == (True, "1.001193, 2.000635")
        assert [f.isEnabled() for f in (dialog.limit, dialog.warned, dialog.copy)] == [False, False, False]
        assert dialog.primary.toolTip() == dialog.told.text() == "Chỉ quản trị được đổi cài đặt của đơn vị."
        press(Qt.Key.Key_Escape)
        until(lambda: QApplication.activeModalWidget() is None, "closed")


def test_an_answer_quicker_than_the_dialog_opens_still_puts_the_cursor_in_the_first_field(town, qtbot, monkeypatch):
    desk = town.desk("quantri")
    with story(qtbot) as tale:
        monkeypatch.setattr(Tasks, "query", lambda _self, _read, then, *_unknown, **_owner: then(UnitSettings(50_000)))
        dialog = tale.open(lambda window, tasks: SettingsDialog(window, desk, tasks))
        assert (dialog.focusWidget(), dialog.limit.amount()) == (dialog.limit, 50_000)


def test_a_copy_to_the_applicant_is_said_before_sending_and_followed_after(town, qtbot):
    unit_settings.change(town.desk("quantri"), UnitSettings(copy_to_applicant=True))
    desk = town.desk()
    card = town.card(desk, town.file("Trần Thị Mai", BUILDING, **{"for": FIRM}))
    kind = fee_notices.LineKind.LE_PHI
    form = NoticeForm("Nộp lệ phí", (fee_notices.line(desk, card.dossier, kind, "Lệ phí", 75_000),))
    town.send(desk, fee_notices.notify(desk, card.dossier.id, form))
    card = town.card(desk, card.dossier.id)
    notice = card.dossier.notices[-1]
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: RemindDialog(window, desk, tasks, card, notice.id))
        tale.settled()
        assert dialog.citizen.note.text() == "Bản sao cho chủ hồ sơ: thư điện tử va•••@bienxanh.example."
        dialog.reject()
        tale.settled()
    (shown,) = notice_views(card.dossier, desk.officer, desk.clock.now(), {})
    assert [line.name for line in shown.deliveries] == [
        "Tài khoản trên Cổng", "Thư điện tử", "Tin nhắn", "Thư điện tử (bản sao)",
    ]  # fmt: skip
