"""The tax office's notice as fields: number, day, paper, two sums in one, treasury account.

Stands apart because a suspension begins with it or waits for it: both dialogs ask for the same paper, with the same
errors.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app import texts
from app.domain import amount_words
from app.domain.money import format_dong
from app.services import processing
from app.services.desk import Desk
from app.services.processing import SuspendForm
from ui import theme
from ui.dossier.attachments_box import AttachmentsBox
from ui.dossier.deed_dialog import State
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.date_edit import DateEdit
from ui.widgets.form_row import FormRow
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.plain_label import PlainLabel
from ui.widgets.text_field import TextField


class TaxNoticeForm(QWidget):
    """All of a tax notice; ``needed``: it must be there whole, else it may be left empty.

    Signals: ``changed()`` when the sums changed; ``grew()`` when its height may be another; ``refused(str)`` a sentence
    that belongs to no single field; ``view_asked(object)`` a ``FileRef`` to look at.
    """

    changed = Signal()
    grew = Signal()
    refused = Signal(str)
    view_asked = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, *, dossier_id: str, needed: bool, tight: bool, spacing: int) -> None:
        super().__init__()
        self._desk, self._tasks, self._dossier_id = desk, tasks, dossier_id
        self._needed, self._tight = needed, tight
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing)
        self._build_number()
        self.files = AttachmentsBox(desk, tasks, single=True)
        self.files.setAccessibleName(self.tr("Tệp thông báo thuế"))
        self.files.rejected.connect(self.refused)
        self.files.changed.connect(self.grew)
        self.files.view_asked.connect(self.view_asked)
        self._column.addWidget(self.files)
        self._build_sums()
        self._sums_changed()

    def _build_number(self) -> None:
        self.number = TextField(prefix=self.tr("Số"), figures=True)
        self.day = DateEdit(self._today, prefix=self.tr("Ngày"))
        self.number.setAccessibleName(self.tr("Số thông báo thuế"))
        self.day.setAccessibleName(self.tr("Ngày thông báo thuế"))
        self.day.setFixedWidth(theme.px(212))
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        line.addWidget(self.number, 1)
        line.addWidget(self.day)
        why = "" if self._needed else self.tr("để trống nếu chưa có")
        self.row = FormRow(self.tr("Thông báo nộp tiền của cơ quan thuế"), holder, why=why)
        self._column.addWidget(self.row)
        self.elsewhere = PlainLabel("", role=Role.SMALL, tone="soon_text", wrap=True, figures=True)
        self.elsewhere.hide()
        self._column.addWidget(self.elsewhere)
        self.number.cleaned.connect(self._look_elsewhere)

    def _look_elsewhere(self, number: str) -> None:
        """Warn of a number that another dossier bears; it may still be right."""
        desk, dossier_id = self._desk, self._dossier_id

        def found(code: str | None) -> None:
            said = texts.sentence("tax-notice-elsewhere", number=number, code=code) if code else ""
            self.elsewhere.setText(said)
            self.elsewhere.setVisible(bool(said))
            self.grew.emit()

        self._tasks.query(lambda: processing.tax_notice_elsewhere(desk, dossier_id, number), found, owner=self)

    def _build_sums(self) -> None:
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.px(5 if self._tight else 6))
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
        self.total = PlainLabel("", weight=600, figures=True)
        grid.addWidget(PlainLabel(self.tr("Cộng theo thông báo thuế"), weight=600), len(rows), 0)
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(self.total)
        end.addSpacing(theme.px(10))
        grid.addLayout(end, len(rows), 1)
        self._column.addLayout(grid)
        self.words = PlainLabel("", role=Role.SMALL, tone="text_2", wrap=True)
        self._column.addWidget(self.words)
        for money in (self.registration, self.income):
            money.amount_changed.connect(lambda _amount: self._sums_changed())

    def _today(self) -> date:
        return self._desk.clock.now().date()

    def amount(self) -> int:
        """Return both sums together, in đồng."""
        return (self.registration.amount() or 0) + (self.income.amount() or 0)

    def _sums_changed(self) -> None:
        amount = self.amount()
        self.total.setText(format_dong(amount) if amount else "–")
        words = amount_words.in_words(amount) + ". " if amount else ""
        hint = self.tr("Nhập đúng số của cơ quan thuế; quầy một cửa không sửa được.")
        self.words.setText(words.strip() if amount and self._tight else words + hint)
        self.row.set_error("")
        self.changed.emit()

    def written(self, reason: str = "") -> SuspendForm:
        """Return what stands in the form now."""
        number, treasury = self.number.text().strip(), self.treasury.text().strip()
        return SuspendForm(reason, self.amount(), number, self.day.value(), treasury, self.files.files())

    def check(self) -> QWidget | None:
        """Show what is wrong; return the first field to go to, None when the form can be sent."""
        wrong_sum = next((m for m in (self.registration, self.income) if m.problem() is not None), None)
        sentence, where = self._wrong()
        self.row.set_error(sentence)
        if wrong_sum is not None:
            problem = wrong_sum.problem()
            self.refused.emit(texts.of(problem) if problem else "")
            return wrong_sum
        return where

    def _wrong(self) -> tuple[str, QWidget | None]:
        form = self.written()
        number, day, amount = form.tax_notice_no, form.tax_notice_date, form.nvtc_amount
        where = self.number if not number else self.day if not day else self.registration
        if self.files.unread():
            return self.files.unread(), self.files.zone
        if self.day.is_wrong():
            return self.tr("Ngày thông báo không đọc được. Nhập ngày/tháng/năm."), self.day
        if self._needed and not (number and day and amount):
            return self.tr("Cần số, ngày và số tiền ghi trên thông báo của cơ quan thuế."), where
        if amount and not (number and day):
            return self.tr("Có số tiền thì cần số và ngày thông báo của cơ quan thuế."), where
        if number and not amount:
            return self.tr("Có số thông báo thì cần số tiền ghi trên thông báo."), self.registration
        return "", None

    def state(self) -> State:
        """Return everything typed, for a draft."""
        return {
            "number": self.number.text(), "day": self.day.text(), "registration": self.registration.text(),
            "income": self.income.text(), "treasury": self.treasury.text(), "files": self.files.state(),
        }  # fmt: skip

    def restore(self, state: State) -> None:
        """Fill the form from a draft."""
        fields = (
            (self.number, "number"), (self.day, "day"), (self.registration, "registration"), (self.income, "income"),
            (self.treasury, "treasury"),
        )  # fmt: skip
        for field, key in fields:
            field.setText(str(state.get(key, "")))
        self.files.restore(state.get("files"))
