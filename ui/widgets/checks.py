"""Check boxes, radio buttons, segments and decision cards, painted from the tokens.

Stands apart because style sheets want picture files for these marks; painting them keeps colours in one place.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from ui import theme
from ui.theme import Role, Size
from ui.widgets import painting

_BOX = 16
_GAP = 8


def draw_mark(painter: QPainter, rect: QRect, button: QAbstractButton, *, round_mark: bool) -> None:
    """Draw the box or the ring of ``button`` in ``rect``."""
    on, awake = button.isChecked(), button.isEnabled()
    radius = _BOX // 2 if round_mark else 4
    if round_mark:
        edge = "primary" if on and awake else "line_strong" if awake else "line"
        painting.draw_box(painter, rect, "surface", edge, radius)
        if on:
            painting.draw_box(painter, rect.adjusted(4, 4, -4, -4), edge, "", radius)
    elif on:
        painting.draw_box(painter, rect, "primary" if awake else "sunken", "" if awake else "line", radius)
        painting.draw_tick(painter, rect, "on_primary" if awake else "text_3")
    else:
        painting.draw_box(painter, rect, "surface" if awake else "bg", "line_strong" if awake else "line", radius)
    if button.hasFocus():
        painting.draw_box(painter, rect.adjusted(-3, -3, 3, 3), "", "focus", radius + 2, width=Size.RING)


def _plain_size(button: QAbstractButton, weight: int) -> QSize:
    metrics = QFontMetrics(theme.font(Role.BODY, weight))
    return QSize(
        3 + theme.px(_BOX + _GAP) + metrics.horizontalAdvance(button.text()) + 4, theme.px(Size.HIT)
    )


def _paint_plain(button: QAbstractButton, weight: int, *, round_mark: bool) -> None:
    painter = QPainter(button)
    side = theme.px(_BOX)
    mark = QRect(3, (button.height() - side) // 2, side, side)
    draw_mark(painter, mark, button, round_mark=round_mark)
    words = QRect(mark.right() + 1 + theme.px(_GAP), 0, 0, button.height())
    words.setRight(button.width() - 1)
    tone = "text" if button.isEnabled() else "text_3"
    painting.draw_text(painter, words, button.text(), theme.font(Role.BODY, weight), tone)


class CheckBox(QCheckBox):
    """A check box. Signals: those of ``QCheckBox``."""

    def __init__(self, text: str, *, checked: bool = False, weight: int = 400, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._weight = weight
        self.setChecked(checked)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return _plain_size(self, self._weight)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint_plain(self, self._weight, round_mark=False)


class RadioButton(QRadioButton):
    """A radio button. Signals: those of ``QRadioButton``."""

    def __init__(self, text: str, *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setChecked(checked)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return _plain_size(self, 400)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint_plain(self, 400, round_mark=True)


class _Segment(QRadioButton):
    """One cell of ``Segmented``."""

    def __init__(self, text: str, icon: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._icon_name = icon
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(theme.font(Role.BODY, 600)).horizontalAdvance(self.text()) + 2 * theme.px(12)
        return QSize(width + (theme.px(23) if self._icon_name else 0), theme.px(Size.FIELD))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        on = self.isChecked()
        ink = "text_3" if not self.isEnabled() else "primary" if on else "text"
        font = theme.font(Role.BODY, 600 if on else 500)
        words = QFontMetrics(font).horizontalAdvance(self.text()) + 2
        mark = theme.px(23) if self._icon_name else 0
        left = (self.width() - words - mark) // 2
        if self._icon_name:
            painting.draw_icon(painter, QRect(left, 0, theme.px(16), self.height()), self._icon_name, ink, 16)
        painting.draw_text(painter, QRect(left + mark, 0, words, self.height()), self.text(), font, ink)
        if self.hasFocus():
            painting.draw_box(painter, self.rect().adjusted(3, 3, -3, -3), "", "focus", 4, width=Size.RING)


class Segmented(QWidget):
    """A few exclusive choices side by side, each a radio button: arrows move, Tab leaves.

    ``choices`` are (key, words, icon). Signals: ``chosen(str)`` with the key.
    """

    chosen = Signal(str)

    def __init__(
        self, choices: tuple[tuple[str, str, str], ...], chosen: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._keys: dict[QAbstractButton, str] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for key, words, icon in choices:
            segment = _Segment(words, icon, self)
            segment.setChecked(key == chosen)
            self._group.addButton(segment)
            self._keys[segment] = key
            row.addWidget(segment)
        self._group.buttonToggled.connect(self._toggled)

    def key(self) -> str:
        """Return the chosen key, "" when none is."""
        button = self._group.checkedButton()
        return self._keys[button] if button is not None else ""

    def first(self) -> QAbstractButton:
        """Return where the focus goes: what is chosen, while nothing is the first choice."""
        return self._group.checkedButton() or next(iter(self._keys))

    def last(self) -> QAbstractButton:
        """Return the last choice: what is made later stands after it in the order of Tab."""
        return next(reversed(self._keys))

    def choose(self, key: str) -> None:
        """Choose by key."""
        for button, own in self._keys.items():
            if own == key:
                button.setChecked(True)

    def _toggled(self, button: QAbstractButton, on: bool) -> None:
        self.update()
        if on:
            self.chosen.emit(self._keys[button])

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.draw_box(painter, self.rect(), "surface", "line_strong", Size.RADIUS_FIELD)
        buttons = list(self._keys)
        for button in buttons[1:]:
            painter.fillRect(QRect(button.x(), 1, 1, self.height() - 2), theme.colour("line_strong"))
        for button in buttons:
            if button.isChecked():
                painting.draw_box(painter, button.geometry(), "primary_soft", "primary", Size.RADIUS_FIELD)
