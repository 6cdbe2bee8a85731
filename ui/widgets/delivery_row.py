"""One channel of a citizen notice: where it goes, how far it came, what happens next."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.theme import Role
from ui.widgets.buttons import Button
from ui.widgets.chip import Chip
from ui.widgets.icon import Icon
from ui.widgets.plain_label import PlainLabel


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """What one row says; ``chip_kind`` is a key of ``painting.CHIPS``, ``chip_icon`` None takes the kind's own."""

    channel: str
    icon: str
    name: str
    address: str
    chip: str
    chip_kind: str = "neutral"
    chip_icon: str | None = None
    since: str = ""
    next_step: str = ""
    action: str = ""


class DeliveryRow(QWidget):
    """A channel with its state, since when, and the next step.

    Signals: ``acted(str)`` with the channel when the action is pressed.
    """

    acted = Signal(str)

    def __init__(self, line: DeliveryLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = line
        self._icon = Icon(line.icon)
        self.setAccessibleName(f"{line.name}, {line.address}, {line.chip}")
        self._lay_out()

    def _lay_out(self) -> None:
        line = self._line
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.px(10), theme.px(7), theme.px(10), theme.px(7))
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(0)
        grid.addWidget(self._icon, 0, 0)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(PlainLabel(line.name, weight=600))
        head.addWidget(PlainLabel(line.address, role=Role.SMALL, tone="text_3", figures=True, elide=True), 1)
        head.addWidget(Chip(line.chip, line.chip_kind, line.chip_icon))
        grid.addLayout(head, 0, 1)
        words = QVBoxLayout()
        words.setSpacing(0)
        for text in (line.since, line.next_step):
            if text:
                words.addWidget(PlainLabel(text, role=Role.SMALL, tone="text_2", wrap=True, figures=True))
        below = QHBoxLayout()
        below.setSpacing(theme.px(8))
        below.addLayout(words, 1)
        if line.action:
            button = Button(line.action)
            button.clicked.connect(lambda: self.acted.emit(line.channel))
            below.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        grid.addLayout(below, 1, 1)
        grid.setColumnStretch(1, 1)
