"""The small dialogs of one deed each: Chuyển xử lý, Hoàn thành, Trả kết quả.

They stand together because each is a reason, a target or a name, and one button.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app import texts
from app.domain.dossier import Dossier, Step
from app.domain.handling import Collected, Result
from app.domain.money import format_dong
from app.domain.notices import open_notices, owing
from app.domain.words import Signature
from app.services import processing, reception
from app.services.desk import Desk
from app.services.processing import Target
from app.services.views import Acted, Card
from ui import keys
from ui.dossier.attachments_box import AttachmentsBox
from ui.dossier.deed_dialog import DeedDialog, State, later_focus
from ui.dossier.phrases import offer
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.form_row import FormRow, beside
from ui.widgets.plain_label import Bold, PlainLabel
from ui.widgets.text_field import ComboBox, TextArea, TextField

_WIDTH = 600
_SIGNATURES = (
    (Signature.UNCHECKED.value, "Chưa kiểm tra"),
    (Signature.SIGNED.value, "Đã ký"),
    (Signature.UNSIGNED.value, "Chưa ký"),
)
IDENTITIES = (
    ("", "Chưa kiểm tra"),
    ("Thẻ căn cước", "Thẻ căn cước, đúng người nhận"),
    ("Ứng dụng VNeID", "Ứng dụng VNeID, đúng người nhận"),
    ("Giấy ủy quyền và thẻ căn cước", "Giấy ủy quyền và thẻ căn cước người được ủy quyền"),
)
_SIGNED, _POSTED, _NEITHER = "signed", "posted", "neither"
_WAYS = ((_SIGNED, "Ký nhận trên phiếu"), (_POSTED, "Gửi bưu chính"), (_NEITHER, "Không ký nhận"))


def undo_note(dialog: DeedDialog) -> PlainLabel:
    """Return the quiet words that the deed can be taken back."""
    return PlainLabel(dialog.tr("Sau khi bấm có 8 giây để hoàn tác."), role=Role.SMALL, tone="text_3")


def next_step(dossier: Dossier) -> Step:
    """Return the step that a dossier is forwarded to."""
    steps = dossier.procedure.steps
    at = next((n for n, step in enumerate(steps) if dossier.step is not None and step.key == dossier.step.key), 0)
    return steps[min(at + 1, len(steps) - 1)]


class ForwardDialog(DeedDialog):
    """Chuyển xử lý: a unit and, if wanted, one officer of it; the next step's unit stands first."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        step = next_step(card.dossier)
        super().__init__(
            window, desk, tasks, card, "Chuyển xử lý",
            primary=f"Chuyển: {step.name}", width=_WIDTH, draft_kind="forward",
        )  # fmt: skip
        self._unit_id = step.unit_id
        self._targets: tuple[Target, ...] = ()
        self.unit = ComboBox()
        self.officer = ComboBox()
        self._unit_row = FormRow(self.tr("Đơn vị"), self.unit, required=True)
        row = FormRow(self.tr("Người nhận"), self.officer)
        self.body.addLayout(beside(self._unit_row, row))
        self.comment = TextArea(rows=3)
        why = self.tr("không bắt buộc, công dân không đọc")
        self.body.addWidget(FormRow(self.tr("Ý kiến"), self.comment, why=why))
        self.unit.currentIndexChanged.connect(self._unit_chosen)
        self.focus_first(self.officer)
        self.begin(lambda: processing.targets(desk), self._known)

    def _known(self, targets: tuple[Target, ...]) -> None:
        self._targets = targets
        for target in targets:
            self.unit.addItem(target.name, target.unit_id)
        at = self.unit.findData(self._unit_id)
        self.unit.setCurrentIndex(max(at, 0) if targets else -1)
        if not targets:
            self.tell("refused", self.tr("Máy này chưa có danh sách đơn vị. Đăng nhập lại khi có mạng rồi chuyển."))

    def _unit_chosen(self, _index: int) -> None:
        self.officer.clear()
        target = next((t for t in self._targets if t.unit_id == self.unit.key()), None)
        self.officer.addItem(self.tr("Hàng chờ của đơn vị"), "")
        for officer in target.officers if target is not None else ():
            self.officer.addItem(officer.name, officer.username)
        if target is not None and len(target.officers) == 1:
            self.officer.setCurrentIndex(1)

    def deed(self) -> Callable[[], Acted] | None:
        to = self.officer.key() or self.unit.key()
        self._unit_row.set_error("" if to else self.tr("Chưa chọn đơn vị nhận."))
        if not to:
            return None
        desk, dossier_id, comment = self.desk, self.dossier.id, self.comment.text()
        return lambda: processing.forward(desk, dossier_id, to, comment)

    def state(self) -> State:
        return {"unit": self.unit.key(), "officer": self.officer.key(), "comment": self.comment.text()}

    def restore(self, state: State) -> None:
        for box, key in ((self.unit, "unit"), (self.officer, "officer")):
            at = box.findData(state.get(key))
            if at >= 0:
                box.setCurrentIndex(at)
        self.comment.setPlainText(str(state.get("comment", "")))


class CompleteDialog(DeedDialog):
    """Hoàn thành, with the result's file if there is one."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Hoàn thành xử lý", primary="Hoàn thành", width=_WIDTH, draft_kind="complete"
        )
        self.files = AttachmentsBox(desk, tasks)
        self._files_row = FormRow(self.tr("Tệp kết quả"), self.files, why=self.tr("không bắt buộc"))
        self.files.rejected.connect(self._rejected)
        self.files.changed.connect(lambda: self._rejected(""))
        self.files.view_asked.connect(self.view_asked)
        self.body.addWidget(self._files_row)
        self.signature = ComboBox(_SIGNATURES)
        self.signed_by = TextField()
        self._signer_row = FormRow(self.tr("Người ký"), self.signed_by)
        self._signer_row.setEnabled(False)
        self.signature.currentIndexChanged.connect(self._signature_chosen)
        self.body.addLayout(beside(FormRow(self.tr("Chữ ký trên tệp kết quả"), self.signature), self._signer_row))
        self.comment = TextArea(rows=2)
        self.body.addWidget(FormRow(self.tr("Ý kiến"), self.comment, why=self.tr("không bắt buộc")))
        self.body.addWidget(Banner("info", self.tr("Hồ sơ về hàng “Chờ trả kết quả” của quầy một cửa; đồng hồ dừng.")))
        self.foot.addWidget(undo_note(self))
        self.focus_first(self.files.zone)
        self.begin()

    def _rejected(self, sentence: str) -> None:
        self._files_row.set_error(sentence)
        self.settle()

    def _signature_chosen(self, _index: int) -> None:
        self._signer_row.setEnabled(self.signature.key() == Signature.SIGNED)
        self._signer_row.set_error("")

    def deed(self) -> Callable[[], Acted] | None:
        if self.files.unread():
            self._rejected(self.files.unread())
            return None
        signature = Signature(self.signature.key())
        signer = self.signed_by.text().strip() if signature is Signature.SIGNED else ""
        unnamed = signature is Signature.SIGNED and not signer
        self._signer_row.set_error(texts.sentence("signer-needed") if unnamed else "")
        if unnamed:
            later_focus(self, self.signed_by)
            return None
        desk, dossier_id = self.desk, self.dossier.id
        files, comment, result = self.files.files(), self.comment.text(), Result(signature, signer)
        return lambda: processing.complete(desk, dossier_id, files, comment, result)

    def state(self) -> State:
        return {
            "comment": self.comment.text(), "files": self.files.state(),
            "signature": self.signature.key(), "signer": self.signed_by.text(),
        }  # fmt: skip

    def restore(self, state: State) -> None:
        self.comment.setPlainText(str(state.get("comment", "")))
        self.signature.setCurrentIndex(max(self.signature.findData(state.get("signature")), 0))
        self.signed_by.setText(str(state.get("signer", "")))
        self.files.restore(state.get("files"))


class ReturnDialog(DeedDialog):
    """Trả kết quả to a named person; money owing is named first, and going on without it needs a reason or F8."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Trả kết quả", primary="Trả kết quả", width=_WIDTH, draft_kind="return"
        )
        self._owed = owing(card.dossier)
        self._mailed = card.dossier.mail_to if card.dossier.result_channel == "post" else None
        self.receiver = TextField((self._mailed or card.dossier.submitter).name)
        self._receiver_row = FormRow(self.tr("Người nhận kết quả"), self.receiver, required=True)
        self.reason = TextField()
        why = self.tr("hồ sơ còn nợ tiền")
        self._reason_row = FormRow(self.tr("Lý do vẫn trả"), self.reason, why=why, required=True)
        self.phrases = offer(desk, tasks, "return", self._reason_row)
        self._reason_row.hide()
        self.all_the_same = Button(self.tr("Vẫn trả, ghi lý do"))
        self.focus_first(self.receiver)
        if self._owed:
            self._build_debt()
        if self._mailed is not None:
            to = self._mailed
            lead = Bold(self.tr("Gửi bưu chính tới: "))
            self.body.addWidget(Banner("info", lead, f"{to.name}, {to.phone}, {to.address}"))
        self.body.addWidget(self._receiver_row)
        self._build_handing()
        self.body.addWidget(self._reason_row)
        if not self._owed:
            self.foot.addWidget(undo_note(self))
        self.begin()

    def _build_handing(self) -> None:
        self.identity = ComboBox(IDENTITIES)
        self.way = ComboBox(_WAYS)
        posted = self.dossier.result_channel == "post"
        self.way.setCurrentIndex(1 if posted else 0)
        self.post_code = TextField(figures=True)
        self._post_row = FormRow(self.tr("Số hiệu bưu gửi"), self.post_code)
        if not posted:
            self._post_row.hide()
        self.way.currentIndexChanged.connect(self._way_chosen)
        self.body.addWidget(FormRow(self.tr("Giấy tờ của người nhận"), self.identity))
        self.body.addLayout(beside(FormRow(self.tr("Giao bằng"), self.way), self._post_row))

    def _way_chosen(self, _index: int) -> None:
        self._post_row.setVisible(self.way.key() == _POSTED)
        self.settle()

    def _handed(self) -> Collected:
        way = self.way.key()
        return Collected(self.identity.key(), way == _SIGNED, self.post_code.text() if way == _POSTED else "")

    def _build_debt(self) -> None:
        self._notice = open_notices(self.dossier)[0]
        what = ", ".join(dict.fromkeys(line.name.lower() for line in self._notice.lines))
        said = (self.tr("Công dân còn nợ {0} ").format(format_dong(self._owed)), self.tr("{0}. Thu trước khi trả?"))
        cap = keys.cap("tick_paid")
        banner = Banner("warn", Bold(said[0]), said[1].format(what), action=self.tr("Đã thanh toán"), key=cap)
        banner.acted.connect(self._tick)
        shortcut = QShortcut(QKeySequence(keys.sequence("tick_paid")), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self._tick)
        self.body.addWidget(banner)
        self.foot.addWidget(self.all_the_same)
        self.all_the_same.clicked.connect(self._go_on)
        self.set_primary(self.tr("Trả kết quả"), self.tr("Còn nợ {0}. Thu trước, hoặc ghi lý do vẫn trả.").format(
            format_dong(self._owed)
        ))  # fmt: skip
        self.focus_first(banner.action_button())

    def _go_on(self) -> None:
        self.all_the_same.hide()
        self._reason_row.show()
        self.set_primary(self.tr("Trả kết quả"))
        self.refit()
        later_focus(self, self.reason)

    def _tick(self) -> None:
        self.ask_instead("tick_paid", self._notice.id)

    def deed(self) -> Callable[[], Acted] | None:
        to, reason = self.receiver.text().strip(), self.reason.text().strip()
        self._receiver_row.set_error("" if to else texts.sentence("receiver-needed"))
        owing_words = texts.sentence("owing-needs-reason", amount_dong=self._owed)
        self._reason_row.set_error(owing_words if self._owed and not reason else "")
        if not to or (self._owed and not reason):
            later_focus(self, self.receiver if not to else self.reason)
            return None
        desk, dossier_id, handed = self.desk, self.dossier.id, self._handed()
        return lambda: reception.return_result(desk, dossier_id, to, reason if self._owed else "", handed)

    def state(self) -> State:
        return {
            "to": self.receiver.text(), "reason": self.reason.text(), "identity": self.identity.key(),
            "way": self.way.key(), "post_code": self.post_code.text(),
        }  # fmt: skip

    def restore(self, state: State) -> None:
        self.receiver.setText(str(state.get("to", "")))
        self.reason.setText(str(state.get("reason", "")))
        for box, key in ((self.identity, "identity"), (self.way, "way")):
            box.setCurrentIndex(max(box.findData(state.get(key)), 0))
        self.post_code.setText(str(state.get("post_code", "")))
        if self._owed and self.reason.text():
            self._go_on()
