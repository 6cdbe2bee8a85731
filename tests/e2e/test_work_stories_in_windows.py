"""Between reception and return in real windows, by keyboard alone: papers twice, the head, Tết, an apology."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app import catalogues
from app.clock import VN
from app.sandbox.simulator import verbs
from tests.e2e.keyboard_officers import CTRL, SHIFT, Hands, Town
from tests.ui.desk_fixture import BUILDING, LAND, no_waiting_here, office
from tests.ui.window_fixture import until
from ui import theme

Key = Qt.Key

ROUNDS = """
step               | state | sub_state       | fee     | desk waits        | thuly waits | desk         | thuly     | payments
asked              | 5     | desk_to_ask     | none    | -                 | -           | to_ask       | paused    | -
told               | 5     | citizen_asked   | none    | -                 | -           | -            | paused    | -
brought            | 5     | supplemented    | none    | -                 | -           | supplemented | paused    | -
accepted           | 4     | -               | none    | -                 | -           | -            | mine      | -
asked again        | 5     | desk_to_ask     | none    | -                 | -           | to_ask       | paused    | -
told again         | 5     | citizen_asked   | none    | -                 | -           | -            | paused    | -
sent online        | 5     | supplemented    | none    | -                 | -           | supplemented | paused    | -
accepted again     | 4     | -               | none    | -                 | -           | -            | mine      | -
"""  # noqa: E501

OFFLINE = """
step               | state | sub_state       | fee     | desk waits                       | thuly waits        | desk         | thuly     | payments
asked offline      | 4     | -               | none    | -                                | request_supplement | -            | paused    | -
asked              | 5     | desk_to_ask     | none    | -                                | -                  | to_ask       | paused    | -
brought offline    | 5     | supplemented    | none    | ask_citizen, bring_supplement    | -                  | supplemented | paused    | -
brought            | 5     | supplemented    | none    | -                                | -                  | supplemented | paused    | -
"""  # noqa: E501


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    if not qapp.property("dressed"):
        theme.install(qapp, catalogues.resource_path())
        qapp.setProperty("dressed", True)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with office(tmp_path) as made:
        here = Town(made)
        yield here
        here.close()


def in_hand(town: Town, name: str, procedure: str) -> str:
    """Received and with thuly1, both programs closed again; returns the dossier's id."""
    dossier = town.office.file(name, procedure)
    town.office.in_processing(dossier)
    for username in list(town.office._desks):
        town.office._desks.pop(username).close()
    return dossier


def ask_for_papers(processor: Hands, reason: str) -> None:
    """Ctrl+K, the first paper ticked, the reason, Ctrl+Enter."""
    processor.palette("yeu cau bo sung", "Yêu cầu bổ sung…")
    form = processor.dialog()
    until(lambda: QApplication.focusWidget() is form.papers.boxes[0], "the first paper")
    processor.press(Key.Key_Space)
    processor.tab_to(form.reason)
    processor.type(reason)
    processor.confirm()


def act_and_wait(town: Town, hands: Hands) -> None:
    """Ctrl+Shift+Enter, and let its undo time pass."""
    hands.act(Key.Key_Return, CTRL | SHIFT)
    until(hands.window.desk_page.list.undo_bar.isVisible, "the undo bar")
    town.undo_time_passes()


def bring_papers(desk: Hands) -> None:
    """Ctrl+K, the paper is the only one asked for, Ctrl+Enter."""
    desk.palette("nhan giay to", "Nhận giấy tờ bổ sung…")
    form = desk.dialog()
    assert [box.isChecked() for box in form.papers.boxes] == [True]
    desk.confirm()


def test_two_rounds_of_papers_one_at_the_counter_one_online(town):
    dossier = in_hand(town, "Lê Quang Dũng", BUILDING)
    town.open()
    with no_waiting_here():
        desk, processor, check = town.desk, town.processor, town.story(dossier, ROUNDS)
        processor.shows("Lê Quang Dũng")
        ask_for_papers(processor, "Thiếu mặt cắt móng")
        check("asked")
        desk.shows("Lê Quang Dũng")
        desk.act(Key.Key_Return, CTRL | SHIFT)
        check("told")
        bring_papers(desk)
        check("brought")
        act_and_wait(town, desk)
        check("accepted")
        processor.shows("Lê Quang Dũng")
        ask_for_papers(processor, "Vẫn thiếu sơ đồ đấu nối")
        check("asked again")
        desk.shows("Lê Quang Dũng")
        until(lambda: any("lần 2" in banner.text for banner in desk.view().banners), "the second round is named")
        desk.act(Key.Key_Return, CTRL | SHIFT)
        check("told again")
        verbs.supplement(town.office.url, code=desk.view().card.dossier.code, names=("Bản vẽ thiết kế",))
        check("sent online")
        act_and_wait(town, desk)
        check("accepted again")


def test_papers_are_asked_for_and_brought_while_the_line_is_cut(town):
    dossier = in_hand(town, "Lê Quang Dũng", BUILDING)
    town.open()
    with no_waiting_here():
        desk, processor, check = town.desk, town.processor, town.story(dossier, OFFLINE)
        processor.shows("Lê Quang Dũng")
        town.cut()
        ask_for_papers(processor, "Thiếu mặt cắt móng")
        check("asked offline")
        town.mend()
        check("asked")
        desk.shows("Lê Quang Dũng")
        town.cut()
        desk.act(Key.Key_Return, CTRL | SHIFT)
        until(lambda: desk.view().card.dossier.sub_state == "citizen_asked", "told, on this machine")
        bring_papers(desk)
        check("brought offline")
        town.mend()
        check("brought")


def test_submitted_to_the_head_not_approved_then_approved(town):
    in_hand(town, "Lê Quang Dũng", BUILDING)
    town.open()
    head = Hands(town.office, "lanhdao1").open()
    try:
        with no_waiting_here():
            processor = town.processor
            processor.shows("Lê Quang Dũng")
            submit(processor, "Đề nghị cấp phép")
            head.shows("Lê Quang Dũng")
            until(lambda: said(head, "Nguyễn Hữu Phước trình"), "the head's turn")
            head.palette("khong duyet", "Không duyệt…")
            head.dialog()
            head.type("Thiếu ý kiến phòng cháy")
            head.confirm()
            until(lambda: said(processor, "Phạm Văn Đức không duyệt"), "the processor reads why")
            assert said(processor, "Thiếu ý kiến phòng cháy.")
            submit(processor, "Đã có ý kiến phòng cháy")
            until(lambda: said(head, "Đã có ý kiến phòng cháy"), "the head reads it again")
            head.act(Key.Key_Return, CTRL | SHIFT)
            until(lambda: said(processor, "Phạm Văn Đức đã duyệt"), "approved")
            until(lambda: processor.view().actions.primary.id == "forward", "the processor goes on")
        approvals = processor.view().card.dossier.approvals
        assert [approval.approved for approval in approvals] == [False, True]
    finally:
        head.kill()


def submit(processor: Hands, note: str) -> None:
    """Ctrl+K, the only head is chosen already, a few words, Ctrl+Enter."""
    processor.palette("trinh lanh dao", "Trình lãnh đạo…")
    form = processor.dialog()
    until(lambda: form.people.chosen() == "lanhdao1", "the head")
    processor.tab_to(form.note)
    processor.type(note)
    processor.confirm()
    until(lambda: "Chờ Phạm Văn Đức duyệt" in " ".join(b.text for b in processor.view().banners), "it waits")


def said(hands: Hands, words: str) -> bool:
    return any(words in banner.text for banner in hands.view().banners)


def test_overdue_with_an_apology_proposed_and_signed_once(town):
    in_hand(town, "Lê Quang Dũng", BUILDING)
    town.office.clock.set(datetime(2026, 12, 8, 9, 0, tzinfo=VN))
    town.open()
    head = Hands(town.office, "lanhdao1").open()
    try:
        with no_waiting_here():
            processor = town.processor
            processor.shows("Lê Quang Dũng")
            until(lambda: said(processor, "Đã quá hẹn 10:12 hôm qua. Cần văn bản xin lỗi và hẹn lại."), "prompted")
            processor.palette("de nghi gia han", "Đề nghị gia hạn…")
            form = processor.dialog()
            until(lambda: QApplication.focusWidget() is form.day, "the day")
            processor.type("14/12/2026")
            processor.press(Key.Key_Tab)
            until(lambda: QApplication.focusWidget() is form.reason, "Tab comes to the reason")
            processor.type("Chờ ý kiến phòng cháy")
            processor.confirm()
            head.shows("Lê Quang Dũng")
            until(lambda: said(head, "Nguyễn Hữu Phước đề nghị hẹn lại 10:12 thứ Hai 14/12"), "the head is asked")
            head.palette("ky gia han", "Ký gia hạn…")
            head.dialog()
            head.confirm()
            new = datetime(2026, 12, 14, 10, 12, tzinfo=VN)
            until(lambda: processor.view().card.dossier.due_at == new, "the new appointment")
            once = "Hồ sơ đã xin lỗi và hẹn lại lúc 09:00 08/12/2026; chỉ được hẹn lại một lần."
            assert processor.view().reason("propose_extension") == once
        extension = processor.view().card.dossier.extension
        assert (extension.late, extension.first_due_at) == (True, datetime(2026, 12, 7, 10, 12, tzinfo=VN))
    finally:
        head.kill()


def test_suspended_for_nvtc_and_resumed_across_tet_with_the_right_date(town):
    town.office.clock.set(datetime(2027, 2, 3, 9, 0, tzinfo=VN))
    dossier = in_hand(town, "Lê Thị Ơn", LAND)
    town.office.clock.set(datetime(2027, 2, 4, 9, 0, tzinfo=VN))
    town.open()
    with no_waiting_here():
        desk, processor = town.desk, town.processor
        processor.shows("Lê Thị Ơn")
        processor.suspend("LTB2705001/TB-CCT", "04/02/2027", "4250000")
        town.undo_time_passes()
        desk.shows("Lê Thị Ơn")
        act_and_wait(town, desk)
        until(lambda: desk.view().card.dossier.sub_state == "awaiting_payment" and not desk.view().card.pending, "told")
        town.office.clock.set(datetime(2027, 2, 16, 9, 0, tzinfo=VN))
        desk.tick("0001234", treasury=True)
        until(lambda: desk.card(dossier).dossier.state == 4, "resumed")
    # 12.5 days; one was used before the pause: 11.5 are laid out from 16/02 09:00, weekends left out.
    assert desk.card(dossier).dossier.due_at == datetime(2027, 3, 3, 15, 0, tzinfo=VN)
