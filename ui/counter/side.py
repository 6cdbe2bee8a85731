"""Beside the form: when the result would be handed over, what it costs, what is printed.

Stands apart because the appointment is asked anew as time goes by, while nobody types.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.procedures import Procedure
from app.domain.time_words import clock_time, long_moment
from app.services import counter
from app.services.counter import Prospect
from app.services.desk import Desk
from ui import keys, theme, timers
from ui.counter.fee_box import FeeBox
from ui.dossier import ledger_words
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.checks import CheckBox
from ui.widgets.plain_label import PlainLabel

_AGAIN_MS = 30_000
_FEW_NUMBERS = 5
GAP = 10


class CounterSide(QWidget):
    """Signals: ``failed(object)`` an error that kept the appointment from being known; ``why_asked()``."""

    failed = Signal(object)
    why_asked = Signal()

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self._procedure: Procedure | None = None
        self._post = False
        self._kept_fee: object = None
        self._prospect: Prospect | None = None
        self.fee = FeeBox(desk, tasks)
        self.slip = CheckBox(self.tr("Giấy tiếp nhận và hẹn trả"), checked=True)
        self.due = PlainLabel("", role=Role.FACT, wrap=True, figures=True)
        self.note = PlainLabel("", role=Role.SMALL, tone="text_3", wrap=True, figures=True)
        self.why = Button(self.tr("Vì sao?"), kind="link", key=keys.cap("due"))
        self.why.clicked.connect(self.why_asked)
        self._again = timers.once(self, _AGAIN_MS, self.ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(GAP))
        promise = QWidget()
        words = QVBoxLayout(promise)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(theme.px(2))
        words.addWidget(self.due)
        words.addWidget(self.note)
        words.addWidget(self.why, 0, Qt.AlignmentFlag.AlignLeft)
        cards = ((self.tr("Hẹn trả"), "", promise), (self.tr("Phí, lệ phí"), "", self.fee),
                 (self.tr("In ra"), keys.cap("print"), self.slip))  # fmt: skip
        for title, aside, inner in cards:
            card = Card(title, aside)
            card.add(inner, padded=True)
            column.addWidget(card)
        column.addStretch(1)
        self.show_procedure(None)

    def show_procedure(self, procedure: Procedure | None) -> None:
        """Another procedure is meant: its appointment and its fees."""
        self._procedure = procedure
        self._prospect = None
        self.due.hide()
        self.why.hide()
        self.note.setText(self.tr("Chọn thủ tục để xem ngày hẹn.") if procedure is None else "")
        self.fee.propose((), post=False)
        self._ask(fees=True)

    def prospect(self) -> Prospect | None:
        """Return what receiving now would come to, None while no procedure is chosen."""
        return self._prospect

    def ask(self) -> None:
        """Ask when it would be, if it were received now."""
        self._ask(fees=False)

    def set_post(self, post: bool) -> None:
        """The result goes by post, or not."""
        self._post = post
        self.fee.set_post(post and self._procedure is not None)

    def restore_fee(self, state: object) -> None:
        """Fill the fees from a draft, once they are known."""
        self._kept_fee = state

    def _ask(self, *, fees: bool) -> None:
        self._again.stop()
        procedure, desk = self._procedure, self._desk
        if procedure is None:
            return

        def came(found: Prospect) -> None:
            if self._procedure is procedure:
                self._show(found)
                if fees:
                    self._show_fees(found)

        self._tasks.query(lambda: counter.prospect(desk, procedure.code), came, self.failed.emit, owner=self)

    def _show(self, found: Prospect) -> None:
        now = self._desk.clock.now()
        self.due.setText(long_moment(found.due_at, now))
        self._prospect = found
        self.due.show()
        self.why.show()
        notes = [self.tr("Dự kiến, nếu tiếp nhận lúc này ({0}).").format(clock_time(now))]
        if moved := ledger_words.briefly(found.dossier, self._desk.calendar, now):
            notes.append(moved)
        if found.numbers_left == 0:
            notes.append(self.tr("Đã hết số cấp sẵn: hồ sơ sẽ chờ cấp số."))
        elif found.numbers_left <= _FEW_NUMBERS:
            notes.append(self.tr("Còn {0} số cấp sẵn cho hôm nay.").format(found.numbers_left))
        self.note.setText(" ".join(notes))
        self._again.start()

    def _show_fees(self, found: Prospect) -> None:
        self.fee.propose(found.fees, post=self._post)
        if not self.fee.sums:
            self.fee.say_none()
        if self._kept_fee is not None:
            self.fee.restore(self._kept_fee)
            self._kept_fee = None
