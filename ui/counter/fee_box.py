"""Fees at the moment of reception: taken now, later, or not owed; with what proves it.

Stands apart from the collecting dialog because there is no dossier yet: the sums are the procedure's, and the money is
written down in the same press that makes the dossier.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import texts
from app.domain.dossier import Evidence, NoticeLine
from app.domain.grounds import fitting
from app.domain.guards import has_evidence
from app.domain.money import format_dong
from app.domain.words import LineKind
from app.services import payments
from app.services.counter import Exemption
from app.services.desk import Desk
from app.services.fee_notices import Proposal
from app.services.payments import Taking
from ui import theme
from ui.dossier.attachments_box import AttachmentsBox
from ui.dossier.phrases import offer
from ui.notice.lines import differs, table_words
from ui.notice.lines_box import POSTAGE
from ui.tasks import Tasks
from ui.widgets.checks import Segmented
from ui.widgets.form_row import FormRow
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.parts import empty
from ui.widgets.plain_label import PlainLabel
from ui.widgets.text_field import ComboBox, TextField

NOW, LATER, EXEMPT = "now", "later", "exempt"


class FeeBox(QWidget):
    """Signals: ``changed()``; ``view_asked(object)`` a ``FileRef`` to look at."""

    changed = Signal()
    view_asked = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__()
        self._desk = desk
        self._proposals: tuple[Proposal, ...] = ()
        self._post = False
        self.sums: list[tuple[Proposal, MoneyEdit]] = []
        names = ((NOW, self.tr("Thu ngay")), (LATER, self.tr("Thu sau")), (EXEMPT, self.tr("Miễn, giảm")))
        self.ways = Segmented(tuple((key, words, "") for key, words in names), LATER)
        self.ways.chosen.connect(lambda _key: self._turn())
        self.none = PlainLabel("", tone="text_2", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self._column.addWidget(self.none)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(4))
        self._column.addWidget(self.ways)
        self._column.addLayout(self._lines)
        self._build_money(desk, tasks)
        self._build_exemption(desk, tasks)
        self.propose((), post=False)

    def _build_money(self, desk: Desk, tasks: Tasks) -> None:
        self.method = Segmented(
            (("cash", self.tr("Tiền mặt"), ""), ("pos", self.tr("Thẻ"), ""), ("transfer", self.tr("CK"), "")), "cash"
        )
        self.document = TextField(figures=True)
        self.document_row = FormRow(self.tr("Số biên lai, chứng từ"), self.document)
        self.info = TextField(placeholder=self.tr("ai báo, lúc nào, nội dung"))
        self.info_row = FormRow(self.tr("hoặc thông tin"), self.info, why=self.tr("từ 10 ký tự"))
        self.reason = TextField()
        self.reason_row = FormRow(self.tr("Lý do khác biểu phí"), self.reason)
        self.phrases = offer(desk, tasks, "collect", self.reason_row)
        for widget in (self.reason_row, self.method, self.document_row, self.info_row):
            self._column.addWidget(widget)
        for field in (self.document, self.info, self.reason):
            field.textChanged.connect(lambda _text: self.changed.emit())
        self.method.chosen.connect(lambda _key: self.changed.emit())

    def _build_exemption(self, desk: Desk, tasks: Tasks) -> None:
        self.ground = ComboBox(())
        self.ground_row = FormRow(self.tr("Căn cứ miễn"), self.ground)
        self.proof = TextField()
        self.proof_row = FormRow(self.tr("Giấy tờ chứng minh"), self.proof, why=self.tr("số, tên giấy tờ"))
        self.files = AttachmentsBox(desk, tasks, single=True)
        self.files.changed.connect(self.changed)
        self.files.view_asked.connect(self.view_asked)
        self.files.rejected.connect(self.proof_row.set_error)
        for widget in (self.ground_row, self.proof_row, self.files):
            self._column.addWidget(widget)
        self.ground.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.proof.textChanged.connect(lambda _text: self.changed.emit())

    def propose(self, proposals: tuple[Proposal, ...], *, post: bool) -> None:
        """Ask for the fee table's sums; ``post`` adds the postage."""
        self._proposals, self._post = proposals, post
        self._show_sums()

    def set_post(self, post: bool) -> None:
        """Add or take away the postage, what is typed staying."""
        if post != self._post:
            typed = [(proposal.kind, field.text()) for proposal, field in self.sums]
            self._post = post
            self._show_sums()
            for (_proposal, field), (_kind, text) in zip(self.sums, typed, strict=False):
                field.setText(text)

    def _show_sums(self) -> None:
        empty(self._lines)
        self.sums = []
        postage = Proposal(LineKind.OTHER, POSTAGE, None, None) if self._post else None
        for proposal in (*self._proposals, *((postage,) if postage else ())):
            field = MoneyEdit(proposal.amount or None)
            row = FormRow(proposal.name, field, why=_per(proposal))
            field.amount_changed.connect(lambda _sum: self._sums_changed())
            self._lines.addWidget(row)
            QWidget.setTabOrder(self.sums[-1][1] if self.sums else self.ways.last(), field)
            self.sums.append((proposal, field))
        kinds = tuple(NoticeLine(p.kind, p.name, p.amount or 0) for p in self._proposals)
        chosen = self.ground.key()
        self.ground.blockSignals(True)
        self.ground.clear()
        self.ground.addItem(self.tr("chọn căn cứ"), "")
        for key in fitting(kinds) if kinds else ():
            self.ground.addItem(texts.GROUND_NAMES[key], key)
        self.ground.setCurrentIndex(max(0, self.ground.findData(chosen)))
        self.ground.blockSignals(False)
        self._turn()

    def way(self) -> str:
        """Return what becomes of the fees; "" when the procedure asks for none."""
        if not self.sums:
            return ""
        return self.ways.key()

    def total(self) -> int:
        """Return what would be taken now, in đồng."""
        return sum(field.amount() or 0 for _, field in self.sums) if self.way() == NOW else 0

    def fee(self) -> Taking | Exemption | None:
        """Return what goes with the reception."""
        if self.way() == EXEMPT:
            return Exemption(self.ground.key(), self._proof())
        if self.way() != NOW:
            return None
        lines = tuple(NoticeLine(p.kind, p.name, field.amount() or 0) for p, field in self.sums if field.amount())
        reason = self.reason.text().strip() if self._reason_wanted() else ""
        return Taking(lines, payments.METHODS[self.method.key()], self._evidence(), reason=reason)

    def _evidence(self) -> Evidence:
        number = self.document.text().strip()
        return Evidence(number, self._desk.clock.now().date() if number else None, None, self.info.text().strip())

    def _proof(self) -> Evidence | None:
        files, words = self.files.files(), self.proof.text().strip()
        return Evidence(file=files[0] if files else None, info=words) if files or words else None

    def check(self) -> QWidget | None:
        """Show what is missing; return the first field to go to, None when all is well."""
        checks = {NOW: self._check_money, EXEMPT: self._check_exemption}
        check = checks.get(self.way())
        return check() if check else None

    def _check_money(self) -> QWidget | None:
        for _proposal, field in self.sums:
            if field.problem() is not None:
                return field
        if not self.total():
            self.document_row.set_error(self.tr("Cần ít nhất một khoản lớn hơn 0 đồng."))
            return self.sums[0][1]
        missing = self._reason_wanted() and not self.reason.text().strip()
        self.reason_row.set_error(texts.sentence("reason-needed") if missing else "")
        if missing:
            return self.reason
        proven = has_evidence(self._evidence())
        wanted = self.tr("Cần số biên lai, chứng từ; hoặc thông tin (ai báo, lúc nào, nội dung).")
        self.document_row.set_error("" if proven else wanted)
        return None if proven else self.document

    def _check_exemption(self) -> QWidget | None:
        self.ground_row.set_error("" if self.ground.key() else texts.sentence("ground-needed"))
        proof = self._proof()
        proven = proof is not None and has_evidence(proof)
        wanted = self.tr("Ghi giấy tờ chứng minh (từ 10 ký tự), hoặc kèm tệp.")
        unread = self.files.unread()
        self.proof_row.set_error(unread or ("" if proven else wanted))
        return self.ground if not self.ground.key() else self.files.zone if unread else None if proven else self.proof

    def _reason_wanted(self) -> bool:
        return any(differs(proposal, field.amount()) for proposal, field in self.sums)

    def _sums_changed(self) -> None:
        self.reason_row.setVisible(self.way() == NOW and self._reason_wanted())
        self.changed.emit()

    def _turn(self) -> None:
        way = self.way()
        self.none.setText(self.tr("Chọn thủ tục để xem phí, lệ phí.") if not self._proposals else "")
        self.none.setVisible(not self.sums)
        self.ways.setVisible(bool(self.sums))
        for at in range(self._lines.count()):
            item = self._lines.itemAt(at)
            row = item.widget() if item is not None else None
            if row is not None:
                row.setVisible(way == NOW)
        for widget in (self.method, self.document_row, self.info_row):
            widget.setVisible(way == NOW)
        for widget in (self.ground_row, self.proof_row, self.files):
            widget.setVisible(way == EXEMPT)
        self._sums_changed()

    def say_none(self) -> None:
        """The procedure chosen asks for no fee."""
        self.none.setText(self.tr("Thủ tục này không thu phí, lệ phí."))

    def state(self) -> dict[str, Any]:
        """Return everything typed, for a draft."""
        return {
            "way": self.way(), "sums": [field.text() for _, field in self.sums], "method": self.method.key(),
            "document": self.document.text(), "info": self.info.text(), "reason": self.reason.text(),
            "ground": self.ground.key(), "proof": self.proof.text(), "files": self.files.state(),
        }  # fmt: skip

    def restore(self, state: object) -> None:
        """Fill the form from a draft, once the sums are there."""
        saved: dict[str, Any] = state if isinstance(state, dict) else {}
        self.ways.choose(str(saved.get("way") or LATER))
        for (_proposal, field), text in zip(self.sums, saved.get("sums", ()), strict=False):
            field.setText(str(text))
        self.method.choose(str(saved.get("method", "cash")))
        for key in ("document", "info", "reason", "proof"):
            field = getattr(self, key)
            field.setText(str(saved.get(key, "")))
        self.ground.setCurrentIndex(max(0, self.ground.findData(saved.get("ground", ""))))
        self.files.restore(saved.get("files", []))

    def words(self) -> str:
        """Return what the press will do about money: ``thu 15.000 đ``, ``miễn``, ""."""
        if self.way() == EXEMPT:
            return self.tr("ghi miễn")
        return self.tr("thu {0}").format(format_dong(self.total())) if self.total() else ""


def _per(proposal: Proposal) -> str:
    if not proposal.per:
        return ""
    words = table_words(proposal, None).removeprefix(f"{proposal.name} · ")
    return words.removeprefix("nhập ")  # beside a long name there is room for whose table it is only
