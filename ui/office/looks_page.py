"""Nhật ký tra cứu: who of the unit looked at which dossier on one day, from which desk. Needs the portal; only shown.

Stands apart from the dossier's own history, which citizens may be told of: this is about officers.
"""

from __future__ import annotations

from datetime import date

from app.errors import KnownError
from app.services import looks
from app.services.desk import Desk
from app.services.looks import Looked
from ui.list_page import DayPage
from ui.present import looks as words
from ui.tasks import Tasks


class LooksPage(DayPage):
    """One day's looks, today first; what was seen last stays while the portal is not reached."""

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        said = self.tr("Tra mã trên Cổng, số bị che đã mở, tệp đã xem. Không ai sửa hay xóa được.")
        super().__init__(desk, tasks, self.tr("Nhật ký tra cứu"), words.COLUMNS, said)

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
        self.name_day(day, words.title(day, self._desk.clock.now()), len(found))
        self.list.fill(words.lines(found), words.NOTHING)

    def _failed(self, error: KnownError) -> None:
        self.say_failed(error, self.tr("Nhật ký nằm ở Cổng, xem cần có mạng. Thử lại khi trực tuyến."))
