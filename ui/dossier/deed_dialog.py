"""The frame of every dialog that does something to a dossier: draft, problems, one deed off the GUI thread.

Stands apart so that *Để sau* keeps what was typed, a refusal stands inside the dialog in words, and no deed is sent
twice, in each of them alike.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app import texts
from app.domain.dossier import Dossier
from app.errors import KnownError, Refused
from app.services import drafts
from app.services.desk import Desk
from app.services.views import Acted, Card
from ui import theme, timers
from ui.dossier.changed import ChangeWatch
from ui.present.wording import code_words
from ui.tasks import BUG, Tasks
from ui.theme import Role
from ui.widgets.banner import Banner
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.plain_label import PlainLabel

LOW_WINDOW = 620
"""Below this height of the window (logical pixels) dialogs lay themselves out tightly."""

_SOON_MS = 150

State = dict[str, Any]
Deed = Acted | tuple[Acted, ...]


def whose(dossier: Dossier) -> str:
    """Return the line under a dialog's title: person, code unless nothing is kept of the dossier yet, procedure."""
    code = code_words(dossier.receipt_code, dossier.code) if dossier.id else ""
    return " · ".join(part for part in (dossier.applicant.name, code, dossier.procedure.name) if part)


def sentences(error: KnownError) -> str:
    """Return every reason of ``error`` in words, and who could act instead."""
    if not isinstance(error, Refused):
        return texts.of(error)
    words: list[str] = []
    for failed in error.failed:
        words.append(texts.sentence(failed.code, **dict(failed.params)))
        if failed.who_could:
            words.append(texts.who_could(failed.who_could))
    return " ".join(words)


class DeedDialog(DialogFrame):
    """Base of the dialogs; fill ``body``, answer ``deed``, and call ``begin`` once.

    ``draft_kind`` "" keeps no draft. Signals: ``acted(object)`` with the ``Acted`` or several of one press, after which
    the dialog closes; ``view_asked(object)`` a ``FileRef`` to see; ``deed_asked(str, str)`` another command and what
    it is about, after which this dialog is gone.
    """

    acted = Signal(object)
    view_asked = Signal(object)
    deed_asked = Signal(str, str)

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        tasks: Tasks,
        card: Card,
        title: str,
        *,
        primary: str,
        about: str = "",
        later: str = "",
        width: int = 760,
        draft_kind: str = "",
    ) -> None:
        super().__init__(window, title, about or whose(card.dossier), primary=primary, later=later, width=width)
        self.desk, self.tasks, self.card = desk, tasks, card
        self.tight = window.window().height() < LOW_WINDOW * theme.px(100) / 100
        self._draft_kind = draft_kind
        self._pristine: State = {}
        self._had_draft = False
        self._at_work = False
        self._keep_soon = timers.once(self, _SOON_MS, self._keep)
        if self.tight:
            self.body.setContentsMargins(theme.px(18), theme.px(8), theme.px(18), theme.px(8))
            self.body.setSpacing(theme.px(7))
        self.changed = ChangeWatch(self, desk, tasks, card.dossier)
        self.changed.appeared.connect(self.settle)
        self.body.addWidget(self.changed.banner)
        self.problem = Banner("refused", "")
        self.problem.hide()
        self.body.addWidget(self.problem)
        self._kept = PlainLabel(self.tr("Đã mở lại nháp chưa gửi."), role=Role.SMALL, tone="text_3")
        self._kept.hide()
        self.confirmed.connect(self.confirm)
        self.put_off.connect(self._keep)

    @property
    def dossier(self) -> Dossier:
        """The dossier as it was when the dialog opened."""
        return self.card.dossier

    def deed(self) -> Callable[[], Deed] | None:
        """Return the operation of the primary, or None when the form is not complete: its errors are shown then."""
        return None

    def state(self) -> State:
        """Return what was typed, as plain JSON values; empty keeps no draft."""
        return {}

    def restore(self, state: State) -> None:
        """Fill the form from ``state`` of an earlier day."""

    def touch(self) -> None:
        """Something changed that must outlive a crash: the draft is written in a moment, not only at *Để sau*."""
        self._keep_soon.start()

    def begin(
        self, operation: Callable[[], object] | None = None, ready: Callable[[Any], object] | None = None
    ) -> None:
        """Read what the form needs and the draft, off the GUI thread; ``ready`` gets the result of ``operation``."""
        self.foot.addWidget(self._kept)
        desk, dossier_id, kind = self.desk, self.dossier.id, self._draft_kind

        def read() -> tuple[object, str | None]:
            found = operation() if operation is not None else None
            return found, drafts.load(desk, dossier_id, kind) if kind else None

        def done(read_now: tuple[object, str | None]) -> None:
            found, text = read_now
            if ready is not None:
                ready(found)
            self._pristine = self.state()
            if text:
                self._had_draft = True
                self._open_draft(text)
            self.settle()

        self.tasks.query(read, done, self.show_problem, owner=self)

    def confirm(self) -> None:
        """Do the deed once; Ctrl+Enter and the primary come here."""
        if self._at_work:
            return
        self.problem.hide()
        operation = self.deed()
        if operation is None:
            self.settle()
            return
        self._run(operation)

    def show_problem(self, error: KnownError) -> None:
        """Say in the dialog why it cannot be done."""
        self.tell("refused", sentences(error))

    def tell(self, kind: str, *parts: str) -> None:
        """Show a banner on top of the form."""
        self.problem.set_state(kind, *parts)
        self.problem.show()
        self._scroll.verticalScrollBar().setValue(0)
        self.settle()

    def settle(self) -> None:
        """Take the right size once the layout knows it."""
        if self.isVisible():
            QTimer.singleShot(0, self, self.refit)

    def ask_instead(self, command: str, subject_id: str = "") -> None:
        """Close this dialog, keeping its draft, and open another command's."""
        self.reject()
        self.deed_asked.emit(command, subject_id)

    def _run(self, operation: Callable[[], Deed]) -> None:
        desk, dossier_id, kind = self.desk, self.dossier.id, self._draft_kind

        def work() -> Deed:
            acted = operation()
            if kind:
                with suppress(KnownError):  # it is done: a draft that stays may be opened again, the deed not repeated
                    drafts.drop(desk, dossier_id, kind)
            return acted

        self._keep_soon.stop()
        self._at_work = True
        self.primary.set_reason(self.tr("Đang ghi…"))
        self.writing = self.tasks.command(work, self._acted, self._failed, owner=self)

    def _acted(self, acted: Deed) -> None:
        self._at_work = False
        self.acted.emit(acted)
        self.accept()

    def _failed(self, error: KnownError) -> None:
        self._at_work = error.code == BUG  # nobody knows how far it came: it is not done a second time from here
        self.primary.set_reason(texts.of(error) if self._at_work else "")
        self.show_problem(error)

    def _open_draft(self, text: str) -> None:
        try:
            state = json.loads(text)
        except ValueError:
            return
        if isinstance(state, dict):
            self.restore(state)
            self._kept.show()

    def _keep(self) -> None:
        if not self._draft_kind:
            return
        state = self.state()
        desk, dossier_id, kind = self.desk, self.dossier.id, self._draft_kind
        if state != self._pristine:
            text = json.dumps(state, ensure_ascii=False)
            self._had_draft = True
            self.tasks.command(lambda: drafts.save(desk, dossier_id, kind, text))
        elif self._had_draft:
            self.tasks.command(lambda: drafts.drop(desk, dossier_id, kind))


def later_focus(dialog: DeedDialog, widget: QWidget) -> None:
    """Give ``widget`` the focus, and bring it into sight, once the event that is under way is over."""

    def go() -> None:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        if dialog._inner.isAncestorOf(widget):
            dialog._scroll.ensureWidgetVisible(widget)

    QTimer.singleShot(0, dialog, go)
