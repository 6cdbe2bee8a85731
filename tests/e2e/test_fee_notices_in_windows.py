"""Notices in real windows by keyboard, with the line: late, replaced, cancelled, unreached; gates and endings.

The same stories without a line stand in ``test_fee_notices_in_windows_offline``.
"""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.domain.unit_settings import UnitSettings
from app.services import unit_settings
from tests.e2e.fee_deeds import (
    add_tax_notice,
    ask,
    by_hand,
    collect,
    decide,
    find,
    go_on,
    notify,
    offers,
    remind,
    stop,
    suspend_without_tax_notice,
    told,
    with_reason,
    write,
)
from tests.e2e.keyboard_officers import CTRL
from tests.ui.desk_fixture import BIRTH, COPY, LAND, no_waiting_here
from tests.ui.notice_scenes import DEAD
from tests.ui.notice_scenes import told as delivered
from tests.ui.window_fixture import until

Key = Qt.Key

LATE = """
step     | dossier | notices          | payments            | cases | tiepnhan1
notified | 1 due   | sent 0/23000     | -                   | -     | awaiting_payment
overdue  | 1 due   | sent 0/23000     | -                   | -     | awaiting_payment
reminded | 1 due   | sent 0/23000     | -                   | -     | awaiting_payment
paid     | 1 paid  | paid 23000/23000 | gateway 23000/23000 | -     | paid_next
"""

TO_A_CANCELLED_NOTICE = """
step      | dossier | notices                             | payments            | cases                                  | tiepnhan1
cancelled | 1 none  | cancelled 0/75000                   | -                   | -                                      | new
another   | 1 due   | cancelled 0/75000, sent 0/30000     | -                   | -                                      | awaiting_payment
paid      | 1 due   | cancelled 0/75000, sent 0/30000     | gateway 75000/0     | refund open 75000                      | awaiting_payment
used      | 1 paid  | cancelled 0/75000, paid 30000/30000 | gateway 75000/30000 | refund closed 75000, refund open 45000 | paid_next
"""  # noqa: E501

SECOND_NOTICE = """
step     | dossier | notices                                        | payments | cases | tiepnhan1
first    | 1 due   | sent 0/75000                                   | -        | -     | awaiting_payment
replaced | 1 due   | superseded 0/75000, sent 0/23000               | -        | -     | awaiting_payment
added    | 1 due   | superseded 0/75000, sent 0/23000, sent 0/38000 | -        | -     | awaiting_payment
"""

BAD_SUSPENSION = """
step          | dossier                    | notices | payments | cases | thuly1 | tiepnhan1
no tax notice | 6/awaiting_tax_notice none | -       | -        | -     | paused | -
tax notice    | 6/desk_to_notify none      | -       | -        | -     | paused | to_notify
sent back     | 6/awaiting_tax_notice none | -       | -        | -     | paused | -
cancelled     | 4 none                     | -       | -        | -     | mine   | -
"""

GATE = """
step            | dossier | notices      | payments | cases | tiepnhan1
notified        | 1 due   | sent 0/75000 | -        | -     | awaiting_payment
received unpaid | 2 due   | sent 0/75000 | -        | -     | awaiting_payment
"""

GATE_WARNS = """
step     | dossier | notices      | payments | cases | tiepnhan1
notified | 1 due   | sent 0/75000 | -        | -     | awaiting_payment
received | 2 due   | sent 0/75000 | -        | -     | awaiting_payment
"""

REFUSED = """
step    | dossier  | notices            | payments                 | cases             | tiepnhan1        | lanhdao1
paying  | 1 paying | paying 50000/75000 | counter_cash 50000/50000 | -                 | awaiting_payment | unit
refused | 3 none   | cancelled 0/75000  | counter_cash 50000/0     | refund open 50000 | -                | refunds
"""

WITHDRAWN = """
step      | dossier | notices        | payments               | cases            | tiepnhan1 | lanhdao1
collected | 1 paid  | paid 8000/8000 | counter_cash 8000/8000 | -                | paid_next | unit
withdrawn | 7 paid  | paid 8000/8000 | counter_cash 8000/8000 | refund open 8000 | -         | refunds
"""

STOPPED = """
step    | dossier | notices          | payments                 | cases             | thuly1    | lanhdao1
paid    | 4 paid  | paid 70000/70000 | counter_cash 70000/70000 | -                 | paid_next | unit
stopped | 8 paid  | paid 70000/70000 | counter_cash 70000/70000 | refund open 70000 | -         | refunds
"""

UNREACHED = """
step     | dossier | notices      | payments | cases | tiepnhan1
notified | 1 due   | sent 0/75000 | -        | -     | awaiting_payment
called   | 1 due   | sent 0/75000 | -        | -     | awaiting_payment
"""


def test_past_its_day_a_notice_is_flagged_reminded_of_and_paid_as_any_other(town):
    dossier = town.office.file("Lê Thị Ơn", BIRTH)
    desk = town.desk
    town.open(desk)
    with no_waiting_here():
        check = town.money(dossier, LATE)
        find(desk, "Lê Thị Ơn")
        notify(desk, "15000", pay_by="20/11/2026")
        check("notified")
        town.tomorrow()
        assert desk.view().notices[0].pay_by == "Hạn nộp 20/11/2026 – đã quá"
        desk.palette("hang qua han nop", "Hàng: Quá hạn nộp")
        desk.shows("Lê Thị Ơn")
        check("overdue")
        remind(desk)
        assert check("reminded").notices[0].reminders == 1
        town.pay(dossier)
        check("paid")


def test_money_for_a_cancelled_notice_is_used_for_the_open_one(town):
    dossier = town.office.file("Dương Thị Mộng Tuyền", BIRTH)
    first = town.office.notified(town.office.desk(), dossier).dossier.notices[-1].id
    desk = town.desk
    town.open(desk)
    with no_waiting_here():
        check = town.money(dossier, TO_A_CANCELLED_NOTICE)
        find(desk, "Dương Thị Mộng Tuyền")
        pays = town.paying(first)
        with_reason(desk, "huy thong bao", "Hủy thông báo…", "Tính sai lệ phí")
        check("cancelled")
        notify(desk, "22000")
        check("another")
        pays()
        check("paid")
        decide(desk, dossier, "Dùng cho thông báo")
        check("used")


def test_a_second_notice_replaces_or_adds_and_nothing_is_chosen_beforehand(town):
    dossier = town.office.file("Trần Văn Bình", BIRTH)
    town.office.notified(town.office.desk(), dossier)
    desk = town.desk
    town.open(desk)
    with no_waiting_here():
        check = town.money(dossier, SECOND_NOTICE)
        find(desk, "Trần Văn Bình")
        check("first")
        notify(desk, "15000", how="replace", reason="Tính lại lệ phí")
        check("replaced")
        notify(desk, "30000", how="add", reason="Gửi thêm bản sao", other="Bưu chính")
        check("added")


def test_a_bad_suspension_gets_its_tax_notice_goes_back_and_is_cancelled_as_one_pause(town):
    dossier = town.office.file("Trương Thị Cẩm Vân", LAND)
    town.office.in_processing(dossier)
    desk, processor = town.desk, town.processor
    town.open(desk, processor)
    with no_waiting_here():
        check = town.money(dossier, BAD_SUSPENSION)
        find(processor, "Trương Thị Cẩm Vân")
        suspend_without_tax_notice(processor)
        check("no tax notice")
        town.office.clock.advance(minutes=30)
        add_tax_notice(processor, "LTB2656012/TB-CCT", "4250000")
        check("tax notice")
        find(desk, "Trương Thị Cẩm Vân")
        with_reason(desk, "tra lai thu ly", "Trả lại thụ lý…", "Sai số thuế")
        check("sent back")
        town.office.clock.advance(minutes=30)
        with_reason(processor, "huy dung", "Hủy dừng tính…", "Dừng nhầm hồ sơ")
        (pause,) = check("cancelled").pauses
        assert (f"{pause.started_at:%H:%M}", f"{pause.ended_at:%H:%M}") == ("10:12", "11:12")


def test_the_gate_blocks_or_warns_and_a_right_of_its_own_goes_past_it_with_a_reason(town):
    unit_settings.change(town.office.desk("quantri"), UnitSettings(gate_warns=(COPY,)))
    dossier, other = town.office.file("Phạm Quốc Khánh", BIRTH), town.office.file("Hồ Thị Kim Liên", COPY)
    town.office.notified(town.office.desk(), dossier)
    town.office.notified(town.office.desk(), other)
    desk = town.desk
    town.open(desk)
    with no_waiting_here():
        check = town.money(dossier, GATE)
        find(desk, "Phạm Quốc Khánh")
        check("notified")
        go_on(desk)
        told(desk, "Chưa tiếp nhận được: còn 75.000 đ chờ công dân đóng")
        with_reason(desk, "tiep nhan khi chua dong", "Tiếp nhận khi chưa đóng…", "Bưu điện nộp hộ, mai chuyển")
        check("received unpaid")

        check = town.money(other, GATE_WARNS)
        find(desk, "Hồ Thị Kim Liên")
        check("notified")
        assert offers(desk, "receive") == ""
        assert [banner.text for banner in desk.view().banners] == [
            "Còn 75.000 đ chờ công dân đóng (báo 10:12 hôm nay). Thủ tục này vẫn tiếp nhận được khi chưa đóng."
        ]
        go_on(desk)
        check("received")


def test_refusing_asks_while_someone_is_paying_then_cancels_in_the_same_deed(town):
    dossier = town.office.file("Hồ Thị Kim Liên", BIRTH)
    card = town.office.notified(town.office.desk(), dossier)
    town.office.paying(town.office.desk(), town.office.ticked(town.office.desk(), card, 50_000))
    desk, head = town.desk, town.head
    town.open(desk, head)
    with no_waiting_here():
        check = town.money(dossier, REFUSED)
        find(desk, "Hồ Thị Kim Liên")
        check("paying")
        form = ask(desk, "tu choi", "Từ chối…")
        write(desk, form.reason, "Không thuộc thẩm quyền")
        desk.press(Key.Key_Return, CTRL)
        until(lambda: form.primary.text() == "Chờ", "someone is paying")
        desk.tab_to(form.problem.action_button())
        desk.press(Key.Key_Space)
        until(lambda: desk.window.desk_page.deeds.dialog() is None, "refused all the same")
        check("refused")


def test_withdrawn_or_stopped_for_good_with_money_opens_a_refund(town):
    withdrawn, stopped = town.office.file("Trần Văn Bình", COPY), town.office.file("Trương Thị Cẩm Vân", LAND)
    town.office.in_processing(stopped)
    town.office.collected(stopped)
    desk, processor, head = town.desk, town.processor, town.head
    town.open(desk, processor, head)
    with no_waiting_here():
        check = town.money(withdrawn, WITHDRAWN)
        find(desk, "Trần Văn Bình")
        collect(desk, "BL 0000001")
        check("collected")
        with_reason(desk, "cong dan rut", "Công dân rút hồ sơ…", "Đơn xin rút ngày 20/11/2026")
        check("withdrawn")

        check = town.money(stopped, STOPPED)
        find(processor, "Trương Thị Cẩm Vân")
        check("paid")
        stop(processor, "Chủ hồ sơ đã qua đời")
        check("stopped")


def test_whom_nobody_reached_is_called_handed_the_paper_and_sent_to_again(town):
    dossier = delivered(town.office, "Trần Văn Bình", **DEAD).dossier.id
    desk = town.desk
    town.open(desk)
    with no_waiting_here():
        check = town.money(dossier, UNREACHED)
        desk.palette("hang khong toi", "Hàng: Không tới được")
        desk.shows("Trần Văn Bình")
        check("notified")
        by_hand(desk)
        check("called")
        town.reached(desk, dossier, DELIVERED)


DELIVERED = {"account": "no_address", "email": "failed", "sms": "delivered", "call": "delivered", "handed": "delivered"}
