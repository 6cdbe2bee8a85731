"""The frame of the pages that are one list: heading with count, the lines, a foot with what may be done about one.

Stands apart from ``ui.pages``, which only names pages: *Cần xem lại* is no list of lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.desk import Desk
from ui import theme
from ui.pages import Page
from ui.tasks import Tasks
from ui.theme import Role, Size
from ui.widgets.banner import Banner
from ui.widgets.line_list import Column, LineList
from ui.widgets.plain_label import PlainLabel


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

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.list.take_focus(event.reason())
