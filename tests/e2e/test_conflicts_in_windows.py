"""Classes of conflict that no other story shows, in real windows by keyboard: both sides, and what becomes of them.

One office for all of them; each has a citizen of its own, whose name begins no word of another or of a procedure: the
search finds by beginnings, and leaves open what was open while it still fits. A witness looks at the words
whenever the line is pulled.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.sandbox.simulator import verbs
from app.services import handling
from tests.e2e.fee_deeds import ask, collect, decide, find, go_on, page, reverse, write
from tests.e2e.keyboard_officers import CTRL, Hands
from tests.e2e.watched_town import NOBODY, Watched
from tests.e2e.work_deeds import ask_for_papers
from tests.ui.desk_fixture import BIRTH, COPY, no_waiting_here, office
from tests.ui.window_fixture import settle, until

Key = Qt.Key
IN_PROCESSING = EIGHT, THIRTEEN = "Bùi Thị Tám", "Bùi Thị Mười Ba"


class TwoDesks(Watched):
    """Two officers at the counter, one who works on dossiers."""

    def __init__(self, made: Any) -> None:
        super().__init__(made)
        self.second = Hands(made, "tiepnhan2")

    def without_a_line(self) -> None:
        """Pull the line under everyone, and let everyone see it."""
        self.pulled(NOBODY)
        for hands in self.here:
            self.press_f5(hands)
        self.looked("cut")

    def back(self) -> None:
        """Give the line back to everyone."""
        self.mend()
        self.witness.offline_since = {}

    def heard(self, dossier: str) -> None:
        """Wait until both desks have a new dossier."""
        for hands in (self.second, self.desk):
            until(lambda here=hands: here.card(dossier) is not None, "the dossier is here")


@pytest.fixture(autouse=True)
def nothing_left_open() -> None:
    """The town keeps its windows from story to story; it ends them itself."""


@pytest.fixture(scope="module")
def town(dressed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoDesks]:
    with office(tmp_path_factory.mktemp("town")) as made:
        made.desk("tiepnhan2")
        for name in IN_PROCESSING:
            made.in_processing(made.file(name, COPY))
        here = TwoDesks(made)
        here.open(here.processor, here.second, here.desk)
        here.watch()
        yield here
        here.close()


def decision(hands: Hands, dossier: str) -> Any:
    """Return what stands at the right of *Cần xem lại* about a dossier, once its ways out are there."""
    shown = page(hands, "can xem lai", "Cần xem lại")
    until(lambda: dossier in {view.dossier_id for view in shown.views()}, "the decision")
    settle(hands.window)
    wanted = next(view.id for view in shown.views() if view.dossier_id == dossier)
    ids = list(shown.tiles)
    steps = ids.index(wanted) - ids.index(shown.shown().id)
    if steps:
        hands.tab_to(shown.tiles[shown.shown().id])
    for _ in range(abs(steps)):
        hands.press(Key.Key_Down if steps > 0 else Key.Key_Up)
    settle(hands.window)
    return shown.shown()


def decided(hands: Hands, dossier: str, way: str) -> None:
    """Go to the decision about a dossier, then arrows to one of the ways, Ctrl+Enter."""
    decision(hands, dossier)
    decide(hands, dossier, way)


def corrects(hands: Hands, phone: str = "", email: str = "") -> None:
    """Ctrl+K, the new number or address, Ctrl+Enter."""
    form = ask(hands, "sua so", "Sửa số, địa chỉ thư…")
    if phone:
        write(hands, form.phone, phone)
    if email:
        write(hands, form.email, email)
    hands.confirm()


def contact(hands: Hands, dossier: str) -> tuple[str, str, tuple[str, ...]]:
    card = hands.card(dossier)
    assert card is not None
    return card.dossier.submitter.phone, card.dossier.submitter.email, card.pending


def corrected_at_both(town: TwoDesks, name: str, first: dict[str, str], second: dict[str, str]) -> str:
    """Let two officers without a line correct the same contact; the first one's reaches the portal first."""
    dossier = town.office.file(name, BIRTH, email="cu@congdan.example", phone="0914882662")
    with no_waiting_here():
        town.heard(dossier)
        town.without_a_line()
        for hands, typed in ((town.second, second), (town.desk, first)):
            hands.front()
            find(hands, name)
            corrects(hands, **typed)
            town.looked(f"{hands.username} corrected")
        town.second.kill()
        town.mend_only(town.desk)
        until(lambda: contact(town.desk, dossier)[2] == (), "the first one's is on the portal")
        town.second.open()
        town.second.desk.undo_s = 0
        town.back()
        find(town.second, name)
    return dossier


def test_class_10_two_correct_different_fields_and_nobody_is_asked(town):
    name = "Đặng Ngọc Đào"
    dossier = corrected_at_both(town, name, {"phone": "0905111111"}, {"email": "moi@congdan.example"})
    with no_waiting_here():
        for hands in (town.desk, town.second):
            until(lambda here=hands: contact(here, dossier) == ("0905111111", "moi@congdan.example", ()), "both stand")
        town.looked("both stand")
        nothing_waits(town.second, dossier)


@pytest.mark.parametrize(
    ("name", "way", "stands"),
    [
        ("Bùi Thị Mười Một", "Giữ của tôi", "0905222222"),
        ("Bùi Văn Mười Hai", "Giữ của họ", "0905111111"),
    ],
)
def test_class_11_two_correct_the_same_field_and_the_second_sees_both(town, name, way, stands):
    second = {"phone": "0905222222", "email": "moi@congdan.example"}
    dossier = corrected_at_both(town, name, {"phone": "0905111111"}, second)
    with no_waiting_here():
        told = decision(town.second, dossier)
        town.looked("the question")
        assert (told.chip[0], told.title) == ("Hai người cùng sửa", f"Sửa địa chỉ liên hệ – {name}")
        assert told.body == (
            "Người khác đã sửa cùng chỗ trong lúc bạn sửa: điện thoại người nộp. Chưa ghi đè gì; chọn giữ bản nào."
        )
        assert [(fact.title, fact.headline, fact.rows[0]) for fact in told.facts] == [
            ("Của họ – Cổng đang ghi", "", ("Điện thoại người nộp", "0905111111")),
            ("Của tôi – việc trên máy này", "", ("Điện thoại người nộp", "0905222222\ntrước đó 0914882662")),
        ]
        decided(town.second, dossier, way)
        for hands in (town.desk, town.second):
            until(lambda here=hands: contact(here, dossier) == (stands, "moi@congdan.example", ()), "one of both")
        town.looked("decided")


def notified(town: TwoDesks, name: str) -> tuple[str, str]:
    """File a dossier that costs 8.000 đ and ask for it; return dossier and notice."""
    dossier = town.office.file(name, COPY)
    with no_waiting_here():
        desk = town.desk
        desk.front()
        town.heard(dossier)
        find(desk, name)
        desk.notify()
        until(lambda: desk.card(dossier).dossier.notices and not desk.card(dossier).pending, "the notice is out")
        desk.rest()
    return dossier, desk.card(dossier).dossier.notices[-1].id


def paid_twice(hands: Hands, dossier: str, name: str) -> None:
    told = decision(hands, dossier)
    assert (told.chip[0], told.title) == (
        "Đóng hai lần", f"{name} đã đóng 8.000 đ hai lần cho cùng một thông báo."
    )  # fmt: skip
    assert told.body == "Cả hai khoản đều được giữ lại. Hãy chọn khoản dùng để thanh toán; khoản kia sẽ hoàn."


def nothing_waits(hands: Hands, dossier: str) -> None:
    shown = page(hands, "can xem lai", "Cần xem lại")
    until(lambda: dossier not in {view.dossier_id for view in shown.views()}, "nothing to decide")


def test_class_2_the_payment_page_is_open_cash_is_taken_all_the_same_and_both_arrive(town):
    name = "Bùi Thị Hai"
    dossier, notice = notified(town, name)
    completes = town.paying(notice)
    with no_waiting_here():
        desk = town.desk
        town.press_f5(desk)
        until(lambda: desk.card(dossier).dossier.fee_status == "paying", "the desk knows")
        form = desk.asked(Key.Key_F8)
        until(lambda: form.banner.text().startswith("Công dân đang mở trang thanh toán VNPAY (từ 10:1"), "said before")
        assert not form.form.isVisible()
        desk.tab_to(form.banner.action_button())
        desk.press(Key.Key_Space)
        until(form.form.isVisible, "he takes it all the same")
        desk.tab_to(form.sure)
        desk.press(Key.Key_Space)
        write(desk, form.proof.number, "BL 0000002")
        desk.confirm()
        completes()
        town.press_f5(desk)
        until(lambda: len(desk.card(dossier).dossier.payments) == 2, "both are here")
        paid_twice(desk, dossier, name)
        town.looked("both facts")
        decided(desk, dossier, "Dùng khoản")
        nothing_waits(desk, dossier)


def test_class_3_two_desks_take_cash_for_one_notice_and_the_mistake_is_taken_back(town):
    name = "Bùi Văn Giáp"
    dossier, _notice = notified(town, name)
    with no_waiting_here():
        until(lambda: town.second.card(dossier).dossier.notices, "the second desk has the notice")
        town.without_a_line()
        for hands, number in ((town.second, "BL 0000031"), (town.desk, "BL 0000032")):
            hands.front()
            find(hands, name)
            hands.tick(number)
            town.looked(f"{hands.username} ticked")
        town.back()
        for hands in (town.second, town.desk):
            until(
                lambda here=hands: len(here.card(dossier).dossier.payments) == 2 and not here.card(dossier).pending,
                "both facts",
            )
        town.looked("both facts")
        for hands in (town.second, town.desk):
            hands.front()
            paid_twice(hands, dossier, name)
            find(hands, name)
            assert "Cần xem lại" in [chip.text for chip in hands.view().chips]
        reverse(town.desk, "Quầy 2 đã thu")
        until(lambda: [c.lapsed for c in town.second.card(dossier).dossier.cases] == [True], "nothing to give back")
        town.looked("taken back")
        for hands in (town.second, town.desk):
            hands.front()
            nothing_waits(hands, dossier)


def test_class_4_the_key_pressed_twice_is_one_fact(town):
    name = "Bùi Thị Bốn"
    dossier, _notice = notified(town, name)
    with no_waiting_here():
        desk = town.desk
        form = desk.asked(Key.Key_F8)
        until(form.form.isVisible, "the form")
        until(lambda: form.primary.isEnabled(), "the portal is asked")
        desk.tab_to(form.sure)
        desk.press(Key.Key_Space)
        write(desk, form.proof.number, "BL 0000004")
        for _ in range(3):
            QTest.keyClick(form, Key.Key_Return, CTRL)
        until(lambda: desk.window.desk_page.deeds.dialog() is None, "saved")
        QTest.keyClick(desk.window, Key.Key_Return, CTRL)  # and once more into the window behind
        until(lambda: desk.card(dossier).dossier.payments and not desk.card(dossier).pending, "on the portal")
        town.looked("pressed four times")
        card = desk.card(dossier)
    assert [(p.amount, p.settled) for p in card.dossier.payments] == [(8_000, 8_000)]
    assert int(card.dossier.state) == 1, "nothing was received behind the dialog"


def test_class_6_withdrawn_while_the_notice_waits_nothing_is_sent_and_a_person_decides(town):
    name = "Bùi Văn Sáu"
    dossier = town.office.file(name, COPY)
    with no_waiting_here():
        desk = town.desk
        town.heard(dossier)
        town.without_a_line()
        desk.front()
        find(desk, name)
        desk.notify()
        town.looked("notified")
        verbs.withdraw(town.office.url, desk.view().card.dossier.code)
        town.back()
        told = decision(desk, dossier)
        town.looked("refused")
        assert (told.chip[0], told.title) == ("Cổng chưa chấp nhận", f"Thông báo phí 8.000 đ – {name}")
        assert told.body == "Hồ sơ đang ở bước “Công dân yêu cầu rút” nên chưa thể thông báo công dân."
        decided(desk, dossier, "Bỏ việc này")
        until(lambda: not desk.unsent(), "ended")
        town.looked("dropped")
        card = desk.card(dossier)
    assert (int(card.dossier.state), card.dossier.notices, card.pending) == (7, (), ())


def test_class_8_and_12_cash_of_who_lost_the_dossier_counts_when_another_confirms_it(town):
    with no_waiting_here():
        processor, desk = town.processor, town.desk
        town.back()
        town.without_a_line()
        processor.front()
        find(processor, EIGHT)
        dossier = processor.view().id
        collect(processor, "BL 0000008")
        town.looked("collected")
        processor.kill()
    town.office.server.faults.replace([])
    head = town.office.desk("lanhdao1")
    town.office.send(head, handling.give_back(head, dossier, "Xem lại"))
    with no_waiting_here():
        processor.open()
        town.back()
        until(lambda: desk.card(dossier).dossier.payments, "the fact is kept")
        town.looked("kept")
        desk.front()
        find(desk, EIGHT)
        town.says(desk, "Cần người thứ hai xác nhận. ")
        assert [chip.text for chip in desk.view().chips][-1] == "Chờ người thứ hai xác nhận"
        ask(desk, "xac nhan khoan thu", "Xác nhận khoản thu…")
        desk.confirm()
        until(lambda: [p.settled for p in desk.card(dossier).dossier.payments] == [8_000], "it counts")
        town.looked("confirmed")


def test_class_9_merged_into_another_the_cash_is_found_there(town):
    name, other = "Bùi Văn Khôi", "Bùi Thị Khuê"
    dossier, _notice = notified(town, name)
    into = town.office.file(other, COPY)
    with no_waiting_here():
        desk = town.desk
        town.heard(into)
        town.without_a_line()
        desk.front()
        find(desk, name)
        desk.tick("BL 0000009")
        town.looked("ticked")
        buried = {"id": dossier, "reason": "merged_into", "into": into}
        assert requests.post(f"{town.office.url}/sandbox/tombstones", json=buried, timeout=10).status_code == 200
        town.back()
        until(lambda: desk.card(into).dossier.payments, "the cash is there")
        until(lambda: desk.card(dossier) is None, "the other one is gone")
        told = decision(desk, into)
        town.looked("merged")
    assert (told.chip[0], told.title) == ("Đóng thừa", f"{other} đã đóng thừa 8.000 đ.")


def test_class_13_papers_that_come_while_a_dialog_is_open_are_named_in_it(town):
    with no_waiting_here():
        processor, desk = town.processor, town.desk
        town.back()
        processor.front()
        find(processor, THIRTEEN)
        dossier = processor.view().id
        ask_for_papers(processor, "Thiếu trang hai")
        until(lambda: int(desk.card(dossier).dossier.state) == 5, "asked for")
        desk.front()
        find(desk, THIRTEEN)
        go_on(desk)
        until(lambda: desk.card(dossier).dossier.sub_state == "citizen_asked" and not desk.unsent(), "told")
        form = ask(desk, "nhan giay to", "Nhận giấy tờ bổ sung…")
        paper = form.dossier.components[0].name
        verbs.supplement(town.office.url, desk.view().card.dossier.code, names=(paper,))
        until(form.changed.banner.isVisible, "what changed meanwhile")
        assert form.changed.banner.text() == (f"{THIRTEEN} vừa đổi hồ sơ này lúc 10:12. Phần bạn đang gõ vẫn còn.")
        desk.press(Key.Key_Escape)
        until(lambda: desk.window.desk_page.deeds.dialog() is None, "closed")
        desk.rest()
        assert "Đã bổ sung giấy tờ" in [fact.value for fact in desk.view().facts]
        town.looked("supplemented")
