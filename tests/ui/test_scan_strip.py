"""Bản quét at the counter: small pictures drawn elsewhere, a page in the wrong place put right, nothing kept after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.domain.words import LineKind
from app.sandbox.seeding.papers import pdf
from app.services import counter as counter_service
from app.services.fee_notices import Proposal
from tests.ui.desk_fixture import Office, no_waiting_here, office
from tests.ui.dialog_story import story
from tests.ui.window_fixture import press, settle, until, window_of
from ui.counter.fee_box import FeeBox
from ui.dossier.tax_notice_form import TaxNoticeForm
from ui.widgets.drop_zone import Picked

BUSINESS = "1.001612"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("office")) as made:
        yield made


def seen(strip: Any) -> list[tuple[str, int, bool]]:
    """Return of each picture its paper, how many pages, and whether it could not be drawn."""
    return [(thumb.scan.paper, thumb.pages, thumb.is_unreadable) for thumb in strip.thumbs]


def at_counter(window: Any) -> Any:
    """Return the counter's page, with a procedure chosen."""
    window.run("counter")
    settle(window)
    page = window.pages.currentWidget()
    page.form.procedure.choose(counter_service.procedure(BUSINESS))
    settle(window)
    return page


def test_scans_are_seen_put_right_and_forgotten(town: Office) -> None:
    with window_of(town) as window, no_waiting_here():
        page = at_counter(window)
        strip, papers = page.form.scans, page.form.papers
        first, second = papers.rows[0].name, papers.rows[1].name
        assert not strip.isVisible()

        scan = QImage(300, 420, QImage.Format.Format_RGB32)
        scan.fill(QColor("#336699"))
        QGuiApplication.clipboard().setImage(scan)
        press(Qt.Key.Key_F3)
        until(papers.files.zone.hasFocus, "the files")
        press(Qt.Key.Key_V, CTRL)
        until(lambda: seen(strip) == [(first, 1, False)], "the pasted scan")
        middle = strip.thumbs[0].image.pixelColor(strip.thumbs[0].image.rect().center())
        assert middle.name() == "#336699"

        spoilt = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 9 0 R >>\ntrailer << /Root 1 0 R >>"
        papers.files.take(Picked("to khai.pdf", data=pdf("To khai", ("mot", "hai"))))
        papers.files.take(Picked("hong.pdf", data=spoilt))
        until(lambda: [row[1:] for row in seen(strip)] == [(1, False), (1, False), (0, True)], "all three")
        assert strip.how_many.text() == "2 trang · bấm để xem, hoặc chuyển sang giấy tờ khác"
        assert strip.thumbs[2].accessibleName() == f"{first}: hong.pdf, không xem trước được"

        page.form.sets.setFocus()
        press(Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is strip.thumbs[0]
        press(Qt.Key.Key_Space)
        until(lambda: isinstance(QApplication.activePopupWidget(), QMenu), "the menu")
        menu: Any = QApplication.activePopupWidget()
        QTest.keyClick(menu, Qt.Key.Key_Down)
        assert menu.activeAction().text() == f"Chuyển sang: {second}"
        QTest.keyClick(menu, Qt.Key.Key_Return)
        until(lambda: [row[0] for row in seen(strip)] == [first, first, second], "put right")
        until(lambda: window.focusWidget() is strip.thumbs[2], "still at hand")
        assert [len(component.files) for component in papers.components()[:2]] == [2, 1]
        assert strip.thumbs[2].image is not None, "not drawn again"

        page.anew.click()
        until(lambda: not strip.isVisible(), "the next citizen")
        assert (strip.thumbs, strip._seen) == ([], {})


def test_a_scan_goes_to_the_paper_that_was_meant_when_it_was_taken(town: Office) -> None:
    """Reading a file takes a moment; the officer is at the next paper by then."""
    with window_of(town) as window, no_waiting_here():
        page = at_counter(window)
        papers = page.form.papers
        papers.mean(0)
        papers.files.take(Picked("to khai.pdf", data=pdf("To khai", ("mot",))))
        papers.mean(1)
        until(lambda: papers.scans(), "the file")
        assert [(scan.row, scan.file.name) for scan in papers.scans()] == [(0, "to khai.pdf")]
        assert papers.files.files() == ()


def test_no_deed_goes_without_the_file_that_is_still_being_read(town: Office, qtbot: Any) -> None:
    desk = town.desk()
    file = Picked("quyet dinh.pdf", data=pdf("Quyet dinh", ("mot",)))
    with story(qtbot) as tale, no_waiting_here():
        tax = TaxNoticeForm(desk, tale.tasks, dossier_id="", needed=False, tight=False, spacing=5)
        fee = FeeBox(desk, tale.tasks)
        fee.propose((Proposal(LineKind.LE_PHI, "Lệ phí", 15_000, None),), post=False)
        fee.restore({"way": "exempt", "ground": "ho-ngheo", "proof": "Giấy chứng nhận hộ nghèo số 12"})
        assert (tax.check(), fee.check()) == (None, None)
        for form, files in ((tax, tax.files), (fee, fee.files)):
            files.take(file)
            assert form.check() is files.zone
            qtbot.waitUntil(lambda files=files: bool(files.files()))
            assert form.check() is None
