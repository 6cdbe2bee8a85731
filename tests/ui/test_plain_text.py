"""Two hundred hostile texts, everywhere a name, a note or a portal's words can stand: shown as they are, or not at all.

A text is plain when its label is as large as a plain one, when Qt could not take it for markup, and when a picture it
names, which exists and is magenta, is nowhere on the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QTabBar, QTextEdit, QWidget

from app import texts
from app.errors import PortalProblem
from tests.payloads import payloads
from tests.ui.desk_fixture import BIRTH, office
from tests.ui.window_fixture import awake, dialog, names, press, settle, until, window_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, IconButton
from ui.widgets.card import Card, Facts
from ui.widgets.checks import CheckBox, RadioButton
from ui.widgets.chip import Chip
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.empty_state import EmptyState
from ui.widgets.form_row import FormRow
from ui.widgets.plain_label import Bold, PlainLabel, RunsLabel, plain_tip
from ui.widgets.radio_card import RadioCard
from ui.widgets.tabs import TabStrip
from ui.widgets.text_field import ComboBox, TextField

NOWHERE = QModelIndex()
MAGENTA = QColor(Qt.GlobalColor.magenta).rgb()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> tuple[str, ...]:
    picture = tmp_path_factory.mktemp("p") / "a.png"
    drawn = QImage(40, 40, QImage.Format.Format_RGB32)
    drawn.fill(MAGENTA)
    assert drawn.save(str(picture))
    found = payloads(str(picture))
    assert len(found) == 200
    assert sum(GuiQt.mightBeRichText(text) for text in found) > 60, "a corpus that frightens nobody"
    return found


def rich(top: QWidget) -> list[str]:
    """Return what in a widget and below it Qt would lay out as markup."""
    found = []
    for widget in (top, *top.findChildren(QWidget)):
        named = type(widget).__name__
        if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText and widget.text():
            found.append(f"{named} label {widget.text()!r}")
        if isinstance(widget, QTextEdit):
            found.append(f"{named} can hold rich text")
        tips = [widget.toolTip(), widget.statusTip(), widget.whatsThis()]
        if isinstance(widget, QTabBar):
            tips += [widget.tabToolTip(at) for at in range(widget.count())]
        if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
            columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(NOWHERE)
            cells = (model.index(row, at) for row in range(min(model.rowCount(NOWHERE), 50)) for at in range(columns))
            tips += [str(cell.data(Qt.ItemDataRole.ToolTipRole) or "") for cell in cells]
        found += [f"{named} tip {tip!r}" for tip in tips if GuiQt.mightBeRichText(tip)]
    return found


def magenta(picture: QPixmap) -> bool:
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    return any(image.pixel(x, y) == MAGENTA for y in range(0, image.height(), 4) for x in range(0, image.width(), 4))


def test_the_walk_and_the_colour_find_what_they_look_for(qtbot, corpus):
    label = QLabel(next(text for text in corpus if text.startswith("<img src='/")))
    label.setToolTip("<b>x</b>")
    qtbot.addWidget(label)
    label.resize(60, 60)
    assert magenta(label.grab())
    assert len(rich(label)) == 2


def test_a_plain_label_is_as_large_as_plain_text(dressed, corpus):
    for text in corpus:
        ours, plain = PlainLabel(text), QLabel()
        plain.setTextFormat(Qt.TextFormat.PlainText)
        plain.setFont(ours.font())
        plain.setText(text)
        ours.setTextFormat(Qt.TextFormat.RichText)
        assert ours.sizeHint() == plain.sizeHint(), text
        shiboken6.delete(ours)
        shiboken6.delete(plain)


def test_no_tooltip_can_be_taken_for_markup(corpus):
    assert [text for text in corpus if GuiQt.mightBeRichText(plain_tip(text))] == []


def with_reason(text: str) -> QWidget:
    button = Button("Nhận")
    button.set_reason(text)
    return button


def with_error(text: str) -> QWidget:
    row = FormRow(text, TextField(text), why=text)
    row.set_error(text)
    return row


def facts(text: str) -> QWidget:
    found = Facts()
    found.add(text, text)
    return found


def tabs(text: str) -> QWidget:
    return TabStrip((text, "b"))


@cache
def _window() -> QWidget:
    """Return the window that all dialogs of these tests stand over."""
    window = QWidget()
    window.resize(900, 500)
    return window


def titled(text: str) -> QWidget:
    frame = DialogFrame(_window(), text, text, primary=text)
    frame.body.addWidget(PlainLabel(text, wrap=True))
    return frame


PLACES: dict[str, Callable[[str], QWidget]] = {
    "label": lambda text: PlainLabel(text, wrap=True),
    "cut label": lambda text: PlainLabel(text, elide=True),
    "sentence": lambda text: RunsLabel("Hồ sơ của ", Bold(text), text),
    "button": Button,
    "grey button": with_reason,
    "icon button": lambda text: IconButton("x", text),
    "banner": lambda text: Banner("refused", text, Bold(text), aside=text),
    "chip": Chip,
    "card": lambda text: Card(text, text),
    "facts": facts,
    "form": with_error,
    "tick": CheckBox,
    "choice": RadioButton,
    "choice with consequence": lambda text: RadioCard(text, text, reason=text),
    "list of choices": lambda text: ComboBox(((text, text),)),
    "empty page": lambda text: EmptyState("tray", text),
    "tabs": tabs,
    "dialog": titled,
    "portal's refusal": lambda text: Banner("refused", texts.of(PortalProblem(text, status=409, detail=text))),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_hostile_text_is_only_text(dressed, corpus, place):
    for text in corpus:
        widget = PLACES[place](text)
        widget.resize(400, 120)
        assert rich(widget) == [], text
        if "a.png" in text:
            assert not magenta(widget.grab()), text
        # Here and now: the garbage collector may run on a thread on which no widget may end.
        shiboken6.delete(widget)


def test_a_dossier_of_a_hostile_citizen_in_the_whole_window(tmp_path: Path, corpus):
    wanted = [text for text in corpus if "a.png" in text or "<b>" in text][:12]
    with office(tmp_path) as town:
        for text in wanted:
            town.file(text, BIRTH, phone="0914882662")
        with window_of(town) as window:
            until(lambda: window.desk_page.model.rowCount() == len(wanted), "all are filed")
            names(window)
            for _ in wanted:
                press(Qt.Key.Key_Down)
                settle(window)
                assert rich(window) == []
            assert not magenta(window.grab())
            awake(window)
            press(Qt.Key.Key_F6)
            form = dialog(window)
            settle(window)
            assert rich(form) == []
            assert not magenta(form.grab())
            form.reject()
            window.title.search.setText(wanted[0])
            settle(window)
            assert rich(window) == []
            window.open_palette()
            shown = [top for top in QApplication.topLevelWidgets() if top.isVisible() and top is not window]
            assert shown
            assert [found for top in shown for found in rich(top)] == []
            for top in shown:
                top.close()
