"""What the citizen will read of a deed, beside its form, and read anew as the form changes.

Stands apart from ``CitizenView``, which only shows: here is when to ask, and what to say while there is nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from app import texts
from app.errors import KnownError
from app.services.message_preview import MessagePreview
from ui import timers
from ui.dossier.deed_dialog import DeedDialog
from ui.notice.preview import CitizenView

_SOON_MS = 250
Reading = Callable[[], tuple[MessagePreview, ...]]


class MessageView(CitizenView):
    """Shows the message of ``dialog``: ``prepare`` returns what reads it elsewhere, None while too little is written.

    ``before`` stands there until the first message came, ``nothing`` where the deed sends none.
    """

    def __init__(
        self, dialog: DeedDialog, prepare: Callable[[], Reading | None], *, before: str, nothing: str = ""
    ) -> None:
        super().__init__(tight=True)
        self._dialog, self._prepare, self._nothing = dialog, prepare, nothing
        self._soon = timers.once(self, _SOON_MS, self.read)
        self.show_nothing(before)

    def touch(self) -> None:
        """Something was typed or chosen: the message is read again in a moment."""
        self._soon.start()

    def read(self) -> None:
        """Read the message as the form stands now."""
        reading = self._prepare()
        if reading is not None:
            self._dialog.tasks.query(reading, self._came, self._failed, owner=self)

    def _came(self, found: tuple[MessagePreview, ...]) -> None:
        if found:
            self.show_message(found[-1])
        elif self._nothing:
            self.show_nothing(self._nothing)
        self._dialog.settle()

    def _failed(self, error: KnownError) -> None:
        self.show_nothing(texts.of(error))
