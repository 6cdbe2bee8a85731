"""The pane around a bad suspension and around notices that nobody answers: what is expected, offered and said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.clock import VN
from app.domain import effects
from app.domain.commands import AddTaxNotice, Reach, Remind, SendBack, Suspend
from app.domain.dossier import Case, Pause
from app.domain.words import CaseKind, CaseState, DeliveryChannel, DeliveryState, PauseKind, State
from tests.ui.test_present_dossier import (
    ACCEPTED,
    AM,
    EARLIER,
    NEW,
    NOTIFIED,
    NOW,
    PAID,
    PHUOC,
    PROCESSING,
    SUSPENDED,
    TO_PHUOC,
    TOLD,
    after,
    view,
)

WAITING = after(PROCESSING, (PHUOC, Suspend(EARLIER, "Chờ thuế xác định")))
KNOWN = after(WAITING, (PHUOC, AddTaxNotice(EARLIER, 4_250_000, "TB1", date(2026, 11, 19))))
BACK = after(SUSPENDED, (AM, SendBack(EARLIER, "Sai số tiền")))
STOPPED = replace(
    PROCESSING, state=State.STOPPED, assigned_to=None, return_to=TO_PHUOC, pauses=(Pause(PauseKind.OTHER, EARLIER, 60),)
)
LATE = replace(NOTIFIED, notices=(replace(NOTIFIED.notices[0], pay_by=date(2026, 11, 18)),))
DEAD = tuple(replace(d, state=DeliveryState.FAILED) for d in NOTIFIED.notices[0].deliveries)
LOST = replace(NOTIFIED, notices=(replace(NOTIFIED.notices[0], deliveries=DEAD),))
WITHDRAWN = effects.withdraw(PAID, datetime(2026, 11, 20, 10, 11, tzinfo=VN), "Không còn nhu cầu")[0]


@pytest.mark.parametrize(("dossier", "officer", "primary", "beside"), [
    (WAITING, PHUOC, "Thêm thông báo thuế…", ["Hủy dừng tính…"]),
    (WAITING, AM, None, ["Sửa số, địa chỉ thư…"]),
    (KNOWN, AM, "Tiếp nhận bổ sung và báo công dân", ["Chỉ tiếp nhận bổ sung", "Trả lại thụ lý…"]),
    (KNOWN, PHUOC, None, ["Hủy dừng tính…", "Tiếp tục xử lý…"]),
    (BACK, PHUOC, "Thêm thông báo thuế…", ["Hủy dừng tính…", "Tiếp tục xử lý…"]),
    (TOLD, PHUOC, "Chờ công dân đóng", ["In giấy báo", "Tiếp tục xử lý…"]),
    (STOPPED, PHUOC, "Tiếp tục xử lý…", []),
    (STOPPED, AM, None, ["Tiếp tục xử lý…"]),
    (LATE, AM, "Chờ công dân đóng", ["Đã thanh toán phí, lệ phí", "In giấy báo"]),
    (LOST, AM, "Chờ công dân đóng", ["Đã thanh toán phí, lệ phí", "In và giao tay…"]),
])
def test_what_is_expected_and_what_stands_beside_it(dossier, officer, primary, beside):
    actions = view(dossier, officer).actions
    assert (actions.primary.label if actions.primary else None) == primary
    assert [action.label for action in actions.secondary] == beside


@pytest.mark.parametrize(("dossier", "officer", "kind", "text", "action"), [
    (WAITING, PHUOC, "paused",
     "Dừng tính NVTC lúc 10:09 hôm nay – Nguyễn Hữu Phước (thụ lý). Chờ thuế xác định. Chờ thông báo của cơ quan thuế, "
     "đồng hồ vẫn dừng. Có thông báo thì bấm Thêm thông báo thuế.", None),
    (WAITING, AM, "paused",
     "Dừng tính NVTC lúc 10:09 hôm nay – Nguyễn Hữu Phước (thụ lý). Chờ thuế xác định. Chờ thông báo của cơ quan thuế, "
     "đồng hồ vẫn dừng.", None),
    (BACK, PHUOC, "paused",
     "Dừng tính NVTC lúc 10:09 hôm nay – Nguyễn Hữu Phước (thụ lý). Một cửa trả lại hôm nay 10:09: Sai số tiền. Chờ "
     "thông báo của cơ quan thuế, đồng hồ vẫn dừng. Có thông báo thì bấm Thêm thông báo thuế.", None),
    (LATE, AM, "warn", "Quá hạn nộp 18/11. Còn 65.500 đ chưa đóng. Nhắc công dân, hoặc thay thông báo.",
     ("Nhắc…", "remind", "n1")),
    (after(LATE, (AM, Remind(EARLIER, "n1"))), AM, "warn",
     "Quá hạn nộp 18/11. Còn 65.500 đ chưa đóng. Đã nhắc 1 lần, lần cuối hôm nay 10:09. Nhắc công dân, hoặc thay "
     "thông báo.", ("Nhắc…", "remind", "n1")),
    (replace(LOST, notices=(replace(LOST.notices[0], pay_by=date(2026, 11, 18)),)), AM, "warn",
     "Quá hạn nộp 18/11. Còn 65.500 đ chưa đóng.", None),
    (WITHDRAWN, AM, "paused",
     "Công dân yêu cầu rút. Không còn nhu cầu. Công dân đã đóng 65.500 đ; việc hoàn 65.500 đ: chờ lãnh đạo duyệt từ "
     "hôm nay 10:11.", None),
])
def test_the_banner_says_how_things_stand_and_what_to_do(dossier, officer, kind, text, action):
    found = [(banner.kind, banner.text, banner.action) for banner in view(dossier, officer).banners]
    assert (kind, text, action) in found


def test_a_refund_under_way_says_how_far_it_came():
    case = Case("c", CaseKind.REFUND, CaseState.APPROVED, 65_500, "p1", "n1", EARLIER, approved_at=EARLIER)
    banner = view(replace(WITHDRAWN, cases=(case,))).banners[-1]
    assert banner.text.endswith("việc hoàn 65.500 đ: đã duyệt, chờ thủ quỹ hoàn từ hôm nay 10:09.")


def test_who_was_called_is_reached():
    called = after(LOST, (AM, Reach(EARLIER, "n1", DeliveryChannel.CALL, "Con gái nghe máy, mai nộp")))
    line = view(called).notices[0].deliveries[-1]
    assert (line.name, line.chip, line.since, line.next_step) == (
        "Gọi điện", "Đã gọi", "10:09 hôm nay", "Con gái nghe máy, mai nộp",
    )  # fmt: skip
    assert [banner.icon for banner in view(called).banners if banner.icon == "phone"] == []
    assert [words for _, words in view(called).notices[0].deeds] == ["Nhắc…", "In giấy báo", "Thay…", "Hủy…"]


@pytest.mark.parametrize(("channel", "state", "action"), [
    (DeliveryChannel.SMS, DeliveryState.FAILED, "Sửa số…"),
    (DeliveryChannel.EMAIL, DeliveryState.FAILED, "Sửa địa chỉ…"),
    (DeliveryChannel.SMS, DeliveryState.NO_ADDRESS, "Thêm số…"),
    (DeliveryChannel.EMAIL, DeliveryState.DELIVERED, ""),
    (DeliveryChannel.ACCOUNT, DeliveryState.FAILED, ""),
])
def test_a_dead_address_is_corrected_where_it_stands(channel, state, action):
    sent = tuple(replace(d, state=state) if d.channel is channel else d for d in NOTIFIED.notices[0].deliveries)
    shown = view(replace(NOTIFIED, notices=(replace(NOTIFIED.notices[0], deliveries=sent),))).notices[0].deliveries
    assert next(line.action for line in shown if line.channel == channel) == action


def test_the_history_tells_a_suspension_that_went_wrong_in_plain_words():
    added = after(BACK, (PHUOC, AddTaxNotice(NOW, 3_000_000, "TB2", date(2026, 11, 20))))
    assert [(entry.title, entry.icon) for entry in view(added).timeline[:3]] == [
        ("Thêm thông báo thuế 3.000.000 đ", "receipt"),
        ("Trả lại thụ lý", "arrow-u-up-left"),
        ("Dừng tính nghĩa vụ tài chính 4.250.000 đ", "pause-circle"),
    ]


def test_deeds_about_notices_stay_away_while_there_is_none():
    names = {action.id for action in (*view(NEW).actions.secondary, *view(NEW).actions.more)}
    assert names & {"remind", "call", "hand_over", "correct_contact"} == {"correct_contact"}


@pytest.mark.parametrize(("dossier", "officer", "command", "reason"), [
    (WAITING, PHUOC, "resume", "Chưa có thông báo của cơ quan thuế. Thêm thông báo thuế trước."),
    (TOLD, PHUOC, "cancel_suspension", "Công dân đã được thông báo hoặc đã nộp. Hủy thông báo trước."),
    (TOLD, AM, "send_back", "Công dân đã được thông báo hoặc đã nộp. Hủy thông báo trước."),
    (ACCEPTED, AM, "send_back", ""),
    (NOTIFIED, AM, "remind", ""),
    (NEW, AM, "remind", "Hồ sơ này không có thông báo nào đang chờ thanh toán."),
])
def test_a_grey_deed_says_why(dossier, officer, command, reason):
    assert view(dossier, officer).reason(command) == reason


@pytest.mark.parametrize(("officer", "first"), [
    (PHUOC, "Bạn thêm thông báo thuế"), (AM, "Nguyễn Hữu Phước thêm thông báo thuế"),
])
def test_what_happens_next_begins_with_the_tax_notice(officer, first):
    assert [entry.title for entry in view(WAITING, officer).next_steps] == [
        first, "Một cửa thông báo công dân", "Công dân đóng tiền", "Về lại Nguyễn Hữu Phước, đồng hồ chạy tiếp",
    ]  # fmt: skip
