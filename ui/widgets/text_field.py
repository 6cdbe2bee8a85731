"""Fields of text that never disturb Vietnamese typing.

Nothing is changed while letters are composed or typed: no mask, no validator, no live upper-casing. Text is cleaned
(NFC, trimmed, runs of space made one) only when the field is left.
"""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from ui import theme
from ui.theme import Role, Size
from ui.widgets import painting


def clean(text: str) -> str:
    """Return ``text`` in NFC, trimmed, with each run of white space made one space.

    >>> clean("  Nguyễn   Thị Ấm ")
    'Nguyễn Thị Ấm'
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def redden(field: QWidget, wrong: bool) -> None:
    """Redden a field's edge, or no longer; the style sheet knows the property."""
    if bool(field.property("invalid")) != wrong:
        field.setProperty("invalid", wrong)
        field.style().unpolish(field)
        field.style().polish(field)


def _apart(text: str, among: str, at: int) -> str:
    """Return ``text`` with the spaces it needs to stand apart from its neighbours at ``at``."""
    before = " " if among[:at].strip() and not among[at - 1].isspace() else ""
    after = " " if among[at:] and not among[at].isspace() else ""
    return before + text + after


class TextField(QLineEdit):
    """One line of text with quiet words inside: ``prefix`` (*Số*), ``suffix`` (*chủ hồ sơ*), an icon, a key cap.

    Signals: ``cleaned(str)`` after the field was left and its text cleaned; else those of ``QLineEdit``.
    Set the property ``takes_scan`` to let a scanner's line land here.
    """

    cleaned = Signal(str)

    def __init__(
        self,
        text: str = "",
        *,
        prefix: str = "",
        suffix: str = "",
        icon: str = "",
        key: str = "",
        placeholder: str = "",
        figures: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._prefix, self._suffix, self._lead_icon, self._key = prefix, suffix, icon, key
        self._trail_icon = ""
        self._trail_tone = "text_2"
        self._held: QWidget | None = None
        self.setFont(theme.font(Role.BODY, figures=figures))
        self.setPlaceholderText(placeholder)
        self._reserve()
        self.editingFinished.connect(self._clean)

    def add(self, text: str) -> None:
        """Set ``text`` in at the cursor, beside what stands there; a selection stays. Ctrl+Z takes it out again."""
        self.setCursorPosition(self.selectionEnd() if self.hasSelectedText() else self.cursorPosition())
        self.insert(_apart(clean(text), self.text(), self.cursorPosition()))

    def hold(self, widget: QWidget) -> None:
        """Let a small button stand inside, at the right end; Tab comes to it after the field."""
        self._held = widget
        widget.setParent(self)
        widget.setCursor(Qt.CursorShape.PointingHandCursor)
        QWidget.setTabOrder(self, widget)
        self._reserve()
        self._place_held()
        widget.show()

    def set_mark(self, icon: str, tone: str = "paid_badge") -> None:
        """Show a mark at the right end, such as ``check-circle-fill`` when read from a card; "" removes it."""
        self._trail_icon, self._trail_tone = icon, tone
        self._reserve()
        self.update()

    def set_suffix(self, suffix: str) -> None:
        """Change the quiet words at the right end."""
        self._suffix = suffix
        self._reserve()
        self.update()

    def _clean(self) -> None:
        tidy = clean(self.text())
        if tidy != self.text():
            self.setText(tidy)
        self.cleaned.emit(tidy)

    def _small(self) -> QFontMetrics:
        return QFontMetrics(theme.font(Role.SMALL))

    def _reserve(self) -> None:
        left = right = 0
        if self._lead_icon:
            left = theme.px(24)
        if self._prefix:
            left += self._small().horizontalAdvance(self._prefix) + theme.px(6)
        if self._suffix:
            right = self._small().horizontalAdvance(self._suffix) + theme.px(6)
        if self._key:
            right += painting.key_cap_width(self._key) + theme.px(2)
        if self._trail_icon:
            right += theme.px(18)
        if self._held is not None:
            right += self._held.sizeHint().width()
        self.setTextMargins(left, 0, right, 0)

    def _place_held(self) -> None:
        if self._held is not None:
            size = self._held.sizeHint()
            left = self.width() - size.width() - theme.px(8)
            self._held.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_held()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        inner = self.rect().adjusted(theme.px(10), 0, -theme.px(10), 0)
        if self._lead_icon:
            box = QRect(inner.left(), 0, theme.px(17), self.height())
            painting.draw_icon(painter, box, self._lead_icon, "text_2", Size.ICON)
            inner.setLeft(inner.left() + theme.px(24))
        small = theme.font(Role.SMALL)
        if self._prefix:
            painting.draw_text(painter, inner, self._prefix, small, "text_3")
        if self._trail_icon:
            box = QRect(inner.right() - theme.px(15), 0, theme.px(16), self.height())
            painting.draw_icon(painter, box, self._trail_icon, self._trail_tone, 15)
            inner.setRight(inner.right() - theme.px(20))
        if self._key:
            width = painting.key_cap_width(self._key)
            cap = QRect(inner.right() - width + theme.px(4), 0, width, theme.px(Size.KEY_CAP))
            cap.moveTop((self.height() - cap.height()) // 2)
            painting.draw_key_cap(painter, cap, self._key)
            inner.setRight(cap.left() - theme.px(4))
        if self._suffix:
            painting.draw_text(painter, inner, self._suffix, small, "text_3", Qt.AlignmentFlag.AlignRight)


class TextArea(QPlainTextEdit):
    """Several lines of plain text; Tab leaves the field. Signals: those of ``QPlainTextEdit``."""

    def __init__(self, *, rows: int = 2, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(theme.font(Role.BODY))
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.document().setDocumentMargin(3)
        self.setFixedHeight(rows * self.fontMetrics().lineSpacing() + theme.px(14))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if rows == 1:  # a bar in one line is nothing but in the way; the caret moves it
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def text(self) -> str:
        """Return the text cleaned line by line."""
        return "\n".join(clean(line) for line in self.toPlainText().split("\n")).strip()

    def add(self, text: str) -> None:
        """Set ``text`` in at the cursor, beside what stands there; a selection stays. Ctrl+Z takes it out again."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        cursor.beginEditBlock()  # a step of its own: taking it back leaves what was typed
        cursor.insertText(_apart(text, self.toPlainText(), cursor.position()))
        cursor.endEditBlock()
        self.setTextCursor(cursor)


class ComboBox(QComboBox):
    """A closed choice; the wheel never changes it. Signals: those of ``QComboBox``."""

    def __init__(self, choices: tuple[tuple[str, str], ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for key, words in choices:
            self.addItem(words, key)
        self.setFont(theme.font(Role.BODY))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def key(self) -> str:
        """Return the key of the chosen line, "" if none."""
        value = self.currentData()
        return value if isinstance(value, str) else ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        box = QRect(self.width() - theme.px(26), 0, theme.px(18), self.height())
        painting.draw_icon(QPainter(self), box, "caret-down", "text_2", 13)
