"""What the threads behind the window report, turned into what changes on screen: counts, banners, toasts.

Stands apart from the window because everything here happens without a click, and must never take the focus.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app import texts
from app.domain.money import format_dong
from app.errors import KnownError
from app.events import PaymentArrived
from app.services import inbox, session
from app.services.desk import Desk
from app.services.session import Since
from app.services.views import Card, QueueCounts
from ui import timers
from ui.bridge import Bridge
from ui.desk.desk_page import DeskPage
from ui.frame import StatusRow
from ui.link_watch import LinkWatch
from ui.present import connection, queues, veil
from ui.present.connection import Figure
from ui.present.wording import code_words
from ui.tasks import Tasks
from ui.widgets.banner import Banner
from ui.widgets.figure_strip import FigureStrip

STALE_MS = 30_000


class News(QObject):
    """Owns the banners over the pages (``banners``, from top to bottom) and keeps the pages fresh.

    Signals: ``elsewhere_changed()`` pages other than the desk should read again; ``action_asked(str)`` a command.
    """

    elsewhere_changed = Signal()
    action_asked = Signal(str)

    def __init__(self, desk: Desk, tasks: Tasks, page: DeskPage, status: StatusRow, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._page, self._status = desk, tasks, page, status
        read = self.tr("Đã đọc")
        self.trouble = Banner("refused", "", action=read, flat=True)
        self._bridge = Bridge(desk.bus, self)
        self._watch = LinkWatch(desk, tasks, status, self._bridge, parent)
        self._watch.action_asked.connect(self.action_asked)
        self.link = self._watch.banner
        self.since = FigureStrip(self.tr("Đã xem"))
        self._figures: tuple[Figure, ...] = ()
        self._seen_at: datetime | None = None
        self.banners: tuple[QWidget, ...] = (self.trouble, self.link, self.since)
        for banner in self.banners:
            banner.hide()
        self.trouble.acted.connect(self.trouble.hide)
        self.since.closed.connect(self.since.hide)
        self.since.chosen.connect(self._show_figure)
        page.counts_changed.connect(self._counted)
        tasks.known.connect(self.tell_error)
        tasks.bug.connect(self._bug)
        self._bridge.dossiers_changed.connect(self._dossiers)
        self._bridge.outbox_changed.connect(self._outbox)
        self._bridge.payment_arrived.connect(self._paid)
        self._bridge.sync_progress.connect(lambda _applied, done: page.refresh() if done else None)
        self._bridge.store_hurt.connect(lambda code: self.tell("refused", code))
        self._clock = timers.every(self, STALE_MS, self.tick)
        self._clock.start()

    def close(self) -> None:
        """Listen no more."""
        self._clock.stop()
        self._watch.close()
        self._bridge.close()

    def begin(self) -> None:
        """Read how things stand at the start, and what happened since last time."""
        desk = self._desk
        self.read_link()
        if desk.mended is not None:
            self._tell("info", texts.of(desk.mended))
        self._tasks.command(lambda: session.since_last_time(desk), self._told_since, owner=self)

    def read_link(self) -> None:
        """Read how the link stands, for status row and banner."""
        self._watch.read()

    def tick(self) -> None:
        """Half a minute went by: deadlines moved."""
        self._page.model.invalidate(())
        self._page.refresh_counts()
        self.read_link()

    def tell_error(self, error: KnownError) -> None:
        """Say what nobody else has said."""
        self._tell("refused", texts.of(error))

    def tell(self, kind: str, code: str) -> None:
        """Say the sentence of ``code`` until it is read."""
        self._tell(kind, texts.sentence(code))

    def _tell(self, kind: str, words: str) -> None:
        self.trouble.set_state(kind, words, action=self.tr("Đã đọc"))
        self.trouble.show()

    def _bug(self, _error: object) -> None:
        self._tell("refused", self.tr("Chương trình gặp lỗi ở màn này. Dữ liệu đã lưu."))

    def _dossiers(self, ids: tuple[str, ...]) -> None:
        self._page.refresh(ids)
        self.elsewhere_changed.emit()

    def _outbox(self) -> None:
        self._page.undoing.look_again()
        self._page.refresh_counts()
        self.read_link()
        self.elsewhere_changed.emit()

    def _paid(self, event: PaymentArrived) -> None:
        desk = self._desk

        def told(card: Card) -> None:
            dossier = card.dossier
            name, amount = veil.name(dossier.applicant.name), format_dong(event.amount_dong)
            words = self.tr("{0} vừa đóng {1}").format(name, amount)
            self._page.list.toast.tell(words, veil.code(code_words(dossier.receipt_code, dossier.code)), "money")

        self._tasks.query(lambda: inbox.card(desk, event.dossier_id), told, lambda _error: None, owner=self)

    def _told_since(self, since: Since) -> None:
        self._seen_at = since.seen_at
        self._show_figures(since)
        self.since.setVisible(bool(self._figures))

    def _counted(self, counts: QueueCounts) -> None:
        """Keep the strip's figures true while it is there, except under the officer's own focus."""
        if self.since.isVisible() and not self.since.isAncestorOf(self.since.window().focusWidget()):
            self._show_figures(session.waiting(counts, self._seen_at))
            self.since.setVisible(bool(self._figures))

    def _show_figures(self, since: Since) -> None:
        found = connection.since_figures(since)
        if found != self._figures:
            self._figures = found
            lead = connection.since_lead(since, self._desk.clock.now())
            self.since.set_figures(lead, [figure.words for figure in found])

    def _show_figure(self, at: int) -> None:
        """Show exactly the rows that a figure of the strip counted, ready for the keys."""
        figure = self._figures[at]
        self.action_asked.emit(f"queue:{figure.queue}")
        if figure.queue not in queues.PAGES:
            self._page.show_whole(figure.queue, figure.filter)
        if self._page.isVisible():
            self._page.table.setFocus(Qt.FocusReason.OtherFocusReason)
