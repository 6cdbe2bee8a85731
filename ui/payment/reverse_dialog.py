"""Ghi nhầm – hủy ghi nhận: a payment that never was is marked so, and what it had started stands again.

Stands apart because it undoes the most: before it is pressed the officer reads what will be so afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app import texts
from app.domain.commands import ReversePayment
from app.domain.dossier import Dossier, Payment
from app.domain.money import format_dong
from app.domain.time_words import clock_time, short_day
from app.domain.transitions import Done, apply
from app.errors import Refused
from app.services import inbox, message_preview, payments
from app.services.desk import Desk
from app.services.message_preview import MessagePreview
from app.services.views import Acted, Card
from ui.dossier.deed_dialog import DeedDialog, State, later_focus, sentences
from ui.dossier.phrases import offer
from ui.notice.preview import CitizenView
from ui.present.reversal import consequences
from ui.present.wording import payment_words
from ui.tasks import Tasks
from ui.widgets.banner import Banner
from ui.widgets.form_row import FormRow
from ui.widgets.text_field import ComboBox, TextArea

_PREVIEW_MS = 250


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What reversing now would come to, or why it cannot be done."""

    why_not: str
    words: tuple[str, ...] = ()
    messages: tuple[MessagePreview, ...] = ()


class ReverseDialog(DeedDialog):
    """Takes ``payment_id`` back; "" chooses among the payments that officers wrote down."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, payment_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Ghi nhầm – hủy ghi nhận", primary="Hủy ghi nhận", later="Không hủy", width=940,
            draft_kind="reverse_payment",
        )  # fmt: skip
        self._payments = [p for p in card.dossier.payments if p.recorded_by is not None and not p.reversed]
        named = ((p.id, f"{format_dong(p.amount)} · {self._told(p)}") for p in self._payments)
        self.choice = ComboBox(tuple(named))
        first = next((p.id for p in self._payments if not self._why_not(p.id)), "")
        self.choice.setCurrentIndex(max(0, self.choice.findData(payment_id or first)))
        self.choice.currentIndexChanged.connect(lambda _index: self._look())
        self.body.addWidget(FormRow(self.tr("Khoản ghi nhầm"), self.choice))
        self.reason = TextArea(rows=2 if self.tight else 3)
        why = self.tr("ghi vào tiến trình hồ sơ")
        self._reason_row = FormRow(self.tr("Lý do"), self.reason, why=why, required=True)
        self.phrases = offer(desk, tasks, "reverse_payment", self._reason_row)
        self.body.addWidget(self._reason_row)
        self.after = Banner("info", self.tr("Đang xem việc gì sẽ đổi…"))
        self.body.addWidget(self.after)
        self.body.addStretch(1)
        self.citizen = CitizenView(tight=True)
        self.citizen.show_nothing(self.tr("Đang soạn tin cho công dân…"))
        self.set_side(self.citizen, 340)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PREVIEW_MS)
        self._soon.timeout.connect(self._look)
        self.reason.textChanged.connect(self._soon.start)
        self.focus_first(self.reason)
        self.begin(self._outcome(), self._show)

    def _told(self, payment: Payment) -> str:
        now = self.desk.clock.now()
        by = payment.recorded_by.name if payment.recorded_by else ""
        at = payment.recorded_at
        return f"{payment_words(payment)} · {clock_time(at)} {short_day(at, now)} · {by}"

    def _why_not(self, payment_id: str) -> str:
        failed = inbox.why_not(self.desk, self.dossier, "reverse_payment", payment_id)
        return sentences(Refused(failed)) if failed else ""

    def _look(self) -> None:
        self.tasks.query(self._outcome(), self._show, owner=self)

    def _outcome(self) -> Callable[[], _Outcome]:
        desk, dossier, payment_id = self.desk, self.dossier, self.choice.key()
        reason, why_not = self.reason.text(), self._why_not(payment_id)
        if why_not:
            return lambda: _Outcome(why_not)
        return lambda: _outcome(desk, dossier, payment_id, reason)

    def _show(self, outcome: _Outcome) -> None:
        chosen = next((p for p in self._payments if p.id == self.choice.key()), None)
        amount = format_dong(chosen.amount) if chosen is not None else ""
        self.set_primary(self.tr("Hủy ghi nhận {0}").format(amount).strip(), outcome.why_not)
        self.after.set_state("refused" if outcome.why_not else "info", outcome.why_not or "\n".join(outcome.words))
        if outcome.messages:
            self.citizen.show_message(outcome.messages[-1])
        else:
            self.citizen.show_nothing(self.tr("Không có tin nào gửi công dân."))
        self.settle()

    def deed(self) -> Callable[[], Acted] | None:
        reason = self.reason.text()
        self._reason_row.set_error("" if reason else texts.sentence("reason-needed"))
        if not reason:
            later_focus(self, self.reason)
            return None
        desk, payment_id = self.desk, self.choice.key()
        return lambda: payments.reverse(desk, payment_id, reason)

    def state(self) -> State:
        return {"payment": self.choice.key(), "reason": self.reason.text()}

    def restore(self, state: State) -> None:
        if state.get("payment") == self.choice.key():
            self.reason.setPlainText(str(state.get("reason", "")))


def _outcome(desk: Desk, dossier: Dossier, payment_id: str, reason: str) -> _Outcome:
    """Play the reversal on a copy. Thread: any but the GUI's."""
    now = desk.clock.now()
    command = ReversePayment(now, payment_id, reason or "…")
    result = apply(dossier, command, desk.officer, now, desk.calendar)
    if not isinstance(result, Done):
        return _Outcome(sentences(Refused(result.failed)))
    words = consequences(dossier, result.dossier, now)
    return _Outcome("", words, message_preview.reversal(desk, payment_id, reason))
