"""The pane between reception and return: what is expected of whom, what stands beside it, what the banners say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.clock import VN
from app.domain.commands import AcceptSupplement, Complete, DeclineExtension, Forward, ProposeExtension, Return
from app.domain.dossier import Component
from app.domain.handling import Rating
from app.domain.people import FileRef, Officer, ref
from app.domain.transitions import Failed, check
from app.domain.words import CheckVerdict, Role, Signature
from app.domain.work_commands import (
    AskCitizen,
    Assign,
    BringSupplement,
    CheckComponents,
    DecideApproval,
    Finding,
    GiveBack,
    RequestSupplement,
    StopHandling,
    SubmitToHead,
)
from app.services.views import Card
from tests.ui.test_present_dossier import AM, EARLIER, LAST_STEP, NEW, NOW, PHUOC, PROCESSING, RECEIVED, after
from ui.present.dossier import dossier_view

DUC = Officer("o3", "duc", "Phạm Văn Đức", "H32.8", frozenset({Role.HEAD}))
NGAN = Officer("o4", "ngan", "Lê Thị Kim Ngân", "H32.8.02", frozenset({Role.PROCESSOR}))
PAPERS = (Component("Tờ khai"), Component("Bản vẽ"))
HELD = replace(PROCESSING, components=PAPERS)
WAITS = after(RECEIVED, (AM, Forward(EARLIER, "H32.8.02")))
ASK = RequestSupplement(EARLIER, ("Bản vẽ",), "Thiếu mặt cắt", date(2026, 11, 27))
ASKED = after(HELD, (PHUOC, ASK))
TOLD = after(ASKED, (AM, AskCitizen(EARLIER)))
BROUGHT = after(TOLD, (AM, BringSupplement(EARLIER, (Component("Bản vẽ", originals=1),))))
AGAIN = after(BROUGHT, (AM, AcceptSupplement(EARLIER)), (PHUOC, ASK))
ASKED_NEW = after(NEW, (AM, ASK))
PROPOSED = after(HELD, (PHUOC, SubmitToHead(EARLIER, ref(DUC), "Đề nghị cấp phép")))
NOT_APPROVED = after(PROPOSED, (DUC, DecideApproval(EARLIER, approved=False, reason="Thiếu ý kiến phòng cháy")))
APPROVED = after(PROPOSED, (DUC, DecideApproval(EARLIER, approved=True)))
BACK = after(HELD, (PHUOC, GiveBack(EARLIER, "Không thuộc lĩnh vực của tôi")))
STOPPED = after(HELD, (PHUOC, StopHandling(EARLIER, "Chờ thanh tra")))
ENDED = after(HELD, (PHUOC, StopHandling(EARLIER, "Đất đã thu hồi", ends=True)))
FILE = FileRef("0" * 64, "Giấy phép.pdf", 214_000, "application/pdf")
LATER = datetime(2026, 12, 14, 10, 9, tzinfo=VN)
PUT_OFF = after(HELD, (PHUOC, ProposeExtension(EARLIER, "Chờ ý kiến phòng cháy", LATER)))

KEPT = after(PUT_OFF, (DUC, DeclineExtension(EARLIER, "Đã có ý kiến")))


def view(dossier, officer=AM, apology=""):
    def why_not(rule: str, subject_id: str) -> tuple[Failed, ...]:
        return check(dossier, rule, officer, NOW, subject_id=subject_id)

    return dossier_view(Card(dossier, None, (), apology=apology), officer, why_not, NOW)


@pytest.mark.parametrize(("dossier", "officer", "primary", "beside"), [
    (ASKED, AM, "Báo công dân bổ sung", ["Kiểm tra giấy tờ…"]),
    (ASKED, PHUOC, None, []),
    (TOLD, AM, None, ["Nhận giấy tờ bổ sung…", "Kiểm tra giấy tờ…"]),
    (ASKED_NEW, AM, None, ["Nhận giấy tờ bổ sung…"]),
    (BROUGHT, AM, "Tiếp nhận bổ sung", ["Kiểm tra giấy tờ…"]),
    (WAITS, PHUOC, "Nhận xử lý", []),
    (WAITS, NGAN, "Nhận xử lý", []),
    (WAITS, DUC, "Phân công…", ["Chuyển: trình ký", "Trả lại bước trước…"]),
    (WAITS, AM, None, ["Thu tại quầy", "Rút lại…"]),
    (PROPOSED, PHUOC, None, []),
    (PROPOSED, DUC, "Duyệt", ["Không duyệt…", "Kiểm tra giấy tờ…"]),
    (NOT_APPROVED, PHUOC, "Chuyển: trình ký", ["Thông báo công dân", "Dừng tính NVTC"]),
    (APPROVED, PHUOC, "Chuyển: trình ký", ["Thông báo công dân", "Dừng tính NVTC"]),
    (BACK, AM, "Chuyển: thẩm định hồ sơ", ["Thu tại quầy", "Kiểm tra giấy tờ…"]),
    (STOPPED, PHUOC, "Tiếp tục xử lý…", []),
    (ENDED, PHUOC, None, []),
])
def test_what_is_expected_of_whom_and_what_stands_beside_it(dossier, officer, primary, beside):
    actions = view(dossier, officer).actions
    assert (actions.primary.label if actions.primary else None) == primary
    assert [action.label for action in actions.secondary] == beside


@pytest.mark.parametrize(("dossier", "officer", "apology", "kind", "text", "action"), [
    (ASKED, AM, "", "paused",
     "Cần báo công dân bổ sung. Nguyễn Hữu Phước yêu cầu hôm nay 10:09: Bản vẽ. Thiếu mặt cắt.", None),
    (ASKED, PHUOC, "", "paused",
     "Cần báo công dân bổ sung. Nguyễn Hữu Phước yêu cầu hôm nay 10:09: Bản vẽ. Thiếu mặt cắt.", None),
    (AGAIN, AM, "", "paused",
     "Cần báo công dân bổ sung lần 2. Nguyễn Hữu Phước yêu cầu hôm nay 10:09: Bản vẽ. Thiếu mặt cắt.", None),
    (TOLD, AM, "", "paused", "Chờ công dân bổ sung từ hôm nay 10:09: Bản vẽ. Hạn 27/11.", None),
    (BROUGHT, AM, "", "info", "Đã bổ sung hôm nay 10:09: Bản vẽ. Tiếp nhận bổ sung để làm tiếp.", None),
    (PROPOSED, DUC, "", "info", "Nguyễn Hữu Phước trình hôm nay 10:09: Đề nghị cấp phép.", None),
    (PROPOSED, PHUOC, "", "info", "Chờ Phạm Văn Đức duyệt từ hôm nay 10:09: Đề nghị cấp phép.", None),
    (NOT_APPROVED, PHUOC, "", "warn", "Phạm Văn Đức không duyệt hôm nay 10:09: Thiếu ý kiến phòng cháy.", None),
    (APPROVED, PHUOC, "", "ok", "Phạm Văn Đức đã duyệt hôm nay 10:09.", None),
    (BACK, AM, "", "warn", "Nguyễn Hữu Phước trả lại hôm nay 10:09: Không thuộc lĩnh vực của tôi.", None),
    (STOPPED, PHUOC, "", "paused", "Tạm dừng giải quyết hôm nay 10:09 – Nguyễn Hữu Phước. Chờ thanh tra. Đồng hồ đứng "
     "đến khi tiếp tục xử lý.", None),
    (ENDED, PHUOC, "", "paused", "Chấm dứt giải quyết hôm nay 10:09 – Nguyễn Hữu Phước. Đất đã thu hồi.", None),
    (HELD, PHUOC, "soon", "warn", "Sắp đến hẹn 10:09 T5 26/11. Không kịp thì đề nghị gia hạn trước khi quá hẹn.",
     "propose_extension"),
    (HELD, DUC, "late", "warn", "Đã quá hẹn 10:09 T5 26/11. Cần văn bản xin lỗi và hẹn lại.", "extend"),
    (HELD, AM, "late", "warn", "Đã quá hẹn 10:09 T5 26/11. Cần văn bản xin lỗi và hẹn lại.", None),
    (PUT_OFF, DUC, "soon", "info",
     "Nguyễn Hữu Phước đề nghị hẹn lại 10:09 thứ Hai 14/12: Chờ ý kiến phòng cháy.", "extend"),
    (KEPT, PHUOC, "soon", "warn", "Phạm Văn Đức không duyệt gia hạn hôm nay 10:09: Đã có ý kiến.",
     "propose_extension"),
    (KEPT, AM, "late", "warn", "Phạm Văn Đức không duyệt gia hạn hôm nay 10:09: Đã có ý kiến.", None),
])
def test_banners_say_what_waits_for_whom_since_when(dossier, officer, apology, kind, text, action):
    found = [banner for banner in view(dossier, officer, apology).banners if banner.text == text]
    assert [(banner.kind, banner.action[1] if banner.action else None) for banner in found] == [(kind, action)], [
        banner.text for banner in view(dossier, officer, apology).banners
    ]


def test_a_check_stands_beside_its_paper_with_who_and_when_and_what_was_never_opened():
    found = (Finding(0, CheckVerdict.PASSED, unopened=True), Finding(1, CheckVerdict.FAILED, "Mờ"))
    checked = after(HELD, (PHUOC, CheckComponents(EARLIER, found)))
    assert [(paper.verdict, paper.found) for paper in view(checked, PHUOC).papers] == [
        ("passed", "Đạt · chưa mở xem tệp · Nguyễn Hữu Phước · 10:09"),
        ("failed", "Không đạt · Mờ · Nguyễn Hữu Phước · 10:09"),
    ]


def test_rounds_pauses_and_the_heads_word_are_facts_of_the_pane():
    facts = {fact.name: fact.value for fact in view(AGAIN, PHUOC).facts}
    assert facts["Bổ sung"] == (
        "lần 1 yêu cầu hôm nay 10:09: Bản vẽ, nhận hôm nay 10:09; lần 2 yêu cầu hôm nay 10:09: Bản vẽ"
    )
    assert facts["Tạm dừng"].startswith("chờ bổ sung từ hôm nay 10:09 đến hôm nay 10:09; chờ bổ sung từ hôm nay 10:09")
    titles = [entry.title for entry in view(AGAIN, PHUOC).timeline]
    assert [title for title in titles if title.startswith("Yêu cầu")] == ["Yêu cầu bổ sung lần 2", "Yêu cầu bổ sung"]
    said = {fact.name: fact.value for fact in view(NOT_APPROVED, PHUOC).facts}["Trình lãnh đạo"]
    assert said == "Phạm Văn Đức không duyệt (Thiếu ý kiến phòng cháy) hôm nay 10:09"


def test_a_result_says_how_it_is_signed_and_how_it_was_handed_over_and_rated():
    done = after(LAST_STEP, (PHUOC, Complete(EARLIER, (FILE,), "", Signature.SIGNED, "Phạm Văn Đức")))
    gone = after(done, (AM, Return(EARLIER, "Trần Văn Bình", "", "Thẻ căn cước", signed=True)))
    facts = {fact.name: fact.value for fact in view(replace(gone, rating=Rating(5, NOW, "Nhanh"))).facts}
    assert facts["Kết quả"] == "đã ký – Phạm Văn Đức"
    assert facts["Người nhận"] == "Trần Văn Bình · Thẻ căn cước · đã ký nhận"
    assert facts["Đánh giá"] == "5/5 – Nhanh"


@pytest.mark.parametrize(("dossier", "officer", "command", "reason"), [
    (HELD, DUC, "take", "Hồ sơ đang do Nguyễn Hữu Phước giữ."),
    (PROPOSED, DUC, "complete", "Hồ sơ đang chờ Phạm Văn Đức duyệt. Chờ kết quả duyệt rồi làm tiếp."),
    (NEW, AM, "print", "Bước này chưa có phiếu để in. Tiếp nhận, từ chối hoặc thông báo trước rồi in."),
    (RECEIVED, AM, "form_reception", ""),
    (NEW, AM, "check_components", "Hồ sơ này không có giấy tờ nào để kiểm tra."),
])
def test_grey_buttons_of_handling_say_why(dossier, officer, command, reason):
    assert view(dossier, officer).reason(command) == reason


def test_a_taken_dossier_is_the_takers():
    mine = after(WAITS, (NGAN, Assign(EARLIER + timedelta(minutes=1), ref(NGAN))))
    assert view(mine, NGAN).actions.primary.label == "Chuyển: trình ký"
