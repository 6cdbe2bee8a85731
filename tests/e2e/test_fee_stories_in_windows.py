"""Money at the counter in real windows by keyboard, with the line: collected, waived, in halves, taken back, listed.

The same stories without a line stand in ``test_fee_stories_in_windows_offline``.
"""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.sandbox.simulator import verbs
from tests.e2e.fee_deeds import (
    collect,
    find,
    go_on,
    lines,
    offers,
    page,
    remind,
    reverse,
    tick,
    told,
    waive,
)
from tests.e2e.keyboard_officers import CTRL
from tests.ui.desk_fixture import BIRTH, BUILDING, COPY, LAND, no_waiting_here
from tests.ui.window_fixture import settle, until

Key = Qt.Key
NOT_THE_TICKER = (
    "Tài khoản này không có quyền hủy ghi nhận cho hồ sơ này. Người làm được: người đã ghi nhận, trong ngày, lãnh đạo "
    "đơn vị, thủ quỹ."
)
MARRIAGE = "1.000894"  # not paid online

COLLECTED = """
step      | dossier | notices        | payments               | cases | tiepnhan1
filed     | 1 none  | -              | -                      | -     | new
collected | 1 paid  | paid 8000/8000 | counter_cash 8000/8000 | -     | paid_next
received  | 2 paid  | paid 8000/8000 | counter_cash 8000/8000 | -     | received
"""

COLLECTED_AND_RECEIVED = """
step | dossier | notices        | payments               | cases | tiepnhan1
both | 2 paid  | paid 8000/8000 | counter_cash 8000/8000 | -     | received
"""

WAIVED = """
step     | dossier  | notices        | payments | cases | tiepnhan1
notified | 1 due    | sent 0/75000   | -        | -     | awaiting_payment
waived   | 1 waived | waived 0/75000 | -        | -     | new
received | 2 waived | waived 0/75000 | -        | -     | received
"""

ZERO_TAX = """
step     | dossier              | notices          | payments | cases | tiepnhan1 | thuly1
accepted | 6/desk_accepted none | -                | -        | -     | to_notify | paused
waived   | 4 waived             | waived 0/4250000 | -        | -     | -         | mine
"""

HALF = """
step     | dossier   | notices                 | payments                                         | cases | tiepnhan1
notified | 1 due     | sent 0/65500            | -                                                | -     | awaiting_payment
half     | 1 partial | partly_paid 60000/65500 | counter_cash 60000/60000                         | -     | awaiting_payment
reminded | 1 partial | partly_paid 60000/65500 | counter_cash 60000/60000                         | -     | awaiting_payment
the rest | 1 paid    | paid 65500/65500        | counter_cash 60000/60000, counter_cash 5500/5500 | -     | paid_next
"""  # noqa: E501

REVERSED = """
step       | dossier                | notices              | payments                                                      | cases | tiepnhan1        | thuly1
notified   | 6/awaiting_payment due | sent 0/4250000       | -                                                             | -     | awaiting_payment | paused
ticked     | 4 paid                 | paid 4250000/4250000 | counter_cash 4250000/4250000                                  | -     | -                | paid_next
reversed   | 6/awaiting_payment due | sent 0/4250000       | counter_cash 4250000/0 reversed                               | -     | awaiting_payment | paused
paid again | 4 paid                 | paid 4250000/4250000 | counter_cash 4250000/0 reversed, counter_cash 4250000/4250000 | -     | -                | paid_next
"""  # noqa: E501

SHORTFALL = """
step     | dossier | notices          | payments                                                | cases                  | lanhdao1 | tiepnhan1
ticked   | 10 paid | paid 75000/75000 | counter_cash 75000/75000                                | -                      | -        | -
reversed | 10 due  | sent 0/75000     | counter_cash 75000/0 reversed                           | shortfall open 75000   | refunds  | -
made up  | 10 paid | paid 75000/75000 | counter_cash 75000/0 reversed, counter_cash 75000/75000 | shortfall closed 75000 | -        | -
"""  # noqa: E501

THE_DAY_AFTER = """
step     | dossier                | notices          | payments                                                | cases                  | thuquy1 | tiepnhan1
ticked   | 9/awaiting_pickup paid | paid 75000/75000 | counter_cash 75000/75000                                | -                      | -       | paid_next
reversed | 9/awaiting_pickup due  | sent 0/75000     | counter_cash 75000/0 reversed                           | shortfall open 75000   | refunds | awaiting_payment
made up  | 9/awaiting_pickup paid | paid 75000/75000 | counter_cash 75000/0 reversed, counter_cash 75000/75000 | shortfall closed 75000 | -       | paid_next
"""  # noqa: E501

MOMO = """
step     | dossier | notices          | payments            | cases | tiepnhan1
notified | 1 due   | sent 0/75000     | -                   | -     | awaiting_payment
paid     | 1 paid  | paid 75000/75000 | gateway 75000/75000 | -     | paid_next
"""


def test_collected_at_the_counter_where_nobody_pays_online_then_received_in_one_press(town):
    first, second = town.office.file("Trần Văn Bình", MARRIAGE), town.office.file("Hồ Thị Kim Liên", COPY)
    desk = town.desk
    town.open(desk)
    with no_waiting_here():
        check = town.money(first, COLLECTED)
        find(desk, "Trần Văn Bình")
        check("filed")
        desk.act(Key.Key_F6)
        told(desk, "Thủ tục này chưa cho thanh toán trực tuyến. Dùng Thu tại quầy (F12).")
        collect(desk, "BL 0000001")
        check("collected")
        go_on(desk)
        check("received")

        find(desk, "Hồ Thị Kim Liên")
        collect(desk, "BL 0000002", receive=True)
        town.money(second, COLLECTED_AND_RECEIVED)("both")


def test_waived_is_not_green_lifts_the_gate_and_resumes_a_suspension(town):
    dossier, obliged = town.office.file("Trần Văn Bình", BIRTH), town.office.file("Lê Thị Ơn", LAND)
    town.office.notified(town.office.desk(), dossier)
    town.office.suspended(obliged)
    desk = town.desk
    town.open(desk, town.processor)
    with no_waiting_here():
        check = town.money(dossier, WAIVED)
        find(desk, "Trần Văn Bình")
        check("notified")
        waive(desk, "ho-ngheo")
        check("waived")
        until(lambda: [chip.text for chip in desk.view().chips][1] == "Miễn lệ phí", "not green")
        go_on(desk)
        check("received")

        check = town.money(obliged, ZERO_TAX)
        find(desk, "Lê Thị Ơn")
        check("accepted")
        waive(desk, "thue-0-dong")
        check("waived")


def test_half_is_paid_reminded_of_the_rest_and_paid_up(town):
    dossier = town.office.file("Phạm Quốc Khánh", BIRTH)
    town.office.notified(town.office.desk(), dossier, 65_500)
    desk = town.desk
    town.open(desk)
    with no_waiting_here():
        check = town.money(dossier, HALF)
        find(desk, "Phạm Quốc Khánh")
        check("notified")
        tick(desk, "BL 0000001", "60000")
        check("half")
        assert offers(desk, "receive").startswith("Chưa tiếp nhận được: còn 5.500 đ chờ công dân đóng")
        remind(desk)
        assert check("reminded").notices[0].reminders == 1
        tick(desk, "BL 0000002")
        check("the rest")


def test_a_wrong_tick_is_taken_back_and_the_pause_is_one_from_its_first_start(town):
    dossier = town.office.file("Lê Thị Ơn", LAND)
    town.office.obliged(dossier)
    desk = town.desk
    town.open(desk, town.processor)
    with no_waiting_here():
        check = town.money(dossier, REVERSED)
        find(desk, "Lê Thị Ơn")
        (begun,) = check("notified").pauses
        tick(desk, "GNT 0000001")
        check("ticked")
        town.office.clock.advance(minutes=20)
        assert reverse(desk, "Ghi nhầm hồ sơ")[-1].endswith("đồng hồ dừng liền mạch từ hôm nay 10:12.")
        assert [(p.started_at, p.ended_at) for p in check("reversed").pauses] == [(begun.started_at, None)]
        tick(desk, "GNT 0000002")
        assert [p.started_at for p in check("paid again").pauses] == [begun.started_at]


def test_a_tick_taken_back_after_the_result_was_handed_over_leaves_a_shortfall(town):
    dossier = town.office.file("Lê Hoàng Phúc", BUILDING)
    town.office.returned_paid(dossier)
    desk, head = town.desk, town.head
    town.open(desk, head)
    with no_waiting_here():
        check = town.money(dossier, SHORTFALL)
        find(desk, "Lê Hoàng Phúc")
        find(head, "Lê Hoàng Phúc")
        check("ticked")
        assert offers(desk, "reverse_payment") == NOT_THE_TICKER
        reverse(head, "Tiền giả")
        check("reversed")
        tick(desk, "BL 0000002")
        check("made up")


def test_the_day_after_the_cashier_takes_a_tick_back_before_the_result_is_handed_over(town):
    dossier = town.office.file("Lê Hoàng Phúc", BUILDING)
    town.office.completed_paid(dossier)
    desk, cashier = town.desk, town.cashier
    town.open(desk, cashier)
    with no_waiting_here():
        check = town.money(dossier, THE_DAY_AFTER)
        find(desk, "Lê Hoàng Phúc")
        check("ticked")
        assert offers(desk, "reverse_payment") == ""
        town.tomorrow()
        assert offers(desk, "reverse_payment") == NOT_THE_TICKER
        find(cashier, "Lê Hoàng Phúc")
        reverse(cashier, "Tiền giả")
        check("reversed")
        tick(desk, "BL 0000002")
        check("made up")


def test_what_was_taken_today_is_listed_summed_and_printed(town):
    for name in ("Trần Văn Bình", "Hồ Thị Kim Liên"):
        town.office.file(name, COPY)
    desk = town.desk
    town.open(desk)
    with no_waiting_here():
        find(desk, "Trần Văn Bình")
        collect(desk, "BL 0000001")
        find(desk, "Hồ Thị Kim Liên")
        collect(desk, "BL 0000002")
        until(lambda: not desk.view().card.pending, "sent")
        reverse(desk, "Ghi nhầm hồ sơ")
        until(lambda: not desk.view().card.pending, "sent")
        shown = page(desk, "da thu hom nay", "Đã thu hôm nay")
        until(lambda: len(lines(shown)) == 2, "the day's takings")
        assert lines(shown) == [
            "10:12, Trần Văn Bình, H32.8-261120-0001, BL 0000001, Tiền mặt, 8.000 đ, Đã lên Cổng",
            "10:12, Hồ Thị Kim Liên, H32.8-261120-0002, BL 0000002, Tiền mặt, 8.000 đ, "
            "Đã hủy ghi nhận, không tính vào tổng",
        ]
        assert [label.text() for label in shown.sums] == [
            "Tổng cộng 8.000 đ · 1 khoản", "Theo hình thức: Tiền mặt 8.000 đ", "Theo loại khoản: Phí 8.000 đ",
        ]  # fmt: skip
        desk.press(Key.Key_Return, CTRL)
        until(lambda: shown.viewer is not None and shown.viewer.isVisible(), "the list on paper")
        settle(desk.window)
        desk.press(Key.Key_Escape)
        until(lambda: shown.viewer is None, "back on the page")


def test_a_payment_by_momo_arrives_without_a_click(town):
    dossier = town.office.file("Phạm Quốc Khánh", BIRTH)
    notice = town.office.notified(town.office.desk(), dossier).dossier.notices[-1].id
    desk = town.desk
    town.open(desk)
    with no_waiting_here():
        check = town.money(dossier, MOMO)
        find(desk, "Phạm Quốc Khánh")
        check("notified")
        verbs.pay(town.office.url, notice=notice, gateway="momo")
        told(desk, "Phạm Quốc Khánh vừa đóng 75.000 đ")
        until(lambda: any(chip.text == "Đã đóng" for chip in desk.view().chips), "green without a click")
        assert check("paid").payments[0].gateway == "momo"
