"""The search for a procedure: typed by code or words without diacritics, what was used lately first.

Stands apart from a combo box because nothing may open over the letters being composed or take the Enter that ends
them: the matches stand below, ↑↓ move among them, Enter takes one.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from app.domain.procedures import Procedure
from app.domain.time_words import limit_words
from app.services import counter
from app.services.desk import Desk
from ui import theme, timers
from ui.tasks import Tasks
from ui.widgets.text_field import TextField

_SOON_MS = 60
_SHOWN, _ITEM = 7, 28
_MOVES = (Qt.Key.Key_Down, Qt.Key.Key_Up)
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ProcedureField(TextField):
    """Signals: ``picked(object)`` with the ``Procedure``; ``dropped()`` when another one is being typed."""

    picked = Signal(object)
    dropped = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(icon="magnifying-glass", placeholder=self.tr("mã hoặc tên thủ tục, gõ không dấu"),
                         parent=parent)  # fmt: skip
        self._desk, self._tasks = desk, tasks
        self._chosen: Procedure | None = None
        self._found: tuple[Procedure, ...] = ()
        self._found_for = ""
        self._turn = 0
        self._composing = False
        self.matches: QListWidget | None = None
        self._soon = timers.once(self, _SOON_MS, self.look)
        self.textEdited.connect(self._typed)

    def procedure(self) -> Procedure | None:
        """Return the procedure chosen, None while none is."""
        return self._chosen

    def choose(self, procedure: Procedure) -> None:
        """Take a procedure."""
        self._chosen = procedure
        self.setText(procedure.name)
        self.setCursorPosition(0)
        self.set_suffix(procedure.code)
        self._hide()
        self.picked.emit(procedure)

    def clear_choice(self) -> None:
        """Begin anew."""
        self._chosen = None
        self.clear()
        self.set_suffix("")
        self._hide()

    def look(self) -> None:
        """Ask for what matches; what was used lately when nothing is typed."""
        self._turn += 1
        turn, typed = self._turn, self.text()

        def came(found: tuple[Procedure, ...]) -> None:
            here = self.window().focusWidget() is self
            if turn == self._turn and here and self._chosen is None:
                self._found_for = typed
                self._show(found)

        self._tasks.query(self._matching(typed), came, owner=self)

    def _matching(self, typed: str) -> Callable[[], tuple[Procedure, ...]]:
        desk = self._desk
        return lambda: counter.procedures(typed, counter.recent_procedures(desk))

    def _typed(self, _text: str) -> None:
        if self._chosen is not None:
            self._chosen = None
            self.set_suffix("")
            self.dropped.emit()
        self._soon.start()

    def _show(self, found: tuple[Procedure, ...]) -> None:
        self._found = found
        box = self._box()
        box.clear()
        for procedure in found:
            limit = limit_words(procedure.limit.amount, procedure.limit.unit)
            item = QListWidgetItem(f"{procedure.code}  {procedure.name} · {limit}")
            item.setSizeHint(QSize(0, theme.px(_ITEM)))
            box.addItem(item)
        if not found:
            nothing = QListWidgetItem(self.tr("Không có thủ tục nào khớp. Thử mã, hoặc ít chữ hơn."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            box.addItem(nothing)
        box.setCurrentRow(0)
        top = self.window()
        box.setParent(top)
        box.move(self.mapTo(top, QPoint(0, self.height() + theme.px(2))))
        box.resize(self.width(), theme.px(_ITEM) * min(_SHOWN, box.count()) + 4)
        box.show()
        box.raise_()

    def _box(self) -> QListWidget:
        if self.matches is None:
            box = QListWidget(self.window())
            box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            box.setFrameShape(QFrame.Shape.StyledPanel)
            box.setTextElideMode(Qt.TextElideMode.ElideRight)
            box.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            box.setObjectName("matches")
            box.setAccessibleName(self.tr("Thủ tục khớp"))
            box.itemClicked.connect(lambda _item: self._take())
            self.matches = box
        return self.matches

    def listing(self) -> bool:
        """Say whether matches stand below."""
        return self.matches is not None and self.matches.isVisible()

    def _hide(self) -> None:
        if self.matches is not None:
            self.matches.hide()

    def _take(self) -> None:
        at = self.matches.currentRow() if self.matches is not None else -1
        if 0 <= at < len(self._found):
            self.choose(self._found[at])

    def event(self, event: QEvent) -> bool:
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asked and event.key() == Qt.Key.Key_Escape and self.listing():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() == Qt.Key.Key_Escape and self.listing():
            self._hide()
        elif plain and event.key() in _MOVES and self.matches is not None and self.listing():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.matches.setCurrentRow(max(0, min(self.matches.count() - 1, self.matches.currentRow() + step)))
        elif plain and event.key() in _MOVES and self._chosen is None:
            self.look()
        elif plain and event.key() in _TAKES and not self._composing:
            self._enter()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _enter(self) -> None:
        """Take what stands first for what is typed now, also when the list below still answers earlier letters."""
        if self.listing() and self._found_for == self.text():
            self._take()
            return
        self._soon.stop()
        typed = self.text()

        def came(found: tuple[Procedure, ...]) -> None:
            if found and self._chosen is None and self.text() == typed:
                self.choose(found[0])

        if self._chosen is None and typed.strip():
            self._tasks.query(self._matching(typed), came, owner=self)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._chosen is None:
            self.look()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self._hide()
