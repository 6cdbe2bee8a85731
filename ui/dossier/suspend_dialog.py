"""Dừng tính nghĩa vụ tài chính: the processor stops the clock until the citizen has met the tax office's notice.

Stands apart for its right side, which shows before the deed what it does to the appointment, by the real engine.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app import texts
from app.domain import amount_words
from app.domain.money import format_dong
from app.domain.time_words import clock_time, due_moment, long_moment, remaining_words, weekday_day
from app.services import processing
from app.services.desk import Desk
from app.services.processing import SuspendForm
from app.services.views import Acted, Card
from ui import theme
from ui.dossier.attachments_box import AttachmentsBox
from ui.dossier.deed_dialog import DeedDialog, State, later_focus
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.banner import Banner
from ui.widgets.card import Card as Sheet
from ui.widgets.date_edit import DateEdit
from ui.widgets.form_row import FormRow
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.plain_label import Bold, PlainLabel
from ui.widgets.text_field import ComboBox, TextField
from ui.widgets.timeline import Timeline, TimelineEntry

REASONS = (
    "Chờ công dân thực hiện nghĩa vụ tài chính theo thông báo của cơ quan thuế",
    "Chờ công dân nộp lệ phí trước bạ theo thông báo của cơ quan thuế",
    "Chờ xác định nghĩa vụ tài chính về đất đai",
)
OTHER = "other"
_ASSUMED_DAYS = 7
_ASSUMED_HOUR = 10


class SuspendDialog(DeedDialog):
    """Reason, tax notice, sums and treasury account of a suspension."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Dừng tính nghĩa vụ tài chính",
            primary="Dừng tính NVTC", later="Không dừng", width=938, draft_kind="suspend",
        )  # fmt: skip
        self._forecast_soon = QTimer(self)
        self._forecast_soon.setSingleShot(True)
        self._forecast_soon.setInterval(200)
        self._forecast_soon.timeout.connect(self._forecast)
        self._build_reason()
        self._build_tax_notice()
        self._build_sums()
        self.banner = Banner("paused", "")
        self.body.addWidget(self.banner)
        self.body.addStretch(1)
        self._build_side()
        undo = self.tr("Sau khi bấm có 8 giây để hoàn tác.")
        self.foot.addWidget(PlainLabel(undo, role=Role.SMALL, tone="text_3"))
        self.focus_first(self.number)
        self._sums_changed()
        self.begin()
        self._forecast()

    def _build_reason(self) -> None:
        choices = tuple((reason, reason) for reason in REASONS)
        self.reason = ComboBox((*choices, (OTHER, self.tr("Lý do khác…"))))
        self.own_reason = TextField(placeholder=self.tr("Ghi lý do"))
        self.own_reason.hide()
        self.reason.currentIndexChanged.connect(self._reason_chosen)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.reason)
        column.addWidget(self.own_reason)
        self._reason_row = FormRow(self.tr("Lý do"), holder, why=self.tr("công dân đọc được lý do này"))
        self.reason.setAccessibleName(self.tr("Lý do"))
        self.own_reason.setAccessibleName(self.tr("Lý do khác"))
        self.body.addWidget(self._reason_row)

    def _build_tax_notice(self) -> None:
        self.number = TextField(prefix=self.tr("Số"), figures=True)
        self.day = DateEdit(self._today, prefix=self.tr("Ngày"))
        self.number.setAccessibleName(self.tr("Số thông báo thuế"))
        self.day.setAccessibleName(self.tr("Ngày thông báo thuế"))
        self.day.setFixedWidth(theme.px(190))
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        line.addWidget(self.number, 1)
        line.addWidget(self.day)
        why = self.tr("để trống nếu chưa có")
        self._tax_row = FormRow(self.tr("Thông báo nộp tiền của cơ quan thuế"), holder, why=why)
        self.body.addWidget(self._tax_row)
        self.files = AttachmentsBox(self.desk, self.tasks, single=True)
        self.files.setAccessibleName(self.tr("Tệp thông báo thuế"))
        self.files.rejected.connect(lambda sentence: self.tell("refused", sentence))
        self.files.changed.connect(self.settle)
        self.files.view_asked.connect(self.view_asked)
        self.body.addWidget(self.files)

    def _build_sums(self) -> None:
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.px(5 if self.tight else 6))
        grid.setColumnStretch(0, 1)
        self.registration = MoneyEdit()
        self.income = MoneyEdit()
        self.treasury = TextField(figures=True, placeholder=self.tr("ghi trên thông báo thuế"))
        rows = (
            (self.tr("Lệ phí trước bạ nhà đất"), self.registration, 132),
            (self.tr("Thuế thu nhập cá nhân"), self.income, 132),
            (self.tr("Tài khoản kho bạc"), self.treasury, 240),
        )
        for at, (name, field, width) in enumerate(rows):
            label = PlainLabel(name)
            label.setBuddy(field)
            field.setAccessibleName(name)
            field.setFixedWidth(theme.px(width))
            grid.addWidget(label, at, 0)
            end = QHBoxLayout()
            end.addStretch(1)
            end.addWidget(field)
            grid.addLayout(end, at, 1)
        self._total = PlainLabel("", weight=600, figures=True)
        grid.addWidget(PlainLabel(self.tr("Cộng theo thông báo thuế"), weight=600), len(rows), 0)
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(self._total)
        end.addSpacing(theme.px(10))
        grid.addLayout(end, len(rows), 1)
        self.body.addLayout(grid)
        self._words = PlainLabel("", role=Role.SMALL, tone="text_2", wrap=True)
        self.body.addWidget(self._words)
        for money in (self.registration, self.income):
            money.amount_changed.connect(lambda _amount: self._sums_changed())

    def _build_side(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(theme.px(8))
        side.addWidget(PlainLabel(self.tr("Nếu dừng hôm nay…"), role=Role.ACTION))
        self._before = Timeline()
        side.addWidget(self._before)
        line = QHBoxLayout()
        line.setContentsMargins(theme.px(27), 0, 0, 0)
        line.addWidget(PlainLabel(self.tr("Giả sử đóng lúc"), tone="text_2"))
        start = self._today() + timedelta(days=_ASSUMED_DAYS)
        self.assumed = DateEdit(self._today, start, prefix=f"{_ASSUMED_HOUR}:00")
        self.assumed.setAccessibleName(self.tr("Giả sử đóng ngày"))
        self.assumed.date_changed.connect(lambda _day: self._forecast_soon.start())
        line.addWidget(self.assumed, 1)
        side.addLayout(line)
        self._after = Timeline()
        side.addWidget(self._after)
        self._compared = Sheet()
        side.addWidget(self._compared)
        self._stated = PlainLabel("", figures=True)
        self._new = PlainLabel("", weight=600, figures=True)
        facts = QWidget()
        pair = QGridLayout(facts)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setVerticalSpacing(theme.px(2))
        pair.setColumnStretch(0, 1)
        pair.addWidget(PlainLabel(self.tr("Hẹn trả đang ghi"), tone="text_2"), 0, 0)
        pair.addWidget(self._stated, 0, 1)
        pair.addWidget(PlainLabel(self.tr("Hẹn trả mới"), tone="text_2"), 1, 0)
        pair.addWidget(self._new, 1, 1)
        self._compared.add(facts, padded=True)
        side.addWidget(PlainLabel(self.tr("Tính như thật, theo lịch làm việc."), role=Role.SMALL, tone="text_3"))
        side.addStretch(1)
        self.set_side(side, 352)

    def _today(self) -> date:
        return self.desk.clock.now().date()

    def _reason_chosen(self, _index: int) -> None:
        own = self.reason.key() == OTHER
        self.own_reason.setVisible(own)
        if own:
            later_focus(self, self.own_reason)
        self.settle()

    def _amount(self) -> int:
        return (self.registration.amount() or 0) + (self.income.amount() or 0)

    def _sums_changed(self) -> None:
        amount = self._amount()
        self._total.setText(format_dong(amount) if amount else "–")
        words = amount_words.in_words(amount) + ". " if amount else ""
        hint = self.tr("Nhập đúng số của cơ quan thuế; quầy một cửa không sửa được.")
        self._words.setText(words.strip() if amount and self.tight else words + hint)
        if amount:
            self.banner.set_state("paused", Bold(self.tr("Sau khi bấm: ")), self.tr(
                "đồng hồ dừng, hồ sơ về hàng “Dừng tính NVTC – cần thông báo” của quầy một cửa. Công dân đóng xong, hồ "
                "sơ trở lại bạn."
            ))  # fmt: skip
        else:
            self.banner.set_state("paused", Bold(self.tr("Chưa có thông báo của cơ quan thuế: ")), self.tr(
                "hồ sơ ở “Đã chuyển thuế – chờ thông báo”, đồng hồ dừng. Có thông báo thì bấm Thêm thông báo thuế."
            ))  # fmt: skip
        self._tax_row.set_error("")
        self.settle()

    def _forecast(self) -> None:
        day = self.assumed.value()
        now = self.desk.clock.now()
        if day is None:
            return
        paid = datetime(day.year, day.month, day.day, _ASSUMED_HOUR, tzinfo=now.tzinfo)
        paid = max(paid, now)
        desk, dossier = self.desk, self.dossier

        def show(found: tuple[int, datetime]) -> None:
            self._show_forecast(now, paid, *found)

        self.tasks.query(lambda: processing.if_suspended_now(desk, dossier, paid), show, owner=self)

    def _show_forecast(self, now: datetime, paid: datetime, left: int, due: datetime) -> None:
        words = remaining_words(left, sentence=True, exact=True)
        kept = self.tr("còn lại {0} làm việc") if left >= 0 else self.tr("đã quá {0} làm việc")
        stop = self.tr("{0} {1} – đồng hồ dừng").format(clock_time(now), weekday_day(now, now))
        self._before.set_entries((
            TimelineEntry("pause-circle", stop, kept.format(words), "primary", now=True),
            TimelineEntry("hourglass-medium", self.tr("Thời gian chờ công dân đóng"),
                          self.tr("không tính vào hạn giải quyết")),
        ))  # fmt: skip
        go_on = self.tr("{0} {1} – tính tiếp").format(clock_time(paid), weekday_day(paid, now))
        self._after.set_entries((
            TimelineEntry("play-circle", go_on, self.tr("{0} xếp lại từ đây").format(words), "primary"),
            TimelineEntry("flag", long_moment(due), self.tr("hẹn trả mới"), "primary", now=True),
        ))  # fmt: skip
        stated = self.dossier.due_at
        self._stated.setText(due_moment(stated, now) if stated else "–")
        self._new.setText(due_moment(due, now))
        self.settle()

    def deed(self) -> Callable[[], Acted] | None:
        own = self.reason.key() == OTHER
        reason = self.own_reason.text().strip() if own else self.reason.key()
        self._reason_row.set_error("" if reason else texts.sentence("reason-needed"))
        amount, number, day = self._amount(), self.number.text().strip(), self.day.value()
        wrong_sum = next((m for m in (self.registration, self.income) if m.problem() is not None), None)
        tax = ""
        if self.day.is_wrong():
            tax = self.tr("Ngày thông báo không đọc được. Nhập ngày/tháng/năm.")
        elif amount and not (number and day):
            tax = self.tr("Có số tiền thì cần số và ngày thông báo của cơ quan thuế.")
        elif number and not amount and wrong_sum is None:
            tax = self.tr("Có số thông báo thì cần số tiền ghi trên thông báo.")
        self._tax_row.set_error(tax)
        if not reason:
            later_focus(self, self.own_reason)
        elif wrong_sum is not None:
            problem = wrong_sum.problem()
            self.tell("refused", texts.of(problem) if problem else "")
            later_focus(self, wrong_sum)
        elif tax:
            where = self.day if number and amount else self.registration if number else self.number
            later_focus(self, where)
        if not reason or tax or wrong_sum is not None:
            return None
        form = SuspendForm(reason, amount, number, day, self.treasury.text().strip(), self.files.files())
        desk, dossier_id = self.desk, self.dossier.id
        return lambda: processing.suspend(desk, dossier_id, form)

    def state(self) -> State:
        return {
            "reason": self.reason.key(), "own": self.own_reason.text(), "number": self.number.text(),
            "day": self.day.text(), "registration": self.registration.text(), "income": self.income.text(),
            "treasury": self.treasury.text(), "files": self.files.state(),
        }  # fmt: skip

    def restore(self, state: State) -> None:
        at = self.reason.findData(state.get("reason"))
        self.reason.setCurrentIndex(max(at, 0))
        fields = (
            (self.own_reason, "own"), (self.number, "number"), (self.day, "day"), (self.registration, "registration"),
            (self.income, "income"), (self.treasury, "treasury"),
        )  # fmt: skip
        for field, key in fields:
            field.setText(str(state.get(key, "")))
        self.files.restore(state.get("files"))
