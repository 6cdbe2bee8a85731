"""Hủy thông báo: take an open notice back, with a reason that the citizen reads."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app import texts
from app.domain.money import format_dong
from app.domain.notices import find, rest_of
from app.domain.words import NoticeState
from app.services import fee_notices, message_preview
from app.services.desk import Desk
from app.services.views import Acted, Card
from ui.dossier.deed_dialog import DeedDialog, State, later_focus
from ui.dossier.phrases import offer
from ui.notice.message_view import MessageView, Reading
from ui.present.wording import channel_words
from ui.tasks import Tasks
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.form_row import FormRow
from ui.widgets.plain_label import Bold
from ui.widgets.text_field import TextArea


class CancelNoticeDialog(DeedDialog):
    """Cancels ``notice_id`` of the dossier, or leads to *Thay…* instead."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, notice_id: str) -> None:
        notice = find(card.dossier, notice_id)
        rest = rest_of(card.dossier, notice) if notice is not None else 0
        super().__init__(
            window, desk, tasks, card, "Hủy thông báo", primary=f"Hủy thông báo {format_dong(rest)}", later="Không hủy",
            width=920, draft_kind="cancel_notice",
        )  # fmt: skip
        self._notice_id = notice_id
        if notice is not None and notice.state is NoticeState.PAYING:
            with_ = channel_words(notice.paying_with)
            said = self.tr("Công dân đang mở trang thanh toán {0}. ").format(with_).replace("  ", " ")
            rest_words = self.tr("Liên kết chưa dùng sẽ đóng; khoản đang ở ngân hàng vẫn có thể tới và sẽ được hoàn.")
            self.body.addWidget(Banner("warn", Bold(said), rest_words))
        elif notice is not None and rest < notice.total:
            paid = format_dong(notice.total - rest)
            said = self.tr("Công dân đã đóng {0}. Hủy thì mở việc hoàn số tiền đó.").format(paid)
            self.body.addWidget(Banner("warn", said))
        self.reason = TextArea(rows=3)
        why = self.tr("công dân đọc được lý do này")
        self._row = FormRow(self.tr("Lý do"), self.reason, why=why, required=True)
        self.phrases = offer(desk, tasks, "cancel_notice", self._row)
        self.body.addWidget(self._row)
        self.replace = Button(self.tr("Thay…"), icon="swap")
        self.replace.clicked.connect(lambda: self.ask_instead("replace_notice", notice_id))
        self.foot.addWidget(self.replace)
        self.body.addStretch(1)
        self.citizen = MessageView(
            self, self._message, before=self.tr("Đang soạn tin báo hủy…"),
            nothing=self.tr("Không có tin nào gửi công dân."),
        )  # fmt: skip
        self.set_side(self.citizen, 340)
        self.reason.textChanged.connect(self.citizen.touch)
        self.focus_first(self.reason)
        self.begin(ready=lambda _nothing: self.citizen.read())

    def _message(self) -> Reading:
        desk, notice_id, reason = self.desk, self._notice_id, self.reason.text() or "…"
        return lambda: message_preview.cancellation(desk, notice_id, reason)

    def deed(self) -> Callable[[], Acted] | None:
        reason = self.reason.text()
        self._row.set_error("" if reason else texts.sentence("reason-needed"))
        if not reason:
            later_focus(self, self.reason)
            return None
        desk, notice_id = self.desk, self._notice_id
        return lambda: fee_notices.cancel(desk, notice_id, reason)

    def state(self) -> State:
        return {"notice": self._notice_id, "reason": self.reason.text()}

    def restore(self, state: State) -> None:
        if state.get("notice") == self._notice_id:
            self.reason.setPlainText(str(state.get("reason", "")))
