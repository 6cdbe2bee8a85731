"""Đã thanh toán phí, lệ phí: money taken in person, written down with its evidence.

Stands apart because it asks the portal before it lets anyone write: a citizen may be paying online at this moment.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import texts
from app.domain import amount_words
from app.domain.money import format_dong
from app.domain.notices import find, open_notices, rest_of
from app.domain.time_words import due_moment
from app.domain.words import LineKind
from app.errors import KnownError
from app.services import payments
from app.services.desk import Desk
from app.services.payments import Outlook
from app.services.views import Acted, Card
from ui import theme
from ui.dossier.deed_dialog import DeedDialog, State, later_focus
from ui.payment.evidence_form import EvidenceForm, second_needed
from ui.payment.outlook_words import banner_words
from ui.present.wording import code_words
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.banner import Banner
from ui.widgets.checks import CheckBox
from ui.widgets.form_row import FormRow
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.plain_label import PlainLabel
from ui.widgets.text_field import ComboBox

_ONCE = "Ghi một lần, không sửa được. Kiểm tra số tiền và chứng từ trước khi ghi."
_UNSENT = "Cho đến khi gửi được, hồ sơ ghi “Đã đóng – chưa gửi” (viền, chưa xanh)."


class TickDialog(DeedDialog):
    """Writes down a payment for ``notice_id``, or for the first open notice; several open ones can be chosen from."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, notice_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Đã thanh toán phí, lệ phí",
            primary="Ghi đã đóng", width=758, draft_kind="tick_paid",
        )  # fmt: skip
        self._open = open_notices(card.dossier)
        self._notice = find(card.dossier, notice_id) or (self._open[0] if self._open else None)
        self._kind = ""
        self._build_head_sum()
        self.banner = Banner("info", "")
        self.body.addWidget(self.banner)
        self._build_choice()
        self._build_form()
        self.body.addStretch(1)
        self.begin(ready=lambda _nothing: self._ask())
        self._show_notice()

    def _build_head_sum(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(theme.px(1))
        self._sum = PlainLabel("", role=Role.SUM, figures=True)
        self._words = PlainLabel("", role=Role.SMALL, tone="text_2")
        for label in (self._sum, self._words):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            column.addWidget(label)
        self.head.addLayout(column)

    def _build_choice(self) -> None:
        rests = ((n, format_dong(rest_of(self.dossier, n))) for n in self._open)
        self.choice = ComboBox(tuple((notice.id, f"{rest} · {notice.title}") for notice, rest in rests))
        if self._notice is not None:
            self.choice.setCurrentIndex(self.choice.findData(self._notice.id))
        row = FormRow(self.tr("Thông báo nào"), self.choice)
        if len(self._open) < 2:
            row.hide()
        self.choice.currentIndexChanged.connect(self._choose)
        self.body.addWidget(row)

    def _build_form(self) -> None:
        self.form = QWidget()
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.body.spacing())
        self.sure = CheckBox(self.tr("Công dân đã nộp tiền trực tiếp, tôi có thông tin hoặc chứng từ"), weight=600)
        column.addWidget(self.sure)
        self.amount = MoneyEdit()
        self.amount.amount_changed.connect(lambda _amount: self._name_deed())
        self._amount_row = FormRow(self.tr("Số tiền thực thu"), self.amount, required=True)
        nvtc = self._notice is not None and any(line.kind is LineKind.NVTC for line in self._notice.lines)
        self.money = EvidenceForm(
            self.desk, self.tasks, self.dossier, treasury=nvtc, amount=self._amount_row, spacing=7 if self.tight else 10
        )
        self.proof = self.money.proof
        self.money.grew.connect(self.settle)
        self.money.view_asked.connect(self.view_asked)
        column.addWidget(self.money)
        self._note = PlainLabel("", role=Role.SMALL, tone="text_3", wrap=True)
        column.addWidget(self._note)
        self.body.addWidget(self.form)
        self.focus_first(self.sure)

    def _choose(self, _index: int) -> None:
        self._notice = find(self.dossier, self.choice.key())
        self._show_notice()
        self._ask()

    def _show_notice(self) -> None:
        notice, now = self._notice, self.desk.clock.now()
        dossier = self.dossier
        about = f"{dossier.applicant.name} · {code_words(dossier.receipt_code, dossier.code)}"
        if notice is not None:
            about += self.tr(" · báo {0}").format(due_moment(notice.sent_at, now))
        self.set_about(about)
        self._show_rest(rest_of(dossier, notice) if notice is not None else 0)

    def _show_rest(self, rest: int) -> None:
        self._sum.setText(format_dong(rest))
        self._words.setText(amount_words.in_words(rest) if rest else "")
        self._rest = rest
        self.amount.set_amount(rest or None)
        self._name_deed()

    def _ask(self) -> None:
        """Ask the portal; until it answers nothing can be written."""
        notice = self._notice
        if notice is None:
            self._take_outlook_words("warn", texts.sentence("no-open-notice"))
            return
        self._kind = "asking"
        self.banner.set_state("info", self.tr("Đang hỏi Cổng xem công dân đã đóng trực tuyến chưa…"))
        self.primary.set_reason(self.tr("Đang hỏi Cổng…"))
        desk, notice_id = self.desk, notice.id
        self.tasks.query(lambda: payments.outlook(desk, notice_id), self._answered, self._not_answered, owner=self)

    def _not_answered(self, error: KnownError) -> None:
        self._take_outlook_words("warn", texts.of(error))

    def _answered(self, outlook: Outlook) -> None:
        if self._notice is None or outlook.notice.id != self._notice.id:
            return
        self._notice, self._kind = outlook.notice, outlook.kind
        kind, parts = banner_words(outlook)
        if outlook.kind in ("unpaid", "offline"):
            self.banner.set_state(kind, *parts)
            self._let_write()
        elif outlook.kind == "paying":
            self._advise_waiting(kind, parts)
        else:
            self._take_outlook_words(kind, *parts)
        if outlook.rest and outlook.rest != self._rest:
            self._show_rest(outlook.rest)
        self.settle()

    def _advise_waiting(self, kind: str, parts: tuple[str, ...]) -> None:
        self.banner.set_state(kind, *parts, action=self.tr("Vẫn thu…"))
        self.banner.acted.connect(self._collect_all_the_same, Qt.ConnectionType.SingleShotConnection)
        self.form.hide()
        self.set_primary(self.tr("Chờ"))
        later_focus(self, self.primary)

    def _collect_all_the_same(self) -> None:
        self._kind = "unpaid"
        self.banner.action_button().hide()
        self._let_write()
        later_focus(self, self.sure)
        self.settle()

    def _take_outlook_words(self, kind: str, *parts: str) -> None:
        """Say why nothing is to be written."""
        self._kind = "nothing"
        self.banner.set_state(kind, *parts)
        self.form.hide()
        self.set_primary("")
        self.later.set_text(self.tr("Đóng"))
        later_focus(self, self.later)
        self.settle()

    def _let_write(self) -> None:
        self.form.show()
        self._name_deed()

    def _name_deed(self) -> None:
        """Keep verb and sum of the primary, and what is missing or too much, in step with the amount."""
        amount = self.amount.amount()
        short = self._rest - (amount or 0)
        why = ""
        if amount and short:
            said = self.tr("còn thiếu {0}") if short > 0 else self.tr("thừa {0}, sẽ mở việc hoàn tiền")
            why = said.format(format_dong(abs(short)))
        self._amount_row.set_why(why)
        second = ""
        if self._notice is not None:
            second = second_needed(self.desk, self.dossier, self._notice.id, amount or 0, self.money)
        self._note.setText(second or (_UNSENT if self._kind == "offline" else _ONCE))
        words = self.tr("Ghi đã đóng {0}").format(format_dong(amount)) if amount else self.tr("Ghi đã đóng")
        if self._kind in ("unpaid", "offline"):
            self.set_primary(words)
        elif self._kind in ("", "asking"):
            self.set_primary(words, self.tr("Đang hỏi Cổng…"))

    def confirm(self) -> None:
        if self._kind == "paying":
            self.reject()
        elif self._kind in ("unpaid", "offline"):
            super().confirm()

    def deed(self) -> Callable[[], Acted] | None:
        notice = self._notice
        if notice is None or not self._complete():
            return None
        desk, notice_id, payer = self.desk, notice.id, self.money.payer.text()
        amount, method, evidence = self.amount.amount() or 0, self.money.method(), self.proof.evidence()
        return lambda: payments.tick_paid(desk, notice_id, amount=amount, method=method, evidence=evidence, payer=payer)

    def _complete(self) -> bool:
        """Show what is missing, in the order of the form; the first gets the focus."""
        problem = self.amount.problem()
        none = "" if self.amount.amount() else texts.sentence("amount-not-positive")
        self._amount_row.set_error(texts.of(problem) if problem is not None else none)
        unproven = self.money.check()
        if not self.sure.isChecked():
            self.tell("refused", self.tr("Đánh dấu ô “Công dân đã nộp tiền trực tiếp” trước khi ghi."))
            later_focus(self, self.sure)
            return False
        wrong = self.amount if self._amount_row.error() else unproven
        if wrong is not None:
            later_focus(self, wrong)
        return wrong is None

    def state(self) -> State:
        return {"notice": self._notice.id if self._notice is not None else ""} | self.money.state()

    def restore(self, state: State) -> None:
        if self._notice is not None and state.get("notice") == self._notice.id:
            self.money.restore(state)
