"""Several rows at once, by keyboard: picked, given to one officer, what failed named; and a code of another desk."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import catalogues
from app.services import handling, inbox, processing, reception
from tests.ui.desk_fixture import BUILDING, Office, no_waiting_here
from tests.ui.window_fixture import awake, dialog, press, settle, until, window_of
from ui import theme

SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier,
)  # fmt: skip
NAMES = ("Lê Quang Dũng", "Phạm Quốc Khánh", "Đinh Công Thành")


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    if not qapp.property("dressed"):
        theme.install(qapp, catalogues.resource_path())
        qapp.setProperty("dressed", True)


def in_unit_queue(town: Office) -> list[str]:
    """Three building permits that nobody has taken."""
    front = town.desk()
    found = [town.file(name, BUILDING) for name in NAMES]
    for dossier in found:
        town.card(front, dossier)
        town.send(front, reception.receive(front, dossier))
        town.send(front, processing.forward(front, dossier, "H32.8.02"))
    return found


def pick(window, more: int) -> None:
    table = window.desk_page.table
    table.setFocus()
    for _ in range(more):
        QTest.keyClick(table, Qt.Key.Key_Down, SHIFT)


def test_the_head_gives_three_dossiers_to_one_officer_in_one_dialog(town):
    dossiers = in_unit_queue(town)
    head = town.desk("lanhdao1")
    with window_of(town, "lanhdao1") as window, no_waiting_here():
        until(lambda: window.desk_page.model.rowCount() == 3, "three rows")
        pick(window, 2)
        bar = window.desk_page.picking.bar
        assert (bar.isVisible(), bar.words.text()) == (True, "3 hồ sơ đang chọn")
        awake(window)
        settle(window)
        assert window.desk_page.picking.ask("assign")
        box = dialog(window)
        until(lambda: box.people.cards, "officers")
        assert [card.text() for card in box.people.cards.values()] == ["Nguyễn Hữu Phước"]
        assert box.people.cards["thuly1"].accessibleDescription() == "chưa giữ hồ sơ nào"
        press(Qt.Key.Key_Return, CTRL)
        until(lambda: window.desk_page.deeds.dialog() is None, "all three are given")
        until(lambda: not bar.isVisible(), "nothing is picked any more")
    assert [inbox.card(head, dossier).dossier.assigned_to.username for dossier in dossiers] == ["thuly1"] * 3


def test_what_failed_is_named_and_the_rest_is_done(town):
    dossiers = in_unit_queue(town)
    head, clerk = town.desk("lanhdao1"), town.desk("thuly1")
    town.send(clerk, handling.take(clerk, dossiers[0]))
    town.send(clerk, handling.submit(clerk, dossiers[0], "lanhdao1"))
    with window_of(town, "lanhdao1") as window, no_waiting_here():
        until(lambda: window.desk_page.model.rowCount() == 3, "three rows")
        pick(window, 2)
        settle(window)
        assert window.desk_page.picking.ask("assign")
        box = dialog(window)
        until(lambda: box.people.cards, "officers")
        box.people.cards["thuly1"].setChecked(True)
        press(Qt.Key.Key_Return, CTRL)
        until(lambda: box.problem.isVisible(), "what failed")
        assert box.progress.text() == "Xong 2/3"
        assert box.problem.text() == (
            "1 hồ sơ chưa làm được. Lê Quang Dũng: Hồ sơ đang chờ Phạm Văn Đức duyệt. Chờ kết quả duyệt rồi làm tiếp."
        )
        press(Qt.Key.Key_Escape)
        until(lambda: window.desk_page.deeds.dialog() is None, "closed")
    held = [inbox.card(head, dossier).dossier.assigned_to.username for dossier in dossiers]
    assert held == ["lanhdao1", "thuly1", "thuly1"]


def test_shift_space_leaves_one_out_and_a_plain_arrow_ends_it(town):
    in_unit_queue(town)
    with window_of(town, "lanhdao1") as window, no_waiting_here():
        until(lambda: window.desk_page.model.rowCount() == 3, "three rows")
        pick(window, 2)
        table = window.desk_page.table
        assert len(table.picked()) == 3
        QTest.keyClick(table, Qt.Key.Key_Space, SHIFT)
        assert len(table.picked()) == 2
        QTest.keyClick(table, Qt.Key.Key_Up)
        assert len(table.picked()) == 1
        assert not window.desk_page.picking.bar.isVisible()


def test_a_whole_code_of_another_desk_is_asked_of_the_portal(town):
    told = town.notified(town.desk(), town.file("Lê Quang Dũng", BUILDING)).dossier
    with window_of(town, "tiepnhan9") as window, no_waiting_here():
        window.title.search.setFocus()
        window.title.search.setText(told.code)
        page = window.desk_page
        until(lambda: page.list.is_empty() and page.list.empty.button.text() == "Tra cứu trên Cổng", "the offer")
        press(Qt.Key.Key_Return)
        until(lambda: QApplication.focusWidget() is page.list.empty.button, "Enter goes to the only button")
        press(Qt.Key.Key_Space)
        until(lambda: "Còn nợ 75.000 đ" in page.list.empty._words.text(), "the portal's answer")
        assert page.list.empty._words.text().split("\n") == [
            told.code, told.procedure.name, "Mới đăng ký · Phường Nha Trang", "Chưa có hẹn trả", "Còn nợ 75.000 đ",
        ]  # fmt: skip


def test_a_processor_is_not_offered_what_the_portal_would_refuse(town):
    with window_of(town, "thuly1") as window, no_waiting_here():
        window.title.search.setText("H32.8-261120-9999")
        page = window.desk_page
        until(lambda: page.list.is_empty() and "9999" in page.list.empty._words.text(), "nothing found")
        assert page.list.empty._words.text().startswith("Không có hồ sơ nào khớp")
