"""The counter page (F2): form, appointment, fees and print on one screen; one press receives.

Stands apart from the form because it keeps the draft at every field, watches for the person's other dossiers, and
takes the money in the same press.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.forms import Form
from app.domain.listing import ListRow
from app.domain.procedures import Procedure
from app.domain.time_words import clock_time
from app.errors import KnownError
from app.services import counter, forms
from app.services.desk import Desk
from app.services.forms import Paper
from app.services.views import Acted, Card
from ui import keys, theme, timers
from ui.counter import draft
from ui.counter.draft import CounterDraft
from ui.counter.reception_form import ReceptionForm
from ui.counter.side import GAP, CounterSide
from ui.counter.turning_away import CounterFoot, TurningAway
from ui.dossier.deed_dialog import sentences
from ui.dossier.ledger_popover import LedgerPopover
from ui.pages import Page
from ui.present.wording import code_words
from ui.tasks import BUG, Tasks
from ui.theme import Role, Size
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.parts import Scroller, rule
from ui.widgets.plain_label import Bold, PlainLabel

_LOOK_MS = 120
_PEOPLE, _PAPERS, _SIDE = 10, 14, 9


class CounterPage(Page):
    """Signals: those of ``Page``."""

    def __init__(self, desk: Desk, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk, self._tasks = desk, tasks
        self._loaded = self._busy = False
        self._last: tuple[str, Form] | None = None
        self._alike: tuple[ListRow, ...] = ()
        self.form = ReceptionForm(desk, tasks, self, with_scans=True)
        self.side = CounterSide(desk, tasks)
        self.fee, self.slip = self.side.fee, self.side.slip
        self.foot = CounterFoot()
        self.problem, self.add_next, self.primary = self.foot.problem, self.foot.add_next, self.foot.primary
        self.away = TurningAway(self, desk, tasks)
        self.draft = CounterDraft(desk, tasks, self._state, self._restore, self)
        self._look_soon = timers.once(self, _LOOK_MS, self._look_for_others)
        self._lay_out()
        self._wire()

    # -- building ----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.told = Banner("ok", "", flat=True)
        self.others = Banner("info", "", action=self.tr("Xem"))
        for banner in (self.told, self.others):
            banner.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head())
        column.addWidget(rule())
        column.addWidget(self.told)
        column.addWidget(self._build_body(), 1)
        column.addWidget(rule())
        column.addWidget(self.foot)

    def _build_head(self) -> QWidget:
        head = QWidget()
        head.setObjectName("surface")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(theme.px(Size.TITLE_ROW))
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        row.setSpacing(theme.px(8))
        row.addWidget(PlainLabel(self.tr("Tiếp nhận tại quầy"), role=Role.TITLE))
        self.saved = PlainLabel("", tone="text_2", figures=True)
        row.addWidget(self.saved)
        self.anew = Button(self.tr("Bỏ nháp"), kind="bare", icon="trash")
        row.addWidget(self.anew)
        row.addStretch(1)
        scan = PlainLabel(self.tr("Quét thẻ ở bất kỳ ô nào"), role=Role.SMALL, tone="text_3")
        row.addWidget(scan)
        return head

    def _build_body(self) -> QWidget:
        inner = QWidget()
        inner.setObjectName("scrolled")
        row = QHBoxLayout(inner)
        row.setContentsMargins(*(theme.px(GAP) for _ in range(4)))
        row.setSpacing(theme.px(GAP))
        people = _padded(self.form.people)
        people_column = people.layout()
        assert isinstance(people_column, QVBoxLayout)
        people_column.addWidget(self.others)
        row.addWidget(people, _PEOPLE)
        row.addWidget(_padded(self.form.papers_side), _PAPERS)
        row.addWidget(self.side, _SIDE)
        self._area = Scroller()
        self._area.setWidget(inner)
        return self._area

    def _wire(self) -> None:
        self.form.changed.connect(self._touched)
        self.form.procedure_changed.connect(self._procedure_changed)
        self.form.applicant_known.connect(self._look_soon.start)
        self.form.view_asked.connect(self.view_asked)
        self.form.result.chosen.connect(lambda key: self.side.set_post(key == "post"))
        self.side.failed.connect(self._failed)
        self.draft.kept.connect(self._said_kept)
        self.fee.changed.connect(self._touched)
        self.fee.view_asked.connect(self.view_asked)
        self.slip.toggled.connect(lambda _on: self._touched())
        self.others.acted.connect(self._open_other)
        self.told.acted.connect(self.print_last)
        self.foot.refuse.clicked.connect(lambda: self._turn_away(Form.REFUSAL))
        self.foot.ask.clicked.connect(lambda: self._turn_away(Form.SUPPLEMENT))
        self.away.dialog_asked.connect(self.dialog_asked)
        self.away.failed.connect(self._failed)
        self.away.done.connect(self._turned_away)
        self.side.why_asked.connect(self._explain)
        self.anew.clicked.connect(self._throw_away)
        self.add_next.clicked.connect(self.confirm_stay)
        self.primary.clicked.connect(self.confirm)

    # -- coming and going --------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """The first time: what an earlier day, or a crash, left half written. Later only the appointment."""
        if self._loaded:
            self.side.ask()
            return
        self._loaded = True
        self.draft.load(lambda: self.saved.setText(self.tr("đã mở lại nháp chưa tiếp nhận")))

    def take_card(self, text: str) -> None:
        """A card was scanned, anywhere."""
        self.form.take_card(text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.form.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def next_pane(self) -> None:
        """Ctrl+Tab: the next of people, papers, fees, and what may be done instead of receiving."""
        papers = self.form.papers.rows[0].brought if self.form.papers.rows else self.form.summary
        panes = [
            (self.form.people, self.form.applicant.number),
            (self.form.papers_side, papers if self.form.procedure.procedure() else self.form.procedure),
            (self.side, self.fee.ways.first() if self.fee.way() else self.side.slip),
            (self.foot, self.foot.refuse),
        ]
        focus = self.window().focusWidget()
        now = next((at for at, (pane, _) in enumerate(panes) if pane.isAncestorOf(focus)), -1)
        self._to(panes[(now + 1) % len(panes)][1])

    def _to(self, field: QWidget) -> None:
        field.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(field)

    def key(self, command: str) -> None:
        """F3 to the files, F4 why that date, Ctrl+S keeps the draft, Ctrl+P prints: the last one, or receives first."""
        if command == "scan":
            self.form.papers.to_files()
        elif command == "due":
            self._explain()
        elif command == "save_draft":
            self.draft.keep()
        elif command == "print":
            if self.form.is_blank() and self._last is not None:
                self.print_last()
            else:
                self.slip.setChecked(True)
                self.confirm()

    # -- the draft ---------------------------------------------------------------------------------------------------

    def _touched(self) -> None:
        self.problem.setText("")
        self._dress()
        self.draft.touch()

    def _dress(self) -> None:
        money = self.fee.words()
        words = self.tr("Tiếp nhận") + (f", {money}" if money else "")
        self.primary.set_text(words + (self.tr(" và in") if self.slip.isChecked() else ""))
        back = self.draft.thrown() and self.form.is_blank()
        self.anew.set_text(self.tr("Lấy lại nháp") if back else self.tr("Bỏ nháp"))

    def _said_kept(self) -> None:
        self.saved.setText(self.tr("tự lưu nháp {0}").format(clock_time(self._desk.clock.now())))

    def _state(self) -> dict[str, Any] | None:
        if self.form.is_blank():
            return None
        return {"form": self.form.state(), "fee": self.fee.state(), "slip": self.slip.isChecked()}

    def _restore(self, state: dict[str, Any], procedure: Procedure | None) -> None:
        self.slip.setChecked(bool(state.get("slip", True)))
        self.side.restore_fee(state.get("fee", {}))
        self.form.restore(state.get("form", {}), procedure)
        self._dress()

    def _throw_away(self) -> None:
        """Empty the form; the same button brings it back."""
        if self.draft.thrown() and self.form.is_blank():
            self.draft.take_back()
            return
        self.draft.throw()
        self._clear()

    def _clear(self) -> None:
        self.form.clear()
        self.fee.restore({})
        self.others.hide()
        self.problem.setText("")
        self.draft.keep()
        self.saved.setText("")
        self._dress()
        self.form.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is shown beside ----------------------------------------------------------------------------------------

    def _procedure_changed(self, procedure: Procedure | None) -> None:
        if procedure is not None and self.form.procedure.hasFocus():
            self._to(self.form.first_field())
        self.side.show_procedure(procedure)

    def _look_for_others(self) -> None:
        desk, person = self._desk, self.form.person()

        def came(found: tuple[ListRow, ...]) -> None:
            self._alike = found
            self.others.setVisible(bool(found))
            if found:
                first = found[0]
                count = self.tr("Người này đang có {0} hồ sơ: ").format(len(found))
                code = code_words(first.receipt_code, first.code)
                self.others.set_state("info", Bold(count), f"{code} – {first.procedure}.", action=self.tr("Xem"))

        self._tasks.query(lambda: counter.open_dossiers_of(desk, person), came, owner=self)

    def _open_other(self) -> None:
        if self._alike:
            self.open_asked.emit(self._alike[0].id)

    # -- receiving ---------------------------------------------------------------------------------------------------

    def confirm(self) -> None:
        """Ctrl+Enter: receive, then show the dossier."""
        self._receive(stay=False)

    def confirm_stay(self) -> None:
        """Ctrl+Shift+Enter: receive, then the next citizen."""
        self._receive(stay=True)

    def _complete(self, wrong: QWidget | None) -> bool:
        """Say whether nothing is ``wrong``, else go there."""
        self.problem.setText("" if wrong is None else self.tr("Còn thiếu hoặc chưa đúng: xem ô được đánh dấu."))
        if wrong is not None:
            self._to(wrong)
        return wrong is None

    def _receive(self, *, stay: bool) -> None:
        if self._busy or not self._complete(self.form.check() or self.fee.check()):
            return
        desk, form, fee, wanted = self._desk, self.form.written(), self.fee.fee(), self.slip.isChecked()
        self._busy = True
        self.draft.sent()

        def work() -> tuple[tuple[Acted, ...], Paper | None]:
            acted = counter.receive(desk, form, fee)
            try:
                draft.drop(desk)
                return acted, forms.form_paper(desk, acted[0].dossier_id, Form.RECEPTION) if wanted else None
            except KnownError:  # it is received: neither a draft nor a paper may let it be received again
                return acted, None

        def done(found: tuple[tuple[Acted, ...], Paper | None]) -> None:
            self._busy = False
            self._received(*found, stay=stay, name=form.applicant.name)

        def failed(error: KnownError) -> None:
            self._failed(error)
            self._busy = error.code == BUG  # nobody knows how far it came: this form is not sent a second time

        self._tasks.command(work, done, failed, owner=self)

    def _received(self, acted: tuple[Acted, ...], paper: Paper | None, *, stay: bool, name: str) -> None:
        self._over(acted[0].dossier_id, Form.RECEPTION, self.tr("Đã tiếp nhận hồ sơ của {0}.").format(name))
        self.told.setVisible(stay)
        self.acted.emit(acted)
        if not stay:
            self.open_asked.emit(acted[0].dossier_id)
        if paper is not None:
            self.paper_asked.emit(paper)

    def _over(self, dossier_id: str, form: Form, sentence: str) -> None:
        """Done with this citizen: the form is empty, its paper may be printed again."""
        self._last = dossier_id, form
        self._clear()
        again = {Form.RECEPTION: "In giấy tiếp nhận", Form.REFUSAL: "In phiếu từ chối", Form.SUPPLEMENT: "In mẫu 02"}
        self.told.set_state("ok", Bold(sentence), action=again[form], key=keys.cap("print"))
        self.told.show()

    def _turn_away(self, form: Form) -> None:
        if not self._busy and self._complete(self.form.check(papers_needed=False)):
            self.draft.keep()
            self.away.begin(self.form.written(), form)

    def _turned_away(self, dossier_id: str, form: Form, name: str) -> None:
        said = {
            Form.REFUSAL: self.tr("Đã từ chối hồ sơ của {0}."),
            Form.SUPPLEMENT: self.tr("Đã yêu cầu {0} bổ sung giấy tờ."),
        }
        self.draft.sent()
        self._over(dossier_id, form, said[form].format(name))
        QTimer.singleShot(0, self, self.print_last)  # once the dialog is gone

    def _explain(self) -> None:
        """F4: why the result would be due then."""
        found = self.side.prospect()
        if found is not None:
            card = Card(found.dossier, None, ())
            self.dialog_asked.emit(LedgerPopover(self.window(), self._desk, self._tasks, card))

    def print_last(self) -> None:
        """Print the form of what was decided last; another time it is marked *bản in lại*."""
        if self._last is None:
            return
        desk, (dossier_id, form) = self._desk, self._last

        def make() -> Paper:
            return forms.form_paper(desk, dossier_id, form)

        self._tasks.command(make, self.paper_asked.emit, self._failed, owner=self)

    def _failed(self, error: KnownError) -> None:
        self.draft.touch()
        self.told.set_state("refused", sentences(error))
        self.told.show()


def _padded(inner: QWidget) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(theme.px(12), theme.px(9), theme.px(12), theme.px(9))
    column.setSpacing(theme.px(7))
    column.addWidget(inner)
    return card
