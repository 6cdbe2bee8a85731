"""Rows of the dossier table in words: one line of the table below for each thing an officer must be able to tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from app import catalogues
from app.clock import VN, to_ms
from app.domain.listing import ListRow
from app.domain.words import Role, Way
from ui.present import rows
from ui.present.rows import row_view

NOW = datetime(2026, 11, 20, 10, 12, tzinfo=VN)  # a Friday


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> int:
    return to_ms(datetime(2026, month, day, hour, minute, tzinfo=VN))


ROW = ListRow(
    id="d", code="H32.8-261120-0007", receipt_code="", applicant="Trần Văn Bình", procedure="Cấp bản sao Trích lục",
    state=1, sub_state="", filing="online", fee_status="none", fee_amount=0, fee_channel="", fee_note="", holder="",
    since_ms=at(20, 8, 32), running_ms=at(23, 8, 32), soon_ms=at(23, 7, 0), fixed_ms=0, paused_ms=0, done_ms=0,
    open_case=False, paid_next=False, pending=(),
)  # fmt: skip
LATE = {"running_ms": at(19, 8, 12), "soon_ms": at(18, 16)}
SOON = {"running_ms": at(20, 16, 42), "soon_ms": at(20, 9)}
PAUSED = {"state": 6, "running_ms": 0, "soon_ms": 0, "paused_ms": at(19, 9)}
PAID = {"fee_status": "paid", "fee_amount": 16_000, "fee_channel": "vnpay"}


def shown(role: Role = Role.RECEPTION, **changed: object):
    changed.setdefault("ways", (Way.HERE,) * len(changed.get("pending", ())))
    return row_view(replace(ROW, **changed), NOW, role, catalogues.calendar(), 7)


@pytest.mark.parametrize(("changed", "line"), [
    ({}, "Mới đăng ký · trực tuyến 08:32"),
    ({"filing": "counter", "since_ms": at(19, 8)}, "Mới đăng ký · tại quầy hôm qua"),
    ({"filing": "post", "since_ms": at(17, 8)}, "Mới đăng ký · bưu chính T3 17/11"),
    ({"state": 2}, "Được tiếp nhận · chờ chuyển"),
    ({"state": 4, "holder": "Đỗ Thị Hạnh"}, "Đang xử lý · Đỗ Thị Hạnh"),
    ({"state": 4}, "Đang xử lý · chờ phân công"),
    ({"state": 5, "sub_state": "supplemented"}, "Đã bổ sung giấy tờ"),
    ({"state": 6, "sub_state": "desk_to_notify"}, "Dừng tính NVTC – cần thông báo"),
    ({"state": 6, "sub_state": "awaiting_tax_notice"}, "Đã chuyển thuế – chờ thông báo"),
    ({"state": 6, "sub_state": "awaiting_payment"}, "Chờ công dân đóng NVTC"),
    ({"state": 9, "sub_state": "awaiting_pickup"}, "Đã xử lý xong · chờ trả kết quả"),
    ({"state": 9, "sub_state": "posting"}, "Đã xử lý xong · gửi bưu chính"),
    ({"state": 10, "since_ms": at(20, 9, 5)}, "Đã trả kết quả · 09:05"),
    ({"state": 3, "since_ms": at(19, 9)}, "Không được tiếp nhận · hôm qua"),
    ({"pending": ("receive",)}, "Đã lưu trên máy – chưa gửi"),
    ({"pending": ("receive",), "ways": (Way.SENDING,)}, "Đang gửi lên Cổng"),
    ({"pending": ("receive",), "ways": (Way.UNANSWERED,)}, "Đã gửi – chưa có hồi âm"),
    ({"pending": ("receive",), "ways": (Way.HELD,)}, "Cổng chưa nhận – cần bạn quyết định"),
    ({"pending": ("notify", "receive"), "ways": (Way.HELD, Way.HERE)}, "Cổng chưa nhận – cần bạn quyết định"),
    ({"pending": ("notify", "receive"), "ways": (Way.THERE, Way.HERE)}, "Đã lưu trên máy – chưa gửi"),
    ({"pending": ("receive",), "ways": (Way.THERE,), "state": 2}, "Được tiếp nhận · chờ chuyển"),
])
def test_the_second_line_says_where_the_dossier_stands(changed, line):
    assert shown(**changed).status_line == line


@pytest.mark.parametrize(("changed", "line"), [
    ({"state": 4, "holder": "Tôi", "since_ms": at(20, 8, 5)}, "Mới chuyển đến · 08:05 hôm nay"),
    ({"state": 4, "holder": "Tôi", "since_ms": at(19, 16, 5)}, "Mới chuyển đến · 16:05 hôm qua"),
    ({"state": 4, "holder": "Tôi", "since_ms": at(17, 8)}, "Đang xử lý · từ T3 17/11"),
    ({"state": 4, "holder": "Tôi", "paid_next": True}, "Đã đóng – làm tiếp"),
    ({"state": 4, "holder": ""}, "Chờ phân công"),
    ({"state": 4, "holder": "Tôi", "step": "Thẩm định hồ sơ", "since_ms": at(17, 8)}, "Thẩm định hồ sơ · từ T3 17/11"),
    ({"state": 4, "holder": "Tôi", "step": "Soạn giấy phép", "step_fee": True},
     "Soạn giấy phép · thu lệ phí ở bước này"),
    ({"state": 4, "holder": "Tôi", "step": "Soạn giấy phép", "step_fee": True, "fee_status": "due",
      "since_ms": at(17, 8)}, "Soạn giấy phép · từ T3 17/11"),
])
def test_a_processor_reads_since_when_it_is_with_him(changed, line):
    assert shown(Role.PROCESSOR, **changed).status_line == line


@pytest.mark.parametrize(("changed", "kind", "line1", "line2"), [
    ({}, "none", "Chưa báo phí", ""),
    ({"expected_fee": 65_500}, "none", "Chưa báo phí", "dự kiến 65.500 đ"),
    ({"expected_fee": 65_500, "state": 3}, "not_charged", "Không thu phí", ""),
    ({"expected_fee": 65_500, "fee_status": "due", "fee_amount": 50_000}, "due", "50.000 đ", "chờ đóng"),
    ({"fee_status": "due", "fee_amount": 65_500, "fee_note": "sent"}, "due", "65.500 đ", "chờ đóng · đã gửi"),
    ({"fee_status": "due", "fee_amount": 65_500, "fee_note": "viewed"}, "due", "65.500 đ", "chờ đóng · đã xem"),
    ({"fee_status": "due", "fee_amount": 65_500, "fee_note": "unseen"}, "due", "65.500 đ", "chờ đóng · chưa xem"),
    ({"fee_status": "due", "fee_amount": 65_500, "fee_note": "sms_failed"}, "due", "65.500 đ", "chờ đóng · SMS lỗi"),
    ({"fee_status": "due", "fee_amount": 65_500, "pending": ("notify",)}, "due", "65.500 đ", "chờ đóng · chưa gửi"),
    ({"fee_status": "due", "fee_amount": 65_500, "pending": ("notify",), "ways": (Way.UNANSWERED,)}, "due",
     "65.500 đ", "chờ đóng · chờ Cổng"),
    ({"fee_status": "paying", "fee_amount": 9_000, "fee_note": "paying"}, "due", "9.000 đ",
     "chờ đóng · đang mở trang đóng"),
    ({"fee_status": "partial", "fee_amount": 5_500}, "partial", "5.500 đ", "còn thiếu"),
    (PAID, "paid", "Đã đóng", "16.000 đ · VNPAY"),
    (PAID | {"fee_channel": "counter_cash"}, "paid", "Đã đóng", "16.000 đ · tiền mặt"),
    (PAID | {"fee_channel": "treasury"}, "paid", "Đã đóng", "16.000 đ · kho bạc"),
    (PAID | {"pending": ("tick_paid",)}, "paid_unsent", "Đã đóng – chưa gửi", "16.000 đ · VNPAY"),
    (PAID | {"pending": ("tick_paid",), "ways": (Way.UNANSWERED,)}, "paid_unsent", "Đã đóng – chờ Cổng",
     "16.000 đ · VNPAY"),
    (PAID | {"pending": ("tick_paid",), "ways": (Way.HELD,)}, "paid_unsent", "Đã đóng – tạm giữ", "16.000 đ · VNPAY"),
    (PAID | {"pending": ("tick_paid",), "ways": (Way.THERE,)}, "paid", "Đã đóng", "16.000 đ · VNPAY"),
    (PAID | {"pending": ("receive",)}, "paid", "Đã đóng", "16.000 đ · VNPAY"),
    ({"fee_status": "waived"}, "waived", "Miễn lệ phí", ""),
    ({"fee_status": "refunded"}, "refunded", "Đã hoàn", ""),
    ({"state": 6, "fee_amount": 11_240_000}, "none", "Chưa báo phí", "thuế: 11.240.000 đ"),
    ({"state": 6, "sub_state": "awaiting_tax_notice"}, "none", "Chưa có NVTC", "chờ cơ quan thuế"),
    ({"state": 10}, "not_charged", "Không thu phí", ""),
])
def test_money_is_never_hidden(changed, kind, line1, line2):
    view = shown(**changed)
    assert (view.fee_kind, view.fee_line1, view.fee_line2) == (kind, line1, line2)


@pytest.mark.parametrize(("changed", "kind", "line1", "line2"), [
    ({}, "plain", "còn 6h20", "08:32 T2 23/11"),
    (SOON, "soon", "Còn 4h30", "16:42 hôm nay"),
    (LATE, "late", "Quá 1 ngày 2h", "08:12 hôm qua"),
    ({"running_ms": at(20, 10), "soon_ms": at(20, 8)}, "late", "Quá 12 phút", "10:00 hôm nay"),
    (PAUSED, "paused", "Tạm dừng", "từ hôm qua"),
    (PAUSED | {"paused_ms": at(20, 10, 5)}, "paused", "Tạm dừng", "từ 10:05 hôm nay"),
    (PAUSED | {"paused_ms": at(18, 9)}, "paused", "Tạm dừng", "từ T4 18/11"),
    (PAUSED | {"state": 5, "sub_state": "citizen_asked"}, "paused", "Tạm dừng", "chờ giấy từ 19/11"),
    ({"running_ms": 0, "soon_ms": 0}, "paused", "Tạm dừng", "chờ công dân đóng"),
    ({"state": 9, "running_ms": 0, "done_ms": at(19, 9), "fixed_ms": at(23, 9)}, "done", "Xong trước hạn",
     "hẹn T2 23/11"),
    ({"state": 9, "running_ms": 0, "done_ms": at(19, 9), "fixed_ms": at(18, 9)}, "done", "Xong quá hạn",
     "hẹn T4 18/11"),
    ({"state": 9, "running_ms": 0, "done_ms": at(19, 16), "fixed_ms": at(19, 9)}, "done", "Xong đúng hạn",
     "hẹn T5 19/11"),
    ({"state": 8, "running_ms": 0}, "none", "", ""),
])
def test_the_deadline_says_how_long_and_until_when(changed, kind, line1, line2):
    view = shown(**changed)
    assert (view.due_kind, view.due_line1, view.due_line2) == (kind, line1, line2)


@pytest.mark.parametrize(("changed", "stripe"), [
    ({}, "none"),
    (PAUSED, "pause"),
    (SOON, "soon"),
    (SOON | PAID, "paid"),
    (LATE | PAID, "late"),
    (PAID | {"pending": ("tick_paid",)}, "none"),
    (LATE | PAID | {"open_case": True}, "conflict"),
])
def test_one_stripe_says_what_matters_most(changed, stripe):
    assert shown(**changed).stripe == stripe


def test_the_row_is_known_by_its_row_number_and_shows_the_receipt_code_when_there_is_one():
    assert (shown().id, shown().code) == (7, "H32.8-261120-0007")
    assert shown(receipt_code="H32.8-20261120-0001").code == "H32.8-20261120-0001"


@pytest.mark.parametrize(("role", "changed", "heard"), [
    (Role.RECEPTION, PAID, "Mới đăng ký, đã đóng 16.000 đồng qua VNPAY, còn 6 giờ 20 phút"),
    (Role.RECEPTION, {"expected_fee": 65_500},
     "Mới đăng ký, chưa báo phí, dự kiến 65.500 đồng, còn 6 giờ 20 phút"),
    (Role.RECEPTION, {"state": 4, "holder": "Đỗ Thị Hạnh", "fee_status": "due", "fee_amount": 75_000} | LATE,
     "Đang xử lý, Đỗ Thị Hạnh, chờ đóng 75.000 đồng, quá 1 ngày 2 giờ"),
    (Role.PROCESSOR, {"state": 4, "holder": "Tôi", "step": "Thẩm định", "since_ms": at(17, 8),
                      "step_due_ms": at(20, 17), "step_soon_ms": at(20, 16)},
     "Thẩm định, từ T3 17/11, chưa báo phí, bước này còn 4 giờ 48 phút"),
    (Role.PROCESSOR, {"state": 4, "holder": "Tôi", "since_ms": at(17, 8)},
     "Đang xử lý, từ T3 17/11, chưa báo phí, hẹn trả còn 6 giờ 20 phút"),
])
def test_a_screen_reader_hears_the_whole_row_in_words(role, changed, heard):
    assert shown(role, **changed).accessible == f"Trần Văn Bình, H32.8-261120-0007, Cấp bản sao Trích lục, {heard}"


HELD = {"state": 4, "holder": "Tôi", "step": "Thẩm định", "running_ms": at(26, 10), "soon_ms": at(25, 7)}


@pytest.mark.parametrize(("changed", "kind", "line1", "line2"), [
    ({"step_due_ms": at(23, 17), "step_soon_ms": at(23, 11)}, "plain", "còn 1 ngày 4h", "17:00 T2 23/11"),
    ({"step_due_ms": at(20, 16), "step_soon_ms": at(20, 10)}, "soon", "Còn 3h48", "16:00 hôm nay"),
    ({"step_due_ms": at(20, 9), "step_soon_ms": at(20, 8)}, "late", "Quá 1h12", "09:00 hôm nay"),
    ({"step_due_ms": at(27, 9), "step_soon_ms": at(26, 9)}, "plain", "còn 2 ngày 7h", "hẹn 10:00 T5 26/11"),
    ({}, "plain", "còn 2 ngày 7h", "hẹn 10:00 T5 26/11"),
])
def test_a_processor_reads_when_his_own_step_is_due_or_the_appointment_if_that_comes_first(
        changed, kind, line1, line2):
    view = shown(Role.PROCESSOR, **HELD, **changed)
    assert (view.due_kind, view.due_line1, view.due_line2) == (kind, line1, line2)
    assert shown(Role.RECEPTION, **HELD, **changed).due_line2 == "10:00 T5 26/11"


@pytest.mark.parametrize(("role", "order", "descending", "titles"), [
    (Role.RECEPTION, "due", False, ("Chủ hồ sơ · mã", "Thủ tục · trạng thái", "Phí, lệ phí", "Hẹn trả ▲")),
    (Role.PROCESSOR, "step", False, ("Chủ hồ sơ · mã", "Thủ tục · trạng thái", "Phí, lệ phí", "Hạn bước ▲")),
    (Role.RECEPTION, "code", True, ("Chủ hồ sơ · mã ▼", "Thủ tục · trạng thái", "Phí, lệ phí", "Hẹn trả")),
    (Role.RECEPTION, "name", False, ("Chủ hồ sơ ▲ · mã", "Thủ tục · trạng thái", "Phí, lệ phí", "Hẹn trả")),
    (Role.RECEPTION, "", False, ("Chủ hồ sơ · mã", "Thủ tục · trạng thái", "Phí, lệ phí", "Hẹn trả")),
])
def test_the_arrow_stands_beside_the_word_the_list_is_ordered_by(role, order, descending, titles):
    assert rows.titles(role, order, descending=descending) == titles


def test_a_dossier_with_newer_words_is_shown_and_says_why_nothing_can_be_done():
    assert shown(foreign=True).status_line == "Chỉ xem được – cần cập nhật chương trình"
