"""A suspension that does not go its usual way: the tax notice comes later, the desk sends it back, it is cancelled, or
the treasury's proof ends it.

They stand together because each says what becomes of the one pause: whether the clock stands or runs, and until when.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from app.domain.dossier import Dossier
from app.domain.money import format_dong
from app.domain.time_words import long_moment, remaining_words, short_moment
from app.domain.words import State
from app.services import processing
from app.services.desk import Desk
from app.services.views import Acted, Card
from ui.dossier.deed_dialog import DeedDialog, later_focus
from ui.dossier.deed_dialog import State as Draft
from ui.dossier.reason_dialog import ReasonDialog
from ui.dossier.tax_notice_form import TaxNoticeForm
from ui.payment.evidence_form import Proof
from ui.tasks import Tasks
from ui.widgets.banner import Banner
from ui.widgets.card import Facts
from ui.widgets.plain_label import Bold


def _left(dossier: Dossier) -> str:
    """Return what was left, or overdue, when the clock stopped."""
    minutes = dossier.pauses[-1].remaining_minutes if dossier.pauses else 0
    words = remaining_words(minutes, sentence=True, exact=True)
    return f"còn lại {words}" if minutes >= 0 else f"đã quá {words}"


class AddTaxNoticeDialog(DeedDialog):
    """Thêm thông báo thuế: the sum is known now; the same pause goes on at the desk."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Thêm thông báo thuế",
            primary="Thêm thông báo thuế", width=700, draft_kind="add_tax_notice",
        )  # fmt: skip
        self._build_sent_back()
        since = card.dossier.pauses[-1].started_at if card.dossier.pauses else desk.clock.now()
        standing = self.tr("Đồng hồ dừng từ {0}. ").format(short_moment(since, desk.clock.now()))
        then = self.tr("Thêm xong, hồ sơ về quầy một cửa để báo công dân; đồng hồ vẫn dừng đến khi công dân đóng.")
        self.body.addWidget(Banner("paused", Bold(standing), then))
        self.tax = TaxNoticeForm(
            desk, tasks, dossier_id=card.dossier.id, needed=True, tight=self.tight, spacing=self.body.spacing()
        )
        self.tax.grew.connect(self.settle)
        self.tax.refused.connect(lambda sentence: self.tell("refused", sentence))
        self.tax.view_asked.connect(self.view_asked)
        self.body.addWidget(self.tax)
        self.focus_first(self.tax.number)
        self.begin()

    def _build_sent_back(self) -> None:
        last = next((item for item in reversed(self.dossier.history) if item.kind == "sent_back"), None)
        begun = self.dossier.pauses[-1].started_at if self.dossier.pauses else None
        if last is None or begun is None or last.at < begun:
            return
        said = self.tr("Một cửa trả lại {0} ({1}): ").format(short_moment(last.at, self.desk.clock.now()), last.by)
        self.body.addWidget(Banner("warn", Bold(said), last.note))

    def deed(self) -> Callable[[], Acted] | None:
        wrong = self.tax.check()
        if wrong is not None:
            later_focus(self, wrong)
            return None
        desk, dossier_id, form = self.desk, self.dossier.id, self.tax.written()
        return lambda: processing.add_tax_notice(desk, dossier_id, form)

    def state(self) -> Draft:
        return self.tax.state()

    def restore(self, state: Draft) -> None:
        self.tax.restore(state)


class SendBackDialog(ReasonDialog):
    """Trả lại thụ lý: the tax office's sum or paper is wrong; the clock goes on standing."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(window, desk, tasks, card, "Trả lại thụ lý", "Trả lại thụ lý", "send_back", "người thụ lý đọc")
        to = card.dossier.return_to.name if card.dossier.return_to else self.tr("người thụ lý")
        said = self.tr("hồ sơ về lại {0}, chờ thông báo thuế mới; đồng hồ vẫn dừng, {1}, giữ nguyên.")
        self.effect.set_state("paused", Bold(self.tr("Sau khi bấm: ")), said.format(to, _left(card.dossier)))
        self.begin()

    def deed(self) -> Callable[[], Acted] | None:
        reason = self.reason_given()
        desk, dossier_id = self.desk, self.dossier.id
        return (lambda: processing.send_back(desk, dossier_id, reason)) if reason else None


class CancelSuspensionDialog(ReasonDialog):
    """Hủy dừng tính: nobody was notified yet, the clock runs on with what was left."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Hủy dừng tính NVTC", "Hủy dừng tính", "cancel_suspension",
            "ghi vào tiến trình hồ sơ",
        )  # fmt: skip
        dossier = card.dossier
        self.begin(lambda: processing.due_if_resumed_now(desk, dossier), self._ready)

    def _ready(self, due: datetime | None) -> None:
        to = self.dossier.return_to.name if self.dossier.return_to else self.tr("người thụ lý")
        lead = Bold(self.tr("Đồng hồ chạy tiếp ngay, {0}. ").format(_left(self.dossier)))
        said = self.tr("Hồ sơ về lại {0}.").format(to)
        if due is not None:
            said = self.tr("Hẹn trả mới {0}; hồ sơ về lại {1}.").format(long_moment(due, self.desk.clock.now()), to)
        self.effect.set_state("info", lead, said)

    def deed(self) -> Callable[[], Acted] | None:
        reason = self.reason_given()
        desk, dossier_id = self.desk, self.dossier.id
        return (lambda: processing.cancel_suspension(desk, dossier_id, reason)) if reason else None


class ResumeDialog(DeedDialog):
    """Tiếp tục xử lý: from *Dừng xử lý*; or with the treasury's proof of the whole obligation, a payment first."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        dossier = card.dossier
        self._owed = processing.obligation_left(dossier) if dossier.state is State.AWAITING_OBLIGATION else 0
        primary = f"Ghi kho bạc {format_dong(self._owed)}, tiếp tục" if self._owed else "Tiếp tục xử lý"
        super().__init__(window, desk, tasks, card, "Tiếp tục xử lý", primary=primary, width=700, draft_kind="resume")
        self.effect = Banner("info", self.tr("Đang tính hẹn trả…"))
        self.body.addWidget(self.effect)
        self.proof: Proof | None = None
        if self._owed:
            self.body.addWidget(self._facts(dossier))
            self.proof = Proof(desk, tasks, spacing=7 if self.tight else 10)
            self.proof.grew.connect(self.settle)
            self.proof.view_asked.connect(self.view_asked)
            self.body.addWidget(self.proof)
            self.focus_first(self.proof.number)
        self.begin(lambda: processing.due_if_resumed_now(desk, dossier), self._ready)

    def _facts(self, dossier: Dossier) -> Facts:
        facts = Facts()
        facts.add(self.tr("Nộp vào kho bạc"), format_dong(self._owed), figures=True, weight=600)
        suspension = dossier.suspension
        if suspension is not None and suspension.tax_notice_no:
            day = f" ngày {suspension.tax_notice_date:%d/%m/%Y}" if suspension.tax_notice_date else ""
            facts.add(self.tr("Theo thông báo"), f"{suspension.tax_notice_no}{day}", figures=True)
        if suspension is not None and suspension.treasury_account:
            facts.add(self.tr("Tài khoản"), suspension.treasury_account, figures=True)
        return facts

    def _ready(self, due: datetime | None) -> None:
        to = self.dossier.return_to.name if self.dossier.return_to else self.tr("hàng chờ của đơn vị")
        paid = self.tr("Ghi khoản nộp kho bạc kèm chứng từ, rồi đồng hồ chạy tiếp. ") if self._owed else ""
        lead = paid or self.tr("Đồng hồ chạy tiếp ngay. ")
        said = self.tr("Hồ sơ về lại {0}").format(to)
        said += self.tr(", hẹn trả mới {0}.").format(long_moment(due, self.desk.clock.now())) if due else "."
        self.effect.set_state("info", Bold(lead), said)

    def deed(self) -> Callable[[], Acted] | None:
        desk, dossier_id, proof = self.desk, self.dossier.id, self.proof
        wrong = proof.check() if proof is not None else None
        if wrong is not None:
            later_focus(self, wrong)
            return None
        evidence = proof.evidence() if proof is not None else None
        return lambda: processing.resume(desk, dossier_id, evidence)

    def state(self) -> Draft:
        return self.proof.state() if self.proof is not None else {}

    def restore(self, state: Draft) -> None:
        if self.proof is not None:
            self.proof.restore(state)
