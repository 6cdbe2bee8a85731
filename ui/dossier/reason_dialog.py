"""A deed that needs one reason: what will be so stands above the field, what is missing below it.

Stands apart because many deeds are a reason and a consequence; they differ in words alone.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app import texts
from app.services.desk import Desk
from app.services.views import Card
from ui.dossier.deed_dialog import DeedDialog, State, later_focus
from ui.dossier.phrases import offer
from ui.tasks import Tasks
from ui.widgets.banner import Banner
from ui.widgets.form_row import FormRow
from ui.widgets.text_field import TextArea

WIDTH = 600


class ReasonDialog(DeedDialog):
    """One reason, kept as a draft; ``effect`` is the banner that says what the deed does."""

    def __init__(
        self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, title: str, primary: str, draft: str, why: str,
        *, name: str = "Lý do", required: bool = True,
    ) -> None:  # fmt: skip
        super().__init__(window, desk, tasks, card, title, primary=primary, width=WIDTH, draft_kind=draft)
        self.effect = Banner("paused", "")
        self.body.addWidget(self.effect)
        self.reason = TextArea(rows=3)
        self._required = required
        self._row = FormRow(name, self.reason, why=why, required=required)
        self.phrases = offer(desk, tasks, draft, self._row)
        self.body.addWidget(self._row)
        self.focus_first(self.reason)

    def reason_given(self) -> str | None:
        """Return what was written; None when it is needed and missing, which is said below the field then."""
        reason = self.reason.text()
        missing = self._required and not reason
        self._row.set_error(texts.sentence("reason-needed") if missing else "")
        if missing:
            later_focus(self, self.reason)
            return None
        return reason

    def state(self) -> State:
        return {"reason": self.reason.text()}

    def restore(self, state: State) -> None:
        self.reason.setPlainText(str(state.get("reason", "")))
