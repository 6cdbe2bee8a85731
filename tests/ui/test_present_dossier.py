"""The dossier pane in words: expected next action, grey reasons, the guide's sentences, deliveries in plain words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app import catalogues
from app.clock import VN
from app.domain import transitions
from app.domain.commands import AcceptSupplement, Complete, Forward, Notify, Receive, Suspend, TickPaid
from app.domain.dossier import Delivery, Dossier, Evidence, NoticeLine, ProcedureRef, Step
from app.domain.handling import SupplementRound
from app.domain.people import Officer, OfficerRef, Person
from app.domain.words import (
    DeliveryChannel,
    DeliveryState,
    FilingChannel,
    LimitUnit,
    LineKind,
    PaymentChannel,
    Right,
    Role,
    State,
    Way,
)
from app.services.views import Card
from ui.present.dossier import dossier_view
from ui.present.notices import delivery_line

NOW = datetime(2026, 11, 20, 10, 12, tzinfo=VN)
EARLIER = datetime(2026, 11, 20, 10, 9, tzinfo=VN)
AM = Officer("o1", "am", "Nguyễn Thị Ấm", "H32.8", frozenset({Role.RECEPTION}))
_RIGHTS = frozenset({Right.NOTIFY_FEE})
PHUOC = Officer("o2", "phuoc", "Nguyễn Hữu Phước", "H32.8.02", frozenset({Role.PROCESSOR}), _RIGHTS)
TO_PHUOC = OfficerRef("o2", "phuoc", "Nguyễn Hữu Phước", "H32.8.02")
STEPS = (
    Step("tiep-nhan", "Tiếp nhận", Role.RECEPTION, "H32.8"),
    Step("tham-dinh", "Thẩm định hồ sơ", Role.PROCESSOR, "H32.8.02", collects_fee=True),
    Step("trinh-ky", "Trình ký", Role.PROCESSOR, "H32.8.02"),
    Step("tra", "Trả kết quả", Role.RECEPTION, "H32.8"),
)
PERSON = Person("Trần Văn Bình", identity_no="056091004417", phone="0905123214", email="tranvanbinh@gmail.com")
NEW = Dossier(
    id="d", code="H32.8-261120-0007", receipt_code=None, version=1,
    procedure=ProcedureRef("2.000635", "Cấp bản sao Trích lục", 1, True, 3, LimitUnit.WORKING_DAY, STEPS),
    applicant=PERSON, submitter=PERSON, channel=FilingChannel.ONLINE, desk_unit_id="H32.8", state=State.SUBMITTED,
    sub_state=None, submitted_at=datetime(2026, 11, 20, 8, 32, tzinfo=VN),
    accept_by=datetime(2026, 11, 23, 8, 32, tzinfo=VN),
)  # fmt: skip


def after(dossier: Dossier, *deeds: tuple[Officer, object]) -> Dossier:
    for actor, command in deeds:
        result = transitions.apply(dossier, command, actor, EARLIER, catalogues.calendar())  # type: ignore[arg-type]
        assert isinstance(result, transitions.Done), result
        dossier = result.dossier
    return dossier


def notice(dossier: Dossier, amount: int = 65_500, kind: LineKind = LineKind.LE_PHI) -> Notify:
    tax = {"tax_notice_no": "TB1"} if kind is LineKind.NVTC else {}
    line = NoticeLine(kind, "Lệ phí hộ tịch", amount, **tax)  # type: ignore[arg-type]
    return Notify(EARLIER, "n1", "Nộp lệ phí", (line,), dossier.state, 0)


RECEIVED = after(NEW, (AM, Receive(EARLIER)))
PROCESSING = after(RECEIVED, (AM, Forward(EARLIER, "H32.8.02", TO_PHUOC)))
LAST_STEP = after(PROCESSING, (PHUOC, Forward(EARLIER, "H32.8.02", TO_PHUOC)))
NOTIFIED = after(NEW, (AM, notice(NEW)))
PART = after(
    NOTIFIED,
    (AM, TickPaid(EARLIER, "p0", "n1", 60_000, PaymentChannel.COUNTER_CASH, Evidence(info="công dân đưa tiền mặt"))),
)
CASH = TickPaid(EARLIER, "p1", "n1", 65_500, PaymentChannel.COUNTER_CASH, Evidence(info="công dân đưa tiền mặt"))
PAID = after(NOTIFIED, (AM, CASH))
SUSPENDED = after(PROCESSING, (PHUOC, Suspend(EARLIER, "Chờ công dân nộp tiền", 4_250_000, "TB1")))
ACCEPTED = after(SUSPENDED, (AM, AcceptSupplement(EARLIER)))
TOLD = after(ACCEPTED, (AM, notice(ACCEPTED, 4_250_000, LineKind.NVTC)))
DONE = after(LAST_STEP, (PHUOC, Complete(EARLIER)))


def view(dossier: Dossier, officer: Officer = AM, pending: tuple[str, ...] = (), way: Way = Way.HERE):
    card = Card(dossier, None, pending, ways=(way,) * len(pending))

    def why_not(rule: str, subject_id: str) -> tuple[transitions.Failed, ...]:
        return transitions.check(dossier, rule, officer, NOW, subject_id=subject_id)

    return dossier_view(card, officer, why_not, NOW)


@pytest.mark.parametrize(("dossier", "officer", "command", "label"), [
    (NEW, AM, "receive", "Tiếp nhận"),
    (NOTIFIED, AM, "", "Chờ công dân đóng"),
    (PAID, AM, "receive", "Tiếp nhận"),
    (RECEIVED, AM, "forward", "Chuyển: thẩm định hồ sơ"),
    (PROCESSING, PHUOC, "forward", "Chuyển: trình ký"),
    (LAST_STEP, PHUOC, "complete", "Hoàn thành"),
    (SUSPENDED, AM, "accept_notify", "Tiếp nhận bổ sung và báo công dân"),
    (ACCEPTED, AM, "notify", "Thông báo công dân"),
    (TOLD, AM, "", "Chờ công dân đóng"),
    (DONE, AM, "return", "Trả kết quả"),
])
def test_each_dossier_has_one_expected_next_action(dossier, officer, command, label):
    primary = view(dossier, officer).actions.primary
    assert (primary.id, primary.label) == (command, label)


@pytest.mark.parametrize(("dossier", "officer"), [(PROCESSING, AM), (SUSPENDED, PHUOC)])
def test_nothing_is_expected_of_an_officer_whose_turn_it_is_not(dossier, officer):
    assert view(dossier, officer).actions.primary is None


@pytest.mark.parametrize(("dossier", "officer", "command", "reason"), [
    (NOTIFIED, AM, "receive", "Chưa tiếp nhận được: còn 65.500 đ chờ công dân đóng (báo 10:09 hôm nay)."),
    (SUSPENDED, AM, "notify", "Bấm “Tiếp nhận bổ sung” trước, rồi mới thông báo công dân."),
    (replace(NEW, procedure=replace(NEW.procedure, pays_online=False)), AM, "notify",
     "Thủ tục này chưa cho thanh toán trực tuyến. Dùng Thu tại quầy (F12)."),
    (NEW, AM, "tick_paid", "Hồ sơ này không có thông báo nào đang chờ thanh toán."),
    (NEW, AM, "cancel_notice", "Hồ sơ này không có thông báo nào đang chờ thanh toán."),
    (PROCESSING, AM, "forward",
     "Tài khoản này không có quyền chuyển xử lý cho hồ sơ này. Người làm được: bộ phận một cửa đã nhận hồ sơ, "
     "Nguyễn Hữu Phước, lãnh đạo đơn vị."),
    (NEW, AM, "return", "Hồ sơ đang ở bước “Mới đăng ký” nên chưa thể trả kết quả."),
    (NEW, AM, "receive", ""),
    (TOLD, AM, "print_notice", ""),
])
def test_a_grey_button_says_why_and_who_could(dossier, officer, command, reason):
    assert view(dossier, officer).reason(command) == reason


def test_the_payment_is_not_said_to_have_begun_the_hours_that_papers_began_later():
    later = EARLIER + timedelta(hours=2)
    supplemented = replace(PAID, supplements=(
        SupplementRound(("Tờ khai",), "Thiếu chữ ký", State.SUBMITTED, AM.name, EARLIER, supplied_at=later),
    ))  # fmt: skip
    assert view(supplemented).banners[0].text == "Công dân đã đóng 65.500 đ lúc 10:09, tiền mặt."


@pytest.mark.parametrize(("dossier", "officer", "pending", "kind", "text"), [
    (PAID, AM, (), "ok",
     "Công dân đã đóng 65.500 đ lúc 10:09, tiền mặt. Thời hạn tiếp nhận 8 giờ làm việc tính lại từ lúc đó, đến 10:09 "
     "thứ Hai 23/11."),
    (SUSPENDED, AM, (), "paused",
     "Dừng tính NVTC lúc 10:09 hôm nay – Nguyễn Hữu Phước (thụ lý). Chờ công dân nộp tiền. Số tiền do cơ quan thuế ấn "
     "định, không sửa tại quầy. Sai thì Trả lại thụ lý."),
    (ACCEPTED, AM, (), "paused",
     "Dừng tính NVTC lúc 10:09 hôm nay – Nguyễn Hữu Phước (thụ lý). Đồng hồ vẫn dừng cho đến khi công dân đóng. Còn "
     "lại 3 ngày, giữ nguyên."),
    (PROCESSING, PHUOC, (), "info", "Bước này có thu lệ phí. Đồng hồ vẫn chạy trong lúc chờ công dân đóng."),
    (NOTIFIED, AM, ("notify",), "offline",
     "Đã lưu trên máy – chưa gửi. Công dân chưa nhận được gì. In giấy báo đưa tay?"),
    (NEW, AM, ("receive",), "offline", "Đã lưu trên máy – chưa gửi. Việc tự gửi khi có mạng."),
])
def test_the_banner_says_the_sentence_of_the_guide(dossier, officer, pending, kind, text):
    first = view(dossier, officer, pending).banners[0]
    assert (first.kind, first.text) == (kind, text)


# How far a notice, a tick and a reception came, as pane, fee chip and card of the notice say it.
@pytest.mark.parametrize(("way", "notified", "received", "ticked", "card", "channel"), [
    (Way.HERE, "Đã lưu trên máy – chưa gửi. Công dân chưa nhận được gì. In giấy báo đưa tay?",
     "Đã lưu trên máy – chưa gửi. Việc tự gửi khi có mạng.", "Đã đóng – chưa gửi", "Chưa gửi",
     ("Đang chờ gửi", "Chưa rời máy này.")),
    (Way.SENDING, "Đang gửi lên Cổng. Cổng chưa trả lời.", "Đang gửi lên Cổng. Cổng chưa trả lời.",
     "Đã đóng – đang gửi", "Đang gửi", ("Đang gửi", "Đang gửi lên Cổng.")),
    (Way.UNANSWERED, "Đã gửi, chưa có hồi âm – đang hỏi lại, không gửi trùng. Chưa rõ công dân đã nhận được chưa.",
     "Đã gửi, chưa có hồi âm – đang hỏi lại, không gửi trùng.", "Đã đóng – chờ Cổng", "Chờ Cổng",
     ("Chờ Cổng", "Cổng chưa trả lời.")),
    (Way.HELD, "Cổng chưa nhận – cần bạn quyết định. Mở Cần xem lại để quyết định.",
     "Cổng chưa nhận – cần bạn quyết định. Mở Cần xem lại để quyết định.", "Đã đóng – tạm giữ", "Tạm giữ",
     ("Tạm giữ", "Cổng chưa nhận.")),
    (Way.THERE, "Đã lên Cổng. Máy này chưa đọc lại hồ sơ từ Cổng.",
     "Đã lên Cổng. Máy này chưa đọc lại hồ sơ từ Cổng.", "Đã đóng", "Chờ đóng", ("Đang chờ gửi", "từ 10:09 hôm nay")),
])
def test_how_far_a_deed_came_is_said_and_never_guessed(way, notified, received, ticked, card, channel):
    notice = view(NOTIFIED, AM, ("notify",), way)
    assert (notice.banners[0].text, notice.notices[0].chip[0]) == (notified, card)
    line = next(line for line in notice.notices[0].deliveries if line.since)
    assert (line.chip, line.since) == channel
    assert view(NEW, AM, ("receive",), way).banners[0].text == received
    assert view(PAID, AM, ("tick_paid",), way).chips[1].text == ticked


def test_a_notice_paid_in_part_names_the_rest_and_offers_to_ask_for_it():
    first = view(PART).banners[0]
    assert first.text == "Công dân chuyển 60.000 đ, thông báo là 65.500 đ. Còn thiếu 5.500 đ."
    assert first.action == ("Báo đóng thêm", "remind", "n1")


def test_a_new_dossier_has_no_banner():
    assert view(NEW).banners == ()


@pytest.mark.parametrize(("dossier", "pending", "chips"), [
    (NEW, (), ["Mới đăng ký", "Tạm dừng"]),
    (NOTIFIED, (), ["Mới đăng ký", "Chờ đóng 65.500 đ", "Tạm dừng"]),
    (PAID, ("tick_paid",), ["Mới đăng ký", "Đã đóng – chưa gửi", "Tạm dừng"]),
    (SUSPENDED, (), ["Yêu cầu thực hiện NVTC", "Tạm dừng từ 10:09"]),
    (DONE, (), ["Đã xử lý xong", "Đã xong trước hạn"]),
])
def test_chips_say_state_money_and_clock(dossier, pending, chips):
    assert [chip.text for chip in view(dossier, pending=pending).chips] == chips


def test_numbers_are_masked_until_they_are_asked_for():
    facts = {fact.name: (fact.value, fact.full) for fact in view(NEW).facts if fact.key}
    assert facts == {
        "Số định danh": ("056 0•• ••4 417", "056091004417"),
        "Điện thoại": ("0905 ••• 214", "0905123214"),
        "Thư điện tử": ("tr•••@gmail.com", "tranvanbinh@gmail.com"),
    }


def test_a_birth_date_hides_its_year_and_the_electronic_copy_stands_beside_the_paper():
    born = replace(PERSON, birth_date=date(1991, 7, 14))
    facts = {fact.name: fact for fact in view(replace(NEW, applicant=born, result_also_online=True)).facts}
    assert (facts["Ngày sinh"].value, facts["Ngày sinh"].full) == ("14/07/••••", "14/07/1991")
    assert facts["Nhận kết quả"].value == "Bản giấy tại quầy, thêm bản điện tử trên Cổng"


def test_the_history_reads_from_now_back_to_the_filing():
    entries = view(PROCESSING, PHUOC).timeline
    assert [entry.title for entry in entries] == [
        "Thẩm định hồ sơ – bạn đang giữ", "Chuyển xử lý", "Tiếp nhận",
    ]  # fmt: skip
    assert entries[0].now


def test_what_happens_next_names_who_does_it():
    assert [entry.title for entry in view(SUSPENDED).next_steps] == [
        "Bạn tiếp nhận bổ sung và báo công dân", "Công dân đóng tiền",
        "Về lại Nguyễn Hữu Phước, đồng hồ chạy tiếp",
    ]  # fmt: skip


AT_1015 = datetime(2026, 11, 20, 10, 15, tzinfo=VN)
LATER = datetime(2026, 11, 20, 11, 15, tzinfo=VN)
SMS, EMAIL, ACCOUNT = DeliveryChannel.SMS, DeliveryChannel.EMAIL, DeliveryChannel.ACCOUNT
QUEUED, SENT, FAILED = DeliveryState.QUEUED, DeliveryState.SENT, DeliveryState.FAILED


@pytest.mark.parametrize(("delivery", "chip", "since", "next_step"), [
    (Delivery(SMS, QUEUED, AT_1015, "0905123214"), "Đang chờ gửi", "từ 10:15 hôm nay", ""),
    (Delivery(SMS, SENT, AT_1015, "0905123214"), "Đang gửi", "từ 10:15 hôm nay", ""),
    (Delivery(EMAIL, DeliveryState.DELIVERED, AT_1015, "a@b.vn"), "Đã tới", "10:15 hôm nay", ""),
    (Delivery(ACCOUNT, DeliveryState.DELIVERED, AT_1015, "binh"), "Đã tới", "10:15 hôm nay · chưa xem", ""),
    (Delivery(ACCOUNT, DeliveryState.DELIVERED, AT_1015, "binh", seen_at=LATER), "Đã xem 11:15", "10:15 hôm nay", ""),
    (Delivery(ACCOUNT, DeliveryState.NO_ADDRESS, AT_1015), "Không có", "", "Công dân chưa có tài khoản trên Cổng."),
    (Delivery(EMAIL, FAILED, AT_1015, "a@b.vn", "bad-address"), "Sai địa chỉ", "từ 10:15 hôm nay",
     "Địa chỉ thư không tồn tại. Sửa địa chỉ rồi gửi lại."),
    (Delivery(EMAIL, QUEUED, AT_1015, "a@b.vn", "mailbox-full", 2, LATER), "Hộp thư đầy",
     "từ 10:15 hôm nay · đã thử 2 lần", "thử lại lúc 11:15 (lần 3/5)"),
    (Delivery(SMS, FAILED, AT_1015, "0258", "bad-number"), "Số không đúng", "từ 10:15 hôm nay",
     "Số điện thoại không đúng. Sửa số rồi gửi lại."),
    (Delivery(SMS, FAILED, AT_1015, "0905123214", "gave-up"), "Không tới được", "từ 10:15 hôm nay",
     "Quá 24 giờ không tới, đã thôi gửi."),
])
def test_each_channel_says_in_plain_words_how_it_fared(delivery, chip, since, next_step):
    line = delivery_line(delivery, NOW)
    assert (line.chip, line.since, line.next_step) == (chip, since, next_step)


def test_when_no_channel_reached_anyone_the_officer_is_told_to_call_or_print():
    hopeless = tuple(replace(d, state=FAILED) for d in NOTIFIED.notices[0].deliveries)
    dossier = replace(NOTIFIED, notices=(replace(NOTIFIED.notices[0], deliveries=hopeless),))
    banner = next(b for b in view(dossier).banners if b.icon == "phone")
    assert banner.text == "Chưa kênh nào tới được công dân. Gọi điện theo mẫu, hoặc in giấy báo."
    assert banner.action == ("Mẫu gọi…", "call", "n1")
    assert [words for _, words in view(dossier).notices[0].deeds] == ["Mẫu gọi…", "In và giao tay…", "Hủy…"]
