"""The window of a signed-in officer: it docks, navigates and closes. Everything else is done by the pages.

Works on an open ``Desk``; the threads that send and listen are handed in as plain callables, so that nothing here
knows the network.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app import texts
from app.domain.money import format_dong
from app.errors import KnownError
from app.events import PaymentArrived
from app.services import inbox, session
from app.services.desk import Desk
from app.services.session import Since
from app.services.views import Card, Connection, QueueCounts
from ui import commands, theme
from ui.bridge import Bridge
from ui.closing import Closing
from ui.desk.desk_page import DeskPage
from ui.desk.list_pane import line
from ui.frame import SideBar, StatusRow, TitleRow
from ui.keys import DEFAULT
from ui.present import connection, queues
from ui.scanning import what_was_scanned
from ui.tasks import Tasks
from ui.theme import Size
from ui.widgets.banner import Banner

LEAST_WIDTH, LEAST_HEIGHT = 960, 520
_STALE_MS = 30_000


@dataclass(frozen=True, slots=True)
class Engine:
    """What the window asks of the threads behind it: look at the outbox; sync both ways now (worker threads only)."""

    wake: Callable[[], None]
    sync_now: Callable[[], None]


class Window(QWidget):
    """Signals: ``sign_in_asked()`` the session is over or the officer leaves; ``closed()`` nothing runs any more."""

    sign_in_asked = Signal()
    closed = Signal()

    def __init__(
        self, desk: Desk, engine: Engine, *, place: str = "", monotonic_s: Callable[[], float] = monotonic
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("Một Cửa – {0}").format(place or desk.unit_name))
        self.setWindowIcon(theme.icon("tray", "primary"))
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.desk, self._engine = desk, engine
        self.tasks = Tasks(self)
        self.tasks.known.connect(self._trouble)
        self.tasks.bug.connect(self._bug)
        self.bridge = Bridge(desk.bus, self)
        self._items: tuple[str, ...] = ()
        self._queue = queues.ALL
        self._syncing = False
        self.closing = Closing(self, desk, self.tasks, engine.wake)
        self.closing.finished.connect(self._gone)
        self._build(place or desk.unit_name, monotonic_s)
        self._wire()
        self._begin()

    # -- building ----------------------------------------------------------------------------------------------------

    def _build(self, place: str, monotonic_s: Callable[[], float]) -> None:
        self.title = TitleRow(self.desk.officer, self.desk.unit_name)
        self.side = SideBar()
        self.desk_page = DeskPage(self.desk, self.tasks, self, monotonic_s=monotonic_s)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.desk_page)
        self._others: dict[str, QWidget] = {}
        self.link_banner = Banner("offline", "", flat=True)
        self.link_banner.hide()
        self._link_action = "refresh"
        self.since_strip = Banner("info", "", action=self.tr("Đã xem"), flat=True)
        self.since_strip.hide()
        self.trouble = Banner("refused", "", action=self.tr("Đã đọc"), flat=True)
        self.trouble.hide()
        self.status = StatusRow(place)
        right = QVBoxLayout()
        right.setSpacing(0)
        for banner in (self.trouble, self.link_banner, self.since_strip):
            right.addWidget(banner)
        right.addWidget(self.pages, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.side)
        middle.addWidget(line(vertical=True))
        middle.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(line(vertical=False))
        column.addLayout(middle, 1)
        column.addWidget(line(vertical=False))
        column.addWidget(self.status)

    def _wire(self) -> None:
        self.title.search.textChanged.connect(self._typed)
        self.title.search.into_list.connect(self._into_list)
        self.title.search.left.connect(self._leave_search)
        self.title.palette_asked.connect(self.open_palette)
        self.title.command_asked.connect(self.run)
        self.side.queues.chosen.connect(self.go)
        self.desk_page.counts_changed.connect(self._counted)
        self.desk_page.wake_asked.connect(self._engine.wake)
        self.desk_page.go_asked.connect(self.run)
        self.link_banner.acted.connect(lambda: self.run(self._link_action))
        self.since_strip.acted.connect(self.since_strip.hide)
        self.trouble.acted.connect(self.trouble.hide)
        self.bridge.dossiers_changed.connect(self._dossiers_changed)
        self.bridge.outbox_changed.connect(self._outbox_changed)
        self.bridge.payment_arrived.connect(self._paid)
        self.bridge.connection_changed.connect(lambda _state, _code: self.read_link())
        self.bridge.sync_progress.connect(lambda _applied, _done: self.desk_page.refresh())
        self._minute = QTimer(self)
        self._minute.setInterval(_STALE_MS)
        self._minute.timeout.connect(self._tick)
        self._minute.start()
        self._bind()

    def _bind(self) -> None:
        page = self.desk_page
        handlers: dict[str, Callable[[], object]] = {
            "next": lambda: self._on_desk(page.do_next) or self._next_elsewhere(),
            "next_stay": lambda: self._on_desk(lambda: page.do_next(stay=True)),
            "undo": page.undoing.undo,
            "row_down": lambda: page.table.go_by(1),
            "row_up": lambda: page.table.go_by(-1),
            "palette": self.open_palette,
            "search": self._to_search,
            "refresh": self.sync,
            "help": self.open_keys,
            "back": self._back,
            "next_pane": self._next_pane,
            "enlarge": page.toggle_preview,
        }
        for command in commands.COMMANDS:
            if command.key and command.about == "dossier" and command.id != "copy":
                handlers[command.key] = lambda name=command.id: self._act_key(name)
        for n in range(1, 6):
            handlers[f"tab_{n}"] = lambda at=n - 1: page.preview.set_tab(at)
        for n in range(1, 10):
            handlers[f"queue_{n}"] = lambda at=n - 1: self._nth_queue(at)
        self._shortcuts = DEFAULT.bind(self, handlers)

    def _begin(self) -> None:
        self.desk_page.show_queue(self._queue if queues.role_of(self.desk.officer).value != "processor" else "mine")
        self._queue = "mine" if queues.role_of(self.desk.officer).value == "processor" else queues.ALL
        self.read_link()
        desk = self.desk
        self.tasks.command(lambda: session.since_last_time(desk), self._told_since, owner=self)
        self.desk_page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- going -------------------------------------------------------------------------------------------------------

    def go(self, key: str) -> None:
        """Show a queue, Cần xem lại or Chờ gửi."""
        self._queue = key
        self.side.queues.set_current(key)
        if key in (queues.OUTBOX, queues.DECISIONS):
            page = self._other(key)
            self.pages.setCurrentWidget(page)
            page.refresh()  # type: ignore[attr-defined]
            page.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.pages.setCurrentWidget(self.desk_page)
        if self.title.search.text():
            self.title.search.clear()
        self.desk_page.show_queue(key)

    def _other(self, key: str) -> QWidget:
        if key not in self._others:
            if key == queues.OUTBOX:
                from ui.outbox.page import OutboxPage

                page: QWidget = OutboxPage(self.desk, self.tasks)
            else:
                from ui.decisions.page import DecisionsPage

                page = DecisionsPage(self.desk, self.tasks)
            page.open_asked.connect(self.open_dossier)  # type: ignore[attr-defined]
            page.go_asked.connect(self.run)  # type: ignore[attr-defined]
            self._others[key] = page
            self.pages.addWidget(page)
        return self._others[key]

    def run(self, command: str, notice_id: str = "") -> None:
        """Do any command by its name: of the table, or ``queue:<key>``."""
        if command.startswith("queue:"):
            self.go(command.removeprefix("queue:"))
            return
        ways: dict[str, Callable[[], object]] = {
            "refresh": self.sync,
            "search": self._to_search,
            "keys": self.open_keys,
            "outbox": lambda: self.go(queues.OUTBOX),
            "decisions": lambda: self.go(queues.DECISIONS),
            "sign_in": self.sign_in_asked.emit,
            "sign_out": self.sign_in_asked.emit,
        }
        if command in ways:
            ways[command]()
        else:
            self.desk_page.do(command, notice_id)

    def open_dossier(self, dossier_id: str) -> None:
        """Show a dossier from anywhere."""
        self.pages.setCurrentWidget(self.desk_page)
        self.desk_page.open_dossier(dossier_id)
        self.desk_page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def scanned(self, text: str) -> None:
        """Take a scanner's line: a dossier's code, a citizen card, or words to search."""
        if self.desk_page.deeds.dialog() is not None:
            return
        kind, found = what_was_scanned(text)
        self.pages.setCurrentWidget(self.desk_page)
        if kind == "code":
            self.desk_page.open_code(found)
        else:
            self.title.search.setText(found)

    def garbled(self, _text: str) -> None:
        """Say that an input method changed what the scanner sent."""
        self.trouble.set_state("warn", texts.sentence("scan-garbled"), action=self.tr("Đã đọc"))
        self.trouble.show()

    def open_palette(self) -> None:
        """Ctrl+K."""
        from ui.palette import Palette

        palette = Palette(self, self.desk, self.tasks, self.desk_page.preview.view(), self.desk_page.items())
        palette.chosen.connect(self.run)
        palette.opened.connect(self.open_dossier)
        palette.open()

    def open_keys(self) -> None:
        """F1 and ``?``."""
        from ui.widgets.dialog_frame import DialogFrame
        from ui.widgets.key_sheet import KeySheet

        sheet = DialogFrame(self, self.tr("Bảng phím"), later=self.tr("Đóng"), width=860)
        sheet.body.addWidget(KeySheet(DEFAULT), 0, Qt.AlignmentFlag.AlignTop)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    # -- keys --------------------------------------------------------------------------------------------------------

    def _on_desk(self, act: Callable[[], object]) -> bool:
        if self.pages.currentWidget() is not self.desk_page:
            return False
        act()
        return True

    def _next_elsewhere(self) -> None:
        confirm = getattr(self.pages.currentWidget(), "confirm", None)
        if confirm is not None:
            confirm()

    def _act_key(self, command: str) -> None:
        if self.pages.currentWidget() is self.desk_page and (command == "due" or self.desk_page.may_act()):
            self.desk_page.do(command)

    def _nth_queue(self, at: int) -> None:
        if at < len(self._items):
            self.go(self._items[at])

    def _to_search(self) -> None:
        self.pages.setCurrentWidget(self.desk_page)
        self.title.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.title.search.selectAll()

    def _typed(self, text: str) -> None:
        self.pages.setCurrentWidget(self.desk_page)
        self.desk_page.search(text)

    def _into_list(self) -> None:
        self.desk_page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_search(self) -> None:
        self.title.search.clear()
        self._into_list()

    def _back(self) -> None:
        """Esc: one step back, field → dossier → table → whole queue."""
        if isinstance(self.focusWidget(), QLineEdit) or self.title.search.text():
            self._leave_search()
        elif self.pages.currentWidget() is not self.desk_page:
            self.go(queues.ALL if queues.ALL in self._items else self._items[0])
        elif not self.desk_page.back():
            self.desk_page.show_queue(self._queue)

    def _next_pane(self) -> None:
        panes = [self.title.search, self.side.queues, self.desk_page.table, self.desk_page.preview]
        now = next((at for at, pane in enumerate(panes) if pane is self.focusWidget() or pane.isAncestorOf(self.focusWidget() or self)), -1)
        panes[(now + 1) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    # -- what comes from the threads ---------------------------------------------------------------------------------

    def _counted(self, counts: QueueCounts) -> None:
        items = queues.items(self.desk.officer, counts)
        self._items = tuple(item.key for item in items)
        self.side.queues.set_items(items)
        if self.side.queues.current_key() != self._queue:
            self.side.queues.set_current(self._queue)

    def _dossiers_changed(self, ids: tuple[str, ...]) -> None:
        self.desk_page.refresh(ids)
        self._refresh_other()

    def _outbox_changed(self) -> None:
        self.desk_page.refresh_counts()
        self.read_link()
        self._refresh_other()

    def _refresh_other(self) -> None:
        page = self.pages.currentWidget()
        if page is not self.desk_page:
            page.refresh()  # type: ignore[attr-defined]

    def _paid(self, event: PaymentArrived) -> None:
        desk = self.desk

        def told(card: Card) -> None:
            name = card.dossier.applicant.name
            words = self.tr("{0} vừa đóng {1}").format(name, format_dong(event.amount_dong))
            self.desk_page.list.toast.tell(words, card.dossier.receipt_code or card.dossier.code, "money")

        self.tasks.query(lambda: inbox.card(desk, event.dossier_id), told, lambda _error: None, owner=self)

    def read_link(self) -> None:
        """Read how the link stands, for status row and banner."""
        desk = self.desk
        self.tasks.query(lambda: session.connection(desk), self._linked, owner=self)

    def _linked(self, link: Connection) -> None:
        now = self.desk.clock.now()
        self.status.set_status(connection.status(link, now))
        banner = connection.banner(link, now)
        self.link_banner.setVisible(banner is not None)
        if banner is not None:
            self._link_action = banner.action
            key = DEFAULT.cap("refresh") if banner.action == "refresh" else ""
            self.link_banner.set_state(banner.kind, *banner.parts, action=banner.action_words, key=key)

    def _told_since(self, since: Since) -> None:
        parts = connection.since_words(since, self.desk.clock.now())
        if parts:
            self.since_strip.set_state("info", *parts, action=self.tr("Đã xem"))
            self.since_strip.show()

    def _tick(self) -> None:
        """Half a minute went by: deadlines moved."""
        self.model_refresh()
        self.read_link()

    def model_refresh(self) -> None:
        """Put the visible rows into words again."""
        self.desk_page.model.invalidate(())
        self.desk_page.refresh_counts()

    def sync(self) -> None:
        """F5: try both ways now."""
        if not self._syncing:
            self._syncing = True
            self.tasks.query(self._engine.sync_now, self._synced, self._synced, owner=self)

    def _synced(self, _result: object) -> None:
        self._syncing = False
        self.read_link()

    def _trouble(self, error: KnownError) -> None:
        self.trouble.set_state("refused", texts.of(error), action=self.tr("Đã đọc"))
        self.trouble.show()

    def _bug(self, _error: object) -> None:
        words = self.tr("Chương trình gặp lỗi ở màn này. Dữ liệu đã lưu.")
        self.trouble.set_state("refused", words, action=self.tr("Đã đọc"))
        self.trouble.show()

    # -- size and end ------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.width() * 100 // theme.px(100)
        self.title.set_room(width)
        self.side.set_room(width)
        self.desk_page.set_room(self.width())

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.closing.over:
            event.accept()
            return
        event.ignore()
        self.desk_page.undoing.send_now()
        self.closing.begin()

    def _gone(self) -> None:
        self._minute.stop()
        self.bridge.close()
        self.tasks.close()
        self.hide()
        self.closed.emit()
