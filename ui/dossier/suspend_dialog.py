"""Dừng tính nghĩa vụ tài chính: the processor stops the clock until the citizen has met the tax office's notice.

Stands apart for its right side, which shows before the deed what it does to the appointment, by the real engine, and
what the citizen will read.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app import texts
from app.domain.time_words import clock_time, due_moment, long_moment, remaining_words, weekday_day
from app.services import message_preview, processing
from app.services.desk import Desk
from app.services.processing import SuspendForm
from app.services.views import Acted, Card
from ui import theme, timers
from ui.dossier.act_dialogs import undo_note
from ui.dossier.deed_dialog import DeedDialog, State, later_focus
from ui.dossier.tax_notice_form import TaxNoticeForm
from ui.notice.message_view import MessageView, Reading
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.banner import Banner
from ui.widgets.card import Card as Sheet
from ui.widgets.date_edit import DateEdit
from ui.widgets.form_row import FormRow
from ui.widgets.plain_label import Bold, PlainLabel
from ui.widgets.tabs import TabStrip
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
        self._forecast_soon = timers.once(self, 200, self._forecast)
        self.citizen = MessageView(self, self._message, before=self.tr("Đang soạn tin báo dừng tính…"))
        self._build_reason()
        self.tax = TaxNoticeForm(
            desk, tasks, dossier_id=card.dossier.id, needed=False, tight=self.tight, spacing=self.body.spacing()
        )
        self.tax.changed.connect(self._sums_changed)
        self.tax.grew.connect(self.settle)
        self.tax.refused.connect(lambda sentence: self.tell("refused", sentence))
        self.tax.view_asked.connect(self.view_asked)
        self.body.addWidget(self.tax)
        self.banner = Banner("paused", "")
        self.body.addWidget(self.banner)
        self.body.addStretch(1)
        self._build_side()
        self.foot.addWidget(undo_note(self))
        self.focus_first(self.tax.number)
        self._sums_changed()
        self.begin()
        self._forecast()
        self.citizen.read()

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
        self.own_reason.textChanged.connect(self.citizen.touch)
        self.reason.setAccessibleName(self.tr("Lý do"))
        self.own_reason.setAccessibleName(self.tr("Lý do khác"))
        self.body.addWidget(self._reason_row)

    def _build_side(self) -> None:
        """Two leaves at the right: what becomes of the appointment, and what the citizen will read."""
        self.leaves = TabStrip((self.tr("Nếu dừng hôm nay…"), self.tr("Tin gửi công dân")))
        forecast, message = QWidget(), QWidget()
        forecast.setLayout(self._build_forecast())
        self.citizen.setContentsMargins(0, 0, 0, 0)
        message.setLayout(self.citizen)
        leaf = QStackedWidget()
        leaf.addWidget(forecast)
        leaf.addWidget(message)
        self.leaves.currentChanged.connect(leaf.setCurrentIndex)
        side = QVBoxLayout()
        side.setSpacing(theme.px(8))
        side.addWidget(self.leaves)
        side.addWidget(leaf, 1)
        self.set_side(side, 352)

    def _build_forecast(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(theme.px(8))
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
        return side

    def _today(self) -> date:
        return self.desk.clock.now().date()

    def _reason_chosen(self, _index: int) -> None:
        own = self.reason.key() == OTHER
        self.own_reason.setVisible(own)
        if own:
            later_focus(self, self.own_reason)
        self.citizen.touch()
        self.settle()

    def _reason(self) -> str:
        return self.own_reason.text().strip() if self.reason.key() == OTHER else self.reason.key()

    def _message(self) -> Reading:
        desk, dossier_id, form = self.desk, self.dossier.id, SuspendForm(self._reason() or "…")
        return lambda: message_preview.suspension(desk, dossier_id, form)

    def _sums_changed(self) -> None:
        if self.tax.amount():
            self.banner.set_state("paused", Bold(self.tr("Sau khi bấm: ")), self.tr(
                "đồng hồ dừng, hồ sơ về hàng “Dừng tính NVTC – cần thông báo” của quầy một cửa. Công dân đóng xong, hồ "
                "sơ trở lại bạn."
            ))  # fmt: skip
        else:
            self.banner.set_state("paused", Bold(self.tr("Chưa có thông báo của cơ quan thuế: ")), self.tr(
                "hồ sơ ở “Đã chuyển thuế – chờ thông báo”, đồng hồ dừng. Có thông báo thì bấm Thêm thông báo thuế."
            ))  # fmt: skip
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
        reason = self._reason()
        self._reason_row.set_error("" if reason else texts.sentence("reason-needed"))
        wrong = self.tax.check()
        if not reason or wrong is not None:
            later_focus(self, wrong if reason and wrong is not None else self.own_reason)
            return None
        form = self.tax.written(reason)
        desk, dossier_id = self.desk, self.dossier.id
        return lambda: processing.suspend(desk, dossier_id, form)

    def state(self) -> State:
        return {"reason": self.reason.key(), "own": self.own_reason.text()} | self.tax.state()

    def restore(self, state: State) -> None:
        at = self.reason.findData(state.get("reason"))
        self.reason.setCurrentIndex(max(at, 0))
        self.own_reason.setText(str(state.get("own", "")))
        self.tax.restore(state)
