"""A dossier on its way between officers: given back, recalled, submitted, decided, assigned, stopped, withdrawn.

They stand together because each is a person or a reason, and says where the dossier will be afterwards.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.dossier import Dossier
from app.domain.money import format_dong
from app.domain.notices import owing
from app.domain.people import OfficerRef
from app.domain.words import Role
from app.services import handling, message_preview, people
from app.services.desk import Desk
from app.services.people import Load
from app.services.views import Acted, Card
from ui import theme
from ui.dossier.deed_dialog import DeedDialog, State, later_focus
from ui.dossier.reason_dialog import WIDTH, ReasonDialog
from ui.dossier.reception_dialogs import held
from ui.notice.message_view import MessageView, Reading
from ui.tasks import Tasks
from ui.widgets.banner import Banner
from ui.widgets.form_row import FormRow
from ui.widgets.plain_label import Bold
from ui.widgets.radio_card import RadioCard
from ui.widgets.text_field import TextArea


def before(dossier: Dossier) -> str:
    """Return where the dossier came from: step and who had it."""
    if not dossier.hands:
        return ""
    hand = dossier.hands[-1]
    if hand.officer is not None:
        return f"{hand.officer.name} (bước {hand.step.name.lower()})"
    return "quầy một cửa" if hand.step.role is Role.RECEPTION else f"hàng chờ của bước {hand.step.name.lower()}"


class GiveBackDialog(ReasonDialog):
    """Trả lại bước trước, to whoever had it; the clock runs on."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Trả lại bước trước", "Trả lại bước trước", "give_back", "người nhận lại đọc"
        )
        said = self.tr("hồ sơ về lại {0}; đồng hồ vẫn chạy.").format(before(card.dossier))
        self.effect.set_state("info", Bold(self.tr("Sau khi bấm: ")), said)
        self.begin()

    def deed(self) -> Callable[[], Acted] | None:
        reason = self.reason_given()
        desk, dossier_id = self.desk, self.dossier.id
        return None if reason is None else lambda: handling.give_back(desk, dossier_id, reason)


class RecallDialog(ReasonDialog):
    """Rút lại bước vừa chuyển, while nobody has worked on it."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Rút lại bước vừa chuyển", "Rút lại", "recall", "không bắt buộc", required=False
        )
        holder = card.dossier.assigned_to.name if card.dossier.assigned_to else self.tr("chưa ai nhận")
        said = self.tr("Hồ sơ đang ở {0}, chưa ai làm gì. Rút lại thì về {1}.").format(holder, before(card.dossier))
        self.effect.set_state("info", said)
        self.begin()

    def deed(self) -> Callable[[], Acted] | None:
        reason = self.reason.text()
        desk, dossier_id = self.desk, self.dossier.id
        return lambda: handling.recall(desk, dossier_id, reason)


class DisapproveDialog(ReasonDialog):
    """Không duyệt, with what is to be done; the dossier goes back to who proposed it."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Không duyệt", "Không duyệt", "disapprove", "người trình đọc, nêu rõ cần làm gì"
        )
        proposal = card.dossier.approvals[-1]
        noted = f": {proposal.note.rstrip('.')}" if proposal.note else ""
        said = self.tr("{0} trình{1}. Không duyệt thì hồ sơ về lại {0}.").format(proposal.asked_by, noted)
        self.effect.set_state("info", said)
        self.begin()

    def deed(self) -> Callable[[], Acted] | None:
        reason = self.reason_given()
        desk, dossier_id = self.desk, self.dossier.id
        return None if reason is None else lambda: handling.decide(desk, dossier_id, approved=False, reason=reason)


class WithdrawDialog(ReasonDialog):
    """Công dân rút hồ sơ, at his written wish; open notices end with it, what was paid opens a refund."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Công dân rút hồ sơ", "Ghi công dân rút hồ sơ", "withdraw",
            "ghi số, ngày đơn xin rút", name="Căn cứ",
        )  # fmt: skip
        dossier = card.dossier
        owed, paid = owing(dossier), held(dossier)
        money = self.tr(" Thông báo thu {0} đang chờ sẽ bị hủy.").format(format_dong(owed)) if owed else ""
        money += self.tr(" Công dân đã đóng {0}: mở việc hoàn tiền.").format(format_dong(paid)) if paid else ""
        self.effect.set_state("warn", Bold(self.tr("Hồ sơ kết thúc, không mở lại được.")), money)
        self.begin()

    def deed(self) -> Callable[[], Acted] | None:
        reason = self.reason_given()
        desk, dossier_id = self.desk, self.dossier.id
        return None if reason is None else lambda: handling.withdraw(desk, dossier_id, reason)


class StopDialog(ReasonDialog):
    """Dừng giải quyết (form 05): for a while or for good, said before and read by the citizen."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Dừng giải quyết hồ sơ", "Dừng giải quyết", "stop_handling",
            "công dân đọc được lý do này",
        )  # fmt: skip
        self._wanted_width = 920
        self.effect.hide()
        self.pauses = RadioCard(
            self.tr("Tạm dừng"), self.tr("Đồng hồ dừng từ bây giờ; khi đủ điều kiện bạn bấm Tiếp tục xử lý.")
        )
        self.ends = RadioCard(
            self.tr("Chấm dứt giải quyết"), self.tr("Hồ sơ không xử lý tiếp được nữa; công dân phải nộp hồ sơ mới.")
        )
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        for choice in (self.pauses, self.ends):
            column.addWidget(choice)
        self._how = FormRow(self.tr("Dừng thế nào"), holder)
        self.body.insertWidget(self.body.indexOf(self._row), self._how)
        self.setTabOrder(self.pauses, self.ends)
        self.setTabOrder(self.ends, self.reason)
        self.body.addStretch(1)
        before = self.tr("Chọn cách dừng để xem công dân sẽ đọc gì.")
        self.citizen = MessageView(self, self._message, before=before)
        self.set_side(self.citizen, 320)
        for changed in (self.pauses.toggled, self.ends.toggled, self.reason.textChanged):
            changed.connect(self.citizen.touch)
        self.focus_first(self.pauses)
        self.begin()

    def _chosen(self) -> bool:
        return self.pauses.isChecked() or self.ends.isChecked()

    def _message(self) -> Reading | None:
        desk, dossier_id = self.desk, self.dossier.id
        reason, ends = self.reason.text() or "…", self.ends.isChecked()
        return (lambda: message_preview.stop(desk, dossier_id, reason, ends=ends)) if self._chosen() else None

    def deed(self) -> Callable[[], Acted] | None:
        self._how.set_error("" if self._chosen() else self.tr("Chưa chọn tạm dừng hay chấm dứt."))
        reason = self.reason_given()
        if not self._chosen():
            later_focus(self, self.pauses)
        if reason is None or not self._chosen():
            return None
        desk, dossier_id, ends = self.desk, self.dossier.id, self.ends.isChecked()
        return lambda: handling.stop(desk, dossier_id, reason, ends=ends)

    def state(self) -> State:
        how = "pauses" if self.pauses.isChecked() else "ends" if self.ends.isChecked() else ""
        return super().state() | {"how": how}

    def restore(self, state: State) -> None:
        super().restore(state)
        self.pauses.setChecked(state.get("how") == "pauses")
        self.ends.setChecked(state.get("how") == "ends")


class People(QWidget):
    """Officers to choose from, one card each; arrows move, nothing is chosen beforehand unless there is only one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self.cards: dict[str, RadioCard] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.cards:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            next(iter(self.cards.values())).setFocus(event.reason())

    def fill(self, officers: tuple[tuple[OfficerRef, str, str], ...]) -> None:
        """Show officers: who, the second line, and the quiet tag at the right."""
        for officer, second, tag in officers:
            card = RadioCard(officer.name, second, tag=tag)
            self.cards[officer.username] = card
            self._column.addWidget(card)
        if len(officers) == 1:
            next(iter(self.cards.values())).setChecked(True)
        if self.hasFocus() and self.cards:
            next(iter(self.cards.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> str:
        """Return the username, "" while nobody is chosen."""
        return next((username for username, card in self.cards.items() if card.isChecked()), "")

    def choose(self, username: str) -> None:
        """Choose by username, if shown."""
        if username in self.cards:
            self.cards[username].setChecked(True)


def load_words(load: Load) -> str:
    """Return how much an officer has.

    >>> load_words(Load(OfficerRef("1", "a", "A", "H"), 12, 2))
    'đang giữ 12 hồ sơ, 2 quá hạn'
    """
    late = f", {load.late} quá hạn" if load.late else ""
    return f"đang giữ {load.held} hồ sơ{late}" if load.held else "chưa giữ hồ sơ nào"


class _PersonDialog(DeedDialog):
    """One officer of a list, and a few words."""

    def __init__(
        self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, title: str, primary: str, draft: str,
        *, who: str, note: str, why: str,
    ) -> None:  # fmt: skip
        super().__init__(window, desk, tasks, card, title, primary=primary, width=WIDTH, draft_kind=draft)
        self.people = People()
        self._row = FormRow(who, self.people)
        self.body.addWidget(self._row)
        self.note = TextArea(rows=2)
        self.body.addWidget(FormRow(note, self.note, why=why))
        self.focus_first(self.people)

    def _fill(self, found: tuple[tuple[OfficerRef, str, str], ...]) -> None:
        self.people.fill(found)
        if not found:
            self.tell("refused", self.tr("Máy này chưa biết ai nhận được. Đồng bộ (F5) rồi mở lại."))
        self.settle()

    def _username(self) -> str:
        username = self.people.chosen()
        self._row.set_error("" if username else self.tr("Chưa chọn người."))
        if not username and self.people.cards:
            later_focus(self, next(iter(self.people.cards.values())))
        return username

    def state(self) -> State:
        return {"to": self.people.chosen(), "note": self.note.text()}

    def restore(self, state: State) -> None:
        self.people.choose(str(state.get("to", "")))
        self.note.setPlainText(str(state.get("note", "")))


class SubmitDialog(_PersonDialog):
    """Trình lãnh đạo: nothing passes the head until it is decided."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Trình lãnh đạo", "Trình lãnh đạo", "submit_to_head",
            who="Lãnh đạo", note="Nội dung trình", why="không bắt buộc",
        )  # fmt: skip
        last = next((a for a in reversed(card.dossier.approvals) if a.approved is False), None)
        if last is not None:
            said = Bold(self.tr("Lần trước {0} không duyệt: ").format(last.to))
            self.body.insertWidget(2, Banner("warn", said, last.reason))
        dossier = card.dossier
        self.begin(lambda: people.heads(desk, dossier), self._known)

    def _known(self, found: tuple[OfficerRef, ...]) -> None:
        self._fill(tuple((head, self.tr("Duyệt hay không, hồ sơ đều về lại bạn."), "") for head in found))

    def deed(self) -> Callable[[], Acted] | None:
        username, note = self._username(), self.note.text()
        desk, dossier_id = self.desk, self.dossier.id
        return (lambda: handling.submit(desk, dossier_id, username, note)) if username else None


class AssignDialog(_PersonDialog):
    """Phân công: the head gives the dossier to an officer of the step's unit, seeing how much each has."""

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks, card: Card, _subject_id: str = "") -> None:
        super().__init__(
            window, desk, tasks, card, "Phân công", "Phân công", "assign",
            who="Người xử lý", note="Ý kiến", why="không bắt buộc, công dân không đọc",
        )  # fmt: skip
        dossier = card.dossier
        self.begin(lambda: people.loads(desk, dossier), self._known)

    def _known(self, found: tuple[Load, ...]) -> None:
        holder = self.dossier.assigned_to.id if self.dossier.assigned_to else ""
        tags = {True: self.tr("đang giữ hồ sơ này"), False: ""}
        self._fill(tuple((load.officer, load_words(load), tags[load.officer.id == holder]) for load in found))

    def deed(self) -> Callable[[], Acted] | None:
        username, note = self._username(), self.note.text()
        desk, dossier_id = self.desk, self.dossier.id
        return (lambda: handling.assign(desk, dossier_id, username, note)) if username else None
