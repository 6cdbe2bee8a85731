"""Từ chối and Yêu cầu bổ sung for whoever stands at the counter: the dialogs of the desk, over what is only a form yet.

They stand apart from those because nothing was received and nothing is kept before the deed: their card is the dossier
as it would be. What was typed in them is a draft of the counter page and leaves with it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from app import texts
from app.errors import KnownError
from app.services import counter, message_preview, turned_away
from app.services.desk import Desk
from app.services.views import Acted, Card
from ui.counter import draft
from ui.dossier.deed_dialog import Deed, DeedDialog, State, later_focus
from ui.dossier.phrases import offer
from ui.dossier.supplement_dialogs import RequestSupplementDialog
from ui.notice.message_view import Reading
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.banner import Banner
from ui.widgets.form_row import FormRow
from ui.widgets.plain_label import Bold, PlainLabel
from ui.widgets.text_field import TextArea

_CODE_LATER = "…"


class RefuseAtCounterDialog(DeedDialog):
    """Từ chối tiếp nhận, with the reason that form 03 prints."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card) -> None:
        super().__init__(
            window, desk, tasks, card, "Từ chối tiếp nhận", primary="Từ chối và in", width=640, draft_kind=draft.REFUSE
        )
        lead = Bold(self.tr("Hồ sơ không được tiếp nhận. "))
        rest = self.tr("Hồ sơ được ghi lại với mã riêng, không vào sổ tiếp nhận, không thu khoản nào.")
        self.body.addWidget(Banner("info", lead, rest))
        self.reason = TextArea(rows=4)
        why = self.tr("công dân đọc được, nêu rõ căn cứ và cách làm lại")
        self._row = FormRow(self.tr("Lý do"), self.reason, why=why, required=True)
        self.phrases = offer(desk, tasks, "refuse", self._row)
        self.body.addWidget(self._row)
        self.foot.addWidget(PlainLabel(self.tr("Ghi xong thì in mẫu 03."), role=Role.SMALL, tone="text_3"))
        self.reason.textChanged.connect(self.touch)
        self.begin()

    def deed(self) -> Callable[[], Deed] | None:
        reason = self.reason.text()
        self._row.set_error("" if reason else texts.sentence("reason-needed"))
        if not reason:
            later_focus(self, self.reason)
            return None
        desk, form = self.desk, counter.form_of(self.dossier)
        return lambda: _and_drop(desk, turned_away.refuse(desk, form, reason))

    def state(self) -> State:
        return {"reason": self.reason.text()}

    def restore(self, state: State) -> None:
        self.reason.setPlainText(str(state.get("reason", "")))


class AskAtCounterDialog(RequestSupplementDialog):
    """Yêu cầu bổ sung before anything is received: what is always needed and was not brought is ticked already."""

    after = "Ghi xong thì in mẫu 02. Không thu khoản nào."

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card) -> None:
        super().__init__(window, desk, tasks, card, draft_kind=draft.ASK)
        self.set_primary(self.tr("Yêu cầu bổ sung và in"))
        self.reason.textChanged.connect(self.touch)

    def offered(self) -> tuple[tuple[str, ...], frozenset[str]]:
        brought = {component.name for component in self.dossier.components}
        known = counter.procedure(self.dossier.procedure.code)
        papers = known.components if known is not None else ()
        missing = frozenset(p.title for p in papers if not p.when and p.title not in brought)
        return tuple(dict.fromkeys([*(p.title for p in papers), *brought])), missing

    def preview(self, papers: tuple[str, ...], reason: str, by: date | None) -> Reading:
        desk, dossier = self.desk, replace(self.dossier, code=_CODE_LATER)
        return lambda: message_preview.supplement_of(desk, dossier, papers, reason, by)

    def ask(self, papers: tuple[str, ...], reason: str, by: date | None) -> Callable[[], Deed]:
        desk, form = self.desk, counter.form_of(self.dossier)
        return lambda: _and_drop(desk, turned_away.request_supplement(desk, form, papers, reason, by))


def _and_drop(desk: Desk, acted: tuple[Acted, ...]) -> tuple[Acted, ...]:
    with suppress(KnownError):  # it is done: a draft that stays does not let it be done again
        draft.drop(desk)
    return acted
