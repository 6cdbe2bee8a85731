"""What must be decided, in words: two facts side by side, each way out with its consequence."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from app.clock import VN
from app.domain.dossier import Component, Evidence, Payment
from app.domain.edits import Clash
from app.domain.people import OfficerRef
from app.domain.words import PaymentChannel
from app.services.views import Choice, Decision, Edited
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


def edited(*clashes: Clash) -> Decision:
    mine = Choice("mine", "decision-mine", "decision-mine-effect")
    theirs = Choice("drop", "decision-theirs", "decision-theirs-effect")
    told = (("fields", [clash.field for clash in clashes]),)
    both = Edited(clashes, "Lê Văn Bình", AT_0851) if clashes else Edited(())
    return Decision("k", "edited", code="edited-meanwhile", params=told, deed="correct_reception",
                    choices=(mine, theirs), edited=both, **BASE)  # type: ignore[arg-type] # fmt: skip


PAPER, COPIED = Component("Tờ khai", originals=1), Component("Tờ khai", copies=2)


def test_a_field_that_two_people_changed_is_shown_as_mine_theirs_and_before():
    phone = Clash("applicant.phone", "0905123456", "0905222222", "0905111111")
    same = replace(phone, field="submitter.phone")
    view = decision_view(edited(phone, same, Clash("components", (PAPER,), (PAPER, COPIED), (COPIED,))), NOW)
    assert view.body.startswith("Người khác đã sửa cùng chỗ trong lúc bạn sửa: "
                                "điện thoại chủ hồ sơ, thành phần hồ sơ.")  # fmt: skip
    assert (view.chip[0], view.title) == ("Hai người cùng sửa", "Sửa thông tin tiếp nhận – Dương Thị Mộng Tuyền")
    theirs, mine = view.facts
    assert (theirs.title, theirs.rows) == ("Của họ – Cổng đang ghi", (
        ("Điện thoại chủ hồ sơ", "0905111111"), ("Thành phần hồ sơ", "Tờ khai (2 bản sao)"),
        ("Sửa gần nhất", "Lê Văn Bình, 08:51"),
    ))  # fmt: skip
    assert (mine.title, mine.rows) == ("Của tôi – việc trên máy này", (
        ("Điện thoại chủ hồ sơ", "0905222222\ntrước đó 0905123456"),
        ("Thành phần hồ sơ", "Tờ khai (1 bản chính); Tờ khai (2 bản sao)\ntrước đó Tờ khai (1 bản chính)"),
    ))  # fmt: skip
    assert [choice.title for choice in view.choices] == ["Giữ của tôi", "Giữ của họ"]


def test_until_their_version_is_read_the_fields_are_named():
    view = decision_view(replace(edited(), params=(("fields", ["submitter.email", "sets"]),)), NOW)
    assert view.body == ("Người khác đã sửa cùng chỗ trong lúc bạn sửa: thư điện tử người nộp, số bộ. Chưa ghi đè gì; "
                         "chọn giữ bản nào.")  # fmt: skip
    assert [fact.title for fact in view.facts] == ["Cổng trả lời", "Việc trên máy này (bạn)"]


PARTLY = Payment("p3", "n1", PaymentChannel.GATEWAY, 70_000, AT_0851, AT_0851, PAYER, "vnpay", "14728840",
                 settled=65_500)  # fmt: skip
ENDED = Payment("p4", "n1", PaymentChannel.GATEWAY, 75_000, AT_0851, AT_0851, PAYER, "vnpay", "1", settled=75_000)
BACK = Choice("gateway:p3", "refund-by-gateway", "refund-by-gateway-effect", recommended=True)
USE = Choice("use:n2", "use-for-notice", "use-for-notice-effect", params=(("title", "Nộp lệ phí bản sao"),))
AGAIN = Choice("again", "decision-again", "decision-again-effect")
DROP = Choice("drop", "decision-drop", "decision-drop-effect")
KEPT = Choice("drop", "decision-drop", "decision-drop-effect", why_not="decision-money-stays")


def surplus(code: str, amount: int, *choices: Choice, theirs: Payment) -> Decision:
    return Decision("c", "surplus", code=code, params=(), choices=choices, amount=amount, theirs=theirs,
                    **BASE)  # type: ignore[arg-type] # fmt: skip


def stuck(kind: str, code: str, deed: str, *choices: Choice, amount: int = 0, **params: object) -> Decision:
    told = tuple(params.items())
    return Decision("k", kind, code=code, params=told, deed=deed, amount=amount, choices=choices,
                    **BASE)  # type: ignore[arg-type] # fmt: skip


@pytest.mark.parametrize(
    ("decision", "chip", "title", "body", "ways"),
    [
        (surplus("decision-surplus", 4_500, BACK, theirs=PARTLY), "Đóng thừa",
         "Dương Thị Mộng Tuyền đã đóng thừa 4.500 đ.",
         "Khoản đóng được giữ lại. Phần thừa cần hoàn cho công dân.", ["Hoàn 4.500 đ qua VNPAY"]),
        (surplus("decision-surplus", 75_000, BACK, USE, theirs=ONLINE), "Đóng thừa",
         "Dương Thị Mộng Tuyền đã đóng thừa 75.000 đ.",
         "Khoản đóng được giữ lại. Hoàn phần thừa cho công dân, hoặc dùng cho thông báo đang mở.",
         ["Hoàn 75.000 đ qua VNPAY", "Dùng cho thông báo “Nộp lệ phí bản sao”"]),
        (surplus("decision-no-result", 75_000, BACK, theirs=ENDED), "Cần hoàn",
         "Dương Thị Mộng Tuyền đã đóng 75.000 đ, hồ sơ không có kết quả.",
         "Khoản đóng được giữ lại. Cần hoàn cho công dân, trừ khi việc thu phí đã thực hiện.",
         ["Hoàn 75.000 đ qua VNPAY"]),
        (stuck("refused", "wrong-state", "receive", AGAIN, DROP, state=3, command="receive"), "Cổng chưa chấp nhận",
         "Tiếp nhận hồ sơ – Dương Thị Mộng Tuyền",
         "Hồ sơ đang ở bước “Không được tiếp nhận” nên chưa thể tiếp nhận.", ["Gửi lại", "Bỏ việc này"]),
        (stuck("refused", "notice-closed", "tick_paid", AGAIN, KEPT, amount=75_000), "Cổng chưa chấp nhận",
         "Ghi đã đóng 75.000 đ – Dương Thị Mộng Tuyền",
         "Thông báo này không còn chờ thanh toán: đã nộp, đã hủy hoặc đã thay.", ["Gửi lại", "Bỏ việc này"]),
        (stuck("refused", "refund-not-approved", "pay_refund", AGAIN, KEPT, amount=75_000), "Cổng chưa chấp nhận",
         "Ghi đã hoàn 75.000 đ – Dương Thị Mộng Tuyền",
         "Lãnh đạo chưa duyệt việc hoàn tiền này.", ["Gửi lại", "Bỏ việc này"]),
        (stuck("parked", "forbidden", "forward", AGAIN, DROP), "Tạm giữ",
         "Chuyển xử lý – Dương Thị Mộng Tuyền",
         "Tài khoản này không còn quyền làm việc đó. Việc vẫn được giữ trên máy; lãnh đạo đơn vị giao cho người khác "
         "gửi được.", ["Gửi lại", "Bỏ việc này"]),
        (stuck("parked", "client-too-old", "notify", AGAIN, DROP, amount=65_500), "Tạm giữ",
         "Thông báo phí 65.500 đ – Dương Thị Mộng Tuyền",
         "Chương trình đã cũ so với Cổng. Hãy cập nhật; việc vẫn được giữ trên máy.", ["Gửi lại", "Bỏ việc này"]),
        (stuck("parked", "suspected-poison", "complete", AGAIN, DROP), "Tạm giữ",
         "Hoàn thành xử lý – Dương Thị Mộng Tuyền",
         "Cổng báo lỗi với việc này suốt một ngày trong khi vẫn nhận việc khác. Việc được giữ lại trên máy; báo bộ "
         "phận hỗ trợ.", ["Gửi lại", "Bỏ việc này"]),
    ],
)  # fmt: skip
def test_every_class_has_its_own_plain_words_and_ways_out(decision, chip, title, body, ways):
    view = decision_view(decision, NOW)
    assert (view.chip[0], view.title, view.body) == (chip, title, body)
    assert [choice.title for choice in view.choices] == ways


@pytest.mark.parametrize("kind", ["refused", "parked"])
@pytest.mark.parametrize("code", [
    "bad-request", "forbidden", "not-found", "gone", "refused", "version-conflict", "too-large", "unsupported-type",
    "key-reused", "client-too-old", "precondition-required", "suspected-poison",
])  # fmt: skip
def test_every_word_of_the_portal_that_stops_a_command_has_its_sentence(kind, code):
    view = decision_view(stuck(kind, code, "receive", AGAIN), NOW)
    assert "(mã " not in view.body
    assert [fact.headline for fact in view.facts] == [view.chip[0], "Tiếp nhận hồ sơ"]
