"""Đã thu hôm nay: what this officer took on one day, with its sums, and the list on paper.

Stands apart from the outbox: that is what waits, this is what should lie in the drawer, sent or not.
"""

from __future__ import annotations

from datetime import date

from app import texts
from app.errors import KnownError
from app.services import collected, printing, reconciliation
from app.services.collected import Day
from app.services.desk import Desk
from app.services.reconciliation import Compared
from ui import keys
from ui.list_page import DayPage
from ui.present import collected as words
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.buttons import Button
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.plain_label import RunsLabel


def _compared(desk: Desk, day: date) -> Compared | None:
    try:
        return reconciliation.compared(desk, day)
    except KnownError:
        return None


class CollectedPage(DayPage):
    """One day's takings; the day can be chosen, today first."""

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        said = self.tr("Chỉ những khoản bạn thu trên máy này. Khoản chưa gửi vẫn tính vào tổng.")
        super().__init__(desk, tasks, self.tr("Đã thu hôm nay"), words.COLUMNS, said)
        self._day: Day | None = None
        self.viewer: DialogFrame | None = None
        self.sums = tuple(RunsLabel("", role=Role.BODY) for _ in range(3))
        for label in self.sums:
            label.hide()
            self.above_foot.addWidget(label)
        self.open_button = Button(self.tr("Mở hồ sơ"), key="Enter")
        self.open_button.clicked.connect(self._open)
        self.primary = Button(self.tr("In bảng kê"), kind="primary", key=keys.cap("next"), icon="printer")
        self.primary.clicked.connect(self.confirm)
        self.foot.addWidget(self.open_button)
        self.foot.addWidget(self.primary)
        self.list.opened.connect(lambda _key: self._open())

    def refresh(self) -> None:
        """Read the chosen day again; a text that is no date keeps what is shown."""
        desk, day = self._desk, self.day.value()
        if day is not None:
            self._tasks.query(lambda: collected.on(desk, day), self._came, owner=self)

    def _came(self, day: Day) -> None:
        if day.day != self.day.value():
            return
        self._day = day
        self.name_day(day.day, words.title(day, self._desk.clock.now()), len(day.taken))
        said = words.sums(day)
        for at, label in enumerate(self.sums):
            label.setVisible(at < len(said))
            label.set_parts(*(said[at] if at < len(said) else ()))
        self.list.fill(words.lines(day), words.NOTHING)
        self.dress()
        desk = self._desk
        # Without a line nothing is claimed: the page says what this desk knows, and no more.
        self._tasks.query(lambda: _compared(desk, day.day), self._compare, owner=self)

    def _compare(self, found: Compared | None) -> None:
        said = words.compared(found) if found and self._day and found.day == self._day.day else ""
        self.told.set_state("refused", said)
        self.told.setVisible(bool(said))

    def dress(self) -> None:
        self.open_button.setEnabled(self.list.current() is not None)
        nothing = self._day is None or not self._day.taken
        self.primary.set_reason(self.tr("Ngày này không có khoản thu nào để in.") if nothing else "")

    def _open(self) -> None:
        line = self.list.current()
        if line is not None:
            self.open_asked.emit(line.opens)

    def confirm(self) -> None:
        """Make the list as a PDF and show it; Ctrl+Enter comes here."""
        desk, day = self._desk, self._day
        if day is None or not self.primary.isEnabled():
            return
        self.primary.set_reason(self.tr("Đang làm bảng kê…"))
        self._tasks.query(lambda: printing.collected_pdf(desk, day), lambda pdf: self._made(pdf, day.day), self._failed,
                          owner=self)  # fmt: skip

    def _made(self, pdf: bytes, day: date) -> None:
        from ui.dossier.pdf_viewer import PdfViewer

        self.dress()
        name = f"Bang ke thu {day:%Y-%m-%d}.pdf"
        self.viewer = PdfViewer(self.window(), self._tasks, pdf, name, title=self.tr("Bảng kê tiền đã thu"))
        self.viewer.finished.connect(self._viewed)
        self.viewer.open()

    def _viewed(self, _result: int) -> None:
        self.viewer = None

    def _failed(self, error: KnownError) -> None:
        self.dress()
        self.told.set_state("refused", texts.of(error))
        self.told.show()
