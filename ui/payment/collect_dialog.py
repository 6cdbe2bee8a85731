"""Thu tại quầy: the notice that goes by no channel and its payment, written down in one deed.

Stands apart from ticking because nothing was announced before: the sums are proposed here, from the fee table.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import texts
from app.domain.money import format_dong
from app.domain.notices import open_notices, owing
from app.domain.time_words import clock_time, short_day
from app.domain.words import State as DossierState
from app.errors import KnownError
from app.services import fee_notices, payments, reception
from app.services.desk import Desk
from app.services.views import Acted, Card
from ui import keys, theme
from ui.dossier.deed_dialog import Deed, DeedDialog, State, later_focus
from ui.dossier.phrases import offer
from ui.notice.lines_box import LinesBox, fee_table
from ui.payment.evidence_form import EvidenceForm, second_needed
from ui.payment.outlook_words import time_of
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.banner import Banner
from ui.widgets.form_row import FormRow
from ui.widgets.plain_label import Bold, PlainLabel
from ui.widgets.text_field import TextField

_SIDE = 480
_NOTE = 520


class CollectDialog(DeedDialog):
    """Collects the whole sum of its lines; works without a network and where a procedure is not paid online."""

    verb, verb_sum = "Thu tại quầy", "Thu {0}"

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, self.verb, primary=self.verb, width=1060, draft_kind="collect"
        )
        self._asked = {(line.kind, line.name) for n in open_notices(card.dossier) for line in n.lines}
        self._build_banners()
        self.lines = LinesBox(post=card.dossier.result_channel == "post", tight=self.tight, narrow=True)
        self.lines.changed.connect(self._look_again)
        self.lines.grew.connect(self.settle)
        self.lines.go_to.connect(lambda field: later_focus(self, field))
        self.body.addWidget(self.lines)
        self.reason = TextField()
        self._reason_row = FormRow(self.tr("Lý do"), self.reason, required=True)
        self.phrases = offer(desk, tasks, "collect", self._reason_row)
        self._reason_row.hide()
        self.body.addWidget(self._reason_row)
        self.body.addStretch(1)
        self._build_money()
        self.note = PlainLabel("", role=Role.SMALL, tone="text_3", wrap=True, figures=True)
        self.note.setMinimumWidth(theme.px(_NOTE))
        self.foot.addWidget(self.note)
        self.begin(lambda: fee_table(desk, card.dossier), self._proposed)

    def _build_banners(self) -> None:
        desk, now = self.desk, self.desk.clock.now()
        waiting = open_notices(self.dossier)
        self.open_notice = Banner("warn", "")
        self.link = Banner("offline", "")
        for banner in (self.open_notice, self.link):
            banner.hide()
            self.body.addWidget(banner)
        if waiting:
            owed = Bold(self.tr("Đang có thông báo chờ đóng {0} ").format(format_dong(owing(self.dossier))))
            at = f"{clock_time(waiting[-1].sent_at)} {short_day(waiting[-1].sent_at, now)}"
            when = self.tr("(báo {0}).").format(at)
            rest = self.tr(" Thu theo thông báo đó, hay thu thêm khoản khác?")
            cap = keys.cap("tick_paid")
            self.open_notice.set_state("warn", owed, when + rest, action=self.tr("Đã thanh toán"), key=cap)
            self.open_notice.acted.connect(lambda: self.ask_instead("tick_paid", waiting[-1].id))
            self.open_notice.show()
        if desk.engine.link.state.state != "online":
            since = Bold(self.tr("Ngoại tuyến từ {0}. ").format(time_of(desk.engine.link.state.since, now)))
            kept = self.tr("Khoản thu lưu trên máy này; cho đến khi gửi được, hồ sơ ghi “Đã đóng – chưa gửi”.")
            self.link.set_state("offline", since, kept)
            self.link.show()

    def _build_money(self) -> None:
        obliged = self.dossier.state is DossierState.AWAITING_OBLIGATION
        spacing = 7 if self.tight else 10
        self.money = EvidenceForm(self.desk, self.tasks, self.dossier, treasury=obliged, spacing=spacing, narrow=True)
        self.money.grew.connect(self.settle)
        self.money.view_asked.connect(self.view_asked)
        side = QVBoxLayout()
        side.addWidget(self.money)
        side.addStretch(1)
        self.set_side(side, _SIDE)

    def _proposed(self, table: object) -> None:
        self.lines.propose(table)  # type: ignore[arg-type]
        where = self.lines.first_empty() or self.money.proof.number
        later_focus(self, where)

    def _look_again(self) -> None:
        total = self.lines.total()
        self.primary.set_text(self.verb_sum.format(format_dong(total)) if total else self.verb)
        once = self.tr("Ghi một lần, không sửa được. Kiểm tra số tiền và chứng từ trước khi ghi.")
        self.note.setText(second_needed(self.desk, self.dossier, "", total, self.money) or once)
        wanted = self._reason_wanted()
        if bool(wanted) != self._reason_row.isVisibleTo(self):
            self._reason_row.setVisible(bool(wanted))
            self.settle()
        self._reason_row.set_why(wanted)

    def _reason_wanted(self) -> str:
        again = [line.name for line in self.lines.written() if (line.kind, line.name) in self._asked]
        said = [self.tr("“{0}” đang có trong thông báo chờ đóng.").format(name) for name in again]
        return " ".join([*said, *self.lines.reason_words()])

    def deed(self) -> Callable[[], Deed] | None:
        wrong = self._wrong()
        if wrong is not None:
            later_focus(self, wrong)
            return None
        desk, dossier, written = self.desk, self.dossier, self.lines.written()
        method, evidence, payer = self.money.method(), self.money.proof.evidence(), self.money.payer.text()
        reason = self.reason.text().strip() if self._reason_row.isVisibleTo(self) else ""

        def collect() -> Acted:
            lines = tuple(fee_notices.line(desk, dossier, item.kind, item.name, item.amount) for item in written)
            return payments.collect(
                desk, dossier.id, title=fee_notices.default_title(dossier), lines=lines,
                method=method, evidence=evidence, payer=payer, reason=reason,
            )  # fmt: skip

        return lambda: self.then(collect())

    def then(self, collected: Acted) -> Deed:
        """Return all that one press did, once the money is written down. Thread: a worker."""
        return collected

    def _wrong(self) -> QWidget | None:
        """Show every error at its field; return the first field to go to."""
        wrong: list[QWidget] = self.lines.check()
        missing = self._reason_row.isVisibleTo(self) and not self.reason.text().strip()
        self._reason_row.set_error(texts.sentence("reason-needed") if missing else "")
        wrong += [self.reason] if missing else []
        unproven = self.money.check()
        wrong += [unproven] if unproven is not None else []
        self.settle()
        return wrong[0] if wrong else None

    def state(self) -> State:
        return {"rows": self.lines.state(), "reason": self.reason.text()} | self.money.state()

    def restore(self, state: State) -> None:
        self.lines.restore(state.get("rows"))
        self.reason.setText(str(state.get("reason", "")))
        self.money.restore(state)


class CollectReceiveDialog(CollectDialog):
    """Thu và tiếp nhận: one press, two commands; only the reception can be undone."""

    verb, verb_sum = "Thu và tiếp nhận", "Thu {0} và tiếp nhận"

    def then(self, collected: Acted) -> Deed:
        try:
            return collected, reception.receive(self.desk, self.dossier.id)
        except KnownError:
            # The money is written down and stays; a second press must not take it again. The pane says what is left.
            return collected
