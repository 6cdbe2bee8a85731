"""The money field: whole đồng, typed as people write sums.

Stands apart for its rules: never reformatted while typing, grouped with dots as the focus leaves, empty is empty and
not 0, arrows step a thousand, the wheel does nothing.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain import money
from app.errors import KnownError
from ui import theme
from ui.theme import Role
from ui.widgets.text_field import TextField

_STEP_DONG = 1_000


class MoneyEdit(TextField):
    """A right-aligned sum of đồng.

    Signals: ``amount_changed(object)`` with ``int`` đồng or None (empty or not a sum) at every change of the text.
    """

    amount_changed = Signal(object)

    def __init__(self, amount_dong: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(suffix="đ", figures=True, parent=parent)
        self.setFont(theme.font(Role.BODY, 500, figures=True))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._composing = False
        self.set_amount(amount_dong)
        self.textChanged.connect(self._tell)

    def amount(self) -> int | None:
        """Return the sum in đồng; None when empty or when ``problem`` has something to say."""
        try:
            return money.parse_amount(self.text()) if self.text().strip() else None
        except KnownError:
            return None

    def problem(self) -> KnownError | None:
        """Return what is wrong with the text, None when empty or fine."""
        if not self.text().strip():
            return None
        try:
            money.parse_amount(self.text())
        except KnownError as error:
            return error
        return None

    def set_amount(self, amount_dong: int | None) -> None:
        """Show a sum, grouped; None empties the field."""
        self.setText("" if amount_dong is None else money.grouped(amount_dong))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if not self.isReadOnly():
                self._step(_STEP_DONG if event.key() == Qt.Key.Key_Up else -_STEP_DONG)
            event.accept()
            return
        super().keyPressEvent(event)

    def _step(self, by_dong: int) -> None:
        if self._composing or self.problem() is not None:
            return
        self.set_amount(max(0, (self.amount() or 0) + by_dong))

    def _clean(self) -> None:
        amount = self.amount()
        if amount is None:
            super()._clean()
        else:
            if self.text() != money.grouped(amount):
                self.set_amount(amount)
            self.cleaned.emit(self.text())

    def _tell(self) -> None:
        self.amount_changed.emit(self.amount())
