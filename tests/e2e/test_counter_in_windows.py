"""A dossier brought in person, received by keyboard in real windows: few keys, with or without a line, or a crash."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate, count
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app.services import inbox
from tests.e2e.counter_officer import Counter, receive_by_hand
from tests.e2e.keyboard_officers import CTRL, SHIFT, Town
from tests.ui.desk_fixture import no_waiting_here, office
from tests.ui.window_fixture import settle, until
from ui.scanner import Scanner

Key = Qt.Key
_worker = ThreadPoolExecutor(1)
T = TypeVar("T")
CARD = "056190004417||Nguyễn Thị Cẩm Tú|14071990|Nữ|Tổ 6, phường Nha Trang, Khánh Hòa|15042021"
LIMIT, BY_HAND, BY_CARD = 60, 58, 48


def away(work: Callable[[], T]) -> T:
    """Do what may wait on another thread, as the program does."""
    return _worker.submit(work).result(60)


@pytest.fixture
def town(dressed: None, tmp_path: Path) -> Iterator[Town]:
    with office(tmp_path) as here:
        made = Town(here)
        made.desk = Counter(here, "tiepnhan1")
        yield made
        made.close()


def counter_of(town: Town) -> Counter:
    assert isinstance(town.desk, Counter)
    return town.desk


def test_received_in_under_sixty_key_presses_printed_and_passed_on(town):
    town.open()
    with no_waiting_here():
        desk = counter_of(town)
        desk.front()
        receive_by_hand(desk)
        assert desk.keys == BY_HAND < LIMIT
        slip = desk.slip()
        assert slip.windowTitle() == "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
        desk.put_away()
        desk.shows("Nguyễn Thị Cẩm Tú")
        until(lambda: desk.view().code == "H32.8-20261120-0001" and not desk.view().card.pending, "on the portal")
        dossier = desk.view().card.dossier
        assert (int(dossier.state), dossier.applicant.phone, dossier.sets) == (2, "0905118264", 1)
        assert [c.name[:8] for c in dossier.components] == ["Tờ khai/", "Giấy chứ", "Giấy tờ "]
        assert f"{dossier.due_at:%H:%M %d/%m}" == "10:12 23/11"
        desk.forward()
        town.undo_time_passes()
        until(lambda: int(desk.card(dossier.id).dossier.state) == 4 and not desk.card(dossier.id).pending, "passed on")


def test_by_card_with_money_in_under_sixty_key_presses_without_a_line(town, qapp):
    town.open()
    pace = [0.0]
    now = accumulate(pace[0] for _ in count())
    scanner = Scanner(lambda: next(now))
    try:
        with no_waiting_here():
            desk = counter_of(town)
            scanner.scanned.connect(desk.window.scanned)
            town.cut()
            desk.front()
            desk.keys = 0
            page = desk.to_counter("khai sinh")
            scanner.listen(qapp)
            for letter in CARD:
                press = QKeyEvent(QEvent.Type.KeyPress, Key.Key_A, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(QApplication.focusWidget(), press)
            scanner.silence()
            pace[0] = 1.0
            until(lambda: page.form.applicant.name.text() == "Nguyễn Thị Cẩm Tú", "the card fills the applicant")
            until(lambda: QApplication.focusWidget() is page.form.applicant.phone, "on to what the card does not say")
            desk.type("0905118264")
            desk.press(Key.Key_Tab, CTRL)
            desk.press(Key.Key_Tab, CTRL)
            desk.press(Key.Key_Left)
            desk.press(Key.Key_Tab)
            assert QApplication.focusWidget() is page.fee.sums[0][1]
            desk.type("15000")
            for _ in range(3):
                desk.press(Key.Key_Tab)
            assert QApplication.focusWidget() is page.fee.document
            desk.type("BL0021873")
            assert page.primary.text() == "Tiếp nhận, thu 23.000 đ và in"
            desk.press(Key.Key_Return, CTRL)
            assert desk.keys == BY_CARD < LIMIT
            desk.put_away()
            desk.shows("Nguyễn Thị Cẩm Tú")
            card = desk.view().card
            assert (card.pending, desk.view().code) == (("register", "collect"), "H32.8-20261120-0001")
            kept = card.dossier.id
            town.mend()
            until(lambda: desk.card(kept) is not None and not desk.card(kept).pending, "both are on the portal")
            dossier = desk.card(kept).dossier
            assert [(p.amount, p.evidence.document_no) for p in dossier.payments] == [(23_000, "BL0021873")]
            assert (dossier.applicant.identity_no, str(dossier.fee_status)) == ("056190004417", "paid")
    finally:
        qapp.removeEventFilter(scanner)


def test_what_was_typed_is_there_again_after_the_program_was_killed(town):
    town.open()
    with no_waiting_here():
        desk = counter_of(town)
        desk.front()
        page = desk.to_counter("khai sinh")
        desk.type("056190004417")
        desk.press(Key.Key_Tab)
        desk.press(Key.Key_Tab)
        desk.type_name("Nguyễn Thị Cẩm Tú")
        until(lambda: page.saved.text() == "tự lưu nháp 10:12", "the draft is kept")
        desk.kill()
        desk.open()
        desk.press(Key.Key_F2)
        page = desk.page()
        until(lambda: page.form.applicant.name.text() == "Nguyễn Thị Cẩm Tú", "the draft is open again")
        assert page.form.procedure.procedure().code == "1.001193"
        assert page.form.applicant.number.text() == "056190004417"
        assert [row.brought.isChecked() for row in page.form.papers.rows] == [True, True, False, False, True]
        settle(desk.window)
        desk.press(Key.Key_Return, CTRL | SHIFT)
        desk.put_away()
        until(lambda: page.told.isVisible() and page.form.is_blank(), "ready for the next citizen")
        assert page.told.text() == "Đã tiếp nhận hồ sơ của Nguyễn Thị Cẩm Tú."
        settle(desk.window)
        desk.kill()
        desk.open()
        desk.press(Key.Key_F2)
        settle(desk.window)
        assert desk.page().form.is_blank()


def receive_next(desk: Counter, name: str) -> None:
    """Receive one citizen without printing, and stay for the next."""
    page = desk.to_counter("khai sinh")
    page.slip.setChecked(False)
    desk.press(Key.Key_Tab)
    desk.press(Key.Key_Tab)
    desk.type_name(name)
    desk.press(Key.Key_Return, CTRL | SHIFT)
    until(lambda: page.told.isVisible() and page.form.is_blank(), "received")
    settle(desk.window)


def codes_of(desk: Counter) -> dict[str, str]:
    """Return name → mã biên nhận of all that this machine has."""

    def read() -> dict[str, str]:
        rows = inbox.rows(desk.desk, inbox.keys(desk.desk, None))
        return {row.applicant: row.receipt_code for row in rows if row is not None}

    return away(read)


def test_two_desks_without_a_line_never_give_the_same_number(town):
    other = Counter(town.office, "tiepnhan2")
    town.open()
    other.open()
    try:
        with no_waiting_here():
            desk = counter_of(town)
            town.cut()
            desk.front()
            receive_next(desk, "Trần Thị Mai")
            other.front()
            receive_next(other, "Lê Văn Hai")
            assert codes_of(desk)["Trần Thị Mai"] == "H32.8-20261120-0001"
            assert codes_of(other)["Lê Văn Hai"] == "H32.8-20261120-0021"
            town.mend()
            town.press_f5(other)
            both = {"Trần Thị Mai": "H32.8-20261120-0001", "Lê Văn Hai": "H32.8-20261120-0021"}
            until(lambda: codes_of(other) == both, "both are on the portal")
            town.press_f5(desk)
            until(lambda: codes_of(desk) == both, "and on the other desk")
    finally:
        other.kill()


def test_a_number_that_the_portal_does_not_know_is_replaced_by_keyboard(town):
    town.open()
    with no_waiting_here():
        desk = counter_of(town)
        town.cut()
        desk.front()
        receive_next(desk, "Trần Thị Mai")
        with town.office.server.portal.database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM number_blocks")
        town.mend()
        desk.front()
        desk.press(Key.Key_Escape)
        settle(desk.window)
        desk.palette("can xem lai", "Cần xem lại")
        page = desk.page()
        until(lambda: page.choices, "the decision")
        settle(desk.window)
        shown = page.shown()
        assert (shown.title, shown.code) == ("Tiếp nhận tại quầy – Trần Thị Mai", "H32.8-20261120-0001")
        assert [(choice.title, choice.recommended, choice.reason) for choice in shown.choices] == [
            ("Để Cổng cấp số mới", True, ""),
            ("Bỏ việc này", False, ""),
        ]
        desk.tab_to(page.choices[0])
        desk.press(Key.Key_Space)
        until(page.primary.isEnabled, "a way is chosen")
        desk.press(Key.Key_Return, CTRL)
        until(lambda: page.shown() is None, "nothing left to decide")
        until(lambda: codes_of(desk) == {"Trần Thị Mai": "H32.8-20261120-0021"}, "the portal gave another number")
