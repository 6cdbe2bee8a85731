"""Lịch làm việc: hours, days off and exchanged days of each year; the administrator changes them, the others look.

Stands apart from the dialogs that ask for one day: here a year is changed as a whole, seen before it is in force, and
nothing of it is lost while the portal is not reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt

from app import texts
from app.domain.calendar_changes import CalendarChanged, CalendarVersion
from app.domain.calendar_edit import CalendarDraft, changes, draft_of, hours_words, text_of, without
from app.domain.rights import may_change_calendar
from app.errors import KnownError, Offline
from app.services import calendars, drafts
from app.services.desk import Desk
from ui import keys
from ui.list_page import ListPage
from ui.office.calendar_dialogs import ApplyDialog, DayOffDialog, HoursDialog, SwapDialog
from ui.present import calendars as words
from ui.tasks import Tasks
from ui.widgets.buttons import Button
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.plain_label import Bold
from ui.widgets.tabs import TabStrip

_KEY = "calendar"


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read: the years in force, and what was changed of them before and is not in force."""

    years: tuple[CalendarDraft, ...]
    unsaved: tuple[CalendarDraft, ...]


class CalendarPage(ListPage):
    """One tab a year; what is changed and not in force is kept on this machine and named over the list."""

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__(desk, tasks, self.tr("Lịch làm việc"), words.COLUMNS)
        self._mine = may_change_calendar(desk.officer)
        self._base: dict[int, CalendarDraft] = {}
        self._edited: dict[int, CalendarDraft] = {}
        self._versions: tuple[CalendarVersion, ...] | None = None
        self._offline = False
        self._done = ""
        self.dialog: DialogFrame | None = None
        self.years = TabStrip(())
        self.years.setAccessibleName(self.tr("Năm"))
        self.years.currentChanged.connect(lambda _at: self._fill())
        self.head.addWidget(self.years)
        self.remove, self.hours = Button(self.tr("Bỏ ngày này")), Button(self.tr("Giờ làm việc…"))
        self.swap, self.add = Button(self.tr("Thêm ngày làm bù…")), Button(self.tr("Thêm ngày nghỉ…"))
        self.primary = Button(self.tr("Xem và áp dụng…"), kind="primary", key=keys.cap("next"))
        self.remove.clicked.connect(self._remove)
        self.hours.clicked.connect(lambda: self._open(HoursDialog(self.window(), self._draft())))
        self.swap.clicked.connect(lambda: self._open(SwapDialog(self.window(), self._draft(), self._today)))
        self.add.clicked.connect(lambda: self._open(DayOffDialog(self.window(), self._draft(), self._today)))
        self.primary.clicked.connect(self.confirm)
        for button in (self.remove, self.hours, self.swap, self.add, self.primary):
            self.foot.addWidget(button)
        self.told.acted.connect(self._throw_away)
        self.dress()

    def _today(self) -> date:
        return self._desk.clock.now().date()

    # -- reading -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read what is in force here and what was changed; ask the portal who replaced what."""
        desk = self._desk

        def read() -> _Found:
            years = tuple(draft_of(year.text) for year in calendars.years(desk))
            kept = (drafts.load(desk, _KEY, str(year.year)) for year in years)
            return _Found(years, tuple(draft_of(text) for text in kept if text))

        self._tasks.query(read, self._came, owner=self)
        self._tasks.query(lambda: calendars.versions(desk), self._versions_came, self._no_versions, owner=self)

    def _came(self, found: _Found) -> None:
        shown = self._year()
        self._base = {one.year: one for one in found.years}
        self._edited = {one.year: one for one in found.unsaved if self._mine and one.year in self._base}
        names = [words.year_words(one) for one in found.years]
        if [self.years.tabText(at) for at in range(self.years.count())] != names:
            self.years.blockSignals(True)
            while self.years.count():
                self.years.removeTab(0)
            for at, name in enumerate(names):
                self.years.addTab(name)
                self.years.setAccessibleTabName(at, name)
            wanted = shown or self._desk.clock.now().year
            self.years.setCurrentIndex(next((at for at, y in enumerate(self._base) if y == wanted), 0))
            self.years.blockSignals(False)
        self._fill()

    def _versions_came(self, found: tuple[CalendarVersion, ...]) -> None:
        self._versions, self._offline = found, False
        self._fill()

    def _no_versions(self, error: KnownError) -> None:
        self._offline = isinstance(error, Offline)
        self._fill()

    def _year(self) -> int:
        years = list(self._base)
        at = self.years.currentIndex()
        return years[at] if 0 <= at < len(years) else 0

    def _draft(self) -> CalendarDraft:
        return self._edited.get(self._year(), self._base[self._year()])

    # -- showing -----------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        if not self._year():
            return
        base, draft, now = self._base[self._year()], self._draft(), self._desk.clock.now()
        days = words.day_lines(base, draft, now)
        said = self.tr("{0} ngày nghỉ · giờ làm việc {1}")
        self.count.setText(said.format(len(days), hours_words(draft)))
        history = words.version_lines(self._versions or (), draft.year, now)
        self.list.fill(
            days, words.NOTHING, (self.tr("Ngày làm bù"), words.swap_lines(base, draft, now)),
            (self.tr("Các lần thay đổi"), history),
        )  # fmt: skip
        self._tell(changes(base, draft))
        self.dress()

    def _tell(self, unsaved: tuple[str, ...]) -> None:
        """Name what is not in force; else why nothing can be changed; else what was just put in force."""
        if unsaved:
            lead = Bold(self.tr("Chưa áp dụng: "))
            tail = self.tr(" Cần có mạng để áp dụng; các thay đổi còn nguyên trên máy này.") if self._offline else ""
            kind = "offline" if self._offline else "info"
            self.told.set_state(kind, lead, "; ".join(unsaved) + "." + tail, action=self.tr("Bỏ thay đổi"))
        elif self._done:
            self.told.set_state("ok", self._done)
        elif not self._mine:
            self.told.set_state("info", texts.sentence("calendar-not-yours"))
        elif self._offline:
            self.told.set_state("offline", self.tr("Đây là lịch máy này đang dùng. Áp dụng thay đổi cần có mạng."))
        self.told.setVisible(bool(unsaved or self._done or not self._mine or self._offline))

    def dress(self) -> None:
        not_mine = "" if self._mine else texts.sentence("calendar-not-yours")
        loading = "" if self._base else self.tr("Đang đọc lịch…")
        picked = "" if words.day_of(self.list.current()) else self.tr("Chọn một ngày trước.")
        unsaved = "" if self._year() in self._edited else self.tr("Chưa có thay đổi nào.")
        self.remove.set_reason(not_mine or loading or picked)
        for button in (self.hours, self.swap, self.add):
            button.set_reason(not_mine or loading)
        self.primary.set_reason(not_mine or loading or unsaved)

    # -- changing ----------------------------------------------------------------------------------------------------

    def _open(self, dialog: DialogFrame) -> None:
        if self.dialog is not None:
            return
        self.dialog = dialog
        if isinstance(dialog, ApplyDialog):
            dialog.kept.connect(self._applied)
        elif isinstance(dialog, (DayOffDialog, SwapDialog, HoursDialog)):
            dialog.changed.connect(self._change)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self, _result: int) -> None:
        self.dialog = None
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        day = words.day_of(self.list.current())
        if day is not None:
            self._change(without(self._draft(), day))

    def _change(self, draft: CalendarDraft) -> None:
        """Keep another draft of the year, on the disk too; one that says what is in force is none."""
        self._done = ""
        desk, year, before = self._desk, draft.year, self._draft()
        if changes(self._base[year], draft):
            self._edited[year] = draft
            text = text_of(draft)
            self._tasks.command(lambda: drafts.save(desk, _KEY, str(year), text))
        else:
            self._edited.pop(year, None)
            self._tasks.command(lambda: drafts.drop(desk, _KEY, str(year)))
        self._fill()
        new = next((one.day for one in (*draft.worked, *draft.off) if one not in (*before.worked, *before.off)), None)
        if new is not None:
            self.list.pick(f"day {new.isoformat()}")

    def _throw_away(self) -> None:
        self._change(self._base[self._year()])
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm(self) -> None:
        """Show what would move, then put the year in force; Ctrl+Enter comes here."""
        if self.primary.isEnabled():
            self._open(ApplyDialog(self.window(), self._desk, self._tasks, self._base[self._year()], self._draft()))

    def _applied(self, done: CalendarChanged) -> None:
        desk, year = self._desk, done.year
        moved = self.tr("{0} hồ sơ đổi ngày hẹn, ghi vào tiến trình của từng hồ sơ.").format(done.recounted)
        none = self.tr("Không hồ sơ nào đổi ngày hẹn.")
        self._edited.pop(year, None)
        self._done = self.tr("Đã áp dụng bản {0}. {1}").format(done.version, moved if done.recounted else none)
        self._tasks.command(lambda: drafts.drop(desk, _KEY, str(year)), lambda _none: self.refresh(), owner=self)
