"""Notices in real windows by keyboard, the line cut before the deed and given back after it.

Every deed is compared twice: what this machine shows and keeps, then what the portal made of it. Some programs are
killed in between.
"""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.domain.unit_settings import UnitSettings
from app.services import unit_settings
from tests.e2e.fee_deeds import (
    add_tax_notice,
    by_hand,
    decide,
    find,
    go_on,
    notify,
    remind,
    stop,
    suspend_without_tax_notice,
    tick,
    with_reason,
)
from tests.ui.desk_fixture import BIRTH, COPY, LAND, no_waiting_here
from tests.ui.notice_scenes import DEAD
from tests.ui.notice_scenes import told as delivered
from tests.ui.window_fixture import until

Key = Qt.Key

LATE = """
step          | dossier | notices          | payments            | cases | tiepnhan1
reminded here | 1 due   | sent 0/23000     | -                   | -     | awaiting_payment + remind
reminded      | 1 due   | sent 0/23000     | -                   | -     | awaiting_payment
paid          | 1 paid  | paid 23000/23000 | gateway 23000/23000 | -     | paid_next
"""

TO_A_CANCELLED_NOTICE = """
step        | dossier   | notices                                    | payments                 | cases               | tiepnhan1                        | lanhdao1
ticked here | 1 due     | sent 0/75000, paid 30000/30000             | counter_cash 30000/30000 | -                   | awaiting_payment + tick_paid     | unit
cancelled   | 1 due     | sent 0/75000, cancelled 0/30000            | counter_cash 30000/0     | refund open 30000   | awaiting_payment                 | refunds
used here   | 1 partial | partly_paid 30000/75000, cancelled 0/30000 | counter_cash 30000/30000 | refund closed 30000 | awaiting_payment + decide_refund | refunds
used        | 1 partial | partly_paid 30000/75000, cancelled 0/30000 | counter_cash 30000/30000 | refund closed 30000 | awaiting_payment                 | unit
"""  # noqa: E501

SECOND_NOTICE = """
step              | dossier | notices                                        | payments | cases | tiepnhan1
replaced here     | 1 due   | superseded 0/75000, sent 0/23000               | -        | -     | awaiting_payment + notify
added here        | 1 due   | superseded 0/75000, sent 0/23000, sent 0/38000 | -        | -     | awaiting_payment + notify notify
killed and opened | 1 due   | superseded 0/75000, sent 0/23000, sent 0/38000 | -        | -     | awaiting_payment + notify notify
delivered         | 1 due   | superseded 0/75000, sent 0/23000, sent 0/38000 | -        | -     | awaiting_payment
"""  # noqa: E501

BAD_SUSPENSION = """
step               | dossier                    | notices | payments | cases | thuly1                          | tiepnhan1
no tax notice here | 6/awaiting_tax_notice none | -       | -        | -     | paused + suspend                | -
tax notice here    | 6/desk_to_notify none      | -       | -        | -     | paused + suspend add_tax_notice | -
tax notice         | 6/desk_to_notify none      | -       | -        | -     | paused                          | to_notify
sent back here     | 6/desk_to_notify none      | -       | -        | -     | paused                          | - + send_back
sent back          | 6/awaiting_tax_notice none | -       | -        | -     | paused                          | -
cancelled here     | 4 none                     | -       | -        | -     | mine + cancel_suspension        | -
cancelled          | 4 none                     | -       | -        | -     | mine                            | -
"""  # noqa: E501

GATE = """
step              | dossier | notices          | payments            | cases | tiepnhan1
asked here        | 1 due   | sent 0/75000     | -                   | -     | awaiting_payment + receive
killed and opened | 1 due   | sent 0/75000     | -                   | -     | awaiting_payment + receive
paid and received | 2 paid  | paid 75000/75000 | gateway 75000/75000 | -     | received
"""

GATE_WARNS = """
step          | dossier | notices      | payments | cases | tiepnhan1
received here | 2 due   | sent 0/75000 | -        | -     | awaiting_payment + receive
received      | 2 due   | sent 0/75000 | -        | -     | awaiting_payment
"""

REFUSED = """
step         | dossier | notices           | payments             | cases             | tiepnhan1  | lanhdao1
refused here | 3 none  | cancelled 0/75000 | counter_cash 50000/0 | refund open 50000 | - + refuse | unit
refused      | 3 none  | cancelled 0/75000 | counter_cash 50000/0 | refund open 50000 | -          | refunds
"""

WITHDRAWN = """
step           | dossier | notices          | payments                 | cases             | tiepnhan1    | lanhdao1
withdrawn here | 7 paid  | paid 70000/70000 | counter_cash 70000/70000 | refund open 70000 | - + withdraw | unit
withdrawn      | 7 paid  | paid 70000/70000 | counter_cash 70000/70000 | refund open 70000 | -            | refunds
"""

STOPPED = """
step         | dossier | notices          | payments                 | cases             | thuly1            | lanhdao1
stopped here | 8 paid  | paid 70000/70000 | counter_cash 70000/70000 | refund open 70000 | - + stop_handling | unit
stopped      | 8 paid  | paid 70000/70000 | counter_cash 70000/70000 | refund open 70000 | -                 | refunds
"""

UNREACHED = """
step         | dossier | notices      | payments | cases | tiepnhan1
reached here | 1 due   | sent 0/75000 | -        | -     | awaiting_payment + reach reach correct_contact
delivered    | 1 due   | sent 0/75000 | -        | -     | awaiting_payment
"""


def test_past_its_day_a_notice_is_reminded_of_without_a_line_and_paid_late(town):
    dossier = town.office.file("Lê Thị Ơn", BIRTH)
    desk = town.desk
    town.open(desk)
    with no_waiting_here():
        check = town.money(dossier, LATE)
        find(desk, "Lê Thị Ơn")
        notify(desk, "15000", pay_by="20/11/2026")
        until(lambda: desk.view().card.dossier.notices and not desk.view().card.pending, "notified")
        town.cut()
        town.tomorrow()
        desk.palette("hang qua han nop", "Hàng: Quá hạn nộp")
        desk.shows("Lê Thị Ơn")
        assert desk.view().notices[0].pay_by == "Hạn nộp 20/11/2026 – đã quá"
        remind(desk)
        assert check("reminded here").notices[0].reminders == 1
        town.mend()
        assert check("reminded").notices[0].reminders == 1
        town.pay(dossier)
        check("paid")


def test_cash_taken_without_a_line_for_a_notice_cancelled_meanwhile_is_used_for_the_open_one(town):
    dossier = town.office.file("Dương Thị Mộng Tuyền", BIRTH)
    town.office.notified(town.office.desk(), dossier)
    desk, head = town.desk, town.head
    town.office.desk("lanhdao1")
    town.open(desk, head)
    with no_waiting_here():
        check = town.money(dossier, TO_A_CANCELLED_NOTICE)
        find(desk, "Dương Thị Mộng Tuyền")
        notify(desk, "22000", how="add", other="Bưu chính")
        until(lambda: len(desk.view().card.dossier.notices) == 2 and not desk.view().card.pending, "two notices")
        town.cut()
        tick(desk, "BL 0000001", notice=desk.view().card.dossier.notices[-1].id)
        check("ticked here")
        town.mend_only(head)
        find(head, "Dương Thị Mộng Tuyền")
        with_reason(head, "huy thong bao", "Hủy thông báo…", "Thu nhầm khoản")
        until(lambda: not head.view().card.pending, "cancelled")
        town.mend()
        check("cancelled")
        town.cut()
        decide(desk, dossier, "Dùng cho thông báo")
        check("used here")
        town.mend()
        check("used")


def test_a_second_notice_without_a_line_replaces_and_adds(town):
    dossier = town.office.file("Trần Văn Bình", BIRTH)
    town.office.notified(town.office.desk(), dossier)
    desk = town.desk
    town.open(desk)
    with no_waiting_here():
        check = town.money(dossier, SECOND_NOTICE)
        find(desk, "Trần Văn Bình")
        town.cut()
        notify(desk, "15000", how="replace", reason="Tính lại lệ phí")
        check("replaced here")
        notify(desk, "30000", how="add", reason="Gửi thêm bản sao", other="Bưu chính")
        check("added here")
        town.open_again(desk)
        check("killed and opened")
        town.mend()
        check("delivered")


def test_a_bad_suspension_without_a_line_goes_back_and_is_cancelled_as_one_pause(town):
    dossier = town.office.file("Trương Thị Cẩm Vân", LAND)
    town.office.in_processing(dossier)
    desk, processor = town.desk, town.processor
    town.open(desk, processor)
    with no_waiting_here():
        check = town.money(dossier, BAD_SUSPENSION)
        find(processor, "Trương Thị Cẩm Vân")
        town.cut()
        suspend_without_tax_notice(processor)
        check("no tax notice here")
        town.office.clock.advance(minutes=30)
        add_tax_notice(processor, "LTB2656012/TB-CCT", "4250000")
        check("tax notice here")
        town.mend()
        check("tax notice")
        town.cut()
        find(desk, "Trương Thị Cẩm Vân")
        with_reason(desk, "tra lai thu ly", "Trả lại thụ lý…", "Sai số thuế")
        check("sent back here")
        town.mend()
        check("sent back")
        town.cut()
        town.office.clock.advance(minutes=30)
        with_reason(processor, "huy dung", "Hủy dừng tính…", "Dừng nhầm hồ sơ")
        check("cancelled here")
        town.mend()
        (pause,) = check("cancelled").pauses
        begun_when_the_portal_heard, ended = f"{pause.started_at:%H:%M}", f"{pause.ended_at:%H:%M}"
        assert (begun_when_the_portal_heard, ended) == ("10:42", "11:12")


def test_at_the_gate_without_a_line_the_reception_waits_for_the_portals_word(town):
    unit_settings.change(town.office.desk("quantri"), UnitSettings(gate_warns=(COPY,)))
    dossier, warned = town.office.file("Phạm Quốc Khánh", BIRTH), town.office.file("Hồ Thị Kim Liên", COPY)
    notice = town.office.notified(town.office.desk(), dossier).dossier.notices[-1].id
    town.office.notified(town.office.desk(), warned)
    desk = town.desk
    town.open(desk)
    with no_waiting_here():
        check, other = town.money(dossier, GATE), town.money(warned, GATE_WARNS)
        find(desk, "Phạm Quốc Khánh")
        town.cut()
        desk.palette("hoi cong", "Hỏi Cổng rồi tiếp nhận")
        check("asked here")
        until(lambda: [chip.text for chip in desk.view().chips][-1] == "Chờ Cổng xác nhận đã nộp", "it waits")
        find(desk, "Hồ Thị Kim Liên")
        go_on(desk)
        other("received here")
        town.pay_notice(notice)
        town.open_again(desk)
        check("killed and opened")
        town.mend()
        assert check("paid and received").receipt_code
        other("received")


def test_refused_withdrawn_and_stopped_without_a_line_money_goes_back(town):
    dossier, stopped = town.office.file("Hồ Thị Kim Liên", BIRTH), town.office.file("Trương Thị Cẩm Vân", LAND)
    withdrawn = town.office.file("Trần Văn Bình", COPY)
    card = town.office.notified(town.office.desk(), dossier)
    town.office.ticked(town.office.desk(), card, 50_000)
    town.office.in_processing(stopped)
    town.office.collected(stopped)
    town.office.collected(withdrawn)
    desk, processor, head = town.desk, town.processor, town.head
    town.office.desk("thuly1")
    town.office.desk("lanhdao1")
    town.open(desk, processor, head)
    with no_waiting_here():
        check, other, third = (
            town.money(d, table) for d, table in ((dossier, REFUSED), (stopped, STOPPED), (withdrawn, WITHDRAWN))
        )
        find(desk, "Hồ Thị Kim Liên")
        find(processor, "Trương Thị Cẩm Vân")
        town.cut()
        with_reason(desk, "tu choi", "Từ chối…", "Không thuộc thẩm quyền")
        check("refused here")
        stop(processor, "Chủ hồ sơ đã qua đời")
        other("stopped here")
        find(desk, "Trần Văn Bình")
        with_reason(desk, "cong dan rut", "Công dân rút hồ sơ…", "Đơn xin rút ngày 20/11/2026")
        third("withdrawn here")
        town.mend()
        check("refused")
        other("stopped")
        third("withdrawn")


def test_whom_nobody_reached_is_called_and_corrected_without_a_line(town):
    dossier = delivered(town.office, "Trần Văn Bình", **DEAD).dossier.id
    desk = town.desk
    town.open(desk)
    with no_waiting_here():
        check = town.money(dossier, UNREACHED)
        find(desk, "Trần Văn Bình")
        town.cut()
        by_hand(desk)
        check("reached here")
        town.mend()
        check("delivered")
        town.reached(desk, dossier, DELIVERED)


DELIVERED = {"account": "no_address", "email": "failed", "sms": "delivered", "call": "delivered", "handed": "delivered"}
