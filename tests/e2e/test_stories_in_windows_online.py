"""The three fee cases of the officer guide in two real windows, by keyboard alone, compared with literal tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.e2e.keyboard_officers import ALT, CTRL, SHIFT, Town
from tests.ui.desk_fixture import BIRTH, BUILDING, LAND, no_waiting_here, office
from tests.ui.window_fixture import until

Key = Qt.Key

CASE_1 = """
step               | state | sub_state       | fee     | desk waits | thuly waits | desk             | thuly     | payments
filed              | 1     | -               | none    | -          | unseen      | new              | unseen    | -
undone             | 1     | -               | none    | -          | unseen      | new              | unseen    | -
notified           | 1     | -               | due     | -          | unseen      | awaiting_payment | unseen    | -
paid               | 1     | -               | paid    | -          | unseen      | paid_next        | unseen    | gateway 23000/23000
received           | 2     | -               | paid    | -          | unseen      | received         | unseen    | gateway 23000/23000
"""  # noqa: E501

CASE_2 = """
step               | state | sub_state        | fee    | desk waits | thuly waits | desk             | thuly     | payments
forwarded          | 4     | -                | none   | -          | -           | -                | mine      | -
suspended          | 6     | desk_to_notify   | none   | -          | -           | to_notify        | paused    | -
notified           | 6     | awaiting_payment | due    | -          | -           | awaiting_payment | paused    | -
ticked             | 4     | -                | paid   | -          | -           | -                | paid_next | treasury 4250000/4250000
"""  # noqa: E501

CASE_3 = """
step               | state | sub_state       | fee     | desk waits | thuly waits | desk             | thuly     | payments
forwarded          | 4     | -               | none    | -          | -           | -                | mine      | -
at the fee step    | 4     | -               | due     | -          | -           | awaiting_payment | mine      | -
paid at the step   | 4     | -               | paid    | -          | -           | -                | paid_next | gateway 75000/75000
completed          | 9     | awaiting_pickup | paid    | -          | -           | to_return        | -         | gateway 75000/75000
notified in 9      | 9     | awaiting_pickup | due     | -          | -           | awaiting_payment | -         | gateway 75000/75000
returned owing     | 10    | -               | due     | -          | -           | -                | -         | gateway 75000/75000
"""  # noqa: E501


@pytest.fixture
def town(dressed: None, tmp_path: Path) -> Iterator[Town]:
    with office(tmp_path) as made:
        here = Town(made)
        yield here
        here.close()


@pytest.mark.real_window
def test_case_1_notice_before_reception(town):
    tell_case_1(town)


def test_case_1_without_a_display(town):
    tell_case_1(town)


def tell_case_1(town: Town) -> None:
    dossier = town.office.file("Nguyễn Thị Hồng Nhung", BIRTH)
    town.open()
    with no_waiting_here():
        desk, check = town.desk, town.story(dossier, CASE_1)
        desk.shows("Nguyễn Thị Hồng Nhung")
        check("filed")
        desk.notify("15000")
        until(desk.window.desk_page.list.undo_bar.isVisible, "the undo bar")
        desk.act(Key.Key_Z, CTRL)
        check("undone")
        desk.notify("15000")
        town.undo_time_passes()
        check("notified")
        assert desk.view().actions.primary.reason.startswith("Chưa tiếp nhận được: còn 23.000 đ chờ công dân đóng")
        town.pay(dossier)
        until(lambda: any(chip.text == "Đã đóng" for chip in desk.view().chips), "green without a click")
        check("paid")
        desk.act(Key.Key_Return, CTRL | SHIFT)
        until(lambda: desk.view().card.pending, "received")
        town.undo_time_passes()
        check("received")
        until(lambda: desk.view().card.dossier.receipt_code == "H32.8-20261120-0021", "the receipt code")


def test_case_2_suspended_notified_and_ticked_with_the_treasurys_receipt(town):
    dossier = town.office.file("Trương Thị Cẩm Vân", LAND)
    town.open()
    with no_waiting_here():
        desk, processor, check = town.desk, town.processor, town.story(dossier, CASE_2)
        received_and_forwarded(town, "Trương Thị Cẩm Vân")
        check("forwarded")
        processor.front()
        processor.shows("Trương Thị Cẩm Vân")
        processor.suspend("LTB2656001/TB-CCT", "20/11/2026", "4250000")
        town.undo_time_passes()
        check("suspended")
        desk.press(Key.Key_3, ALT)
        desk.shows("Trương Thị Cẩm Vân")
        until(lambda: desk.view().actions.primary.label == "Tiếp nhận bổ sung và báo công dân", "the next action")
        desk.act(Key.Key_Return, CTRL | SHIFT)
        until(lambda: desk.view().card.pending, "accepted and notified")
        town.undo_time_passes()
        check("notified")
        desk.tick("GNT 0048213", treasury=True)
        check("ticked")
        until(lambda: processor.view().actions.primary.label.startswith("Chuyển"), "the same processor goes on")
        card = processor.card(dossier)
        assert card is not None
        assert card.dossier.assigned_to.username == "thuly1"


def test_case_3_fee_at_a_step_then_in_state_9_and_returned_owing(town):
    dossier = town.office.file("Lê Hoàng Phúc", BUILDING)
    town.open()
    with no_waiting_here():
        desk, processor, check = town.desk, town.processor, town.story(dossier, CASE_3)
        received_and_forwarded(town, "Lê Hoàng Phúc")
        check("forwarded")
        processor.front()
        processor.shows("Lê Hoàng Phúc")
        processor.notify("75000")
        town.undo_time_passes()
        check("at the fee step")
        town.pay(dossier)
        check("paid at the step")
        until(lambda: any(chip.text == "Đã đóng" for chip in processor.view().chips), "the processor sees it")
        processor.palette("hoan thanh", "Hoàn thành")
        processor.dialog()
        processor.confirm()
        town.undo_time_passes()
        check("completed")
        desk.front()
        until(lambda: desk.view().actions.primary is not None and desk.view().actions.primary.id == "return", "return")
        another_sum(town, "20000")
        town.undo_time_passes()
        check("notified in 9")
        box = desk.asked(Key.Key_Return, CTRL | SHIFT)
        desk.tab_to(box.all_the_same)
        desk.press(Key.Key_Space)
        until(lambda: QApplication.focusWidget() is box.reason, "the reason's field")
        desk.type("Nộp sau, có giấy hẹn")
        desk.confirm()
        town.undo_time_passes()
        check("returned owing")


def received_and_forwarded(town: Town, name: str) -> None:
    """The desk receives the only dossier and hands it to thuly1, staying on it."""
    desk = town.desk
    desk.front()
    desk.shows(name)
    desk.act(Key.Key_Return, CTRL | SHIFT)
    until(lambda: desk.view().card.pending, "received")
    town.undo_time_passes()
    until(lambda: desk.view().card.dossier.receipt_code, "the receipt code")
    desk.forward("thuly1")
    town.undo_time_passes()


def another_sum(town: Town, amount: str) -> None:
    """F6 in state 9: no lệ phí again, another sum with its name."""
    desk = town.desk
    form = desk.asked(Key.Key_F6)
    until(lambda: form.fields.lines.rows, "the fee table")
    until(lambda: QApplication.focusWidget() is form.fields.first_empty(), "the empty sum has the focus")
    desk.type("0")
    desk.tab_to(form.fields.lines.add)
    desk.press(Key.Key_Space)
    until(lambda: QApplication.focusWidget() is form.fields.lines.rows[-1].name, "the new sum's name")
    desk.type("Sao chụp bản vẽ")
    desk.tab_to(form.fields.lines.rows[-1].amount)
    desk.type(amount)
    desk.confirm()
