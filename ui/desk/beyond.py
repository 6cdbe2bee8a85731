"""A whole code that this desk does not know: where it stands is asked of the portal, and said in the list's place.

Stands apart from search, which never asks the network: here the officer presses first, and the portal writes it down.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject

from app import texts
from app.domain.lookup import LookedUp
from app.domain.money import format_dong
from app.domain.people import Officer
from app.domain.time_words import due_moment
from app.domain.words import Role
from app.errors import KnownError
from app.services import lookup
from app.services.desk import Desk
from ui.desk.list_pane import ListPane
from ui.present import veil
from ui.present.wording import detail_words
from ui.tasks import Tasks


class Beyond(QObject):
    """Offers the look-up in the empty state of ``list_pane`` and shows its answer there."""

    def __init__(self, desk: Desk, tasks: Tasks, list_pane: ListPane) -> None:
        super().__init__(list_pane)
        self._desk, self._tasks, self._list = desk, tasks, list_pane
        self._code = ""

    def offer(self, typed: str) -> bool:
        """Offer to ask about what was typed; False when it is no whole code, or not this officer's to ask."""
        self._code = typed if may_ask(self._desk.officer) and lookup.is_whole_code(typed) else ""
        if not self._code:
            return False
        said = self.tr("Máy này không có hồ sơ mang mã {0}. Cổng cho biết hồ sơ ở đâu; lần tra cứu được ghi lại.")
        self._list.show_empty("magnifying-glass", said.format(veil.code(typed.upper())), self.tr("Tra cứu trên Cổng"))
        return True

    def ask(self) -> bool:
        """Ask the portal about the code offered; False when none is."""
        code, desk = self._code, self._desk
        if not code:
            return False
        self._list.show_empty("magnifying-glass", self.tr("Đang hỏi Cổng…"), "")
        self._tasks.query(lambda: lookup.look_up(desk, code), lambda found: self._show(code, found),
                          lambda error: self._failed(code, error), owner=self)  # fmt: skip
        return True

    def _show(self, code: str, found: LookedUp) -> None:
        if code == self._code:
            self._list.show_empty("files", told(found, self._desk.clock.now()), "")

    def _failed(self, code: str, error: KnownError) -> None:
        if code == self._code:
            self._list.show_empty("warning-circle", texts.of(error), self.tr("Thử lại"))


def may_ask(officer: Officer) -> bool:
    """Say whether the portal will answer this officer."""
    return Role.RECEPTION in officer.roles


def told(found: LookedUp, now: datetime) -> str:
    """Return what the portal told, in lines: nothing of the person, nothing of the papers."""
    holder = f"{found.unit}, {found.holder}" if found.holder else found.unit
    lines = (
        veil.code(found.receipt_code or found.code),
        found.procedure,
        f"{detail_words(found.state, found.sub_state)} · {holder}",
        f"Hẹn trả {due_moment(found.due_at, now)}" if found.due_at else "Chưa có hẹn trả",
        f"Còn nợ {format_dong(found.owing)}" if found.owing else "Không còn nợ khoản nào",
    )
    return "\n".join(lines)
