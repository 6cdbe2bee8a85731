"""The desk's word on a new dossier when money is in the way: Từ chối, Tiếp nhận khi chưa đóng.

Stands apart from the other small dialogs because both must say what becomes of money that is owing, under way or paid.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from app import texts
from app.domain.dossier import Dossier
from app.domain.money import format_dong
from app.domain.notices import gate_notices, owing
from app.domain.time_words import due_moment
from app.domain.words import NoticeState
from app.errors import KnownError, Refused
from app.services import reception
from app.services.desk import Desk
from app.services.views import Acted, Card
from ui.dossier.act_dialogs import undo_note
from ui.dossier.deed_dialog import DeedDialog, State, later_focus
from ui.dossier.phrases import offer
from ui.payment.outlook_words import time_of
from ui.present.wording import channel_words
from ui.tasks import Tasks
from ui.widgets.banner import Banner
from ui.widgets.form_row import FormRow
from ui.widgets.plain_label import Bold
from ui.widgets.text_field import TextArea

_WIDTH = 640


class RefuseDialog(DeedDialog):
    """Từ chối tiếp nhận, with the reason that the citizen reads; someone who is paying just now is waited for."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Từ chối tiếp nhận", primary="Từ chối", width=_WIDTH, draft_kind="refuse"
        )
        self._paying = next((n for n in card.dossier.notices if n.state is NoticeState.PAYING), None)
        self._anyway = self._waits = False
        self._build_money()
        self.reason = TextArea(rows=4)
        why = self.tr("công dân đọc được, nêu rõ căn cứ và cách làm lại")
        self._row = FormRow(self.tr("Lý do"), self.reason, why=why, required=True)
        self.phrases = offer(desk, tasks, "refuse", self._row)
        self.body.addWidget(self._row)
        self.problem.acted.connect(self._refuse_anyway)
        self.foot.addWidget(undo_note(self))
        self.begin()

    def _build_money(self) -> None:
        owed, paid = owing(self.dossier), held(self.dossier)
        if owed:
            said = self.tr("Thông báo thu {0} đang chờ sẽ bị hủy cùng lúc; công dân được báo.")
            self.body.addWidget(Banner("warn", said.format(format_dong(owed))))
        if paid:
            lead = Bold(self.tr("Công dân đã đóng {0}. ").format(format_dong(paid)))
            rest = self.tr("Từ chối thì mở việc hoàn tiền; khi duyệt, lãnh đạo ghi việc đã thực hiện hay chưa.")
            self.body.addWidget(Banner("warn", lead, rest))

    def confirm(self) -> None:
        if self._waits:
            self.reject()
        else:
            super().confirm()

    def deed(self) -> Callable[[], Acted] | None:
        reason = self.reason.text()
        self._row.set_error("" if reason else texts.sentence("reason-needed"))
        if not reason:
            later_focus(self, self.reason)
            return None
        if self._paying is not None and not self._anyway:
            self._advise_waiting(channel_words(self._paying.paying_with), self._paying.paying_since)
            return None
        desk, dossier_id, anyway = self.desk, self.dossier.id, self._anyway
        return lambda: reception.refuse(desk, dossier_id, reason, anyway=anyway)

    def _advise_waiting(self, gateway: str, since: datetime | None) -> None:
        """Say who is paying since when; waiting is the default, refusing all the same a second, own press."""
        at = time_of(since, self.desk.clock.now())
        said = self.tr("Công dân đang mở trang thanh toán {0} (từ {1}). ").format(gateway, at).replace("  ", " ")
        rest = self.tr("Khoản đang ở ngân hàng vẫn có thể tới và sẽ được hoàn.")
        self.problem.set_state("warn", Bold(said), rest, action=self.tr("Vẫn từ chối"))
        self.problem.show()
        self._waits = True
        self.set_primary(self.tr("Chờ"))
        later_focus(self, self.primary)
        self.settle()

    def _refuse_anyway(self) -> None:
        self._anyway, self._waits = True, False
        self.set_primary(self.tr("Từ chối"))
        self.confirm()

    def show_problem(self, error: KnownError) -> None:
        failed = error.failed if isinstance(error, Refused) else ()
        paying = next((dict(item.params) for item in failed if item.code == "someone-paying"), None)
        if paying is None:
            super().show_problem(error)
        else:
            self._advise_waiting("", paying.get("since"))

    def state(self) -> State:
        return {"reason": self.reason.text()}

    def restore(self, state: State) -> None:
        self.reason.setPlainText(str(state.get("reason", "")))


def held(dossier: Dossier) -> int:
    """Return what the office holds of the dossier's payments, in đồng."""
    return sum(payment.held for payment in dossier.payments)


class ReceiveUnpaidDialog(DeedDialog):
    """Tiếp nhận khi chưa đóng: past an unpaid *thu trước* notice, for officers with that right, with the reason."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Tiếp nhận khi chưa đóng", primary="Tiếp nhận", width=_WIDTH,
            draft_kind="receive_unpaid",
        )  # fmt: skip
        gates = gate_notices(card.dossier)
        if gates:
            when = due_moment(min(notice.sent_at for notice in gates), desk.clock.now())
            lead = Bold(self.tr("Còn {0} chờ công dân đóng ").format(format_dong(owing(card.dossier))))
            rest = self.tr("(báo {0}). Tiếp nhận xong, thông báo vẫn mở và công dân vẫn phải đóng.").format(when)
            self.body.addWidget(Banner("warn", lead, rest))
        self.reason = TextArea(rows=3)
        why = self.tr("ghi vào tiến trình hồ sơ")
        self._row = FormRow(self.tr("Lý do"), self.reason, why=why, required=True)
        self.phrases = offer(desk, tasks, "receive_unpaid", self._row)
        self.body.addWidget(self._row)
        self.foot.addWidget(undo_note(self))
        self.begin()

    def deed(self) -> Callable[[], Acted] | None:
        reason = self.reason.text()
        self._row.set_error("" if reason else texts.sentence("reason-needed"))
        if not reason:
            later_focus(self, self.reason)
            return None
        desk, dossier_id = self.desk, self.dossier.id
        return lambda: reception.receive(desk, dossier_id, reason)

    def state(self) -> State:
        return {"reason": self.reason.text()}

    def restore(self, state: State) -> None:
        self.reason.setPlainText(str(state.get("reason", "")))
