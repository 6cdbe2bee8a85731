"""Mẫu câu beside a reason: a sentence is picked by keyboard and set in beside what was typed.

Stands apart from the dialogs because every reason is offered its sentences the same way.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from app import texts
from app.errors import KnownError
from app.services import phrases
from app.services.desk import Desk
from app.services.phrases import Phrases
from ui import keys, theme
from ui.tasks import Tasks
from ui.theme import Size
from ui.widgets.buttons import Button
from ui.widgets.form_row import FormRow
from ui.widgets.plain_label import plain_tip
from ui.widgets.text_field import TextArea, TextField

_SHOWN = 76


class PhraseButton(Button):
    """Opens the sentences of one kind of reason over ``area``; ``menu`` is what is open."""

    def __init__(self, desk: Desk, tasks: Tasks, kind: str, area: TextArea | TextField, row: FormRow) -> None:
        super().__init__(area.tr("Mẫu câu"), kind="link", caret=True)
        self._desk, self._tasks, self._phrases_of, self._area, self._row = desk, tasks, kind, area, row
        self.menu: QMenu | None = None
        self.setToolTip(plain_tip(self.tr("Chọn câu có sẵn ({0}). Chữ đã gõ giữ nguyên.").format(keys.cap("phrases"))))
        key = QShortcut(QKeySequence(keys.sequence("phrases")), area)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self.ask)
        self.clicked.connect(self.ask)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(Size.HIT))

    def ask(self) -> None:
        """Read the sentences, then open them under the field."""
        desk, kind = self._desk, self._phrases_of
        if self.menu is None:
            self._tasks.query(lambda: phrases.of(desk, kind), self._open, owner=self)

    def _open(self, found: Phrases) -> None:
        menu = self.menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for text in found.own:
            self._line(menu, text, "user", self._take)
        for text in found.office:
            self._line(menu, text, "chat-text", self._take)
        menu.addSeparator()
        typed = self._area.text().strip()
        keep = menu.addAction(theme.icon("plus"), self.tr("Giữ câu đang gõ làm mẫu của tôi"))
        keep.setEnabled(bool(typed) and typed not in (*found.own, *found.office))
        keep.triggered.connect(lambda: self._keep(typed))
        if found.own:
            away = QMenu(self.tr("Bỏ mẫu của tôi"), menu)
            away.setIcon(theme.icon("trash"))
            for text in found.own:
                self._line(away, text, "", self._forget)
            menu.addMenu(away)
        menu.aboutToHide.connect(self._closed)
        menu.popup(self._area.mapToGlobal(QPoint(0, self._area.height())))
        menu.setActiveAction(menu.actions()[0])

    def _line(self, menu: QMenu, text: str, icon: str, then: Callable[[str], None]) -> None:
        one = " ".join(text.split())
        shown = one if len(one) <= _SHOWN else one[: _SHOWN - 1].rstrip() + "…"
        line = menu.addAction(shown.replace("&", "&&"))
        if icon:
            line.setIcon(theme.icon(icon))
        line.setToolTip(plain_tip(text))
        line.triggered.connect(lambda _on=False: then(text))

    def _closed(self) -> None:
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = None

    def _take(self, text: str) -> None:
        self._area.add(text)
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self, text: str) -> None:
        desk, kind = self._desk, self._phrases_of
        self._tasks.command(lambda: phrases.keep(desk, kind, text), lambda _all: self._say(""), self._failed,
                            owner=self)  # fmt: skip

    def _forget(self, text: str) -> None:
        desk, kind = self._desk, self._phrases_of
        self._tasks.command(lambda: phrases.forget(desk, kind, text), lambda _all: self._say(""), self._failed,
                            owner=self)  # fmt: skip

    def _failed(self, error: KnownError) -> None:
        self._say(texts.of(error))

    def _say(self, sentence: str) -> None:
        self._row.set_error(sentence)
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)


def offer(desk: Desk, tasks: Tasks, kind: str, row: FormRow) -> PhraseButton:
    """Put *Mẫu câu* inside a reason of one line, else at the right of its label; ``kind`` is its command."""
    area = row.field
    assert isinstance(area, TextArea | TextField)
    button = PhraseButton(desk, tasks, kind, area, row)
    area.hold(button) if isinstance(area, TextField) else row.set_aside(button)
    return button
