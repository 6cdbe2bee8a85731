"""Xác nhận khoản thu: above the unit's sum money counts only when a second officer has looked at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.unit_settings import UnitSettings
from app.domain.words import FeeStatus
from app.services import inbox, unit_settings
from tests.ui.desk_fixture import Office, office
from tests.ui.dialog_story import story
from ui.payment.confirm_dialog import ConfirmDialog
from ui.payment.tick_dialog import TickDialog
from ui.present.dossier import dossier_view

LIMIT = 2_000_000


@pytest.fixture(scope="module")
def here(tmp_path_factory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("office")) as made:
        unit_settings.change(made.desk("quantri"), UnitSettings(LIMIT))
        yield made


def view(desk, card):
    def why_not(rule: str, subject_id: str):
        return inbox.why_not(desk, card.dossier, rule, subject_id)

    return dossier_view(card, desk.officer, why_not, desk.clock.now())


def test_the_tick_says_beforehand_that_a_second_officer_is_needed(qtbot, here) -> None:
    desk = here.desk()
    card = here.notified(desk, here.file(), 3_000_000)
    with story(qtbot) as tale:
        dialog = tale.open(lambda window, tasks: TickDialog(window, desk, tasks, card))
        words = "Trên 2.000.000 đ cần người thứ hai xác nhận. Ghi được ngay; chưa tính là đã đóng cho đến lúc đó."
        assert dialog._note.text() == words
        dialog.amount.set_amount(2_000_000)
        assert dialog._note.text().startswith("Ghi một lần, không sửa được.")
        dialog.reject()
        tale.settled()


def test_another_officer_confirms_by_keyboard_and_then_it_is_paid(qtbot, here) -> None:
    desk, cashier = here.desk(), here.desk("thuquy1")
    card = here.ticked(desk, here.notified(desk, here.file("Phạm Quốc Khánh"), 3_000_000), 3_000_000)
    payment = card.dossier.payments[0].id
    banner = view(desk, card).banners[0]
    assert banner.text == (
        "Trên 2.000.000 đ cần người thứ hai xác nhận. Nguyễn Thị Ấm ghi 3.000.000 đ lúc 10:12 hôm nay; chờ cán bộ khác "
        "ở quầy, thủ quỹ hoặc lãnh đạo."
    )
    assert banner.action == ("Xác nhận", "confirm_payment", payment)
    assert view(desk, card).actions.primary.label == "Chờ người thứ hai xác nhận"
    assert "không có quyền" in view(desk, card).reason("confirm_payment", payment)
    theirs = here.card(cashier, card.dossier.id)
    assert view(cashier, theirs).actions.primary.id == "confirm_payment"
    (row,) = view(cashier, theirs).notices[0].payments
    assert (row.words, row.unconfirmed) == ("Tiền mặt · 10:12 hôm nay · chờ người thứ hai xác nhận", True)
    assert view(cashier, theirs).reason("confirm_payment", payment) == ""
    with story(qtbot) as tale:
        mine = tale.open(lambda window, tasks: ConfirmDialog(window, desk, tasks, card, payment))
        assert not mine.primary.isEnabled()
        mine.reject()
        tale.gone(mine)
        dialog = tale.open(lambda window, tasks: ConfirmDialog(window, cashier, tasks, theirs))
        assert dialog.primary.text() == "Xác nhận 3.000.000 đ"
        qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.primary)
        tale.send()
        tale.gone(dialog)
    here.send(cashier, tale.told[0])
    after = here.card(cashier, card.dossier.id).dossier
    assert (after.fee_status, after.payments[0].confirmed_by.name) == (FeeStatus.PAID, "Võ Thị Thu Hà")


def test_offline_the_confirmation_waits_on_this_machine(qtbot, tmp_path, expected_logs) -> None:
    with office(tmp_path) as small:
        unit_settings.change(small.desk("quantri"), UnitSettings(LIMIT))
        desk, cashier = small.desk(), small.desk("thuquy1")
        card = small.ticked(desk, small.notified(desk, small.file(), 3_000_000), 3_000_000)
        theirs = small.card(cashier, card.dossier.id)
        small.go_offline()
        with story(qtbot) as tale:
            dialog = tale.open(lambda window, tasks: ConfirmDialog(window, cashier, tasks, theirs))
            tale.send()
            tale.gone(dialog)
        waiting = small.card(cashier, card.dossier.id)
        assert waiting.pending == ("confirm_payment",)
        assert [chip.text for chip in view(cashier, waiting).chips][1] == "Đã đóng – chưa gửi"
