"""The edges of the day and colleagues' work in real windows by keyboard: first minute, last minute, absent officers.

With the line and without it stand side by side: what needs the portal says so, and what was seen stays.
"""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.domain.dossier import Evidence
from app.domain.words import PaymentChannel
from app.sandbox.robot import Robot
from app.services import payments
from tests.e2e.fee_deeds import collect, find, focused, lines, page, pick, write
from tests.e2e.fee_town import FeeTown
from tests.e2e.keyboard_officers import CTRL, Hands
from tests.ui.desk_fixture import BIRTH, COPY, LAND, NOW, PASSWORD, no_waiting_here
from tests.ui.window_fixture import names, settle, until

Key = Qt.Key
AWAY = "Nguyễn Hữu Phước, Lê Thị Kim Ngân, T6 20/11, T3 24/11, Đang nghỉ"
LEFT = "Trần Thị Mỹ Duyên, từ hôm nay 10:12, quay-1, 1 việc, 8.000 đ, {0}"

RESUMED = """
step     | dossier                | notices              | payments                | cases | thuly2    | lanhdao1
notified | 6/awaiting_payment due | sent 0/4250000       | -                       | -     | unseen    | unit
paid     | 4 paid                 | paid 4250000/4250000 | gateway 4250000/4250000 | -     | paid_next | unit
"""


def confirmed(hands: Hands, shown: Any) -> Any:
    """Ctrl+Enter on a page; return the dialog that opens."""
    hands.press(Key.Key_Return, CTRL)
    until(lambda: shown.dialog is not None and QApplication.activeModalWidget() is shown.dialog, "the dialog")
    focused(shown.dialog.officer)
    return shown.dialog


# -- leave cover -----------------------------------------------------------------------------------------------------


def test_a_resumed_dossier_finds_the_substitute_and_both_names_are_shown(town):
    dossier = town.office.file("Lê Thị Ơn", LAND)
    notice = town.office.obliged(dossier).dossier.notices[-1].id
    head, substitute = town.head, town.substitute
    town.open(head, substitute)
    with no_waiting_here():
        shown = page(head, "nghi phep", "Người xử lý thay")
        until(lambda: shown.primary.isEnabled(), "the portal answered")
        form = confirmed(head, shown)
        pick(head, form.officer, "Nguyễn Hữu Phước")
        pick(head, form.substitute, "Lê Thị Kim Ngân")
        write(head, form.to_day, "24/11/2026")
        head.press(Key.Key_Return, CTRL)
        until(lambda: shown.dialog is None and lines(shown) == [AWAY], "the leave")
        check = town.money(dossier, RESUMED)
        check("notified")
        town.pay_notice(notice)
        check("paid")
        find(substitute, "Lê Thị Ơn")
        facts = {fact.name: fact.value for fact in substitute.view().facts}
        assert facts["Người giữ"] == "Lê Thị Kim Ngân (thay Nguyễn Hữu Phước)"
        why = next(e.second for e in substitute.view().timeline if e.title.startswith("Chuyển người xử lý thay"))
        assert why.endswith("Nguyễn Hữu Phước vắng đến 24/11/2026, Lê Thị Kim Ngân xử lý thay")


def test_leave_cover_without_a_line_says_that_it_needs_the_network(town):
    town.office.desk("lanhdao1")
    head = town.head
    town.open(head)
    with no_waiting_here():
        town.cut()
        shown = page(head, "nghi phep", "Người xử lý thay")
        until(shown.told.isVisible, "the banner")
        assert shown.told.text() == "Xem và sửa phân công cần có mạng. Thử lại khi trực tuyến."
        head.press(Key.Key_Return, CTRL)
        assert shown.dialog is None
        town.mend()
        shown = page(head, "nghi phep", "Người xử lý thay")
        until(lambda: shown.primary.isEnabled(), "the portal answered")


# -- unsent work -----------------------------------------------------------------------------------------------------


@pytest.fixture
def left(town: FeeTown) -> str:
    """tiepnhan2 took 8.000 đồng on quay-1 and went home before it was sent; tiepnhan1 sits there now."""
    filed = town.office.file("Trần Văn Bình", COPY)
    dossier = town.office.notified(town.office.desk("tiepnhan2"), filed, 8_000).dossier
    town.office._desks.pop("tiepnhan2").close()
    gone = sits_down(town, "tiepnhan2")
    paper = Evidence(document_no="BI-26T · 0001231", document_date=NOW.date())
    cash = PaymentChannel.COUNTER_CASH
    payments.tick_paid(gone, dossier.notices[-1].id, amount=8_000, method=cash, evidence=paper)
    gone.close()
    here = sits_down(town, "tiepnhan1")
    town.office.clock.advance(minutes=75)
    here.engine.puller.pull_all()
    here.close()
    return dossier.id


def sits_down(town: FeeTown, username: str) -> Any:
    """Sign in on the desk that others use too."""
    folder = town.office._folder / "quay-1"
    desk = bootstrap.sign_in(folder, town.office.url, Robot(username, PASSWORD), clock=town.office.clock, undo_s=0,
                             timeout_s=30, sandbox_only=True)  # fmt: skip
    desk.engine.puller.pull_all()
    return desk


def test_the_head_hands_over_and_the_colleague_sends_what_keeps_its_officer(town, left):
    here, head = Hands(town.office, "quay-1"), town.head
    town.open(here, head)
    with no_waiting_here():
        find(here, "Trần Văn Bình")
        status = here.window.status
        until(lambda: "Trần Thị Mỹ Duyên còn 1 việc chưa gửi trên máy này" in status.accessibleName(), "the status bar")
        shown = page(head, "chua gui cua don vi", "Việc chưa gửi của đơn vị")
        until(lambda: lines(shown) == [LEFT.format("Chưa giao cho ai")], "the unit's unsent work")
        form = confirmed(head, shown)
        pick(head, form.officer, "Nguyễn Thị Ấm")
        head.press(Key.Key_Return, CTRL)
        handed = LEFT.format("Nguyễn Thị Ấm, được giao gửi thay")
        until(lambda: shown.dialog is None and lines(shown) == [handed], "handed over")
        shown = page(here, "nguoi khac", "Việc của người khác trên máy này")
        until(lambda: len(lines(shown)) == 1, "the work")
        here.press(Key.Key_Return, CTRL)
        until(lambda: lines(shown) == [] and shown.told.text() == "Đã gửi 1 việc.", "sent")
        until(lambda: (card := here.card(left)) is not None and card.dossier.payments, "the payment")
        assert here.card(left).dossier.payments[0].recorded_by.name == "Trần Thị Mỹ Duyên"


def test_handing_over_without_a_line_says_that_it_needs_the_network_and_keeps_the_work(town, left):
    here, head = Hands(town.office, "quay-1"), town.head
    town.office.desk("lanhdao1")
    town.open(here, head)
    with no_waiting_here():
        town.cut()
        shown = page(head, "chua gui cua don vi", "Việc chưa gửi của đơn vị")
        until(shown.told.isVisible, "the banner")
        assert shown.told.text() == "Việc này cần có mạng. Thử lại khi trực tuyến."
        assert not shown.primary.isEnabled()
        shown = page(here, "nguoi khac", "Việc của người khác trên máy này")
        until(lambda: lines(shown) == [LEFT.format("Chưa giao cho ai")], "the work")
        here.press(Key.Key_Return, CTRL)
        until(shown.told.isVisible, "an answer")
        assert shown.told.text() == "Việc này cần có mạng. Thử lại khi trực tuyến."
        assert lines(shown) == [LEFT.format("Chưa giao cho ai")]
        town.mend()


# -- the first and the last minute -----------------------------------------------------------------------------------


def morning(town: FeeTown) -> None:
    """One dossier was paid overnight, two are new."""
    for name in ("Trần Văn Bình", "Hồ Thị Kim Liên"):
        town.office.file(name, COPY)
    paid = town.office.notified(town.office.desk(), town.office.file("Phạm Quốc Khánh", BIRTH))
    notice = paid.dossier.notices[-1].id
    town.pay_notice(notice)
    town.office.desk()


def begins_with_a_figure(hands: Hands) -> None:
    """Tab to the second figure of the strip, Space; exactly its rows are there."""
    until(hands.window.news.since.isVisible, "the strip")
    until(lambda: [link.text() for link in hands.window.news.since.links()] == FIGURES, "the figures")
    settle(hands.window)
    hands.tab_to(hands.window.news.since.links()[1])
    hands.press(Key.Key_Space)
    until(lambda: hands.window.side.queues.current_key() == "new", "the queue of the figure")
    settle(hands.window)
    assert names(hands.window) == ["Trần Văn Bình", "Hồ Thị Kim Liên"]
    assert QApplication.focusWidget() is hands.window.desk_page.table


FIGURES = ["1 hồ sơ đã đóng – làm tiếp", "2 hồ sơ mới nộp"]


def test_the_first_minutes_figures_are_lists(town):
    morning(town)
    town.open(town.desk)
    with no_waiting_here():
        begins_with_a_figure(town.desk)


def test_the_first_minutes_figures_are_lists_without_a_line(town):
    morning(town)
    town.down()
    town.open(town.desk)
    with no_waiting_here():
        until(town.desk.window.news.link.isVisible, "the offline banner")
        begins_with_a_figure(town.desk)


def leaves(hands: Hands) -> list[bool]:
    """Ctrl+K, Đăng xuất; return a list that is filled once nothing runs any more."""
    gone: list[bool] = []
    hands.window.closed.connect(lambda: gone.append(True))
    hands.palette("dang xuat", "Đăng xuất")
    return gone


def test_closing_sends_at_once_and_asks_nothing(town):
    dossier = town.office.file("Trần Văn Bình", COPY)
    desk = town.desk
    town.open(desk)
    desk.desk.undo_s = 8
    with no_waiting_here():
        find(desk, "Trần Văn Bình")
        collect(desk, "BL 0000001", receive=True)
        until(desk.window.desk_page.list.undo_bar.isVisible, "the undo bar")
        gone = leaves(desk)
        until(lambda: gone, "the end")
        assert desk.window.closing.last_screen is None
        assert int(desk.card(dossier).dossier.state) == 2
        assert desk.unsent() == ()


def test_closing_without_a_line_names_what_stays_and_the_next_morning_sends_it(town):
    dossier = town.office.file("Trần Văn Bình", COPY)
    town.office.desk()
    desk = town.desk
    town.open(desk)
    with no_waiting_here():
        town.cut()
        find(desk, "Trần Văn Bình")
        collect(desk, "BL 0000001")
        desk.rest()
        leaves(desk)
        closing = desk.window.closing
        until(lambda: closing.last_screen is not None and closing.last_screen.isVisible(), "the last screen")
        words = town.words(closing.last_screen)
        assert words[0] == "1 việc còn ở máy này"
        assert [line for line in words if "Trần Văn Bình" in line] == [
            "Thu tại quầy 8.000 đ · tiền mặt – Trần Văn Bình · H32.8-261120-0001"
        ]
        until(lambda: QApplication.activeModalWidget() is closing.last_screen, "it has the keyboard")
        desk.press(Key.Key_Return, CTRL)
        until(lambda: closing.over, "the end")
        town.open_again(desk)
        town.mend()
        until(lambda: (card := desk.card(dossier)) is not None and not card.pending, "sent the next morning")
        assert desk.card(dossier).dossier.fee_status == "paid"
