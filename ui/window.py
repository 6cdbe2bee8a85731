"""The window of a signed-in officer: it docks, navigates and closes. Everything else is done by the pages.

Works on an open ``Desk``; the threads that send and listen are handed in as plain callables, so that nothing here
knows the network.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.domain.words import Role
from app.services.desk import Desk
from app.services.forms import Paper
from app.services.views import QueueCounts
from ui import commands, pages, papers, theme
from ui.closing import Closing
from ui.curtain import Curtain
from ui.desk.desk_page import DeskPage
from ui.desk.room import LEAST_HEIGHT, LEAST_WIDTH
from ui.frame import SideBar, StatusRow, TitleRow
from ui.keyboard import Keyboard
from ui.lock_screen import LockScreen
from ui.locking import Locking
from ui.news import News
from ui.present import queues
from ui.put_away import PutAway
from ui.scanning import TakesCard, name_on, what_was_scanned
from ui.tasks import Tasks
from ui.widgets.parts import rule


@dataclass(frozen=True, slots=True)
class Engine:
    """What the window asks of the threads behind it: look at the outbox; sync both ways now (worker threads only)."""

    wake: Callable[[], None]
    sync_now: Callable[[], None]


class Window(QWidget):
    """Signals: ``sign_in_asked()`` the session is over or the officer leaves, ``closed()`` will follow; ``closed()``
    nothing runs any more.
    """

    sign_in_asked = Signal()
    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        engine: Engine,
        *,
        place: str = "",
        locked: bool = False,
        monotonic_s: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("Một Cửa – {0}").format(place or desk.unit_name))
        self.setWindowIcon(theme.icon("tray", "primary"))
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.desk, self._engine = desk, engine
        self.tasks = Tasks(self)
        self._items: tuple[str, ...] = ()
        self._queue = queues.first_of(desk.officer)
        self._syncing = False
        self.closing = Closing(self, desk, self.tasks, engine.wake)
        self.closing.finished.connect(self._gone)
        self._build(place or desk.unit_name, monotonic_s)
        self._wire()
        self._begin()
        if locked:
            self.locking.lock()

    # -- building ----------------------------------------------------------------------------------------------------

    def _build(self, place: str, monotonic_s: Callable[[], float]) -> None:
        self.title = TitleRow(self.desk.officer, self.desk.unit_name)
        self.side = SideBar(self.desk.officer)
        self.desk_page = DeskPage(self.desk, self.tasks, self, monotonic_s=monotonic_s)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.desk_page)
        self.pages.currentChanged.connect(self._fit)
        self._others: dict[str, pages.Page] = {}
        self.status = StatusRow(place)
        self.news = News(self.desk, self.tasks, self.desk_page, self.status, self)
        right = QVBoxLayout()
        right.setSpacing(0)
        for banner in self.news.banners:
            right.addWidget(banner)
        right.addWidget(self.pages, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.side)
        middle.addWidget(self.side.edge)
        middle.addLayout(right, 1)
        content, self.lock_screen = QWidget(), LockScreen(self.desk.officer, place)
        rest = PutAway(self, lambda: self._keyboard, self)
        self.locking = Locking(self, content, self.lock_screen, self.desk, self.tasks, rest)
        self.curtain = Curtain(self, self.locking, rest, self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(content)
        outer.addWidget(self.lock_screen)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(rule())
        column.addLayout(middle, 1)
        column.addWidget(rule())
        column.addWidget(self.status)

    def _wire(self) -> None:
        self.title.search.textChanged.connect(self._typed)
        self.title.search.into_list.connect(self._into_list)
        self.title.search.left.connect(self._leave_search)
        self.title.palette_asked.connect(self.open_palette)
        self.title.command_asked.connect(self.run)
        self.side.queues.chosen.connect(self.go)
        self.side.counter_asked.connect(lambda: self.run("counter"))
        self.desk_page.counts_changed.connect(self._counted)
        self.desk_page.wake_asked.connect(self._engine.wake)
        self.desk_page.go_asked.connect(self.run)
        self.desk_page.went.connect(self._went)
        self.desk_page.beside.enlarged.connect(self.side.set_away)
        self.side.remember(self.desk_page.remembered)
        self.news.action_asked.connect(self.run)
        self.news.elsewhere_changed.connect(self.refresh_other)
        self.locking.sign_in_asked.connect(lambda: self.run("sign_in"))
        self._keyboard = Keyboard(self, self)

    def _begin(self) -> None:
        self.side.queues.set_current(self._queue)
        self.desk_page.show_queue(self._queue)
        self.news.begin()
        self.desk_page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- going -------------------------------------------------------------------------------------------------------

    def go(self, key: str) -> None:
        """Show a queue, or a page that takes the place of list and dossier."""
        self._queue = key
        self.side.queues.set_current(key)
        if key in pages.PLACES:
            page = self._other(key)
            self.pages.setCurrentWidget(page)
            page.refresh()
            page.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.pages.setCurrentWidget(self.desk_page)
        if self.title.search.text():
            self.title.search.clear()
        self.desk_page.show_queue(key)

    def _went(self, key: str) -> None:
        self._queue = key
        self.side.queues.set_current(key)

    def _other(self, key: str) -> pages.Page:
        if key not in self._others:
            page = pages.make(key, self.desk, self.tasks)
            page.open_asked.connect(self.open_dossier)
            page.go_asked.connect(self.run)
            page.acted.connect(self.desk_page.deeds.tell)
            page.paper_asked.connect(self._show_paper)
            page.view_asked.connect(self.desk_page.deeds.view_file)
            page.dialog_asked.connect(self.desk_page.deeds.open)
            self._others[key] = page
            self.pages.addWidget(page)
        return self._others[key]

    def _show_paper(self, paper: Paper) -> None:
        self.desk_page.undoing.send_now()
        self.desk_page.deeds.open(papers.viewer(self, self.desk, self.tasks, paper))

    def run(self, command: str, notice_id: str = "") -> None:
        """Do any command by its name: of the table, or ``queue:<key>``."""
        if command.startswith("queue:"):
            self.go(command.removeprefix("queue:"))
            return
        ways: dict[str, Callable[[], object]] = {
            "refresh": self.sync,
            "search": self.to_search,
            "keys": self.open_keys,
            "lock": self.locking.lock,
            "privacy": self.curtain.toggle,
            "set_pin": self.locking.set_pin,
            "settings": self.open_settings,
            "sign_in": self.closing.finish,
            "sign_out": self.close,
        }
        if command == "counter" and queues.role_of(self.desk.officer) is not Role.RECEPTION:
            self.desk_page.list.toast.tell(self.tr("Chỉ cán bộ một cửa tiếp nhận tại quầy."), icon="info")
        elif command in pages.PLACES:
            self.go(command)
        elif command in ways:
            if command.startswith("sign_"):
                self.sign_in_asked.emit()
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
        if self.locking.locked:
            return
        self.curtain.wake()
        kind, found = what_was_scanned(text)
        dialog = self.desk_page.deeds.dialog()
        if dialog is not None:
            if kind == "card" and isinstance(dialog, TakesCard):
                dialog.take_card(found)
            return
        if kind == "card" and queues.role_of(self.desk.officer) is Role.RECEPTION:
            self._other("counter").take_card(found)
            self.go("counter")
            return
        self.pages.setCurrentWidget(self.desk_page)
        if kind == "card":
            self.title.search.setText(name_on(found))
        elif kind == "code":
            self.desk_page.open_code(found)
        else:
            self.title.search.setText(found)

    def garbled(self, _text: str) -> None:
        """Say that an input method changed what the scanner sent."""
        self.news.tell("warn", "scan-garbled")

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
        sheet.body.addWidget(KeySheet(self._keyboard.in_use), 0, Qt.AlignmentFlag.AlignTop)
        sheet.open()

    def open_settings(self) -> None:
        """What the administrator has set for the unit; everybody may read it."""
        from ui.office.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self, self.desk, self.tasks)
        dialog.kept.connect(lambda: self.desk_page.list.toast.tell(self.tr("Đã lưu cài đặt của đơn vị")))
        dialog.open()

    # -- keys --------------------------------------------------------------------------------------------------------

    def on_desk(self) -> bool:
        """Say whether the daily page is shown."""
        return self.pages.currentWidget() is self.desk_page

    def go_on(self, *, stay: bool = False) -> None:
        """Ctrl+Enter: the blue button of the page that is shown."""
        page = self.pages.currentWidget()
        if page is self.desk_page:
            self.desk_page.do_next(stay=stay)
        elif isinstance(page, pages.Page):
            (page.confirm_stay if stay else page.confirm)()

    def act_key(self, command: str) -> None:
        """Do a command by its own key, if acts are awake."""
        if not self.on_desk():
            self.page_key(commands.BY_ID[command].key)
        elif command == "due" or self.desk_page.may_act():
            self.desk_page.do(command)

    def page_key(self, command: str) -> None:
        """Let the page that is shown answer a key; the daily page answers by its commands."""
        page = self.pages.currentWidget()
        if isinstance(page, pages.Page):
            page.key(command)

    def nth_queue(self, at: int) -> None:
        """Show the queue at a place of the side bar."""
        if at < len(self._items):
            self.go(self._items[at])

    def to_search(self) -> None:
        """Ctrl+F: into the search field, what stands there selected."""
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

    def back(self) -> None:
        """Esc: one step back, field → dossier → table → whole queue."""
        if (self.on_desk() and isinstance(self.focusWidget(), QLineEdit)) or self.title.search.text():
            self._leave_search()
        elif not self.on_desk():
            self.go(queues.first_of(self.desk.officer))
        elif not self.desk_page.back():
            self.desk_page.show_whole(self._queue)

    def next_pane(self) -> None:
        """Ctrl+Tab: the next of search, queues, table, dossier."""
        page = self.pages.currentWidget()
        if isinstance(page, pages.Page):
            page.next_pane()
            return
        panes = [self.title.search, self.side.queues, self.desk_page.table, self.desk_page.preview]
        focus = self.focusWidget()
        now = next((at for at, pane in enumerate(panes) if pane is focus or pane.isAncestorOf(focus)), -1)
        panes[(now + 1) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    # -- what changes ------------------------------------------------------------------------------------------------

    def _counted(self, counts: QueueCounts) -> None:
        items = queues.items(self.desk.officer, counts, self._queue)
        self._items = tuple(item.key for item in items)
        self.side.queues.set_items(items)
        if self.side.queues.current_key() != self._queue:
            self.side.queues.set_current(self._queue)

    def place(self) -> str:
        """Return the key of the page that is shown, or stands behind the curtain; "" for the daily one."""
        page = self.curtain.behind() or self.pages.currentWidget()
        return next((key for key, other in self._others.items() if other is page), "")

    def refresh_other(self) -> None:
        """Let the page that is shown read anew; the daily page has its own ways."""
        page = self.pages.currentWidget()
        if isinstance(page, pages.Page):
            page.refresh()

    def sync(self) -> None:
        """F5: try both ways now."""
        if not self._syncing:
            self._syncing = True
            self.tasks.query(self._engine.sync_now, self._synced, self._synced, owner=self)

    def _synced(self, _result: object) -> None:
        self._syncing = False
        self.news.read_link()

    # -- size and end ------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self.title.set_room(self.width() * 100 // theme.px(100))
        self.desk_page.beside.set_room(self.width())

    def _fit(self, _page: int = 0) -> None:
        """Give the side bar its room: a wide page leaves it only a rail."""
        wide = self.place() in pages.WIDE
        self.side.set_room(LEAST_WIDTH if wide else self.width() * 100 // theme.px(100))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.closing.over:
            event.accept()
            return
        event.ignore()
        self.desk_page.undoing.send_now()
        if self.locking.locked:
            self.closing.finish()  # what stays is named to whoever unlocks
        else:
            self.closing.begin()

    def _gone(self) -> None:
        self.curtain.close()
        self.locking.close()
        self.news.close()
        self.tasks.close()
        self.hide()
        self.closed.emit()
