"""Miễn / không phải nộp: a notice, one of its lines, or all that would be asked, with its ground and proof.

Stands apart because it settles without money: what is waived, why, by whom, and what the citizen will read.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from app import texts
from app.domain.dossier import Notice, NoticeLine
from app.domain.grounds import fitting
from app.domain.money import format_dong
from app.domain.notices import find, open_notices, rest_of
from app.domain.words import LineKind
from app.domain.words import State as DossierState
from app.errors import KnownError, Refused
from app.services import inbox, message_preview, waivers
from app.services.desk import Desk
from app.services.message_preview import MessagePreview
from app.services.views import Acted, Card
from ui import theme
from ui.dossier.deed_dialog import DeedDialog, State, later_focus, sentences
from ui.dossier.phrases import offer
from ui.notice.preview import CitizenView
from ui.payment.evidence_form import Proof
from ui.tasks import Tasks
from ui.widgets.checks import RadioButton
from ui.widgets.form_row import FormRow
from ui.widgets.plain_label import plain_tip
from ui.widgets.text_field import ComboBox, TextField

_PREVIEW_MS = 250
_OTHER = "other"


class WaiveDialog(DeedDialog):
    """Waives ``notice_id``, or whatever is chosen; without an open notice, all that the dossier would be asked."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, notice_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Miễn / không phải nộp", primary="Ghi miễn", width=1000, draft_kind="waive",
        )  # fmt: skip
        self._choices = self._what(open_notices(card.dossier))
        self.what = ComboBox(tuple((key, words) for key, (words, _sum) in self._choices.items()))
        self.what.setCurrentIndex(max(0, self.what.findData(notice_id)))
        self.what.currentIndexChanged.connect(lambda _index: self._changed())
        self.body.addWidget(FormRow(self.tr("Miễn khoản nào"), self.what))
        self._build_grounds()
        self.proof = Proof(desk, tasks, needed=False, spacing=7 if self.tight else 10, narrow=True)
        self.proof.grew.connect(self.settle)
        self.proof.view_asked.connect(self.view_asked)
        self.body.addStretch(1)
        self.citizen = CitizenView(tight=True)
        side = QVBoxLayout()
        side.setSpacing(theme.px(7 if self.tight else 10))
        side.addWidget(self.proof)
        side.addLayout(self.citizen, 1)
        self.set_side(side, 460)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PREVIEW_MS)
        self._soon.timeout.connect(self._ask_preview)
        self._asked = 0
        self._grey_unfit()
        self.focus_first(self._first_ground())
        self.begin(ready=lambda _nothing: self._changed())

    def _what(self, waiting: tuple[Notice, ...]) -> dict[str, tuple[str, int | None]]:
        """Return each choice: key → its words and sum in đồng (None: not announced yet)."""
        found: dict[str, tuple[str, int | None]] = {}
        for notice in waiting:
            rest = rest_of(self.dossier, notice)
            found[notice.id] = (f"{format_dong(rest)} · {self.tr('cả thông báo')} “{notice.title}”", rest)
            waived = {w.line for w in self.dossier.waivers if w.notice_id == notice.id}
            for at, line in enumerate(notice.lines if len(notice.lines) > 1 else ()):
                amount = min(rest, line.amount)
                if at not in waived:
                    found[f"{notice.id}#{at}"] = (f"{format_dong(amount)} · {line.name}", amount)
        if found:
            return found
        obliged = self.dossier.state is DossierState.AWAITING_OBLIGATION
        words = self.tr("Nghĩa vụ tài chính của hồ sơ") if obliged else self.tr("Mọi khoản theo biểu phí của hồ sơ")
        return {"": (words, None)}

    def _build_grounds(self) -> None:
        self._group = QButtonGroup(self)
        self.grounds: dict[str, RadioButton] = {}
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(1))
        names = {**texts.GROUND_NAMES, _OTHER: self.tr("Căn cứ khác")}
        for at, (key, name) in enumerate(names.items()):
            button = RadioButton(name)
            self.grounds[key] = button
            self._group.addButton(button)
            button.toggled.connect(lambda _on: self._changed())
            grid.addWidget(button, at // 2, at % 2)
        failed = inbox.why_not(self.desk, self.dossier, "waive", _OTHER)
        why = sentences(Refused(failed)) if failed else ""
        self.grounds[_OTHER].setEnabled(not failed)
        self.grounds[_OTHER].setToolTip(plain_tip(why))
        self.grounds[_OTHER].setAccessibleDescription(why)
        if failed:
            self.grounds[_OTHER].setText(self.tr("Căn cứ khác – chỉ lãnh đạo đơn vị ghi được"))
            grid.addWidget(self.grounds[_OTHER], (len(names) - 1) // 2, 0, 1, 2)
        self._grounds_row = FormRow(self.tr("Căn cứ"), holder)
        self.body.addWidget(self._grounds_row)
        self.other = TextField(placeholder=self.tr("văn bản, quyết định cho miễn"))
        self._other_row = FormRow(self.tr("Căn cứ khác là"), self.other, required=True)
        self._other_row.hide()
        self.other.textChanged.connect(lambda _text: self._soon.start())
        self.note = TextField()
        note_row = FormRow(self.tr("Ghi chú"), self.note, why=self.tr("không bắt buộc, công dân không đọc"))
        self.phrases = offer(self.desk, self.tasks, "waive", note_row)
        self.body.addWidget(self._other_row)
        self.body.addWidget(note_row)

    def ground(self) -> str:
        """Return the ground: a code of the table, or the head's own words; "" while none is chosen."""
        key = next((key for key, button in self.grounds.items() if button.isChecked()), "")
        return self.other.text().strip() if key == _OTHER else key

    def _changed(self) -> None:
        shown = self.grounds[_OTHER].isChecked()
        if shown != self._other_row.isVisibleTo(self):
            self._other_row.setVisible(shown)
            self.settle()
        self._grey_unfit()
        amount = self._choices[self.what.key()][1]
        self.set_primary(self.tr("Ghi miễn") if amount is None else self.tr("Miễn {0}").format(format_dong(amount)))
        self._soon.start()

    def _grey_unfit(self) -> None:
        """Wake only the grounds for the lines chosen: the fee table's for fees, the tax office's for its own."""
        notice_id, line = self._meant()
        notice = find(self.dossier, notice_id)
        obliged = self.dossier.state is DossierState.AWAITING_OBLIGATION
        asked = NoticeLine(LineKind.NVTC if obliged else LineKind.LE_PHI, "", 0)
        fit = waivers.grounds_for(notice, line) if notice is not None else fitting((asked,))
        self._group.setExclusive(False)
        for key in texts.GROUND_NAMES:
            button = self.grounds[key]
            button.setEnabled(key in fit)
            button.setChecked(button.isChecked() and key in fit)
            button.setToolTip("" if key in fit else self.tr("Căn cứ này không dành cho khoản đã chọn."))
        self._group.setExclusive(True)

    def _first_ground(self) -> RadioButton:
        return next(button for button in self.grounds.values() if button.isEnabled())

    def _ask_preview(self) -> None:
        self._asked += 1
        turn, desk, dossier_id, ground = self._asked, self.desk, self.dossier.id, self.ground()
        notice_id, line = self._meant()

        def read() -> tuple[MessagePreview, ...]:
            if notice_id:
                return message_preview.waiver(desk, notice_id, ground, line)
            return message_preview.dossier_waiver(desk, dossier_id, ground)

        def show(found: tuple[MessagePreview, ...]) -> None:
            if turn != self._asked:
                return
            if found:
                self.citizen.show_message(found[-1])
            else:
                self.citizen.show_nothing(self.tr("Chưa báo công dân khoản nào nên không có tin gửi đi."))
            self.settle()

        self.tasks.query(read, show, self._no_preview, owner=self)

    def _no_preview(self, error: KnownError) -> None:
        self.citizen.show_nothing(texts.of(error))

    def _meant(self) -> tuple[str, int | None]:
        """Return the notice chosen, "" for the dossier, and the index of its line if only one is meant."""
        notice_id, _, line = self.what.key().partition("#")
        return notice_id, int(line) if line else None

    def deed(self) -> Callable[[], Acted] | None:
        ground = self.ground()
        chosen = any(button.isChecked() for button in self.grounds.values())
        self._grounds_row.set_error("" if chosen else texts.sentence("ground-needed"))
        self._other_row.set_error(texts.sentence("ground-needed") if chosen and not ground else "")
        unproven = self.proof.check()
        wrong = (self._first_ground() if not chosen else self.other) if not ground else unproven
        if wrong is not None:
            later_focus(self, wrong)
            return None
        desk, dossier_id, note = self.desk, self.dossier.id, self.note.text()
        evidence = self.proof.evidence() if self.proof.given() else None
        notice_id, line = self._meant()
        if notice_id:
            return partial(waivers.waive_notice, desk, notice_id, ground, line=line, evidence=evidence, note=note)
        return partial(waivers.waive_dossier, desk, dossier_id, ground, evidence=evidence, note=note)

    def state(self) -> State:
        ground = next((key for key, button in self.grounds.items() if button.isChecked()), "")
        return {
            "what": self.what.key(), "ground": ground, "other": self.other.text(), "note": self.note.text(),
        } | self.proof.state()  # fmt: skip

    def restore(self, state: State) -> None:
        at = self.what.findData(state.get("what"))
        self.what.setCurrentIndex(max(at, 0))
        ground = self.grounds.get(str(state.get("ground", "")))
        if ground is not None and ground.isEnabled():
            ground.setChecked(True)
        self.other.setText(str(state.get("other", "")))
        self.note.setText(str(state.get("note", "")))
        self.proof.restore(state)
