"""What the calendar page asks: a day off, an exchanged day, the hours, and whether a year is to be in force.

They stand together because each changes one year. A contradiction is said in the dialog, in the words of the rule;
nothing is changed then. Only the last one needs the portal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import texts
from app.domain.calendar_changes import CalendarChanged, CalendarForeseen
from app.domain.calendar_edit import CalendarDraft, changes, text_of, with_day_off, with_hours, with_swap
from app.errors import BadInput, KnownError, Offline
from app.services import calendars
from app.services.desk import Desk
from ui.present.calendars import moved_words
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.banner import Banner
from ui.widgets.checks import CheckBox
from ui.widgets.date_edit import DateEdit
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.form_row import FormRow, beside
from ui.widgets.plain_label import Bold, PlainLabel
from ui.widgets.text_field import TextField

_SHOWN = 6


class _ChangeDialog(DialogFrame):
    """Changes a year here. Signals: ``changed(object)`` with the ``CalendarDraft`` as it is then."""

    changed = Signal(object)

    def __init__(self, window: QWidget, title: str, draft: CalendarDraft, primary: str) -> None:
        about = self.tr("Năm {0}. Chưa áp dụng cho đến khi bấm “Xem và áp dụng”.").format(draft.year)
        super().__init__(window, title, about, primary=primary, width=600)
        self._draft = draft
        self.problem = Banner("refused", "")
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.confirmed.connect(self.confirm)

    def confirm(self) -> None:
        """Change the year, or say why not; Ctrl+Enter comes here."""
        try:
            draft = self.change()
        except BadInput as wrong:
            self._say(texts.of(wrong))
            return
        if draft is None:
            self.refit()
            return
        self.changed.emit(draft)
        self.accept()

    def change(self) -> CalendarDraft | None:
        """Return the changed year, None when something is missing; raises BadInput."""
        return None

    def _say(self, sentence: str) -> None:
        self.problem.set_state("refused", sentence)
        self.problem.show()
        self.refit()

    def _read(self, row: FormRow, field: DateEdit) -> date | None:
        day = field.value()
        row.set_error("" if day else self.tr("Ngày không đọc được. Nhập ngày/tháng/năm."))
        if day is None:
            field.setFocus()
        return day


class DayOffDialog(_ChangeDialog):
    """Thêm ngày nghỉ."""

    def __init__(self, window: QWidget, draft: CalendarDraft, today: Callable[[], date]) -> None:
        super().__init__(window, self.tr("Thêm ngày nghỉ"), draft, self.tr("Thêm ngày nghỉ"))
        self.day, self.name = DateEdit(today), TextField()
        self._day_row = FormRow(self.tr("Ngày"), self.day, required=True)
        self._name_row = FormRow(self.tr("Tên ngày nghỉ"), self.name, required=True)
        self.body.addLayout(beside(self._day_row, self._name_row))
        self.focus_first(self.day)

    def change(self) -> CalendarDraft | None:
        day, name = self._read(self._day_row, self.day), self.name.text().strip()
        self._name_row.set_error("" if name else self.tr("Ghi tên ngày nghỉ: công dân đọc được khi hỏi ngày hẹn."))
        if day is None or not name:
            return None
        return with_day_off(self._draft, day, name)


class SwapDialog(_ChangeDialog):
    """Thêm ngày làm bù: a weekend day is worked, a working day is off."""

    def __init__(self, window: QWidget, draft: CalendarDraft, today: Callable[[], date]) -> None:
        super().__init__(window, self.tr("Thêm ngày làm bù"), draft, self.tr("Thêm ngày làm bù"))
        self.worked, self.given = DateEdit(today), DateEdit(today)
        self._worked_row = FormRow(
            self.tr("Ngày làm bù"), self.worked, why=self.tr("thứ Bảy hoặc Chủ nhật"), required=True
        )
        self._given_row = FormRow(self.tr("Nghỉ thay ngày"), self.given, required=True)
        self.body.addLayout(beside(self._worked_row, self._given_row))
        self.focus_first(self.worked)

    def change(self) -> CalendarDraft | None:
        worked, given = self._read(self._worked_row, self.worked), self._read(self._given_row, self.given)
        return with_swap(self._draft, worked, given) if worked and given else None


class HoursDialog(_ChangeDialog):
    """Giờ làm việc, and whether the year is provisional."""

    def __init__(self, window: QWidget, draft: CalendarDraft) -> None:
        super().__init__(window, self.tr("Giờ làm việc"), draft, self.tr("Đổi giờ làm việc"))
        self.fields = tuple(TextField() for _ in range(4))
        for field, text in zip(self.fields, (*draft.morning, *draft.afternoon), strict=True):
            field.setText(text)
        names = (self.tr("Sáng từ"), self.tr("Sáng đến"), self.tr("Chiều từ"), self.tr("Chiều đến"))
        rows = [FormRow(name, field) for name, field in zip(names, self.fields, strict=True)]
        self.body.addLayout(beside(*rows))
        self.provisional = CheckBox(
            self.tr("Lịch năm {0} là tạm tính, chưa có thông báo chính thức").format(draft.year),
            checked=draft.provisional,
        )
        self.body.addWidget(self.provisional)
        said = self.tr("Giờ làm việc dùng chung cho mọi năm.")
        self.body.addWidget(PlainLabel(said, role=Role.SMALL, tone="text_3"))
        self.focus_first(self.fields[0])

    def change(self) -> CalendarDraft | None:
        first, second, third, fourth = (field.text().strip() for field in self.fields)
        draft = replace(self._draft, provisional=self.provisional.isChecked())
        return with_hours(draft, (first, second), (third, fourth))


class ApplyDialog(DialogFrame):
    """Says which appointments would move, then puts the year in force.

    Signals: ``kept(object)`` with ``CalendarChanged``.
    """

    kept = Signal(object)

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, base: CalendarDraft, draft: CalendarDraft) -> None:
        title, about = self.tr("Áp dụng lịch năm {0}").format(draft.year), self.tr("Cho mọi máy dùng chung Cổng này")
        super().__init__(window, title, about, primary=self.tr("Áp dụng lịch"), width=680)
        self._desk, self._tasks, self._text = desk, tasks, text_of(draft)
        said = "; ".join(changes(base, draft)) + "."
        self.body.addWidget(PlainLabel(said[:1].upper() + said[1:], wrap=True, figures=True))
        self.told = Banner("info", "")
        self.told.acted.connect(self._ask)
        self.body.addWidget(self.told)
        self.moved = PlainLabel("", role=Role.SMALL, tone="text_2", wrap=True, figures=True)
        self.moved.hide()
        self.body.addWidget(self.moved)
        self.confirmed.connect(self.confirm)
        self._ask()

    def _ask(self) -> None:
        self.primary.set_reason(self.tr("Đang tính lại ngày hẹn…"))
        self.told.set_state("info", self.tr("Đang tính xem hồ sơ nào đổi ngày hẹn…"))
        desk, text = self._desk, self._text
        self._tasks.query(lambda: calendars.foresee(desk, text), self._foreseen, self._failed, owner=self)

    def _foreseen(self, found: CalendarForeseen) -> None:
        self.primary.set_reason("")
        if found.recounted:
            lead = Bold(self.tr("{0} hồ sơ đang mở sẽ đổi ngày hẹn. ").format(found.recounted))
            then = self.tr("Mỗi hồ sơ ghi ngày cũ, ngày mới, ai đổi. Công dân không tự nhận tin: báo khi cần.")
            self.told.set_state("warn", lead, then)
        else:
            self.told.set_state("ok", self.tr("Không hồ sơ đang mở nào đổi ngày hẹn."))
        shown = [moved_words(one, self._desk.clock.now()) for one in found.shown[:_SHOWN]]
        more = found.recounted - len(shown)
        shown += [self.tr("và {0} hồ sơ khác").format(more)] if more > 0 else []
        self.moved.setText("\n".join(shown))
        self.moved.setVisible(bool(shown))
        self.refit()

    def confirm(self) -> None:
        """Put it in force; Ctrl+Enter comes here."""
        self.primary.set_reason(self.tr("Đang áp dụng…"))
        desk, text = self._desk, self._text
        self.writing = self._tasks.command(lambda: calendars.replace(desk, text), self._done, self._failed, owner=self)

    def _done(self, done: CalendarChanged) -> None:
        self.kept.emit(done)
        self.accept()

    def _failed(self, error: KnownError) -> None:
        """Nothing was put in force; what was changed stays on the page."""
        self.primary.set_reason(self.tr("Chưa tính được ngày hẹn mới."))
        if isinstance(error, Offline):
            said = self.tr("Chưa áp dụng: lịch cần có mạng. Những gì đã sửa còn nguyên, thử lại khi trực tuyến.")
            self.told.set_state("offline", said, action=self.tr("Thử lại"))
        else:
            self.told.set_state("refused", texts.of(error), action=self.tr("Thử lại"))
        self.refit()
