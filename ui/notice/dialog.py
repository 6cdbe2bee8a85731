"""Thông báo công dân – Thanh toán phí/lệ phí: the form all three cases of the officer's guide pass through.

Stands apart from its parts: here the form meets the services, the citizen's view follows the typing, and one key sends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from app import texts
from app.domain.dossier import Delivery
from app.domain.money import format_dong
from app.domain.notices import find, open_notices, rest_of
from app.domain.time_words import clock_time, short_day
from app.domain.words import State
from app.errors import KnownError
from app.services import fee_notices, notice_preview, printing
from app.services.desk import Desk
from app.services.notice_preview import NoticePreview
from app.services.views import Acted, Card
from ui import timers
from ui.dossier.deed_dialog import DeedDialog, later_focus
from ui.dossier.deed_dialog import State as Draft
from ui.dossier.pdf_viewer import PdfViewer
from ui.notice.channels import ways
from ui.notice.form import NoticeFields, Written
from ui.notice.lines_box import FeeTable, fee_table
from ui.notice.preview import CitizenView
from ui.payment.outlook_words import time_of
from ui.present.wording import code_words
from ui.tasks import Tasks
from ui.theme import Role
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.plain_label import Bold, PlainLabel

_PREVIEW_MS = 250


@dataclass(frozen=True, slots=True)
class _Start:
    """What the form begins with, read off the GUI thread."""

    table: FeeTable
    deliveries: tuple[Delivery, ...]


class NoticeDialog(DeedDialog):
    """The fee notice of one dossier; ``replaces`` names the open notice that *Thay…* was pressed for.

    Without it a second notice asks which is meant, and nothing is chosen beforehand. *In giấy báo* opens a
    ``PdfViewer`` over the dialog.
    """

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, replaces: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Thông báo công dân · Thanh toán phí/lệ phí",
            primary="Thông báo", width=1038, draft_kind="notify",
        )  # fmt: skip
        waiting = open_notices(card.dossier)
        self._open = find(card.dossier, replaces) or (waiting[-1] if waiting else None)
        self._replace = bool(replaces)
        self.viewer: PdfViewer | None = None
        self._link = desk.engine.link.state
        self._build_banners()
        self.fields = NoticeFields(desk, tasks, card.dossier, self._today, self._open, tight=self.tight)
        if self.tight and self._open is not None:
            self.fields.ask_about_open(", ".join(self._open_words()))
        self.fields.changed.connect(self._changed)
        self.fields.grew.connect(self.settle)
        self.fields.go_to.connect(lambda field: later_focus(self, field))
        self.fields.view_asked.connect(self.view_asked)
        self.body.addWidget(self.fields)
        self.body.addStretch(1)
        self.citizen = CitizenView(tight=self.tight)
        if card.dossier.state is State.SUBMITTED and not self.tight:
            hint = self.tr("Đóng xong, thời hạn tiếp nhận 8 giờ làm việc tính lại từ đầu.")
            self.citizen.addWidget(Banner("info", hint))
        self.set_side(self.citizen, 370)
        self._build_foot_words()
        self._soon = timers.once(self, _PREVIEW_MS, self._ask_preview)
        self._asked = 0
        self.focus_first(self.fields.title)
        self.citizen.show_nothing(self.tr("Đang lấy biểu phí…"))
        self.begin(self._read, self._ready)

    def _build_banners(self) -> None:
        now = self.desk.clock.now()
        if self._open is not None and not self.tight:
            lead, at = self._open_words()
            more = self.tr(" ({0}). Thay, hay thêm khoản khác?").format(at)
            self.body.addWidget(Banner("warn", Bold(lead), more))
        if self._link.state != "online" and not self.tight:
            since = Bold(self.tr("Ngoại tuyến từ {0}. ").format(time_of(self._link.since, now)))
            kept = self.tr("Việc lưu trên máy này và tự gửi khi có mạng. ")
            nothing = self.tr("Công dân chưa nhận được gì. In giấy báo đưa tay?")
            self.body.addWidget(Banner("offline", since, kept, nothing))

    def _open_words(self) -> tuple[str, str]:
        if self._open is None:
            return "", ""
        rest = format_dong(rest_of(self.dossier, self._open))
        at = f"{clock_time(self._open.sent_at)} {short_day(self._open.sent_at, self.desk.clock.now())}"
        return self.tr("Đang có thông báo chờ đóng {0}").format(rest), self.tr("báo {0}").format(at)

    def _build_foot_words(self) -> None:
        self.print_button = Button(self.tr("In giấy báo"), icon="printer")
        self.print_button.clicked.connect(self._print)
        self.foot.addWidget(self.print_button)
        words = self.tr("Sau khi bấm có 8 giây để hoàn tác.")
        if self._link.state != "online" and self.tight:
            since = time_of(self._link.since, self.desk.clock.now())
            words = self.tr("Ngoại tuyến từ {0}: lưu trên máy, gửi khi có mạng. Có thể in đưa tay.").format(since)
        self.foot.addWidget(PlainLabel(words, role=Role.SMALL, tone="text_3", figures=True))

    def _today(self) -> date:
        return self.desk.clock.now().date()

    def _read(self) -> _Start:
        desk, dossier = self.desk, self.dossier
        return _Start(fee_table(desk, dossier), fee_notices.where_it_goes(desk, dossier))

    def _ready(self, start: _Start) -> None:
        self.fields.lines.propose(start.table)
        found = ways(self.dossier, start.deliveries)
        self.fields.channels.show_ways(found)
        if not any(way.reachable for way in found):
            self.tell("warn", self.tr("Chưa kênh nào tới được công dân. Gọi điện theo mẫu, hoặc in giấy báo."))
        if self._replace:
            self.fields.choice.choose("replace")
        undecided = self._open is not None and not self._replace
        later_focus(self, self.fields.choice if undecided else self.fields.first_empty())

    def _changed(self) -> None:
        total = self.fields.written().total
        words = self.tr("Thông báo {0}").format(format_dong(total)) if total else self.tr("Thông báo")
        self.primary.set_text(words)
        self._soon.start()

    def _ask_preview(self) -> None:
        written = self.fields.written()
        if not written.lines:
            self.citizen.show_nothing(self.tr("Nhập số tiền để xem thông báo công dân sẽ nhận."))
            return
        self._asked += 1
        turn = self._asked
        desk, dossier = self.desk, self.dossier

        def read() -> NoticePreview:
            return notice_preview.preview(desk, dossier.id, written.form(desk, dossier))

        def show(found: NoticePreview) -> None:
            if turn == self._asked:
                self.citizen.show_preview(found)
                self.settle()

        self.tasks.query(read, show, self._no_preview, owner=self)

    def _no_preview(self, error: KnownError) -> None:
        self.citizen.show_nothing(texts.of(error))

    def deed(self) -> Callable[[], Acted] | None:
        written = self._complete()
        if written is None:
            return None
        desk, dossier = self.desk, self.dossier
        return lambda: fee_notices.notify(desk, dossier.id, written.form(desk, dossier))

    def _complete(self) -> Written | None:
        wrong = self.fields.check()
        if wrong is not None:
            later_focus(self, wrong)
            return None
        return self.fields.written()

    def _print(self) -> None:
        written = self._complete()
        if written is None:
            return
        desk, dossier = self.desk, self.dossier
        self.print_button.set_reason(self.tr("Đang tạo giấy báo…"))

        def done(pdf: bytes) -> None:
            self.print_button.set_reason("")
            name = self.tr("Giấy báo {0}.pdf").format(code_words(dossier.receipt_code, dossier.code))
            self.viewer = PdfViewer(self, self.tasks, pdf, name, title=self.tr("Giấy báo nộp phí, lệ phí (chưa gửi)"))
            self.viewer.open()

        def failed(error: KnownError) -> None:
            self.print_button.set_reason("")
            self.show_problem(error)

        self.tasks.command(
            lambda: printing.fee_notice_pdf(desk, dossier.id, written.form(desk, dossier)), done, failed, owner=self
        )

    def state(self) -> Draft:
        return self.fields.state()

    def restore(self, state: Draft) -> None:
        self.fields.restore(state)
