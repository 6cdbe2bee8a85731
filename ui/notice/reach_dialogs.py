"""Mẫu gọi and In và giao tay: an officer reaches the citizen himself, and writes down how.

They stand together because both end in the same fact: the notice was brought by hand or by voice.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.citizen_id import mask_phone
from app.domain.money import format_dong
from app.domain.notices import find, rest_of
from app.domain.people import Person
from app.domain.words import DeliveryChannel
from app.errors import KnownError
from app.services import fee_notices, notice_preview, printing, privacy
from app.services.desk import Desk
from app.services.views import Acted, Card
from ui import theme
from ui.dossier.deed_dialog import DeedDialog, State, later_focus
from ui.dossier.pdf_viewer import PdfViewer
from ui.present.wording import code_words
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, IconButton
from ui.widgets.card import Card as Sheet
from ui.widgets.form_row import FormRow
from ui.widgets.plain_label import PlainLabel
from ui.widgets.text_field import TextArea, TextField


class CallDialog(DeedDialog):
    """The words to say, filled in; and what came of the call."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, notice_id: str) -> None:
        super().__init__(
            window, desk, tasks, card, "Gọi điện theo mẫu", primary="Ghi đã gọi", width=700, draft_kind="call"
        )
        self._notice_id = notice_id
        self._build_numbers()
        self.script = Sheet(self.tr("Nói với công dân"))
        self.body.addWidget(self.script)
        self.note = TextArea(rows=2, placeholder=self.tr("ai nghe máy, hẹn nộp lúc nào"))
        why = self.tr("chỉ ghi khi đã nói chuyện được")
        self._row = FormRow(self.tr("Cuộc gọi"), self.note, why=why, required=True)
        self.body.addWidget(self._row)
        self.correct = Button(self.tr("Sửa số…"))
        self.correct.clicked.connect(lambda: self.ask_instead("correct_contact", DeliveryChannel.SMS.value))
        self.foot.addWidget(self.correct)
        self.focus_first(self.note)
        self.begin(lambda: notice_preview.call_script(desk, notice_id), self._ready)

    def _build_numbers(self) -> None:
        dossier = self.dossier
        people = {"submitter": dossier.submitter, "applicant": dossier.applicant}
        if dossier.submitter == dossier.applicant:
            people.pop("applicant")
        callable_ = {key: person for key, person in people.items() if person.phone}
        for key, person in callable_.items():
            self.body.addLayout(self._number(key, person))
        if not callable_:
            said = self.tr("Hồ sơ chưa có số điện thoại. Sửa số rồi gọi, hoặc in giấy báo.")
            self.body.addWidget(Banner("warn", said))

    def _number(self, key: str, person: Person) -> QHBoxLayout:
        """Return one number to dial, masked until it is asked for; each look is logged."""
        line = QHBoxLayout()
        line.setSpacing(theme.px(6))
        number = PlainLabel(mask_phone(person.phone), role=Role.SUM, figures=True)
        eye = IconButton("eye", self.tr("Hiện số điện thoại"))
        desk, dossier_id = self.desk, self.dossier.id
        field = "phone" if key == "submitter" else "applicant_phone"

        def show() -> None:
            self.tasks.command(
                lambda: privacy.revealed(desk, dossier_id, field), lambda _none: number.setText(person.phone),
                self.show_problem, owner=self,
            )  # fmt: skip
            eye.hide()

        eye.clicked.connect(show)
        who = self.tr("người nộp") if key == "submitter" else self.tr("chủ hồ sơ")
        line.addWidget(number)
        line.addWidget(eye)
        line.addWidget(PlainLabel(f"{person.name} · {who}", tone="text_2", elide=True), 1)
        return line

    def _ready(self, script: str) -> None:
        words = PlainLabel(script, wrap=True, figures=True)
        self.script.add(words, padded=True)

    def deed(self) -> Callable[[], Acted] | None:
        note = self.note.text()
        self._row.set_error("" if note else self.tr("Ghi ai nghe máy và hẹn gì."))
        if not note:
            later_focus(self, self.note)
            return None
        desk, notice_id = self.desk, self._notice_id
        return lambda: fee_notices.reached(desk, notice_id, DeliveryChannel.CALL, note)

    def state(self) -> State:
        return {"note": self.note.text()}

    def restore(self, state: State) -> None:
        self.note.setPlainText(str(state.get("note", "")))


class HandOverDialog(DeedDialog):
    """Print the notice, give it to someone, write down whom."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, notice_id: str) -> None:
        super().__init__(
            window, desk, tasks, card, "In và giao tay", primary="Ghi đã giao tay", width=600, draft_kind="hand_over"
        )
        self._notice_id = notice_id
        self.viewer: PdfViewer | None = None
        notice = find(card.dossier, notice_id)
        rest = format_dong(rest_of(card.dossier, notice)) if notice is not None else ""
        said = self.tr("In giấy báo {0}, đưa tận tay công dân, rồi ghi người nhận.").format(rest)
        self.body.addWidget(Banner("info", said, icon="printer"))
        self.receiver = TextField(card.dossier.submitter.name)
        self._row = FormRow(self.tr("Người nhận giấy báo"), self.receiver, required=True)
        self.body.addWidget(self._row)
        self.note = TextArea(rows=2)
        self.body.addWidget(FormRow(self.tr("Ghi chú"), self.note, why=self.tr("không bắt buộc")))
        self.print_button = Button(self.tr("In giấy báo"), icon="printer")
        self.print_button.clicked.connect(self._print)
        self.foot.addWidget(self.print_button)
        self.focus_first(self.print_button)
        self.begin()

    def _print(self) -> None:
        desk, dossier, notice_id = self.desk, self.dossier, self._notice_id
        self.print_button.set_reason(self.tr("Đang tạo giấy báo…"))

        def done(pdf: bytes) -> None:
            self.print_button.set_reason("")
            name = self.tr("Giấy báo {0}.pdf").format(code_words(dossier.receipt_code, dossier.code))
            self.viewer = PdfViewer(self, self.tasks, pdf, name)
            self.viewer.open()

        def failed(error: KnownError) -> None:
            self.print_button.set_reason("")
            self.show_problem(error)

        self.tasks.command(lambda: printing.fee_notice_pdf(desk, dossier.id, notice_id), done, failed, owner=self)

    def deed(self) -> Callable[[], Acted] | None:
        to, more = self.receiver.text().strip(), self.note.text()
        self._row.set_error("" if to else self.tr("Chưa ghi tên người nhận giấy báo."))
        if not to:
            later_focus(self, self.receiver)
            return None
        note = f"{to}. {more}" if more else to
        desk, notice_id = self.desk, self._notice_id
        return lambda: fee_notices.reached(desk, notice_id, DeliveryChannel.HANDED, note)

    def state(self) -> State:
        return {"to": self.receiver.text(), "note": self.note.text()}

    def restore(self, state: State) -> None:
        self.receiver.setText(str(state.get("to", "")))
        self.note.setPlainText(str(state.get("note", "")))
