"""Nhật ký tra cứu: who of the unit looked at which dossier on one day, from which desk. Needs the portal; only shown.

Stands apart from the dossier's own history, which citizens may be told of: this is about officers.
"""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QHBoxLayout

from app import texts
from app.errors import KnownError, Offline
from app.services import looks
from app.services.desk import Desk
from app.services.looks import Looked
from ui import theme
from ui.list_page import ListPage
from ui.present import looks as words
from ui.tasks import Tasks
from ui.widgets.buttons import IconButton
from ui.widgets.date_edit import DateEdit

_DAY_WIDTH = 150


class LooksPage(ListPage):
    """One day's looks, today first; what was seen last stays while the portal is not reached."""

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        said = self.tr("Tra mã trên Cổng, số bị che đã mở, tệp đã xem. Không ai sửa hay xóa được.")
        super().__init__(desk, tasks, self.tr("Nhật ký tra cứu"), words.COLUMNS, said)
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

    def refresh(self) -> None:
        """Ask the portal about the chosen day; a text that is no date keeps what is shown."""
        desk, day = self._desk, self.day.value()
        if day is not None:
            self._tasks.query(lambda: looks.on(desk, day), lambda found: self._came(day, found), self._failed,
                              owner=self)  # fmt: skip

    def _came(self, day: date, found: tuple[Looked, ...]) -> None:
        if day != self.day.value():
            return
        self.told.hide()
        self.title.setText(words.title(day, self._desk.clock.now()))
        self.count.setText(str(len(found)))
        self.after.set_reason(self.tr("Đang xem hôm nay.") if day >= self._today() else "")
        self.list.fill(words.lines(found), words.NOTHING)

    def _failed(self, error: KnownError) -> None:
        if isinstance(error, Offline):
            self.told.set_state("offline", self.tr("Nhật ký nằm ở Cổng, xem cần có mạng. Thử lại khi trực tuyến."))
        else:
            self.told.set_state("refused", texts.of(error))
        self.told.show()
