"""Vì sao hẹn ngày này? Every stretch of time, counted or skipped, with its rule (F4)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services import inbox
from app.services.desk import Desk
from app.services.views import Card
from ui import keys, theme
from ui.dossier import ledger_words
from ui.dossier.ledger_words import Explained, LedgerLine
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.buttons import Button
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.icon import Icon
from ui.widgets.parts import rule
from ui.widgets.plain_label import PlainLabel

_DAYS, _HOURS, _LENGTH = 122, 100, 108
_ROW = 28


class LedgerPopover(DialogFrame):
    """Explains the due date of a dossier, or in state 1 the acceptance clock. Esc or F4 closes.

    Signals: ``deed_asked(str, str)`` *Nếu dừng hôm nay…*, offered to whom may suspend; the popover is gone then.
    """

    deed_asked = Signal(str, str)

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        now = desk.clock.now()
        shown = ledger_words.explain(card.dossier, desk.calendar, now)
        super().__init__(window, shown.title, shown.about, later="Đóng", width=640)
        self.explained = shown
        self.body.setContentsMargins(1, 0, 1, 0)
        self.body.setSpacing(0)
        for line in shown.lines:
            self.body.addWidget(_row(line))
            self.body.addWidget(rule())
        self.body.addStretch(1)
        self._fill_foot(shown, can_suspend=not inbox.why_not(desk, card.dossier, "suspend"))
        close = QShortcut(QKeySequence(keys.sequence("due")), self)
        close.activated.connect(self.reject)

    def _fill_foot(self, shown: Explained, *, can_suspend: bool) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(PlainLabel(shown.total, weight=600, figures=True))
        words.addWidget(PlainLabel(shown.left, role=Role.SMALL, tone="text_2", figures=True))
        self.foot.addLayout(words)
        if can_suspend:
            button = Button(self.tr("Nếu dừng hôm nay…"))
            button.clicked.connect(self._ask_suspend)
            self.foot.addStretch(1)
            self.foot.addWidget(button)

    def _ask_suspend(self) -> None:
        self.reject()
        self.deed_asked.emit("suspend", "")


def _row(line: LedgerLine) -> QWidget:
    row = QWidget()
    row.setFixedHeight(theme.px(_ROW))
    if not line.counted:
        row.setObjectName("pane")
        row.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    row.setAccessibleName(", ".join(part for part in (line.days, line.hours, line.length, line.why) if part))
    cells = QHBoxLayout(row)
    cells.setContentsMargins(theme.px(17), 0, theme.px(12), 0)
    cells.setSpacing(theme.px(8))
    icon, tint = ("check", "paid_badge") if line.counted else ("prohibit", "text_3")
    if line.open:
        icon, tint = "pause-circle", "pause_text"
    mark = Icon(icon, tint, 14)
    mark.setFixedWidth(theme.px(18))
    cells.addWidget(mark)
    tone = "text" if line.counted else "pause_text" if line.open else "text_2"
    days = PlainLabel(line.days, tone=tone, figures=True)
    days.setFixedWidth(theme.px(_DAYS))
    hours = PlainLabel(line.hours, tone=tone, figures=True)
    hours.setFixedWidth(theme.px(_HOURS))
    length = PlainLabel(line.length, tone=tone, weight=600 if line.counted else 400, figures=True)
    length.setFixedWidth(theme.px(_LENGTH))
    length.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    for label in (days, hours, length):
        cells.addWidget(label)
    cells.addSpacing(theme.px(8))
    cells.addWidget(PlainLabel(line.why, role=Role.SMALL, tone=tone, elide=True, figures=True), 1)
    return row
