"""An officer at the counter whose key presses are counted, names aside.

Stands apart because the counter's own tests and the story from reception to return receive with the same hands.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.e2e.keyboard_officers import CTRL, Hands
from tests.ui.window_fixture import settle, until
from ui.dossier.pdf_viewer import PdfViewer

Key = Qt.Key


class Counter(Hands):
    """An officer whose key presses are counted, names aside."""

    keys = 0

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1
        super().press(key, held)

    def type(self, text: str) -> None:
        self.keys += len(text)
        super().type(text)

    def type_name(self, text: str) -> None:
        super().type(text)

    def page(self) -> Any:
        return self.window.pages.currentWidget()

    def to_counter(self, procedure: str) -> Any:
        """F2, a few letters of the procedure, Enter on what stands first."""
        self.press(Key.Key_F2)
        page = self.page()
        until(lambda: QApplication.focusWidget() is page.form.procedure, "the search has the focus")
        self.type(procedure)
        until(lambda: page.form.procedure.listing() and page.form.procedure.matches.currentRow() == 0, "the matches")
        settle(self.window)
        self.press(Key.Key_Return)
        until(lambda: page.side.due.text() != "", "the appointment")
        until(lambda: QApplication.focusWidget() is page.form.first_field(), "on to the person")
        settle(self.window)
        return page

    def slip(self) -> PdfViewer:
        """Return form 01, ready to be printed."""
        until(lambda: isinstance(QApplication.activeModalWidget(), PdfViewer), "form 01")
        shown = QApplication.activeModalWidget()
        assert isinstance(shown, PdfViewer)
        return shown

    def put_away(self) -> None:
        """Esc."""
        shown = self.slip()
        until(lambda: self.window.tasks.open_count() == 0, "the pages are drawn")
        self.press(Key.Key_Escape)
        until(lambda: QApplication.activeModalWidget() is not shown, "the slip is put away")


def receive_by_hand(desk: Counter) -> None:
    desk.to_counter("khai sinh")
    desk.type("056190004417")
    desk.press(Key.Key_Tab)
    desk.type("0905118264")
    desk.press(Key.Key_Tab)
    desk.type_name("Nguyễn Thị Cẩm Tú")
    desk.press(Key.Key_Tab)
    desk.type_name("Tổ 6, phường Nha Trang")
    desk.press(Key.Key_Return, CTRL)
