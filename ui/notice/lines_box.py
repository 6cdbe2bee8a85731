"""The sums of a form, one row each, and their total: what the fee notice asks and what the counter takes.

Stands apart from the forms because both begin with the fee table, let rows be added, and want a reason for the same
differences.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain import amount_words
from app.domain.accounts import PayeeAccount
from app.domain.dossier import Dossier
from app.domain.money import MAX_AMOUNT_DONG
from app.domain.words import LineKind
from app.services import fee_notices
from app.services.desk import Desk
from app.services.fee_notices import Proposal
from ui import theme
from ui.notice.lines import LineRow, TotalLine, WrittenLine
from ui.theme import Role
from ui.widgets.buttons import Button
from ui.widgets.plain_label import PlainLabel

POSTAGE = "Chuyển phát kết quả"
_ORDER = (LineKind.NVTC, LineKind.PHI, LineKind.LE_PHI, LineKind.OTHER)
_KINDS = (LineKind.PHI, LineKind.LE_PHI, LineKind.OTHER)


@dataclass(frozen=True, slots=True)
class FeeTable:
    """What the rows begin with: the lines proposed, and the account that takes each kind of money."""

    proposals: tuple[Proposal, ...]
    accounts: dict[LineKind, PayeeAccount | None]


def fee_table(desk: Desk, dossier: Dossier) -> FeeTable:
    """Read the lines proposed and the payee accounts. Thread: any but the GUI's."""
    accounts = {kind: fee_notices.payee(desk, dossier, kind) for kind in _KINDS}
    return FeeTable(fee_notices.propose(desk, dossier), accounts)


class LinesBox(QWidget):
    """Rows of sums under one heading; ``post`` proposes a row for the postage.

    Signals: ``changed()`` at every change; ``grew()`` when its height is another; ``go_to(object)`` a field that wants
    the focus.
    """

    changed = Signal()
    grew = Signal()
    go_to = Signal(object)

    def __init__(self, *, post: bool, tight: bool, narrow: bool = False) -> None:
        super().__init__()
        self._post, self._narrow = post, narrow
        self._accounts: dict[LineKind, PayeeAccount | None] = {}
        self.rows: list[LineRow] = []
        head = QHBoxLayout()
        head.setSpacing(theme.px(6))
        head.addWidget(PlainLabel(self.tr("Các khoản"), weight=500))
        hint = self.tr("Số tiền lấy sẵn từ biểu phí, sửa được.")
        self._hint = PlainLabel(hint, role=Role.SMALL, tone="text_3")
        head.addWidget(self._hint)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(5 if tight else 6))
        column.addLayout(self._lines)
        self.add = Button(self.tr("Thêm khoản khác"), kind="link", icon="plus")
        self.add.clicked.connect(self.add_other)
        self._total = TotalLine(self.add)
        column.addWidget(self._total)

    def propose(self, table: FeeTable) -> None:
        """Begin with the fee table's sums; phí and lệ phí are always there, as in the officer's guide."""
        self._accounts = table.accounts
        given = {proposal.kind for proposal in table.proposals}
        if LineKind.NVTC in given:
            self._hint.setText(self.tr("Khoản NVTC lấy từ thông báo của cơ quan thuế."))
        for kind in _ORDER:
            for proposal in table.proposals:
                if proposal.kind is kind:
                    self._insert(LineRow(kind, proposal.account, proposal, name=proposal.name))
            if kind in (LineKind.PHI, LineKind.LE_PHI) and kind not in given:
                self._insert(LineRow(kind, self._accounts.get(kind)))
        if self._post and LineKind.OTHER not in given:
            self._insert(LineRow(LineKind.OTHER, self._accounts.get(LineKind.OTHER), name=POSTAGE))
        self._look_again()

    def add_other(self) -> None:
        """Add an empty row and go there."""
        row = self._insert(LineRow(LineKind.OTHER, self._accounts.get(LineKind.OTHER)))
        self.grew.emit()
        self.go_to.emit(row.name)

    def _insert(self, row: LineRow) -> LineRow:
        row.set_narrow(self._narrow)
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
        total = self.total()
        fits = 0 < total <= MAX_AMOUNT_DONG
        self._total.show_total(total, amount_words.in_words(total) if fits else "")
        self.changed.emit()

    def written(self) -> tuple[WrittenLine, ...]:
        """Return the sums as they stand now."""
        return tuple(line for row in self.rows if (line := row.written()) is not None)

    def total(self) -> int:
        """Return the sum of all rows, in đồng."""
        return sum(line.amount for line in self.written())

    def reason_words(self) -> list[str]:
        """Return why a reason is wanted: every sum that is not the fee table's."""
        return [words for row in self.rows if (words := row.reason_words())]

    def check(self) -> list[QWidget]:
        """Show what is wrong at its row; return the fields to go to, empty when all is well."""
        wrong: list[QWidget] = [field for row in self.rows if (field := row.check()) is not None]
        if not wrong and not self.written() and self.rows:
            self.rows[0].set_error(self.tr("Cần ít nhất một khoản lớn hơn 0 đồng."))
            wrong.append(self.rows[0].amount)
        return wrong

    def first_empty(self) -> QWidget | None:
        """Return where typing begins: the first sum that must be typed, else the first that can be, if any."""
        editable = [row.amount for row in self.rows if not row.locked]
        required = (a for a in editable if a.property("required") and not a.text().strip())
        return next(required, editable[0] if editable else None)

    def state(self) -> list[list[str]]:
        """Return kind, name and sum of every row as typed, for a draft."""
        return [[row.kind.value, row.name.text() if row.name is not None else "", row.amount.text()]
                for row in self.rows]  # fmt: skip

    def restore(self, saved: object) -> None:
        """Fill the rows from a draft; sums the tax office sets stay as they are today."""
        free = [row for row in self.rows if not row.locked]
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
