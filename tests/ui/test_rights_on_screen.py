"""The rights table of design §5 on screen, every cell: alive, or grey with the reason and who could.

The same table is asked of the portal in ``tests/integration/test_sandbox_fee_rights.py``; here it is what the palette
and the dossier's pane show.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from app.domain import transitions
from app.domain.dossier import Dossier
from app.domain.people import Officer
from app.domain.words import CaseState
from app.services.views import Card, QueueCounts
from tests.unit.sample_dossiers import DOSSIERS, NOW, OFFICERS, with_money
from ui.dossier.preview import Preview
from ui.present import palette, queues
from ui.present.dossier import DossierView, dossier_view

_APPROVED = with_money(DOSSIERS["9w"])
WHERE: dict[str, Dossier] = {
    "1 paid twice": with_money(DOSSIERS["1"]),
    "1 new": DOSSIERS["1"],
    "1 owing": DOSSIERS["1g"],
    "2 received": DOSSIERS["2"],
    "4 fee step": with_money(DOSSIERS["4f"]),
    "6 no tax": DOSSIERS["6t"],
    "6 to notify": DOSSIERS["6n"],
    "6 suspended": DOSSIERS["6p"],
    "9 owing": with_money(DOSSIERS["9o"]),
    "9 approved": replace(
        _APPROVED, cases=tuple(replace(c, state=CaseState.APPROVED, approved_at=NOW) for c in _APPROVED.cases)
    ),
    "10 returned": with_money(DOSSIERS["10"]),
}

# where | command | reception, another commune, holder, other processor, head, cashier, administrator:
# y alive, n grey for want of the right, - grey for another reason | who could, as the grey one says it
TABLE = """
1 paid twice | tick_paid       | y n n n n y n | bộ phận một cửa đã nhận hồ sơ, thủ quỹ, cán bộ đang giữ hồ sơ ở bước thu phí
1 paid twice | collect         | y n n n n y n | bộ phận một cửa đã nhận hồ sơ, thủ quỹ, cán bộ đang giữ hồ sơ ở bước thu phí
1 paid twice | waive           | y n n n y n n | bộ phận một cửa đã nhận hồ sơ, lãnh đạo đơn vị
1 paid twice | reverse_payment | y n n n y y n | người đã ghi nhận, trong ngày, lãnh đạo đơn vị, thủ quỹ
1 paid twice | cancel_notice   | y n n n y n n | người đã gửi thông báo, lãnh đạo đơn vị
1 paid twice | replace_notice  | y n n n y n n | người đã gửi thông báo, lãnh đạo đơn vị
1 paid twice | approve_refund  | n n n n y n n | lãnh đạo đơn vị
1 paid twice | close_case      | n n n n y y n | thủ quỹ, lãnh đạo đơn vị
1 new        | collect_receive | y n n n n n n | bộ phận một cửa đã nhận hồ sơ
1 new        | refuse          | y n n n n n n | bộ phận một cửa đã nhận hồ sơ
1 owing      | receive_unpaid  | y n n n n n n | cán bộ một cửa có quyền tiếp nhận khi chưa đóng
1 owing      | cancel_notice   | y n n n y n n | người đã gửi thông báo, lãnh đạo đơn vị
1 owing      | replace_notice  | y n n n y n n | người đã gửi thông báo, lãnh đạo đơn vị
1 owing      | remind          | y n n n n n n | bộ phận một cửa đã nhận hồ sơ, cán bộ đang giữ hồ sơ ở bước thu phí
1 owing      | call            | y n n n n n n | bộ phận một cửa đã nhận hồ sơ, cán bộ đang giữ hồ sơ ở bước thu phí
1 owing      | correct_contact | y n n n n n n | bộ phận một cửa đã nhận hồ sơ, cán bộ đang giữ hồ sơ ở bước thu phí
1 owing      | ask_receive     | y n n n n n n | bộ phận một cửa đã nhận hồ sơ
1 owing      | receive         | - n n n n n n | bộ phận một cửa đã nhận hồ sơ
4 fee step   | tick_paid       | y n y n n y n | bộ phận một cửa đã nhận hồ sơ, thủ quỹ, Nguyễn Hữu Phước
4 fee step   | collect         | y n y n n y n | bộ phận một cửa đã nhận hồ sơ, thủ quỹ, Nguyễn Hữu Phước
4 fee step   | notify          | n n y n n n n | bộ phận một cửa đã nhận hồ sơ, Nguyễn Hữu Phước
4 fee step   | waive           | y n n n y n n | bộ phận một cửa đã nhận hồ sơ, lãnh đạo đơn vị
4 fee step   | reverse_payment | y n n n y y n | người đã ghi nhận, trong ngày, lãnh đạo đơn vị, thủ quỹ
6 suspended  | tick_paid       | y n n n n y n | bộ phận một cửa đã nhận hồ sơ, thủ quỹ, cán bộ đang giữ hồ sơ ở bước thu phí
6 suspended  | collect         | y n n n n y n | bộ phận một cửa đã nhận hồ sơ, thủ quỹ, cán bộ đang giữ hồ sơ ở bước thu phí
6 suspended  | waive           | y n n n y n n | bộ phận một cửa đã nhận hồ sơ, lãnh đạo đơn vị
6 suspended  | remind          | y n n n n n n | bộ phận một cửa đã nhận hồ sơ, cán bộ đang giữ hồ sơ ở bước thu phí
4 fee step   | assign          | n n n n y n n | lãnh đạo đơn vị, cán bộ của đơn vị đang xử lý
9 owing      | tick_paid       | y n n n n y n | bộ phận một cửa đã nhận hồ sơ, thủ quỹ, cán bộ đang giữ hồ sơ ở bước thu phí
9 owing      | waive           | y n n n y n n | bộ phận một cửa đã nhận hồ sơ, lãnh đạo đơn vị
9 approved   | pay_refund      | n n n n n y n | thủ quỹ
10 returned  | tick_paid       | y n n n n y n | bộ phận một cửa đã nhận hồ sơ, thủ quỹ, cán bộ đang giữ hồ sơ ở bước thu phí
10 returned  | reverse_payment | y n n n y y n | người đã ghi nhận, trong ngày, lãnh đạo đơn vị, thủ quỹ
1 new        | notify            | y n n n n n n | bộ phận một cửa đã nhận hồ sơ, cán bộ đang giữ hồ sơ ở bước thu phí
1 new        | receive           | y n n n n n n | bộ phận một cửa đã nhận hồ sơ
2 received   | forward           | y n n n n n n | bộ phận một cửa đã nhận hồ sơ, cán bộ đang thụ lý, lãnh đạo đơn vị
4 fee step   | forward           | n n y n y n n | bộ phận một cửa đã nhận hồ sơ, Nguyễn Hữu Phước, lãnh đạo đơn vị
4 fee step   | suspend           | n n y n n n n | Nguyễn Hữu Phước
4 fee step   | complete          | n n y n n n n | Nguyễn Hữu Phước
4 fee step   | remind            | n n y n n n n | bộ phận một cửa đã nhận hồ sơ, Nguyễn Hữu Phước
6 no tax     | add_tax_notice    | n n y n n n n | Nguyễn Hữu Phước
6 to notify  | accept_supplement | y n n n n n n | bộ phận một cửa đã nhận hồ sơ
6 to notify  | accept_notify     | y n n n n n n | bộ phận một cửa đã nhận hồ sơ
6 to notify  | send_back         | y n n n n n n | bộ phận một cửa đã nhận hồ sơ
6 to notify  | cancel_suspension | n n y n y n n | Nguyễn Hữu Phước, lãnh đạo đơn vị
6 to notify  | notify            | - n n n n n n | bộ phận một cửa đã nhận hồ sơ, cán bộ đang giữ hồ sơ ở bước thu phí
6 suspended  | cancel_suspension | n n - n - n n | Nguyễn Hữu Phước, lãnh đạo đơn vị
6 suspended  | notify            | y n n n n n n | bộ phận một cửa đã nhận hồ sơ, cán bộ đang giữ hồ sơ ở bước thu phí
6 suspended  | resume            | y n y n n n n | Nguyễn Hữu Phước, bộ phận một cửa đã nhận hồ sơ
9 owing      | notify            | y n n n n n n | bộ phận một cửa đã nhận hồ sơ, cán bộ đang giữ hồ sơ ở bước thu phí
9 owing      | remind            | y n n n n n n | bộ phận một cửa đã nhận hồ sơ, cán bộ đang giữ hồ sơ ở bước thu phí
9 owing      | return            | y n n n n n n | bộ phận một cửa đã nhận hồ sơ
9 owing      | cancel_notice     | y n n n y n n | người đã gửi thông báo, lãnh đạo đơn vị
"""  # noqa: E501
ROWS = [tuple(cell.strip() for cell in row.split("|")) for row in TABLE.strip().splitlines()]


def view(dossier: Dossier, officer: Officer) -> DossierView:
    def why_not(rule: str, subject_id: str) -> tuple[transitions.Failed, ...]:
        return transitions.check(dossier, rule, officer, NOW, subject_id=subject_id)

    return dossier_view(Card(dossier, None, ()), officer, why_not, NOW)


def cell(shown: DossierView, command: str, who: str) -> str:
    """What the palette shows of a command: ``y`` when it can be chosen."""
    line = next(line for line in palette.lines("", shown, (), ()) if line.command == command)
    if line.enabled:
        return "y"
    assert line.detail, f"{command} is grey without a reason"
    if "không có quyền" not in line.detail:
        return "-"
    assert f"Người làm được: {who}." in line.detail
    return "n"


@pytest.mark.parametrize(("where", "command", "cells", "who"), ROWS, ids=[f"{row[1]} in {row[0]}" for row in ROWS])
def test_every_cell_is_alive_or_grey_with_its_reason(where, command, cells, who):
    seen = [cell(view(WHERE[where], officer), command, who) for officer in OFFICERS.values()]
    assert " ".join(seen) == cells


@pytest.mark.parametrize("officer", ["R", "H", "C", "A"])
def test_the_pane_shows_the_same_behind_the_dots(qtbot, officer):
    shown = view(with_money(DOSSIERS["4f"]), OFFICERS[officer])
    preview = Preview()
    qtbot.addWidget(preview)
    preview.resize(394, 600)
    preview.show_view(shown)
    preview.show()
    preview.dots.click()
    (menu,) = preview.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
    offered = {action.text(): (action.isEnabled(), action.toolTip()) for action in menu.actions()}
    menu.close()
    for label, command in (("Miễn / không phải nộp…", "waive"), ("Ghi nhầm – hủy ghi nhận…", "reverse_payment")):
        reason = shown.reason(command)
        alive, said = offered[label]
        assert (alive, "" if alive else said) == (not reason, reason)


# What is about officers, not about a dossier, stands in the side bar of whoever may do it, and nowhere else.
PAGES = {
    "R": {"collected"}, "P": {"collected"}, "P2": {"collected"}, "H": {"covers", "unsent"}, "C": {"collected"},
    "A": set(),
}  # fmt: skip


@pytest.mark.parametrize("who", list(PAGES))
def test_leave_cover_and_handing_over_are_the_heads_and_the_days_takings_of_whoever_takes_money(who):
    shown = {item.key for item in queues.items(OFFICERS[who], QueueCounts((), 0, 0, 0, 0, 0))}
    assert shown & {"collected", "covers", "unsent"} == PAGES[who]


def test_the_row_of_a_payment_says_why_it_cannot_be_taken_back():
    dossier = with_money(DOSSIERS["4f"])
    reasons = {who: view(dossier, OFFICERS[who]).reason("reverse_payment", "p1") for who in ("R", "H", "C", "P")}
    no = (
        "Tài khoản này không có quyền hủy ghi nhận cho hồ sơ này. Người làm được: người đã ghi nhận, trong ngày, "
        "lãnh đạo đơn vị, thủ quỹ."
    )
    assert reasons == {"R": "", "H": "", "C": "", "P": no}
