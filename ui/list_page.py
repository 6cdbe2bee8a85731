"""The frame of the pages that are one list: heading with count, the lines, a foot with what may be done about one.

Stands apart from ``ui.pages``, which only names pages: *Cần xem lại* is no list of lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import texts
from app.errors import KnownError, Offline
from app.services.desk import Desk
from ui import theme
from ui.pages import Page
from ui.tasks import Tasks
from ui.theme import Role, Size
from ui.widgets.banner import Banner
from ui.widgets.buttons import IconButton
from ui.widgets.date_edit import DateEdit
from ui.widgets.line_list import Column, LineList
from ui.widgets.plain_label import PlainLabel

_DAY_WIDTH = 150


class ListPage(Page):
    """Places to fill: ``head`` (right of the title), ``foot`` (its buttons, right), ``above_foot`` (sums).

    ``told`` is a banner over the list, hidden until something is to be said.
    """

    def __init__(self, desk: Desk, tasks: Tasks, title: str, columns: Sequence[Column], said: str = "") -> None:
        super().__init__()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk, self._tasks = desk, tasks
        self.list = LineList(columns)
        self.told = Banner("info", "", flat=True)
        self.told.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head(title))
        column.addWidget(self.told)
        column.addWidget(self.list, 1)
        column.addWidget(self._build_foot(said))
        self.list.picked.connect(lambda _key: self.dress())
        self.list.filled.connect(self._line_up)

    def _build_head(self, title: str) -> QWidget:
        bar = QWidget()
        bar.setFixedHeight(theme.px(Size.TITLE_ROW))
        self.head = QHBoxLayout(bar)
        self.head.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        self.head.setSpacing(theme.px(8))
        self.title = PlainLabel(title, role=Role.TITLE, figures=True)
        self.count = PlainLabel(tone="text_2", figures=True)
        self.head.addWidget(self.title)
        self.head.addWidget(self.count)
        self.head.addStretch(1)
        return bar

    def _build_foot(self, said: str) -> QWidget:
        bar = QWidget()
        bar.setObjectName("pane")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(bar)
        column.setContentsMargins(theme.px(16), theme.px(9), theme.px(16), theme.px(9))
        column.setSpacing(theme.px(7))
        self.above_foot = QVBoxLayout()
        self.above_foot.setSpacing(theme.px(2))
        column.addLayout(self.above_foot)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(theme.px(8))
        self.foot.addWidget(PlainLabel(said, role=Role.SMALL, tone="text_3", elide=True), 1)
        column.addLayout(self.foot)
        return bar

    def _line_up(self) -> None:
        """Let Tab come from the page to the lines first, then to the buttons: lines are made after these."""
        before: QWidget = self
        for row in self.list.rows.values():
            QWidget.setTabOrder(before, row)
            before = row
        if self.hasFocus():  # the officer was here before the lines were
            self.list.take_focus(Qt.FocusReason.OtherFocusReason)

    def dress(self) -> None:
        """Another line is picked: wake or grey the foot's buttons."""

    def say_failed(self, error: KnownError, offline: str) -> None:
        """Say over the list why it cannot be done: ``offline`` without a network, else the error's own sentence."""
        if isinstance(error, Offline):
            self.told.set_state("offline", offline)
        else:
            self.told.set_state("refused", texts.of(error))
        self.told.show()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.list.take_focus(event.reason())


class DayPage(ListPage):
    """The list of one day, today first; the day is chosen at the right of the title."""

    def __init__(self, desk: Desk, tasks: Tasks, title: str, columns: Sequence[Column], said: str = "") -> None:
        super().__init__(desk, tasks, title, columns, said)
        self.day = DateEdit(self._today, self._today())
        self.day.setFixedWidth(theme.px(_DAY_WIDTH))
        self.day.setAccessibleName(self.tr("Ngày xem"))
        self.day.date_changed.connect(lambda day: self.refresh() if day is not None else None)
        self.before = IconButton("caret-left", self.tr("Ngày trước"), outlined=True, size=30)
        self.after = IconButton("caret-right", self.tr("Ngày sau"), outlined=True, size=30)
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        for widget in (self.before, self.day, self.after):
            row.addWidget(widget)
        self.head.addLayout(row)

    def _today(self) -> date:
        return self._desk.clock.now().date()

    def _step(self, days: int) -> None:
        self.day.set_value((self.day.value() or self._today()) + timedelta(days=days))

    def name_day(self, day: date, title: str, count: int) -> None:
        """Show which day's list this is."""
        self.title.setText(title)
        self.count.setText(str(count))
        self.after.set_reason(self.tr("Đang xem hôm nay.") if day >= self._today() else "")
