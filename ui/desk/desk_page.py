"""The daily page: queues, list, dossier beside it, and the flow of keys between them.

It asks services off the GUI thread, hands words to widgets and commands to ``ui.deeds``. Rows never move under the
officer: the current row stays until it is left, new ones wait behind a strip.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from time import monotonic

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import texts
from app.domain.people import FileRef
from app.errors import KnownError
from app.services import inbox, privacy
from app.services.desk import Desk
from app.services.views import QueueCounts
from ui import copying, timers
from ui.announce import announce
from ui.deeds import Deeds, Done
from ui.desk.beside import Beside
from ui.desk.beyond import Beyond
from ui.desk.dossier_model import DossierModel
from ui.desk.filtering import Filtering
from ui.desk.list_pane import ListPane
from ui.desk.ordering import Ordering
from ui.desk.picking import Picking
from ui.desk.queue_list import QueueItem
from ui.desk.refresher import Refresher
from ui.desk.row_view import RowView
from ui.desk.shown import Shown
from ui.desk.undoing import Undoing
from ui.dossier.preview import Preview
from ui.keys import ActGuard
from ui.present import listing, queues, rows, veil
from ui.present.listing import Compared
from ui.present.queues import Listing, ListQuery
from ui.remembered import Remembered
from ui.tasks import Tasks
from ui.widgets.parts import rule
from ui.widgets.plain_label import Bold

TYPED_AFTER_MS = 30


class DeskPage(QWidget):
    """List and dossier. ``monotonic_s`` is replaced in tests.

    Signals: ``counts_changed(object)`` fresh ``QueueCounts``; ``wake_asked()`` something may leave now;
    ``go_asked(str)`` a command that is not about a dossier, or a queue of the empty state; ``went(str)`` the queue
    shown now, changed by opening a dossier that stands elsewhere.
    """

    counts_changed = Signal(object)
    wake_asked = Signal()
    go_asked = Signal(str)
    went = Signal(str)

    def __init__(
        self, desk: Desk, tasks: Tasks, window: QWidget, *, monotonic_s: Callable[[], float] = monotonic
    ) -> None:
        super().__init__(window)
        self._desk, self._tasks = desk, tasks
        self._role = queues.role_of(desk.officer)
        self._query = ListQuery(queues.ALL)
        self._items: tuple[QueueItem, ...] = ()
        self._listed, self._empty, self._searched = 0, False, ""
        self._kept: int | None = None
        self._step_on = False
        self.guard = ActGuard(monotonic_s)
        self.deeds = Deeds(window, desk, tasks)
        self.deeds.done.connect(self._done)
        self.deeds.refused.connect(self._refused)
        self.deeds.sent_at_once.connect(self.wake_asked)
        self.remembered = Remembered(desk, tasks, self)
        self.model = DossierModel(tasks, self._fetch, rows.titles(self._role), self)
        self.list = ListPane(self.model)
        self.table = self.list.table
        self.beyond = Beyond(desk, tasks, self.list)
        self.ordering = Ordering(self.table, self._role, self)
        self.filtering = Filtering(desk, tasks, window, self.list, self.ordering, self)
        self.preview = Preview()
        self.shown = Shown(desk, tasks, self.preview, self.guard, self)
        self.picking = Picking(desk, tasks, window, self.list, self.deeds)
        self.picking.done.connect(self.refresh)
        self.undoing = Undoing(desk, tasks, self.list, self)
        self._refresher = Refresher(tasks, self._compare, self._again, self)
        self._typing = timers.once(self, TYPED_AFTER_MS, self._read)
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list, 1)
        edge = rule(vertical=True)
        row.addWidget(edge)
        row.addWidget(self.preview)
        self.beside = Beside(self, self.preview, edge, self.remembered)

    def _wire(self) -> None:
        self.table.current_changed.connect(self._moved)
        self.table.opened.connect(lambda _key: self.preview.setFocus(Qt.FocusReason.TabFocusReason))
        self.table.copy_asked.connect(lambda _key: self.copy_code())
        self.table.preview_asked.connect(self.beside.toggle)
        self.table.due_asked.connect(lambda _key: self.do("due"))
        self.table.filter_asked.connect(self.filtering.open_menu)
        self.table.keys_asked.connect(lambda: self.go_asked.emit("keys"))
        self.preview.asked.connect(self.do)
        self.preview.file_asked.connect(self._view_file)
        self.preview.revealed.connect(self._revealed)
        self.preview.open_asked.connect(self.open_dossier)
        self.ordering.changed.connect(self._reorder)
        self.filtering.changed.connect(self._refilter)
        self.list.empty_acted.connect(self._empty_acted)
        self.undoing.wake_asked.connect(self.wake_asked)
        self.undoing.taken_back.connect(lambda: self._read(self.shown.wanted))

    # -- reading -----------------------------------------------------------------------------------------------------

    def _fetch(self, pks: Sequence[Hashable]) -> list[RowView]:
        now = self._desk.clock.now()
        wanted = [int(str(pk)) for pk in pks]
        found = zip(wanted, inbox.rows(self._desk, wanted), strict=True)
        return [rows.row_view(row, now, self._role, self._desk.calendar, pk) for pk, row in found if row is not None]

    def show_queue(self, key: str) -> None:
        """Show a queue of the side bar as it was left, from its top."""
        self._show(self.filtering.recall(key))

    def show_whole(self, key: str, chosen: str = "") -> None:
        """Show all of a queue, or exactly what one ``chosen`` filter leaves of it."""
        self._show(self.ordering.apply(ListQuery(key, chosen)))

    def _show(self, query: ListQuery) -> None:
        self._query = query
        self.beside.turn(query.queue)
        self._read()

    def search(self, typed: str) -> None:
        """Show what matches, its first row open; nothing typed shows the queue again."""
        self._query = replace(self._query, typed=typed.strip(), alone=0)
        self._typing.start()

    def _refilter(self, query: ListQuery) -> None:
        self._query = query
        self._read()

    def _reorder(self) -> None:
        self._query = self.ordering.apply(self._query)
        self._read()

    def _read(self, keep: int | None = None) -> None:
        query, desk = self._query, self._desk
        self._tasks.query(lambda: listing.read(desk, query), lambda found: self._came(found, keep), owner=self)
        if not query.typed:  # typing changes no count, and the counts of a million would keep the answer waiting
            self.refresh_counts()

    def _came(self, found: Listing, keep: int | None) -> None:
        if found.query != self._query:
            return
        searched_anew = found.query.typed not in ("", self._searched)
        if keep is None and not searched_anew:
            keep = self.table.current_id()
        self._listed, self._kept, self._searched = len(found.pks), None, found.query.typed
        self.table.show_ids(found.pks, keep)
        self._dress(found)

    def _dress(self, found: Listing) -> None:
        self.ordering.dress(found.query)
        title = next((item.title for item in self._items if item.key == found.query.queue), "")
        if found.query.typed:
            title = self.tr("Tìm “{0}”").format(veil.typed(found.query.typed))
        elif found.query.alone:
            title = self.tr("Hồ sơ vừa mở")
        self.list.set_heading(title, len(found.pks))
        self.filtering.dress(found)
        desk_note = found.query.queue == "to_notify" and not found.query.typed and bool(found.pks)
        if desk_note:
            self.list.note.set_state("info", *_TO_NOTIFY)
        self.list.note.setVisible(desk_note)
        self._empty = not len(found.pks) and not self.model.rowCount()
        if not self._empty:
            self.list.show_table()
            return
        self.shown.want(None)
        self._say_empty()

    def _say_empty(self) -> None:
        """Say why there are no rows, and where there are some, as far as they are counted by now."""
        query = self._query
        if self.beyond.offer(query.typed):
            return
        sentence, action, _ = queues.empty_words(query, self._items)
        self.list.show_empty("magnifying-glass" if query.typed else "tray", sentence, action)

    def _empty_acted(self) -> None:
        if self.beyond.ask():
            return
        if queues.is_narrowed(self._query):
            self.filtering.clear()
            return
        _, _, leads_to = queues.empty_words(self._query, self._items)
        if leads_to:
            self.go_asked.emit(f"queue:{leads_to}")

    def items(self) -> tuple[QueueItem, ...]:
        """Return the side bar's items with their latest counts."""
        return self._items

    def refresh_counts(self) -> None:
        """Read the side bar's counts again."""
        desk = self._desk
        self._tasks.query(lambda: inbox.counts(desk), self._counted, owner=self)

    def _counted(self, counts: QueueCounts) -> None:
        self._items = queues.items(self._desk.officer, counts, self._query.queue)
        self.counts_changed.emit(counts)
        if not self._query.typed and not self._query.alone:
            title = next((item.title for item in self._items if item.key == self._query.queue), "")
            self.list.set_heading(title, self._listed)
        if self._empty and not self._query.typed:
            self._say_empty()

    def refresh(self, ids: tuple[str, ...] = ()) -> None:
        """Something changed (``ids``, or anything): rows in place, new ones behind the strip, counts, the dossier."""
        self._refresher.ask()
        view = self.preview.view()
        if view is not None and (not ids or view.id in ids):
            self.shown.reload()

    def _compare(self) -> Callable[[], tuple[Compared, QueueCounts]]:
        query, desk, shown, current = self._query, self._desk, self.model.ids(), self.table.current_id()
        return lambda: (listing.compare(desk, query, shown, current), inbox.counts(desk))

    def _again(self, found: tuple[Compared, QueueCounts]) -> None:
        seen, counts = found
        self._counted(counts)
        if seen.found.query != self._query:
            return
        if seen.shown is not self.model.ids() or seen.current != self.table.current_id():
            self._refresher.ask()
            return
        self._listed, self._kept = len(seen.found.pks), seen.kept
        if self.model.rowCount():
            self.model.propose(seen.pks, seen.change)
        else:
            self.table.show_ids(seen.pks)
        self._dress(seen.found)

    def show_anew(self) -> None:
        """Names are masked now, or are no more: say everything again."""
        self.list.toast.hide()
        self.undoing.tell_again()
        self.model.invalidate(())
        self.refresh()

    # -- the shown dossier -------------------------------------------------------------------------------------------

    def _moved(self, key: object) -> None:
        self.shown.want(key if isinstance(key, int) else None)
        if self._kept is not None and self._kept != key:
            self._kept = None
            QTimer.singleShot(0, self, self.refresh)

    def open_dossier(self, dossier_id: str) -> None:
        """Show a dossier wherever it stands: in this list, in another, or alone."""
        desk, present = self._desk, self._query
        self._tasks.query(lambda: listing.where(desk, dossier_id, present), self._open, owner=self)

    def _open(self, found: tuple[ListQuery, int] | None) -> None:
        if found is None:
            self.list.toast.tell(self.tr("Không có hồ sơ đó trên máy này."), icon="info")
            return
        query, pk = self.ordering.apply(found[0]), found[1]
        self.went.emit(query.queue)
        self.beside.turn(query.queue)
        if query == self._query and self.table.go_to(pk):
            return
        self._query = query
        self._read(pk)

    def open_code(self, code: str) -> None:
        """Show the dossier of a scanned code; says so when there is none."""
        desk = self._desk
        self._tasks.query(lambda: inbox.locate(desk, code), self.open_dossier, self._not_found, owner=self)

    def _not_found(self, error: KnownError) -> None:
        self.list.toast.tell(texts.of(error), icon="barcode")

    # -- deeds -------------------------------------------------------------------------------------------------------

    def do(self, command: str, notice_id: str = "") -> None:
        """Do a command about the shown dossier; a grey one says why in the toast."""
        view = self.preview.view()
        if command == "copy":
            self.copy_code()
        elif view is not None and not self.picking.ask(command):
            reason = view.reason(command)
            if reason:
                self.list.toast.tell(reason, icon="info")
            else:
                self._step_on = False
                self.deeds.do(command, view.card, notice_id)

    def do_next(self, *, stay: bool = False) -> None:
        """Ctrl+Enter: the expected next action of the shown dossier; afterwards the next dossier."""
        view = self.preview.view()
        primary = view.actions.primary if view else None
        if view is None or primary is None or not self.guard.may_act():
            return
        if primary.reason or not primary.id:
            self.list.toast.tell(primary.reason, icon="info")
            return
        if self.deeds.do(primary.id, view.card):
            self._step_on = not stay

    def may_act(self) -> bool:
        """Say whether act keys are awake."""
        return self.guard.may_act()

    def _done(self, done: Done) -> None:
        self.undoing.offer(done)
        if self._step_on:
            self._step_on = False
            self.table.go_by(1)
        self.refresh((done.acted.dossier_id,))

    def _refused(self, error: KnownError) -> None:
        words = texts.of(error)
        self.list.toast.tell(words, icon="warning-circle")
        announce(self, words, assertive=True)

    # -- moving ------------------------------------------------------------------------------------------------------

    def _view_file(self, file: FileRef) -> None:
        view = self.preview.view()
        self.deeds.view_file(file, view.id if view is not None else "")

    def copy_code(self) -> None:
        """Copy the shown dossier's code; the second time in a row code and name."""
        view = self.preview.view()
        if view is None:
            return
        both = f"{view.code} {view.name}"
        again = copying.copied() == view.code
        copying.copy(both if again else view.code, names_someone=again)
        words = self.tr("Đã chép mã và tên") if again else self.tr("Đã chép mã hồ sơ")
        self.list.toast.tell(f"{words} {both if again else view.code}", icon="copy")

    def back(self) -> bool:
        """Esc: one step back, from the dossier to the table; False when already there."""
        if self.preview.isAncestorOf(self.window().focusWidget()):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return self.beside.leave()

    def _revealed(self, field: str) -> None:
        """Write down that the officer saw a masked fact."""
        view, desk = self.preview.view(), self._desk
        if view is not None:
            dossier_id = view.id
            self._tasks.command(lambda: privacy.revealed(desk, dossier_id, field))


_TO_NOTIFY = (
    "Người thụ lý đã dừng tính và chuyển về quầy. Còn thiếu một việc: ",
    Bold("báo công dân"),
    ". Chưa báo thì công dân chưa biết phải đóng.",
)
