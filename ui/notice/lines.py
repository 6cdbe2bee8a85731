"""The sums of a fee notice as rows: phí, lệ phí, other sums, and the tax office's own, which nobody edits here.

Stands apart because the rules of a row are the form's only arithmetic: what the fee table says, how many times, and
when a reason is wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import texts
from app.domain.accounts import PayeeAccount
from app.domain.money import format_dong
from app.domain.words import LineKind
from app.services.fee_notices import Proposal
from ui import theme
from ui.present.wording import KIND_WORDS
from ui.theme import Role
from ui.widgets.buttons import IconButton
from ui.widgets.icon import Icon
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.plain_label import PlainLabel
from ui.widgets.text_field import TextField, redden

_ACCOUNTS = {LineKind.PHI: "TK phí", LineKind.LE_PHI: "TK lệ phí", LineKind.OTHER: "TK khoản khác"}
_WHOLE = "hồ sơ"  # charged once a dossier, never a number of times
_NAME, _NARROW_NAME, _AMOUNT = 172, 118, 128


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One sum as it stands in the form."""

    kind: LineKind
    name: str
    amount: int


def tail(account: str) -> str:
    """Return an account number of which only the end is shown.

    >>> tail("5810002207")
    '•••2207'
    """
    return "•••" + account[-4:]


def table_words(proposal: Proposal, amount: int | None) -> str:
    """Return what the fee table says about a line, and how many times it is taken."""
    table = proposal.amount
    if table is None:
        return f"{proposal.name} · nhập theo tỉnh"
    if table == 0:
        return f"{proposal.name} · miễn"
    if amount and amount > table and amount % table == 0 and proposal.per != _WHOLE:
        return f"{proposal.name} · {amount // table} {proposal.per} × {format_dong(table)}"
    return f"{proposal.name} · {format_dong(table)}/{proposal.per}"


def differs(proposal: Proposal | None, amount: int | None) -> bool:
    """Say whether the sum is not what the fee table says, so that a reason is wanted.

    A sum taken several times (copies) is the table's; leaving out what is only charged on demand is too.
    """
    table = proposal.amount if proposal is not None and not proposal.locked else None
    if proposal is None or table is None:
        return False
    if not amount:
        return table > 0 and proposal.per == _WHOLE
    if table == 0 or proposal.per == _WHOLE:
        return amount != table
    return amount % table != 0


class LineRow(QWidget):
    """One sum: its name, the money field, and why it is so.

    Signals: ``changed()``; ``removed()`` when the officer takes an added row out.
    """

    changed = Signal()
    removed = Signal()

    def __init__(
        self, kind: LineKind, account: PayeeAccount | None, proposal: Proposal | None = None, *, name: str = ""
    ) -> None:
        super().__init__()
        self.kind, self._account, self._proposal = kind, account, proposal
        self.locked = proposal is not None and proposal.locked
        self.name = TextField(name, placeholder=self.tr("Tên khoản")) if kind is LineKind.OTHER else None
        self.amount = MoneyEdit(proposal.amount if proposal is not None else None)
        self.amount.setFixedWidth(theme.px(_AMOUNT))
        self.amount.setProperty("required", proposal is not None and proposal.amount is None)
        self.amount.setAccessibleName(KIND_WORDS[kind])
        if self.locked:
            self.amount.setReadOnly(True)
            self.amount.set_mark("lock", "text_2")
        self._first = PlainLabel("", role=Role.SMALL, tone="text_2", elide=True, figures=True)
        self._second = PlainLabel(self._goes_to(), role=Role.SMALL, tone="text_3", elide=True, figures=True)
        self._error = PlainLabel("", role=Role.SMALL, tone="late_text", wrap=True)
        self._mark = Icon("warning-fill", "late_text", 14)
        self._lay_out()
        self.amount.amount_changed.connect(self._amount_changed)
        if self.name is not None:
            self.name.textChanged.connect(lambda _text: self.changed.emit())
        self._amount_changed(self.amount.amount())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        if self.name is not None:
            self.name.setAccessibleName(self.tr("Tên khoản khác"))
            self._lead: QWidget = self.name
        else:
            label = PlainLabel(KIND_WORDS[self.kind], weight=600)
            label.setBuddy(self.amount)
            self._lead = label
        row.addWidget(self._lead)
        row.addWidget(self.amount)
        why = QVBoxLayout()
        why.setSpacing(0)
        why.addWidget(self._first)
        why.addWidget(self._second)
        row.addLayout(why, 1)
        if self.name is not None:
            bin_ = IconButton("x", self.tr("Bỏ khoản này"))
            bin_.clicked.connect(self.removed)
            row.addWidget(bin_)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addLayout(row)
        below = QHBoxLayout()
        below.setSpacing(theme.px(4))
        self._under = below
        below.addWidget(self._mark)
        below.addWidget(self._error, 1)
        self._below = QWidget()
        self._below.setLayout(below)
        self._below.hide()
        column.addWidget(self._below)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Give names less room, and why a sum is so the rest."""
        width = theme.px(_NARROW_NAME if narrow else _NAME)
        self._lead.setFixedWidth(width)
        self._under.setContentsMargins(width + theme.px(8), 0, 0, 0)

    def _goes_to(self) -> str:
        if self.kind is LineKind.NVTC:
            return self.tr("vào tài khoản kho bạc ghi trên thông báo thuế")
        if self._account is None:
            return self.tr("chưa có tài khoản nhận, không có mã QR")
        return self.tr("vào {0} · {1} {2}").format(
            _ACCOUNTS[self.kind], self._account.bank, tail(self._account.account)
        )

    def _amount_changed(self, amount: int | None) -> None:
        if self.locked:
            self._first.setText(self.tr("Do cơ quan thuế ấn định, không sửa tại quầy"))
        elif self._proposal is not None:
            self._first.setText(table_words(self._proposal, amount))
        else:
            self._first.setText(self.tr("để trống nếu không thu") if self.name is None else KIND_WORDS[self.kind])
        self.set_error("")
        self.changed.emit()

    def written(self) -> WrittenLine | None:
        """Return the sum, None when nothing is to be taken."""
        amount = self.amount.amount()
        if not amount:
            return None
        if self.name is not None:
            name = self.name.text().strip()
        else:
            name = self._proposal.name if self._proposal is not None else KIND_WORDS[self.kind]
        return WrittenLine(self.kind, name, amount)

    def reason_words(self) -> str:
        """Return why a reason is wanted, "" when the sum is the table's."""
        proposal, amount = self._proposal, self.amount.amount()
        if proposal is None or not differs(proposal, amount):
            return ""
        table = format_dong(proposal.amount or 0)
        if not amount:
            return self.tr("Biểu phí ghi {0}, bạn không thu. Ghi lý do để gửi.").format(table)
        return self.tr("Biểu phí ghi {0}, bạn nhập {1}. Ghi lý do để gửi.").format(table, format_dong(amount))

    def check(self) -> QWidget | None:
        """Show what is wrong with the row; return the field to go to, None when all is well."""
        problem = self.amount.problem()
        empty = not self.amount.text().strip()
        sentence, where = "", cast(TextField, self.amount)
        if problem is not None:
            sentence = texts.of(problem)
        elif empty and self.amount.property("required"):
            sentence = self.tr("Chưa nhập số tiền. Nhập 0 nếu không thu.")
        elif self.name is not None and not empty and not self.name.text().strip():
            sentence, where = self.tr("Chưa ghi tên khoản."), self.name
        elif self.name is not None and empty and self.name.text().strip():
            sentence = self.tr("Chưa nhập số tiền cho khoản này.")
        self.set_error(sentence)
        return where if sentence else None

    def set_error(self, sentence: str) -> None:
        """Show what is wrong below the row; "" clears it."""
        self._error.setText(sentence)
        self._below.setVisible(bool(sentence))
        self.amount.setAccessibleDescription(sentence or self._first.text())
        redden(self.amount, bool(sentence))


class TotalLine(QWidget):
    """The foot of the sums: the link that adds one, the total in words and figures."""

    def __init__(self, add: QWidget) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(6), 0, 0, 0)
        row.setSpacing(theme.px(9))
        self._words = PlainLabel("", role=Role.SMALL, tone="text_2", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._sum = PlainLabel("", role=Role.SUM, figures=True)
        row.addWidget(add)
        row.addWidget(self._words, 1)
        row.addWidget(PlainLabel(self.tr("Tổng"), tone="text_2"))
        row.addWidget(self._sum)

    def show_total(self, amount_dong: int, words: str) -> None:
        """Show the total in figures and words."""
        self._sum.setText(format_dong(amount_dong))
        self._words.setText(words)
        self.setAccessibleName(self.tr("Tổng {0}. {1}").format(format_dong(amount_dong), words))
