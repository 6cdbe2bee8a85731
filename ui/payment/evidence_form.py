"""How money came and what proves it: method, payer, document, picture, information.

Stands apart because ticking, collecting, waiving and paying back all ask for the same proof, with the same errors.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain import second_officer
from app.domain.dossier import Dossier, Evidence, Payment
from app.domain.guards import has_evidence
from app.domain.money import format_dong
from app.domain.people import ref
from app.domain.words import PaymentChannel
from app.services import payments
from app.services.desk import Desk
from ui import theme
from ui.dossier.attachments_box import AttachmentsBox
from ui.dossier.deed_dialog import State
from ui.tasks import Tasks
from ui.widgets.checks import Segmented
from ui.widgets.date_edit import DateEdit
from ui.widgets.form_row import FormRow, beside
from ui.widgets.text_field import TextField


class Proof(QWidget):
    """A document's number and date, its picture, or information; ``needed``: one of the three must be there.

    ``first`` is a row that stands beside the information; ``narrow`` says less beside the labels.
    Signals: ``grew()`` when its height may be another; ``view_asked(object)`` a ``FileRef`` to look at.
    """

    grew = Signal()
    view_asked = Signal(object)

    def __init__(
        self, desk: Desk, tasks: Tasks, *, needed: bool = True, first: FormRow | None = None, spacing: int = 10,
        narrow: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self._needed = needed
        self.info = TextField(placeholder=self.tr("ai báo, lúc nào, nội dung"))
        why = self.tr("nếu không có chứng từ, từ 10 ký tự") if needed and not narrow else self.tr("từ 10 ký tự")
        self.info_row = FormRow(self.tr("Thông tin"), self.info, why=why)
        self.number = TextField(figures=True)
        required = self.tr("nếu không kèm tệp") if narrow else self.tr("bắt buộc nếu không kèm tệp")
        why = required if needed else self.tr("nếu có")
        self.number_row = FormRow(self.tr("Số chứng từ"), self.number, why=why, required=needed)
        today = _today(desk)
        self.day = DateEdit(today, today())
        self.day_row = FormRow(self.tr("Ngày chứng từ"), self.day)
        self.files = AttachmentsBox(desk, tasks, single=True)
        self.files_row = FormRow(self.tr("Ảnh hoặc tệp chứng từ"), self.files)
        self.files.rejected.connect(self._file_rejected)
        self.files.changed.connect(self._file_changed)
        self.files.view_asked.connect(self.view_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(spacing))
        column.addLayout(beside(*(row for row in (first, self.info_row) if row is not None)))
        column.addLayout(beside(self.number_row, self.day_row))
        column.addWidget(self.files_row)

    def evidence(self) -> Evidence:
        """Return what proves it, as written."""
        number, files = self.number.text().strip(), self.files.files()
        return Evidence(
            document_no=number,
            document_date=self.day.value() if number else None,
            file=files[0] if files else None,
            info=self.info.text().strip(),
        )

    def given(self) -> bool:
        """Say whether anything was given at all."""
        proof = self.evidence()
        return bool(proof.document_no or proof.file or proof.info)

    def check(self) -> QWidget | None:
        """Show what is missing; return the first field to go to, None when all is well."""
        proof = self.evidence()
        no_day = bool(proof.document_no) and proof.document_date is None
        lacking = not has_evidence(proof) and not no_day and (self._needed or self.given())
        wanted = self.tr(
            "Cần một trong ba: số và ngày chứng từ, tệp chứng từ, hoặc thông tin (ai báo, lúc nào, nội dung)."
        )
        waiting = self.files.unread()
        unread = self.tr("Ngày chứng từ không đọc được. Nhập ngày/tháng/năm.") if no_day else ""
        errors = (
            (self.number_row, self.number, wanted if lacking and not waiting else ""),
            (self.day_row, self.day, unread),
            (self.files_row, self.files.zone, waiting),
        )
        for row, _field, sentence in errors:
            row.set_error(sentence)
        return next((field for _row, field, sentence in errors if sentence), None)

    def state(self) -> State:
        """Return everything typed, for a draft."""
        return {
            "info": self.info.text(), "number": self.number.text(), "day": self.day.text(), "files": self.files.state(),
        }  # fmt: skip

    def restore(self, state: State) -> None:
        """Fill the form from a draft."""
        for field, key in ((self.info, "info"), (self.number, "number"), (self.day, "day")):
            field.setText(str(state.get(key, "")))
        self.files.restore(state.get("files"))

    def _file_rejected(self, sentence: str) -> None:
        self.files_row.set_error(sentence)
        self.grew.emit()

    def _file_changed(self) -> None:
        self.files_row.set_error("")
        self.number_row.set_error("")
        self.grew.emit()


class EvidenceForm(QWidget):
    """Money taken in person: how, from whom, and its proof; ``amount`` stands beside the method when it is asked.

    ``treasury`` offers the state treasury too, where a financial obligation is paid. Signals: as ``Proof``.
    """

    grew = Signal()
    view_asked = Signal(object)

    def __init__(
        self, desk: Desk, tasks: Tasks, dossier: Dossier, *, treasury: bool, amount: FormRow | None = None,
        spacing: int = 10, narrow: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self._methods = Segmented(self._choices(treasury=treasury), "cash")
        method_row = FormRow(self.tr("Hình thức"), self._methods)
        own = dossier.submitter == dossier.applicant
        is_ = self.tr("chủ hồ sơ") if own else self.tr("người nộp hồ sơ")
        self.payer = TextField(dossier.submitter.name, suffix="" if narrow else is_)
        payer_row = FormRow(self.tr("Người nộp"), self.payer, why=is_ if narrow else "")
        self.proof = Proof(desk, tasks, first=payer_row, spacing=spacing, narrow=narrow)
        self.proof.grew.connect(self.grew)
        self.proof.view_asked.connect(self.view_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(spacing))
        column.addLayout(beside(*(row for row in (method_row, amount) if row is not None)))
        column.addWidget(self.proof)

    def _choices(self, *, treasury: bool) -> tuple[tuple[str, str, str], ...]:
        usual = (
            ("cash", self.tr("Tiền mặt"), "money"),
            ("pos", self.tr("Quẹt thẻ"), "credit-card"),
            ("transfer", self.tr("Chuyển khoản"), "bank"),
        )
        return (*usual, ("treasury", self.tr("Kho bạc"), "hand-coins")) if treasury else usual

    def method(self) -> PaymentChannel:
        """Return how the money came."""
        return payments.METHODS[self._methods.key()]

    def methods(self) -> Segmented:
        """Return the row of ways."""
        return self._methods

    def check(self) -> QWidget | None:
        """Show what is missing; return the first field to go to, None when all is well."""
        return self.proof.check()

    def state(self) -> State:
        """Return everything typed, for a draft."""
        return {"method": self._methods.key(), "payer": self.payer.text()} | self.proof.state()

    def restore(self, state: State) -> None:
        """Fill the form from a draft."""
        self._methods.choose(str(state.get("method", "cash")))
        self.payer.setText(str(state.get("payer", "")))
        self.proof.restore(state)


def second_needed(desk: Desk, dossier: Dossier, notice_id: str, amount_dong: int, money: EvidenceForm) -> str:
    """Return the sentence that a second officer must confirm this payment, "" when none need."""
    now = desk.clock.now()
    fact = Payment(
        "", notice_id, money.method(), amount_dong, paid_at=now, recorded_at=now, recorded_by=ref(desk.officer),
        evidence=money.proof.evidence(),
    )  # fmt: skip
    if not second_officer.is_over(dossier, fact):
        return ""
    limit = format_dong(dossier.settings.two_eyes_over)
    return f"Trên {limit} cần người thứ hai xác nhận. Ghi được ngay; chưa tính là đã đóng cho đến lúc đó."


def _today(desk: Desk) -> Callable[[], date]:
    return lambda: desk.clock.now().date()
