"""What is asked of a dossier brought in person: people at the left, procedure and papers beside.

Stands apart from the page because a correction asks the very same things of a dossier that is there already.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app import texts
from app.domain.folding import clean_name
from app.domain.people import Person
from app.domain.procedures import Procedure
from app.domain.registration import MAX_SETS
from app.domain.time_words import limit_words
from app.errors import KnownError
from app.services import counter
from app.services.counter import CounterForm
from app.services.desk import Desk
from ui import theme
from ui.counter.mailing_box import MailingBox
from ui.counter.papers_box import PapersBox
from ui.counter.person_box import PersonBox
from ui.counter.procedure_field import ProcedureField
from ui.counter.scan_strip import ScanStrip
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.banner import Banner
from ui.widgets.checks import CheckBox, Segmented
from ui.widgets.form_row import FormRow
from ui.widgets.plain_label import PlainLabel
from ui.widgets.text_field import TextField

State = dict[str, Any]
_SETS_WIDTH = 60


class ReceptionForm(QObject):
    """Two columns of widgets, ``people`` and ``papers_side``, for whoever lays them out; ``scans`` where there is room.

    Signals: ``changed()`` at every change; ``procedure_changed(object)`` the ``Procedure`` or None;
    ``applicant_known()`` the applicant may be looked for; ``view_asked(object)`` a ``FileRef`` to look at.
    """

    changed = Signal()
    procedure_changed = Signal(object)
    applicant_known = Signal()
    view_asked = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject, *, with_scans: bool = False) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._restoring = False
        self.applicant, self.submitter = PersonBox(self._today), PersonBox(self._today, brief=True)
        self.same = CheckBox(self.tr("Người nộp cũng là chủ hồ sơ"), checked=True)
        self.result = Segmented((("counter", self.tr("Tại quầy"), ""), ("post", self.tr("Bưu chính"), "")), "counter")
        self.also_online = CheckBox(self.tr("Thêm bản điện tử trên Cổng"))
        self.mailing = MailingBox()
        self.card_note = Banner("ok", "")
        self.card_note.hide()
        self.procedure = ProcedureField(desk, tasks)
        self.procedure_row = FormRow(self.tr("Thủ tục"), self.procedure, required=True)
        self.about = PlainLabel("", role=Role.SMALL, tone="text_3", wrap=True)
        self.papers = PapersBox(desk, tasks)
        self.scans = ScanStrip(desk, tasks, self.papers) if with_scans else None
        self.summary = TextField()
        self.sets = TextField("1", figures=True)
        self.sets.setFixedWidth(theme.px(_SETS_WIDTH))
        self.sets_row = FormRow(self.tr("Số bộ"), self.sets)
        self.people, self.papers_side = QWidget(), QWidget()
        self._lay_out_people()
        self._lay_out_papers()
        self._wire()

    def _lay_out_people(self) -> None:
        column = _column(self.people)
        column.addWidget(self.card_note)
        column.addWidget(self.applicant)
        column.addWidget(self.same)
        column.addWidget(self.submitter)
        column.addWidget(FormRow(self.tr("Nhận kết quả"), self.result))
        column.addWidget(self.mailing)
        column.addWidget(self.also_online)
        column.addStretch(1)
        self.submitter.hide()
        self.mailing.hide()

    def _lay_out_papers(self) -> None:
        column = _column(self.papers_side)
        column.addWidget(self.procedure_row)
        column.addWidget(self.about)
        column.addWidget(self.papers)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(FormRow(self.tr("Nội dung đề nghị"), self.summary, why=self.tr("để trống: tên thủ tục")), 1)
        row.addWidget(self.sets_row)
        column.addLayout(row)
        if self.scans is not None:
            self.scans.view_asked.connect(self.view_asked)
            column.addWidget(self.scans)
        column.addStretch(1)

    def _wire(self) -> None:
        for box in (self.applicant, self.submitter):
            box.changed.connect(self._touched)
        self.applicant.known.connect(self.applicant_known)
        self.applicant.kind_changed.connect(lambda _kind: self._kind_turned())
        self.same.toggled.connect(self._same_toggled)
        self.result.chosen.connect(self._way_chosen)
        self.mailing.changed.connect(self._touched)
        self.also_online.toggled.connect(lambda _on: self._touched())
        self.procedure.picked.connect(self._picked)
        self.procedure.dropped.connect(self._dropped)
        self.papers.changed.connect(self._touched)
        self.papers.view_asked.connect(self.view_asked)
        for field in (self.summary, self.sets):
            field.textChanged.connect(lambda _text: self._touched())
        self.sets.cleaned.connect(lambda _text: self._check_sets())

    def _today(self) -> date:
        return self._desk.clock.now().date()

    def _touched(self) -> None:
        if not self._restoring:
            self.changed.emit()

    # -- what the officer does ---------------------------------------------------------------------------------------

    def take_card(self, text: str) -> None:
        """Fill in whom a scanned card names: the submitter while his field has the focus, or for an organisation."""
        try:
            person, warnings = counter.from_card(text)
        except KnownError as error:
            self.say("refused", texts.of(error))
            return
        focus = QApplication.focusWidget()
        hands_in = not self.same.isChecked() and self.submitter.isAncestorOf(focus)
        if self.applicant.is_organisation():
            self.same.setChecked(False)
            hands_in = True
        box = self.submitter if hands_in else self.applicant
        box.fill(person, read=True)
        whose = self.tr("người nộp") if hands_in else self.tr("chủ hồ sơ")
        if warnings:
            self.say("warn", " ".join(texts.sentence(code) for code in warnings))
        else:
            self.say("ok", self.tr("Đã đọc thẻ căn cước của {0}: {1}.").format(whose, person.name))

    def say(self, kind: str, sentence: str) -> None:
        """Say something about the people at the top of their column; "" takes it away."""
        if sentence:
            self.card_note.set_state(kind, sentence)
        self.card_note.setVisible(bool(sentence))

    def first_field(self) -> QWidget:
        """Return where work begins: what is still missing."""
        if self.procedure.procedure() is None:
            return self.procedure
        box = self.applicant
        fields = (box.number, box.phone, box.name)
        return next((field for field in fields if not field.text().strip()), box.phone)

    def _kind_turned(self) -> None:
        if self.applicant.is_organisation() and not self._restoring:
            self.same.setChecked(False)

    def _same_toggled(self, same: bool) -> None:
        self.submitter.setVisible(not same)
        self._touched()

    def _way_chosen(self, way: str) -> None:
        self.mailing.setVisible(way == "post")
        self._touched()

    def _picked(self, procedure: Procedure) -> None:
        self.procedure_row.set_error("")
        self._about(procedure)
        if not self._restoring:
            self.papers.ask_for(procedure.components)
        self._line_up()
        self.procedure_changed.emit(procedure)
        self._touched()

    def _line_up(self) -> None:
        """Rows are made later than what stands below them: let Tab follow the eye."""
        last = self.papers.line_up(self.procedure)
        QWidget.setTabOrder(last, self.summary)
        QWidget.setTabOrder(self.summary, self.sets)
        if self.scans is not None:
            self.scans.line_up(self.sets)

    def _dropped(self) -> None:
        self.about.setText("")
        self.papers.ask_for(())
        self.procedure_changed.emit(None)
        self._touched()

    def _about(self, procedure: Procedure) -> None:
        online = self.tr("thanh toán trực tuyến được") if procedure.pays_online else self.tr("thu tại quầy")
        limit = limit_words(procedure.limit.amount, procedure.limit.unit)
        self.about.setText(" · ".join(part for part in (procedure.field, limit, online) if part))

    # -- what was written --------------------------------------------------------------------------------------------

    def check(self, *, papers_needed: bool = True) -> QWidget | None:
        """Show every error at its field; return the first to go to, None when all is well."""
        chosen = self.procedure.procedure() is not None
        self.procedure_row.set_error("" if chosen else self.tr("Chọn thủ tục: gõ mã hoặc tên, rồi Enter."))
        by_post = self.result.key() == "post"
        home = by_post and self.mailing.own.isChecked()
        wrong = [
            None if chosen else self.procedure,
            self.papers.check(some_needed=papers_needed) if chosen else None,
            self._check_sets(),
            self.applicant.check(address_needed=home),
            None if self.same.isChecked() else self.submitter.check(),
            self.mailing.check() if by_post else None,
        ]
        return next((field for field in wrong if field is not None), None)

    def _check_sets(self) -> QWidget | None:
        text = self.sets.text().strip()
        sound = text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= MAX_SETS
        self.sets_row.set_error("" if sound else texts.sentence("sets-unsound", limit=MAX_SETS))
        return None if sound else self.sets

    def written(self) -> CounterForm:
        """Return the form; ``check`` first."""
        procedure = self.procedure.procedure()
        applicant = self.applicant.person()
        return CounterForm(
            procedure_code=procedure.code if procedure else "",
            applicant=applicant,
            submitter=applicant if self.same.isChecked() else self.submitter.person(),
            components=self.papers.components(),
            summary=self.summary.text(),
            result_channel=self.result.key(),
            sets=int(self.sets.text()),
            mail_to=self.mailing.mail_to(),
            result_also_online=self.also_online.isChecked(),
        )

    def person(self) -> Person:
        """Return the applicant as typed so far, for looking who that is."""
        found = self.applicant.person()
        try:
            return Person(clean_name(found.name), found.kind, found.identity_no.strip(), found.phone.strip())
        except KnownError:
            return Person("", found.kind, found.identity_no.strip())

    def is_blank(self) -> bool:
        """Say whether nothing was written yet."""
        people = (*self.applicant.state().items(), *self.submitter.state().items())
        typed = any(text for key, text in people if key != "kind")
        return not typed and self.procedure.procedure() is None and not self.summary.text()

    def clear(self) -> None:
        """Begin with the next citizen."""
        self.restore({}, None)

    def state(self) -> State:
        """Return everything written, for a draft."""
        procedure = self.procedure.procedure()
        return {
            "procedure": procedure.code if procedure else "", "papers": self.papers.state(),
            "applicant": self.applicant.state(), "same": self.same.isChecked(), "submitter": self.submitter.state(),
            "result": self.result.key(), "mailing": self.mailing.state(),
            "also_online": self.also_online.isChecked(), "summary": self.summary.text(), "sets": self.sets.text(),
        }  # fmt: skip

    def restore(self, state: State, procedure: Procedure | None) -> None:
        """Show what was written; ``procedure`` is that of its code, looked up off the GUI thread."""
        self._restoring = True
        self.say("ok", "")
        self.applicant.restore(state.get("applicant", {}))
        self.submitter.restore(state.get("submitter", {}))
        self.same.setChecked(bool(state.get("same", True)))
        self.mailing.restore(state.get("mailing"))
        self.result.choose(str(state.get("result", "counter")))
        self.also_online.setChecked(bool(state.get("also_online")))
        self.summary.setText(str(state.get("summary", "")))
        self.sets.setText(str(state.get("sets", "1")))
        self.sets_row.set_error("")
        self.procedure_row.set_error("")
        if procedure is None:
            self.procedure.clear_choice()
            self._dropped()
        else:
            self.procedure.choose(procedure)
            self.papers.restore(state.get("papers", []), procedure.components)
            self._line_up()
        self._restoring = False

    def show_form(self, form: CounterForm, procedure: Procedure) -> None:
        """Show a reception as it stands: what a correction starts from."""
        self._restoring = True
        self.applicant.fill(form.applicant)
        self.same.setChecked(form.submitter == form.applicant)
        if form.submitter != form.applicant:
            self.submitter.fill(form.submitter)
        self.mailing.fill(form.mail_to)
        self.result.choose(form.result_channel)
        self.also_online.setChecked(form.result_also_online)
        self.summary.setText("" if form.summary == procedure.name else form.summary)
        self.sets.setText(str(form.sets))
        self.procedure.choose(procedure)
        self.papers.set_components(form.components, procedure.components)
        self._line_up()
        self._restoring = False


def _column(side: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(5))
    return column
