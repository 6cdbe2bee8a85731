"""How the link stands and what waits on this machine, in the exact words of the office."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.clock import VN
from app.domain.words import OutboxState, Way
from app.services.session import Since
from app.services.views import Connection, OutboxItem
from ui.present.connection import banner, details, since_figures, since_lead, status
from ui.present.outbox import deed_words, outbox_view

NOW = datetime(2026, 11, 20, 10, 12, tzinfo=VN)
AT_0958 = datetime(2026, 11, 20, 9, 58, tzinfo=VN)
AT_0957 = datetime(2026, 11, 20, 9, 57, tzinfo=VN)
YESTERDAY = datetime(2026, 11, 19, 16, 58, tzinfo=VN)


@pytest.mark.parametrize(("link", "line"), [
    (Connection("online", "", AT_0958, datetime(2026, 11, 20, 10, 11, tzinfo=VN), 0),
     "Trực tuyến · đồng bộ 10:11 · 0 chờ gửi"),
    (Connection("online"), "Trực tuyến · đang đồng bộ lần đầu · 0 chờ gửi"),
    (Connection("online", "not-asked", AT_0958), "Đang kết nối Cổng · 0 chờ gửi"),
    (Connection("online", "not-asked", AT_0958, AT_0957, 2), "Đang kết nối Cổng · số liệu lúc 09:57 · 2 chờ gửi"),
    (Connection("offline", "no-answer", AT_0958, AT_0957, 3), "Ngoại tuyến từ 09:58 · số liệu lúc 09:57 · 3 chờ gửi"),
    (Connection("offline", "no-dns", YESTERDAY, YESTERDAY, 1),
     "Ngoại tuyến từ 16:58 hôm qua · số liệu lúc 16:58 hôm qua · 1 chờ gửi"),
    (Connection("signed_out", "session-over", AT_0958, AT_0957, 2),
     "Chưa đăng nhập từ 09:58 · số liệu lúc 09:57 · 2 chờ gửi"),
    (Connection("not_trusted", "tls-not-trusted", AT_0958, AT_0957, 0),
     "Ngừng gửi từ 09:58 · số liệu lúc 09:57 · 0 chờ gửi"),
    (Connection("barred", "no-role", AT_0958, AT_0957, 3),
     "Cổng không nhận việc từ 09:58 · số liệu lúc 09:57 · 3 chờ gửi"),
])
def test_the_status_bar_says_since_when_and_how_much_waits(link, line):
    assert status(link, NOW).text == line


@pytest.mark.parametrize(("link", "kind", "text", "action"), [
    (Connection("offline", "no-answer", AT_0958, AT_0957, 3), "offline",
     "Ngoại tuyến từ 09:58. Bạn vẫn tiếp nhận, báo phí và thu tiền được. Việc lưu trên máy này và tự gửi khi có mạng. "
     "Số liệu lúc 09:57.", "refresh"),
    (Connection("signed_out", "session-over", AT_0958, AT_0957, 3), "warn",
     "Phiên đăng nhập đã hết. Đăng nhập lại để gửi 3 việc; không việc nào mất.", "sign_in"),
    (Connection("signed_out", "rights-changed", AT_0958, AT_0957, 0), "warn",
     "Quyền của bạn đã thay đổi. Đăng nhập lại.", "sign_in"),
    (Connection("barred", "no-role", AT_0958, AT_0957, 3), "refused",
     "Tài khoản này không còn vai trò nào nên Cổng không nhận việc. Việc chưa gửi và tiền đã thu vẫn nằm trên máy này; "
     "lãnh đạo đơn vị giao cho người khác gửi.", "refresh"),
])
def test_the_banner_says_what_can_still_be_done(link, kind, text, action):
    found = banner(link, NOW)
    assert (found.kind, "".join(found.parts), found.action) == (kind, text, action)


def test_there_is_no_banner_while_the_portal_answers():
    assert banner(Connection("online"), NOW) is None


def test_the_strip_names_what_waits_and_the_list_that_shows_it():
    since = Since(YESTERDAY, paid=2, new=5, supplemented=0, to_notify=3, late=1, decisions=1, unsent=4)
    assert since_lead(since, NOW) == "Đang chờ bạn (lần trước bạn xem lúc 16:58 hôm qua):"
    assert [(figure.words, figure.queue, figure.filter) for figure in since_figures(since)] == [
        ("2 hồ sơ đã đóng – làm tiếp", "paid_next", ""),
        ("3 hồ sơ NVTC cần báo", "to_notify", ""),
        ("5 hồ sơ mới nộp", "new", ""),
        ("1 hồ sơ quá hạn", "alarm", "late"),
        ("1 việc cần xem lại", "decisions", ""),
        ("4 việc chờ gửi", "outbox", ""),
    ]


def test_the_strip_is_silent_when_nothing_waits():
    nothing = Since(None, 0, 0, 0, 0, 0, 0, 0)
    assert (since_lead(nothing, NOW), since_figures(nothing)) == ("Đang chờ bạn:", ())


@pytest.mark.parametrize(("link", "retry", "state", "waiting", "coming"), [
    (Connection("online", "", AT_0958, AT_0957, 0), "", "Trực tuyến từ 09:58", "không có",
     "Cổng báo ngay khi có thay đổi"),
    (Connection("online", "not-asked", AT_0958, AT_0957, 0), "", "Đang kết nối Cổng", "không có",
     "Cổng báo ngay khi có thay đổi"),
    (Connection("online", "", AT_0958, AT_0957, 2), "", "Trực tuyến từ 09:58", "2 việc, nằm trên máy này",
     "Gửi 2 việc theo thứ tự"),
    (Connection("offline", "no-answer", AT_0958, AT_0957, 3), "thử lại sau 20 giây", "Ngoại tuyến từ 09:58",
     "3 việc, nằm trên máy này", "Thử lại sau 20 giây, rồi gửi 3 việc theo thứ tự"),
    (Connection("offline", "no-answer", AT_0958, AT_0957, 0), "", "Ngoại tuyến từ 09:58", "không có", "Tự thử lại"),
    (Connection("signed_out", "session-over", AT_0958, AT_0957, 2), "", "Chưa đăng nhập từ 09:58",
     "2 việc, nằm trên máy này", "Đăng nhập lại thì gửi tiếp"),
])
def test_the_details_say_what_waits_and_what_comes_next(link, retry, state, waiting, coming):
    assert details(replace(link, portal="https://cong.example"), NOW, retry) == (
        ("Trạng thái", state), ("Đồng bộ gần nhất", "09:57"), ("Chờ gửi", waiting), ("Sắp tới", coming),
        ("Cổng", "https://cong.example"),
    )


def item(type_: str = "receive", state: OutboxState = OutboxState.QUEUED, **more: object) -> OutboxItem:
    base = {"amount": 0, "channel": "", "attempts": 0, "last_problem": "", "next_try_at": None, "can_undo": False}
    return OutboxItem(
        key="k", type=type_, dossier_id="d", dossier_code="H32.8-261120-0007", applicant="Trần Văn Bình", state=state,
        created_at=datetime(2026, 11, 20, 10, 1, tzinfo=VN), changed_at=datetime(2026, 11, 20, 10, 9, tzinfo=VN),
        **(base | more),  # type: ignore[arg-type]
    )  # fmt: skip


CASH = {"amount": 50_000, "channel": "counter_cash"}


@pytest.mark.parametrize(("shown", "words"), [
    (item(), "Tiếp nhận hồ sơ"),
    (item("tick_paid", **CASH), "Ghi đã đóng 50.000 đ · tiền mặt"),
    (item("notify", amount=65_500), "Thông báo phí 65.500 đ"),
    (item("return"), "Trả kết quả"),
])
def test_a_deed_has_one_name(shown, words):
    assert deed_words(shown) == words


@pytest.mark.parametrize(("shown", "chip", "since", "next_step"), [
    (item(), "Đã lưu trên máy – chưa gửi", "từ 10:01 · chưa thử lần nào", "Gửi đầu tiên khi có mạng"),
    (item(attempts=2, way=Way.UNANSWERED), "Đã gửi, chưa có hồi âm – đang hỏi lại, không gửi trùng",
     "từ 10:01 · đã thử 2 lần", "Hỏi lại Cổng khi có mạng"),
    (item("notify", attempts=1, way=Way.UNANSWERED), "Đã gửi, chưa có hồi âm – đang hỏi lại, không gửi trùng",
     "từ 10:01 · đã thử 1 lần", "Hỏi lại Cổng khi có mạng"),
    (item(attempts=2, last_problem="connection-refused"), "Đã lưu trên máy – chưa gửi",
     "từ 10:01 · đã thử 2 lần", "Gửi đầu tiên khi có mạng"),
    (item("tick_paid", **CASH), "Đã lưu trên máy – chưa gửi", "từ 10:01 · chưa thử lần nào",
     "Không bao giờ hết hạn; gửi đúng một lần"),
    (item("notify"), "Đã lưu trên máy – chưa gửi", "từ 10:01 · chưa thử lần nào",
     "Công dân chưa nhận được gì. In giấy báo đưa tay?"),
    (item(state=OutboxState.SENDING), "Đang gửi – từ 10:09", "từ 10:01 · chưa thử lần nào", ""),
    (item(state=OutboxState.ACKED), "Đã lên Cổng 10:09", "", ""),
    (item(state=OutboxState.NEEDS_DECISION), "Cổng chưa chấp nhận – cần bạn quyết định",
     "từ 10:01 · chưa thử lần nào", "Mở Cần xem lại để quyết định"),
])
def test_a_row_says_how_far_since_when_and_what_comes_next(shown, chip, since, next_step):
    view = outbox_view(shown, NOW, first=True, online=False)
    assert (view.chip, view.since, view.next_step) == (chip, since, next_step)


@pytest.mark.parametrize(("wait", "words"), [
    (timedelta(seconds=6), "Gửi sau 6 giây"), (timedelta(minutes=5), "Thử lại lúc 10:17"),
])
def test_online_the_next_try_is_named(wait, words):
    view = outbox_view(item(next_try_at=NOW + wait), NOW, first=True, online=True)
    assert view.next_step == words
