"""What stays on the machine at the end of the day, class by class, and what becomes of each."""

from __future__ import annotations

import pytest

from app.domain.words import OutboxState, Way
from app.services.views import OutboxItem
from tests.unit.moments import at
from ui.present import veil
from ui.present.leaving import Group, leaving

KEPT = "Chưa gửi được lên Cổng. Tắt máy không mất: lần mở sau chương trình tự gửi."
ASKED = "Cổng chưa trả lời. Tắt máy không mất: lần mở sau chương trình tự hỏi lại, không gửi trùng."
DECIDE = "Việc cần quyết định không tự gửi: lần mở sau vào Cần xem lại."
MAI = "Trần Thị Mai · H32.8-261120-0001"


def item(
    state: OutboxState, type_: str = "receive", amount: int = 0, channel: str = "", way: Way = Way.HERE
) -> OutboxItem:
    return OutboxItem(
        "k", type_, "d", "H32.8-261120-0001", "Trần Thị Mai", amount, channel, state, 0, "", at("20/11 10:00"),
        at("20/11 10:00"), None, False, way=way,
    )  # fmt: skip


QUEUED = item(OutboxState.QUEUED)
SENDING = item(OutboxState.SENDING, "tick_paid", 75_000, "counter_cash", Way.SENDING)
UNANSWERED = item(OutboxState.QUEUED, "tick_paid", 75_000, "counter_cash", Way.UNANSWERED)
REFUSED, PARKED = item(OutboxState.NEEDS_DECISION, "notify", 65_500), item(OutboxState.PARKED, "forward")


@pytest.mark.parametrize(
    ("items", "link", "why", "groups"),
    [
        ([QUEUED], "offline", KEPT, (Group("Chưa gửi", 1, (f"Tiếp nhận hồ sơ – {MAI}",)),)),
        ([QUEUED], "online", KEPT, (Group("Chưa gửi", 1, (f"Tiếp nhận hồ sơ – {MAI}",)),)),
        ([QUEUED], "signed_out",
         "Phiên đăng nhập đã hết. Tắt máy không mất: lần sau đăng nhập lại thì việc được gửi.",
         (Group("Chưa gửi", 1, (f"Tiếp nhận hồ sơ – {MAI}",)),)),
        ([QUEUED], "not_trusted",
         "Chương trình đang ngừng gửi vì không xác thực được Cổng. Tắt máy không mất; báo bộ phận kỹ thuật.",
         (Group("Chưa gửi", 1, (f"Tiếp nhận hồ sơ – {MAI}",)),)),
        ([SENDING], "offline", ASKED,
         (Group("Đã gửi, chưa có hồi âm – sẽ hỏi lại, không gửi trùng", 1,
                (f"Ghi đã đóng 75.000 đ · tiền mặt – {MAI}",)),)),
        ([QUEUED, UNANSWERED], "offline", KEPT,
         (Group("Chưa gửi", 1, (f"Tiếp nhận hồ sơ – {MAI}",)),
          Group("Đã gửi, chưa có hồi âm – sẽ hỏi lại, không gửi trùng", 1,
                (f"Ghi đã đóng 75.000 đ · tiền mặt – {MAI}",)))),
        ([REFUSED, PARKED], "online", f"Không việc nào mất. {DECIDE}",
         (Group("Cần bạn quyết định", 2, (f"Thông báo phí 65.500 đ – {MAI}", f"Chuyển xử lý – {MAI}")),)),
        ([QUEUED, REFUSED], "offline", f"{KEPT} {DECIDE}",
         (Group("Chưa gửi", 1, (f"Tiếp nhận hồ sơ – {MAI}",)),
          Group("Cần bạn quyết định", 1, (f"Thông báo phí 65.500 đ – {MAI}",)))),
    ],
)  # fmt: skip
def test_each_class_of_work_is_named_with_what_becomes_of_it(items, link, why, groups):
    said = leaving(items, link)
    assert (said.title, said.why, said.groups) == (f"{len(items)} việc còn ở máy này", why, groups)


def test_work_of_others_is_named_last_and_waits_for_them():
    said = leaving([QUEUED], "offline", (("Trần Thị Mỹ Duyên", 3),))
    assert said.title == "1 việc còn ở máy này"
    assert said.groups[-1] == Group(
        "Của người khác trên máy này",
        3,
        ("Trần Thị Mỹ Duyên – 3 việc, chờ người đó đăng nhập hoặc được giao gửi thay",),
    )


def test_many_are_counted_after_the_first_few():
    assert leaving([QUEUED] * 8, "offline").groups[0].lines[-1] == "và 2 việc khác"
    mixed = leaving([*[QUEUED] * 4, *[REFUSED] * 4], "offline").groups
    assert [(group.count, len(group.lines), group.lines[-1]) for group in mixed] == [
        (4, 4, "và 1 việc khác"), (4, 4, "và 1 việc khác"),
    ]  # fmt: skip


def test_with_the_veil_drawn_the_last_screen_names_nobody():
    veil.draw(True)
    try:
        (group,) = leaving([QUEUED], "offline").groups
    finally:
        veil.draw(False)
    assert group.lines == ("Tiếp nhận hồ sơ – T. T. M. · …20-0001",)
