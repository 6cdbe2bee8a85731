"""An officer at the counter whose key presses are counted, names of people and places aside.

Stands apart because the counter's own tests and the story from reception to return receive with the same hands.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.e2e.keyboard_officers import CTRL, Hands
from tests.ui.window_fixture import settle, until
from ui.dossier.pdf_viewer import PdfViewer

Key = Qt.Key


def presses(text: str) -> int:
    """Return the keys that a text takes in Telex: marks and đ a second key, capitals Shift.

    >>> presses("Tổ 6"), presses("phường"), presses("đ")
    (7, 9, 2)
    """
    marks = sum(unicodedata.combining(letter) > 0 for letter in unicodedata.normalize("NFD", text))
    return len(text) + marks + sum(letter.isupper() + (letter in "đĐ") for letter in text)


class Counter(Hands):
    """An officer whose key presses are counted as fingers do: Ctrl and Shift are presses too, names are not counted."""

    keys = 0

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1 + held.value.bit_count()
        super().press(key, held)

    def type(self, text: str) -> None:
        self.keys += presses(text)
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
    desk.press(Key.Key_Tab)
    desk.type_name("Nguyễn Thị Cẩm Tú")
    desk.press(Key.Key_Tab)
    desk.type("Tổ 6, phường ")
    desk.type_name("Nha Trang")
    desk.press(Key.Key_Tab)
    desk.type("0905118264")
    desk.press(Key.Key_Return, CTRL)
