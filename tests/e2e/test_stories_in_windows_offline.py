"""The three cases and paid-twice in real windows by keyboard while the line is cut, the program killed in the middle.

Every step offline is compared twice: what this machine shows and keeps, then what the portal made of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.e2e.keyboard_officers import ALT, CTRL, SHIFT, Town
from tests.ui.desk_fixture import BIRTH, BUILDING, COPY, LAND, no_waiting_here, office
from tests.ui.window_fixture import settle, until

Key = Qt.Key

CASE_1 = """
step               | state | sub_state       | fee     | desk waits        | thuly waits | desk             | thuly     | payments
notified offline   | 1     | -               | due     | notify            | unseen      | awaiting_payment | unseen    | -
killed and opened  | 1     | -               | due     | notify            | unseen      | awaiting_payment | unseen    | -
notified           | 1     | -               | due     | -                 | unseen      | awaiting_payment | unseen    | -
paid               | 1     | -               | paid    | -                 | unseen      | paid_next        | unseen    | gateway 23000/23000
received offline   | 2     | -               | paid    | receive           | unseen      | received         | unseen    | gateway 23000/23000
forwarded offline  | 4     | -               | paid    | receive, forward  | unseen      | -                | unseen    | gateway 23000/23000
all arrived        | 4     | -               | paid    | -                 | unseen      | -                | unseen    | gateway 23000/23000
"""  # noqa: E501

CASE_2 = """
step               | state | sub_state        | fee    | desk waits                | thuly waits | desk             | thuly     | payments
suspended offline  | 4     | -                | none   | -                         | suspend     | -                | paused    | -
suspended          | 6     | desk_to_notify   | none   | -                         | -           | to_notify        | paused    | -
notified offline   | 6     | awaiting_payment | due    | accept_supplement, notify | -           | awaiting_payment | paused    | -
killed and opened  | 6     | awaiting_payment | due    | accept_supplement, notify | -           | awaiting_payment | paused    | -
notified           | 6     | awaiting_payment | due    | -                         | -           | awaiting_payment | paused    | -
ticked offline     | 4     | -                | paid   | tick_paid                 | -           | -                | paused    | treasury 4250000/4250000
ticked             | 4     | -                | paid   | -                         | -           | -                | paid_next | treasury 4250000/4250000
"""  # noqa: E501

CASE_3 = """
step               | state | sub_state       | fee     | desk waits     | thuly waits      | desk             | thuly     | payments
worked offline     | 4     | -               | none    | -              | notify           | -                | mine      | -
at the fee step    | 4     | -               | due     | -              | -                | awaiting_payment | mine      | -
completed offline  | 4     | -               | paid    | -              | complete         | -                | -         | gateway 75000/75000
completed          | 9     | awaiting_pickup | paid    | -              | -                | to_return        | -         | gateway 75000/75000
returned offline   | 10    | -               | due     | notify, return | -                | -                | -         | gateway 75000/75000
returned owing     | 10    | -               | due     | -              | -                | -                | -         | gateway 75000/75000
"""  # noqa: E501

PAID_TWICE = """
step               | state | sub_state       | fee     | desk waits     | thuly waits | desk             | thuly     | payments
notified           | 1     | -               | due     | -              | unseen      | awaiting_payment | unseen    | -
ticked offline     | 1     | -               | paid    | tick_paid      | unseen      | paid_next        | unseen    | counter_cash 8000/8000
killed and opened  | 1     | -               | paid    | tick_paid      | unseen      | paid_next        | unseen    | counter_cash 8000/8000
both facts         | 1     | -               | paid    | -              | unseen      | paid_next        | unseen    | gateway 8000/8000, counter_cash 8000/0
decided            | 1     | -               | paid    | -              | unseen      | paid_next        | unseen    | gateway 8000/8000, counter_cash 8000/0
"""  # noqa: E501


@pytest.fixture
def town(dressed: None, tmp_path: Path) -> Iterator[Town]:
    with office(tmp_path) as made:
        here = Town(made)
        yield here
        here.close()


def killed_and_opened(town: Town, name: str) -> None:
    """End the desk's program where it stands and start it again on the same profile, still without a line."""
    town.desk.kill()
    town.desk.open()
    town.desk.shows(name)


def test_case_1_notified_and_received_without_a_line(town):
    name = "Nguyễn Thị Hồng Nhung"
    dossier = town.office.file(name, BIRTH)
    town.open()
    with no_waiting_here():
        check = town.story(dossier, CASE_1)
        town.cut()
        town.desk.front()
        town.desk.shows(name)
        town.desk.notify("15000")
        check("notified offline")
        killed_and_opened(town, name)
        check("killed and opened")
        town.mend()
        town.undo_time_passes()
        check("notified")
        town.pay(dossier)
        check("paid")

        town.cut()
        town.desk.act(Key.Key_Return, CTRL | SHIFT)
        check("received offline")
        town.desk.forward()
        check("forwarded offline")
        assert town.desk.view().code.startswith("H32.8-261120"), "the number is the portal's to give"
        killed_and_opened_elsewhere(town, name)
        town.undo_time_passes()
        town.mend()
        check("all arrived")
        card = town.desk.card(dossier)
        assert card is not None
        assert card.dossier.receipt_code == "H32.8-20261120-0021"


def killed_and_opened_elsewhere(town: Town, name: str) -> None:
    """As above; the dossier no longer stands in a queue of the desk, so it is searched for: Ctrl+F, name, Enter."""
    desk = town.desk
    desk.kill()
    desk.open()
    desk.press(Key.Key_F, CTRL)
    until(lambda: QApplication.focusWidget() is desk.window.title.search, "the search field")
    desk.type("hong nhung")
    until(lambda: desk.window.desk_page.model.rowCount() == 1, "found without its accents")
    desk.shows(name)


def test_case_2_suspended_notified_and_ticked_without_a_line(town):
    name = "Trương Thị Cẩm Vân"
    dossier = town.office.file(name, LAND)
    town.office.in_processing(dossier)
    town.open()
    with no_waiting_here():
        desk, processor, check = town.desk, town.processor, town.story(dossier, CASE_2)
        town.cut()
        processor.front()
        processor.shows(name)
        processor.suspend("LTB2656001/TB-CCT", "20/11/2026", "4250000")
        check("suspended offline")
        town.undo_time_passes()
        town.mend()
        check("suspended")

        town.cut()
        desk.press(Key.Key_3, ALT)
        desk.shows(name)
        desk.act(Key.Key_Return, CTRL | SHIFT)
        check("notified offline")
        desk.kill()
        desk.open()
        check("killed and opened")
        town.undo_time_passes()
        town.mend()
        check("notified")

        town.cut()
        desk.press(Key.Key_4, ALT)
        desk.shows(name)
        desk.tick("GNT 0048213", treasury=True)
        check("ticked offline")
        until(lambda: outlined(town), "outlined, not green")
        town.mend()
        check("ticked")
        until(lambda: not outlined(town), "green once the portal has it")


def outlined(town: Town) -> bool:
    """Say whether the pane and its fee card show a tick that the portal is not known to have.

    The line is cut at the portal's end: once the sender has tried, nobody knows whether it was heard.
    """
    view = town.desk.view()
    shown = [(chip.text, chip.kind) for chip in view.chips]
    told = view.notices[0].chip
    return told in shown and told in (("Đã đóng – chưa gửi", "paid_unsent"), ("Đã đóng – chờ Cổng", "paid_unsent"))


def test_case_3_worked_completed_and_returned_without_a_line(town):
    name = "Lê Hoàng Phúc"
    dossier = town.office.file(name, BUILDING)
    town.office.in_processing(dossier)
    town.open()
    with no_waiting_here():
        desk, processor, check = town.desk, town.processor, town.story(dossier, CASE_3)
        town.cut()
        processor.front()
        processor.shows(name)
        processor.notify("75000")
        check("worked offline")
        town.undo_time_passes()
        town.mend()
        check("at the fee step")
        town.pay(dossier)
        until(lambda: any(chip.text == "Đã đóng" for chip in processor.view().chips), "the processor sees it")

        town.cut()
        processor.palette("hoan thanh", "Hoàn thành")
        processor.dialog()
        processor.confirm()
        check("completed offline")
        processor.kill()
        processor.open()
        town.undo_time_passes()
        town.mend()
        check("completed")

        town.cut()
        desk.front()
        until(lambda: desk.view().actions.primary is not None and desk.view().actions.primary.id == "return", "return")
        form = desk.asked(Key.Key_F6)
        until(lambda: QApplication.focusWidget() is form.fields.first_empty(), "the empty sum has the focus")
        desk.type("20000")
        desk.confirm()
        box = desk.asked(Key.Key_Return, CTRL | SHIFT)
        desk.tab_to(box.all_the_same)
        desk.press(Key.Key_Space)
        until(lambda: QApplication.focusWidget() is box.reason, "the reason's field")
        desk.type("Nộp sau, có giấy hẹn")
        desk.confirm()
        check("returned offline")
        desk.kill()
        desk.open()
        town.undo_time_passes()
        town.mend()
        check("returned owing")


def test_ticked_without_a_line_and_paid_online_is_decided_by_keyboard(town):
    name = "Phạm Quốc Bảo"
    dossier = town.office.file(name, COPY)
    town.open()
    with no_waiting_here():
        desk, check = town.desk, town.story(dossier, PAID_TWICE)
        desk.front()
        desk.shows(name)
        desk.notify()
        town.undo_time_passes()
        check("notified")

        town.cut()
        desk.tick("BL 0021873")
        check("ticked offline")
        until(lambda: outlined(town), "outlined, not green")
        town.pay(dossier)
        killed_and_opened(town, name)
        check("killed and opened")
        town.mend()
        check("both facts")
        card = desk.card(dossier)
        assert card is not None
        assert [(case.kind, case.state, case.amount) for case in card.dossier.cases] == [("refund", "open", 8_000)]

        desk.shows(name)
        desk.palette("can xem lai", "Cần xem lại")
        page = desk.window.pages.currentWidget()
        until(lambda: page.choices and page.shown().dossier_id == dossier, "the decision")
        settle(desk.window)
        assert [fact.title for fact in page.shown().facts] == ["Cổng ghi nhận", "Quầy ghi nhận"]
        assert not any(choice.isChecked() for choice in page.choices)
        assert not page.primary.isEnabled()
        desk.tab_to(page.choices[0])
        desk.press(Key.Key_Space)
        until(page.primary.isEnabled, "a way is chosen")
        desk.press(Key.Key_Return, CTRL)
        until(lambda: page.shown() is None, "nothing left to decide")
        check("decided")
        card = desk.card(dossier)
        assert card is not None
        assert [case.decided_at is not None for case in card.dossier.cases] == [True]
