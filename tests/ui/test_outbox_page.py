"""Chờ gửi: what may be done about the line that is chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services import fee_notices, reception
from app.services.fee_notices import NoticeForm
from tests.ui.desk_fixture import BUILDING, COPY, no_waiting_here, office
from tests.ui.window_fixture import press, settle, until, window_of
from ui.dossier.pdf_viewer import PdfViewer


def test_the_slip_of_a_notice_that_waits_is_printed_from_its_line(tmp_path: Path) -> None:
    with office(tmp_path) as town:
        desk = town.desk()
        told, other = town.file("Trần Văn Bình", COPY), town.file("Đặng Đức Độ", BUILDING)
        town.desk()
        town.go_offline()
        dossier = town.card(desk, told).dossier
        line = fee_notices.line(desk, dossier, fee_notices.LineKind.PHI, "Phí", 65_500)
        fee_notices.notify(desk, told, NoticeForm("Nộp phí", (line,)))
        reception.receive(desk, other)
        with window_of(town) as window, no_waiting_here():
            window.go("outbox")
            settle(window)
            page = window.pages.currentWidget()
            until(lambda: page.print_button.isVisible(), "the first line is the notice")
            assert page.print_button.text() == "In giấy báo 65.500 đ"
            press(Qt.Key.Key_Down)
            until(lambda: not page.print_button.isVisible(), "a reception has no slip")
            press(Qt.Key.Key_Up)
            until(lambda: page.print_button.isVisible(), "back on the notice")
            page.print_button.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(page.print_button, Qt.Key.Key_Space)
            until(lambda: isinstance(QApplication.activeModalWidget(), PdfViewer), "the slip")
            viewer = QApplication.activeModalWidget()
            assert viewer._pdf.startswith(b"%PDF")
            assert viewer._name == f"Giay bao {dossier.code}.pdf"
            viewer.reject()
            settle(window)


def test_lines_that_come_after_the_officer_take_the_keyboard(tmp_path: Path) -> None:
    with office(tmp_path) as town:
        filed = town.file("Đặng Đức Độ", BUILDING)
        desk = town.desk()
        town.go_offline()
        reception.receive(desk, filed)
        with window_of(town) as window, no_waiting_here():
            window.go("outbox")
            settle(window)
            page = window.pages.currentWidget()
            page.list.fill((), ("cloud-check", "Không còn việc nào chờ gửi."))
            page.setFocus(Qt.FocusReason.OtherFocusReason)
            assert QApplication.focusWidget() is page
            page.refresh()
            until(lambda: page.list.isAncestorOf(QApplication.focusWidget()), "the first line has the keyboard")
