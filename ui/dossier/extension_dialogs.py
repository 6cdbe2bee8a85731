"""Form 04: an apology with a new appointment, proposed by who holds the dossier, signed or declined by the head.

They stand together because they are one letter; only the signature moves the appointment.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from PySide6.QtWidgets import QWidget

from app import texts
from app.clock import VN
from app.domain.time_words import due_moment, long_moment
from app.services import extensions, message_preview
from app.services.desk import Desk
from app.services.views import Acted, Card
from ui.dossier.deed_dialog import State, later_focus
from ui.dossier.reason_dialog import ReasonDialog
from ui.notice.message_view import MessageView, Reading
from ui.tasks import Tasks
from ui.widgets.date_edit import DateEdit
from ui.widgets.form_row import FormRow
from ui.widgets.plain_label import Bold

_EIGHT = time(8, 0)


class _NewDateDialog(ReasonDialog):
    """A reason and the day asked for; the hour stays that of the first appointment."""

    def __init__(
        self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, title: str, primary: str, draft: str, why: str
    ) -> None:
        super().__init__(window, desk, tasks, card, title, primary, draft, why, name="Lý do chậm")
        self._wanted_width = 920
        self.day = DateEdit(self._today)
        self._day_row = FormRow(self.tr("Hẹn trả lại ngày"), self.day, required=True)
        self.body.insertWidget(self.body.indexOf(self._row), self._day_row)
        self.setTabOrder(self.day, self.reason)
        proposed = card.dossier.extension
        if proposed is not None and not proposed.signed:
            self.day.set_value(proposed.due_at.astimezone(VN).date())
            self.reason.setPlainText(proposed.reason)
        self.body.addStretch(1)
        self.focus_first(self.day)
        before = self.tr("Ghi ngày hẹn lại để xem công dân sẽ đọc gì.")
        self.citizen = MessageView(self, self._message, before=before)
        self.set_side(self.citizen, 320)
        self.day.date_changed.connect(self.citizen.touch)
        self.reason.textChanged.connect(self.citizen.touch)
        self.begin(ready=lambda _nothing: self.citizen.read())

    def _today(self) -> date:
        return self.desk.clock.now().astimezone(VN).date()

    def _appointment(self) -> str:
        due, now = self.dossier.due_at, self.desk.clock.now()
        if due is None:
            return ""
        late = self.tr("Đã quá hẹn {0}. ") if due < now else self.tr("Hẹn trả {0}. ")
        return late.format(due_moment(due, now))

    def due_at(self) -> datetime | None:
        """Return the new appointment, None while no day is written."""
        day, was = self.day.value(), self.dossier.due_at
        hour = was.astimezone(VN).timetz().replace(tzinfo=None) if was else _EIGHT
        return datetime.combine(day, hour, VN) if day is not None else None

    def _message(self) -> Reading | None:
        due = self.due_at()
        if due is None:
            return None
        desk, dossier_id, reason = self.desk, self.dossier.id, self.reason.text() or "…"
        return lambda: message_preview.extension(desk, dossier_id, reason, due)

    def complete(self) -> tuple[str, datetime] | None:
        """Return reason and new appointment, None when one is missing: said below its field then."""
        reason, due = self.reason_given(), self.due_at()
        self._day_row.set_error("" if due else texts.sentence("new-date-needed"))
        if due is None:
            later_focus(self, self.day)
        return (reason, due) if reason is not None and due is not None else None

    def state(self) -> State:
        return super().state() | {"day": self.day.text()}

    def restore(self, state: State) -> None:
        super().restore(state)
        self.day.setText(str(state.get("day", "")))


class ProposeExtensionDialog(_NewDateDialog):
    """Đề nghị gia hạn: the letter lies with the head, the appointment stays until it is signed."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Đề nghị gia hạn (mẫu 04)", "Đề nghị gia hạn", "propose_extension",
            "công dân đọc được trong văn bản xin lỗi",
        )  # fmt: skip
        said = self.tr("Chỉ được hẹn lại một lần. Lãnh đạo ký thì ngày hẹn mới có hiệu lực; đồng hồ vẫn chạy.")
        self.effect.set_state("info", Bold(self._appointment()), said)

    def deed(self) -> Callable[[], Acted] | None:
        found = self.complete()
        desk, dossier_id = self.desk, self.dossier.id
        return None if found is None else lambda: extensions.propose(desk, dossier_id, *found)


class SignExtensionDialog(_NewDateDialog):
    """Ký gia hạn: the citizen is told; early or late goes on being judged by the first date."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Ký văn bản xin lỗi và hẹn lại (mẫu 04)", "Ký gia hạn", "extend",
            "công dân đọc được trong văn bản xin lỗi",
        )  # fmt: skip
        proposed = card.dossier.extension
        now = desk.clock.now()
        who = ""
        if proposed is not None and proposed.waiting:
            who = self.tr("{0} đề nghị hẹn lại {1}. ").format(proposed.proposed_by, long_moment(proposed.due_at, now))
        said = self.tr("Ký xong công dân được báo; đúng hạn hay quá hạn vẫn tính theo ngày hẹn đầu.")
        self.effect.set_state("info", Bold(self._appointment()), who + said)

    def deed(self) -> Callable[[], Acted] | None:
        found = self.complete()
        desk, dossier_id = self.desk, self.dossier.id
        return None if found is None else lambda: extensions.sign(desk, dossier_id, *found)


class DeclineExtensionDialog(ReasonDialog):
    """Không duyệt gia hạn: nothing moves; who proposed it reads why and may propose another date."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Không duyệt gia hạn (mẫu 04)", "Không duyệt gia hạn", "decline_extension",
            "người đề nghị đọc, công dân không đọc",
        )  # fmt: skip
        proposed = card.dossier.extension
        lead = ""
        if proposed is not None:
            day = long_moment(proposed.due_at, desk.clock.now())
            lead = self.tr("{0} đề nghị hẹn lại {1}: {2}. ").format(
                proposed.proposed_by, day, proposed.reason.rstrip(".")
            )
        said = self.tr("Ngày hẹn và trạng thái giữ nguyên; hồ sơ không đổi người, có thể đề nghị lại.")
        self.effect.set_state("info", Bold(lead), said)
        self.begin()

    def deed(self) -> Callable[[], Acted] | None:
        reason = self.reason_given()
        desk, dossier_id = self.desk, self.dossier.id
        return None if reason is None else lambda: extensions.decline(desk, dossier_id, reason)
