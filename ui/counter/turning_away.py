"""The foot of the counter page, and what happens when nothing is received: the dialog, the deed, the paper.

Stands apart from the page because receiving is one press and this is a question first.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.forms import Form
from app.errors import KnownError
from app.services import turned_away
from app.services.counter import CounterForm
from app.services.desk import Desk
from app.services.views import Acted, Card
from ui import keys, theme
from ui.counter.turn_away_dialogs import AskAtCounterDialog, RefuseAtCounterDialog
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.buttons import Button
from ui.widgets.plain_label import PlainLabel

_DIALOGS = {Form.REFUSAL: RefuseAtCounterDialog, Form.SUPPLEMENT: AskAtCounterDialog}


class CounterFoot(QWidget):
    """What can be done with what stands in the form; ``problem`` says why not."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        row.setSpacing(theme.px(8))
        self.refuse = Button(self.tr("Từ chối…"))
        self.ask = Button(self.tr("Yêu cầu bổ sung…"))
        self.problem = PlainLabel("", role=Role.SMALL, tone="late_text", wrap=True)
        self.add_next = Button(self.tr("Tiếp nhận và thêm mới"), key=keys.cap("next_stay"))
        self.primary = Button(self.tr("Tiếp nhận"), kind="primary", key=keys.cap("next"))
        row.addWidget(self.refuse)
        row.addWidget(self.ask)
        row.addWidget(self.problem, 1)
        row.addWidget(self.add_next)
        row.addWidget(self.primary)


class TurningAway(QObject):
    """Signals: ``dialog_asked(object)``; ``done(str, object, str)`` dossier, ``Form`` to print, whose; ``failed``."""

    dialog_asked = Signal(object)
    done = Signal(str, object, str)
    failed = Signal(object)

    def __init__(self, page: QWidget, desk: Desk, tasks: Tasks) -> None:
        super().__init__(page)
        self._page, self._desk, self._tasks = page, desk, tasks
        self._asking = False

    def begin(self, written: CounterForm, form: Form) -> None:
        """Ask why, over what was written; ``form`` is the paper that will say so."""
        desk = self._desk
        if not self._asking:
            self._asking = True
            self._tasks.query(lambda: turned_away.card(desk, written), lambda card: self._ask(card, form), self._wrong,
                              owner=self)  # fmt: skip

    def _ask(self, card: Card, form: Form) -> None:
        self._asking = False
        dialog = _DIALOGS[form](self._page.window(), self._desk, self._tasks, card)
        dialog.acted.connect(lambda acted: self._acted(acted, form, card.dossier.applicant.name))
        self.dialog_asked.emit(dialog)

    def _acted(self, acted: tuple[Acted, ...], form: Form, name: str) -> None:
        self.done.emit(acted[0].dossier_id, form, name)

    def _wrong(self, error: KnownError) -> None:
        self._asking = False
        self.failed.emit(error)
