"""The inline banner: says what is so, where its cause is, and stays until the cause is gone. Never a message box."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui import theme
from ui.announce import announce
from ui.theme import Role, Size
from ui.widgets import painting
from ui.widgets.buttons import Button
from ui.widgets.plain_label import PlainLabel, RunsLabel


@dataclass(frozen=True, slots=True)
class _Look:
    ground: str
    words: str
    ink: str
    icon: str


_LOOKS = {
    "ok": _Look("paid_row", "paid_text", "paid_text", "check-circle-fill"),
    "info": _Look("primary_soft", "text", "primary", "info"),
    "warn": _Look("soon_bg", "soon_text", "soon_text", "warning-fill"),
    "refused": _Look("late_bg", "late_text", "late_text", "warning-circle"),
    "paused": _Look("pause_bg", "pause_text", "pause_text", "pause-circle"),
    "offline": _Look("offline_bg", "offline_text", "offline_text", "wifi-slash"),
}


class Banner(QWidget):
    """Icon, sentence (``str`` and ``Bold`` parts), at most one action at the right, announced once when shown.

    Kinds: ok, info, warn, refused, paused, offline. ``flat`` spans a pane without rounded corners.
    Signals: ``acted()`` when the action is pressed.
    """

    acted = Signal()

    def __init__(
        self,
        kind: str,
        *parts: str,
        action: str = "",
        key: str = "",
        icon: str = "",
        aside: str = "",
        flat: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = _LOOKS[kind]
        self._kind = kind
        self._icon_name = icon or self._look.icon
        self._flat = flat
        self._told = ""
        self._words = RunsLabel(*parts, tone=self._look.words)
        self._aside = PlainLabel(aside, role=Role.SMALL, tone="text_2", figures=True)
        if not aside:
            self._aside.hide()
        self._button = Button(action, key=key)
        self._button.clicked.connect(self.acted)
        if not action:
            self._button.hide()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        side, edge = theme.px(16 if self._flat else 10), theme.px(7)
        row.setContentsMargins(side + theme.px(16 + 9), edge, theme.px(16 if self._flat else 8), edge)
        row.setSpacing(theme.px(9))
        row.addWidget(self._words, 1)
        row.addWidget(self._aside, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_state(self, kind: str, *parts: str, action: str = "", key: str = "", aside: str = "") -> None:
        """Show another cause."""
        self._kind, self._look = kind, _LOOKS[kind]
        self._icon_name = self._look.icon
        self._words.set_tone(self._look.words)
        self._words.set_parts(*parts)
        self._button.set_text(action)
        self._button.set_key(key)
        self._button.setVisible(bool(action))
        self._aside.setText(aside)
        self._aside.setVisible(bool(aside))
        self._tell()
        self.update()

    def set_aside(self, words: str) -> None:
        """Change the quiet words before the action (*thử lại sau 20 giây*); they are not announced."""
        self._aside.setText(words)
        self._aside.setVisible(bool(words))

    def text(self) -> str:
        """Return the sentence."""
        return self._words.text()

    def action_button(self) -> Button:
        """Return the action's button."""
        return self._button

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell()

    def _tell(self) -> None:
        if self.isVisible() and self.text() != self._told:
            self._told = self.text()
            announce(self, self.text(), assertive=self._kind == "refused")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._flat:
            painter.fillRect(self.rect(), theme.colour(self._look.ground))
        else:
            painting.draw_box(painter, self.rect(), self._look.ground, "", Size.RADIUS_FIELD)
        words = self._words.geometry()
        blank = max(0, words.height() - self._words.heightForWidth(words.width())) // 2
        side = theme.px(16)
        mark = QRect(words.left() - theme.px(9) - side, words.top() + blank, side, theme.line(Role.BODY))
        painting.draw_icon(painter, mark, self._icon_name, self._look.ink, 16)
