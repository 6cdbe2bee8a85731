"""What must be decided, in words: two facts side by side, each way out with its consequence."""

from __future__ import annotations

from datetime import datetime

from app.clock import VN
from app.domain.dossier import Evidence, OfficerRef, Payment
from app.domain.words import PaymentChannel
from app.services.views import Choice, Decision
from ui.present.decisions import decision_view

NOW = datetime(2026, 11, 20, 10, 12, tzinfo=VN)
AT_0851 = datetime(2026, 11, 20, 8, 51, tzinfo=VN)
AM = OfficerRef("o1", "am", "Nguyễn Thị Ấm", "H32.8")
PAYER = "Dương Thị Mộng Tuyền"
ONLINE = Payment("p1", "n1", PaymentChannel.GATEWAY, 75_000, AT_0851, AT_0851, PAYER, "vnpay", "14728839")
CASH = Payment("p2", "n1", PaymentChannel.COUNTER_CASH, 75_000, AT_0851, AT_0851, recorded_by=AM,
               evidence=Evidence(document_no="BI-26T · 0001231"))  # fmt: skip
BASE = {"dossier_id": "d", "dossier_code": "H32.8-261119-0028", "applicant": "Dương Thị Mộng Tuyền", "since": AT_0851}
REFUNDS = (
    Choice("counter:p2", "refund-at-counter", "refund-at-counter-effect", recommended=True),
    Choice("gateway:p1", "refund-by-gateway", "refund-by-gateway-effect"),
)
TWICE = Decision("c", "paid_twice", code="decision-paid-twice", params=(), choices=REFUNDS, amount=75_000,
                 theirs=ONLINE, mine=CASH, **BASE)  # type: ignore[arg-type] # fmt: skip
REFUSED = Decision(
    "k", "refused", code="version-conflict", params=(), deed="receive",
    choices=(Choice("again", "decision-again", "decision-again-effect"),
             Choice("drop", "decision-drop", "decision-drop-effect", why_not="decision-money-stays")),
    **BASE,  # type: ignore[arg-type]
)  # fmt: skip


def test_paid_twice_says_what_happened_and_what_is_kept():
    view = decision_view(TWICE, NOW)
    assert view.title == "Dương Thị Mộng Tuyền đã đóng 75.000 đ hai lần cho cùng một thông báo."
    assert view.body == "Cả hai khoản đều được giữ lại. Hãy chọn khoản dùng để thanh toán; khoản kia sẽ hoàn."
    assert (view.chip[0], view.since, view.summary) == ("Đóng hai lần", "từ 08:51 hôm nay", "75.000 đ")


def test_the_two_facts_stand_side_by_side_with_what_differs():
    theirs, mine = decision_view(TWICE, NOW).facts
    assert (theirs.title, theirs.headline) == ("Cổng ghi nhận", "75.000 đ")
    assert dict(theirs.rows) == {"Kênh": "VNPAY", "Lúc": "08:51 hôm nay", "Mã giao dịch": "14728839",
                                 "Người nộp": "Dương Thị Mộng Tuyền"}  # fmt: skip
    assert (mine.title, mine.headline) == ("Quầy ghi nhận", "75.000 đ")
    assert dict(mine.rows) == {"Kênh": "Tiền mặt", "Lúc": "08:51 hôm nay", "Chứng từ": "BI-26T · 0001231",
                               "Người thu": "Nguyễn Thị Ấm"}  # fmt: skip


def test_each_way_out_names_both_payments_and_its_consequence():
    first, second = decision_view(TWICE, NOW).choices
    assert (first.title, first.recommended) == ("Dùng khoản trực tuyến, hoàn 75.000 đ tiền mặt tại quầy", True)
    assert second.title == "Dùng khoản tiền mặt, hoàn 75.000 đ qua VNPAY"
    assert second.consequence == "Mở việc hoàn tiền gửi thủ quỹ; thường mất 3–7 ngày làm việc."


def test_a_refused_deed_shows_mine_and_the_portals_answer_and_why_a_way_is_closed():
    view = decision_view(REFUSED, NOW)
    assert view.title == "Tiếp nhận hồ sơ – Dương Thị Mộng Tuyền"
    assert [fact.title for fact in view.facts] == ["Cổng trả lời", "Việc trên máy này (bạn)"]
    assert [(choice.title, choice.reason) for choice in view.choices] == [
        ("Gửi lại", ""), ("Bỏ việc này", "Tiền đã thu thật nên không bỏ được."),
    ]  # fmt: skip
