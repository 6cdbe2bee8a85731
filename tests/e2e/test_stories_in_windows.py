"""Officers' mornings in the real window against the real portal, hands on the keyboard only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import catalogues
from app.domain.words import OutboxState
from app.sandbox.simulator import verbs
from app.services import outbox
from tests.ui.desk_fixture import BIRTH, Office, no_waiting_here, office
from tests.ui.window_fixture import awake, dialog, names, press, settle, until, window_of
from ui import theme
from ui.widgets.money_edit import MoneyEdit

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    if not qapp.property("dressed"):
        theme.install(qapp, catalogues.resource_path())
        qapp.setProperty("dressed", True)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as made:
        yield made


def view(window):
    shown = window.desk_page.preview.view()
    assert shown is not None
    return shown


def shows(window, name: str) -> None:
    until(lambda: window.desk_page.preview.view() is not None and view(window).name == name, name)
    settle(window)


def let_leave(town: Office, window) -> None:
    """Let the undo time pass; the threads behind the window do the rest."""
    town.clock.advance(seconds=9)
    window._engine.wake()


def send(town: Office, window) -> None:
    """Let undo times pass and the engine move everything both ways, as its threads would."""
    town.clock.advance(seconds=9)
    window.run("refresh")
    settle(window)
    window.news._bridge.flush()
    settle(window)


def notify_by_keyboard(window, amount: str) -> None:
    awake(window)
    press(Qt.Key.Key_F6)
    form = dialog(window)
    until(lambda: window.tasks.open_count() == 0 and sums(form), "the form is filled")
    money = next(field for field in sums(form) if not field.text())
    money.setFocus()
    money.selectAll()
    QTest.keyClicks(money, amount)
    QTest.keyClick(money, Qt.Key.Key_Tab)
    until(lambda: window.tasks.open_count() == 0 and form.primary.isEnabled(), "the form may be sent")
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    until(lambda: window.desk_page.list.undo_bar.isVisible(), "the undo bar")
    settle(window)


def sums(form) -> list[MoneyEdit]:
    return [field for field in form.findChildren(MoneyEdit) if field.isVisible() and field.isEnabled()]


def row_shown(window):
    """Return what the current row of the table says now; rows come a moment after the dossier beside them."""
    row = window.desk_page.model.view_at(window.desk_page.table.currentIndex().row())
    return (row.name, row.fee_kind, row.stripe) if row else None


def test_case_one_from_notice_over_undo_to_payment_and_reception(town):
    town.file("Nguyễn Thị Hồng Nhung", BIRTH)
    town.file("Trần Văn Bình", BIRTH)
    with window_of(town, threads=True) as window, no_waiting_here():
        assert names(window) == ["Nguyễn Thị Hồng Nhung", "Trần Văn Bình"]
        shows(window, "Nguyễn Thị Hồng Nhung")
        assert view(window).actions.primary.label == "Tiếp nhận"

        notify_by_keyboard(window, "7000")
        assert window.desk_page.list.undo_bar._title.text() == "Đã lưu thông báo 15.000 đ – Nguyễn Thị Hồng Nhung"
        assert view(window).actions.primary.reason.startswith("Chưa tiếp nhận được: còn 15.000 đ chờ công dân đóng")

        press(Qt.Key.Key_Z, CTRL)
        until(lambda: not view(window).notices, "the notice is taken back")
        settle(window)
        assert view(window).actions.primary.reason == ""

        notify_by_keyboard(window, "7000")
        let_leave(town, window)
        until(lambda: not view(window).card.pending, "the portal has the notice")
        notice = view(window).card.dossier.notices[-1]

        verbs.pay(town.url, notice=notice.id)
        until(lambda: any(chip.text == "Đã đóng" for chip in view(window).chips), "the payment shows by itself")
        until(lambda: "vừa đóng 15.000 đ" in window.desk_page.list.toast._title.text(), "the toast says it")
        until(lambda: row_shown(window) == ("Nguyễn Thị Hồng Nhung", "paid", "paid"), "the row is green")
        assert any("Thời hạn tiếp nhận 8 giờ làm việc tính lại từ lúc đó" in b.text for b in view(window).banners)

        awake(window)
        press(Qt.Key.Key_Return, CTRL)
        shows(window, "Trần Văn Bình")
        let_leave(town, window)
        press(Qt.Key.Key_Up, ALT)
        shows(window, "Nguyễn Thị Hồng Nhung")
        until(lambda: view(window).card.dossier.receipt_code, "the portal gave the number")
        assert view(window).actions.primary.label == "Chuyển: thẩm định hồ sơ"


def test_case_two_needs_one_press_to_accept_and_notify_and_one_to_take_both_back(town):
    dossier = town.file("Lê Thị Ơn", "1.115345")
    town.in_processing(dossier)
    back = town.desk("thuly1")
    from app.services import processing
    from tests.ui.desk_fixture import NOW

    form = processing.SuspendForm("Chờ nộp tiền", 4_250_000, "LTB1/TB-CCT", NOW.date(), "7111.1")
    town.send(back, processing.suspend(back, dossier, form))
    with window_of(town) as window, no_waiting_here():
        QTest.keyClick(window, Qt.Key.Key_3, ALT)
        until(lambda: window.desk_page.model.rowCount() == 1, "the queue of suspended dossiers")
        shows(window, "Lê Thị Ơn")
        assert view(window).actions.primary.label == "Tiếp nhận bổ sung và báo công dân"
        assert [a.label for a in view(window).actions.secondary] == ["Chỉ tiếp nhận bổ sung", "Trả lại thụ lý…"]

        awake(window)
        press(Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
        until(lambda: window.desk_page.list.undo_bar.isVisible(), "the undo bar")
        until(lambda: view(window).card.dossier.notices, "the notice")
        assert view(window).card.dossier.notices[0].total == 4_250_000
        assert any("Đồng hồ vẫn dừng cho đến khi công dân đóng" in b.text for b in view(window).banners)

        press(Qt.Key.Key_Z, CTRL)
        until(lambda: view(window).card.dossier.sub_state == "desk_to_notify", "both are taken back")
        assert view(window).card.pending == ()


def test_offline_work_is_kept_named_and_counted(town):
    town.file("Hồ Thị Kim Liên", BIRTH)
    with window_of(town) as window, no_waiting_here():
        shows(window, "Hồ Thị Kim Liên")
        town.go_offline()
        awake(window)
        press(Qt.Key.Key_Return, CTRL)
        until(lambda: window.desk_page.list.undo_bar.isVisible(), "the undo bar")
        send(town, window)
        until(window.news.link.isVisible, "the offline banner")
        assert window.news.link.text().startswith("Ngoại tuyến từ 10:12. Bạn vẫn tiếp nhận, báo phí và thu tiền được.")
        until(lambda: "1 chờ gửi" in window.status.accessibleName(), "the status bar counts")
        assert names(window) == ["Hồ Thị Kim Liên"]
        said = "Đã lưu trên máy – chưa gửi"  # after "Đang gửi lên Cổng", while it is being tried
        until(lambda: window.desk_page.model.view_at(0).status_line == said, "the row says it waits")

        window.run("outbox")
        settle(window)
        page = window.pages.currentWidget()
        until(lambda: page.list.rows, "the outbox")
        (only,) = page.list.rows.values()
        assert [cell.first for cell in only.line.cells[:2]] == ["Tiếp nhận hồ sơ", "Hồ Thị Kim Liên"]

        window.close()
        until(lambda: window.closing.last_screen is not None and window.closing.last_screen.isVisible(), "last screen")
        window.closing.last_screen.reject()
        assert window.isVisible()


def test_paid_twice_is_decided_with_two_facts_and_nothing_chosen_beforehand(town):
    from app.domain.dossier import Evidence
    from app.domain.words import PaymentChannel
    from app.services import payments
    from tests.ui.desk_fixture import NOW

    dossier = town.file("Dương Thị Mộng Tuyền", BIRTH)
    desk = town.desk()
    notice = town.notified(desk, dossier).dossier.notices[-1]
    verbs.pay(town.url, notice=notice.id)
    evidence = Evidence(document_no="BI-26T 0001231", document_date=NOW.date())
    tick = payments.tick_paid(desk, notice.id, amount=75_000, method=PaymentChannel.COUNTER_CASH, evidence=evidence)
    assert desk.engine.work_lane(tick.dossier_id, tick.key) is OutboxState.ACKED
    with window_of(town) as window, no_waiting_here():
        window.go("decisions")
        page = window.pages.currentWidget()
        until(lambda: page.shown() is not None, "the decision")
        assert page.shown().title == "Dương Thị Mộng Tuyền đã đóng 75.000 đ hai lần cho cùng một thông báo."
        assert [fact.title for fact in page.shown().facts] == ["Cổng ghi nhận", "Quầy ghi nhận"]
        assert not any(card.isChecked() for card in page.choices)
        assert not page.primary.isEnabled()

        page.choices[0].setFocus()
        QTest.keyClick(page.choices[0], Qt.Key.Key_Space)
        assert page.primary.isEnabled()
        press(Qt.Key.Key_Return, CTRL)
        until(lambda: page.shown() is None, "nothing left to decide")
        send(town, window)
    with desk.store.read():
        assert not outbox.unfinished(desk)
