"""Between reception and return in real windows, by keyboard alone: papers twice, the head, Tết, an apology, two desks.

Each story is told once and lived twice: with the line, and with the line cut whenever an officer acts.
"""

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
from tests.e2e.counter_officer import receive_by_hand
from tests.e2e.fee_deeds import decide, go_on, offers, page
from tests.e2e.work_deeds import (
    ask_for_papers,
    bring_papers,
    check_all,
    complete,
    disapprove,
    hand_over,
    hears,
    printed,
    propose_extension,
    sign_extension,
    submit,
)
from tests.e2e.work_town import WorkTown, work_town
from tests.ui.desk_fixture import BUILDING, LAND, no_waiting_here
from tests.ui.window_fixture import until
from ui import theme

Key = Qt.Key
WAYS = ("online", "offline")
CITIZEN, BUILDER, HEIR = "Nguyễn Thị Cẩm Tú", "Lê Quang Dũng", "Lê Thị Ơn"

COUNTER = """
step      | by        | waits            | dossier           | due              | tiepnhan1 | thuly2
received  | tiepnhan1 | register         | 2                 | 23/11/2026 10:12 | received  | unseen
passed on | tiepnhan1 | forward          | 4                 | 23/11/2026 10:12 | -         | mine
checked   | thuly2    | check_components | 4                 | 23/11/2026 10:12 | -         | mine
completed | thuly2    | complete         | 9/awaiting_pickup | 23/11/2026 10:12 | to_return | -
returned  | tiepnhan1 | return           | 10                | 23/11/2026 10:12 | -         | -
"""

ROUNDS = """
step           | by        | waits              | dossier         | due              | tiepnhan1    | thuly1
asked          | thuly1    | request_supplement | 5/desk_to_ask   | 07/12/2026 10:12 | to_ask       | paused
told           | tiepnhan1 | ask_citizen        | 5/citizen_asked | 07/12/2026 10:12 | -            | paused
brought        | tiepnhan1 | bring_supplement   | 5/supplemented  | 07/12/2026 10:12 | supplemented | paused
accepted       | tiepnhan1 | accept_supplement  | 4               | 08/12/2026 15:00 | -            | mine
asked again    | thuly1    | request_supplement | 5/desk_to_ask   | 08/12/2026 15:00 | to_ask       | paused
told again     | tiepnhan1 | ask_citizen        | 5/citizen_asked | 08/12/2026 15:00 | -            | paused
sent online    | -         | -                  | 5/supplemented  | 08/12/2026 15:00 | supplemented | paused
accepted again | tiepnhan1 | accept_supplement  | 4               | 09/12/2026 09:00 | -            | mine
"""

HEAD = """
step            | by       | waits           | dossier | due              | thuly1 | lanhdao1
submitted       | thuly1   | submit_to_head  | 4       | 07/12/2026 10:12 | unit   | mine
not approved    | lanhdao1 | decide_approval | 4       | 07/12/2026 10:12 | mine   | unit
submitted again | thuly1   | submit_to_head  | 4       | 07/12/2026 10:12 | unit   | mine
approved        | lanhdao1 | decide_approval | 4       | 07/12/2026 10:12 | mine   | unit
"""

# 12.5 working days from 09:00 on 03/02; mùng Một is 06/02, nobody works from 05/02 to 11/02. One day was used before
# the pause: 11.5 are laid out from 09:00 on 16/02, weekends left out.
TET = """
step      | by        | waits                     | dossier            | due              | tiepnhan1        | thuly1
suspended | thuly1    | suspend                   | 6/desk_to_notify   | 26/02/2027 15:00 | to_notify        | paused
told      | tiepnhan1 | accept_supplement, notify | 6/awaiting_payment | 26/02/2027 15:00 | awaiting_payment | paused
resumed   | tiepnhan1 | tick_paid                 | 4                  | 03/03/2027 15:00 | -                | paid_next
"""

APOLOGY = """
step     | by       | waits             | dossier | due              | thuly1 | lanhdao1
proposed | thuly1   | propose_extension | 4       | 07/12/2026 10:12 | mine   | unit
signed   | lanhdao1 | extend            | 4       | 14/12/2026 10:12 | mine   | unit
"""


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    if not qapp.property("dressed"):
        theme.install(qapp, catalogues.resource_path())
        qapp.setProperty("dressed", True)


@pytest.fixture(params=WAYS)
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WorkTown]:
    with work_town(tmp_path, offline=request.param == "offline") as here:
        yield here


def in_hand(town: WorkTown, name: str, procedure: str) -> str:
    """Received and with thuly1; returns the dossier's id."""
    dossier = town.office.file(name, procedure)
    town.office.in_processing(dossier)
    return dossier


def test_received_at_the_counter_and_handed_back(town):
    town.open(town.substitute, town.counter)
    with no_waiting_here():
        desk, processor, life = town.counter, town.substitute, town.life(COUNTER)

        def receive() -> None:
            receive_by_hand(desk)
            desk.put_away()
            desk.shows(CITIZEN)
            life.dossier_id = desk.view().id

        life.deed("received", receive)
        life.deed("passed on", lambda: desk.forward(to="thuly2"))
        processor.shows(CITIZEN)
        life.deed("checked", lambda: check_all(processor))
        life.deed("completed", lambda: complete(processor))
        desk.shows(CITIZEN)
        returned = life.deed("returned", lambda: hand_over(desk, "Nguyễn Văn Tám"))
    assert (returned.receipt_code, returned.returned_to) == ("H32.8-20261120-0001", "Nguyễn Văn Tám")
    assert returned.applicant.address == "Tổ 6, phường Nha Trang", "typed last, right before Ctrl+Enter"
    assert [paper.check.verdict for paper in returned.components] == ["passed"] * 3


def test_two_desks_receive_one_dossier_and_the_second_is_told(town):
    dossier = town.office.file(BUILDER, BUILDING)
    town.open(town.desk, town.second)
    with no_waiting_here():
        first, second = town.desk, town.second
        if town.offline:
            town.cut()
        else:
            second.desk.undo_s = 8.0  # it may still be taken back there when the first one's arrives
        for hands in (second, first):
            hands.front()
            hands.shows(BUILDER)
            go_on(hands)
            until(lambda here=hands: int(here.card(dossier).dossier.state) == 2, "received, as each machine sees it")
        if town.offline:
            second.kill()
            town.mend_only(first)
        until(lambda: first.card(dossier).pending == (), "the first one's is on the portal")
        code = first.card(dossier).dossier.receipt_code
        assert code is not None
        if town.offline:
            second.open()
        town.undo_time_passes()
        shown = page(second, "can xem lai", "Cần xem lại")
        until(lambda: shown.choices, "the decision")
        told = shown.shown()
        assert (told.chip[0], told.title) == ("Cổng chưa chấp nhận", f"Tiếp nhận hồ sơ – {BUILDER}")
        assert told.body == "Hồ sơ đang ở bước “Được tiếp nhận” nên chưa thể tiếp nhận."
        assert [choice.title for choice in told.choices] == ["Gửi lại", "Bỏ việc này"]
        decide(second, dossier, "Bỏ việc này")
        until(lambda: shown.shown() is None, "nothing left to decide")
        cards = [hands.card(dossier) for hands in (first, second)]
    assert [(int(c.dossier.state), c.dossier.receipt_code, c.dossier.received_by.name, c.pending) for c in cards] == [
        (2, code, "Nguyễn Thị Ấm", ())
    ] * 2
    assert [item.kind for item in cards[0].dossier.history] == ["submitted", "received"], "received once"


def test_two_rounds_of_papers_one_at_the_counter_one_online(town):
    dossier = in_hand(town, BUILDER, BUILDING)
    town.open(town.processor, town.desk)
    with no_waiting_here():
        desk, processor, life = town.desk, town.processor, town.life(ROUNDS, dossier)
        processor.shows(BUILDER)
        life.deed("asked", lambda: ask_for_papers(processor, "Thiếu mặt cắt móng"))
        desk.shows(BUILDER)
        life.deed("told", lambda: go_on(desk))
        town.time_comes(datetime(2026, 11, 23, 15, 0, tzinfo=VN))
        life.deed("brought", lambda: bring_papers(desk))
        life.deed("accepted", lambda: go_on(desk))
        processor.shows(BUILDER)
        life.deed("asked again", lambda: ask_for_papers(processor, "Vẫn thiếu sơ đồ đấu nối"))
        desk.shows(BUILDER)
        hears(desk, "lần 2")
        life.deed("told again", lambda: go_on(desk))
        code = desk.view().card.dossier.code
        town.time_comes(datetime(2026, 11, 25, 9, 0, tzinfo=VN))
        life.deed("sent online", lambda: verbs.supplement(town.office.url, code=code, names=("Bản vẽ thiết kế",)))
        rounds = life.deed("accepted again", lambda: go_on(desk)).supplements
    assert [r.reason for r in rounds] == ["Thiếu mặt cắt móng", "Vẫn thiếu sơ đồ đấu nối"]


def test_submitted_to_the_head_not_approved_then_approved(town):
    dossier = in_hand(town, BUILDER, BUILDING)
    town.open(town.head, town.processor)
    with no_waiting_here():
        processor, head, life = town.processor, town.head, town.life(HEAD, dossier)
        processor.shows(BUILDER)
        life.deed("submitted", lambda: submit(processor, "Đề nghị cấp phép"))
        hears(processor, "Chờ Phạm Văn Đức duyệt")
        head.shows(BUILDER)
        hears(head, "Nguyễn Hữu Phước trình")
        life.deed("not approved", lambda: disapprove(head, "Thiếu ý kiến phòng cháy"))
        hears(processor, "Phạm Văn Đức không duyệt")
        hears(processor, "Thiếu ý kiến phòng cháy.")
        life.deed("submitted again", lambda: submit(processor, "Đã có ý kiến phòng cháy"))
        hears(head, "Đã có ý kiến phòng cháy")
        approvals = life.deed("approved", lambda: go_on(head)).approvals
        hears(processor, "Phạm Văn Đức đã duyệt")
        assert offers(processor, "forward") == ""
        assert processor.view().actions.primary.id == "forward", "the processor goes on"
    assert [approval.approved for approval in approvals] == [False, True]


def test_overdue_with_an_apology_proposed_printed_and_signed_once(town, tmp_path):
    dossier = in_hand(town, BUILDER, BUILDING)
    town.office.clock.set(datetime(2026, 12, 8, 9, 0, tzinfo=VN))
    town.open(town.head, town.processor)
    with no_waiting_here():
        processor, head, life = town.processor, town.head, town.life(APOLOGY, dossier)
        processor.shows(BUILDER)
        hears(processor, "Đã quá hẹn 10:12 hôm qua. Cần văn bản xin lỗi và hẹn lại.")
        papers = []

        def propose() -> None:
            propose_extension(processor, "14/12/2026", "Chờ ý kiến phòng cháy")
            papers.append(printed(processor, tmp_path / "proposed.pdf"))

        def sign() -> None:
            sign_extension(head)
            papers.extend(printed(head, tmp_path / f"signed-{number}.pdf") for number in range(2))

        life.deed("proposed", propose)
        head.shows(BUILDER)
        hears(head, "Nguyễn Hữu Phước đề nghị hẹn lại 10:12 thứ Hai 14/12")
        extension = life.deed("signed", sign).extension
        once = "Hồ sơ đã xin lỗi và hẹn lại lúc 09:00 08/12/2026; chỉ được hẹn lại một lần."
        assert offers(processor, "propose_extension") == once
    assert extension is not None
    assert (extension.late, extension.first_due_at) == (True, datetime(2026, 12, 7, 10, 12, tzinfo=VN))
    proposed, signed, _again = papers
    for paper in papers:
        for words in (
            "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT", f"Kính gửi: Ông/Bà {BUILDER}",
            "Thời gian hẹn trả kết quả: 10 giờ 12 phút, ngày 07 tháng 12 năm 2026", "đã quá thời hạn nêu trên",
            "Lý do chậm: Chờ ý kiến phòng cháy", "10 giờ 12 phút, ngày 14 tháng 12 năm 2026",
            "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
        ):  # fmt: skip
            assert words in paper, words
    assert ["Phạm Văn Đức" in paper for paper in papers] == [False, True, True], (
        "the head's name comes with his signature"
    )
    assert "Nha Trang, ngày 08 tháng 12 năm 2026" in signed
    assert ["Bản in lại lần 1" in paper for paper in papers] == [False, False, True], (
        "each machine counts its printings"
    )
    assert "Bản in lại" not in proposed


def test_suspended_for_nvtc_and_resumed_across_tet_with_the_right_date(town):
    town.office.clock.set(datetime(2027, 2, 3, 9, 0, tzinfo=VN))
    dossier = in_hand(town, HEIR, LAND)
    town.office.clock.set(datetime(2027, 2, 4, 9, 0, tzinfo=VN))
    town.open(town.desk, town.processor)
    with no_waiting_here():
        desk, processor, life = town.desk, town.processor, town.life(TET, dossier)
        processor.shows(HEIR)
        life.deed("suspended", lambda: processor.suspend("LTB2705001/TB-CCT", "04/02/2027", "4250000"))
        desk.shows(HEIR)
        life.deed("told", lambda: go_on(desk))
        town.time_comes(datetime(2027, 2, 16, 9, 0, tzinfo=VN))
        life.deed("resumed", lambda: desk.tick("0001234", treasury=True))
