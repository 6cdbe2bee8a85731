"""Not received at the counter, by keyboard in real windows: refused or sent for papers, with the paper that says why.

The line is cut, the program is killed with a half-written refusal and with scans half laid in; nothing is typed twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.e2e.counter_officer import Counter
from tests.e2e.fee_deeds import ask, focused, write
from tests.e2e.keyboard_officers import CTRL, Town
from tests.ui.desk_fixture import no_waiting_here, office
from tests.ui.window_fixture import settle, until
from tests.unit.printed_papers import text_of
from ui.widgets.drop_zone import Picked

Key = Qt.Key
CITIZEN = "Nguyễn Thị Cẩm Tú"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def town(dressed: None, tmp_path: Path) -> Iterator[Town]:
    with office(tmp_path) as here:
        made = Town(here)
        made.desk = Counter(here, "tiepnhan1")
        made.open(made.desk)
        yield made
        made.close()


def written(desk: Counter, name: str = CITIZEN) -> Any:
    """F2, a procedure, who it is; the papers were left at home."""
    page = desk.to_counter("1.013225")
    desk.press(Key.Key_Tab)
    desk.press(Key.Key_Tab)
    desk.type_name(name)
    for row in page.form.papers.rows[1:3]:
        desk.tab_to(row.brought)
        desk.press(Key.Key_Space)
    return page


def foot(desk: Counter, button: Any) -> Any:
    """Ctrl+Tab to what may be done instead, Tab to the button, Space; return the dialog."""
    page = desk.page()
    for _ in range(4):
        if QApplication.focusWidget() is not page.foot.refuse:
            desk.press(Key.Key_Tab, CTRL)
    assert QApplication.focusWidget() is page.foot.refuse
    desk.tab_to(button)
    desk.press(Key.Key_Space)
    return desk.dialog()


def printed(desk: Counter) -> str:
    """Return the text of the paper that opens by itself."""
    return text_of(desk.slip()._pdf)


def found(desk: Counter, typed: str, name: str) -> Any:
    """Esc from the counter, Ctrl+F; return the dossier."""
    desk.press(Key.Key_Escape)
    settle(desk.window)
    desk.press(Key.Key_F, CTRL)
    focused(desk.window.title.search)
    desk.type(typed)
    desk.shows(name)
    return desk.view().card.dossier


def scanned(form: Any, *names: str) -> None:
    """Lay papers into the scanner: its files arrive in the dialog."""
    for name in names:
        form.files.take(Picked(name, data=PDF + name.encode()))
    until(lambda: len(form.files.files()) == len(names), "the scans")


def test_sent_for_papers_without_a_line_and_what_comes_is_scanned_only_once(town):
    desk = town.desk
    with no_waiting_here():
        town.cut()
        desk.front()
        page = written(desk)
        form = foot(desk, page.foot.ask)
        assert [box.accessibleName() for box in form.papers.boxes if box.isChecked()] == [
            "Giấy tờ hợp pháp về đất đai", "02 bộ bản vẽ thiết kế",
        ]  # fmt: skip
        write(desk, form.reason, "Chưa có giấy tờ đất và bản vẽ")
        desk.press(Key.Key_Return, CTRL)
        text = printed(desk)
        for fact in ("PHIẾU YÊU CẦU BỔ SUNG", "H32.8-261120-0001", "02 bộ bản vẽ thiết kế", "Chưa có giấy tờ đất"):
            assert fact in text
        desk.put_away()
        assert (page.told.text(), page.form.is_blank()) == (f"Đã yêu cầu {CITIZEN} bổ sung giấy tờ.", True)
        town.mend()
        dossier = found(desk, "cam tu", CITIZEN)
        assert (int(dossier.state), dossier.sub_state, dossier.code) == (5, "citizen_asked", "H32.8-261120-0001")
        assert [paper.name for paper in dossier.components] == ["Đơn đề nghị Mẫu 01 PL II NĐ 175/2024"]

        form = ask(desk, "nhan giay to", "Nhận giấy tờ bổ sung…")
        scanned(form, "giay to dat 1.pdf", "giay to dat 2.pdf")
        form.paper.setCurrentIndex(1)
        scanned(form, "ban ve.pdf")
        until(lambda: not form._keep_soon.isActive() and not desk.window.tasks.open_count(), "kept")
        desk.kill()
        desk.open()
        found(desk, "cam tu", CITIZEN)
        form = ask(desk, "nhan giay to", "Nhận giấy tờ bổ sung…")
        until(lambda: all(box.isChecked() for box in form.papers.boxes), "as it was")
        assert [file.name for file in form.files.files()] == ["giay to dat 1.pdf", "giay to dat 2.pdf"]
        desk.confirm()
        until(lambda: not desk.card(dossier.id).pending, "on the portal")
        brought = desk.card(dossier.id).dossier
        assert brought.sub_state == "supplemented"
        assert {paper.name: [file.name for file in paper.files] for paper in brought.components} == {
            "Đơn đề nghị Mẫu 01 PL II NĐ 175/2024": [],
            "Giấy tờ hợp pháp về đất đai": ["giay to dat 1.pdf", "giay to dat 2.pdf"],
            "02 bộ bản vẽ thiết kế": ["ban ve.pdf"],
        }


def test_refused_at_the_counter_after_a_power_cut_and_every_key_of_the_page_works_there(town):
    desk = town.desk
    with no_waiting_here():
        desk.front()
        page = written(desk)
        desk.press(Key.Key_F4)
        why = desk.dialog()
        assert why.windowTitle() == "Vì sao hẹn 10:12 thứ Hai 07/12/2026?"
        desk.press(Key.Key_F4)
        until(lambda: QApplication.activeModalWidget() is None, "F4 closes it again")
        desk.press(Key.Key_F3)
        assert QApplication.focusWidget() is page.form.papers.files.zone
        desk.press(Key.Key_F2)
        assert QApplication.focusWidget() is page.form.first_field()
        desk.press(Key.Key_S, CTRL)
        until(lambda: page.saved.text() == "tự lưu nháp 10:12", "Ctrl+S keeps the draft")
        form = foot(desk, page.foot.refuse)
        desk.press(Key.Key_Return, CTRL)
        assert form._row.error() == "Chưa ghi lý do."
        desk.type("Không thuộc thẩm quyền giải quyết của phường")
        until(lambda: not form._keep_soon.isActive() and not desk.window.tasks.open_count(), "kept")
        desk.kill()
        desk.open()
        desk.press(Key.Key_F2)
        page = desk.page()
        until(lambda: page.form.applicant.name.text() == CITIZEN, "the draft is open again")
        settle(desk.window)
        form = foot(desk, page.foot.refuse)
        until(lambda: form.reason.text() == "Không thuộc thẩm quyền giải quyết của phường", "the reason as well")
        desk.press(Key.Key_Return, CTRL)
        text = printed(desk)
        for fact in ("PHIẾU TỪ CHỐI", "H32.8-261120-0001", "Số giấy tờ đã nộp: 01", "Không thuộc thẩm quyền"):
            assert fact in text
        desk.put_away()
        assert page.told.text() == f"Đã từ chối hồ sơ của {CITIZEN}."
        desk.press(Key.Key_P, CTRL)
        assert "H32.8-261120-0001" in printed(desk), "Ctrl+P prints what was decided last"
        desk.put_away()
        dossier = found(desk, "cam tu", CITIZEN)
        until(lambda: not desk.card(dossier.id).pending, "on the portal")
        refused = desk.card(dossier.id).dossier
        assert (int(refused.state), refused.receipt_code, refused.end_reason) == (
            3, None, "Không thuộc thẩm quyền giải quyết của phường",
        )  # fmt: skip
