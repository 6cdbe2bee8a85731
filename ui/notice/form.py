"""The left side of the fee notice: title, sums, files, channels; and what was written, as a value.

Stands apart from the dialog because it knows fields and their rules, the dialog knows services and the citizen's view.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import texts
from app.domain.dossier import Dossier, Notice
from app.domain.notices import open_notices
from app.domain.people import FileRef
from app.services import fee_notices
from app.services.desk import Desk
from app.services.fee_notices import NoticeForm
from ui import theme
from ui.dossier.attachments_box import AttachmentsBox
from ui.dossier.deed_dialog import State
from ui.dossier.phrases import offer
from ui.notice.channels import ChannelsBox
from ui.notice.lines import WrittenLine
from ui.notice.lines_box import LinesBox
from ui.tasks import Tasks
from ui.widgets.checks import Segmented
from ui.widgets.date_edit import DateEdit
from ui.widgets.form_row import FormRow
from ui.widgets.text_field import TextField


@dataclass(frozen=True, slots=True)
class Written:
    """What the officer wrote, not yet with payee accounts; ``form`` adds them off the GUI thread."""

    title: str
    lines: tuple[WrittenLine, ...]
    files: tuple[FileRef, ...]
    pay_by: date | None
    replaces: str
    reason: str

    @property
    def total(self) -> int:
        """Sum of all lines, in đồng."""
        return sum(line.amount for line in self.lines)

    def form(self, desk: Desk, dossier: Dossier) -> NoticeForm:
        """Return the service's form."""
        lines = tuple(fee_notices.line(desk, dossier, item.kind, item.name, item.amount) for item in self.lines)
        return NoticeForm(self.title, lines, self.files, self.pay_by, self.replaces, self.reason)


class NoticeFields(QWidget):
    """All fields of the form.

    Signals: ``changed()`` at every change; ``grew()`` when its height may be another; ``go_to(object)`` a field that
    wants the focus; ``view_asked(object)``.
    """

    changed = Signal()
    grew = Signal()
    go_to = Signal(object)
    view_asked = Signal(object)

    def __init__(
        self, desk: Desk, tasks: Tasks, dossier: Dossier, today: Callable[[], date], open_notice: Notice | None,
        *, tight: bool,
    ) -> None:  # fmt: skip
        super().__init__()
        self._open = open_notice
        self._waiting = open_notices(dossier)
        self._today = today
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(7 if tight else 10))
        self._build_choice()
        self._build_title(fee_notices.default_title(dossier), today)
        self._build_lines(post=dossier.result_channel == "post", tight=tight)
        self.files = AttachmentsBox(desk, tasks)
        self._files_row = FormRow(self.tr("Tệp đính kèm"), self.files, why=self.tr("không bắt buộc"))
        self.files.rejected.connect(self._file_rejected)
        self.files.changed.connect(lambda: self._file_rejected(""))
        self.files.view_asked.connect(self.view_asked)
        line = QHBoxLayout()  # low screens have room for one row: the reason takes its share when it is wanted
        line.setSpacing(theme.px(12))
        self.phrases = offer(desk, tasks, "notify", self._reason_row)
        line.addWidget(self._reason_row, 2, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._files_row, 1, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(line)
        self.channels = ChannelsBox(tight=tight)
        self._column.addWidget(FormRow(self.tr("Gửi qua"), self.channels, why=self.tr("cả ba kênh cùng lúc")))

    def _build_choice(self) -> None:
        self.choice = Segmented((
            ("replace", self.tr("Thay thông báo cũ"), "swap"), ("add", self.tr("Thêm khoản khác"), "plus"),
        ))  # fmt: skip
        self._choice_row = FormRow(self.tr("Thông báo mới này"), self.choice)
        if self._open is None:
            self._choice_row.hide()
        self.choice.chosen.connect(lambda _key: self._look_again())
        self._column.addWidget(self._choice_row)

    def _build_title(self, title: str, today: Callable[[], date]) -> None:
        self.title = TextField(title)
        self._title_row = FormRow(self.tr("Tiêu đề"), self.title, required=True)
        self.pay_by = DateEdit(today)
        self.pay_by.setFixedWidth(theme.px(164))
        self._pay_by_row = FormRow(self.tr("Hạn nộp"), self.pay_by, why=self.tr("nếu có"))
        line = QHBoxLayout()
        line.setSpacing(theme.px(12))
        line.addWidget(self._title_row, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._pay_by_row, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(line)
        self.title.textChanged.connect(lambda _text: self.changed.emit())
        self.pay_by.date_changed.connect(lambda _day: self.changed.emit())

    def _build_lines(self, *, post: bool, tight: bool) -> None:
        self.lines = LinesBox(post=post, tight=tight)
        self.lines.changed.connect(self._look_again)
        self.lines.grew.connect(self.grew)
        self.lines.go_to.connect(self.go_to)
        self._column.addWidget(self.lines)
        self.reason = TextField()
        self._reason_row = FormRow(self.tr("Lý do"), self.reason, required=True)
        self._reason_row.hide()

    def ask_about_open(self, words: str) -> None:
        """Say beside the choice which notice is open: a low screen has no room for a banner."""
        self._choice_row.set_why(words)

    def _look_again(self) -> None:
        wanted = self._reason_wanted()
        if bool(wanted) != self._reason_row.isVisibleTo(self):
            self._reason_row.setVisible(bool(wanted))
            self.grew.emit()
        self._reason_row.set_why(wanted)
        self.changed.emit()

    def _reason_wanted(self) -> str:
        double = self._asked_twice()
        said = self.lines.reason_words()
        if double:
            said.append(self.tr("“{0}” đang chờ ở thông báo khác.").format(double))
        if self.choice.key() == "replace":
            said.append(self.tr("Công dân đọc được vì sao thông báo cũ bị thay."))
        return said[0] if said else ""

    def _asked_twice(self) -> str:
        """Return the name of a line that another open notice asks for already, "" when none does."""
        replaced = self._open.id if self._open is not None and self.choice.key() == "replace" else ""
        asked = {(line.kind, line.name) for n in self._waiting if n.id != replaced for line in n.lines}
        return next((line.name for line in self.lines.written() if (line.kind, line.name) in asked), "")

    def written(self) -> Written:
        """Return what stands in the form now."""
        replaces = self._open.id if self._open is not None and self.choice.key() == "replace" else ""
        reason = self.reason.text().strip() if self._reason_row.isVisibleTo(self) else ""
        title, lines, files = self.title.text().strip(), self.lines.written(), self.files.files()
        return Written(title, lines, files, self.pay_by.value(), replaces, reason)

    def check(self) -> QWidget | None:
        """Show every error at its field; return the first field to go to, None when the form can be sent."""
        wrong: list[QWidget] = []

        def judge(row: FormRow, field: QWidget, sentence: str) -> None:
            row.set_error(sentence)
            if sentence:
                wrong.append(field)

        undecided = self._open is not None and not self.choice.key()
        judge(self._choice_row, self.choice, self.tr("Chọn thay thông báo cũ hay thêm khoản.") if undecided else "")
        judge(self._title_row, self.title, "" if self.title.text().strip() else texts.sentence("title-needed"))
        judge(self._pay_by_row, self.pay_by, self._wrong_pay_by())
        wrong += self.lines.check()
        missing = self._reason_row.isVisibleTo(self) and not self.reason.text().strip()
        judge(self._reason_row, self.reason, texts.sentence("reason-needed") if missing else "")
        judge(self._files_row, self.files.zone, self.files.unread())
        self.grew.emit()
        return wrong[0] if wrong else None

    def _wrong_pay_by(self) -> str:
        day = self.pay_by.value()
        if day is None:
            return self.tr("Ngày không đọc được.") if self.pay_by.is_wrong() else ""
        return texts.sentence("pay-by-past") if day < self._today() else ""

    def first_empty(self) -> QWidget:
        """Return where typing begins."""
        return self.lines.first_empty() or self.title

    def state(self) -> State:
        """Return everything typed, for a draft."""
        return {
            "title": self.title.text(), "pay_by": self.pay_by.text(), "rows": self.lines.state(),
            "reason": self.reason.text(), "choice": self.choice.key(), "files": self.files.state(),
        }  # fmt: skip

    def restore(self, state: State) -> None:
        """Fill the form from a draft; sums the tax office sets stay as they are today."""
        self.title.setText(str(state.get("title", "")))
        self.pay_by.setText(str(state.get("pay_by", "")))
        self.choice.choose(str(state.get("choice", "")))
        self.files.restore(state.get("files"))
        self.lines.restore(state.get("rows"))
        self.reason.setText(str(state.get("reason", "")))

    def _file_rejected(self, sentence: str) -> None:
        self._files_row.set_error(sentence)
        self.changed.emit()
        self.grew.emit()
