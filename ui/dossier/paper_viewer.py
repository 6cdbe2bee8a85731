"""Giấy tờ: one file of a dossier or of a form, page by page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.people import FileRef
from app.services import papers
from app.services.desk import Desk
from ui.dossier.attachments_box import size_words
from ui.dossier.page_view import PageView
from ui.dossier.tall_dialog import TallDialog
from ui.tasks import Tasks


class PaperViewer(TallDialog):
    """Shows ``file``, fetched from the portal if it is not on this machine yet. Esc closes.

    Signals: ``seen()`` its first page was shown.
    """

    seen = Signal()

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, file: FileRef) -> None:
        super().__init__(window, file.name, size_words(file.size_bytes))

        def count() -> int:
            return papers.pages(desk, file)

        self.view = PageView(tasks, count, lambda page, width: papers.picture(desk, file, page, width))
        self.view.shown.connect(self._shown)
        self.fill(self.view)

    def _shown(self, _page: int) -> None:
        self.view.shown.disconnect(self._shown)
        self.seen.emit()
