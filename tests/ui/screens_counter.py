"""The counter page as pictures: filled by a card, what is wrong said, an organisation without a network.

Stands apart from ``screens`` only by size.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.sandbox.seeding.papers import pdf
from tests.ui.window_fixture import settle, until
from ui.widgets.drop_zone import Picked
from ui.window import Window

if TYPE_CHECKING:
    from tests.ui.screens import Stage

CARD = "056190004417||Nguyễn Thị Cẩm Tú|14071990|Nữ|Tổ 6, phường Nha Trang, Khánh Hòa|15042021"
TAX_CODE = "4200240380"


def _page(window: Window) -> Any:
    window.run("counter")
    settle(window)
    return window.pages.currentWidget()


def _choose(window: Window, typed: str) -> Any:
    page = _page(window)
    page.form.clear()
    page.form.procedure.setFocus()
    page.form.procedure.setText(typed)
    page.form.procedure.look()
    settle(window)
    page.form.procedure._enter()
    settle(window)
    until(lambda: page.form.procedure.procedure() is not None and page.side.due.text(), "the procedure")
    return page


def _searching(stage: Stage) -> QPixmap:
    window = stage.window()
    page = _page(window)
    window.raise_()
    window.activateWindow()
    until(lambda: QApplication.activeWindow() is window, "the window is active")
    page.form.procedure.setFocus()
    until(page.form.procedure.hasFocus, "the search has the focus")
    QTest.keyClicks(page.form.procedure, "khai sinh")
    until(lambda: page.form.procedure.listing() and page.form.procedure.matches.count() == 5, "the matches")
    return stage.shot(window)


def _filled(stage: Stage) -> QPixmap:
    window = stage.window()
    page = _choose(window, "1.001193")
    window.scanned(CARD)
    settle(window)
    page.form.applicant.phone.setText("0905118264")
    page.fee.ways.choose("now")
    page.fee.sums[0][1].setText("15.000")
    page.fee.document.setText("BL 0021873")
    settle(window)
    return stage.shot(window)


def _wrong(stage: Stage) -> QPixmap:
    window = stage.window()
    page = _choose(window, "1.001612")
    page.form.applicant.kind.choose("organisation")
    page.form.applicant.number.setText("4200240381")
    page.form.applicant.name.setText("Công ty TNHH Dịch vụ Vận tải Biển Nha Trang")
    page.form.applicant.phone.setText("12345")
    page.form.result.choose("post")
    page.form.papers.rows[0].counts[0].setText("0")
    page.fee.ways.choose("exempt")
    page.confirm()
    settle(window)
    QTest.qWait(50)
    return stage.shot(window)


def _posted(stage: Stage) -> QPixmap:
    window = stage.window()
    page = _choose(window, "1.013225")
    window.scanned(CARD)
    settle(window)
    page.form.applicant.phone.setText("0905118264")
    page.form.result.choose("post")
    page.form.mailing.own.setChecked(False)
    page.form.mailing.name.setText("Lê Văn Ba")
    page.form.mailing.phone.setText("0905777888")
    page.form.mailing.address.setText("45 Lý Tự Trọng, phường Thuận Hóa, Huế")
    settle(window)
    return stage.shot(window)


def _scanned(stage: Stage) -> QPixmap:
    window = stage.window()
    page = _choose(window, "1.001612")
    window.scanned(CARD)
    settle(window)
    page.form.applicant.phone.setText("0905118264")
    page.fee.ways.choose("now")
    lines = ("Ten ho kinh doanh: Banh can Co Tu", "Dia chi: 12 Thap Ba, phuong Nha Trang", "Nganh nghe: ban le do an")
    for row, name in ((0, "de nghi 1.pdf"), (0, "de nghi 2.pdf"), (1, "bien ban.pdf")):
        page.form.papers.mean(row)
        page.form.papers.files.take(Picked(name, data=pdf(name, lines * (row + 3))))
        settle(window)
    page.form.papers.mean(2)
    until(lambda: [thumb.pages for thumb in page.form.scans.thumbs] == [1, 1, 1], "the pictures")
    return stage.shot(window)


SCREENS: tuple[tuple[str, str, Callable[[Any], QPixmap]], ...] = (
    ("counter-search", "Tiếp nhận tại quầy, tìm thủ tục", _searching),
    ("counter", "Tiếp nhận tại quầy, thẻ đã đọc, thu ngay", _filled),
    ("counter-scans", "Tiếp nhận tại quầy, bản quét của từng giấy tờ", _scanned),
    ("counter-posted", "Tiếp nhận tại quầy, gửi bưu chính tới địa chỉ khác", _posted),
    ("counter-wrong", "Tiếp nhận tại quầy, chỗ chưa đúng", _wrong),
)
