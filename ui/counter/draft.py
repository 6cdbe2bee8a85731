"""The draft of the counter page: written at every change, found again after a crash, thrown away and taken back.

Stands apart because it is the one half-written form that is about no dossier yet.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.procedures import Procedure
from app.services import counter, drafts
from app.services.desk import Desk
from ui import timers
from ui.tasks import Tasks

State = dict[str, Any]
Restore = Callable[[State, Procedure | None], object]
_KEY = "counter"  # of dossier and kind alike
REFUSE, ASK = "refuse_at_counter", "ask_at_counter"  # kinds of the two dialogs, of no dossier
_SOON_MS = 150


class CounterDraft(QObject):
    """``state`` returns what stands in the form, None while it is blank. Signals: ``kept()`` it is on the disk."""

    kept = Signal()

    def __init__(
        self, desk: Desk, tasks: Tasks, state: Callable[[], State | None], restore: Restore, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._state, self._restore = desk, tasks, state, restore
        self._written, self._thrown = "", ""
        self._soon = timers.once(self, _SOON_MS, self.keep)

    def touch(self) -> None:
        """Something changed: it is written in a moment."""
        self._soon.start()

    def keep(self) -> None:
        """Write what stands in the form now, off the GUI thread."""
        self._soon.stop()
        desk, text = self._desk, self._text()
        if text == self._written:
            return
        self._written = text
        if text:
            self._tasks.command(lambda: drafts.save(desk, _KEY, _KEY, text), lambda _none: self.kept.emit(), owner=self)
        else:
            self._tasks.command(lambda: drop(desk))

    def sent(self) -> None:
        """It was received: nothing of it is left on the disk, nothing can be taken back."""
        self._soon.stop()
        self._written = self._thrown = ""

    def load(self, found: Callable[[], object]) -> None:
        """Show what an earlier day, or a crash, left half written; ``found`` is called if there was anything."""
        desk = self._desk

        def came(read: tuple[State, Procedure | None]) -> None:
            if read[0] and self._state() is None:
                self._restore(*read)
                found()

        self._tasks.query(lambda: _read(drafts.load(desk, _KEY, _KEY) or ""), came, owner=self)

    def throw(self) -> None:
        """Remember what is about to be emptied."""
        self._thrown = self._text()

    def thrown(self) -> bool:
        """Say whether something can be taken back."""
        return bool(self._thrown)

    def take_back(self) -> None:
        """Show again what was thrown away."""
        text, self._thrown = self._thrown, ""
        self._tasks.query(lambda: _read(text), lambda read: self._restore(*read), owner=self)

    def _text(self) -> str:
        state = self._state()
        return "" if state is None else json.dumps(state, ensure_ascii=False)


def drop(desk: Desk) -> None:
    """Forget the draft, and what was typed of turning away. Thread: any but the GUI's."""
    for dossier_id, kind in ((_KEY, _KEY), ("", REFUSE), ("", ASK)):
        drafts.drop(desk, dossier_id, kind)


def _read(text: str) -> tuple[State, Procedure | None]:
    """Return a draft and the procedure it is about, None when there is none of that code any more."""
    state: State = json.loads(text) if text else {}
    code = str(state.get("form", {}).get("procedure", ""))
    return state, counter.procedure(code)
