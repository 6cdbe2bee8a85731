"""Refunds in words: the card of a case at each step, who is expected to do what, the row and the chips."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from app import catalogues
from app.domain import transitions
from app.domain.dossier import Case, Dossier, Evidence
from app.domain.listing import Dates, list_row
from app.domain.people import Officer, OfficerRef
from app.domain.words import CaseKind, CaseState, FeeStatus, NoticeState, PaymentChannel, Role, Way
from app.services.views import Card
from tests.unit.moments import at
from tests.unit.sample_dossiers import DOSSIERS, NOW, OFFICERS, notice, payment
from ui.commands import WhyNot
from ui.present.cases import case_views
from ui.present.dossier import DossierView, dossier_view
from ui.present.rows import row_view

HEAD = OfficerRef("id-lanhdao1", "lanhdao1", "Phạm Văn Đức", "H32.8")
CASHIER = OfficerRef("id-thuquy1", "thuquy1", "Võ Thị Thu Hà", "H32.8")
OPENED = Case("c1", CaseKind.REFUND, CaseState.OPEN, 75_000, "p2", "n1", at("20/11 08:51"))
DECIDED = replace(OPENED, decided_at=at("20/11 09:10"), decided_by=HEAD, method="counter")
APPROVED = replace(DECIDED, state=CaseState.APPROVED, approved_at=at("20/11 09:20"), approved_by=HEAD, note="Đồng ý")
REFUNDED = replace(APPROVED, state=CaseState.REFUNDED, refunded_at=at("20/11 09:40"), refunded_by=CASHIER,
                   evidence=Evidence(document_no="PC-26 · 0000042"))  # fmt: skip
CLOSED = replace(REFUNDED, state=CaseState.CLOSED, closed_at=at("20/11 09:50"), note="Công dân đã ký nhận")
LAPSED = replace(OPENED, state=CaseState.CLOSED, closed_at=at("20/11 09:50"), lapsed=True)
SHORT = Case("c2", CaseKind.SHORTFALL, CaseState.OPEN, 5_500, "p1", "n1", at("20/11 08:51"))


def twice(*cases: Case, refunded: int = 0) -> Dossier:
    """A dossier in processing whose notice was paid online and again in cash."""
    online = payment("p1", "n1", 75_000, 75_000, channel=PaymentChannel.GATEWAY, gateway="vnpay")
    cash = payment("p2", "n1", 75_000, refunded=refunded)
    paid = notice("n1", 75_000, NoticeState.PAID)
    return replace(DOSSIERS["4"], notices=(paid,), payments=(online, cash), cases=cases, fee_status=FeeStatus.PAID)


def why_not(dossier: Dossier, officer: Officer, now: datetime) -> WhyNot:
    return lambda command, about: transitions.check(dossier, command, officer, now, subject_id=about)


def shown(dossier: Dossier, who: str, *pending: str, now: datetime = NOW) -> DossierView:
    officer = OFFICERS[who]
    card = Card(dossier, None, pending)
    return dossier_view(card, officer, why_not(dossier, officer, now), now)


@pytest.mark.parametrize(
    ("case", "title", "chip", "next_step", "deeds"),
    [
        (OPENED, "Hoàn tiền 75.000 đ", ("Chờ duyệt", "due"),
         "Tiếp theo: lãnh đạo đơn vị duyệt, rồi thủ quỹ hoàn 75.000 đ.", ("approve_refund", "close_case")),
        (APPROVED, "Hoàn tiền 75.000 đ", ("Đã duyệt – chờ hoàn", "due"),
         "Tiếp theo: thủ quỹ hoàn 75.000 đ và ghi chứng từ.", ("pay_refund", "close_case")),
        (REFUNDED, "Hoàn tiền 75.000 đ", ("Đã hoàn", "info"),
         "Tiếp theo: thủ quỹ hoặc lãnh đạo khép việc.", ("close_case",)),
        (CLOSED, "Hoàn tiền 75.000 đ", ("Đã khép", "neutral"), "", ()),
        (LAPSED, "Hoàn tiền 75.000 đ", ("Không còn cần", "neutral"), "", ()),
        (SHORT, "Còn thiếu 5.500 đ", ("Chờ thu nốt", "due"),
         "Tiếp theo: thu nốt 5.500 đ, hoặc khép việc kèm lý do.", ("close_case",)),
    ],
)  # fmt: skip
def test_a_case_says_what_it_is_how_far_it_came_and_who_goes_on(case, title, chip, next_step, deeds):
    view = case_views(twice(case), NOW)[0]
    assert (view.title, view.chip, view.next_step, view.deeds) == (title, chip, next_step, deeds)


def test_each_step_of_a_case_is_told_with_who_and_when():
    assert case_views(twice(REFUNDED), NOW)[0].facts == (
        ("Khoản nộp", "75.000 đ · tiền mặt · hôm nay 10:00"),
        ("Mở", "từ hôm nay 08:51"),
        ("Cách hoàn", "trả lại tại quầy · Phạm Văn Đức · hôm nay 09:10"),
        ("Duyệt", "Phạm Văn Đức · hôm nay 09:20"),
        ("Đã hoàn", "chứng từ PC-26 · 0000042 · Võ Thị Thu Hà · hôm nay 09:40"),
        ("Ý kiến", "Đồng ý"),
    )
    assert dict(case_views(twice(CLOSED), NOW)[0].facts)["Lý do"] == "Công dân đã ký nhận"
    assert dict(case_views(twice(LAPSED), NOW)[0].facts)["Vì sao"].startswith("không còn tiền phải trả lại")
    assert dict(case_views(twice(OPENED), NOW)[0].facts)["Vì sao"] == "nộp thừa, không thông báo nào cần đến khoản này"
    ended = replace(DOSSIERS["3"], payments=twice().payments, notices=twice().notices, cases=(OPENED,))
    assert dict(case_views(ended, NOW)[0].facts)["Vì sao"] == "hồ sơ không có kết quả: không được tiếp nhận"


def test_a_step_that_has_not_left_this_machine_is_not_the_portals():
    approved, refunded = {"approve_refund": Way.HERE}, {"pay_refund": Way.UNANSWERED}
    assert case_views(twice(APPROVED), NOW, approved)[0].chip == ("Đã duyệt – chờ hoàn – chưa gửi", "queued")
    assert case_views(twice(REFUNDED), NOW, refunded)[0].chip == ("Đã hoàn – chờ Cổng", "queued")


@pytest.mark.parametrize(
    ("case", "who", "command", "label"),
    [
        (OPENED, "H", "approve_refund", "Duyệt hoàn tiền…"),
        (APPROVED, "C", "pay_refund", "Ghi đã hoàn 75.000 đ"),
        (REFUNDED, "C", "close_case", "Khép việc…"),
    ],
)
def test_the_head_approves_and_the_cashier_pays_next(case, who, command, label):
    primary = shown(twice(case), who).actions.primary
    assert primary is not None
    assert (primary.id, primary.label, primary.reason) == (command, label, "")


@pytest.mark.parametrize("who", ["R", "P", "A"])
def test_others_see_the_steps_grey_with_the_reason(who):
    view = shown(twice(OPENED), who)
    assert view.reason("approve_refund") == (
        "Tài khoản này không có quyền duyệt hoàn tiền cho hồ sơ này. Người làm được: lãnh đạo đơn vị."
    )
    assert "Người làm được: thủ quỹ" in view.reason("close_case")


def test_rows_and_chips_name_what_still_goes_back():
    calendar = catalogues.calendar()

    def row(dossier: Dossier, role: Role):
        return row_view(list_row(dossier, (), (), Dates()), NOW, role, calendar)

    waits = row(twice(DECIDED), Role.HEAD)
    assert (waits.status_line, waits.fee_line1, waits.fee_line2) == (
        "Hoàn tiền · chờ lãnh đạo duyệt", "Đã đóng", "chờ hoàn 75.000 đ",
    )  # fmt: skip
    assert row(twice(APPROVED), Role.CASHIER).status_line == "Hoàn tiền · đã duyệt, chờ thủ quỹ"
    assert row(twice(REFUNDED), Role.CASHIER).status_line == "Hoàn tiền · đã hoàn, chờ khép"
    assert row(twice(APPROVED), Role.RECEPTION).status_line == "Đang xử lý · Nguyễn Hữu Phước"
    ended = replace(DOSSIERS["3"], payments=twice().payments[1:], cases=(OPENED,))
    assert (row(ended, Role.CASHIER).fee_line1, row(ended, Role.CASHIER).fee_line2) == ("75.000 đ", "chờ hoàn")
    assert row(twice(REFUNDED, refunded=75_000), Role.CASHIER).fee_line2 == "75.000 đ · VNPAY"
    assert "Chờ hoàn 75.000 đ" in [chip.text for chip in shown(twice(DECIDED), "C").chips]


def test_a_substitute_is_shown_with_the_name_he_stands_in_for():
    dossier = replace(DOSSIERS["4"], stands_in_for="Lê Thị Kim Ngân")
    facts = {fact.name: fact.value for fact in shown(dossier, "R").facts}
    assert facts["Người giữ"] == "Nguyễn Hữu Phước (thay Lê Thị Kim Ngân)"
