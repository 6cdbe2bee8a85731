"""Sửa số, địa chỉ thư: correct where notices go; what waits for money is sent there again at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app import texts
from app.domain.citizen_id import is_email, is_mobile, is_phone
from app.domain.notices import open_notices
from app.domain.words import DeliveryChannel, DeliveryState
from app.services import fee_notices
from app.services.desk import Desk
from app.services.views import Acted, Card
from ui.dossier.deed_dialog import DeedDialog, State, later_focus
from ui.present.notices import delivery_line
from ui.present.wording import masked
from ui.tasks import Tasks
from ui.widgets.banner import Banner
from ui.widgets.form_row import FormRow
from ui.widgets.text_field import TextField

EMAIL, SMS = DeliveryChannel.EMAIL, DeliveryChannel.SMS


class ContactDialog(DeedDialog):
    """Telephone and e-mail of the submitter; an empty field stays as it was. ``channel`` is the one to begin with.

    What is written down now stays masked: it is wrong, and nobody needs to read it to type the right one.
    """

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, channel: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Sửa số, địa chỉ thư", primary="Sửa", width=600, draft_kind="contact"
        )
        waiting = open_notices(card.dossier)
        if waiting:
            self.set_primary(self.tr("Sửa và gửi lại"))
        again = self.tr("Thông báo đang chờ được gửi lại ngay tới địa chỉ mới.")
        later = self.tr("Thông báo sau này gửi tới địa chỉ mới.")
        self.body.addWidget(Banner("info", again if waiting else later, icon="paper-plane-tilt"))
        to = card.dossier.submitter
        self.phone, self.email = TextField(figures=True), TextField()
        self._phone_row = FormRow(self.tr("Số điện thoại"), self.phone, why=self._now(SMS, to.phone))
        self._email_row = FormRow(self.tr("Thư điện tử"), self.email, why=self._now(EMAIL, to.email))
        for row in (self._phone_row, self._email_row):
            self.body.addWidget(row)
        self.phone.textChanged.connect(self._weigh_phone)
        self.focus_first(self.email if channel == EMAIL else self.phone)
        self.begin()

    def _now(self, channel: DeliveryChannel, address: str) -> str:
        """Return what is written down now, masked, and how it fared last."""
        if not address:
            return self.tr("chưa có")
        sent = (d for n in reversed(open_notices(self.dossier)) for d in n.deliveries if d.channel is channel)
        last = next((d for d in sent if d.address == address), None)
        words = self.tr("đang ghi {0}").format(masked(channel, address))
        if last is None or last.state is not DeliveryState.FAILED:
            return self.tr("{0}, để trống nếu đúng").format(words)
        chip = delivery_line(last, self.desk.clock.now()).chip
        return f"{words} · {chip[:1].lower()}{chip[1:]}"

    def _weigh_phone(self, text: str) -> None:
        landline = is_phone(text) and not is_mobile(text)
        said = self.tr("số máy bàn: gọi được, không nhận được tin nhắn")
        self._phone_row.set_why(said if landline else self._now(SMS, self.dossier.submitter.phone))

    def deed(self) -> Callable[[], Acted] | None:
        phone, email = self.phone.text().strip(), self.email.text().strip()
        nothing = "" if phone or email else texts.sentence("contact-needed")
        wrong_phone = texts.sentence("phone-invalid") if phone and not is_phone(phone) else nothing
        wrong_email = texts.sentence("email-malformed") if email and not is_email(email) else ""
        self._phone_row.set_error(wrong_phone)
        self._email_row.set_error(wrong_email)
        if wrong_phone or wrong_email:
            later_focus(self, self.phone if wrong_phone else self.email)
            return None
        desk, seen = self.desk, self.dossier
        return lambda: fee_notices.correct_contact(desk, seen, phone=phone, email=email)

    def state(self) -> State:
        return {"phone": self.phone.text(), "email": self.email.text()}

    def restore(self, state: State) -> None:
        self.phone.setText(str(state.get("phone", "")))
        self.email.setText(str(state.get("email", "")))
