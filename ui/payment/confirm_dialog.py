"""Xác nhận khoản thu: the second officer looks at the evidence; from then on the money counts.

Stands apart from ticking because nothing is typed: one officer's record is read by another.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app import texts
from app.domain import second_officer
from app.domain.dossier import Payment
from app.domain.money import format_dong
from app.domain.time_words import due_moment
from app.errors import Refused
from app.services import inbox, payments
from app.services.desk import Desk
from app.services.views import Acted, Card
from ui.dossier.deed_dialog import DeedDialog, later_focus, sentences
from ui.present.wording import payment_words
from ui.tasks import Tasks
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.card import Facts


class ConfirmDialog(DeedDialog):
    """Confirms ``payment_id``; "" means the first that waits and that this officer may confirm."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, payment_id: str = "") -> None:
        waiting = second_officer.waiting(card.dossier)
        mine = [p for p in waiting if not inbox.why_not(desk, card.dossier, "confirm_payment", p.id)]
        self._payment = next((p for p in waiting if p.id == payment_id), next(iter(mine or waiting), None))
        amount = format_dong(self._payment.amount) if self._payment else ""
        super().__init__(
            window, desk, tasks, card, "Xác nhận khoản thu", primary=f"Xác nhận {amount}".strip(), width=640
        )
        limit = format_dong(card.dossier.settings.two_eyes_over)
        said = self.tr("Trên {0} cần người thứ hai xác nhận. Xác nhận xong, khoản này tính là đã đóng.").format(limit)
        self.body.addWidget(Banner("info", said))
        if self._payment is not None:
            self._build_facts(self._payment)
        self.focus_first(self.primary)
        self.begin()
        self._say_why_not()

    def _build_facts(self, payment: Payment) -> None:
        proof = payment.evidence
        day = f" ngày {proof.document_date:%d/%m/%Y}" if proof and proof.document_date else ""
        by = payment.recorded_by.name if payment.recorded_by else ""
        facts = Facts()
        for name, value in (
            (self.tr("Số tiền"), f"{format_dong(payment.amount)} · {payment_words(payment)}"),
            (self.tr("Người nộp"), payment.payer),
            (self.tr("Người ghi"), f"{by} · {due_moment(payment.recorded_at, self.desk.clock.now())}"),
            (self.tr("Chứng từ"), f"{proof.document_no}{day}" if proof and proof.document_no else ""),
            (self.tr("Thông tin"), proof.info if proof else ""),
        ):
            if value:
                facts.add(name, value, figures=True)
        self.body.addWidget(facts)
        file = proof.file if proof else None
        if file is not None:
            look = Button(self.tr("Xem {0}").format(file.name), icon="eye")
            look.clicked.connect(lambda: self.view_asked.emit(file))
            self.body.addWidget(look)

    def _say_why_not(self) -> None:
        about = self._payment.id if self._payment else ""
        failed = inbox.why_not(self.desk, self.dossier, "confirm_payment", about)
        if failed or self._payment is None:
            words = sentences(Refused(failed)) if failed else texts.sentence("no-such-payment")
            self.primary.set_reason(words)
            self.tell("refused", words)
            later_focus(self, self.later)

    def deed(self) -> Callable[[], Acted] | None:
        if self._payment is None:
            return None
        desk, payment_id = self.desk, self._payment.id
        return lambda: payments.confirm(desk, payment_id)
