"""Hoàn tiền, step by step: Duyệt hoàn tiền, Ghi đã hoàn, Khép việc.

They stand together because each is one step of the same case, shown on top in the same facts, and one button.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app import texts
from app.domain.amount_words import in_words
from app.domain.dossier import Case
from app.domain.money import format_dong
from app.domain.settlement import without_result
from app.domain.words import CaseKind, CaseState
from app.services import message_preview, refunds
from app.services.desk import Desk
from app.services.message_preview import MessagePreview
from app.services.views import Acted, Card
from ui.dossier.deed_dialog import DeedDialog, State, later_focus
from ui.dossier.phrases import offer
from ui.notice.preview import CitizenView
from ui.payment.evidence_form import Proof
from ui.present.cases import case_facts
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.banner import Banner
from ui.widgets.card import Facts
from ui.widgets.checks import Segmented
from ui.widgets.form_row import FormRow
from ui.widgets.plain_label import PlainLabel
from ui.widgets.text_field import TextArea

_WIDTH, _SIDE = 600, 340
_PREVIEW_MS = 250


class _CaseDialog(DeedDialog):
    """What the three have in common: the case, its sum at the right of the title, its facts on top."""

    def __init__(
        self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, case_id: str, title: str, primary: str, kind: str,
        *, width: int = _WIDTH,
    ) -> None:  # fmt: skip
        self.case = next(case for case in card.dossier.cases if case.id == case_id)
        super().__init__(
            window, desk, tasks, card, title,
            primary=primary.format(format_dong(self.case.amount)), width=width, draft_kind=kind,
        )  # fmt: skip
        self.head.addWidget(PlainLabel(format_dong(self.case.amount), role=Role.SUM, figures=True))
        facts = Facts(86)
        for name, value in case_facts(card.dossier, self.case, desk.clock.now()):
            facts.add(name, value, figures=True)
        self.body.addWidget(facts)

    def restore(self, state: State) -> None:
        if state.get("case") == self.case.id:
            self.refill(state)

    def refill(self, state: State) -> None:
        """Fill the form from the draft of this very case."""


class ApproveRefundDialog(_CaseDialog):
    """Duyệt hoàn tiền, by the head; of a dossier without result it asks first whether the work was already done."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, case_id: str) -> None:
        super().__init__(
            window, desk, tasks, card, case_id, self.tr("Duyệt hoàn tiền"), self.tr("Duyệt hoàn {0}"), "approve_refund"
        )
        self.work = Segmented((("not", self.tr("Chưa thực hiện"), ""), ("done", self.tr("Đã thực hiện"), "")))
        self._asks = without_result(card.dossier)
        self._work_row = FormRow(self.tr("Việc thu phí này đã thực hiện chưa?"), self.work)
        if not self._asks:
            self._work_row.hide()
        self.body.addWidget(self._work_row)
        self.advice = Banner(
            "warn",
            self.tr("Việc đã làm rồi thì khoản thu có thể được giữ lại: khép việc kèm lý do thay cho hoàn tiền."),
            action=self.tr("Khép việc…"),
        )
        self.advice.acted.connect(lambda: self.ask_instead("close_case", self.case.id))
        self.advice.hide()
        self.body.addWidget(self.advice)
        self.note = TextArea(rows=3)
        note_row = FormRow(self.tr("Ý kiến"), self.note, why=self.tr("không bắt buộc"))
        self.phrases = offer(desk, tasks, "approve_refund", note_row)
        self.body.addWidget(note_row)
        self.body.addWidget(PlainLabel(
            self.tr("Duyệt xong, việc sang thủ quỹ. Tiền chưa trả lại cho đến khi thủ quỹ ghi đã hoàn."),
            role=Role.SMALL, tone="text_3", wrap=True,
        ))  # fmt: skip
        self.work.chosen.connect(self._answered)
        self.focus_first(self.work.first() if self._asks else self.note)
        self.begin()

    def _answered(self, key: str) -> None:
        self._work_row.set_error("")
        self.advice.setVisible(key == "done")
        self.settle()

    def deed(self) -> Callable[[], Acted] | None:
        if self._asks and not self.work.key():
            self._work_row.set_error(self.tr("Chưa trả lời câu này."))
            later_focus(self, self.work.first())
            return None
        answers = {"done": self.tr("Việc đã thực hiện."), "not": self.tr("Việc chưa thực hiện.")}
        answer = answers.get(self.work.key(), "")
        note = " ".join(part for part in (answer, self.note.text()) if part)
        desk, case_id = self.desk, self.case.id
        return lambda: refunds.approve(desk, case_id, note)

    def state(self) -> State:
        return {"case": self.case.id, "note": self.note.text(), "work": self.work.key()}

    def refill(self, state: State) -> None:
        self.work.choose(str(state.get("work", "")))
        self.note.setPlainText(str(state.get("note", "")))


class PayRefundDialog(_CaseDialog):
    """Ghi đã hoàn, by the cashier: the whole sum of the case went back, with its evidence."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, case_id: str) -> None:
        super().__init__(
            window, desk, tasks, card, case_id, self.tr("Ghi đã hoàn tiền"), self.tr("Ghi đã hoàn {0}"), "pay_refund",
            width=_WIDTH + _SIDE,
        )  # fmt: skip
        self.body.addWidget(PlainLabel(in_words(self.case.amount), role=Role.SMALL, tone="text_2", wrap=True))
        self.proof = Proof(desk, tasks, spacing=7 if self.tight else 10)
        self.proof.grew.connect(self.settle)
        self.proof.view_asked.connect(self.view_asked)
        self.body.addWidget(self.proof)
        self.body.addWidget(PlainLabel(
            self.tr("Ghi một lần, không sửa được. Chỉ ghi khi tiền đã thật sự trả lại cho công dân."),
            role=Role.SMALL, tone="text_3", wrap=True,
        ))  # fmt: skip
        self.body.addStretch(1)
        self.citizen = CitizenView(tight=True)
        self.citizen.show_nothing(self.tr("Đang soạn tin cho công dân…"))
        self.set_side(self.citizen, _SIDE)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PREVIEW_MS)
        self._soon.timeout.connect(lambda: self.tasks.query(self._told(), self._show, owner=self))
        self.proof.number.textChanged.connect(self._soon.start)
        self.focus_first(self.proof.number)
        self.begin(self._told(), self._show)

    def _told(self) -> Callable[[], tuple[MessagePreview, ...]]:
        desk, case_id, evidence = self.desk, self.case.id, self.proof.evidence()
        return lambda: message_preview.refund(desk, case_id, evidence)

    def _show(self, messages: tuple[MessagePreview, ...]) -> None:
        if messages:
            self.citizen.show_message(messages[-1])
        else:
            self.citizen.show_nothing(self.tr("Không có tin nào gửi công dân."))
        self.settle()

    def deed(self) -> Callable[[], Acted] | None:
        wrong = self.proof.check()
        if wrong is not None:
            later_focus(self, wrong)
            return None
        desk, case_id, evidence = self.desk, self.case.id, self.proof.evidence()
        return lambda: refunds.pay(desk, case_id, evidence)

    def state(self) -> State:
        return {"case": self.case.id} | self.proof.state()

    def refill(self, state: State) -> None:
        self.proof.restore(state)


class CloseCaseDialog(_CaseDialog):
    """Khép việc, with the reason; money that nobody owes the office is not closed over."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, case_id: str) -> None:
        super().__init__(
            window, desk, tasks, card, case_id, self.tr("Khép việc"), self.tr("Khép việc {0}"), "close_case"
        )
        self.reason = TextArea(rows=3)
        self._row = FormRow(self.tr("Lý do"), self.reason, why=self.tr("ghi vào tiến trình hồ sơ"), required=True)
        self.phrases = offer(desk, tasks, "close_case", self._row)
        self.body.addWidget(self._row)
        kept = self._surplus()
        if kept:
            self.tell("refused", texts.sentence("surplus-goes-back", amount_dong=kept))
            self._row.hide()
            self.set_primary("")
            self.later.set_text(self.tr("Đóng"))
            self.focus_first(self.later)
        elif self.case.state is not CaseState.REFUNDED:
            self.body.insertWidget(self.body.indexOf(self._row), Banner("warn", self._without()))
        self.begin()

    def _without(self) -> str:
        """Return what closing means while nothing went back, or nothing more came."""
        amount = format_dong(self.case.amount)
        if self.case.kind is CaseKind.SHORTFALL:
            return self.tr("Khép mà không thu nốt {0}. Ghi căn cứ.").format(amount)
        return self.tr("Khép mà không hoàn: {0} được giữ lại. Ghi căn cứ, ví dụ việc thu phí đã thực hiện.").format(
            amount
        )

    def _surplus(self) -> int:
        """Return what the office holds of the payment without any notice needing it, in đồng; 0 once it went back."""
        case: Case = self.case
        if case.kind is not CaseKind.REFUND or case.state is CaseState.REFUNDED:
            return 0
        return next((max(p.surplus, 0) for p in self.dossier.payments if p.id == case.payment_id), 0)

    def deed(self) -> Callable[[], Acted] | None:
        reason = self.reason.text()
        self._row.set_error("" if reason else texts.sentence("reason-needed"))
        if not reason:
            later_focus(self, self.reason)
            return None
        desk, case_id = self.desk, self.case.id
        return lambda: refunds.close(desk, case_id, reason)

    def state(self) -> State:
        return {"case": self.case.id, "reason": self.reason.text()}

    def refill(self, state: State) -> None:
        self.reason.setPlainText(str(state.get("reason", "")))
