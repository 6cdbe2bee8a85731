"""Sửa thông tin tiếp nhận: the form of the counter once more, over a dossier whose slip was printed already.

Stands apart from the page because it is a deed about a dossier: it wants a reason, keeps numbers and moment, and ends
in a reprint marked as one.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import texts
from app.domain.procedures import Procedure
from app.services import counter
from app.services.desk import Desk
from app.services.views import Acted, Card
from ui import keys, theme
from ui.counter.reception_form import ReceptionForm
from ui.dossier.deed_dialog import DeedDialog, State, later_focus
from ui.dossier.phrases import offer
from ui.tasks import Tasks
from ui.widgets.form_row import FormRow
from ui.widgets.text_field import TextField

_PEOPLE, _PAPERS = 10, 14


class CorrectReceptionDialog(DeedDialog):
    """The whole reception as it should have been; the printed slip is replaced by a reprint."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Sửa thông tin tiếp nhận", primary="Ghi và in lại", width=1060,
            draft_kind="correct_reception",
        )  # fmt: skip
        self._seen: State = {}
        self.form = ReceptionForm(desk, tasks, self)
        self.form.view_asked.connect(self.view_asked)
        self.form.procedure_changed.connect(lambda _procedure: self.settle())
        self.reason = TextField(placeholder=self.tr("sai chỗ nào, ai phát hiện"))
        why = self.tr("mã, mã biên nhận và giờ nhận giữ nguyên")
        self.reason_row = FormRow(self.tr("Lý do sửa"), self.reason, why=why, required=True)
        self.phrases = offer(desk, tasks, "correct_reception", self.reason_row)
        self.form.about.hide()
        right = QVBoxLayout()
        right.setSpacing(theme.px(7))
        right.addWidget(self.reason_row)
        right.addWidget(self.form.papers_side)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addWidget(self.form.people, _PEOPLE, Qt.AlignmentFlag.AlignTop)
        row.addLayout(right, _PAPERS)
        self.body.addLayout(row)
        scan = QShortcut(QKeySequence(keys.sequence("scan")), self)
        scan.activated.connect(self.form.papers.to_files)
        self.focus_first(self.reason)
        self.begin(lambda: counter.procedure(card.dossier.procedure.code), self._show)

    def take_card(self, text: str) -> None:
        """A card was scanned while the dialog is open."""
        self.form.take_card(text)

    def _show(self, procedure: Procedure | None) -> None:
        if procedure is None:
            self.tell("refused", texts.sentence("no-such-procedure", code=self.dossier.procedure.code))
            return
        self.form.show_form(counter.form_of(self.dossier), procedure)
        self._seen = self.form.state()

    def deed(self) -> Callable[[], Acted] | None:
        reason = self.reason.text().strip()
        self.reason_row.set_error("" if reason else texts.sentence("reason-needed"))
        wrong = self.reason if not reason else self.form.check()
        if wrong is not None:
            later_focus(self, wrong)
            return None
        desk, seen, form = self.desk, self.dossier, self.form.written()
        return lambda: counter.correct(desk, seen, form, reason)

    def state(self) -> State:
        return {"reason": self.reason.text(), "form": self.form.state(), "seen": self._seen}

    def restore(self, state: State) -> None:
        saved = over(state.get("form", {}), state.get("seen", {}), self._seen)
        self.reason.setText(str(state.get("reason", "")))
        code = str(saved.get("procedure", ""))
        self.tasks.query(lambda: counter.procedure(code), lambda found: self.form.restore(saved, found), owner=self)


def over(saved: State, seen: State, now: State) -> State:
    """Return a draft over the form of now: what its officer had left as he saw it is as it is now."""
    return {name: _value(value, seen.get(name), now.get(name)) for name, value in saved.items()}


def _value(saved: object, seen: object, now: object) -> object:
    if isinstance(saved, dict) and isinstance(seen, dict) and isinstance(now, dict):
        return over(saved, seen, now)
    return saved if seen is None or now is None or saved != seen else now
