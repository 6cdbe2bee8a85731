"""The dark bar at the bottom of the list: eight seconds to undo, or a fact without undo.

It only shows; the delay itself is written in the outbox, so a crash or a closed window loses nothing.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import theme, timers
from ui.announce import announce
from ui.theme import Role, Size
from ui.widgets.buttons import Button
from ui.widgets.icon import Icon
from ui.widgets.plain_label import PlainLabel

UNDO_STEPS = 8
TOAST_MS = 5_000


class _DarkBar(QWidget):
    """Ground, icon and two lines shared by undo bar and toast."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(Size.UNDO_BAR))
        self._icon = Icon(size=18)
        self._title = PlainLabel(weight=600, tone="surface", elide=True, figures=True)
        self._detail = PlainLabel(role=Role.SMALL, tone="surface", elide=True, figures=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        self._row.setSpacing(theme.px(11))
        self._row.addWidget(self._icon)
        self._row.addLayout(words, 1)
        self.hide()

    def _show_words(self, title: str, detail: str, icon: str) -> None:
        self._icon.set_icon(icon, "surface")
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.show()
        self.raise_()
        announce(self, title)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour("offline_text"))


class UndoBar(_DarkBar):
    """Offers to take back one act for eight steps of one second.

    One act at a time: a second ``offer`` sends the first at once. Signals, all with the act's key: ``undo_asked(str)``,
    ``send_asked(str)`` (button, second offer or ``send_now``), ``expired(str)`` (time ran out by itself).
    """

    undo_asked = Signal(str)
    send_asked = Signal(str)
    expired = Signal(str)

    def __init__(self, undo_key: str = "Ctrl+Z", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._act = ""
        self._left = 0
        self._when = PlainLabel(role=Role.SMALL, tone="surface", figures=True)
        self.undo_button = Button(self.tr("Hoàn tác"), kind="on_dark", key=undo_key)
        self.send_button = Button(self.tr("Gửi ngay"), kind="bare_dark")
        self._row.addWidget(self._when)
        self._row.addWidget(self.undo_button)
        self._row.addWidget(self.send_button)
        self.undo_button.clicked.connect(self.undo)
        self.send_button.clicked.connect(self.send_now)
        self._timer = timers.every(self, 1000, self._step)

    def offer(self, act: str, title: str, detail: str = "") -> None:
        """Show that ``act`` is saved and goes out in eight seconds; an earlier act is sent at once."""
        self.send_now()
        self._act, self._left = act, UNDO_STEPS
        self._show_words(title, detail, "paper-plane-tilt")
        self._tell_when()
        self._timer.start()

    def say(self, title: str, detail: str) -> None:
        """Put the offered act in other words; its time runs on."""
        self._title.setText(title)
        self._detail.setText(detail)

    def pending(self) -> str:
        """Return the key of the act that can still be undone, "" if none."""
        return self._act

    def undo(self) -> None:
        """Take the act back."""
        if act := self._end():
            self.undo_asked.emit(act)

    def send_now(self) -> None:
        """Send the act at once."""
        if act := self._end():
            self.send_asked.emit(act)

    def withdraw(self, act: str) -> None:
        """Offer an act no longer: it has left already."""
        if act == self._act:
            self._end()

    def _step(self) -> None:
        self._left -= 1
        if self._left > 0:
            self._tell_when()
        elif act := self._end():
            self.expired.emit(act)

    def _tell_when(self) -> None:
        self._when.setText(self.tr("gửi sau {0} giây").format(self._left))
        self.update()

    def _end(self) -> str:
        act, self._act = self._act, ""
        self._timer.stop()
        self.hide()
        return act

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        height = theme.px(3)
        width = self.width() * self._left // UNDO_STEPS
        QPainter(self).fillRect(QRect(0, self.height() - height, width, height), theme.colour("undo_line"))


class Toast(_DarkBar):
    """A fact without undo (*Đã chép mã hồ sơ*), gone after five seconds. Never for errors."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._timer = timers.once(self, TOAST_MS, self.hide)

    def tell(self, title: str, detail: str = "", icon: str = "check-circle") -> None:
        """Show a fact; a later one takes its place."""
        self._show_words(title, detail, icon)
        self._timer.start()
