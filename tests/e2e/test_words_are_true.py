"""The three cases in real windows, the line pulled at the worst moments: whatever the windows say then is true.

A witness lays every sentence beside the tables of desk and portal: between the press and the sending, while it is
under way, when the portal has committed and the answer is lost, when the answer came and the dossier did not, after a
program was killed and started again, and when the line is back.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from tests.e2e.fee_deeds import find
from tests.e2e.keyboard_officers import CTRL, SHIFT
from tests.e2e.watched_town import ANSWER_LOST, NO_FEED, NOBODY, SLOW, Watched
from tests.ui.desk_fixture import BIRTH, BUILDING, LAND, no_waiting_here, office
from tests.ui.window_fixture import until

Key = Qt.Key
FIRST, SECOND, THIRD = "Nguyễn Thị Hồng Nhung", "Trương Thị Cẩm Vân", "Lê Hoàng Phúc"


@pytest.fixture(scope="module")
def town(dressed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with office(tmp_path_factory.mktemp("town")) as made:
        made.file(FIRST, BIRTH)
        made.in_processing(made.file(SECOND, LAND))
        made.in_processing(made.file(THIRD, BUILDING))
        here = Watched(made)
        here.open()
        here.watch()
        yield here
        here.close()


def test_words_are_true_in_case_1(town):
    name, desk = FIRST, town.desk
    with no_waiting_here():
        find(desk, name)
        dossier = desk.view().id
        town.looked("begin")
        desk.notify("15000")
        town.looked("notified, not sent")
        town.pulled(NOBODY)
        town.tried(desk)
        town.looked("cut between press and sending")
        town.outbox(desk, name, "cut between press and sending")
        town.killed(desk, name, "cut between press and sending")
        town.whole("notified")

        town.pay(dossier)
        town.says(desk, "Công dân đã đóng")
        town.looked("paid")
        desk.act(Key.Key_Return, CTRL | SHIFT)
        town.looked("received, not sent")
        town.pulled(ANSWER_LOST, NOBODY)
        town.tried(desk)
        town.says(desk, "Đã gửi, chưa có hồi âm")
        town.looked("received, answer lost")
        town.outbox(desk, name, "received, answer lost")
        town.killed(desk, name, "received, answer lost")
        town.says(desk, "Đã gửi, chưa có hồi âm")
        town.whole("received")
        assert desk.card(dossier).dossier.receipt_code


def test_words_are_true_in_case_2(town):
    name, desk, processor = SECOND, town.desk, town.processor
    with no_waiting_here():
        processor.front()
        find(processor, name)
        processor.suspend("LTB2656001/TB-CCT", "20/11/2026", "4250000")
        town.looked("suspended, not sent")
        town.pulled(*NO_FEED, half=True)
        town.tried(processor)
        town.says(processor, "Đã lên Cổng. Máy này chưa đọc lại hồ sơ từ Cổng.")
        town.looked("suspended, not read back")
        town.killed(processor, name, "suspended, not read back")
        town.whole("suspended")

        desk.front()
        find(desk, name)
        desk.act(Key.Key_Return, CTRL | SHIFT)
        town.looked("accepted and notified, not sent")
        town.pulled(ANSWER_LOST, NOBODY)
        town.tried(desk)
        town.says(desk, "Chưa rõ công dân đã nhận được chưa")
        town.looked("notified, answer lost")
        town.outbox(desk, name, "notified, answer lost")
        town.whole("notified")

        town.pulled(NOBODY)
        town.press_f5(desk)
        find(desk, name)
        desk.tick("GNT 0048213", treasury=True)
        town.looked("ticked, cut")
        town.outbox(desk, name, "ticked, cut")
        town.pulled(*NO_FEED, half=True)
        town.press_f5(desk)
        town.says(desk, "Đã lên Cổng. Máy này chưa đọc lại hồ sơ từ Cổng.")
        town.looked("ticked, not read back")
        town.killed(desk, name, "ticked, not read back")
        town.whole("ticked")


def test_words_are_true_in_case_3(town):
    name, desk, processor = THIRD, town.desk, town.processor
    with no_waiting_here():
        processor.front()
        find(processor, name)
        processor.palette("hoan thanh", "Hoàn thành")
        processor.dialog()
        processor.confirm()
        town.looked("completed, not sent")
        town.pulled(ANSWER_LOST, NOBODY)
        town.tried(processor)
        town.looked("completed, answer lost")
        town.killed(processor, name, "completed, answer lost")
        town.whole("completed")

        desk.front()
        find(desk, name)
        form = desk.asked(Key.Key_F6)
        until(form.fields.first_empty, "the empty sum")
        desk.type("20000")
        desk.confirm()
        town.office.server.faults.replace([SLOW])
        town.tried(desk)
        town.says(desk, "Đang gửi lên Cổng")
        town.looked("notified, under way")
        town.whole("notified")
        town.pulled(NOBODY)
        town.press_f5(desk)
        desk.tick("BL 0000009")
        town.looked("ticked, cut")
        town.killed(desk, name, "ticked, cut")
        town.pulled(ANSWER_LOST, NOBODY)
        town.press_f5(desk)
        town.says(desk, "Đã đóng – chờ Cổng")
        town.looked("ticked, answer lost")
        town.whole("ticked")
        town.says(desk, "Công dân đã đóng")
