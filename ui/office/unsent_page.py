"""Việc chưa gửi của người khác: for the head on every desk of the unit, for anyone on this machine.

Stands apart from the outbox, which is the officer's own: these facts keep their officer, whoever delivers them.
"""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.domain.words import Role
from app.errors import KnownError
from app.services import absent, processing
from app.services.absent import Sent, Waiting
from app.services.desk import Desk
from app.services.processing import Target
from ui import keys
from ui.list_page import ListPage
from ui.office.hand_over_dialog import HandOverDialog
from ui.present import absent as words
from ui.tasks import Tasks
from ui.widgets.buttons import Button


class UnsentPage(ListPage):
    """The head hands work over; whoever was handed it sends it from the desk where it lies."""

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        self._head = Role.HEAD in desk.officer.roles
        title = self.tr("Việc chưa gửi của đơn vị") if self._head else self.tr("Việc của người khác trên máy này")
        super().__init__(desk, tasks, title, words.COLUMNS, self.tr("Việc giữ tên người đã làm, không việc nào mất."))
        self._works: dict[str, Waiting] = {}
        self._targets: tuple[Target, ...] = ()
        self._busy = False
        self.dialog: HandOverDialog | None = None
        label = self.tr("Giao cho người khác gửi…") if self._head else self.tr("Gửi thay")
        self.primary = Button(label, kind="primary", key=keys.cap("next"))
        self.primary.clicked.connect(self.confirm)
        self.foot.addWidget(self.primary)
        self.dress()

    def refresh(self) -> None:
        """Read what lies here, and ask the portal about the unit's desks."""
        desk, head = self._desk, self._head

        def read() -> tuple[tuple[Waiting, ...], tuple[Target, ...]]:
            return (absent.of_unit(desk) if head else absent.here(desk)), processing.targets(desk)

        self._tasks.query(read, self._came, self._failed, owner=self)

    def _came(self, found: tuple[tuple[Waiting, ...], tuple[Target, ...]]) -> None:
        works, self._targets = found
        if self._head:
            self.told.hide()
        self._works = {words.key_of(work): work for work in works}
        self.count.setText(str(len(works)))
        nothing = words.NOTHING_IN_UNIT if self._head else words.NOTHING_HERE
        self.list.fill(words.lines(works, self._desk.clock.now()), nothing)
        self.dress()

    def _failed(self, error: KnownError) -> None:
        self._busy = False
        self.say_failed(error, self.tr("Việc này cần có mạng. Thử lại khi trực tuyến."))
        self.dress()

    def _picked(self) -> Waiting | None:
        line = self.list.current()
        return self._works.get(line.key) if line is not None else None

    def dress(self) -> None:
        why = "" if self._picked() is not None else self.tr("Chọn một dòng trước.")
        self.primary.set_reason(self.tr("Đang gửi…") if self._busy else why)

    def confirm(self) -> None:
        """The head's dialog, or sending for the absent officer; Ctrl+Enter comes here."""
        work = self._picked()
        if work is None or self._busy or self.dialog is not None:
            return
        if self._head:
            self.dialog = HandOverDialog(self.window(), self._desk, self._tasks, work, self._targets)
            self.dialog.kept.connect(self.refresh)
            self.dialog.finished.connect(self._closed)
            self.dialog.open()
            return
        self._busy = True
        self.dress()
        desk = self._desk
        self._tasks.command(lambda: absent.send_for(desk, work.username), self._sent, self._failed, owner=self)

    def _sent(self, sent: Sent) -> None:
        self._busy = False
        parts = [self.tr("Đã gửi {0} việc.").format(sent.sent)]
        parts += [self.tr("Còn {0} việc chờ gửi.").format(sent.left)] if sent.left else []
        parts += [self.tr("{0} việc chờ chính người đó quyết định.").format(sent.undecided)] if sent.undecided else []
        self.told.set_state("ok" if not sent.left else "warn", " ".join(parts))
        self.told.show()
        self.refresh()

    def _closed(self, _result: int) -> None:
        self.dialog = None
        self.setFocus(Qt.FocusReason.OtherFocusReason)
