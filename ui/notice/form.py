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
from app.domain import amount_words
from app.domain.accounts import PayeeAccount
from app.domain.dossier import Dossier, FileRef, Notice
from app.domain.money import MAX_AMOUNT_DONG
from app.domain.words import LineKind
from app.services import fee_notices
from app.services.desk import Desk
from app.services.fee_notices import NoticeForm, Proposal
from ui import theme
from ui.dossier.attachments_box import AttachmentsBox
from ui.dossier.deed_dialog import State
from ui.notice.channels import ChannelsBox
from ui.notice.lines import LineRow, TotalLine, WrittenLine
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.buttons import Button
from ui.widgets.checks import Segmented
from ui.widgets.date_edit import DateEdit
from ui.widgets.form_row import FormRow
from ui.widgets.plain_label import PlainLabel
from ui.widgets.text_field import TextField

_ORDER = (LineKind.NVTC, LineKind.PHI, LineKind.LE_PHI, LineKind.OTHER)
POSTAGE = "Chuyển phát kết quả"


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
        self._post = dossier.result_channel == "post"
        self._accounts: dict[LineKind, PayeeAccount | None] = {}
        self.rows: list[LineRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(7 if tight else 10))
        self._build_choice()
        self._build_title(fee_notices.default_title(dossier), today)
        self._build_lines(tight=tight)
        self.files = AttachmentsBox(desk, tasks)
        self._files_row = FormRow(self.tr("Tệp đính kèm"), self.files, why=self.tr("không bắt buộc"))
        self.files.rejected.connect(self._file_rejected)
        self.files.changed.connect(lambda: self._file_rejected(""))
        self.files.view_asked.connect(self.view_asked)
        self._column.addWidget(self._files_row)
        self.channels = ChannelsBox(tight=tight)
        self._column.addWidget(FormRow(self.tr("Gửi qua"), self.channels, why=self.tr("cả ba kênh cùng lúc")))

    def _build_choice(self) -> None:
        self.choice = Segmented((
            ("replace", self.tr("Thay thông báo cũ"), "swap"), ("add", self.tr("Thêm khoản khác"), "plus"),
        ))  # fmt: skip
        self._choice_row = FormRow(self.tr("Thông báo mới này"), self.choice)
        self._choice_row.setVisible(self._open is not None)
        self.choice.chosen.connect(lambda _key: self._look_again())
        self._column.addWidget(self._choice_row)

    def _build_title(self, title: str, today: Callable[[], date]) -> None:
        self.title = TextField(title)
        self._title_row = FormRow(self.tr("Tiêu đề"), self.title, required=True)
        self.pay_by = DateEdit(today)
        self.pay_by.setFixedWidth(theme.px(164))
        self._pay_by_row = FormRow(self.tr("Nộp trước ngày"), self.pay_by, why=self.tr("nếu có"))
        line = QHBoxLayout()
        line.setSpacing(theme.px(12))
        line.addWidget(self._title_row, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._pay_by_row, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(line)
        self.title.textChanged.connect(lambda _text: self.changed.emit())
        self.pay_by.date_changed.connect(lambda _day: self.changed.emit())

    def _build_lines(self, *, tight: bool) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.px(6))
        head.addWidget(PlainLabel(self.tr("Các khoản"), weight=500))
        hint = self.tr("Số tiền lấy sẵn từ biểu phí, sửa được.")
        self._hint = PlainLabel(hint, role=Role.SMALL, tone="text_3")
        head.addWidget(self._hint)
        head.addStretch(1)
        block = QVBoxLayout()
        block.setSpacing(theme.px(4))
        block.addLayout(head)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(5 if tight else 6))
        block.addLayout(self._lines)
        self.add = Button(self.tr("Thêm khoản khác"), kind="link", icon="plus")
        self.add.clicked.connect(self.add_other)
        self._total = TotalLine(self.add)
        block.addWidget(self._total)
        self._column.addLayout(block)
        self.reason = TextField()
        self._reason_row = FormRow(self.tr("Lý do"), self.reason, required=True)
        self._reason_row.hide()
        self._column.addWidget(self._reason_row)

    def propose(self, proposals: tuple[Proposal, ...], accounts: dict[LineKind, PayeeAccount | None]) -> None:
        """Begin with the fee table's sums; phí and lệ phí are always there, as in the officer's guide."""
        self._accounts = accounts
        given = {proposal.kind for proposal in proposals}
        if LineKind.NVTC in given:
            self._hint.setText(self.tr("Khoản NVTC lấy từ thông báo của cơ quan thuế."))
        for kind in _ORDER:
            for proposal in proposals:
                if proposal.kind is kind:
                    self._insert(LineRow(kind, proposal.account, proposal, name=proposal.name))
            if kind in (LineKind.PHI, LineKind.LE_PHI) and kind not in given:
                self._insert(LineRow(kind, accounts.get(kind)))
        if self._post and LineKind.OTHER not in given:
            self._insert(LineRow(LineKind.OTHER, accounts.get(LineKind.OTHER), name=POSTAGE))
        self._look_again()

    def add_other(self) -> None:
        """Add an empty row and go there."""
        row = self._insert(LineRow(LineKind.OTHER, self._accounts.get(LineKind.OTHER)))
        self.grew.emit()
        self.go_to.emit(row.name)

    def _insert(self, row: LineRow) -> LineRow:
        self.rows.append(row)
        self._lines.addWidget(row)
        row.changed.connect(self._look_again)
        row.removed.connect(lambda: self._remove(row))
        return row

    def _remove(self, row: LineRow) -> None:
        self.rows.remove(row)
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look_again()
        self.grew.emit()

    def _look_again(self) -> None:
        total = self.written().total
        fits = 0 < total <= MAX_AMOUNT_DONG
        self._total.show_total(total, amount_words.in_words(total) if fits else "")
        wanted = self._reason_wanted()
        if bool(wanted) != self._reason_row.isVisibleTo(self):
            self._reason_row.setVisible(bool(wanted))
            self.grew.emit()
        self._reason_row.set_why(wanted)
        self.changed.emit()

    def _reason_wanted(self) -> str:
        said = [words for row in self.rows if (words := row.reason_words())]
        if self.choice.key() == "replace":
            said.insert(0, self.tr("Công dân đọc được vì sao thông báo cũ bị thay."))
        return " ".join(said)

    def written(self) -> Written:
        """Return what stands in the form now."""
        lines = tuple(line for row in self.rows if (line := row.written()) is not None)
        replaces = self._open.id if self._open is not None and self.choice.key() == "replace" else ""
        reason = self.reason.text().strip() if self._reason_row.isVisibleTo(self) else ""
        return Written(self.title.text().strip(), lines, self.files.files(), self.pay_by.value(), replaces, reason)

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
        judge(self._pay_by_row, self.pay_by, self.tr("Ngày không đọc được.") if self.pay_by.is_wrong() else "")
        wrong += [field for row in self.rows if (field := row.check()) is not None]
        if not wrong and not self.written().lines and self.rows:
            self.rows[0].set_error(self.tr("Cần ít nhất một khoản lớn hơn 0 đồng."))
            wrong.append(self.rows[0].amount)
        missing = self._reason_row.isVisibleTo(self) and not self.reason.text().strip()
        judge(self._reason_row, self.reason, texts.sentence("reason-needed") if missing else "")
        waiting = self.tr("Tệp đang được đọc. Chờ một chút rồi bấm lại.") if self.files.waiting() else ""
        judge(self._files_row, self.files.zone, waiting)
        self.grew.emit()
        return wrong[0] if wrong else None

    def first_empty(self) -> QWidget:
        """Return where typing begins: the first sum that must be typed, else the first that can be."""
        editable = [row.amount for row in self.rows if not row.locked]
        required = (a for a in editable if a.property("required") and not a.text().strip())
        return next(required, editable[0] if editable else self.title)

    def state(self) -> State:
        """Return everything typed, for a draft."""
        rows = [[row.kind.value, row.name.text() if row.name is not None else "", row.amount.text()]
                for row in self.rows]  # fmt: skip
        return {
            "title": self.title.text(), "pay_by": self.pay_by.text(), "rows": rows, "reason": self.reason.text(),
            "choice": self.choice.key(), "files": self.files.state(),
        }  # fmt: skip

    def restore(self, state: State) -> None:
        """Fill the form from a draft; sums the tax office sets stay as they are today."""
        self.title.setText(str(state.get("title", "")))
        self.pay_by.setText(str(state.get("pay_by", "")))
        self.choice.choose(str(state.get("choice", "")))
        self.files.restore(state.get("files"))
        free = [row for row in self.rows if not row.locked]
        saved = state.get("rows")
        for kind, name, amount in saved if isinstance(saved, list) else ():
            if kind == LineKind.NVTC.value:
                continue
            row = next((r for r in free if r.kind.value == kind), None)
            if row is not None:
                free.remove(row)
            elif kind == LineKind.OTHER.value:
                row = self._insert(LineRow(LineKind.OTHER, self._accounts.get(LineKind.OTHER)))
            if row is not None:
                row.amount.setText(str(amount))
                if row.name is not None:
                    row.name.setText(str(name))
        self._look_again()
        self.reason.setText(str(state.get("reason", "")))

    def _file_rejected(self, sentence: str) -> None:
        self._files_row.set_error(sentence)
        self.changed.emit()
        self.grew.emit()
