"""Nhắc: the same debt again, with the rest of it, shown beforehand as each channel will bring it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app import texts
from app.domain.dossier import Notice
from app.domain.money import format_dong
from app.domain.notices import find, rest_of
from app.domain.time_words import clock_time, short_day
from app.services import fee_notices, notice_preview
from app.services.desk import Desk
from app.services.notice_preview import ChannelText, NoticePreview
from app.services.views import Acted, Card
from ui.dossier.deed_dialog import DeedDialog, later_focus
from ui.notice.preview import CitizenView
from ui.payment.outlook_words import time_of
from ui.present.notices import delivery_line
from ui.present.wording import DELIVERY_NAMES, masked
from ui.tasks import Tasks
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.card import Card as Sheet
from ui.widgets.card import Facts
from ui.widgets.delivery_row import DeliveryLine, DeliveryRow
from ui.widgets.plain_label import Bold


class RemindDialog(DeedDialog):
    """Reminds of ``notice_id``; when no channel can arrive it only leads to the ways that do."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, notice_id: str) -> None:
        notice = find(card.dossier, notice_id)
        rest = rest_of(card.dossier, notice) if notice is not None else 0
        super().__init__(window, desk, tasks, card, "Nhắc nộp tiền", primary=f"Nhắc nộp {format_dong(rest)}", width=920)
        self._notice, self._notice_id = notice, notice_id
        self._build_link()
        same = self.tr("Gửi lại phần còn thiếu của cùng một thông báo, không phải khoản thu mới.")
        self._same = Banner("info", same)
        self.body.addWidget(self._same)
        if notice is not None:
            self.body.addWidget(self._facts(notice, rest))
        self.channels = Sheet(self.tr("Gửi lại qua"))
        self.body.addWidget(self.channels)
        self.body.addStretch(1)
        self.citizen = CitizenView(tight=True)
        self.citizen.show_nothing(self.tr("Đang soạn lời nhắc…"))
        self.set_side(self.citizen, 340)
        self.correct = self._way(self.tr("Sửa số, thư…"), "correct_contact", "")
        self.call = self._way(self.tr("Mẫu gọi…"), "call", notice_id)
        self.hand_over = self._way(self.tr("In và giao tay…"), "hand_over", notice_id)
        self.focus_first(self.primary)
        self.begin(lambda: notice_preview.reminder(desk, notice_id), self._ready)

    def _build_link(self) -> None:
        link = self.desk.engine.link.state
        if link.state != "online":
            since = Bold(self.tr("Ngoại tuyến từ {0}. ").format(time_of(link.since, self.desk.clock.now())))
            self.body.addWidget(Banner("offline", since, self.tr("Lời nhắc lưu trên máy này và tự gửi khi có mạng.")))

    def _way(self, words: str, command: str, subject_id: str) -> Button:
        button = Button(words)
        button.clicked.connect(lambda: self.ask_instead(command, subject_id))
        self.foot.addWidget(button)
        return button

    def _facts(self, notice: Notice, rest: int) -> Facts:
        now = self.desk.clock.now()
        facts = Facts()
        facts.add(self.tr("Thông báo"), notice.title, figures=True)
        owed = format_dong(rest)
        if rest < notice.total:
            owed += self.tr(" (thông báo {0})").format(format_dong(notice.total))
        facts.add(self.tr("Còn phải nộp"), owed, figures=True, weight=600)
        if notice.pay_by is not None:
            past = self.tr(" – đã quá") if notice.pay_by < now.date() else ""
            facts.add(self.tr("Hạn nộp"), f"{notice.pay_by:%d/%m/%Y}{past}", figures=True)
        if notice.reminded_at is not None:
            last = f"{clock_time(notice.reminded_at)} {short_day(notice.reminded_at, now)}"
            words = self.tr("{0} lần, lần cuối {1}").format(notice.reminders, last)
            facts.add(self.tr("Đã nhắc"), words, figures=True)
        return facts

    def _ready(self, found: NoticePreview) -> None:
        self.citizen.show_preview(found)
        for message in found.texts:
            row = DeliveryRow(self._fate(message))
            row.acted.connect(lambda channel: self.ask_instead("correct_contact", channel))
            self.channels.add(row)
        if not any(message.address for message in found.texts):
            self.tell("refused", texts.sentence("nobody-reachable"))
            self._same.hide()
            self.set_primary("")
            later_focus(self, self.correct)

    def _fate(self, message: ChannelText) -> DeliveryLine:
        """Return what will become of one channel: it is sent, or why not and what to do."""
        deliveries = self._notice.deliveries if self._notice else ()
        last = next((d for d in deliveries if d.channel is message.channel), None)
        now = self.desk.clock.now()
        if not message.address and last is not None:
            return delivery_line(last, now)
        icon, name = DELIVERY_NAMES[message.channel]
        address = masked(message.channel, message.address)
        before = ""
        if last is not None and last.address == message.address:
            line = delivery_line(last, now)
            before = self.tr("Lần trước: {0}").format(f"{line.chip[:1].lower()}{line.chip[1:]}")
        return DeliveryLine(message.channel, icon, name, address, self.tr("Sẽ gửi"), since=before)

    def deed(self) -> Callable[[], Acted] | None:
        desk, notice_id = self.desk, self._notice_id
        return lambda: fee_notices.remind(desk, notice_id)
