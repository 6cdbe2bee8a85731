"""Money at the counter in real windows by keyboard, the line cut before the deed and given back after it.

Every deed is compared twice: what this machine shows and keeps, then what the portal made of it. Some programs are
killed in between.
"""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.sandbox.simulator import verbs
from tests.e2e.fee_deeds import collect, find, go_on, lines, offers, page, remind, reverse, tick, told, waive
from tests.e2e.keyboard_officers import CTRL
from tests.ui.desk_fixture import BIRTH, BUILDING, COPY, LAND, no_waiting_here
from tests.ui.window_fixture import settle, until

Key = Qt.Key

COLLECTED = """
step              | dossier | notices        | payments               | cases | tiepnhan1
collected here    | 1 paid  | paid 8000/8000 | counter_cash 8000/8000 | -     | paid_next + collect
received here     | 2 paid  | paid 8000/8000 | counter_cash 8000/8000 | -     | received + collect receive
killed and opened | 2 paid  | paid 8000/8000 | counter_cash 8000/8000 | -     | received + collect receive
delivered         | 2 paid  | paid 8000/8000 | counter_cash 8000/8000 | -     | received
"""

COLLECTED_FOR_AN_ENDED_ONE = """
step           | dossier | notices          | payments               | cases            | tiepnhan1
collected here | 1 paid  | paid 8000/8000   | counter_cash 8000/8000 | -                | paid_next + collect
withdrawn      | 7 none  | cancelled 0/8000 | counter_cash 8000/0    | refund open 8000 | -
"""

WAIVED = """
step        | dossier  | notices        | payments | cases | tiepnhan1
waived here | 1 waived | waived 0/75000 | -        | -     | new + waive
waived      | 1 waived | waived 0/75000 | -        | -     | new
"""

ZERO_TAX = """
step        | dossier  | notices          | payments | cases | tiepnhan1 | thuly1
waived here | 4 waived | waived 0/4250000 | -        | -     | - + waive | paused
waived      | 4 waived | waived 0/4250000 | -        | -     | -         | mine
"""

HALF = """
step          | dossier   | notices                 | payments                                         | cases | tiepnhan1
half here     | 1 partial | partly_paid 60000/65500 | counter_cash 60000/60000                         | -     | awaiting_payment + tick_paid
reminded here | 1 partial | partly_paid 60000/65500 | counter_cash 60000/60000                         | -     | awaiting_payment + tick_paid remind
the rest here | 1 paid    | paid 65500/65500        | counter_cash 60000/60000, counter_cash 5500/5500 | -     | paid_next + tick_paid remind tick_paid
delivered     | 1 paid    | paid 65500/65500        | counter_cash 60000/60000, counter_cash 5500/5500 | -     | paid_next
"""  # noqa: E501

REVERSED = """
step              | dossier                | notices              | payments                        | cases | tiepnhan1                          | thuly1
ticked            | 4 paid                 | paid 4250000/4250000 | counter_cash 4250000/4250000    | -     | -                                  | paid_next
reversed here     | 6/awaiting_payment due | sent 0/4250000       | counter_cash 4250000/0 reversed | -     | awaiting_payment + reverse_payment | paid_next
killed and opened | 6/awaiting_payment due | sent 0/4250000       | counter_cash 4250000/0 reversed | -     | awaiting_payment + reverse_payment | paid_next
reversed          | 6/awaiting_payment due | sent 0/4250000       | counter_cash 4250000/0 reversed | -     | awaiting_payment                   | paused
"""  # noqa: E501

SHORTFALL = """
step          | dossier | notices          | payments                                                | cases                  | lanhdao1                  | tiepnhan1
reversed here | 10 due  | sent 0/75000     | counter_cash 75000/0 reversed                           | shortfall open 75000   | refunds + reverse_payment | -
reversed      | 10 due  | sent 0/75000     | counter_cash 75000/0 reversed                           | shortfall open 75000   | refunds                   | -
made up here  | 10 due  | sent 0/75000     | counter_cash 75000/0 reversed                           | shortfall open 75000   | refunds                   | - + tick_paid
made up       | 10 paid | paid 75000/75000 | counter_cash 75000/0 reversed, counter_cash 75000/75000 | shortfall closed 75000 | -                         | -
"""  # noqa: E501

THE_DAY_AFTER = """
step          | dossier                | notices      | payments                      | cases                | thuquy1                   | tiepnhan1
reversed here | 9/awaiting_pickup due  | sent 0/75000 | counter_cash 75000/0 reversed | shortfall open 75000 | refunds + reverse_payment | paid_next
reversed      | 9/awaiting_pickup due  | sent 0/75000 | counter_cash 75000/0 reversed | shortfall open 75000 | refunds                   | awaiting_payment
"""  # noqa: E501

MOMO = """
step           | dossier | notices          | payments            | cases | tiepnhan1
paid meanwhile | 1 due   | sent 0/75000     | -                   | -     | awaiting_payment
seen           | 1 paid  | paid 75000/75000 | gateway 75000/75000 | -     | paid_next
"""


def test_collected_and_received_without_a_line(town):
    dossier, ended = town.office.file("Trần Văn Bình", COPY), town.office.file("Hồ Thị Kim Liên", COPY)
    town.office.desk()
    desk = town.desk
    town.open(desk)
    with no_waiting_here():
        town.cut()
        check = town.money(dossier, COLLECTED)
        find(desk, "Trần Văn Bình")
        collect(desk, "BL 0000001")
        check("collected here")
        go_on(desk)
        check("received here")
        other = town.money(ended, COLLECTED_FOR_AN_ENDED_ONE)
        find(desk, "Hồ Thị Kim Liên")
        collect(desk, "BL 0000002")
        other("collected here")
        verbs.withdraw(town.office.url, desk.view().card.dossier.code)
        town.open_again(desk)
        check("killed and opened")
        town.mend()
        check("delivered")
        other("withdrawn")


def test_waived_without_a_line(town):
    dossier, obliged = town.office.file("Trần Văn Bình", BIRTH), town.office.file("Lê Thị Ơn", LAND)
    town.office.notified(town.office.desk(), dossier)
    town.office.suspended(obliged)
    desk = town.desk
    town.open(desk, town.processor)
    with no_waiting_here():
        town.cut()
        check, other = town.money(dossier, WAIVED), town.money(obliged, ZERO_TAX)
        find(desk, "Trần Văn Bình")
        waive(desk, "ho-ngheo")
        check("waived here")
        find(desk, "Lê Thị Ơn")
        waive(desk, "thue-0-dong")
        other("waived here")
        town.mend()
        check("waived")
        other("waived")


def test_half_and_the_rest_without_a_line(town):
    dossier = town.office.file("Phạm Quốc Khánh", BIRTH)
    town.office.notified(town.office.desk(), dossier, 65_500)
    desk = town.desk
    town.open(desk)
    with no_waiting_here():
        town.cut()
        check = town.money(dossier, HALF)
        find(desk, "Phạm Quốc Khánh")
        tick(desk, "BL 0000001", "60000")
        check("half here")
        remind(desk)
        check("reminded here")
        tick(desk, "BL 0000002")
        check("the rest here")
        town.mend()
        check("delivered")


def test_a_wrong_tick_taken_back_without_a_line(town):
    dossier = town.office.file("Lê Thị Ơn", LAND)
    card = town.office.obliged(dossier)
    begun = card.dossier.pauses[0].started_at
    town.office.ticked(town.office.desk(), card, 4_250_000)
    desk = town.desk
    town.open(desk, town.processor)
    with no_waiting_here():
        check = town.money(dossier, REVERSED)
        check("ticked")
        find(desk, "Lê Thị Ơn")
        town.office.clock.advance(minutes=20)
        town.cut()
        reverse(desk, "Ghi nhầm hồ sơ")
        check("reversed here")
        town.open_again(desk)
        check("killed and opened")
        town.mend()
        assert [(p.started_at, p.ended_at) for p in check("reversed").pauses] == [(begun, None)]


def test_a_shortfall_opened_and_made_up_without_a_line(town):
    dossier = town.office.file("Lê Hoàng Phúc", BUILDING)
    town.office.returned_paid(dossier)
    town.office.desk("lanhdao1")
    desk, head = town.desk, town.head
    town.open(desk, head)
    with no_waiting_here():
        town.cut()
        check = town.money(dossier, SHORTFALL)
        find(head, "Lê Hoàng Phúc")
        reverse(head, "Tiền giả")
        check("reversed here")
        town.mend()
        check("reversed")
        town.cut()
        find(desk, "Lê Hoàng Phúc")
        tick(desk, "BL 0000002")
        check("made up here")
        town.mend()
        check("made up")


def test_the_day_after_the_cashier_takes_a_tick_back_without_a_line_before_the_result_is_handed_over(town):
    dossier = town.office.file("Lê Hoàng Phúc", BUILDING)
    town.office.completed_paid(dossier)
    town.office.desk("thuquy1")
    desk, cashier = town.desk, town.cashier
    town.open(desk, cashier)
    with no_waiting_here():
        check = town.money(dossier, THE_DAY_AFTER)
        find(desk, "Lê Hoàng Phúc")
        find(cashier, "Lê Hoàng Phúc")
        town.tomorrow()
        town.cut()
        assert offers(desk, "reverse_payment").startswith("Tài khoản này không có quyền hủy ghi nhận")
        reverse(cashier, "Tiền giả")
        check("reversed here")
        town.mend()
        check("reversed")


def test_what_was_taken_today_is_listed_summed_and_printed_before_it_is_sent(town):
    town.office.file("Trần Văn Bình", COPY)
    town.office.desk()
    desk = town.desk
    town.open(desk)
    with no_waiting_here():
        town.cut()
        find(desk, "Trần Văn Bình")
        collect(desk, "BL 0000001")
        shown = page(desk, "da thu hom nay", "Đã thu hôm nay")
        taken = "10:12, Trần Văn Bình, H32.8-261120-0001, BL 0000001, Tiền mặt, 8.000 đ, {0}"
        until(lambda: lines(shown) == [taken.format("Chờ Cổng, lưu trên máy này")], "the day's takings")
        assert shown.sums[0].text() == "Tổng cộng 8.000 đ · 1 khoản · 1 khoản Cổng chưa xác nhận, đã lưu trên máy này"
        desk.press(Key.Key_Return, CTRL)
        until(lambda: shown.viewer is not None and shown.viewer.isVisible(), "the list on paper")
        settle(desk.window)
        desk.press(Key.Key_Escape)
        until(lambda: shown.viewer is None, "back on the page")
        town.mend()
        until(lambda: lines(shown) == [taken.format("Đã lên Cổng")], "sent")
        assert shown.sums[0].text() == "Tổng cộng 8.000 đ · 1 khoản"


def test_a_payment_by_momo_while_the_line_is_cut_arrives_with_the_line(town):
    dossier = town.office.file("Phạm Quốc Khánh", BIRTH)
    notice = town.office.notified(town.office.desk(), dossier).dossier.notices[-1].id
    desk = town.desk
    town.open(desk)
    with no_waiting_here():
        check = town.money(dossier, MOMO)
        find(desk, "Phạm Quốc Khánh")
        town.cut()
        verbs.pay(town.office.url, notice=notice, gateway="momo")
        check("paid meanwhile")
        assert offers(desk, "receive").startswith("Chưa tiếp nhận được: còn 75.000 đ chờ công dân đóng")
        town.mend()
        told(desk, "Phạm Quốc Khánh vừa đóng 75.000 đ")
        check("seen")
